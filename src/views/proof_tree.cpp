#include "views/proof_tree.hpp"

#include "base/check.hpp"
#include "views/impl/database.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>

namespace zt::views {

using impl::Database;
using impl::OpenMode;
using impl::Transaction;
using impl::Value;

namespace {

constexpr std::int64_t schema = 1;
constexpr const char* memory_path = ":memory:";
/// Nodes lie in the order in which they become whole, so that new ones fall on the last pages.
constexpr const char* tables = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE node (place INTEGER PRIMARY KEY, hash BLOB NOT NULL);
CREATE TABLE day (day TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX day_by_size ON day (size);
)sql";

/// Places in the order of a walk: left subtree, node, right subtree.
std::int64_t place_of(merkle::Node node) { return ((2 * node.at + 1) << node.level) - 1; }

std::string bytes_of(const Hash& hash) { return {hash.begin(), hash.end()}; }

Result<std::int64_t> about(Database& database, std::string_view name) {
    TRY(auto cursor, database.query("SELECT value FROM about WHERE name = ?", {std::string(name)}));
    TRY(const bool has_row, cursor.next());
    if (!has_row) {
        return fail(Errc::damaged, "the proof tree does not say its " + std::string(name));
    }
    return cursor.number(0);
}

Result<void> set_about(Database& database, std::string_view name, std::int64_t value) {
    return database.change(
        "INSERT OR REPLACE INTO about VALUES (?, ?)", {std::string(name), value}
    );
}

Result<void> check_about(Database& database, HashAlgorithm algorithm) {
    TRY(const std::int64_t version, about(database, "schema"));
    TRY(const std::int64_t kept, about(database, "algorithm"));
    if (version != schema || kept != static_cast<std::int64_t>(algorithm)) {
        return fail(Errc::newer_version, "the proof tree has another schema or algorithm");
    }
    return {};
}

void remove_files(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code left;
        std::filesystem::remove(path + suffix, left);
    }
}

Result<std::unique_ptr<Database>> make(const std::string& path, HashAlgorithm algorithm) {
    TRY(auto database, Database::open(path, OpenMode::write));
    TRY(auto transaction, Transaction::begin(*database));
    TRY_VOID(database->run(tables));
    TRY_VOID(set_about(*database, "schema", schema));
    TRY_VOID(set_about(*database, "algorithm", static_cast<std::int64_t>(algorithm)));
    TRY_VOID(set_about(*database, "position", 0));
    TRY_VOID(transaction.commit());
    return database;
}

Result<std::optional<Date>> newest_day(Database& database, Seq position) {
    // The day that is not over has a row too, which grows.
    TRY(auto cursor, database.query("SELECT day, size FROM day ORDER BY day DESC LIMIT 1"));
    TRY(const bool has_row, cursor.next());
    if (!has_row) {
        return std::optional<Date>{};
    }
    if (cursor.number(1) != position) {
        return fail(Errc::damaged, "the proof tree's last day ends elsewhere than the tree");
    }
    TRY(const Date day, parse_date(cursor.text(0)));
    return std::optional(day);
}

}  // namespace

ProofTree::ProofTree(std::unique_ptr<Database> database, HashAlgorithm algorithm)
    : database_(std::move(database)), algorithm_(algorithm) {}
ProofTree::ProofTree(ProofTree&& other) noexcept = default;
ProofTree& ProofTree::operator=(ProofTree&& other) noexcept = default;
ProofTree::~ProofTree() = default;

