// zt_producer: hands in through the service from many threads until it is killed, and writes down
// what it was told.
//
// Exit codes: 0 the count was reached or SIGTERM came, 1 the place cannot be opened, 2 wrong use,
// 70 a write failed and the process stops.

#include "base/seeded_random.hpp"
#include "faults/history.hpp"
#include "faults/place.hpp"
#include "faults/requests.hpp"
#include "service/writer.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <unistd.h>

namespace zt::faults {
namespace {

namespace files = std::filesystem;

constexpr int exit_write_failed = 70;
constexpr std::size_t own_matters_max = 32;
constexpr std::size_t asked_again_max = 64;

struct Options {
    std::string data, history;
    std::size_t producers = 8;
    std::uint64_t seed = 1;
    std::int64_t count = std::int64_t{1} << 60U;
    bool init = false;
};

volatile std::sig_atomic_t wants_end = 0;
void ask_to_end(int /*signal*/) { wants_end = 1; }

/// What all threads share.
struct Shared {
    service::Writer& writer;
    const Requests& requests;
    const WallClock& clock;
    std::atomic<std::int64_t> left;  ///< requests to go
    std::atomic<bool> is_over = false;
};

class Producer {
  public:
    Producer(Shared& shared, History history, std::uint64_t seed, std::string credential)
        : shared_(shared),
          history_(std::move(history)),
          random_(seed),
          credential_(std::move(credential)) {}

    void run(const std::vector<Line>& unknown) {
        for (const Line& line : unknown) {
            if (is_over()) {
                return;
            }
            ask({line.key, line.credential, line.text});
        }
        while (!is_over() && shared_.left.fetch_sub(1) > 0) {
            step();
        }
    }

  private:
    struct Asked {
        Uuid key;
        std::string credential, text;
    };
    struct Own {
        MatterId matter;
        std::size_t next_step = 0;
    };

    bool is_over() {
        if (wants_end != 0 || shared_.writer.has_failed()) {
            shared_.is_over = true;
        }
        return shared_.is_over;
    }

    /// One more request: half hand-ins, half steps in the lives of what was handed in, and now and
    /// then something that must not count.
    void step() {
        const std::size_t dice = random_.below(100);
        if (dice < 4 && !asked_.empty()) {
            ask(asked_[random_.below(asked_.size())]);  // the same again: the same answer
        } else if (dice < 6 && !asked_.empty()) {
            Asked other = asked_[random_.below(asked_.size())];
            other.text = Requests::to_register(1, random_.next());
            ask(other);  // the key with another content: refused
        } else if (dice < 8) {
            Asked twin = fresh(Requests::to_register(1, number()));
            ask(twin);
            twin.credential += "-twin";
            ask(twin);  // the key of somebody else: another request
        } else if (dice < 14) {
            ask(fresh(Requests::to_enroll_firm(random_.below(1000))));
        } else if (dice < 18) {
            const auto any = static_cast<std::int64_t>(random_.below(400));
            ask(fresh(Requests::to_step(random_.below(steps_max), MatterId{any})));
        } else if (dice < 55 || own_.empty()) {
            hand_in();
        } else {
            go_on();
        }
    }

    void hand_in() {
        const std::size_t commands = 1 + random_.below(3);
        const auto answer = ask(fresh(Requests::to_register(commands, number())));
        if (answer) {
            own_.push_back({answer->rows.front().matter, commands - 1});
            if (own_.size() > own_matters_max) {
                own_.pop_front();
            }
        }
    }

