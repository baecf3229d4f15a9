#pragma once
// The tables of a ledger as containers, behind one mutex.

#include "store/store.hpp"

#include <map>
#include <mutex>
#include <tuple>

namespace zt::store::memory {

struct Tables {
    std::mutex mutex;  // guards all below
    Head head;
    std::vector<EventRow> events;  ///< index = seq − 1
    std::map<MatterId, MatterRow> matters;
    std::map<std::string, MatterId, std::less<>> numbers;
    std::map<std::array<std::uint8_t, 16>, KeyRow> keys;
    std::map<Hash, MatterId> claims;
    std::map<std::string, std::int64_t, std::less<>> sequences;
    std::map<MatterId, std::string> seal_keys;
    std::vector<AuditRow> audit;
    std::map<std::string, std::string, std::less<>> settings;
    std::map<std::tuple<std::string, std::string, std::uint32_t>, DefinitionRow> definitions;
};

class MemoryReader final : public Reader {
  public:
    explicit MemoryReader(Tables& tables) : tables_(tables) {}

    [[nodiscard]] Result<Head> head() override;
    [[nodiscard]] Result<std::optional<MatterRow>> matter(MatterId id) override;
    [[nodiscard]] Result<std::optional<MatterRow>> matter_by_number(std::string_view number
    ) override;
    [[nodiscard]] Result<std::vector<EventRow>> events_of(const MatterRow& row) override;
    [[nodiscard]] Result<std::optional<EventRow>> event(Seq seq) override;
    [[nodiscard]] Result<void> scan(Seq from, Seq until, const EventVisitor& visit) override;
    [[nodiscard]] Result<void> scan_matters(const MatterVisitor& visit) override;
    [[nodiscard]] Result<std::optional<KeyRow>> key(const std::array<std::uint8_t, 16>& key
    ) override;
    [[nodiscard]] Result<std::optional<MatterId>> claim(const Hash& hash) override;
    [[nodiscard]] Result<std::int64_t> sequence(std::string_view name) override;
    [[nodiscard]] Result<std::optional<std::string>> seal_key(MatterId matter) override;
    [[nodiscard]] Result<std::vector<AuditRow>>
    audit(std::int64_t from, std::int64_t limit) override;
    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view name) override;
    [[nodiscard]] Result<std::vector<DefinitionRow>> definitions() override;
    [[nodiscard]] Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override;
    [[nodiscard]] Result<void> scan_sides(const SideVisitors& visit) override;
    [[nodiscard]] Result<void> check_structure() override { return {}; }

  private:
    Tables& tables_;
};

class MemoryStore final : public Store {
  public:
    explicit MemoryStore(HashAlgorithm algorithm) : reads_(tables_) {
        tables_.head.algorithm = algorithm;
    }

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
    [[nodiscard]] Result<void> check_structure() override { return {}; }

    [[nodiscard]] Result<void> append(const Batch& batch) override;
    [[nodiscard]] Result<void> set_setting(std::string_view name, std::string_view value) override;
    [[nodiscard]] Result<void> add_definition(const DefinitionRow& row) override;
    [[nodiscard]] Result<void> replace_matters(const std::vector<MatterRow>& rows) override;
    [[nodiscard]] Result<std::unique_ptr<Reader>> reader() override;
    /// Into a SQLite file: what is copied can be opened.
    [[nodiscard]] Result<void> copy_to(const std::string& path) override;
    [[nodiscard]] Result<void> scrub() override { return {}; }

  private:
    Tables tables_;
    MemoryReader reads_;
};

}  // namespace zt::store::memory
