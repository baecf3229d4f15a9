#include "store/memory/memory_store.hpp"

#include "store/impl/batch_rules.hpp"
#include "store/sqlite.hpp"

#include <algorithm>
#include <unistd.h>

namespace zt::store::memory {
namespace {

/// The first row that contradicts one that is there, as SQLite's constraints find it.
Result<void> check_rows(const Tables& tables, const Batch& batch);
Result<void> check_numbers(const Tables& tables, const std::vector<MatterRow>& rows);
void put_matter(Tables& tables, const MatterRow& row);
Batch everything_in(const Tables& tables);
Result<void> fill(Store& copy, const Tables& tables);

}  // namespace

Result<void> MemoryStore::append(const Batch& batch) {
    const std::scoped_lock lock(tables_.mutex);
    impl::check_batch(tables_.head, batch);
    TRY_VOID(check_rows(tables_, batch));
    tables_.events.insert(tables_.events.end(), batch.events.begin(), batch.events.end());
    tables_.audit.insert(tables_.audit.end(), batch.audit.begin(), batch.audit.end());
    for (const MatterRow& row : batch.matters) {
        put_matter(tables_, row);
    }
    for (const KeyRow& row : batch.keys) {
        tables_.keys[row.key] = row;
    }
    for (const ClaimRow& row : batch.claims) {
        if (row.matter) {
            tables_.claims[row.hash] = row.matter;
        } else {
            tables_.claims.erase(row.hash);
        }
    }
    for (const SequenceRow& row : batch.sequences) {
        tables_.sequences[row.name] = row.value;
    }
    for (const SealKeyRow& row : batch.seal_keys) {
        if (row.wrapped.empty()) {
            tables_.seal_keys.erase(row.matter);
        } else {
            tables_.seal_keys[row.matter] = row.wrapped;
        }
    }
    tables_.head = impl::advanced(tables_.head, batch);
    return {};
}

Result<void> MemoryStore::set_setting(std::string_view name, std::string_view value) {
    const std::scoped_lock lock(tables_.mutex);
    tables_.settings.insert_or_assign(std::string(name), std::string(value));
    return {};
}

Result<void> MemoryStore::add_definition(const DefinitionRow& row) {
    const std::scoped_lock lock(tables_.mutex);
    const auto [place, is_new] =
        tables_.definitions.try_emplace({row.type, row.name, row.version}, row);
    if (!is_new && place->second.text != row.text) {
        return std::unexpected(impl::definition_differs(row));
    }
    return {};
}

Result<void> MemoryStore::replace_matters(const std::vector<MatterRow>& rows) {
    const std::scoped_lock lock(tables_.mutex);
    TRY_VOID(check_numbers(Tables{}, rows));
    tables_.matters.clear();
    tables_.numbers.clear();
    for (const MatterRow& row : rows) {
        put_matter(tables_, row);
        tables_.head.last_matter = std::max(tables_.head.last_matter, row.id);
    }
    return {};
}

Result<std::unique_ptr<Reader>> MemoryStore::reader() {
    return std::make_unique<MemoryReader>(tables_);
}

Result<void> MemoryStore::copy_to(const std::string& path) {
    const std::scoped_lock lock(tables_.mutex);
    if (::access(path.c_str(), F_OK) == 0) {
        return fail(Errc::bad_file, "exists already; name a file that does not exist", path);
    }
    TRY(std::unique_ptr<Store> copy, create_sqlite(path, tables_.head.algorithm));
    Result<void> done = fill(*copy, tables_);
    copy.reset();
    for (const char* ending : {"-wal", "-shm"}) {
        ::unlink((path + ending).c_str());  // both empty: the copy is one file
    }
    if (!done) {
        ::unlink(path.c_str());
    }
    return done;
}

namespace {

Result<void> check_rows(const Tables& tables, const Batch& batch) {
    TRY_VOID(check_numbers(tables, batch.matters));
    std::map<std::array<std::uint8_t, 16>, const KeyRow*> keys;
    for (const KeyRow& row : batch.keys) {
        if (tables.keys.contains(row.key) || !keys.emplace(row.key, &row).second) {
            return fail(
                Errc::bad_value,
                "the row contradicts one that is there: key of event " +
                    std::to_string(row.first_seq)
            );
        }
    }
    std::map<Hash, MatterId> claims;  // as the batch leaves them so far
    for (const ClaimRow& row : batch.claims) {
        const auto known = tables.claims.find(row.hash);
        const MatterId old = known == tables.claims.end() ? MatterId{} : known->second;
        MatterId& holder = claims.try_emplace(row.hash, old).first->second;
        if (row.matter && holder && holder != row.matter) {
            return std::unexpected(impl::claim_taken(row));
        }
        holder = row.matter;
    }
    return {};
}

Result<void> check_numbers(const Tables& tables, const std::vector<MatterRow>& rows) {
    std::map<std::string_view, MatterId> numbers;
    for (const MatterRow& row : rows) {
        if (row.number.empty()) {
            continue;
        }
        const auto known = tables.numbers.find(row.number);
        const bool is_taken = known != tables.numbers.end() && known->second != row.id;
        if (is_taken || !numbers.emplace(row.number, row.id).second) {
            return fail(
                Errc::bad_value, "the row contradicts one that is there: number " + row.number
            );
        }
    }
    return {};
}

void put_matter(Tables& tables, const MatterRow& row) {
    MatterRow& place = tables.matters[row.id];
    if (!place.number.empty()) {
        tables.numbers.erase(place.number);
    }
    place = row;
    if (!row.number.empty()) {
        tables.numbers[row.number] = row.id;
    }
}

Batch everything_in(const Tables& tables) {
    Batch all;
    all.events = tables.events;
    all.audit = tables.audit;
    all.last_matter = tables.head.last_matter;
    for (const auto& [id, row] : tables.matters) {
        all.matters.push_back(row);
    }
    for (const auto& [key, row] : tables.keys) {
        all.keys.push_back(row);
    }
    for (const auto& [hash, matter] : tables.claims) {
        all.claims.push_back({hash, matter});
    }
    for (const auto& [name, value] : tables.sequences) {
        all.sequences.push_back({name, value});
    }
    for (const auto& [matter, wrapped] : tables.seal_keys) {
        all.seal_keys.push_back({matter, wrapped});
    }
    return all;
}

Result<void> fill(Store& copy, const Tables& tables) {
    TRY_VOID(copy.append(everything_in(tables)));
    for (const auto& [name, value] : tables.settings) {
        TRY_VOID(copy.set_setting(name, value));
    }
    for (const auto& [name, row] : tables.definitions) {
        TRY_VOID(copy.add_definition(row));
    }
    return copy.scrub();
}

}  // namespace
}  // namespace zt::store::memory
