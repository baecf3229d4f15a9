#pragma once
// Pack files: packs/*.yaml, the numbers of a place with the source of each. docs/kinds/packs.md
// shows the syntax.

#include "domain/pack.hpp"
#include "kindfile/kind_file.hpp"

namespace zt::kindfile {

struct PackFile {
    Pack pack;
    std::string
        extends;  ///< name of the pack whose entries hold where this one says nothing; empty: none
    Lines lines;
    std::string file, text;
};

/// One file by itself; what it extends is not looked up. errors: all that is wrong with the text; a
/// number without a source is missing_key.
[[nodiscard]] Checked<PackFile> read_pack_file(std::string_view text, std::string file);

/// The pack with what it extends in place.
/// in: packs by name. errors: not_found (with the nearest name), bad_value for a circle.
[[nodiscard]] Result<Pack> resolve_pack(const PackFile& file, const std::vector<PackFile>& all);

struct LoadedPacks {
    std::map<std::string, Pack, std::less<>> packs;  ///< resolved
    std::vector<PackFile> files;
};

/// Reads all *.yaml of a folder. errors: all errors of all files.
[[nodiscard]] Checked<LoadedPacks> load_packs(const std::filesystem::path& folder);
[[nodiscard]] Checked<LoadedPacks> load_packs(const NamedTexts& texts);

}  // namespace zt::kindfile
