#pragma once
// Tenant: one place's data directory, opened: store, ledger, views, rules. What the command line
// and the server start from.

#include "base/world.hpp"
#include "kindfile/kind_file.hpp"
#include "service/verify.hpp"
#include "service/writer.hpp"
#include "store/data_directory.hpp"
#include "vault/key_file.hpp"

#include <future>

namespace zt::service {

/// Definition texts by file name; errors name the file and line.
struct Definitions {
    kindfile::NamedTexts kinds, packs, calendars;
};

/// Reads and proves definitions. in: names of the pack and calendar that the place uses.
/// errors: those of kindfile; not_found (pack or calendar, with the names there are).
[[nodiscard]] Result<SharedRules> build_rules(
    const Definitions& definitions,
    const std::string& pack,
    const std::string& calendar,
    std::string tenant
);

/// Tells the figures what kind files count beside the common indicators.
void declare_indicators(views::Figures& figures, const Kinds& kinds);

struct Opening {
    std::string path;
    store::Access access = store::Access::read;
    std::string key_file;  ///< empty: PATH.key; reading does without it unless it is named
    Random* random = nullptr;
    /// Figures and open set are read by a thread of their own, while commands are taken already;
    /// who reads them asks await_views first. Nothing lapses before.
    bool fills_later = false;
};

struct Creation {
    std::string path, key_file;
    Definitions definitions;
    std::string pack, calendar, tenant;
    HashAlgorithm algorithm = HashAlgorithm::sha256;
    Random* random = nullptr;
};

class Tenant {
  public:
    /// Lays out the directory and its key file; the ledger is empty until genesis.
    /// errors: already_initialised (directory or key), io_failed, read_only, disk_full, those of
    /// build_rules; then nothing is left that was not there.
    [[nodiscard]] static Result<std::unique_ptr<Tenant>> create(const Creation& creation);
    /// errors: not_initialised, newer_version, in_use, read_only, damaged, key_missing, key_wrong.
    [[nodiscard]] static Result<std::unique_ptr<Tenant>> open(const Opening& opening);
    ~Tenant();

    [[nodiscard]] Ledger& ledger() { return *ledger_; }
    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] views::Figures& figures() { return figures_; }
    /// Waits until the views are filled and attaches them, by the writer if one is at work.
    /// errors: io_failed, damaged.
    [[nodiscard]] Result<void> await_views(Writer* writer = nullptr);
    /// Folded on first use.
    [[nodiscard]] Result<views::OpenSet*> open_set();
    /// Brought up to the head on each call. errors: io_failed, read_only.
    [[nodiscard]] Result<views::Lists*> lists();
    [[nodiscard]] const Rules& rules() const { return ledger_->rules(); }
    /// The definition texts that the place took over. errors: io_failed.
    [[nodiscard]] Result<Definitions> definitions() const;
    [[nodiscard]] const vault::MasterKey* key() const { return key_ ? &*key_ : nullptr; }
    [[nodiscard]] const store::DataDirectory& directory() const { return directory_; }

    /// Writes what the views hold to disk. errors: io_failed, disk_full.
    [[nodiscard]] Result<void> save_views();
    /// Rebuilds every matter row and view from the events. out: what the events are.
    [[nodiscard]] Result<Proof> replay();
    [[nodiscard]] Result<Proof> verify();
    /// The sealed text of that name in the newest event that carries it. errors: key_missing,
    /// not_found (erased).
    [[nodiscard]] Result<std::string> reveal(MatterId matter, std::string_view name);
    /// Every sealed text of one event by name. errors: key_missing, not_found (erased).
    [[nodiscard]] Result<std::vector<Personal>> open_texts(const Event& event);

  private:
    explicit Tenant(store::DataDirectory directory) : directory_(std::move(directory)) {}
    struct Filled {
        views::Figures figures;
        views::OpenSet open_set;
    };
    [[nodiscard]] static Result<std::unique_ptr<Tenant>>
    start(std::unique_ptr<Tenant> tenant, const Opening& opening, SharedRules rules);
    [[nodiscard]] Result<views::Figures> load_figures(store::Reader& reader) const;
    [[nodiscard]] Result<views::OpenSet> load_open_set(store::Reader& reader) const;

    store::DataDirectory directory_;
    std::unique_ptr<store::Store> store_;
    std::optional<vault::MasterKey> key_;
    views::Figures figures_;
    views::OpenSet open_set_;
    bool is_open_set_filled_ = false;
    std::optional<views::Lists> lists_;
    std::unique_ptr<Ledger> ledger_;
    std::future<Result<Filled>> filling_;  ///< last: it reads the store
};

}  // namespace zt::service
