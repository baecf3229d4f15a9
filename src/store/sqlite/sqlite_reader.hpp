#pragma once
// The reading half of the SQLite store, over any connection.

#include "store/sqlite/connection.hpp"
#include "store/store.hpp"

#include <memory>

namespace zt::store::sqlite {

class SqliteReader final : public Reader {
  public:
    explicit SqliteReader(std::unique_ptr<Connection> connection)
        : connection_(std::move(connection)) {}

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
    [[nodiscard]] Result<void> check_structure() override;

    [[nodiscard]] Connection& connection() { return *connection_; }

  private:
    [[nodiscard]] Result<void> check_end();
    [[nodiscard]] Result<void> scan_keys(const std::function<void(const KeyRow&)>& visit);
    [[nodiscard]] Result<void> scan_claims(const std::function<void(const ClaimRow&)>& visit);
    [[nodiscard]] Result<void> scan_seal_keys(const std::function<void(const SealKeyRow&)>& visit);
    [[nodiscard]] Result<void> check_settings();

    std::unique_ptr<Connection> connection_;
};

}  // namespace zt::store::sqlite
