#pragma once
// Kind files: kinds/*.yaml as values. Reading proves the shape (keys, types, words of the grammar);
// check.hpp proves the meaning.

#include "kindfile/shape.hpp"

#include <filesystem>

namespace zt::kindfile {

/// File name and text.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// A kind with the places of its lines, for messages.
struct KindFile {
    Kind kind;
    Lines lines;
    std::string text;
    std::vector<int> notice_lines;  ///< of kind.notices, one by one
};

/// All that is wrong with the text, in order of lines.
[[nodiscard]] Checked<KindFile> read_kind_file(std::string_view text, std::string file);
/// The same, with the first error only. errors: bad_yaml, unknown_key, missing_key, bad_value,
/// unknown_verb …
[[nodiscard]] Result<Kind> read_kind(std::string_view text, std::string file);

struct LoadedKinds {
    Kinds kinds;
    std::vector<KindFile> files;  ///< in order of names
};

/// Reads all *.yaml of a folder. errors: all errors of all files; a kind that stands in two files;
/// bad_file.
[[nodiscard]] Checked<LoadedKinds> load_kinds(const std::filesystem::path& folder);
/// The same from texts (name, text), as they are embedded or kept in a data directory.
[[nodiscard]] Checked<LoadedKinds> load_kinds(const NamedTexts& texts);

/// All *.yaml of a folder in order of names. errors: bad_file.
[[nodiscard]] Result<NamedTexts> read_yaml_folder(const std::filesystem::path& folder);
/// A file as text. errors: bad_file with the name.
[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& file);

}  // namespace zt::kindfile
