#pragma once
// Kind: a kind file as a value. kindfile builds it and proves it sound; decide reads it. One matter
// keeps the kind version it started under.

#include "base/hash.hpp"
#include "calendar/calendar.hpp"
#include "domain/state.hpp"
#include "domain/verb.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zt {

struct Title {
    std::string zh, en;
    bool operator==(const Title&) const = default;
};

/// A word of the closed vocabulary with its arguments: guard, condition or effect. `is_lead`,
/// `within(rating_window)`.
struct Word {
    std::string name;
    std::vector<std::string> args;
    bool is_negated = false;  ///< conditions only: `not any_lead_dissatisfied`
    int line = 0;             ///< in the kind file, for messages
    bool operator==(const Word&) const = default;
};

enum class FieldType : std::uint8_t {
    text,
    long_text,
    integer,
    money,
    date,
    instant,
    yes_no,
    choice,
    choices,
    org,
    orgs,
    post,
    person,
    area,
    matter,
    matters,
    phone,
    list,
    point,  ///< latitude and longitude, WGS-84 (base/geo.hpp)
    shape   ///< coordinates of a GeoJSON MultiPolygon, WGS-84
};
[[nodiscard]] std::string_view name_of(FieldType type);
[[nodiscard]] std::optional<FieldType> parse_field_type(std::string_view name);

struct FieldRule {
    std::string name;
    Title title, help;
    FieldType type = FieldType::text;
    std::vector<std::pair<std::string, Title>> choices;  ///< key and title
    bool is_personal = false;                            ///< sealed from the first event
    bool is_required = false;  ///< wherever the field is taken without saying otherwise
    std::int64_t min = 0,
                 max = 0;  ///< characters of text, or value of numbers; 0, 0: the type's own limit
    std::string pattern;   ///< re2 syntax; empty: none
    std::optional<Word> show_if;
    bool is_unique = false;     ///< a claim: one open or living matter of this kind with that value
    std::string register_kind;  ///< for type matter: the kind it must point to
    bool gives_office = false;  ///< of type matter: its office is competent for what names it
    bool operator==(const FieldRule&) const = default;
};

struct Category {
    std::string key;
    Title title;
    std::string parent;
    std::string stop_text;  ///< emergency text of the portal
    bool operator==(const Category&) const = default;
};

/// Who may act. Spelled in the file as: `requester`, `author`, `party cosigner`, `anyone`,
/// `system`, `clerk at office`, `clerk above office`, `handler at hand`, `handler at hand lead`,
/// `signer leads hand`, `callback not handler`, `head leads place`, `clerk at any`, `supervisor
/// over office`.
struct RoleRule {
    enum class Where : std::uint8_t {
        requester,  ///< the requester's party
        author,     ///< the author's party, collectors too
        party,      ///< a party of role `part`
        anyone,     ///< from outside, without sign-in
        system,
        at_office,     ///< post word at the competent office
        above_office,  ///< post word at the nearest org with the office's function above the
                       ///< competent one
        over_office,   ///< post word at the competent office or any org above it
        at_hand,       ///< post word at the org of an open hand (of role `part` if set)
        leads_hand,    ///< post that leads the org of such a hand
        at_any,        ///< post word at any org of the place
        not_involved,  ///< post word anywhere, but at no org (nor below or above it in line) that
                       ///< holds or held a hand
        at_registrar   ///< post word at the org that registered the matter
    };
    std::string name;  ///< how the file's other lines call it
    Title title;
    Where where = Where::at_any;
    std::string post_word;  ///< clerk, handler, signer, callback, supervisor, head …
    std::string part;       ///< role of hand or party
    int line = 0;
    bool operator==(const RoleRule&) const = default;
};

/// A role of hands and its own small life.
struct HandRule {
    std::string role;
    Title title;
    HandState first = HandState::assigned;  ///< offered for pre-assignment
    bool is_lead = false;  ///< its reply answers the matter; the figures carry its org
    bool is_many = false;  ///< more than one open hand of this role
    std::vector<HandState> states;
    bool operator==(const HandRule&) const = default;
};

struct ItemListRule {
    std::string name;
    Title title;
    bool is_personal_title = false;
    bool needs_evidence = false;
    bool operator==(const ItemListRule&) const = default;
};

