#pragma once
// Binding somebody to a firm or association: record of the person, post there, account. The ledger
// takes the first two in one submit; the account follows, and a second send of the same makes up
// for an answer that was lost between them.

#include "http/api_firms.hpp"
#include "http/pages/looking.hpp"
#include "service/accounts.hpp"

namespace zt::http::pages {

/// What one binding asks for.
struct Binding {
    std::string credit_code;        ///< of the firm
    std::vector<Command> begins{};  ///< come before it in the same submit
    api::BindPerson who;
    std::string at;  ///< where `who` stands in the body: "/administrator", ""
};

/// Answers with a one-time password. errors (at below `at`): bad_value, name_taken, bad_date; the
/// refusals of the kinds; overloaded.
void bind_person(World& world, const Call& call, Binding binding, Deliver deliver);

/// The record of somebody of a firm: its code names firm and account.
[[nodiscard]] std::string firm_person_code(std::string_view credit_code, std::string_view account);
/// The account part of such a code; empty for other people.
[[nodiscard]] std::string account_in(std::string_view person_code, std::string_view credit_code);

}  // namespace zt::http::pages
