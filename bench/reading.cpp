// What lies there already: starting on it, folding it again, proving it.

#include "bench/busy.hpp"
#include "service/replay.hpp"
#include "service/verify.hpp"

namespace zt::bench {

namespace {

/// Bytes of all events hashed as the chain does, and nothing else.
double hash_seconds(store::Store& store, Seq until, std::int64_t& bytes) {
    std::vector<std::string> texts;
    must(
        store.scan(
            1,
            until,
            [&](const store::EventRow& row) {
                texts.push_back(row.envelope + row.payload + row.sealed);
                return texts.size() < 200'000;
            }
        ),
        "scan"
    );
    const Watch watch;
    for (const auto& text : texts) {
        ignore(hash_of(HashAlgorithm::sha256, text), "only the time counts");
        bytes += static_cast<std::int64_t>(text.size());
    }
    return watch.seconds() / static_cast<double>(texts.size());
}

}  // namespace

void run_restart(const Options& options) {
    app::OsRandom random;
    const app::OsClock clock;
    Figures figures;
    const Watch starting;
    const auto tenant = open_place(options.dir, random, true);
    {
        const Day day(tenant->ledger().directory(), clock.now());
        service::Writer writer(tenant->ledger(), clock, {});
        const auto answer = writer.submit(day.hand_in(77'000'000 + tenant->ledger().seq()));
        if (!answer) {
            give_up("first hand-in", answer.error());
        }
        figures.add("first_hand_in_ms", 1000 * starting.seconds());
        must(tenant->await_views(&writer), "views");
        figures.add("inboxes_ready_ms", 1000 * starting.seconds()).print();
    }
    // As a server that stops in order, for the next start.
    must(tenant->save_views(), "views");
}

void run_reading(const Options& options) {
    app::OsRandom random;
    Figures figures;
    const auto tenant = open_place(options.dir, random);
    const auto events = static_cast<double>(tenant->ledger().seq());
    figures.add("events", events);
    {
        const Watch watch;
        const auto proof = must(service::verify_chain(tenant->store()), "verify chain");
        figures.add("chain_events_per_s", static_cast<double>(proof.events) / watch.seconds());
    }
    std::int64_t bytes = 0;
    const double hash = hash_seconds(tenant->store(), tenant->ledger().seq(), bytes);
    figures.add("hash_events_per_s", 1 / hash);
    {
        const Watch watch;
        ignore(must(tenant->verify(), "verify"), "only the time counts");
        figures.add("verify_events_per_s", events / watch.seconds());
    }
    {
        const Watch watch;
        ignore(must(tenant->replay(), "replay"), "only the time counts");
        figures.add("replay_events_per_s", events / watch.seconds());
    }
    figures.print();
}

}  // namespace zt::bench
