#include "app/demo/gathered_store.hpp"

#include "store/memory.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace zt::app::demo {

namespace {

/// About 8 MB of rows; far fewer waits for the disk than commits.
constexpr std::size_t events_gathered_max = 4000;

/// Of rows with the same key the last one stands.
template <class Row, class Key>
void keep_last(std::vector<Row>& rows, Key Row::* key) {
    std::map<Key, Row> last;
    for (auto& row : rows) {
        Key name = row.*key;
        last.insert_or_assign(std::move(name), std::move(row));
    }
    rows.clear();
    for (auto& [name, row] : last) {
        rows.push_back(std::move(row));
    }
}

template <class Row>
void add_to(std::vector<Row>& rows, const std::vector<Row>& more) {
    rows.insert(rows.end(), more.begin(), more.end());
}

}  // namespace

GatheredStore::GatheredStore(store::Store& disk) : disk_(disk) {
    const auto head = disk.head();
    memory_ = store::open_memory(head ? head->algorithm : HashAlgorithm::sha256);
}

GatheredStore::~GatheredStore() = default;

Result<void> GatheredStore::append(const store::Batch& batch) {
    TRY_VOID(memory_->append(batch));
    add_to(gathered_.events, batch.events);
    add_to(gathered_.matters, batch.matters);
    add_to(gathered_.keys, batch.keys);
    add_to(gathered_.claims, batch.claims);
    add_to(gathered_.sequences, batch.sequences);
    add_to(gathered_.seal_keys, batch.seal_keys);
    add_to(gathered_.audit, batch.audit);
    gathered_.last_matter = batch.last_matter;
    return gathered_.events.size() < events_gathered_max ? Result<void>{} : flush();
}

Result<void> GatheredStore::flush() {
    if (gathered_.empty()) {
        return {};
    }
    keep_last(gathered_.matters, &store::MatterRow::id);
    keep_last(gathered_.sequences, &store::SequenceRow::name);
    keep_last(gathered_.seal_keys, &store::SealKeyRow::matter);
    TRY_VOID(disk_.append(gathered_));
    gathered_ = {};
    return {};
}

Result<void> GatheredStore::set_setting(std::string_view name, std::string_view value) {
    TRY_VOID(memory_->set_setting(name, value));
    return disk_.set_setting(name, value);
}

Result<void> GatheredStore::add_definition(const store::DefinitionRow& row) {
    return disk_.add_definition(row);
}

Result<void> GatheredStore::replace_matters(const std::vector<store::MatterRow>& rows) {
    TRY_VOID(flush());
    TRY_VOID(memory_->replace_matters(rows));
    return disk_.replace_matters(rows);
}

Result<std::unique_ptr<store::Reader>> GatheredStore::reader() { return memory_->reader(); }

Result<void> GatheredStore::copy_to(const std::string& path) {
    TRY_VOID(flush());
    return disk_.copy_to(path);
}

Result<void> GatheredStore::scrub() {
    TRY_VOID(flush());
    return disk_.scrub();
}

Result<store::Head> GatheredStore::head() { return memory_->head(); }
Result<std::optional<store::MatterRow>> GatheredStore::matter(MatterId id) {
    return memory_->matter(id);
}
Result<std::optional<store::MatterRow>> GatheredStore::matter_by_number(std::string_view number) {
    return memory_->matter_by_number(number);
}
Result<std::vector<store::EventRow>> GatheredStore::events_of(const store::MatterRow& row) {
    return memory_->events_of(row);
}
Result<std::optional<store::EventRow>> GatheredStore::event(Seq seq) { return memory_->event(seq); }
Result<void> GatheredStore::scan(Seq from, Seq until, const store::EventVisitor& visit) {
    return memory_->scan(from, until, visit);
}
Result<void> GatheredStore::scan_matters(const store::MatterVisitor& visit) {
    return memory_->scan_matters(visit);
}
Result<std::optional<store::KeyRow>> GatheredStore::key(const std::array<std::uint8_t, 16>& key) {
    return memory_->key(key);
}
Result<std::optional<MatterId>> GatheredStore::claim(const Hash& hash) {
    return memory_->claim(hash);
}
Result<std::int64_t> GatheredStore::sequence(std::string_view name) {
    return memory_->sequence(name);
}
Result<std::optional<std::string>> GatheredStore::seal_key(MatterId matter) {
    return memory_->seal_key(matter);
}
Result<std::vector<store::AuditRow>> GatheredStore::audit(std::int64_t from, std::int64_t limit) {
    return memory_->audit(from, limit);
}
Result<std::optional<std::string>> GatheredStore::setting(std::string_view name) {
    return memory_->setting(name);
}
Result<std::vector<store::DefinitionRow>> GatheredStore::definitions() {
    return disk_.definitions();
}

Result<std::optional<std::array<std::uint8_t, 16>>> GatheredStore::last_key() {
    return memory_->last_key();
}

Result<void> GatheredStore::scan_sides(const store::SideVisitors& visit) {
    return memory_->scan_sides(visit);
}

Result<void> GatheredStore::check_structure() { return memory_->check_structure(); }

}  // namespace zt::app::demo
