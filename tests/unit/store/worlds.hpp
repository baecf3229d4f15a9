#pragma once
// What the tests of the store share: the kinds of store under one roof, rows to put in, and all
// that can be read back.

#include "store/faulty.hpp"
#include "store/memory.hpp"
#include "store/sqlite.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace zt::store::test {

/// A new folder, gone with its content at the end.
class Folder {
  public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] std::string path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

/// The value, or a failed test and the end of the process: the lines behind it need the value.
template <class T>
T must(Result<T> result) {
    if (!result) {
        ADD_FAILURE() << to_string(result.error());
        std::abort();
    }
    if constexpr (!std::is_void_v<T>) {
        return *std::move(result);
    }
}

/// One kind of store, which can be closed and opened again.
class World {
  public:
    enum class Kind { memory, sqlite, faulty_memory, faulty_sqlite };
    explicit World(Kind kind);

    [[nodiscard]] Store& store() { return *store_; }
    [[nodiscard]] Store* operator->() { return store_.get(); }
    /// As after the end of the process. A memory store has nothing to be read from and goes on.
    void reopen();
    [[nodiscard]] FaultPlan& plan() { return plan_; }
    [[nodiscard]] const Folder& folder() const { return folder_; }
    [[nodiscard]] std::string ledger() const { return folder_.file("ledger.db"); }

  private:
    Kind kind_;
    Folder folder_;
    FaultPlan plan_;
    std::unique_ptr<Store> store_;
};

[[nodiscard]] std::string name_of(World::Kind kind);

[[nodiscard]] Hash hash_with(std::int64_t number);
[[nodiscard]] std::array<std::uint8_t, 16> key_with(std::int64_t number);
/// Bytes that depend on the number, zeros and all.
[[nodiscard]] std::string bytes_with(std::int64_t number, std::size_t size);

/// Makes batches that follow a head, and keeps it.
class Writer {
  public:
    Writer() = default;
    explicit Writer(const Head& head) : head_(head) {}
    /// New matters, each with one event, a key, a number, a claim, a sealing key; and an audit row.
    [[nodiscard]] Batch hand_ins(int count);
    /// One event for each of these matters.
    [[nodiscard]] Batch follow_ups(const std::vector<MatterId>& matters);
    [[nodiscard]] Head head() const { return head_; }
    [[nodiscard]] MatterRow row(MatterId id) const { return rows_.at(id); }

  private:
    EventRow event(MatterId matter, Seq prev_seq);

    Head head_;
    std::map<MatterId, MatterRow> rows_;
};

/// Everything that can be read, for comparing stores.
struct Content {
    Head head;
    std::vector<EventRow> events;
    std::vector<MatterRow> matters;
    std::vector<AuditRow> audit;
    std::vector<DefinitionRow> definitions;
    std::vector<std::string>
        looked_up;                   ///< keys, claims, sequences, sealing keys, settings, as text
    std::vector<std::string> sides;  ///< what scan_sides visits, as text, sorted
    bool operator==(const Content&) const = default;
};
/// Looks up what Writer names for matters up to last_matter.
[[nodiscard]] Content content_of(Reader& reader);

/// What the file holds, read in another process: in this one, closing a file drops the locks that
/// SQLite holds on it.
[[nodiscard]] bool any_file_contains(const std::string& folder, const std::string& bytes);
/// Name, size, time of the last change and bytes of every file, read in another process.
[[nodiscard]] std::string picture_of(const std::string& folder);
/// Runs the work in a process of its own; its answer is the exit code. Failed expectations there
/// give 1.
[[nodiscard]] int in_child(const std::function<int()>& work);
/// As in_child, as a user who owns nothing here; root would be let through everywhere.
[[nodiscard]] int as_stranger(const std::function<int()>& work);

}  // namespace zt::store::test
