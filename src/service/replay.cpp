#include "service/replay.hpp"

namespace zt::service {

Result<std::shared_ptr<const State>> Replayer::before(const store::EventRow& row) {
    if (row.prev_seq == 0) {
        return std::shared_ptr<const State>();
    }
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
    store::MatterRow until;
    until.id = row.matter;
    until.last_seq = row.prev_seq;
    TRY(const auto rows, store_.events_of(until));
    TRY(State state, fold(rows));
    return std::make_shared<const State>(std::move(state));
}

Result<void> Replayer::run(
    Seq from,
    Seq until,
    const std::function<Result<void>(const Committed&, const store::EventRow&)>& visit
) {
    Result<void> outcome;
    const auto step = [&](const store::EventRow& row) -> Result<void> {
        Committed one;
        TRY(one.event, event_of_row(row));
        TRY(one.before, before(row));
        if (one.event.version != (one.before ? one.before->version : 0) + 1) {
            return fail(
                Errc::quarantined,
                "version " + std::to_string(one.event.version) + " is out of order",
                "event " + std::to_string(row.seq)
            );
        }
        State after = one.before ? *one.before : State{};
        apply(after, one.event);
        one.after = std::make_shared<const State>(std::move(after));
        if (states_.size() >= replay_states_max) {
            states_.erase(states_.begin());
        }
        states_[row.matter] = one.after;
        return visit(one, row);
    };
    TRY_VOID(store_.scan(from, until, [&](const store::EventRow& row) {
        outcome = step(row);
        return outcome.has_value();
    }));
    return outcome;
}

Result<void> catch_up(views::Figures& figures, store::Reader& store, OfficeOffset offset) {
    TRY(const auto head, store.head());
    if (figures.position() >= head.seq) {
        return {};
    }
    Replayer replayer(store);
    return replayer.run(
        figures.position() + 1,
        head.seq,
        [&](const Committed& one, const store::EventRow&) -> Result<void> {
            const auto facts = facts_of(one.before.get(), one.event, *one.after, offset);
            figures.fold({one.before.get(), &one.event, one.after.get(), facts});
            return {};
        }
    );
}

Result<void> fill(views::OpenSet& open_set, store::Reader& store) {
    // Closed matters may still have clocks that run (rating, look-back), and the position follows
    // every record: the view keeps only what it needs.
    std::vector<store::MatterRow> all;
    TRY_VOID(store.scan_matters([&](const store::MatterRow& row) {
        all.push_back(row);
        return true;
    }));
    for (const auto& row : all) {
        TRY(const auto rows, store.events_of(row));
        TRY(const State state, fold(rows));
        open_set.put(state);
    }
    return {};
}

}  // namespace zt::service
