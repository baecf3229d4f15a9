#pragma once
// Replay: the ledger read again from any seq, each event with the state before and after, for views
// that must catch up and for proofs.

#include "service/ledger.hpp"
#include "views/open_set.hpp"

#include <functional>
#include <span>
#include <unordered_map>

namespace zt::service {

/// States kept while replaying: a matter that falls out is read back along its own events when it
/// comes again.
inline constexpr std::size_t replay_states_max = 200'000;

/// An event as replay shows it.
struct Replayed {
    const State* before = nullptr;  ///< null for the first event of a matter; until the next event
    const Event& event;
    /// Goes on being folded: who keeps it has the newest state of its matter.
    const std::shared_ptr<const State>& after;
    const store::EventRow& row;  ///< its bytes
};

class Replayer {
  public:
    explicit Replayer(store::Reader& store) : store_(store) {}

    using Visit = std::function<Result<void>(const Replayed&)>;
    using Examine = std::function<Result<void>(const Event&, const store::EventRow&)>;
    /// Visits events from … until in order; another thread reads the bytes of those to come and
    /// examines each, in order too. errors: damaged, quarantined (naming the event), and those of
    /// examine and visit.
    [[nodiscard]] Result<void>
    run(Seq from, Seq until, const Visit& visit, const Examine& examine = {});

  private:
    [[nodiscard]] Result<void>
    step(const Event& event, const store::EventRow& row, const Visit& visit);
    [[nodiscard]] Result<std::shared_ptr<State>> state_before(const store::EventRow& row);

    store::Reader& store_;
    std::unordered_map<MatterId, std::shared_ptr<State>> states_;
    State before_;  ///< of the event that is shown: one value, so that its memory serves again
};

/// Gathers the last state of each matter and hands on many at once: what the events before it made
/// of a row leaves no trace.
class LastStates {
  public:
    /// in: by id; all events up to that seq are in them.
    using Take = std::function<Result<void>(std::span<const State* const>, Seq)>;

    explicit LastStates(Take take) : take_(std::move(take)) {}
    [[nodiscard]] Result<void> add(const Replayed& one);
    /// What is left. in: called after the last event.
    [[nodiscard]] Result<void> flush();

  private:
    Take take_;
    std::unordered_map<MatterId, std::shared_ptr<const State>> last_;
    Seq seq_ = 0;
};

/// Folds what the figures have not seen yet.
[[nodiscard]] Result<void>
catch_up(views::Figures& figures, store::Reader& store, OfficeOffset offset);
/// Brings an open set to the newest event there is when it begins; a writer may go on meanwhile. An
/// empty one takes what is open, another the matters of the events that it has not seen.
[[nodiscard]] Result<void> fill(views::OpenSet& open_set, store::Reader& store);

}  // namespace zt::service
