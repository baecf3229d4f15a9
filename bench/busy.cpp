#include "bench/busy.hpp"

#include <atomic>
#include <thread>

namespace zt::bench {

Busy::Busy(service::Tenant& tenant, app::OsRandom& random, Keep keep) : recording_(tenant.store()) {
    service::LedgerParts parts;
    parts.store = keep == Keep::batches ? static_cast<store::Store*>(&recording_) : &tenant.store();
    parts.key = tenant.key();
    parts.random = &random;
    parts.figures = &figures_;
    parts.open_set = &open_set_;
    auto rules = std::make_shared<const service::Rules>(tenant.rules());
    ledger_ = must(service::Ledger::open(parts, std::move(rules)), "ledger");
}

double drive(
    service::Writer& writer,
    std::int64_t count,
    int producers,
    const std::function<Submit(std::int64_t)>& next
) {
    std::atomic<std::int64_t> taken = 0;
    std::vector<std::thread> threads;
    const Watch watch;
    for (int i = 0; i < producers; ++i) {
        threads.emplace_back([&] {
            for (;;) {
                const std::int64_t number = taken++;
                if (number >= count) {
                    return;
                }
                const auto answer = writer.submit(next(number));
                if (!answer) {
                    give_up("submit", answer.error());
                }
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    return watch.seconds();
}

std::vector<MatterId> hand_in_many(service::Ledger& ledger, const Day& day, std::int64_t count) {
    constexpr std::int64_t group_size = 256;
    std::vector<MatterId> matters;
    for (std::int64_t done = 0; done < count;) {
        std::vector<Submit> group;
        for (std::int64_t i = 0; i < group_size && done < count; ++i) {
            group.push_back(day.hand_in(1'000'000'000 + done++));
        }
        const auto answers = must(ledger.submit_group(group, day.now()), "hand in");
        for (const auto& answer : answers) {
            if (!answer) {
                give_up("hand in", answer.error());
            }
            matters.push_back(answer->rows.front().matter);
        }
    }
    return matters;
}

}  // namespace zt::bench
