#pragma once
// Plays scripts. A line's expectation is compared as text: the runner writes down what happened in
// the form in which the script asks for it, so a difference is shown, and accepted, as the line
// that would be right.

#include "app/scenario/coverage.hpp"
#include "app/scenario/memory_tenant.hpp"
#include "app/scenario/script.hpp"

#include <functional>
#include <map>

namespace zt::app::scenario {

struct Failure {
    int line = 0;
    std::string iteration;  ///< "i=17" in a `for` line
    std::string message;
    std::string log;  ///< compact event log of the matters concerned
};

/// What a line would have to say.
struct Correction {
    int line = 0, arrow_line = 0;
    std::string text;           ///< after the first word, or after `->`
    bool is_ambiguous = false;  ///< iterations of a `for` line differ
};

struct Outcome {
    std::string file;
    std::int64_t steps = 0;
    std::vector<Failure> failures;
    std::vector<Correction> corrections;
    int coverage_line = 0;  ///< of `coverage all`; 0: there is none
    std::string kind;
};

/// Plays one script from an empty place. Runner errors (a place that is missing, no such pack) are
/// failures of line 0.
/// `at_end` gets the place as the script leaves it.
[[nodiscard]] Outcome play(
    const Script& script,
    const Definitions& files,
    Coverage& coverage,
    const std::function<void(MemoryTenant&)>& at_end = {}
);

/// The script's text with the corrections in place.
[[nodiscard]] std::string
corrected(const Script& script, const std::vector<Correction>& corrections);

/// All *.case below the paths, by name; a file stands for itself. errors: not_found.
[[nodiscard]] Result<std::vector<std::string>> find_scripts(const std::vector<std::string>& paths);

}  // namespace zt::app::scenario
