// Hand-ins: throughput beside the baselines in one interleaved run, and latency at a given rate.

#include "bench/bare.hpp"
#include "bench/busy.hpp"

#include <atomic>
#include <filesystem>
#include <thread>

namespace zt::bench {

namespace {

struct Round {
    double service_per_s = 0, bare_per_s = 0, append_per_s = 0, groups_per_1000 = 0;
};

Round one_round(const Options& options, Busy& busy, const Day& day, int number) {
    const std::string bare = options.dir + "/bare" + std::to_string(number) + ".db";
    const std::string appended = options.dir + "/append" + std::to_string(number);
    const app::OsClock clock;
    busy.batches().clear();
    Round round;
    const double count = static_cast<double>(options.count);
    {
        service::Writer writer(busy.ledger(), clock, {});
        const double seconds = drive(writer, options.count, options.producers, [&](std::int64_t i) {
            return day.hand_in(number * options.count + i);
        });
        round.service_per_s = count / seconds;
        round.groups_per_1000 = 1000.0 * static_cast<double>(writer.counts().groups) / count;
    }
    round.bare_per_s = count / insert_bare(bare, busy.batches());
    round.append_per_s = count / append_bare(appended, busy.batches());
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(bare + suffix);
    }
    std::filesystem::remove(appended);
    return round;
}

}  // namespace

void run_intake(const Options& options) {
    app::OsRandom random;
    const auto tenant = create_place(options.dir + "/intake", random);
    Busy busy(*tenant, random, Busy::Keep::batches);
    const Day day(busy.ledger().directory(), app::OsClock{}.now());
    ignore(one_round(options, busy, day, 0), "warms up");
    std::vector<double> service, bare, append, groups, to_bare, to_append;
    for (int number = 1; number <= options.rounds; ++number) {
        const Round round = one_round(options, busy, day, number);
        service.push_back(round.service_per_s);
        bare.push_back(round.bare_per_s);
        append.push_back(round.append_per_s);
        groups.push_back(round.groups_per_1000);
        to_bare.push_back(round.service_per_s / round.bare_per_s);
        to_append.push_back(round.service_per_s / round.append_per_s);
    }
    Figures figures;
    figures.add("durable_per_s", quantile(service, 0.5)).add("rounds_per_s", service);
    figures.add("bare_sqlite_per_s", quantile(bare, 0.5))
        .add("append_per_s", quantile(append, 0.5));
    figures.add("durable_vs_sqlite", quantile(to_bare, 0.5)).add("ratios_sqlite", to_bare);
    figures.add("durable_vs_append", quantile(to_append, 0.5)).add("ratios_append", to_append);
    figures.add("groups_per_1000", quantile(groups, 0.5));
    figures.add(
        "bytes_a_hand_in",
        static_cast<double>(bytes_of(busy.batches())) / static_cast<double>(options.count)
    );
    figures.print();
}

void run_latency(const Options& options) {
    app::OsRandom random;
    const auto tenant = create_place(options.dir + "/latency", random);
    Busy busy(*tenant, random, Busy::Keep::nothing);
    const app::OsClock clock;
    const Day day(busy.ledger().directory(), clock.now());
    constexpr int seconds = 10;
    const std::int64_t total = options.count * seconds;
    std::vector<double> ms(static_cast<std::size_t>(total));
    std::atomic<std::int64_t> answered = 0;
    {
        service::Writer writer(busy.ledger(), clock, {});
        const auto begin = std::chrono::steady_clock::now();
        for (std::int64_t i = 0; i < total; ++i) {
            // Open loop: sent when it was meant to be, measured from then, however late it is.
            const auto meant = begin + std::chrono::nanoseconds(i * 1'000'000'000 / options.count);
            std::this_thread::sleep_until(meant);
            writer.submit(day.hand_in(i), [&, i, meant](const Result<service::Answer>& answer) {
                if (!answer) {
                    give_up("submit", answer.error());
                }
                ms[static_cast<std::size_t>(i)] = std::chrono::duration<double, std::milli>(
                                                      std::chrono::steady_clock::now() - meant
                )
                                                      .count();
                ++answered;
            });
        }
    }
    Figures figures;
    figures.add("rate_per_s", static_cast<double>(options.count));
    figures.add("answered", static_cast<double>(answered.load()));
    for (const auto& [name, share] :
         {std::pair{"p50_ms", 0.5}, {"p99_ms", 0.99}, {"p999_ms", 0.999}, {"max_ms", 1.0}}) {
        figures.add(name, quantile(ms, share));
    }
    // What no writer can be quicker than: an answer waits for the group under way and for its own.
    const auto syncs = sync_bare(options.dir + "/syncs", 500);
    figures.add("sync_p50_ms", quantile(syncs, 0.5)).add("sync_p99_ms", quantile(syncs, 0.99));
    figures.print();
}

}  // namespace zt::bench