    void go_on() {
        const std::size_t at = random_.below(own_.size());
        Own& own = own_[at];
        if (ask(fresh(Requests::to_step(own.next_step, own.matter)))) {
            ++own.next_step;
        }
        if (own.next_step == steps_max || random_.below(20) == 0) {
            own_.erase(own_.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }

    std::optional<service::Answer> ask(const Asked& asked) {
        auto submit = shared_.requests.submit_of(asked.text, asked.key, asked.credential);
        if (!submit) {
            return std::nullopt;
        }
        history_.add({Line::Word::invoke, asked.key, asked.credential, asked.text, 0});
        auto answer = shared_.writer.submit(*std::move(submit));
        if (answer) {
            const std::string& number = answer->rows.front().number;
            history_.add(
                {Line::Word::ok,
                 asked.key,
                 asked.credential,
                 number.empty() ? "-" : number,
                 answer->seq}
            );
            remember(asked);
            return *std::move(answer);
        }
        const Errc code = answer.error().code;
        if (code == Errc::io_failed || code == Errc::damaged) {
            shared_.is_over = true;  // unknown: only the disk can tell
            return std::nullopt;
        }
        history_.add({Line::Word::fail, asked.key, asked.credential, std::string(name_of(code)), 0}
        );
        if (code == Errc::disk_full || code == Errc::overloaded) {
            ::usleep(2000);
        }
        return std::nullopt;
    }

    void remember(const Asked& asked) {
        asked_.push_back(asked);
        if (asked_.size() > asked_again_max) {
            asked_.pop_front();
        }
    }
    Asked fresh(std::string text) {
        std::array<std::uint8_t, 10> rest{};
        random_.fill(rest);
        return {uuid7(shared_.clock.now(), rest), credential_, std::move(text)};
    }
    std::uint64_t number() { return random_.next() % 1'000'000'000; }

    Shared& shared_;
    History history_;
    SeededRandom random_;
    std::string credential_;
    std::deque<Own> own_;
    std::deque<Asked> asked_;
};

/// The instant that the clock of this place counts from, kept beside the histories.
std::int64_t origin_of(const std::string& folder) {
    const std::string file = folder + "/origin";
    std::int64_t origin = 0;
    if (std::ifstream(file) >> origin) {
        return origin;
    }
    origin = real_now_ms();
    std::ofstream(file) << origin << '\n';
    return origin;
}

/// What earlier processes left open, dealt out to the producers of this one.
Result<std::vector<std::vector<Line>>>
unknown_of(const std::string& folder, std::size_t producers) {
    std::vector<Line> all;
    for (const auto& name : history_files({folder})) {
        TRY(auto lines, read_history(name));
        std::ranges::move(lines, std::back_inserter(all));
    }
    std::vector<std::vector<Line>> dealt(producers);
    std::size_t next = 0;
    for (auto& line : unknown_in(all)) {
        dealt[next++ % producers].push_back(std::move(line));
    }
    return dealt;
}

/// Each process writes files of its own: what an earlier one left unknown is answered in a later
/// file, and the names sort in that order.
Result<History> history_of(const std::string& folder, std::size_t process, std::size_t producer) {
    std::array<char, 40> name{};
    std::snprintf(name.data(), name.size(), "/%05zu-%03zu.history", process, producer);
    return History::open(folder + name.data());
}

Result<bool> produce(const Options& options) {
    const std::int64_t origin = origin_of(options.history);
    TRY(const auto unknown, unknown_of(options.history, options.producers));
    std::size_t process = 0;
    while (files::exists(options.history + "/process-" + std::to_string(process))) {
        ++process;
    }
    std::ofstream(options.history + "/process-" + std::to_string(process)) << ::getpid() << '\n';
    SeededRandom random(options.seed * 1'000'003 + process);
    TRY(auto tenant, open_place(options.data, store::Access::write, random, true));
    const FastClock clock(origin);
    const Requests requests(tenant->ledger());
    bool has_failed = false;
    {
        service::Writer writer(tenant->ledger(), clock, {});
        Shared shared{writer, requests, clock, options.count};
        std::vector<std::unique_ptr<Producer>> producers;
        for (std::size_t one = 0; one < options.producers; ++one) {
            TRY(auto history, history_of(options.history, process, one));
            producers.push_back(std::make_unique<Producer>(
                shared, std::move(history), random.next(), "p" + std::to_string(one)
            ));
        }
        std::puts("producing");
        std::fflush(stdout);
        std::vector<std::thread> threads;
        for (std::size_t one = 0; one < options.producers; ++one) {
            threads.emplace_back([&, one] { producers[one]->run(unknown[one]); });
        }
        const auto filled = tenant->await_views(&writer);
        for (auto& thread : threads) {
            thread.join();
        }
        TRY_VOID(filled);
        has_failed = writer.has_failed();
    }
    if (!has_failed) {
        TRY_VOID(tenant->save_views());
    }
    return has_failed;
}

int run(const Options& options) {
    std::signal(SIGTERM, ask_to_end);
    SeededRandom random(options.seed);
    if (options.init) {
        if (const auto made = make_place(options.data, random); !made) {
            std::fprintf(stderr, "zt_producer: %s\n", to_string(made.error()).c_str());
            return 1;
        }
    }
    if (options.count == 0) {
        return 0;
    }
    const auto failed = produce(options);
    if (!failed) {
        std::fprintf(stderr, "zt_producer: %s\n", to_string(failed.error()).c_str());
        return 1;
    }
    return *failed ? exit_write_failed : 0;
}

}  // namespace
}  // namespace zt::faults

int main(int count, char** words) {
    zt::faults::Options options;
    CLI::App app{"Hands in from many threads and writes down what it was told."};
    app.add_option("--data", options.data, "data directory")->required();
    app.add_option("--history", options.history, "folder of the histories")->required();
    app.add_option("--producers", options.producers, "threads");
    app.add_option("--seed", options.seed, "what is asked for depends on it");
    app.add_option("--count", options.count, "requests in all; without it until killed, 0: none");
    app.add_flag("--init", options.init, "make the place first");
    CLI11_PARSE(app, count, words);
    return zt::faults::run(options);
}
