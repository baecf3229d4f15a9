#pragma once
// Numbers of a matter that follow from others: what is left, what is over, how far behind a plan.

#include "domain/impl/frame.hpp"

#include <optional>

namespace zt {

/// How many points of a hundred progress (per cent) is below the share of the days gone of the plan
/// between two dates; 0 when it is not below. out: nothing where one of the three is not given or
/// the plan has no days.
[[nodiscard]] std::optional<std::int64_t> points_behind(
    const Frame& frame, std::string_view progress, std::string_view from, std::string_view until
);

// effects_of_amounts.cpp
/// The first field is less by the second. errors: cap_reached when it would be below zero.
[[nodiscard]] Result<void> subtract(Frame& frame, const std::vector<std::string>& args);
/// The first field grows by what the second is above the third.
[[nodiscard]] Result<void> add_excess(Frame& frame, const std::vector<std::string>& args);
/// The first field tells points_behind of the other three.
[[nodiscard]] Result<void> tell_behind(Frame& frame, const std::vector<std::string>& args);
/// The first field takes a field of the matter that the second names, as the row's reads brought
/// it.
[[nodiscard]] Result<void> take(Frame& frame, const std::vector<std::string>& args);

}  // namespace zt
