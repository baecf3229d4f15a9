#pragma once
// A kind told in sentences: who may do what in each stage, how long things may take, how it is
// judged.

#include "kindfile/graph.hpp"

namespace zt::kindfile {

/// Markdown. in: the kind with its pack's numbers (with_pack).
[[nodiscard]] std::string explain(const Kind& kind, Language language);
/// "clerk of the competent office", "主管办公室的受理员".
[[nodiscard]] std::string name_of(const RoleRule& role, Language language);
/// "5 working days", "5个工作日".
[[nodiscard]] std::string name_of(calendar::Length length, Language language);

}  // namespace zt::kindfile
