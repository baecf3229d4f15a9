#include "service/codec.hpp"

#include "domain/apply.hpp"

#include <algorithm>

namespace zt::service {

store::EventRow row_of_event(const Event& event, Seq prev_seq) {
    store::EventRow row;
    row.seq = event.seq;
    row.matter = event.matter;
    row.prev_seq = prev_seq;
    row.envelope = envelope_text(event);
    row.payload = payload_text(event);
    row.sealed = sealed_text(event);
    return row;
}

Hash hash_of_row(const store::EventRow& row, const Hash& previous, HashAlgorithm algorithm) {
    return event_hash(algorithm, previous, row.envelope, row.payload, row.sealed);
}

store::MatterRow row_of_state(const State& state) {
    const bool is_waited_for = state.is_record || state.counts == Counts::open ||
                               std::ranges::any_of(state.clocks, [](const Clock& clock) {
                                   return is_waiting(clock.state);
                               });
    const bool is_open = state.counts != Counts::ended && is_waited_for;
    return {state.id, state.version, state.last_seq, state.kind, state.number, is_open};
}

Result<Event> event_of_row(const store::EventRow& row) {
    Event event;
    const auto name_it = [&](Error error) {
        error.at = "event " + std::to_string(row.seq);
        return std::unexpected(std::move(error));
    };
    if (auto read = read_envelope(event, row.envelope); !read) {
        return name_it(std::move(read).error());
    }
    if (auto read = read_payload(event, row.payload); !read) {
        return name_it(std::move(read).error());
    }
    if (auto read = read_sealed(event, row.sealed); !read) {
        return name_it(std::move(read).error());
    }
    event.hash = row.hash;
    if (event.seq != row.seq || event.matter != row.matter) {
        return name_it(Error{Errc::damaged, "the envelope names another event than the row", {}});
    }
    return event;
}

Result<views::TreeEntry> tree_entry(const store::EventRow& row, OfficeOffset offset) {
    Event event;
    TRY_VOID(read_envelope(event, row.envelope));
    return views::TreeEntry{row.seq, row.hash, office_date(event.recorded, offset)};
}

Result<State> fold(const std::vector<store::EventRow>& rows) {
    State state;
    for (const auto& row : rows) {
        TRY(const Event event, event_of_row(row));
        if (event.version != state.version + 1) {
            return fail(
                Errc::quarantined,
                "version " + std::to_string(event.version) + " follows " +
                    std::to_string(state.version),
                "event " + std::to_string(row.seq)
            );
        }
        apply(state, event);
    }
    return state;
}

}  // namespace zt::service
