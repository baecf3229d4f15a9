#pragma once
// What each verb itself does, beside the effects that the kind's row names. One function a verb, in
// the file of its concern; mechanisms.cpp holds the table.

#include "domain/impl/frame.hpp"

namespace zt::verbs {

// time.cpp
[[nodiscard]] Result<void> ask_extension(Frame& frame);
[[nodiscard]] Result<void> grant_extension(Frame& frame);
[[nodiscard]] Result<void> pause(Frame& frame);
[[nodiscard]] Result<void> resume(Frame& frame);
[[nodiscard]] Result<void> shelve(Frame& frame);
[[nodiscard]] Result<void> reopen(Frame& frame);
[[nodiscard]] Result<void> settle(Frame& frame);
/// From the end of the present span on: day clocks count from their last day, hour clocks from
/// their instant.
[[nodiscard]] calendar::Due
extended_due(const Frame& frame, const Clock& clock, calendar::Length by);
/// A counted due is counted again over all its pauses. One that was extended or given as a date
/// moves by the last pause: by the days that it touched where it ends with a day, else by the time
/// it lasted.
[[nodiscard]] calendar::Due
due_after(const Frame& frame, const Clock& clock, const std::vector<calendar::Pause>& pauses);

}  // namespace zt::verbs
