#pragma once
// What verify asks of the rows beside events and matters: keys, claims, numbers given, sealing
// keys. Most of what they hold no event tells in the clear, but which must be there it does.

#include "service/ledger.hpp"

#include <map>
#include <set>

namespace zt::service {

class SideProof {
  public:
    /// Reads all rows and proves what the store can by itself. errors: damaged, io_failed.
    [[nodiscard]] static Result<SideProof> read(store::Reader& store);
    /// Takes all events in order. errors: fold_differs, naming the event.
    [[nodiscard]] Result<void> step(const Event& event, const State& after);
    /// in: the head's highest matter. errors: fold_differs, naming the row.
    [[nodiscard]] Result<void> finish(MatterId last_matter) const;

  private:
    /// The events of one submit.
    struct Submitted {
        Seq first_seq = 0, last_seq = 0;
        std::array<std::uint8_t, 6> time{};
    };
    [[nodiscard]] Result<void> step_keys(const Event& event);

    std::vector<Submitted> submits_;  ///< by first_seq
    std::size_t at_ = 0;              ///< of submits_: the next, or the one whose events pass
    Uuid key_;                        ///< of the submit whose events pass
    std::set<MatterId> claiming_;
    std::set<MatterId> with_key_;           ///< matters that have a sealing key
    std::map<MatterId, bool> needs_key_;    ///< matters with sealed parts: not erased since
    std::int64_t numbers_ = 0, given_ = 0;  ///< by the sequences, by the events
    MatterId last_matter_;
};

}  // namespace zt::service
