#pragma once
// A step of a script as a submit: names become ids, people and posts are looked up for the day of
// the step.

#include "app/scenario/stage.hpp"

#include <map>

namespace zt::app::scenario {

struct StepSubmit {
    Submit submit;
    /// Names that registers of this step give, by index of the command.
    std::map<std::size_t, std::string> begun;
};

/// errors: unknown_verb, unknown_matter, unknown_org, unknown_post, bad_value.
[[nodiscard]] Result<StepSubmit> make_submit(const Stage& stage, const ScriptLine& line);

}  // namespace zt::app::scenario
