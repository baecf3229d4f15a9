#include "service/replay.hpp"

#include "domain/apply.hpp"
#include "service/codec.hpp"

#include <algorithm>
#include <functional>
#include <future>
#include <set>

namespace zt::service {

Result<std::shared_ptr<State>> Replayer::state_before(const store::EventRow& row) {
    if (const auto found = states_.find(row.matter); found != states_.end()) {
        if (found->second->last_seq != row.prev_seq) {
            return fail(
                Errc::quarantined,
                "it follows event " + std::to_string(row.prev_seq) + " but the matter stands at " +
                    std::to_string(found->second->last_seq),
                "event " + std::to_string(row.seq)
            );
        }
        return found->second;
    }
    auto state = std::make_shared<State>();
    if (row.prev_seq != 0) {
        store::MatterRow until;
        until.id = row.matter;
        until.last_seq = row.prev_seq;
        TRY(const auto rows, store_.events_of(until));
        TRY(*state, fold(rows));
    }
    if (states_.size() >= replay_states_max) {
        states_.erase(states_.begin());
    }
    states_.emplace(row.matter, state);
    return state;
}

namespace {

/// Rows of one read, and what their bytes say.
struct Batch {
    std::vector<store::EventRow> rows;
    std::vector<Event> events;
    Result<void> outcome;  ///< of the first row that could not be read; events end before it
};

constexpr Seq batch_size = 2'000;

Result<std::unique_ptr<Batch>> read_batch(store::Reader& store, Seq from, Seq until) {
    auto batch = std::make_unique<Batch>();
    batch->rows.reserve(static_cast<std::size_t>(std::min(batch_size, until - from + 1)));
    TRY_VOID(store.scan(from, std::min(until, from + batch_size - 1), [&](const auto& row) {
        batch->rows.push_back(row);
        return true;
    }));
    return batch;
}

std::unique_ptr<Batch> decoded(std::unique_ptr<Batch> batch, const Replayer::Examine& examine) {
    batch->events.reserve(batch->rows.size());
    for (const auto& row : batch->rows) {
        auto event = event_of_row(row);
        if (!event) {
            batch->outcome = std::unexpected(std::move(event).error());
            break;
        }
        if (examine) {
            batch->outcome = examine(*event, row);
        }
        if (!batch->outcome) {
            break;
        }
        batch->events.push_back(*std::move(event));
    }
    return batch;
}

/// Short batches are not worth a thread.
std::future<std::unique_ptr<Batch>>
decode(std::unique_ptr<Batch> batch, const Replayer::Examine& examine) {
    constexpr std::size_t worth_a_thread = 200;
    const auto where =
        batch->rows.size() < worth_a_thread ? std::launch::deferred : std::launch::async;
    return std::async(where, decoded, std::move(batch), std::cref(examine));
}

}  // namespace

Result<void> Replayer::step(const Event& event, const store::EventRow& row, const Visit& visit) {
    TRY(const auto state, state_before(row));
    if (event.version != state->version + 1) {
        return fail(
            Errc::quarantined,
            "version " + std::to_string(event.version) + " is out of order",
            "event " + std::to_string(row.seq)
        );
    }
    const bool is_first = state->version == 0;
    if (!is_first) {
        before_ = *state;
    }
    apply(*state, event);
    return visit({is_first ? nullptr : &before_, event, state, row});
}

Result<void> Replayer::run(Seq from, Seq until, const Visit& visit, const Examine& examine) {
    if (from > until) {
        return {};
    }
    TRY(auto first, read_batch(store_, from, until));
    auto decoding = decode(std::move(first), examine);
    for (Seq next = from + batch_size; decoding.valid(); next += batch_size) {
        std::unique_ptr<Batch> coming;
        if (next <= until) {
            TRY(coming, read_batch(store_, next, until));
        }
        const auto batch = decoding.get();
        if (coming) {
            decoding = decode(std::move(coming), examine);
        }
        for (std::size_t i = 0; i < batch->events.size(); ++i) {
            TRY_VOID(step(batch->events[i], batch->rows[i], visit));
        }
        TRY_VOID(batch->outcome);
    }
    return {};
}

Result<void> LastStates::add(const Replayed& one) {
    constexpr std::size_t gathered_max = 100'000;
    last_[one.after->id] = one.after;
    seq_ = one.event.seq;
    return last_.size() < gathered_max ? Result<void>{} : flush();
}

Result<void> LastStates::flush() {
    if (last_.empty()) {
        return {};
    }
    std::vector<const State*> states;
    states.reserve(last_.size());
    for (const auto& [id, state] : last_) {
        states.push_back(state.get());
    }
    std::ranges::sort(states, {}, &State::id);
    TRY_VOID(take_(states, seq_));
    last_.clear();
    return {};
}

Result<void> catch_up(views::Figures& figures, store::Reader& store, OfficeOffset offset) {
    TRY(const auto head, store.head());
    if (figures.position() >= head.seq) {
        return {};
    }
    Replayer replayer(store);
    return replayer.run(figures.position() + 1, head.seq, [&](const Replayed& one) -> Result<void> {
        const auto facts = facts_of(one.before, one.event, *one.after, offset);
        figures.fold({one.before, &one.event, one.after.get(), facts});
        return {};
    });
}

namespace {

Result<std::vector<store::MatterRow>> open_matters(store::Reader& store) {
    std::vector<store::MatterRow> open;
    TRY_VOID(store.scan_matters([&](const store::MatterRow& row) {
        if (row.is_open) {
            open.push_back(row);
        }
        return true;
    }));
    return open;
}

/// Of the events behind `seen`, up to `until`.
Result<std::vector<store::MatterRow>> matters_after(Seq seen, Seq until, store::Reader& store) {
    std::set<MatterId> ids;
    TRY_VOID(store.scan(seen + 1, until, [&](const store::EventRow& event) {
        ids.insert(event.matter);
        return true;
    }));
    std::vector<store::MatterRow> rows;
    for (const MatterId id : ids) {
        TRY(auto row, store.matter(id));
        if (!row) {
            return fail(Errc::damaged, "matter " + std::to_string(id.value) + " has no row");
        }
        rows.push_back(*std::move(row));
    }
    return rows;
}

}  // namespace

Result<void> fill(views::OpenSet& open_set, store::Reader& store) {
    TRY(const auto head, store.head());
    if (open_set.position() >= head.seq) {
        return {};
    }
    TRY(const auto matters,
        open_set.position() == 0 ? open_matters(store)
                                 : matters_after(open_set.position(), head.seq, store));
    for (const auto& row : matters) {
        TRY(auto rows, store.events_of(row));
        std::erase_if(rows, [&](const store::EventRow& event) { return event.seq > head.seq; });
        if (!rows.empty()) {
            TRY(const State state, fold(rows));
            open_set.put(state);
        }
    }
    open_set.arrive_at(head.seq);
    return {};
}

}  // namespace zt::service
