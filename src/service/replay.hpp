#pragma once
// Replay: the ledger read again from any seq, each event with the state before and after, for views
// that must catch up and for proofs.

#include "service/ledger.hpp"
#include "views/lists.hpp"
#include "views/open_set.hpp"

#include <map>

namespace zt::service {

/// States kept while replaying: a matter that falls out is read back along its own events when it
/// comes again.
inline constexpr std::size_t replay_states_max = 200'000;

class Replayer {
  public:
    explicit Replayer(store::Reader& store) : store_(store) {}

    using Examine = std::function<Result<void>(const Event&, const store::EventRow&)>;
    /// Visits events from … until in order; another thread reads the bytes of those to come and
    /// examines each, in order too. errors: damaged, quarantined (naming the event), and those of
    /// examine and visit.
    [[nodiscard]] Result<void>
    run(Seq from,
        Seq until,
        const std::function<Result<void>(const Committed&, const store::EventRow&)>& visit,
        const Examine& examine = {});

  private:
    using Visit = std::function<Result<void>(const Committed&, const store::EventRow&)>;
    [[nodiscard]] Result<void> step(Event event, const store::EventRow& row, const Visit& visit);
    [[nodiscard]] Result<std::shared_ptr<const State>> before(const store::EventRow& row);

    store::Reader& store_;
    std::unordered_map<MatterId, std::shared_ptr<const State>> states_;
};

/// Takes the lists along, and an open set if one is given: only the last state of each matter
/// leaves a row, so rows are put when many matters have gathered.
class ListFiller {
  public:
    explicit ListFiller(views::Lists& lists, views::OpenSet* open_set = nullptr)
        : lists_(lists), open_set_(open_set) {}
    [[nodiscard]] Result<void> add(const Committed& one);
    /// What is left. in: called after the last event.
    [[nodiscard]] Result<void> flush();

  private:
    views::Lists& lists_;
    views::OpenSet* open_set_ = nullptr;
    std::map<MatterId, std::shared_ptr<const State>> last_;
    Seq seq_ = 0;
};

/// Folds what the figures have not seen yet.
[[nodiscard]] Result<void>
catch_up(views::Figures& figures, store::Reader& store, OfficeOffset offset);
/// Brings an open set to the newest event there is when it begins; a writer may go on meanwhile. An
/// empty one takes what is open, another the matters of the events that it has not seen.
[[nodiscard]] Result<void> fill(views::OpenSet& open_set, store::Reader& store);

}  // namespace zt::service
