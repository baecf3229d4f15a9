#pragma once
// Sign-ins of a demo place: an account for one person of each kind of work, all with one password
// that everybody may know. `serve` shows such a place on loopback addresses only.

#include "service/tenant.hpp"

#include <span>
#include <string_view>

namespace zt::app::demo {

/// A setting of the ledger that a demo place has.
inline constexpr std::string_view demo_setting = "demo";
inline constexpr std::string_view demo_password = "yingchuan-demo";

struct SignInRow {
    std::string_view name, org, post;
    std::string_view zh, en;  ///< what to look at with it
};
[[nodiscard]] std::span<const SignInRow> sign_in_rows();

/// Makes the accounts in the place's file, and marks the place as a demo.
/// errors: those of Accounts; not_found when the place lacks one of the posts.
[[nodiscard]] Result<void> make_sign_ins(service::Tenant& tenant, Random& random, UtcMs now);

}  // namespace zt::app::demo
