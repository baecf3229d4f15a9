#pragma once
// Facts: what an event adds to the figures. A pure function of the event and the state before and
// after; integers only.

#include "domain/event.hpp"

#include <span>

namespace zt {

enum class IndicatorForm : std::uint8_t { flow, stock, rate, spread, distinct };

/// A common indicator. Rates name their two counters; counters have none.
struct IndicatorRow {
    std::string_view name;
    IndicatorForm form = IndicatorForm::flow;
    std::string_view zh, en;
    std::string_view numerator, denominator;
    std::string_view rule;  ///< one sentence: what is counted, on which org
};

/// Counters first, then rates, in the order of documents. See issue's list: received, accepted, …,
/// answered_within_15wd.
[[nodiscard]] std::span<const IndicatorRow> indicator_rows();
[[nodiscard]] const IndicatorRow* find_indicator(std::string_view name);

/// One addition. Dimensions are those at the time it happened; a stock moves (−1, +1) when they
/// change.
struct Fact {
    Date day;               ///< of `at`, office time
    std::string indicator;  ///< counter name
    std::string kind;
    OrgId org;
    AreaId area;
    std::string channel, category;
    MatterId subject;
    std::int64_t amount = 1;  ///< 1, a number, fen, ms, millionths
    MatterId matter;
    Seq seq = 0;
    bool operator==(const Fact&) const = default;
};

/// Instructions of posts, with the post as their subject; declared nowhere, so in no table.
inline constexpr std::string_view instructed_counter = "instructed";

/// What units are asked for (SYSTEMS.md S16, burden), on the unit, with the post that asks as
/// subject (0: the system): a hand given, an item to be done, an urging, a supervision order.
/// Declared nowhere, so in no table.
inline constexpr std::string_view demanded_hand = "demanded_hand";
inline constexpr std::string_view demanded_item = "demanded_item";
inline constexpr std::string_view demanded_urge = "demanded_urge";
inline constexpr std::string_view demanded_supervision = "demanded_supervision";

/// in: before is null for the first event. out: in fixed order, may be empty.
[[nodiscard]] std::vector<Fact>
facts_of(const State* before, const Event& event, const State& after, OfficeOffset offset);

}  // namespace zt
