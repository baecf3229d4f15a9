#pragma once
// Handing in from outside, whatever interface it comes by: one submit under the name of the public,
// and a receipt with number, codes and promised date.

#include "domain/state.hpp"
#include "http/api.hpp"
#include "http/world.hpp"
#include "service/answer.hpp"

#include <functional>

namespace zt::http {

/// Everybody outside hands in under one name: the key alone tells two apart, so that nothing of the
/// sender is needed.
inline constexpr std::string_view outside = "public";

/// How an interface tells the receipt. in: whether the key was known, so that nothing happened.
using TellReceipt = std::function<Reply(const api::Receipt&, const service::Answer&)>;

/// errors: unknown_kind (none that the public hands in).
[[nodiscard]] Result<Pending>
hand_in(World& world, const Call& call, api::HandIn body, TellReceipt tell);

/// The same by somebody of a firm or association. A firm follows by its session and gets no code,
/// since a code would outlive the binding of whoever read it; of an association the code is for the
/// member.
[[nodiscard]] Result<Pending>
hand_in_for_firm(World& world, const Call& call, api::HandIn body, TellReceipt tell);

/// Gives a submit new codes and reads them out again when it is answered.
struct NewCodes {
    Uuid key;  ///< as the client sent it
    bool wants_phone_code = false;

    /// Key and follow-up key of the submit; the slow hash of a phone code is left to `prepare`.
    void put_into(World& world, Pending& pending) const;
    /// The codes of a matter as it stands after that submit; none where others replaced them since.
    [[nodiscard]] std::optional<std::string> code(const World& world, const State& state) const;
    [[nodiscard]] std::optional<std::string>
    phone_code(const World& world, const State& state) const;
};

}  // namespace zt::http
