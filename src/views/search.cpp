#include "views/search.hpp"

#include "base/check.hpp"
#include "views/impl/initials.hpp"
#include "views/impl/search_rank.hpp"
#include "views/impl/search_rows.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace zt::views {

using impl::Database;
using impl::DocumentNo;
using impl::Known;
using impl::Month;
using impl::OpenMode;
using impl::TermColumns;
using impl::Transaction;

namespace {

constexpr const char* memory_path = ":memory:";
/// Merging reads and writes more pages than SQLite keeps by itself. Nothing may spill into a
/// temporary file: terms would stay there.
constexpr const char* settings_of_both = "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768";
constexpr const char* settings_of_writer = "PRAGMA secure_delete=ON";
/// A month is rewritten when it has at least so many stale documents, and more than current ones.
constexpr std::int64_t stale_min = 2000;

/// What is made of the texts of a document.
struct Indexed {
    TermColumns terms;
    impl::Signature signature;
    std::int64_t digest = 0;
};

Indexed indexed_of(const SearchDocument& document, impl::Initials& initials);
std::string joined(const std::vector<SearchTerm>& terms);
std::int64_t digest_of(const TermColumns& terms, UtcMs registered);

/// One put: what it knows of the months it touches.
class Intake {
  public:
    Intake(Database& database, impl::Initials& initials)
        : database_(database), initials_(initials) {}
    Result<void> begin();
    Result<void> take(const SearchDocument& document);
    /// Writes months back; rewrites those from which something was erased or much is stale. out:
    /// something was erased.
    Result<bool> end();

  private:
    Result<Month*> month(std::int64_t id);
    Result<void> add(const SearchDocument& document, const Indexed& made);
    Result<void> erase(const std::vector<Known>& known);
    Result<void> leave(const Known& known);

    Database& database_;
    impl::Initials& initials_;
    std::map<std::int64_t, Month> months_;  ///< those that are touched
    std::map<std::int64_t, std::vector<DocumentNo>> erased_;
    DocumentNo next_ = 1;
};

Result<std::unique_ptr<Database>> open_search(const std::string& path, OpenMode mode);
Result<Seq> read_position(Database& database, const std::string& path);
Result<Seq> read_sound_position(Database& database, const std::string& path);
Result<void> make_tables(Database& database);
void remove_files(const std::string& path);

}  // namespace

struct Search::Writing {
    impl::Initials initials;
};

