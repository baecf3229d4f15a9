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

/// Type of a field of a step: of the kind, else of the verbs' own arguments; text when unknown.
[[nodiscard]] FieldType type_of(const Kind* kind, const std::string& field);
/// errors: as below.
[[nodiscard]] Result<StepSubmit> make_submit(const Telling& telling, const ScriptLine& line);
/// errors: unknown_verb, unknown_matter, unknown_org, unknown_post, bad_value.
[[nodiscard]] Result<StepSubmit> make_submit(const Stage& stage, const ScriptLine& line);

}  // namespace zt::app::scenario
