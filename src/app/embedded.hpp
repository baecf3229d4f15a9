#pragma once
// Files that were built into the program: kinds/, packs/, packs/scores/, calendars/, places/,
// maps/, text/ as they stood then.

#include <span>
#include <string_view>
#include <vector>

namespace zt::app {

struct EmbeddedFile {
    std::string_view path;  ///< "kinds/appeal.yaml"
    std::string_view text;
};

/// All of them, by path.
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_files();
/// The archive of the pages of portal and desk (http/web_files.hpp).
[[nodiscard]] std::string_view embedded_web();
/// Null when there is none of that path.
[[nodiscard]] const EmbeddedFile* find_embedded(std::string_view path);
/// Those of a folder ("kinds") itself, not of folders within, by path.
[[nodiscard]] std::vector<EmbeddedFile> embedded_in(std::string_view folder);

}  // namespace zt::app
