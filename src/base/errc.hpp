#pragma once
// The closed list of codes. A code is a promise to clients: it is added, never renamed. Text for
// people is looked up in text/*.yaml under `errors.<code>`; a test compares the two lists.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace zt {

// Order inside the refusals is the order in which a command is examined
// (docs/reference/refusals.md).
enum class Errc : std::uint8_t {
    // input
    bad_date,
    bad_number,
    bad_uuid,
    bad_json,
    bad_utf8,
    bad_yaml,
    bad_csv,
    bad_encoding,
    bad_file,
    bad_usage,
    unknown_key,
    unknown_word,
    missing_key,
    bad_value,
    not_found,
    erased,
    unknown_year,
    unknown_kind,
    unknown_column,
    check_failed,
    script_failed,
    too_large,
    too_many_files,
    incomplete,
    type_refused,
    unsafe_file,
    // data directory and disk
    not_initialised,
    already_initialised,
    in_use,
    newer_version,
    read_only,
    damaged,
    key_missing,
    key_wrong,
    share_wrong,
    rotation_open,
    disk_full,
    io_failed,
    chain_broken,
    fold_differs,
    quarantined,
    overloaded,
    // the edge of HTTP
    bad_request,
    header_too_large,
    body_too_large,
    media_type_unsupported,
    method_not_allowed,
    not_signed_in,
    forbidden,
    not_same_origin,
    version_required,
    too_many_requests,
    // refusals, in order of precedence: shape, identity, existence, stage, role, protection
    key_missing_in_command,
    key_reused,
    in_flight,
    unknown_matter,
    unknown_verb,
    unknown_field,
    missing_field,
    bad_field,
    unknown_category,
    unknown_org,
    unknown_post,
    not_in_post,
    time_went_back,
    in_the_future,
    wrong_stage,
    wrong_role,
    no_hand,
    excluded_by_protection,
    own_work,
    depth_exceeded,
    too_many_reactions,
    stale_tick,
    duplicate_claim,
    code_wrong,
    puzzle_unsolved,
    // refusals of guards, one code a guard
    not_lead,
    not_open_hand,
    lead_exists,
    no_lead,
    leads_open,
    leads_assigned,
    opinions_open,
    items_open,
    not_requester,
    not_beneficiary,
    already_rated,
    not_rated_bad,
    nothing_rated,
    contest_used,
    window_over,
    too_late,
    too_often,
    reason_missing,
    evidence_missing,
    contact_missing,
    sign_off_missing,
    verification_missing,
    reply_missing,
    consent_missing,
    not_confirmed,
    extension_used,
    extension_too_long,
    clock_not_running,
    clock_not_paused,
    pause_reason_unknown,
    pause_cap,
    no_clock,
    same_org,
    list_two_needs_county,
    list_three_taken_back,
    not_merged,
    already_merged,
    self_link,
    too_few_links,
    trigger_missing,
    trigger_unknown,
    involved_before,
    not_competent,
    withdraw_needs_confirmation,
    already_answered,
    protection_lowered,
    not_child_due,
    answered_needs_assign,
    order_missing,
    outcome_missing,
    body_missing,
    already_opened,
    bad_turn,
    linked_open,
    wrong_level,
    retired,
    not_asked,
    parties_open,
    offers_open,
    slot_not_free,
    slots_open,
    class_unknown,
    cap_reached,
    // accounts and sessions
    sign_in_refused,
    password_must_change,
    password_weak,
    factor_code_wrong,
    name_taken,
    person_has_account,
    same_person,
    number_unmasked,
};

struct ErrcName {
    Errc code;
    std::string_view name;
};

[[nodiscard]] std::string_view name_of(Errc code);
/// All codes in order, for documents and tests.
[[nodiscard]] std::span<const ErrcName> errc_names();
/// The code of that name, if there is one.
[[nodiscard]] std::optional<Errc> find_errc(std::string_view name);
/// A later try of the same command may succeed without any change by the client.
[[nodiscard]] bool retry_may_help(Errc code);

}  // namespace zt
