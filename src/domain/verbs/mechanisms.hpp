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

}  // namespace zt::verbs
