#pragma once
// State: what a matter is, the fold of its events. It names its kind and stage by text, so that a
// replay needs no kind.

#include "domain/parts.hpp"

#include <map>

namespace zt {

enum class Counts : std::uint8_t { open, closed, ended };
[[nodiscard]] std::string_view name_of(Counts counts);
[[nodiscard]] std::optional<Counts> parse_counts(std::string_view name);

enum class Origin : std::uint8_t { live, import, demo };
[[nodiscard]] std::string_view name_of(Origin origin);
[[nodiscard]] std::optional<Origin> parse_origin(std::string_view name);

/// Lowest protection class of whoever handed in (SYSTEMS.md). none: kinds and records without a
/// requester.
enum class Protection : std::uint8_t { none, please_do, bad_service, wrong_done };
[[nodiscard]] std::string_view name_of(Protection protection);
[[nodiscard]] std::optional<Protection> parse_protection(std::string_view name);

/// Something that stands since a turn: signed_off, verified, evidence, answered, contacted,
/// extension_asked; of a hand when part is not 0.
struct Mark {
    std::string what;
    PartNo part = 0;
    std::int32_t turn = 1;
    bool operator==(const Mark&) const = default;
};

/// What the figures need of the past of a matter, kept so that facts stay a function of (before,
/// event, after).
struct Milestones {
    std::optional<UtcMs> accepted, refused, first_assigned, first_answered, closed, ended;
    bool was_assigned = false;  ///< ever had a lead hand
    bool is_direct = false;     ///< accepted, answered, never assigned
    std::int32_t answered_workdays =
        -1;  ///< working days after the day of hand-in until the first answer
    std::int32_t send_backs = 0, redos = 0, transfers = 0, urges = 0, contests = 0, bad_ratings = 0,
                 extensions = 0;
    bool was_asked_to_rate = false;
    std::vector<Mark> marks;  ///< one per what and part, the newest turn
    bool operator==(const Milestones&) const = default;
};

struct State {
    MatterId id;
    std::string kind;
    std::uint32_t kind_version = 1;
    bool is_record = false;  ///< life: record
    std::string pack;
    std::string number;  ///< "ZT-2022-000123"; given by the writer
    Origin origin = Origin::live;
    std::int64_t version = 0;  ///< number of events
    Seq last_seq = 0;
    UtcMs registered;
    UtcMs changed;  ///< `at` of the last event
    std::string stage;
    Counts counts = Counts::open;
    std::int32_t turn = 1;
    OrgId office;         ///< the competent office
    OrgId registered_by;  ///< the org that registered it, 0 from the public
    AreaId area;
    std::string channel, category, purpose;
    Protection protection = Protection::none;
    bool is_published = false;
    bool is_erased = false;
    /// Public fields by name; personal ones hold true when a sealed part exists.
    std::map<std::string, Json, std::less<>> fields;
    std::vector<Party> parties;
    std::vector<Hand> hands;
    std::vector<Item> items;
    std::vector<Clock> clocks;
    std::vector<Rating> ratings;
    std::vector<Link> links;
    Milestones past;

    bool operator==(const State&) const = default;

    [[nodiscard]] const Json& field(std::string_view name) const;
    [[nodiscard]] const Party* party(PartNo no) const;
    /// The beneficiary where there is one, else the author; null for kinds without.
    [[nodiscard]] const Party* requester() const;
    [[nodiscard]] const Hand* hand(PartNo no) const;
    /// The open (or replied) hand of that org in this turn, preferring `role` when not empty; null
    /// when none.
    [[nodiscard]] const Hand* hand_of(OrgId org, std::string_view role = {}) const;
    /// The lead whose unit the figures carry: the newest open or replied hand of role lead, else
    /// the newest lead ever.
    [[nodiscard]] const Hand* lead() const;
    [[nodiscard]] const Item* item(PartNo no) const;
    [[nodiscard]] const Clock* clock(PartNo no) const;
    /// The newest clock of that name (of that part when not 0); null when none.
    [[nodiscard]] const Clock* newest_clock(std::string_view name, PartNo part = 0) const;
    [[nodiscard]] const Clock* final_clock() const;
    /// The earliest running due of any clock, for the timer; empty when none runs (provisional ones
    /// never lapse).
    [[nodiscard]] std::optional<UtcMs> next_due() const;
    [[nodiscard]] const Rating* last_rating() const;
    [[nodiscard]] bool has_link(std::string_view type) const;
    /// The mark stands in the present turn (of that part; 0: of the matter).
    [[nodiscard]] bool is_marked(std::string_view what, PartNo part = 0) const;
    /// The final clock lapsed or was stopped late.
    [[nodiscard]] bool is_overdue() const;
};

}  // namespace zt
