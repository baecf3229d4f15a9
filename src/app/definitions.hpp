#pragma once
// The definition files in use: kinds, packs, calendars, places, maps. They come from the folder
// named by --kinds (its sisters packs/, calendars/, places/, maps/ beside it, where they exist),
// else from ./kinds when there is one, else from what was built in.

#include "kindfile/calendar_file.hpp"
#include "kindfile/kind_file.hpp"
#include "kindfile/pack_file.hpp"
#include "kindfile/paper_file.hpp"
#include "kindfile/score_file.hpp"
#include "kindfile/system_file.hpp"
#include "service/tenant.hpp"

#include <filesystem>
#include <optional>

namespace zt::app {

/// A definition file as text, with the name that messages use.
struct NamedText {
    std::string file, text;
};

class Definitions {
  public:
    /// Finds the folder; reads nothing yet. errors: not_found when the folder named is none.
    [[nodiscard]] static Result<Definitions> find(const std::string& kinds_folder);

    [[nodiscard]] kindfile::Checked<kindfile::LoadedKinds> kinds() const;
    [[nodiscard]] kindfile::Checked<kindfile::LoadedPacks> packs() const;
    [[nodiscard]] kindfile::Checked<std::vector<kindfile::ScoreFile>> scores() const;
    [[nodiscard]] kindfile::Checked<std::vector<kindfile::System>> systems() const;
    [[nodiscard]] Result<kindfile::CalendarsByName> calendars() const;
    /// in: a name of kinds/places/ (those of scripts) or places/, or a file. errors: not_found with
    /// what there is, bad_file.
    [[nodiscard]] Result<NamedText> place(const std::string& name_or_file) const;
    /// The script of the kind's own name; nothing when it has none. errors: bad_file.
    [[nodiscard]] Result<std::optional<NamedText>> script(const std::string& kind) const;
    /// A file that a definition names, as text: in the folder of that definition, on disk or built
    /// in. in: of a place file `file` as place() gave it. errors: not_found, bad_file.
    [[nodiscard]] Result<NamedText> beside(const std::string& file, const std::string& name) const;
    /// in: a name of maps/ ("messages"), or a file ("maps/messages.yaml"). errors: as place.
    [[nodiscard]] Result<NamedText> map(const std::string& name_or_file) const;
    /// errors: not_found with the names there are; those of the files.
    [[nodiscard]] Result<calendar::Calendar> calendar(const std::string& name_or_file) const;
    [[nodiscard]] Result<Pack> pack(const std::string& name) const;
    /// in: a name of packs/scores/. out: proven against the kinds. errors: not_found with the names
    /// there are; those of the file.
    [[nodiscard]] Result<Score> score(const std::string& name, const Kinds& kinds) const;

    /// Papers of matters of those kinds. errors: bad_file, those of the first file that is wrong.
    [[nodiscard]] Result<std::vector<kindfile::PaperFile>> papers(const Kinds& kinds) const;
    /// The same without those that do not fit the kinds: a place keeps its kinds as they were when
    /// it took them over.
    [[nodiscard]] std::vector<kindfile::PaperFile> papers_that_fit(const Kinds& kinds) const;
    /// Kinds, packs and calendars as texts, for a tenant to take over. errors: bad_file.
    [[nodiscard]] Result<service::Definitions> service_definitions() const;
    /// Texts of a folder ("kinds") by name, from disk or built in. errors: bad_file.
    [[nodiscard]] Result<kindfile::NamedTexts> texts_of(const std::string& folder) const;
    /// The kinds folder on disk; empty when the built-in files are used.
    [[nodiscard]] const std::filesystem::path& kinds_folder() const { return kinds_; }
    /// Also looks for fixtures here (scripts); tried before places/.
    void add_place_folder(std::filesystem::path folder) {
        place_folders_.push_back(std::move(folder));
    }

  private:
    [[nodiscard]] Result<NamedText>
    find_text(const std::string& folder, const std::string& name_or_file) const;

    std::filesystem::path kinds_;
    std::vector<std::filesystem::path> place_folders_;
};

/// The first error, for callers that can pass on only one.
[[nodiscard]] inline Error first_of(const kindfile::Errors& errors) { return errors.front(); }

}  // namespace zt::app
