#pragma once
// Verify: proves that the ledger is whole and that every row and view follows from it, naming the
// first bad event.

#include "service/replay.hpp"
#include "views/lists.hpp"
#include "views/proof_tree.hpp"

namespace zt::service {

struct Proof {
    Seq events = 0;
    std::int64_t matters = 0, audit_rows = 0;
    Hash head{};
};

/// Recomputes each hash from the bytes on disk and the one before. cost: reading all events.
/// errors: chain_broken, naming the event; damaged.
[[nodiscard]] Result<Proof> verify_chain(store::Reader& store);

struct ViewsToVerify {
    const views::Figures* figures = nullptr;  ///< null: not compared
    views::Lists* lists = nullptr;
    const views::OpenSet* open_set = nullptr;
    const views::ProofTree* proof_tree = nullptr;
};

/// The chain, then the fold: every event decodes to what its bytes say, every matter row and every
/// view equals a replay from zero, keys, numbers and sealing keys are those that the events call
/// for, and the file is sound. errors: chain_broken, fold_differs, quarantined, damaged.
/// in: `beside` reads the same store; with it the file is examined at the same time.
[[nodiscard]] Result<Proof> verify_all(
    store::Reader& store,
    const ViewsToVerify& views,
    OfficeOffset offset,
    store::Reader* beside = nullptr
);

}  // namespace zt::service
