// A folder of kind files: all errors of all files at once.

#include "kindfile/kind_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace zt::kindfile {

namespace {

void refuse_doubles(const std::vector<KindFile>& files, Errors& errors) {
    std::map<std::pair<std::string, std::uint32_t>, const KindFile*> seen;
    for (const KindFile& file : files) {
        const auto [first, is_new] = seen.try_emplace({file.kind.name, file.kind.version}, &file);
        if (!is_new) {
            errors.push_back(
                {Errc::bad_value,
                 "the kind " + file.kind.name + " version " + std::to_string(file.kind.version) +
                     " also stands in " + first->second->kind.file +
                     "; raise the version or take one away",
                 file.kind.file + ":" + std::to_string(file.lines.of("/kind"))}
            );
        }
    }
}

}  // namespace

Result<std::string> read_text_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(Errc::bad_file, "the file cannot be opened; is the name right?", file.string());
    }
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) {
        return fail(Errc::bad_file, "the file cannot be read", file.string());
    }
    return text;
}

Checked<LoadedKinds> load_kinds(const NamedTexts& texts) {
    LoadedKinds loaded;
    Errors errors;
    for (const auto& [name, text] : texts) {
        auto read = read_kind_file(text, name);
        if (read) {
            loaded.files.push_back(*std::move(read));
        } else {
            errors.insert(errors.end(), read.error().begin(), read.error().end());
        }
    }
    refuse_doubles(loaded.files, errors);
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    // Kinds keeps the newest version last.
    std::ranges::sort(loaded.files, {}, [](const KindFile& file) {
        return std::pair(file.kind.name, file.kind.version);
    });
    for (const KindFile& file : loaded.files) {
        loaded.kinds.add(file.kind);
    }
    return loaded;
}

Result<NamedTexts> read_yaml_folder(const std::filesystem::path& folder) {
    std::error_code problem;
    std::vector<std::filesystem::path> paths;
    for (std::filesystem::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        if (entry->path().extension() == ".yaml") {
            paths.push_back(entry->path());
        }
    }
    if (problem || paths.empty()) {
        const std::string why =
            problem ? "cannot be read: " + problem.message() : "holds no *.yaml file";
        return fail(
            Errc::bad_file,
            "the folder " + why + "; name a folder of definition files",
            folder.string()
        );
    }
    std::ranges::sort(paths);
    NamedTexts texts;
    for (const auto& path : paths) {
        TRY(auto text, read_text_file(path));
        texts.emplace_back(path.string(), std::move(text));
    }
    return texts;
}

Checked<LoadedKinds> load_kinds(const std::filesystem::path& folder) {
    const auto texts = read_yaml_folder(folder);
    if (!texts) {
        return std::unexpected(Errors{texts.error()});
    }
    return load_kinds(*texts);
}

}  // namespace zt::kindfile