/// How long a clock runs: a fixed length, one by the value of a field, a date or a number of
/// working days given by a field, or a part of another clock's length.
struct LengthRule {
    std::optional<calendar::Length> fixed;
    std::string by_field;                                           ///< purpose, urgency …
    std::map<std::string, calendar::Length, std::less<>> by_value;  ///< "else" is the fallback
    std::string date_field;                                         ///< ends with that day
    std::string days_field;  ///< the number of working days stands in that field
    std::string part_of;     ///< name of another clock of this kind
    std::int64_t numerator = 1, denominator = 1;
    std::optional<calendar::Length> minimum;
    bool operator==(const LengthRule&) const = default;
};

enum class Protects : std::uint8_t { requester, unit };

/// What happens when a clock lapses, besides the fact itself.
struct LapseRule {
    std::string action =
        "mark";  ///< mark, notify, or the name of a verb that the system then does on this matter
    std::vector<std::string> notify;
    std::map<std::string, std::string> fields;  ///< given with the verb
    bool operator==(const LapseRule&) const = default;
};

struct ClockRule {
    std::string name;
    Title title;
    std::string source;
    ClockOf of = ClockOf::matter;
    std::string hand_role;  ///< of = hand: only hands of that role; of = item: list name
    std::vector<Verb> starts, stops;
    std::optional<Word> start_if, stop_if;  ///< judged on the state after the verb
    LengthRule length;
    std::optional<LengthRule> redo_length;  ///< from turn 2 on
    Protects protects = Protects::unit;
    bool is_final = false;
    std::vector<std::string> pause_reasons;
    std::optional<calendar::Length> pause_cap;
    std::optional<calendar::Length> extension_cap;  ///< of one extension
    std::int64_t extensions_max = 0;
    std::optional<calendar::Length> warn_before;
    LapseRule lapse;
    int line = 0;
    bool operator==(const ClockRule&) const = default;
};

struct StageRule {
    std::string name;
    Title title;
    Title public_title;  ///< what the requester reads
    Counts counts = Counts::open;
    std::string holder;               ///< role name
    std::vector<std::string> clocks;  ///< which clocks can run here
    std::string no_clock;             ///< reason, when the stage waits on outsiders
    int line = 0;
    bool operator==(const StageRule&) const = default;
};

/// Where a transition leads: the first target whose condition holds on the state after the verb;
/// without condition, always.
struct Target {
    std::optional<Word> condition;
    std::string stage;  ///< "same" stays
    bool operator==(const Target&) const = default;
};

struct FieldUse {
    std::string name;
    bool is_required = false;
    std::optional<std::string> preset;  ///< value when absent
    bool operator==(const FieldUse&) const = default;
};

struct Transition {
    Verb verb = Verb::note;
    Title title;
    std::vector<std::string> from;  ///< stage names; empty: before the first
    std::vector<std::string> by;    ///< role names
    std::vector<FieldUse> fields;
    std::optional<Word> if_;  ///< this row applies only when it holds; rows are tried in order
    std::vector<Word> when;   ///< guards: the first that fails refuses
    std::vector<Word> then;   ///< effects, in order
    std::vector<Target> to;
    std::vector<std::string> reads;  ///< links whose matters decide must see
    std::int64_t back_date_workdays_max = 0;
    bool is_primary = false;  ///< the most likely next step
    std::string source;
    int line = 0;
    bool operator==(const Transition&) const = default;
};

struct RatingQuestion {
    std::string name;
    Title title;
    std::vector<std::pair<std::string, Title>> answers;
    bool is_required = true;
    bool counts_satisfaction = false;
    std::vector<std::string> bad;  ///< answers that make the rating bad
    bool operator==(const RatingQuestion&) const = default;
};

struct NoticeRule {
    std::string on;    ///< verb name, or "lapse CLOCK"
    std::string role;  ///< requester, author, lead, hands, office, supervisor, head …
    std::string text;  ///< of a text: "KIND.KEY" of the kind's own, else in text/*.yaml
    bool operator==(const NoticeRule&) const = default;
};

