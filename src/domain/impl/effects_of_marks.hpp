#pragma once
// Effects that let something stand in a turn, or no longer.

#include "domain/impl/frame.hpp"

namespace zt {

using EffectArgs = std::vector<std::string>;

/// Marks it, and keeps who asked, for the guard other_person.
[[nodiscard]] Result<void> ask_second(Frame& frame, const EffectArgs& args);
[[nodiscard]] Result<void> mark_effect(Frame& frame, const EffectArgs& args);
[[nodiscard]] Result<void> mark_by(Frame& frame, const EffectArgs& args);
[[nodiscard]] Result<void> unmark(Frame& frame, const EffectArgs& args);

}  // namespace zt
