#pragma once
// A store that answers from memory and writes to another in few large batches: two months of a
// place are thousands of commits, and each by itself would wait for the disk. What was not flushed
// is lost; the demo flushes before it says that it is done.

#include "store/store.hpp"

#include <memory>

namespace zt::app::demo {

class GatheredStore final : public store::Store {
  public:
    /// in: an empty store, which must outlive this one.
    explicit GatheredStore(store::Store& disk);
    ~GatheredStore() override;
    GatheredStore(const GatheredStore&) = delete;
    GatheredStore& operator=(const GatheredStore&) = delete;

    /// Writes what is gathered, in one transaction. errors: as append.
    [[nodiscard]] Result<void> flush();

    [[nodiscard]] Result<store::Head> head() override;
    [[nodiscard]] Result<std::optional<store::MatterRow>> matter(MatterId id) override;
    [[nodiscard]] Result<std::optional<store::MatterRow>> matter_by_number(std::string_view number
    ) override;
    [[nodiscard]] Result<std::vector<store::EventRow>> events_of(const store::MatterRow& row
    ) override;
    [[nodiscard]] Result<std::optional<store::EventRow>> event(Seq seq) override;
    [[nodiscard]] Result<void> scan(Seq from, Seq until, const store::EventVisitor& visit) override;
    [[nodiscard]] Result<void> scan_matters(const store::MatterVisitor& visit) override;
    [[nodiscard]] Result<std::optional<store::KeyRow>> key(const std::array<std::uint8_t, 16>& key
    ) override;
    [[nodiscard]] Result<std::optional<MatterId>> claim(const Hash& hash) override;
    [[nodiscard]] Result<std::int64_t> sequence(std::string_view name) override;
    [[nodiscard]] Result<std::optional<std::string>> seal_key(MatterId matter) override;
    [[nodiscard]] Result<std::vector<store::AuditRow>>
    audit(std::int64_t from, std::int64_t limit) override;
    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view name) override;
    [[nodiscard]] Result<std::vector<store::DefinitionRow>> definitions() override;
    [[nodiscard]] Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override;
    [[nodiscard]] Result<void> scan_sides(const store::SideVisitors& visit) override;
    [[nodiscard]] Result<void> check_structure() override;

    [[nodiscard]] Result<void> append(const store::Batch& batch) override;
    [[nodiscard]] Result<void> set_setting(std::string_view name, std::string_view value) override;
    [[nodiscard]] Result<void> add_definition(const store::DefinitionRow& row) override;
    [[nodiscard]] Result<void> replace_matters(const std::vector<store::MatterRow>& rows) override;
    [[nodiscard]] Result<std::unique_ptr<store::Reader>> reader() override;
    [[nodiscard]] Result<void> copy_to(const std::string& path) override;
    [[nodiscard]] Result<void> scrub() override;

  private:
    store::Store& disk_;
    std::unique_ptr<store::Store> memory_;
    store::Batch gathered_;
};

}  // namespace zt::app::demo
