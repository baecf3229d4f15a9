#include "service/verify.hpp"

#include "service/codec.hpp"
#include "service/impl/side_proof.hpp"

#include <algorithm>
#include <cstring>
#include <future>
#include <map>

namespace zt::service {

namespace {

std::string event_name(Seq seq) { return "event " + std::to_string(seq); }

/// The chain of one scan: gaps and altered bytes both show as the first bad event.
class ChainWalk {
  public:
    explicit ChainWalk(HashAlgorithm algorithm) : algorithm_(algorithm) {}

    Result<void> step(const store::EventRow& row) {
        if (row.seq != seq_ + 1) {
            return fail(
                Errc::chain_broken,
                "missing; the next on disk is " + std::to_string(row.seq),
                event_name(seq_ + 1)
            );
        }
        const Hash hash = event_hash(algorithm_, previous_, row.envelope, row.payload, row.sealed);
        if (hash != row.hash) {
            return fail(
                Errc::chain_broken,
                "its bytes give " + to_hex(hash) + ", the ledger says " + to_hex(row.hash),
                event_name(row.seq)
            );
        }
        previous_ = hash;
        seq_ = row.seq;
        return {};
    }
    Result<void> finish(const store::Head& head) const {
        if (seq_ != head.seq || previous_ != head.hash) {
            return fail(
                Errc::chain_broken,
                "the chain ends at " + std::to_string(seq_) + ", the head says " +
                    std::to_string(head.seq),
                event_name(head.seq)
            );
        }
        return {};
    }
    [[nodiscard]] Seq seq() const { return seq_; }
    [[nodiscard]] const Hash& hash() const { return previous_; }

