#include "app/definitions.hpp"

#include "app/embedded.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace zt::app {

namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

std::string stem_of(const std::string& file) { return fs::path(file).stem().string(); }

std::vector<std::string> stems_of(const kindfile::NamedTexts& texts) {
    std::vector<std::string> stems;
    for (const auto& [file, text] : texts) {
        stems.push_back(stem_of(file));
    }
    return stems;
}

}  // namespace

Result<Definitions> Definitions::find(const std::string& kinds_folder) {
    Definitions definitions;
    if (!kinds_folder.empty()) {
        if (!is_folder(kinds_folder)) {
            return fail(
                Errc::not_found,
                "there is no folder '" + kinds_folder + "'; --kinds takes a folder of kind files"
            );
        }
        definitions.kinds_ = kinds_folder;
    } else if (is_folder("kinds")) {
        definitions.kinds_ = "kinds";
    }
    return definitions;
}

Result<kindfile::NamedTexts> Definitions::texts_of(const std::string& folder) const {
    const fs::path on_disk = folder == "kinds"          ? kinds_
                             : folder == "kinds/places" ? kinds_ / "places"
                                                        : kinds_.parent_path() / folder;
    if (!kinds_.empty() && is_folder(on_disk)) {
        return kindfile::read_yaml_folder(on_disk);
    }
    kindfile::NamedTexts texts;
    for (const auto& file : embedded_in(folder)) {
        if (file.path.ends_with(".yaml")) {
            texts.emplace_back(file.path, file.text);
        }
    }
    return texts;
}

kindfile::Checked<kindfile::LoadedKinds> Definitions::kinds() const {
    const auto texts = texts_of("kinds");
    if (!texts) {
        return std::unexpected(kindfile::Errors{texts.error()});
    }
    return kindfile::load_kinds(*texts);
}

kindfile::Checked<kindfile::LoadedPacks> Definitions::packs() const {
    const auto texts = texts_of("packs");
    if (!texts) {
        return std::unexpected(kindfile::Errors{texts.error()});
    }
    return kindfile::load_packs(*texts);
}

kindfile::Checked<std::vector<kindfile::ScoreFile>> Definitions::scores() const {
    const auto texts = texts_of("packs/scores");
    if (!texts) {
        return std::unexpected(kindfile::Errors{texts.error()});
    }
    return kindfile::load_scores(*texts);
}

kindfile::Checked<std::vector<kindfile::System>> Definitions::systems() const {
    const auto texts = texts_of("systems");
    if (!texts) {
        return std::unexpected(kindfile::Errors{texts.error()});
    }
    if (texts->size() != 1) {
        return std::unexpected(
            kindfile::Errors{{Errc::not_found, "one file is expected in systems/", "systems"}}
        );
    }
    return kindfile::read_systems(texts->front().second, texts->front().first);
}

Result<std::vector<kindfile::PaperFile>> Definitions::papers(const Kinds& kinds) const {
    TRY(const auto texts, texts_of("papers"));
    auto papers = kindfile::load_papers(texts, kinds);
    if (!papers) {
        return std::unexpected(first_of(papers.error()));
    }
    return std::move(*papers);
}

std::vector<kindfile::PaperFile> Definitions::papers_that_fit(const Kinds& kinds) const {
    std::vector<kindfile::PaperFile> out;
    const auto texts = texts_of("papers");
    for (const auto& text : texts ? *texts : kindfile::NamedTexts()) {
        if (auto papers = kindfile::load_papers({text}, kinds)) {
            out.push_back(std::move(papers->front()));
        }
    }
    return out;
}

Result<Score> Definitions::score(const std::string& name, const Kinds& kinds) const {
    const auto loaded = scores();
    if (!loaded) {
        return std::unexpected(first_of(loaded.error()));
    }
    std::vector<std::string> names;
    for (const auto& file : *loaded) {
        names.push_back(file.score.name);
        if (file.score.name != name) {
            continue;
        }
        if (const auto errors = kindfile::check_score(file, kinds); !errors.empty()) {
            return std::unexpected(first_of(errors));
        }
        return file.score;
    }
    return fail(
        Errc::not_found, "there is no score '" + name + "'; there are: " + join(names, ", ")
    );
}