Result<ProofTree>
ProofTree::open(const std::string& path, HashAlgorithm algorithm, ListAccess access) {
    const auto opened = [&](OpenMode mode) -> Result<ProofTree> {
        TRY(auto database, Database::open(path, mode));
        ProofTree out(std::move(database), algorithm);
        TRY_VOID(check_about(*out.database_, algorithm));
        TRY(out.position_, about(*out.database_, "position"));
        TRY(out.last_day_, newest_day(*out.database_, out.position_));
        return out;
    };
    if (access == ListAccess::read) {
        return opened(OpenMode::read);
    }
    std::error_code problem;
    std::string reason;
    if (path != memory_path && std::filesystem::exists(path, problem)) {
        auto out = opened(OpenMode::write);
        if (out) {
            return out;
        }
        if (out.error().code != Errc::damaged && out.error().code != Errc::newer_version) {
            return out;
        }
        reason = to_string(out.error());
        remove_files(path);
    }
    TRY(auto database, make(path, algorithm));
    ProofTree out(std::move(database), algorithm);
    out.rebuild_reason_ = reason;
    return out;
}

Result<void> ProofTree::put(std::span<const TreeEntry> entries) {
    if (entries.empty()) {
        return {};
    }
    TRY(auto growing, merkle::Growing::at(algorithm_, position_, nodes()));
    TRY(auto transaction, Transaction::begin(*database_));
    Date last_day = last_day_.value_or(entries.front().recorded);
    for (const TreeEntry& entry : entries) {
        CHECK(entry.seq == growing.size() + 1);
        Result<void> done;
        growing.push(merkle::leaf_hash(algorithm_, entry.event), [&](auto node, const Hash& hash) {
            done = done ? put_node(node, hash) : done;
        });
        TRY_VOID(done);
        if (last_day < entry.recorded) {
            TRY_VOID(database_->change(
                "INSERT OR REPLACE INTO day VALUES (?, ?)", {to_string(last_day), entry.seq - 1}
            ));
        }
        last_day = std::max(last_day, entry.recorded);
    }
    TRY_VOID(database_->change(
        "INSERT OR REPLACE INTO day VALUES (?, ?)", {to_string(last_day), growing.size()}
    ));
    TRY_VOID(set_about(*database_, "position", growing.size()));
    TRY_VOID(transaction.commit());
    position_ = growing.size();
    last_day_ = last_day;
    return {};
}

Result<void> ProofTree::put_node(merkle::Node node, const Hash& hash) {
    return database_->change(
        "INSERT OR REPLACE INTO node VALUES (?, ?)", {place_of(node), bytes_of(hash)}
    );
}

Result<Hash> ProofTree::node(merkle::Node node) const {
    TRY(auto cursor, database_->query("SELECT hash FROM node WHERE place = ?", {place_of(node)}));
    TRY(const bool has_row, cursor.next());
    const std::string bytes = has_row ? cursor.text(0) : std::string();
    Hash hash{};
    if (bytes.size() != hash.size()) {
        return fail(
            Errc::damaged,
            "node " + std::to_string(node.at) + " of level " + std::to_string(node.level) +
                " of the proof tree is missing"
        );
    }
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

merkle::NodeOf ProofTree::nodes() const {
    return [this](merkle::Node one) { return node(one); };
}

Result<std::int64_t> ProofTree::size() const { return about(*database_, "position"); }

Result<merkle::Tree> ProofTree::tree(std::int64_t size) const {
    TRY(const Hash root, merkle::root_of(algorithm_, size, nodes()));
    return merkle::Tree{size, root};
}

Result<DayRoot> ProofTree::root_of_day(Date day, std::int64_t size) const {
    TRY(const auto tree, this->tree(size));
    return DayRoot{day, tree};
}

namespace {

/// Days with their sizes.
Result<std::vector<std::pair<Date, std::int64_t>>>
days_of(Database& database, const std::string& where, const std::vector<Value>& values) {
    TRY(auto cursor, database.query("SELECT day, size FROM day " + where, values));
    std::vector<std::pair<Date, std::int64_t>> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        TRY(const Date day, parse_date(cursor.text(0)));
        out.emplace_back(day, cursor.number(1));
    }
}

/// The newest day is not over.
constexpr const char* is_over = "day < (SELECT max(day) FROM day)";

}  // namespace

