#pragma once
// A tenant under load: the writer before it, producers that send and wait, and what is opened for
// them.

#include "bench/measure.hpp"
#include "bench/place.hpp"
#include "bench/recording_store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace zt::bench {

/// A ledger of its own over a tenant's store (recording it when asked), so that a benchmark sees
/// what is committed.
class Busy {
  public:
    enum class Keep : std::uint8_t { nothing, batches };
    Busy(service::Tenant& tenant, app::OsRandom& random, Keep keep);

    [[nodiscard]] service::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] views::OpenSet& open_set() { return open_set_; }
    [[nodiscard]] std::vector<store::Batch>& batches() { return recording_.batches; }

  private:
    RecordingStore recording_;
    views::Figures figures_;
    views::OpenSet open_set_;
    std::unique_ptr<service::Ledger> ledger_;
};

/// Producers that each send one submit and wait for its answer, until `count` are through.
/// in: next gives the n-th submit; threads: many at once. out: seconds.
double drive(
    service::Writer& writer,
    std::int64_t count,
    int producers,
    const std::function<Submit(std::int64_t)>& next
);

/// Begins `count` appeals, 256 to a transaction. out: their matters.
std::vector<MatterId> hand_in_many(service::Ledger& ledger, const Day& day, std::int64_t count);

}  // namespace zt::bench
