#pragma once
// Frame: the workbench of one decide. Verbs and effects emit changes here; each is applied to the
// copy at once, so that what decide sees is by construction what apply will give.

#include "domain/access.hpp"
#include "domain/apply.hpp"
#include "domain/vocabulary.hpp"

namespace zt {

struct Frame {
    const Kind* kind = nullptr;
    const Context* context = nullptr;
    const Command* command = nullptr;
    const State* before = nullptr;
    const Transition* row = nullptr;
    State after;
    Json fields = Json::object();  ///< normalised: ids for orgs, posts, areas; ISO text for dates
    PostId post;                   ///< in whose authority: on behalf of, else the post itself
    OrgId org;                     ///< of that post; 0 for parties and the system
    PartNo acting = 0;             ///< the hand that acts
    std::vector<PartNo> touched_hands, touched_items;
    std::vector<Change> changes;
    std::vector<Personal> personal;
    std::vector<Reaction> reactions;
    std::vector<Claim> claims;
    std::vector<PaperNumber> paper_numbers;
    Json input = Json::object();
    std::vector<std::string> irregular;
    mutable bool missed_field = false;  ///< a guard asked for a field that is not given
    bool gives_code = false;            ///< whoever handed in gets a new follow-up code

    void emit(Change change) {
        apply_change(after, change, command->at);
        changes.push_back(std::move(change));
    }
    [[nodiscard]] UtcMs at() const { return command->at; }
    [[nodiscard]] Date day() const { return office_date(command->at, context->calendar->offset); }
    [[nodiscard]] bool is_import() const { return context->origin == Origin::import; }
    [[nodiscard]] const Directory& directory() const { return *context->directory; }
    [[nodiscard]] const Json& given(std::string_view name) const {
        missed_field = missed_field || fields.find(name) == nullptr;
        return fields[name];
    }
    /// The value after the command: what it gives, else what the matter has.
    [[nodiscard]] const Json& value(std::string_view name) const {
        const Json* one = fields.find(name);
        return one != nullptr ? *one : after.field(name);
    }
    [[nodiscard]] const Hand* acting_hand() const { return after.hand(acting); }
    void
    move_hand(PartNo no, HandState state, std::int32_t turn = 0, std::string reply_class = {}) {
        emit(HandMoved{no, state, turn, std::move(reply_class)});
        touched_hands.push_back(no);
    }
    void mark(std::string what, PartNo part = 0) {
        emit(Marked{std::move(what), part, after.turn});
    }
};

/// Judged on frame.after (equal to before until the verb's own changes).
[[nodiscard]] bool holds(const Word& word, const Frame& frame);
/// errors: the guard's refusal. Imports: marks the frame irregular instead where the class allows.
[[nodiscard]] Result<void> guard(const Word& word, Frame& frame);
[[nodiscard]] Result<void> run_effect(const Word& word, Frame& frame);
/// What the verb itself does.
[[nodiscard]] Result<void> run_verb(Frame& frame);

// duty_list.cpp
/// An item taken back upward cannot be led by a township; one that it only assists in needs the
/// county unit named on the list as a lead beside it. out: list_three_taken_back,
/// list_two_needs_county, or nothing.
[[nodiscard]] std::optional<Errc> duty_refusal(const Frame& frame);

// clocks.cpp
void run_clocks(Frame& frame);
void start_clock(Frame& frame, const ClockRule& rule, PartNo part);
/// Sets length and due of a clock whose part, turn and start are known. out: false when the rule
/// gives it neither.
[[nodiscard]] bool date_clock(const Frame& frame, const ClockRule& rule, Clock& clock);
void stop_clock(Frame& frame, const Clock& clock);
void cancel_clocks_of(Frame& frame, ClockOf of, PartNo part);
void cancel_all_clocks(Frame& frame);
[[nodiscard]] std::optional<calendar::Length> length_of(const LengthRule& rule, const Frame& frame);

// notices.cpp
void send_notices(Frame& frame, std::string_view on);
void send_notice(Frame& frame, std::string_view role, std::string_view text);

// roles.cpp
/// errors: not_in_post, wrong_role; finds the acting hand.
[[nodiscard]] Result<void> check_role(Frame& frame);
/// As which party the actor acts, people of a firm as the firm's; 0: as none.
[[nodiscard]] PartNo acting_party(const Frame& frame);
[[nodiscard]] bool role_holds(const RoleRule& role, Frame& frame);
/// Finds the hand on which the command acts, for office and system too.
void find_acting_hand(Frame& frame);

// fields.cpp
/// Types, limits and names of the fields given. errors: unknown_field, missing_field, bad_field,
/// unknown_org …
[[nodiscard]] Result<void> check_fields(Frame& frame);
/// Sets what the kind declares, seals what is personal, keeps the rest as the event's input.
void keep_fields(Frame& frame);

/// Name of a mark that stands for the value of a field: mark_by(adopted,mark_level) is
/// adopted.city.
[[nodiscard]] inline std::string mark_by_name(const Frame& f, const std::vector<std::string>& a) {
    return a[0] + "." + f.value(a[1]).as_string();
}

/// A matter that begins with this command has its id only when the command ends.
[[nodiscard]] inline MatterId own_id(const Frame& f) {
    return f.before == nullptr ? f.context->fresh : f.before->id;
}

// counting.cpp
/// The unit to which a figure of the kind belongs, where it is not the lead of the whole matter:
/// the lead hand that acts, or the side that is rated. out: 0 when the matter's place counts.
[[nodiscard]] OrgId counted_for(const Frame& frame);
/// Facts that the kind declares for the verb, and for leaving and entering a stage.
void count_verb(Frame& frame);
void count_stage(Frame& frame, const std::string& stage, std::int64_t amount);

// effects_of_links.cpp
[[nodiscard]] Command system_command(const Frame& f, Verb verb, MatterId matter);
[[nodiscard]] Result<void> link_matters(Frame& f, const std::vector<std::string>& a);
[[nodiscard]] Result<void> unlink_matters(Frame& f, const std::vector<std::string>& a);
[[nodiscard]] Result<void> spawn_matter(Frame& f, const std::vector<std::string>& a);
[[nodiscard]] Result<void> tell_linked(Frame& f, const std::vector<std::string>& a);
[[nodiscard]] Result<void> tell_linked_must(Frame& f, const std::vector<std::string>& a);

// verbs/*.cpp
[[nodiscard]] Result<void> begin_matter(Frame& frame);
/// The units in field accused become parties, each once.
void add_accused(Frame& frame);
/// The lowest class that the purpose asks for, or the one in field protection when that is higher
/// (SYSTEMS.md, Protection).
[[nodiscard]] Protection lowest_protection(const Frame& frame);
[[nodiscard]] Result<void> give_hands(Frame& frame);
void add_hand(Frame& frame, std::string role, OrgId org, PartNo parent);
[[nodiscard]] bool is_lead_role(const Frame& frame, std::string_view role);
[[nodiscard]] Result<void> take_rating(Frame& frame);
/// Whom a rating is about: the newest lead hand of the unit in field org that worked on it; without
/// org the lead; null when there is none.
[[nodiscard]] const Hand* rated_hand(const Frame& frame);
/// Who rates whom: the requester a lead hand; without a requester, a hand whoever opened the matter
/// (about 0), and whoever opened it the hand that is meant.
struct RatingSides {
    PartNo by_party = 0, by_hand = 0, about = 0;
};
[[nodiscard]] RatingSides rating_sides(const Frame& frame);
/// What an answer weighs by the pack in millionths; one without weight counts nothing.
[[nodiscard]] std::int64_t
weight_of(const Frame& frame, const RatingQuestion& question, const std::string& answer);
void answer(Frame& frame);
[[nodiscard]] Result<void> raise_turn(Frame& frame);

}  // namespace zt