Result<std::vector<DayRoot>> ProofTree::days(std::size_t limit, std::optional<Date> before) const {
    std::vector<Value> values;
    std::string where = std::string("WHERE ") + is_over;
    if (before) {
        where += " AND day < ?";
        values.emplace_back(to_string(*before));
    }
    values.emplace_back(static_cast<std::int64_t>(limit));
    TRY(const auto found, days_of(*database_, where + " ORDER BY day DESC LIMIT ?", values));
    std::vector<DayRoot> out;
    for (const auto& [day, size] : found) {
        TRY(const auto one, root_of_day(day, size));
        out.push_back(one);
    }
    return out;
}

Result<std::optional<DayRoot>> ProofTree::day(Date day) const {
    TRY(const auto found,
        days_of(*database_, std::string("WHERE ") + is_over + " AND day = ?", {to_string(day)}));
    if (found.empty()) {
        return std::optional<DayRoot>{};
    }
    TRY(const auto one, root_of_day(found.front().first, found.front().second));
    return std::optional(one);
}

Result<std::optional<DayRoot>> ProofTree::first_with(Seq seq) const {
    TRY(const auto found,
        days_of(
            *database_,
            std::string("WHERE ") + is_over + " AND size >= ? ORDER BY size LIMIT 1",
            {seq}
        ));
    if (found.empty()) {
        return std::optional<DayRoot>{};
    }
    TRY(const auto one, root_of_day(found.front().first, found.front().second));
    return std::optional(one);
}

Result<std::vector<Hash>> ProofTree::inclusion(Seq seq, const merkle::Tree& tree) const {
    TRY(auto path, merkle::prove_inclusion(algorithm_, seq - 1, tree.size, nodes()));
    TRY(const Hash leaf, node({0, seq - 1}));
    if (!merkle::proves_inclusion(algorithm_, leaf, seq - 1, tree, path)) {
        return fail(Errc::damaged, "the proof tree does not prove event " + std::to_string(seq));
    }
    return path;
}

Result<std::vector<Hash>>
ProofTree::consistency(const merkle::Tree& first, const merkle::Tree& second) const {
    TRY(auto path, merkle::prove_consistency(algorithm_, first.size, second.size, nodes()));
    if (!merkle::proves_consistency(algorithm_, first, second, path)) {
        return fail(
            Errc::damaged,
            "the proof tree does not prove that " + std::to_string(second.size) + " continues " +
                std::to_string(first.size)
        );
    }
    return path;
}

Result<void> ProofTree::Comparison::step(const TreeEntry& entry) {
    if (difference_ || entry.seq > tree_.position_) {
        return {};
    }
    Result<void> done;
    growing_.push(
        merkle::leaf_hash(tree_.algorithm_, entry.event),
        [&](auto node, const Hash& hash) {
            if (!done || difference_) {
                return;
            }
            const auto kept = tree_.node(node);
            if (!kept && kept.error().code != Errc::damaged) {
                done = std::unexpected(kept.error());
            } else if (!kept || *kept != hash) {
                difference_ = "the node of level " + std::to_string(node.level) + " that event " +
                              std::to_string(entry.seq) + " ends";
            }
        }
    );
    TRY_VOID(done);
    if (last_day_ && *last_day_ < entry.recorded) {
        days_.emplace_back(*last_day_, entry.seq - 1);
    }
    last_day_ = std::max(last_day_.value_or(entry.recorded), entry.recorded);
    return {};
}

Result<std::optional<std::string>> ProofTree::Comparison::finish() {
    if (difference_) {
        return difference_;
    }
    if (growing_.size() != tree_.position_) {
        return std::optional(
            "it has " + std::to_string(tree_.position_) + " events, the ledger " +
            std::to_string(growing_.size())
        );
    }
    if (last_day_) {
        days_.emplace_back(*last_day_, growing_.size());
    }
    TRY(const auto kept, days_of(*tree_.database_, "ORDER BY day", {}));
    if (kept != days_) {
        return std::optional<std::string>("the days end at other events");
    }
    return std::optional<std::string>{};
}

}  // namespace zt::views