/// A recurring duty: creates matters of this kind and counts whether they were done in time.
struct RoundRule {
    std::string name;
    Title title;
    std::string every;     ///< month, quarter, half_year, year, week
    std::int64_t day = 1;  ///< day of the period, or n-th working day with `is_workday`
    bool is_workday = false;
    std::string per;  ///< function of orgs (one matter each), or a record kind
    std::map<std::string, std::string> fields;  ///< for register
    calendar::Length within;                    ///< done by
    std::string source;
    bool operator==(const RoundRule&) const = default;
};

/// A kind-declared indicator (the common ones are in facts.hpp).
struct IndicatorRule {
    std::string name;
    Title title;
    std::string on;                ///< verb, or "stage NAME" (a stock: +1 entering, −1 leaving)
    std::vector<Word> conditions;  ///< counted only when all hold
    std::string amount_field;
    std::string subject_field;
    bool is_distinct = false;  ///< how many different subjects, not how often
    bool operator==(const IndicatorRule&) const = default;
};

/// One of the promises a kind makes and `kinds check` and the walks prove.
struct Guarantee {
    std::string name;  ///< answered_before_closed, evidence_before_closed, requester_may_contest …
    int line = 0;
    bool operator==(const Guarantee&) const = default;
};

enum class Life : std::uint8_t { matter, record };

struct NumberRule {
    std::string series, prefix;
    bool per_year = true;
    int digits = 6;
    std::string by;  ///< a choice field: each of its values counts apart, with its own prefix
    std::map<std::string, std::string, std::less<>> prefixes;
    bool operator==(const NumberRule&) const = default;
};

struct Kind {
    std::string name;
    std::uint32_t version = 1;
    Hash text_hash{};
    std::string file;
    Title title, help;
    std::string source;
    Life life = Life::matter;
    bool is_field_work = false;  ///< done outside, where it is: /field offers it
    bool is_offered = false;     ///< what is published of it is offered to who is about to hand in
    std::string office_function = "office";  ///< function of the org that is competent
    NumberRule number;
    bool unnamed_allowed = false;
    bool has_requester = false;
    bool protects_by_purpose = false;
    std::vector<std::string> visible_to;  ///< role names, beside those that hold or held a hand
    std::vector<std::string>
        personal_texts;  ///< input names sealed though no field rule names them: text, reason …
    std::vector<FieldRule> fields;
    std::vector<Category> categories;
    std::vector<RoleRule> roles;
    std::vector<HandRule> hands;
    std::vector<ItemListRule> item_lists;
    std::vector<StageRule> stages;
    std::vector<ClockRule> clocks;
    std::vector<Transition> transitions;
    std::vector<RatingQuestion> ratings;
    std::vector<NoticeRule> notices;
    std::map<std::string, Title, std::less<>> texts;  ///< of notices and lapses, with {number}
    std::vector<RoundRule> rounds;
    std::vector<IndicatorRule> indicators;
    std::vector<Guarantee> guarantees;
    std::vector<std::string> published;  ///< fields that a publication may show
    bool operator==(const Kind&) const = default;

    [[nodiscard]] const StageRule* stage(std::string_view stage_name) const;
    [[nodiscard]] const RoleRule* role(std::string_view role_name) const;
    [[nodiscard]] const ClockRule* clock(std::string_view clock_name) const;
    [[nodiscard]] const FieldRule* field(std::string_view field_name) const;
    [[nodiscard]] const HandRule* hand(std::string_view hand_role) const;
    /// What a notice keeps of the text that the kind calls so: KIND.KEY of its own, else the key.
    [[nodiscard]] std::string text_key(std::string_view key) const;
};

/// All kinds in use: name → versions. The newest is the last.
class Kinds {
  public:
    void add(Kind kind);
    [[nodiscard]] const Kind* newest(std::string_view name) const;
    [[nodiscard]] const Kind* version(std::string_view name, std::uint32_t version) const;
    [[nodiscard]] std::vector<const Kind*> all_newest() const;
    /// in: what text_key gave. out: nullptr when it is not a kind's own.
    [[nodiscard]] const Title* text(std::string_view key) const;

  private:
    std::map<std::string, std::vector<Kind>, std::less<>> kinds_;
};

}  // namespace zt
