#pragma once
// What the checking commands print: one line a finding on `err`, or all of them as JSON.

#include "app/command_line.hpp"
#include "kindfile/shape.hpp"

namespace zt::app {

void add_errors(kindfile::Errors& all, kindfile::Errors more);
/// {"is_sound":false,"findings":[{"at","code","detail"}]}; gives the exit code.
[[nodiscard]] int print_findings(const Request& request, const kindfile::Errors& errors);

}  // namespace zt::app