  private:
    HashAlgorithm algorithm_;
    Hash previous_{};
    Seq seq_ = 0;
};

Result<std::int64_t> verify_audit(store::Reader& store, const store::Head& head) {
    constexpr std::int64_t page = 1000;
    Hash previous{};
    std::int64_t seq = 0;
    for (;;) {
        TRY(const auto rows, store.audit(seq + 1, page));
        for (const auto& row : rows) {
            const std::array<std::string_view, 2> parts{
                std::string_view(reinterpret_cast<const char*>(previous.data()), previous.size()),
                row.text
            };
            const Hash hash = hash_of(head.algorithm, parts);
            if (row.seq != seq + 1 || hash != row.hash) {
                return fail(
                    Errc::chain_broken,
                    "the audit chain is broken",
                    "audit row " + std::to_string(seq + 1)
                );
            }
            previous = hash;
            seq = row.seq;
        }
        if (rows.empty()) {
            break;
        }
    }
    if (seq != head.audit_seq || previous != head.audit_hash) {
        return fail(
            Errc::chain_broken, "the audit chain ends early", "audit row " + std::to_string(seq + 1)
        );
    }
    return seq;
}

std::string difference(const store::MatterRow& stored, const store::MatterRow& folded) {
    if (stored.version != folded.version) {
        return "version " + std::to_string(stored.version) + ", the fold gives " +
               std::to_string(folded.version);
    }
    if (stored.last_seq != folded.last_seq) {
        return "last event " + std::to_string(stored.last_seq) + ", the fold gives " +
               std::to_string(folded.last_seq);
    }
    if (stored.number != folded.number) {
        return "number '" + stored.number + "', the fold gives '" + folded.number + "'";
    }
    if (stored.kind != folded.kind) {
        return "kind '" + stored.kind + "', the fold gives '" + folded.kind + "'";
    }
    return stored.is_open == folded.is_open ? "" : "open or not differs from the fold";
}

Result<void> compare_rows(store::Reader& store, std::map<MatterId, store::MatterRow>& folded) {
    Result<void> outcome;
    TRY_VOID(store.scan_matters([&](const store::MatterRow& row) {
        const auto found = folded.find(row.id);
        const std::string what =
            found == folded.end() ? "no event belongs to it" : difference(row, found->second);
        if (!what.empty()) {
            outcome = fail(
                Errc::fold_differs,
                what,
                "row of matter " + std::to_string(row.id.value) +
                    (found == folded.end() ? "" : ", " + event_name(found->second.last_seq))
            );
            return false;
        }
        folded.erase(found);
        return true;
    }));
    TRY_VOID(outcome);
    if (!folded.empty()) {
        return fail(
            Errc::fold_differs,
            "the row is missing",
            "row of matter " + std::to_string(folded.begin()->first.value)
        );
    }
    return {};
}

/// Each event read must say again what its bytes say, or something was read over.
Result<void> same_bytes(const Event& event, const store::EventRow& row) {
    if (envelope_text(event) == row.envelope && payload_text(event) == row.payload &&
        sealed_text(event) == row.sealed) {
        return {};
    }
    return fail(
        Errc::fold_differs, "it reads back otherwise than it was written", event_name(row.seq)
    );
}

}  // namespace

Result<Proof> verify_chain(store::Reader& store) {
    TRY(const auto head, store.head());
    ChainWalk chain(head.algorithm);
    Result<void> outcome;
    TRY_VOID(store.scan(1, head.seq, [&](const store::EventRow& row) {
        outcome = chain.step(row);
        return outcome.has_value();
    }));
    TRY_VOID(outcome);
    TRY_VOID(chain.finish(head));
    TRY(const std::int64_t audit_rows, verify_audit(store, head));
    return Proof{chain.seq(), 0, audit_rows, chain.hash()};
}

namespace {

Result<Proof> prove(store::Reader& store, const ViewsToVerify& views, OfficeOffset offset) {
    TRY(const auto head, store.head());
    ChainWalk chain(head.algorithm);
    std::map<MatterId, store::MatterRow> folded;
    views::Figures figures;
    TRY(auto lists, views::Lists::open(":memory:", views::ListAccess::write));
    TRY(auto sides, SideProof::read(store));
    views::OpenSet open_set;
    LastStates last([&](auto states, Seq seq) -> Result<void> {
        for (const State* state : states) {
            folded[state->id] = row_of_state(*state);
            if (views.open_set != nullptr) {
                open_set.put(*state);
            }
        }
        open_set.arrive_at(seq);
        return views.lists != nullptr ? lists.put(states, seq) : Result<void>{};
    });
    std::optional<views::ProofTree::Comparison> tree;
    if (views.proof_tree != nullptr) {
        tree.emplace(*views.proof_tree);
    }
    Replayer replayer(store);
    TRY_VOID(replayer.run(
        1,
        head.seq,
        [&](const Replayed& one) -> Result<void> {
            TRY_VOID(sides.step(one.event, *one.after));
            const auto facts = facts_of(one.before, one.event, *one.after, offset);
            figures.fold({one.before, &one.event, one.after.get(), facts});
            return last.add(one);
        },
        [&](const Event& event, const store::EventRow& row) -> Result<void> {
            TRY_VOID(chain.step(row));
            if (tree) {
                TRY_VOID(tree->step({row.seq, row.hash, office_date(event.recorded, offset)}));
            }
            return same_bytes(event, row);
        }
    ));
    TRY_VOID(last.flush());
    TRY_VOID(chain.finish(head));
    Proof proof{chain.seq(), static_cast<std::int64_t>(folded.size()), 0, chain.hash()};
    TRY_VOID(compare_rows(store, folded));
    TRY_VOID(sides.finish(head.last_matter));
    if (views.figures != nullptr) {
        if (const auto what = figures.difference(*views.figures)) {
            return fail(Errc::fold_differs, *what, "figures");
        }
    }
    if (views.lists != nullptr) {
        TRY(const auto what, lists.difference(*views.lists));
        if (what) {
            return fail(Errc::fold_differs, *what, "lists");
        }
    }
    if (tree) {
        TRY(const auto what, tree->finish());
        if (what) {
            return fail(Errc::fold_differs, *what, "proof_tree");
        }
    }
    if (views.open_set != nullptr) {
        if (const auto what = open_set.difference(*views.open_set)) {
            return fail(Errc::fold_differs, *what, "open_set");
        }
    }
    TRY(proof.audit_rows, verify_audit(store, head));
    return proof;
}

}  // namespace

Result<Proof> verify_all(
    store::Reader& store, const ViewsToVerify& views, OfficeOffset offset, store::Reader* beside
) {
    auto structure =
        std::async(beside != nullptr ? std::launch::async : std::launch::deferred, [&] {
            return (beside != nullptr ? *beside : store).check_structure();
        });
    auto proof = prove(store, views, offset);
    TRY_VOID(structure.get());  // it goes before: a broken file is why the rest is wrong
    return proof;
}

}  // namespace zt::service
