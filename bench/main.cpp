// zt_bench NAME --dir DIR [--count N] [--producers N] [--rounds N]: one benchmark, one line of
// JSON. bench/run calls it and puts the lines together.

#include "bench/measure.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>

namespace {

struct Row {
    const char* name;
    void (*run)(const zt::bench::Options&);
    const char* help;
};

constexpr std::array rows{
    Row{"intake", zt::bench::run_intake, "hand-ins beside bare SQLite and a bare append"},
    Row{"latency", zt::bench::run_latency, "hand-ins at --count a second, for 10 s"},
    Row{"follow_ups", zt::bench::run_follow_ups, "verbs on random matters of --count open ones"},
    Row{"clocks", zt::bench::run_clocks, "--count clocks due over an hour, one minute of it"},
    Row{"burst", zt::bench::run_burst, "--count clocks due at one instant"},
    Row{"lives", zt::bench::run_lives, "--count lives of twelve events, bytes on disk"},
    Row{"stats", zt::bench::run_stats, "tables by two dimensions over --count lives, memory"},
    Row{"scores", zt::bench::run_scores, "a year of scores of 500 units over --count matters"},
    Row{"topics", zt::bench::run_topics, "topics of --count messages"},
    Row{"opinions", zt::bench::run_opinions, "groups of --count people over 500 statements"},
    Row{"search", zt::bench::run_search, "words and likeness over --count messages"},
    Row{"reading", zt::bench::run_reading, "verify, replay of the data directory --dir"},
    Row{"http", zt::bench::run_http, "hand-ins over HTTP beside Beast alone, idle connections"},
    Row{"overload", zt::bench::run_overload, "ten times what it takes, for --count seconds"},
    Row{"pages", zt::bench::run_pages, "pages of the desk at --count open matters"},
    Row{"restart", zt::bench::run_restart, "start on the data directory --dir"},
    Row{"large_place",
        zt::bench::run_large_place,
        "pages at --count orgs and areas beside a small place"},
    Row{"rounds", zt::bench::run_rounds_of_records, "a month of rounds over --count records"},
};

}  // namespace

int main(int count, char** arguments) {
    CLI::App app("Benchmarks of Zhitong; bench/run puts them together.");
    app.require_subcommand(1);
    zt::bench::Options options;
    for (const auto& row : rows) {
        CLI::App* one = app.add_subcommand(row.name, row.help);
        one->add_option("--dir", options.dir, "scratch folder on the disk to be measured")
            ->required();
        one->add_option("--count", options.count, "how many")->capture_default_str();
        one->add_option("--producers", options.producers, "threads that send")
            ->capture_default_str();
        one->add_option("--rounds", options.rounds, "rounds, interleaved")->capture_default_str();
    }
    CLI11_PARSE(app, count, arguments);
    for (const auto& row : rows) {
        if (app.got_subcommand(row.name)) {
            row.run(options);
        }
    }
    return 0;
}
