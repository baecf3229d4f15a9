#pragma once
// Replay: the ledger read again from any seq, each event with the state before and after, for views
// that must catch up and for proofs.

#include "service/ledger.hpp"

namespace zt::service {

/// States kept while replaying: a matter that falls out is read back along its own events when it
/// comes again.
inline constexpr std::size_t replay_states_max = 200'000;

class Replayer {
  public:
    explicit Replayer(store::Reader& store) : store_(store) {}

    /// Visits events from … until in order. errors: damaged, quarantined (naming the event), and
    /// the visitor's own.
    [[nodiscard]] Result<void>
    run(Seq from,
        Seq until,
        const std::function<Result<void>(const Committed&, const store::EventRow&)>& visit);

  private:
    [[nodiscard]] Result<std::shared_ptr<const State>> before(const store::EventRow& row);

    store::Reader& store_;
    std::unordered_map<MatterId, std::shared_ptr<const State>> states_;
};

/// Folds what the figures have not seen yet.
[[nodiscard]] Result<void>
catch_up(views::Figures& figures, store::Reader& store, OfficeOffset offset);
/// Puts all open matters in.
[[nodiscard]] Result<void> fill(views::OpenSet& open_set, store::Reader& store);

}  // namespace zt::service
