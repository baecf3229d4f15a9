#pragma once
// Changes of the directory: commands on records of orgs, posts, people and areas. They go by
// approval (service/approvals.hpp) and by no other road of the interface.

#include "service/served.hpp"

namespace zt::http::pages {

/// errors: unknown_matter, damaged, io_failed.
[[nodiscard]] Result<bool> is_directory_change(const Command& command, service::Desk& desk);
/// errors: forbidden when it is one; as above.
[[nodiscard]] Result<void> refuse_directory_change(const Command& command, service::Desk& desk);

}  // namespace zt::http::pages
