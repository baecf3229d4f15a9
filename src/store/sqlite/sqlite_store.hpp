#pragma once
// The writing half of the SQLite store: transactions, checkpoints, and what follows from a write
// that failed.

#include "store/sqlite/mark.hpp"
#include "store/sqlite/sqlite_reader.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace zt::store::sqlite {

/// threads: copy_to() and reader() may be called beside the others, which belong to one thread.
class SqliteStore final : public Store {
  public:
    /// in: the mode of the connection; readers are opened beside it when it writes, else in the
    /// same mode.
    SqliteStore(std::unique_ptr<Connection> connection, Mode mode);
    /// Makes the tables in a new file.
    [[nodiscard]] Result<void> make_tables(HashAlgorithm algorithm);
    /// Refuses what is not a ledger of this version.
    [[nodiscard]] Result<void> check_file();

    [[nodiscard]] Result<Head> head() override { return reads_.head(); }
    [[nodiscard]] Result<std::optional<MatterRow>> matter(MatterId id) override {
        return reads_.matter(id);
    }
    [[nodiscard]] Result<std::optional<MatterRow>> matter_by_number(std::string_view number
    ) override {
        return reads_.matter_by_number(number);
    }
    [[nodiscard]] Result<std::vector<EventRow>> events_of(const MatterRow& row) override {
        return reads_.events_of(row);
    }
    [[nodiscard]] Result<std::optional<EventRow>> event(Seq seq) override {
        return reads_.event(seq);
    }
    [[nodiscard]] Result<void> scan(Seq from, Seq until, const EventVisitor& visit) override {
        return reads_.scan(from, until, visit);
    }
    [[nodiscard]] Result<void> scan_matters(const MatterVisitor& visit) override {
        return reads_.scan_matters(visit);
    }
    [[nodiscard]] Result<std::optional<KeyRow>> key(const std::array<std::uint8_t, 16>& key
    ) override {
        return reads_.key(key);
    }
    [[nodiscard]] Result<std::optional<MatterId>> claim(const Hash& hash) override {
        return reads_.claim(hash);
    }
    [[nodiscard]] Result<std::int64_t> sequence(std::string_view name) override {
        return reads_.sequence(name);
    }
    [[nodiscard]] Result<std::optional<std::string>> seal_key(MatterId matter) override {
        return reads_.seal_key(matter);
    }
    [[nodiscard]] Result<std::vector<AuditRow>>
    audit(std::int64_t from, std::int64_t limit) override {
        return reads_.audit(from, limit);
    }
    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view name) override {
        return reads_.setting(name);
    }
    [[nodiscard]] Result<std::vector<DefinitionRow>> definitions() override {
        return reads_.definitions();
    }
    [[nodiscard]] Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override {
        return reads_.last_key();
    }
    [[nodiscard]] Result<void> scan_sides(const SideVisitors& visit) override {
        return reads_.scan_sides(visit);
    }
    [[nodiscard]] Result<void> check_structure() override { return reads_.check_structure(); }

    [[nodiscard]] Result<void> append(const Batch& batch) override;
    [[nodiscard]] Result<void> tend() override;
    [[nodiscard]] Result<void> set_setting(std::string_view name, std::string_view value) override;
    [[nodiscard]] Result<void> add_definition(const DefinitionRow& row) override;
    [[nodiscard]] Result<void> replace_matters(const std::vector<MatterRow>& rows) override;
    [[nodiscard]] Result<std::unique_ptr<Reader>> reader() override;
    [[nodiscard]] Result<void> copy_to(const std::string& path) override;
    [[nodiscard]] Result<void> scrub() override;

  private:
    /// All or nothing; the log is checkpointed behind it when it is long.
    [[nodiscard]] Result<void> in_transaction(const std::function<Result<void>()>& work);
    [[nodiscard]] Result<void> commit(const std::function<Result<void>()>& work);
    [[nodiscard]] Result<void> check_writable() const;
    [[nodiscard]] Result<void> checkpoint_when_due();
    /// After any failure but those that are known to have left nothing behind, no write is tried
    /// again.
    [[nodiscard]] Result<void> judged(Result<void> done);

    [[nodiscard]] Result<void> write(const Batch& batch);
    [[nodiscard]] Result<void> write_events(const std::vector<EventRow>& rows);
    [[nodiscard]] Result<void> write_matters(const std::vector<MatterRow>& rows);
    [[nodiscard]] Result<void> write_keys(const std::vector<KeyRow>& rows);
    [[nodiscard]] Result<void> write_claims(const std::vector<ClaimRow>& rows);
    [[nodiscard]] Result<void> write_sequences(const std::vector<SequenceRow>& rows);
    [[nodiscard]] Result<void> write_seal_keys(const std::vector<SealKeyRow>& rows);
    [[nodiscard]] Result<void> write_audit(const std::vector<AuditRow>& rows);
    [[nodiscard]] Result<void> write_last_matter(const Batch& batch);

    Connection& connection_;
    SqliteReader reads_;
    Mode mode_;
    std::string file_;
    std::optional<Head> head_;  ///< known after the first append: a writer is alone
    MarkWriter mark_;
    std::optional<Error> broken_;
    int checkpointed_pages_ = 0;
};

}  // namespace zt::store::sqlite