Search::Search(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Search::Search(Search&& other) noexcept = default;
Search& Search::operator=(Search&& other) noexcept = default;
Search::~Search() = default;

Result<Search> Search::open(const std::string& path, ListAccess access) {
    if (access == ListAccess::read) {
        TRY(auto database, open_search(path, OpenMode::read));
        TRY_VOID(database->run(settings_of_both));
        Search out(std::move(database));
        TRY(out.position_, read_position(*out.database_, path));
        return out;
    }
    std::error_code problem;
    std::string reason;
    if (path != memory_path && std::filesystem::exists(path, problem)) {
        auto database = open_search(path, OpenMode::write);
        const auto position =
            database ? read_sound_position(**database, path) : std::unexpected(database.error());
        if (position) {
            Search out(*std::move(database));
            out.writing_ = std::make_unique<Writing>();
            out.position_ = *position;
            return out;
        }
        if (position.error().code != Errc::damaged &&
            position.error().code != Errc::newer_version) {
            return std::unexpected(position.error());
        }
        reason = to_string(position.error());
        if (database) {
            database->reset();
        }
        remove_files(path);
    }
    TRY(auto database, open_search(path, OpenMode::write));
    Search out(std::move(database));
    TRY_VOID(make_tables(*out.database_));
    out.writing_ = std::make_unique<Writing>();
    out.rebuild_reason_ = reason;
    return out;
}

SearchDocument document_of(const State& state) {
    SearchDocument out;
    out.row.matter = impl::row_of(state);
    for (const std::int64_t org : impl::involved_in(state)) {
        out.row.involved.push_back(OrgId{org});
    }
    for (const std::int64_t org : impl::accused_in(state)) {
        out.row.accused.push_back(OrgId{org});
    }
    return out;
}

Result<void> Search::put(std::span<const SearchDocument> documents, Seq seq) {
    CHECK(writing_ != nullptr);
    std::map<MatterId, const SearchDocument*> last;
    for (const SearchDocument& document : documents) {
        last[document.row.matter.id] = &document;
    }
    bool has_erased = false;
    {
        TRY(auto transaction, Transaction::begin(*database_));
        Intake intake(*database_, writing_->initials);
        TRY_VOID(intake.begin());
        for (const auto& [id, document] : last) {
            TRY_VOID(intake.take(*document));
        }
        TRY(has_erased, intake.end());
        if (has_erased) {
            TRY_VOID(impl::set_about(*database_, "is_unwiped", 1));
        }
        TRY_VOID(impl::set_about(*database_, "position", seq));
        TRY_VOID(transaction.commit());
    }
    position_ = seq;
    if (has_erased) {
        TRY(const bool is_wiped, wipe());
        ignore(is_wiped, "the view remembers it, and whoever keeps it calls again");
    }
    return {};
}

Result<bool> Search::wipe() {
    CHECK(writing_ != nullptr);
    TRY(const auto is_unwiped, impl::about(*database_, "is_unwiped"));
    if (is_unwiped.value_or(0) == 0) {
        return true;
    }
    const auto is_cut = [&]() -> Result<bool> {
        TRY(auto cursor, database_->query("PRAGMA wal_checkpoint(TRUNCATE)"));
        TRY(const bool has_row, cursor.next());
        return has_row && cursor.number(0) == 0;
    };
    TRY(const bool is_first_cut, is_cut());
    if (!is_first_cut) {
        return false;
    }
    TRY_VOID(impl::set_about(*database_, "is_unwiped", 0));
    return true;
}

Result<std::int64_t> Search::size() const {
    TRY(auto cursor, database_->query("SELECT coalesce(sum(current), 0) FROM month"));
    TRY(const bool has_row, cursor.next());
    CHECK(has_row);
    return cursor.number(0);
}

Result<std::optional<std::string>> Search::difference(const Search& other) const {
    const std::string sql = "SELECT " + impl::search_columns() +
                            ", digest FROM document AS matter WHERE is_current = 1 ORDER BY id";
    if (position_ != other.position_) {
        return "positions " + std::to_string(position_) + " and " + std::to_string(other.position_);
    }
    TRY(auto left, database_->query(sql));
    TRY(auto right, other.database_->query(sql));
    while (true) {
        TRY(const bool has_left, left.next());
        TRY(const bool has_right, right.next());
        if (!has_left && !has_right) {
            return std::optional<std::string>{};
        }
        if (!has_left || !has_right) {
            return "matter " + std::to_string((has_left ? left : right).number(0)) +
                   " is in one only";
        }
        TRY(const SearchRow one, impl::search_row_at(left));
        TRY(const SearchRow two, impl::search_row_at(right));
        if (one != two || left.number(impl::next_column) != right.number(impl::next_column)) {
            return "matter " + std::to_string(std::min(one.matter.id, two.matter.id).value) +
                   " differs";
        }
    }
}

namespace {

Result<void> Intake::begin() {
    TRY(const auto next, impl::about(database_, "next_document"));
    next_ = next.value_or(1);
    return {};
}

Result<void> Intake::take(const SearchDocument& document) {
    TRY(const std::vector<Known> known, impl::known_documents(database_, document.row.matter.id));
    if (document.row.matter.is_erased) {
        return erase(known);
    }
    const Indexed made = indexed_of(document, initials_);
    for (const Known& one : known) {
        if (one.is_current && one.digest == made.digest) {
            return impl::change_document(database_, one.document, document.row);
        }
        if (one.is_current) {
            TRY_VOID(leave(one));
        }
    }
    return add(document, made);
}

Result<bool> Intake::end() {
    for (auto& [id, month] : months_) {
        std::vector<DocumentNo> leaving;
        if (month.stale >= stale_min && month.stale > month.current) {
            TRY(leaving, impl::stale_documents(database_, id));
            month.stale = 0;
        }
        const auto erased = erased_.find(id);
        if (erased != erased_.end()) {
            leaving.insert(leaving.end(), erased->second.begin(), erased->second.end());
        }
        if (!leaving.empty()) {
            TRY_VOID(impl::rewrite(database_, month, leaving));
        }
        for (const DocumentNo document : leaving) {
            TRY_VOID(impl::remove_document(database_, document));
        }
        TRY_VOID(impl::keep_month(database_, month));
    }
    TRY_VOID(impl::set_about(database_, "next_document", next_));
    return !erased_.empty();
}

Result<Month*> Intake::month(std::int64_t id) {
    const auto found = months_.find(id);
    if (found != months_.end()) {
        return &found->second;
    }
    TRY(auto known, impl::load_month(database_, id));
    if (!known) {
        TRY(known, impl::make_month(database_, id));
    }
    return &months_.emplace(id, *known).first->second;
}

Result<void> Intake::add(const SearchDocument& document, const Indexed& made) {
    const UtcMs registered = document.row.matter.registered;
    TRY(Month* const month, this->month(impl::month_of(registered)));
    month->highest = std::max(month->highest, impl::ms(registered));
    ++month->current;
    impl::NewDocument row;
    row.known = {next_++, month->id, made.digest, true};
    row.row = &document.row;
    row.signature = made.signature;
    row.ahead_ms = month->highest - impl::ms(registered);
    TRY_VOID(impl::add_document(database_, row));
    return impl::add_terms(database_, *month, row.known.document, made.terms);
}

Result<void> Intake::erase(const std::vector<Known>& known) {
    for (const Known& one : known) {
        TRY(Month* const month, this->month(one.month));
        --(one.is_current ? month->current : month->stale);
        erased_[one.month].push_back(one.document);
    }
    return {};
}

Result<void> Intake::leave(const Known& known) {
    TRY(Month* const month, this->month(known.month));
    --month->current;
    ++month->stale;
    return impl::make_stale(database_, known.document);
}

Indexed indexed_of(const SearchDocument& document, impl::Initials& initials) {
    static constexpr std::array<std::size_t, 6> column_of{1, 3, 4, 5, 6, 7};
    Indexed out;
    out.terms[0] = joined(search_terms(document.row.matter.number));
    std::vector<SearchTerm> compared;
    for (const SearchText& text : document.texts) {
        std::string& column = out.terms[column_of[static_cast<std::size_t>(text.section)]];
        const std::size_t room = section_bytes_max - std::min(section_bytes_max, column.size());
        const std::string_view kept = std::string_view(text.text).substr(0, room);
        std::vector<SearchTerm> terms = search_terms(kept);
        if (terms.empty()) {
            continue;
        }
        column += (column.empty() ? "" : " ") + joined(terms);
        if (text.section == Section::title) {
            for (const std::string& term : initials.terms_of(kept)) {
                out.terms[2] += (out.terms[2].empty() ? "" : " ") + term;
            }
        }
        if (text.section == Section::title || text.section == Section::text) {
            std::ranges::move(terms, std::back_inserter(compared));
        }
    }
    out.signature = impl::signature_of(compared);
    out.digest = digest_of(out.terms, document.row.matter.registered);
    return out;
}

std::string joined(const std::vector<SearchTerm>& terms) {
    std::string out;
    for (const SearchTerm& term : terms) {
        out += (out.empty() ? "" : " ") + term.text;
    }
    return out;
}

std::int64_t digest_of(const TermColumns& terms, UtcMs registered) {
    std::uint64_t hash = 0xcbf29ce484222325U ^ static_cast<std::uint64_t>(impl::ms(registered));
    for (const std::string& column : terms) {
        for (const char byte : column) {
            hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
        }
        hash = (hash ^ 0xFFU) * 0x100000001b3U;
    }
    return static_cast<std::int64_t>(hash);
}

Result<std::unique_ptr<Database>> open_search(const std::string& path, OpenMode mode) {
    TRY(auto database, Database::open(path, mode));
    if (const int code = impl::add_nearness(database->handle()); code != 0) {
        return std::unexpected(database->error_of(code));
    }
    return database;
}

Result<Seq> read_position(Database& database, const std::string& path) {
    TRY(const auto schema, impl::about(database, "schema"));
    TRY(const auto position, impl::about(database, "position"));
    if (!schema || !position) {
        return fail(
            Errc::damaged,
            "schema number or position is missing; the index is rebuilt from the ledger",
            path
        );
    }
    if (*schema != search_schema) {
        return fail(
            Errc::newer_version,
            "the index has schema number " + std::to_string(*schema) + ", not " +
                std::to_string(search_schema) + "; it is rebuilt from the ledger",
            path
        );
    }
    return *position;
}

Result<Seq> read_sound_position(Database& database, const std::string& path) {
    TRY_VOID(database.run(settings_of_both));
    TRY_VOID(database.run(settings_of_writer));
    TRY(const Seq position, read_position(database, path));
    TRY(auto check, database.query("PRAGMA quick_check(1)"));
    TRY(const bool has_answer, check.next());
    if (!has_answer || check.text(0) != "ok") {
        return fail(Errc::damaged, has_answer ? check.text(0) : "the check gave no answer", path);
    }
    return position;
}

Result<void> make_tables(Database& database) {
    TRY_VOID(database.run(settings_of_both));
    TRY_VOID(database.run(settings_of_writer));
    TRY(auto transaction, Transaction::begin(database));
    TRY_VOID(database.run(impl::search_tables));
    TRY_VOID(impl::set_about(database, "schema", search_schema));
    TRY_VOID(impl::set_about(database, "position", 0));
    return transaction.commit();
}

void remove_files(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code left;  // what stays makes the opening fail, which is reported
        std::filesystem::remove(path + suffix, left);
    }
}

}  // namespace
}  // namespace zt::views
