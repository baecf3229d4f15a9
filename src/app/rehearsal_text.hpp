#pragma once
// What `kinds rehearse` prints: clocks by kind, matters that would lapse or no longer do, units
// whose score or rank would change.

#include "app/command_line.hpp"
#include "base/json.hpp"
#include "service/rehearsal.hpp"
#include "views/scores.hpp"

namespace zt::app {

/// Matters named in the text; the JSON has them all.
inline constexpr std::size_t differences_printed = 20;

struct RehearsalReport {
    std::string pack;
    views::Period period;
    const service::Rehearsal& rehearsal;
    views::ScoreTable before, after;
    OfficeOffset offset;
};

[[nodiscard]] std::string to_text(const RehearsalReport& report, const Request& request);
/// {"pack","from","until","seq","matters","clocks","by_clock":[{"clock","due_changed",
/// "would_be_late","no_longer_late"}],"changes":[{"number","clock","due_before","due_after",
/// "was_late","would_be_late"}],"score","units":[{"org_id","org","before":{"raw","normalised",
/// "rank"},"after":{…}}]}. Points are decimals as text; null: not ranked.
[[nodiscard]] Json to_json(const RehearsalReport& report);

}  // namespace zt::app
