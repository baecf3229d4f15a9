// `kinds test`: plays .case scripts against the kinds, and with --accept writes down what happened.

#include "app/commands/all.hpp"
#include "app/scenario/suite.hpp"
#include "base/json.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct TestOptions {
    std::vector<std::string> paths;
    bool accepts = false;
};

Json outcome_json(const scenario::Outcome& outcome) {
    Json failures = Json::array();
    for (const auto& one : outcome.failures) {
        failures.push(Json::object()
                          .set("line", std::int64_t{one.line})
                          .set("iteration", one.iteration)
                          .set("message", one.message)
                          .set("log", one.log));
    }
    Json json = Json::object();
    json.set("file", outcome.file).set("steps", outcome.steps).set("failures", std::move(failures));
    return json.set("is_passed", outcome.failures.empty());
}

/// Failures of one line that are printed; a `for` line fails hundreds of times in the same way.
constexpr int failures_per_line_max = 3;

void print_outcome(const Request& request, const scenario::Outcome& outcome) {
    std::string log;  // the same matter fails again and again: its log is told when it has grown
    int line = -1, count = 0;
    for (const auto& failure : outcome.failures) {
        count = failure.line == line ? count + 1 : 1;
        line = failure.line;
        if (count > failures_per_line_max) {
            continue;
        }
        request.err() << outcome.file << ':' << failure.line;
        if (!failure.iteration.empty()) {
            request.err() << " (" << failure.iteration << ')';
        }
        request.err() << ": " << failure.message << '\n';
        request.err() << (failure.log == log && !log.empty() ? "  (log as above)\n" : failure.log);
        log = failure.log;
    }
}

/// Writes every script that has corrections.
Result<void> accept(const Request& request, const scenario::Suite& suite) {
    for (const auto& played : suite.played()) {
        if (played.outcome.corrections.empty()) {
            continue;
        }
        TRY_VOID(scenario::write_script(
            played.script.file, scenario::corrected(played.script, played.outcome.corrections)
        ));
        request.out() << request.text(
                             "cli.kinds.test.rewritten",
                             {{"file", played.script.file},
                              {"count", std::to_string(played.outcome.corrections.size())}}
                         )
                      << '\n';
    }
    return {};
}

Result<int> run_test(const Request& request, const TestOptions& options) {
    auto paths = options.paths;
    if (paths.empty()) {
        paths.push_back(request.kinds_folder.empty() ? "kinds" : request.kinds_folder);
    }
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto files, scenario::find_scripts(paths));
    scenario::Suite suite(definitions);
    std::int64_t steps = 0, failed = 0;
    for (const auto& file : files) {
        TRY_VOID(suite.play_file(file));
    }
    suite.judge_coverage();
    Json list = Json::array();
    for (const auto& played : suite.played()) {
        steps += played.outcome.steps;
        failed += played.outcome.failures.empty() ? 0 : 1;
        list.push(outcome_json(played.outcome));
        if (!request.is_json) {
            print_outcome(request, played.outcome);
        }
    }
    if (request.is_json) {
        print_json(
            request, Json::object().set("scripts", std::move(list)).set("is_passed", failed == 0)
        );
    }
    if (options.accepts) {
        TRY_VOID(accept(request, suite));
    }
    const auto count = std::to_string(suite.played().size());
    if (!request.is_json) {
        const char* key = failed == 0 ? "cli.kinds.test.passed" : "cli.kinds.test.failed";
        auto& where = failed == 0 ? request.out() : request.err();
        where << request.text(
                     key,
                     {{"count", count},
                      {"steps", std::to_string(steps)},
                      {"failed", std::to_string(failed)}}
                 )
              << '\n';
    }
    return failed == 0 ? exit_fine : exit_falls_short;
}

}  // namespace

void add_kinds_test(const Registration& here) {
    const auto options = std::make_shared<TestOptions>();
    here.app.add_option("paths", options->paths, here.help("paths"));
    here.app.add_flag("--accept", options->accepts, here.help("accept"));
    here.run = [options](const Request& request) { return run_test(request, *options); };
}

}  // namespace zt::app
