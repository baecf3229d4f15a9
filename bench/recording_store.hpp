#pragma once
// A store that passes everything on and keeps what was appended, so that a bare baseline can write
// exactly the same rows in the same groups.

#include "store/store.hpp"

namespace zt::bench {

class RecordingStore final : public store::Store {
  public:
    explicit RecordingStore(store::Store& inner) : inner_(inner) {}

    std::vector<store::Batch> batches;

    Result<store::Head> head() override { return inner_.head(); }
    Result<std::optional<store::MatterRow>> matter(MatterId id) override {
        return inner_.matter(id);
    }
    Result<std::optional<store::MatterRow>> matter_by_number(std::string_view number) override {
        return inner_.matter_by_number(number);
    }
    Result<std::vector<store::EventRow>> events_of(const store::MatterRow& row) override {
        return inner_.events_of(row);
    }
    Result<std::optional<store::EventRow>> event(Seq seq) override { return inner_.event(seq); }
    Result<void> scan(Seq from, Seq until, const store::EventVisitor& visit) override {
        return inner_.scan(from, until, visit);
    }
    Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override {
        return inner_.last_key();
    }
    Result<void> scan_sides(const store::SideVisitors& visit) override {
        return inner_.scan_sides(visit);
    }
    Result<void> check_structure() override { return inner_.check_structure(); }
    Result<void> scan_matters(const store::MatterVisitor& visit) override {
        return inner_.scan_matters(visit);
    }
    Result<std::optional<store::KeyRow>> key(const std::array<std::uint8_t, 16>& key) override {
        return inner_.key(key);
    }
    Result<std::optional<MatterId>> claim(const Hash& hash) override { return inner_.claim(hash); }
    Result<std::int64_t> sequence(std::string_view name) override { return inner_.sequence(name); }
    Result<std::optional<std::string>> seal_key(MatterId matter) override {
        return inner_.seal_key(matter);
    }
    Result<std::vector<store::AuditRow>> audit(std::int64_t from, std::int64_t limit) override {
        return inner_.audit(from, limit);
    }
    Result<std::optional<std::string>> setting(std::string_view name) override {
        return inner_.setting(name);
    }
    Result<std::vector<store::DefinitionRow>> definitions() override {
        return inner_.definitions();
    }
    Result<void> append(const store::Batch& batch) override {
        auto done = inner_.append(batch);
        if (done) {
            batches.push_back(batch);
        }
        return done;
    }
    Result<void> tend() override { return inner_.tend(); }
    Result<void> set_setting(std::string_view name, std::string_view value) override {
        return inner_.set_setting(name, value);
    }
    Result<void> add_definition(const store::DefinitionRow& row) override {
        return inner_.add_definition(row);
    }
    Result<void> replace_matters(const std::vector<store::MatterRow>& rows) override {
        return inner_.replace_matters(rows);
    }
    Result<std::unique_ptr<store::Reader>> reader() override { return inner_.reader(); }
    Result<void> copy_to(const std::string& path) override { return inner_.copy_to(path); }
    Result<void> scrub() override { return inner_.scrub(); }

  private:
    store::Store& inner_;
};

}  // namespace zt::bench
