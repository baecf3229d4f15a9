// Which status a code has, and the problem document that carries it (RFC 9457). Each code stands in
// one list; a test counts them.

#include "base/check.hpp"
#include "http/call.hpp"

#include <array>
#include <span>

namespace zt::http {

namespace {

constexpr std::array malformed{
    Errc::bad_date,
    Errc::bad_number,
    Errc::bad_uuid,
    Errc::bad_json,
    Errc::bad_utf8,
    Errc::bad_yaml,
    Errc::bad_csv,
    Errc::bad_encoding,
    Errc::bad_file,
    Errc::bad_usage,
    Errc::unknown_key,
    Errc::unknown_word,
    Errc::missing_key,
    Errc::bad_value,
    Errc::unknown_column,
    Errc::bad_request,
    Errc::key_missing_in_command,
    Errc::unknown_field,
    Errc::missing_field,
    Errc::bad_field
};
constexpr std::array of_nobody{
    Errc::not_signed_in, Errc::sign_in_refused, Errc::code_wrong, Errc::factor_code_wrong
};
constexpr std::array not_for_caller{
    Errc::forbidden,
    Errc::not_same_origin,
    Errc::password_must_change,
    Errc::same_person,
    Errc::not_in_post,
    Errc::wrong_role,
    Errc::no_hand,
    Errc::excluded_by_protection,
    Errc::own_work,
    Errc::not_lead,
    Errc::not_requester,
    Errc::not_beneficiary,
    Errc::not_own_firm
};
constexpr std::array absent{Errc::not_found, Errc::unknown_kind, Errc::unknown_matter};
constexpr std::array gone{Errc::erased};
constexpr std::array wrong_method{Errc::method_not_allowed};
constexpr std::array in_conflict{
    Errc::already_initialised,
    Errc::in_use,
    Errc::in_flight,
    Errc::wrong_stage,
    Errc::duplicate_claim,
    Errc::incomplete,
    Errc::rotation_open,
    Errc::name_taken,
    Errc::person_has_account
};
constexpr std::array moved_on{Errc::stale_tick};
constexpr std::array too_long{Errc::body_too_large, Errc::too_large, Errc::too_many_files};
constexpr std::array wrong_type{
    Errc::media_type_unsupported, Errc::type_refused, Errc::unsafe_file
};
constexpr std::array refused_by_rules{
    Errc::unknown_year,
    Errc::key_reused,
    Errc::unknown_verb,
    Errc::unknown_category,
    Errc::unknown_org,
    Errc::unknown_post,
    Errc::time_went_back,
    Errc::in_the_future,
    Errc::depth_exceeded,
    Errc::too_many_reactions,
    Errc::not_open_hand,
    Errc::lead_exists,
    Errc::no_lead,
    Errc::leads_open,
    Errc::leads_assigned,
    Errc::opinions_open,
    Errc::items_open,
    Errc::already_rated,
    Errc::not_rated_bad,
    Errc::nothing_rated,
    Errc::contest_used,
    Errc::window_over,
    Errc::too_late,
    Errc::too_often,
    Errc::reason_missing,
    Errc::evidence_missing,
    Errc::contact_missing,
    Errc::sign_off_missing,
    Errc::verification_missing,
    Errc::reply_missing,
    Errc::consent_missing,
    Errc::not_confirmed,
    Errc::extension_used,
    Errc::extension_too_long,
    Errc::clock_not_running,
    Errc::clock_not_paused,
    Errc::pause_reason_unknown,
    Errc::pause_cap,
    Errc::no_clock,
    Errc::same_org,
    Errc::list_two_needs_county,
    Errc::list_three_taken_back,
    Errc::not_merged,
    Errc::already_merged,
    Errc::self_link,
    Errc::too_few_links,
    Errc::trigger_missing,
    Errc::trigger_unknown,
    Errc::involved_before,
    Errc::not_competent,
    Errc::withdraw_needs_confirmation,
    Errc::already_answered,
    Errc::protection_lowered,
    Errc::not_child_due,
    Errc::answered_needs_assign,
    Errc::order_missing,
    Errc::outcome_missing,
    Errc::body_missing,
    Errc::already_opened,
    Errc::bad_turn,
    Errc::linked_open,
    Errc::wrong_level,
    Errc::retired,
    Errc::not_asked,
    Errc::parties_open,
    Errc::offers_open,
    Errc::slot_not_free,
    Errc::slots_open,
    Errc::class_unknown,
    Errc::cap_reached,
    Errc::credit_code_wrong,
    Errc::last_administrator,
    Errc::share_wrong,
    Errc::puzzle_unsolved,
    Errc::password_weak,
    Errc::number_unmasked
};
constexpr std::array lacks_version{Errc::version_required};
constexpr std::array too_many{Errc::too_many_requests};
constexpr std::array long_header{Errc::header_too_large};
constexpr std::array our_fault{
    Errc::check_failed,
    Errc::script_failed,
    Errc::not_initialised,
    Errc::newer_version,
    Errc::read_only,
    Errc::damaged,
    Errc::key_missing,
    Errc::key_wrong,
    Errc::io_failed,
    Errc::chain_broken,
    Errc::fold_differs,
    Errc::quarantined
};
constexpr std::array busy{Errc::overloaded};
constexpr std::array full{Errc::disk_full};

using Statuses = std::array<int, 256>;  // by the byte of the code

/// A code that has a status already does not compile.
consteval void enter(Statuses& table, int status, std::span<const Errc> codes) {
    for (const Errc code : codes) {
        int& place = table[static_cast<std::size_t>(code)];
        CHECK(place == 0);
        place = status;
    }
}

consteval Statuses make_statuses() {
    Statuses table{};
    enter(table, 400, malformed);
    enter(table, 401, of_nobody);
    enter(table, 403, not_for_caller);
    enter(table, 404, absent);
    enter(table, 405, wrong_method);
    enter(table, 409, in_conflict);
    enter(table, 410, gone);
    enter(table, 412, moved_on);
    enter(table, 413, too_long);
    enter(table, 415, wrong_type);
    enter(table, 422, refused_by_rules);
    enter(table, 428, lacks_version);
    enter(table, 429, too_many);
    enter(table, 431, long_header);
    enter(table, 500, our_fault);
    enter(table, 503, busy);
    enter(table, 507, full);
    return table;
}

constexpr Statuses statuses = make_statuses();

/// Below 500 the detail speaks of what the caller sent; above, of our disks and files.
[[nodiscard]] bool is_callers_matter(int status) { return status < 500; }

}  // namespace

int status_of(Errc code) {
    const int status = statuses[static_cast<std::size_t>(code)];
    CHECK(status != 0);
    return status;
}

Reply problem(const Error& error, const kindfile::Texts& texts) {
    const std::string name(name_of(error.code));
    const int status = status_of(error.code);
    Json body = Json::object();
    body.set("code", name).set("status", status);
    body.set("title", texts.get("errors." + name));
    body.set("type", "urn:zhitong:error:" + name);
    if (!error.at.empty() && is_callers_matter(status)) {
        body.set("at", error.at);
    }
    if (!error.detail.empty() && is_callers_matter(status)) {
        body.set("detail", error.detail);
    }
    if (retry_may_help(error.code)) {
        body.set("retry_may_help", true);
    }
    Reply reply = json_reply(body, status);
    reply.content_type = "application/problem+json";
    return reply;
}

}  // namespace zt::http