Result<kindfile::CalendarsByName> Definitions::calendars() const {
    TRY(const auto texts, texts_of("calendars"));
    std::vector<kindfile::CalendarSource> sources;
    for (const auto& [file, text] : texts) {
        sources.push_back({file, text});
    }
    return kindfile::read_calendars(sources);
}

Result<calendar::Calendar> Definitions::calendar(const std::string& name_or_file) const {
    TRY(const auto known, calendars());
    if (name_or_file.ends_with(".yaml")) {
        TRY(const auto text, kindfile::read_text_file(name_or_file));
        return kindfile::read_calendar(text, name_or_file, known);
    }
    if (const auto found = known.find(name_or_file); found != known.end()) {
        return found->second;
    }
    std::vector<std::string> names;
    for (const auto& [name, one] : known) {
        names.push_back(name);
    }
    return fail(
        Errc::not_found,
        "there is no calendar '" + name_or_file + "'; there are: " + join(names, ", ") +
            "; or name a .yaml file"
    );
}

Result<Pack> Definitions::pack(const std::string& name) const {
    const auto loaded = packs();
    if (!loaded) {
        return std::unexpected(first_of(loaded.error()));
    }
    if (const auto found = loaded->packs.find(name); found != loaded->packs.end()) {
        return found->second;
    }
    std::vector<std::string> names;
    for (const auto& [one, pack] : loaded->packs) {
        names.push_back(one);
    }
    return fail(
        Errc::not_found, "there is no pack '" + name + "'; there are: " + join(names, ", ")
    );
}

Result<service::Definitions> Definitions::service_definitions() const {
    service::Definitions definitions;
    TRY(definitions.kinds, texts_of("kinds"));
    TRY(definitions.packs, texts_of("packs"));
    TRY(definitions.calendars, texts_of("calendars"));
    return definitions;
}

Result<NamedText> Definitions::place(const std::string& name_or_file) const {
    for (const auto& folder : place_folders_) {
        const fs::path file = folder / (name_or_file + ".yaml");
        if (is_file(file)) {
            TRY(auto text, kindfile::read_text_file(file));
            return NamedText{file.string(), std::move(text)};
        }
    }
    TRY(const auto of_scripts, texts_of("kinds/places"));
    for (const auto& [file, text] : of_scripts) {
        if (stem_of(file) == name_or_file) {
            return NamedText{file, text};
        }
    }
    return find_text("places", name_or_file);
}

Result<std::optional<NamedText>> Definitions::script(const std::string& kind) const {
    const std::string name = kind + ".case";
    if (!kinds_.empty()) {
        const fs::path file = kinds_ / name;
        if (!is_file(file)) {
            return std::nullopt;
        }
        TRY(auto text, kindfile::read_text_file(file));
        return NamedText{file.string(), std::move(text)};
    }
    const EmbeddedFile* found = find_embedded("kinds/" + name);
    return found == nullptr ? std::nullopt
                            : std::optional(NamedText{name, std::string(found->text)});
}

Result<NamedText> Definitions::beside(const std::string& file, const std::string& name) const {
    const std::string path = (fs::path(file).parent_path() / name).string();
    if (const EmbeddedFile* found = find_embedded(path); found != nullptr && !is_file(path)) {
        return NamedText{path, std::string(found->text)};
    }
    if (!is_file(path)) {
        return fail(Errc::not_found, "'" + file + "' names a file that is not there", path);
    }
    TRY(auto text, kindfile::read_text_file(path));
    return NamedText{path, std::move(text)};
}

Result<NamedText> Definitions::map(const std::string& name_or_file) const {
    return find_text("maps", name_or_file);
}

Result<NamedText>
Definitions::find_text(const std::string& folder, const std::string& name_or_file) const {
    if (is_file(name_or_file)) {
        TRY(auto text, kindfile::read_text_file(name_or_file));
        return NamedText{name_or_file, std::move(text)};
    }
    TRY(const auto texts, texts_of(folder));
    for (const auto& [file, text] : texts) {
        if (stem_of(file) == name_or_file ||
            folder + "/" + fs::path(file).filename().string() == name_or_file) {
            return NamedText{file, text};
        }
    }
    return fail(
        Errc::not_found,
        "there is no file '" + name_or_file + "', and " + folder +
            "/ has only: " + join(stems_of(texts), ", ")
    );
}

}  // namespace zt::app
