#pragma once
// Asking: what the routes of questionnaires share.

#include "http/api_questionnaires.hpp"
#include "http/pages/looking.hpp"
#include "service/answers.hpp"

namespace zt::http {

inline constexpr std::string_view questionnaire_kind = "questionnaire";

/// A questionnaire that the caller's post works with. errors: unknown_matter (also for what is no
/// questionnaire or not for the caller).
[[nodiscard]] Result<Seen> see_questionnaire(World& world, const Call& call);
/// Whether the caller may take that step now.
[[nodiscard]] Result<void> may_do(const Seen& seen, const Call& call, Verb verb);
[[nodiscard]] Result<api::Questions> questions_of(const service::Poll& poll);

/// The one of the number in the path as everybody sees it once it was opened. errors:
/// unknown_matter for all else, so that nobody learns what is there.
struct AskedOne {
    State state;
    service::Poll poll;
    bool is_open = false;  ///< answers are taken today
};
[[nodiscard]] Result<AskedOne> asked_one(World& world, const Call& call);
/// The questions that are answered are those on record.
[[nodiscard]] bool is_on_record(const State& state, const service::Poll& poll);
[[nodiscard]] bool takes_answers(const State& state, const service::Poll& poll, Date today);
[[nodiscard]] Date today_in(const World& world, const Call& call);

/// The reply to a sheet.
[[nodiscard]] Reply reply_of(service::Taken taken);

}  // namespace zt::http
