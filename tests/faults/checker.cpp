// zt_checker: judges histories against the ledger, then proves the ledger whole: chain, folds,
// views, keys. Prints one line of JSON.
//
// Exit codes: 0 sound, 1 something is wrong, 2 wrong use.

#include "base/seeded_random.hpp"
#include "domain/event.hpp"
#include "faults/judge.hpp"
#include "faults/place.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace zt::faults {
namespace {

struct Options {
    std::string data;
    std::vector<std::string> histories;
    bool recover = false;
};

/// The numbers that matters have in the ledger.
Result<std::map<MatterId, std::string>> numbers_in(store::Reader& store) {
    std::map<MatterId, std::string> numbers;
    TRY_VOID(store.scan_matters([&](const store::MatterRow& row) {
        numbers[row.id] = row.number.empty() ? "-" : row.number;
        return true;
    }));
    return numbers;
}

Result<Doings> doings_in(store::Reader& store) {
    TRY(const auto head, store.head());
    TRY(const auto numbers, numbers_in(store));
    DoingsReader reader;
    Result<void> outcome;
    TRY_VOID(store.scan(1, head.seq, [&](const store::EventRow& row) {
        Event event;
        outcome = read_envelope(event, row.envelope);
        if (!outcome) {
            return false;
        }
        const auto number = numbers.find(row.matter);
        const bool is_command = event.cause == 0 && event.verb != Verb::lapse;
        reader.add(
            {event.key,
             event.key_part,
             is_command,
             row.seq,
             number == numbers.end() ? "?" : number->second}
        );
        return true;
    }));
    TRY_VOID(outcome);
    return reader.doings();
}

Result<Verdict> verdict_of(const Options& options, service::Proof& proof) {
    std::vector<std::vector<Line>> histories;
    for (const auto& file : history_files(options.histories)) {
        TRY(auto lines, read_history(file));
        histories.push_back(std::move(lines));
    }
    SeededRandom random(1);
    const auto access = options.recover ? store::Access::write : store::Access::read;
    TRY(auto tenant, open_place(options.data, access, random));
    TRY(const auto doings, doings_in(tenant->store()));
    TRY(proof, tenant->verify());
    return judge(histories, doings);
}

void print(const Verdict& verdict, const service::Proof& proof) {
    for (const auto& example : verdict.examples) {
        std::fprintf(stderr, "zt_checker: %s\n", example.c_str());
    }
    Json json = Json::object();
    json.set("ok", verdict.ok).set("failed", verdict.failed);
    json.set("unknown_done", verdict.unknown_done);
    json.set("unknown_not_done", verdict.unknown_not_done);
    json.set("lost", verdict.lost).set("twice", verdict.twice).set("refused", verdict.refused);
    json.set("differing", verdict.differing).set("torn", verdict.torn);
    json.set("events", proof.events).set("sound", verdict.is_sound());
    std::printf("%s\n", to_canonical(json).c_str());
}

int run(const Options& options) {
    service::Proof proof;
    const auto verdict = verdict_of(options, proof);
    if (!verdict) {
        std::fprintf(stderr, "zt_checker: %s\n", to_string(verdict.error()).c_str());
        return 1;
    }
    print(*verdict, proof);
    return verdict->is_sound() ? 0 : 1;
}

}  // namespace
}  // namespace zt::faults

int main(int count, char** words) {
    zt::faults::Options options;
    CLI::App app{"Judges producers' histories against the ledger and verifies it."};
    app.add_option("--data", options.data, "data directory")->required();
    app.add_option("histories", options.histories, "history files, or folders of them");
    app.add_flag("--recover", options.recover, "open as a restarted writer does");
    CLI11_PARSE(app, count, words);
    return zt::faults::run(options);
}
