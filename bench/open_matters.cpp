// A million open matters: verbs on random ones, memory, clocks that come due, whole lives on disk.

#include "bench/busy.hpp"

#include <filesystem>
#include <random>
#include <thread>

namespace zt::bench {

namespace {

/// A clock that runs ahead of the machine's, so that dues of next week come when they are wanted.
class ShiftedClock final : public WallClock {
  public:
    [[nodiscard]] UtcMs now() const override { return os_.now() + Millis{shift_.load()}; }
    void shift_to(UtcMs instant) { shift_ = (instant - os_.now()).count(); }

  private:
    app::OsClock os_;
    std::atomic<std::int64_t> shift_ = 0;
};

}  // namespace

void run_follow_ups(const Options& options) {
    app::OsRandom random;
    const auto tenant = create_place(options.dir + "/open", random);
    Busy busy(*tenant, random, Busy::Keep::nothing);
    const app::OsClock clock;
    const Day day(busy.ledger().directory(), clock.now());
    const std::int64_t before = resident_bytes();
    const Watch filling;
    auto matters = hand_in_many(busy.ledger(), day, options.count);
    Figures figures;
    figures.add("open", static_cast<double>(options.count));
    figures.add("filled_per_s", static_cast<double>(options.count) / filling.seconds());
    figures.add(
        "rss_bytes_per_open",
        static_cast<double>(resident_bytes() - before) / static_cast<double>(options.count)
    );
    // Each matter once a pass, in random order: no state is still in memory when it is asked for.
    std::shuffle(matters.begin(), matters.end(), std::mt19937_64(7));
    const auto count = std::min<std::int64_t>(options.count, 20'000);
    std::vector<double> per_s;
    service::Writer writer(busy.ledger(), clock, {});
    for (int step = 0; step < 3; ++step) {
        const double seconds = drive(writer, count, options.producers, [&](std::int64_t i) {
            return day.follow_up(matters[static_cast<std::size_t>(i)], step, 100 * i + step);
        });
        per_s.push_back(static_cast<double>(count) / seconds);
    }
    figures.add("followups_per_s", quantile(per_s, 0.5)).add("followups_by_step", per_s);
    figures.print();
}

void run_clocks(const Options& options) {
    app::OsRandom random;
    const UtcMs begin = must(parse_instant("2026-03-03 09:00"), "time");
    const auto tenant = create_place(options.dir + "/clocks", random, begin);
    Busy busy(*tenant, random, Busy::Keep::nothing);
    // Hand-ins of one hour: their accept clocks come due over one hour of office time.
    constexpr std::int64_t group_size = 256;
    for (std::int64_t done = 0; done < options.count; done += group_size) {
        const UtcMs at = begin + Millis{done * 3'600'000 / options.count};
        const Day day(busy.ledger().directory(), at);
        std::vector<Submit> group;
        for (std::int64_t i = 0; i < group_size; ++i) {
            group.push_back(day.hand_in(done + i));
        }
        ignore(must(busy.ledger().submit_group(group, at), "hand in"), "all the same");
    }
    // One minute of that hour, at the speed at which it comes.
    const auto first = busy.open_set().next_due();
    ShiftedClock clock;
    std::vector<double> lag;
    UtcMs now = first ? *first : begin;
    busy.ledger().on_commit([&](const service::Committed& one) {
        if (one.event.verb == Verb::lapse) {
            lag.push_back(static_cast<double>((clock.now() - one.event.at).count()));
        }
    });
    {
        clock.shift_to(now);
        const service::Writer writer(busy.ledger(), clock, {});
        std::this_thread::sleep_for(std::chrono::seconds{60});
    }
    Figures figures;
    figures.add("running", static_cast<double>(options.count));
    figures.add("lapsed_in_60_s", static_cast<double>(lag.size()));
    figures.add("clock_lag_p50_ms", quantile(lag, 0.5));
    figures.add("clock_lag_p99_ms", quantile(lag, 0.99)).print();
}

void run_burst(const Options& options) {
    app::OsRandom random;
    const UtcMs begin = must(parse_instant("2026-03-03 09:00"), "time");
    const auto tenant = create_place(options.dir + "/burst", random, begin);
    Busy busy(*tenant, random, Busy::Keep::nothing);
    const Day day(busy.ledger().directory(), begin);
    ignore(hand_in_many(busy.ledger(), day, options.count), "by their clocks");
    ShiftedClock clock;
    clock.shift_to(begin);
    Figures figures;
    figures.add("due_at_once", static_cast<double>(options.count));
    service::Writer writer(busy.ledger(), clock, {});
    constexpr std::int64_t some = 20'000;
    const auto hand_ins = [&](std::int64_t from) {
        return static_cast<double>(some) /
               drive(writer, some, options.producers, [&](std::int64_t i) {
                   return day.hand_in(from + i);
               });
    };
    const double quiet = hand_ins(0);
    clock.shift_to(*busy.open_set().next_due() + Millis{1});
    const Watch firing;
    const double meanwhile = hand_ins(some);
    while (writer.counts().lapsed < options.count) {
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    figures.add("burst_s", firing.seconds());
    figures.add("hand_ins_quiet_per_s", quiet).add("hand_ins_meanwhile_per_s", meanwhile);
    figures.add("meanwhile_vs_quiet", meanwhile / quiet).print();
}

void run_lives(const Options& options) {
    app::OsRandom random;
    const std::string path = options.dir + "/lives";
    std::int64_t events = 0;
    {
        const auto tenant = create_place(path, random);
        Busy busy(*tenant, random, Busy::Keep::nothing);
        const Day day(busy.ledger().directory(), app::OsClock{}.now());
        constexpr std::int64_t side_by_side = 64;
        const Seq before = busy.ledger().seq();
        for (std::int64_t done = 0; done < options.count; done += side_by_side) {
            std::vector<std::vector<Submit>> lives;
            std::vector<MatterId> matters;
            for (std::int64_t i = 0; i < side_by_side; ++i) {
                lives.push_back(day.life(done + i));
            }
            for (std::size_t step = 0; step < lives.front().size(); ++step) {
                std::vector<Submit> group;
                for (std::size_t i = 0; i < lives.size(); ++i) {
                    group.push_back(lives[i][step]);
                    if (step > 0) {
                        group.back().commands.front().matter = matters[i];
                    }
                }
                const auto answers = must(busy.ledger().submit_group(group, day.now()), "life");
                for (const auto& answer : answers) {
                    if (!answer) {
                        give_up("life, step " + std::to_string(step), answer.error());
                    }
                    if (step == 0) {
                        matters.push_back(answer->rows.front().matter);
                    }
                }
            }
        }
        events = busy.ledger().seq() - before;
    }
    {
        const auto tenant = open_place(path, random);
        must(tenant->save_views(), "views");
    }
    const std::int64_t whole_groups = (options.count + 63) / 64 * 64;
    const auto lives = static_cast<double>(whole_groups);
    Figures figures;
    figures.add("lives", lives).add("events_a_life", static_cast<double>(events) / lives);
    figures.add("disk_bytes_per_closed", static_cast<double>(disk_bytes(path)) / lives).print();
}

}  // namespace zt::bench
