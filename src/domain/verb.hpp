#pragma once
// The closed list of verbs. A verb is a mechanism; a kind may give it its own title. A verb enters
// this list with the first kind that uses it (a test compares), its mechanism lies in
// verbs/<name>.cpp.

#include "base/result.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace zt {

enum class Verb : std::uint8_t {
    // hand in
    register_,
    amend,
    ask_supplement,
    supplement,
    withdraw,
    recall,
    confirm,
    decline,
    // triage
    accept,
    refuse,
    classify,
    merge,
    unmerge,
    link,
    spawn,
    refer,
    hand_over,
    // work
    assign,
    sign_for,
    send_back,
    transfer,
    add_hand,
    release_hand,
    contact,
    arrive,
    give_opinion,
    plan,
    done,
    report_progress,
    review,
    sign_off,
    reply,
    verify,
    // time
    ask_extension,
    grant_extension,
    pause,
    resume,
    shelve,
    // oversight
    urge,
    order_supervision,
    list,
    delist,
    instruct,
    circulate,
    mark,
    report_up,
    send_on,
    put_to_use,
    escalate,
    hold_to_account,
    // judgement
    rate,
    call_back,
    contest,
    object,
    redo,
    reopen,
    // end
    close,
    look_back,
    terminate,
    publish,
    // records
    correct,
    retire,
    // any
    note,
    reveal,
    erase,
    // the system's own: not named by kinds
    lapse,
    settle,
};

struct VerbRow {
    Verb verb;
    std::string_view name;   ///< as in kind files and the API: "register"
    std::string_view event;  ///< as in the ledger: "registered"
    std::string_view zh;     ///< default title
    std::string_view help;   ///< one English sentence for docs/reference
};

/// All verbs in the order of the enum.
[[nodiscard]] std::span<const VerbRow> verb_rows();
[[nodiscard]] const VerbRow& row_of(Verb verb);
/// errors: unknown_verb, with the nearest name.
[[nodiscard]] Result<Verb> parse_verb(std::string_view name);

}  // namespace zt
