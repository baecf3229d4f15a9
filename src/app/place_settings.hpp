#pragma once
// The settings file of a new place, which lies as DIR.toml beside its data directory.

#include "base/result.hpp"
#include "kindfile/place_file.hpp"

#include <string>

namespace zt::app {

/// What the place file says of the place's own settings, as the TOML that read_place_settings
/// reads.
[[nodiscard]] std::string place_settings_text(const kindfile::Place& place);
/// Writes it beside the directory, unless the place file says nothing or a file stands there
/// already. out: the path of the file, there or not. errors: io_failed.
[[nodiscard]] Result<std::string>
write_place_settings(const std::string& folder, const kindfile::Place& place);

}  // namespace zt::app
