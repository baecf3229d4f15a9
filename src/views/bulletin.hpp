#pragma once
// Bulletin: what a place publishes of a month, quarter or year, unit by unit.
//
// received, accepted, answered directly, assigned, closed are sums over the days of the period;
// open is the level at its end. The rates follow matters, not days: closing_rate = of those
// accepted in the period, closed by its end, at the unit that carries the matter then; on_time_rate
// = of those whose final due day lies in it, answered in time. A matter due on the last day is
// judged after that day, so judgements count whenever they are known. Satisfaction is over the
// ratings that were given in the period and stand at its end. Units add up to the total, line by
// line.

#include "views/figure_text.hpp"
#include "views/share.hpp"
#include "views/text_table.hpp"

namespace zt::views {

/// Below this many ratings a unit's satisfaction says more about single people than about the unit:
/// left blank.
inline constexpr std::int64_t ratings_shown_min = 5;

struct Period {
    Date from, until;  ///< both included
    std::string text;  ///< as asked for
    bool operator==(const Period&) const = default;
};

/// "2022", "2022-Q3", "2022-08", "2022-08-01", "2022-08-01..2022-08-22". errors: bad_date with the
/// forms.
[[nodiscard]] Result<Period> parse_period(std::string_view text);

struct BulletinQuery {
    Period period;
    std::optional<Seq> known_at{};
    std::vector<std::string> kinds{};  ///< empty: all
};

struct BulletinLine {
    OrgId org;
    std::string name;
    std::int64_t received = 0, answered_directly = 0, accepted = 0, assigned = 0, closed = 0;
    std::int64_t on_time = 0, late = 0;  ///< of those due in the period
    std::int64_t open = 0;
    Share closing, timeliness;
    Share satisfaction;               ///< its denominator is n
    bool hides_satisfaction = false;  ///< too few ratings
    bool operator==(const BulletinLine&) const = default;
};

struct Bulletin {
    Period period;
    Seq seq = 0;
    std::vector<BulletinLine> units;  ///< by org id; those with anything to show
    BulletinLine total;
    bool operator==(const Bulletin&) const = default;
};

/// cost: a pass over the facts concerned.
[[nodiscard]] Bulletin bulletin_of(
    const Figures& figures,
    const BulletinQuery& query,
    const std::function<std::string(OrgId)>& name_of
);

/// A line a unit and the total, as people read them: head in the language, rates in per cent.
[[nodiscard]] TextTable table_of(const Bulletin& bulletin, Language language);
[[nodiscard]] std::string to_text(const Bulletin& bulletin, Language language);
/// {"period","from","until","seq","units":[{"org","received",…,"closing_rate":{"numerator","denominator","rate"},…}],
/// "total":{…}}; a hidden satisfaction has numerator and rate null.
[[nodiscard]] std::string to_json(const Bulletin& bulletin);
/// One line a unit and the total; rates to four places, with numerator and denominator; seq in
/// every line.
[[nodiscard]] std::string to_csv(const Bulletin& bulletin);

}  // namespace zt::views
