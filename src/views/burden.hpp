#pragma once
// The burden meter: what each unit was asked for, by month and by who asked. It counts demands on
// units, never people, and the other way round of scores: it is about those who send.
//
// A hand given is an order, a call to a meeting, an inspection or a report by the kind of the
// matter; items with an owner, urgings and supervision orders are counted apart. Signing in is
// demanded by no event and is not counted. source: SYSTEMS.md S16; DOMAIN.md take-away 4.

#include "views/bulletin.hpp"

#include <array>

namespace zt::views {

enum class Demand : std::uint8_t { order, report, inspection, meeting, item, urging, supervision };
inline constexpr std::size_t demand_count = 7;

/// One unit in one month, asked by one sender.
struct BurdenRow {
    OrgId unit, sender;  ///< sender 0: the system, by a clock
    std::string unit_name, sender_name;
    std::string month;  ///< 2022-08
    std::array<std::int64_t, demand_count> counts{};
    [[nodiscard]] std::int64_t total() const;
};

struct BurdenTable {
    Period period;
    Seq seq = 0;
    std::vector<BurdenRow> rows;  ///< by unit and month, most first; within it by sender
};

using OrgOfPost = std::function<OrgId(PostId)>;
using NameOfOrg = std::function<std::string(OrgId)>;

/// What lies in the period. A demand of a unit on itself is none. cost: a pass over those facts.
[[nodiscard]] BurdenTable burden_of(
    const Figures& figures, const Period& period, const OrgOfPost& org_of, const NameOfOrg& name_of
);

[[nodiscard]] std::string to_text(const BurdenTable& table, Language language);
[[nodiscard]] std::string to_csv(const BurdenTable& table, Language language);
/// {"period","from","until","seq","rows":[{"unit_id","unit","month","sender_id","sender","orders",
/// "reports","inspections","meetings","items","urgings","supervision_orders","total"}]}; sender_id
/// 0 is the system.
[[nodiscard]] std::string to_json(const BurdenTable& table);

}  // namespace zt::views
