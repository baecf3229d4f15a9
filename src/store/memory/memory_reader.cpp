#include "store/memory/memory_store.hpp"

#include <algorithm>

namespace zt::store::memory {
namespace {

constexpr std::size_t chunk_rows = 256;  // copied out under the mutex, visited without it

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Result<Head> MemoryReader::head() {
    const std::scoped_lock lock(tables_.mutex);
    return tables_.head;
}

Result<std::optional<MatterRow>> MemoryReader::matter(MatterId id) {
    const std::scoped_lock lock(tables_.mutex);
    return find_in(tables_.matters, id);
}

Result<std::optional<MatterRow>> MemoryReader::matter_by_number(std::string_view number) {
    const std::scoped_lock lock(tables_.mutex);
    const std::optional<MatterId> id = find_in(tables_.numbers, number);
    return id ? find_in(tables_.matters, *id) : std::nullopt;
}

Result<std::vector<EventRow>> MemoryReader::events_of(const MatterRow& row) {
    const std::scoped_lock lock(tables_.mutex);
    std::vector<EventRow> events;
    for (Seq seq = row.last_seq; seq > 0; seq = events.back().prev_seq) {
        const auto index = static_cast<std::size_t>(seq) - 1;
        if (index >= tables_.events.size() || tables_.events[index].matter != row.id) {
            return fail(
                Errc::damaged,
                "event " + std::to_string(seq) + " should be there and belong to matter " +
                    std::to_string(row.id.value)
            );
        }
        events.push_back(tables_.events[index]);
    }
    std::ranges::reverse(events);
    return events;
}

Result<std::optional<EventRow>> MemoryReader::event(Seq seq) {
    const std::scoped_lock lock(tables_.mutex);
    if (seq < 1 || seq > tables_.head.seq) {
        return std::nullopt;
    }
    return tables_.events[static_cast<std::size_t>(seq) - 1];
}

Result<void> MemoryReader::scan(Seq from, Seq until, const EventVisitor& visit) {
    from = std::max<Seq>(from, 1);
    std::vector<EventRow> rows(1);
    while (from <= until && !rows.empty()) {
        {
            const std::scoped_lock lock(tables_.mutex);
            const auto begin = std::min(static_cast<std::size_t>(from) - 1, tables_.events.size());
            const auto end = std::min(
                {begin + chunk_rows, static_cast<std::size_t>(until), tables_.events.size()}
            );
            rows.assign(
                tables_.events.begin() + static_cast<std::ptrdiff_t>(begin),
                tables_.events.begin() + static_cast<std::ptrdiff_t>(std::max(begin, end))
            );
        }
        for (const EventRow& row : rows) {
            if (!visit(row)) {
                return {};
            }
        }
        from += static_cast<Seq>(rows.size());
    }
    return {};
}

Result<void> MemoryReader::scan_matters(const MatterVisitor& visit) {
    MatterId last;
    std::vector<MatterRow> rows(1);
    while (!rows.empty()) {
        rows.clear();
        {
            const std::scoped_lock lock(tables_.mutex);
            auto at = tables_.matters.upper_bound(last);
            for (; at != tables_.matters.end() && rows.size() < chunk_rows; ++at) {
                rows.push_back(at->second);
            }
        }
        for (const MatterRow& row : rows) {
            if (!visit(row)) {
                return {};
            }
            last = row.id;
        }
    }
    return {};
}

Result<std::optional<KeyRow>> MemoryReader::key(const std::array<std::uint8_t, 16>& key) {
    const std::scoped_lock lock(tables_.mutex);
    return find_in(tables_.keys, key);
}

Result<std::optional<std::array<std::uint8_t, 16>>> MemoryReader::last_key() {
    const std::scoped_lock lock(tables_.mutex);
    return tables_.keys.empty() ? std::nullopt : std::optional(tables_.keys.rbegin()->first);
}

Result<std::optional<MatterId>> MemoryReader::claim(const Hash& hash) {
    const std::scoped_lock lock(tables_.mutex);
    return find_in(tables_.claims, hash);
}

Result<std::int64_t> MemoryReader::sequence(std::string_view name) {
    const std::scoped_lock lock(tables_.mutex);
    return find_in(tables_.sequences, name).value_or(0);
}

Result<std::optional<std::string>> MemoryReader::seal_key(MatterId matter) {
    const std::scoped_lock lock(tables_.mutex);
    return find_in(tables_.seal_keys, matter);
}

Result<std::vector<AuditRow>> MemoryReader::audit(std::int64_t from, std::int64_t limit) {
    const std::scoped_lock lock(tables_.mutex);
    const auto count = static_cast<std::int64_t>(tables_.audit.size());
    const std::int64_t begin = std::clamp<std::int64_t>(from - 1, 0, count);
    const std::int64_t end = begin + std::clamp<std::int64_t>(limit, 0, count - begin);
    return std::vector<AuditRow>(tables_.audit.begin() + begin, tables_.audit.begin() + end);
}

Result<std::optional<std::string>> MemoryReader::setting(std::string_view name) {
    const std::scoped_lock lock(tables_.mutex);
    return find_in(tables_.settings, name);
}

Result<std::vector<DefinitionRow>> MemoryReader::definitions() {
    const std::scoped_lock lock(tables_.mutex);
    std::vector<DefinitionRow> rows;
    for (const auto& [name, row] : tables_.definitions) {
        rows.push_back(row);
    }
    return rows;
}

Result<void> MemoryReader::scan_sides(const SideVisitors& visit) {
    const std::scoped_lock lock(tables_.mutex);
    for (const auto& [key, row] : tables_.keys) {
        visit.key(row);
    }
    for (const auto& [hash, matter] : tables_.claims) {
        visit.claim({hash, matter});
    }
    for (const auto& [name, value] : tables_.sequences) {
        visit.sequence({name, value});
    }
    for (const auto& [matter, wrapped] : tables_.seal_keys) {
        visit.seal_key({matter, wrapped});
    }
    return {};
}

}  // namespace zt::store::memory
