#include "app/scenario/runner.hpp"

#include "app/scenario/expectations.hpp"
#include "app/scenario/submit.hpp"
#include "base/text.hpp"
#include "service/rounds.hpp"

#include <algorithm>
#include <set>

namespace zt::app::scenario {

namespace fs = std::filesystem;

namespace {

/// Scripts need no chance of their own; the seed only has to be one.
constexpr std::uint64_t script_seed = 20220801;

/// What one line gave: what is asked for and what stands there, in the same form; equal when all is
/// well.
struct Verdict {
    std::string expected, actual;
    std::string detail;                ///< of a refusal nobody asked for
    std::vector<std::string> matters;  ///< whose log helps
    bool after_arrow = true;  ///< the correction goes behind `->`, else behind the first word
};

std::vector<std::string> matters_of(const ScriptLine& line) {
    std::vector<std::string> names;
    for (const auto& command : line.commands) {
        if (std::ranges::find(names, command.matter) == names.end()) {
            names.push_back(command.matter);
        }
    }
    return names;
}

/// `a, b` as a set: what lapses at one instant has no order that matters.
std::vector<std::string> listed(const std::string& text) {
    std::vector<std::string> parts;
    for (const auto& one : split(text, ',')) {
        parts.emplace_back(trim(one));
    }
    std::ranges::sort(parts);
    return parts;
}

class Play {
  public:
    Play(const Script& script, MemoryTenant& tenant, Coverage& coverage) : coverage_(coverage) {
        stage_.script = &script;
        stage_.tenant = &tenant;
        for (const auto& line : script.lines) {
            if (const auto at =
                    parse_instant(line.at.empty() ? "1970-01-01" : line.at, tenant.offset())) {
                last_ = std::max(last_, *at);
            }
        }
    }

    Result<Verdict> run(const ScriptLine& line) {
        stage_.begun = stage_.tenant->history().size();
        if (!line.at.empty()) {
            TRY_VOID(move_time(line));
        }
        TRY(Verdict verdict, judge(line));
        for (std::size_t index = stage_.begun; index < stage_.tenant->history().size(); ++index) {
            coverage_.take(stage_.tenant->history()[index]);
        }
        TRY_VOID(stage_.tenant->check_steps(stage_.begun));
        TRY_VOID(check_reactions(line));
        return verdict;
    }

    [[nodiscard]] std::string log_of(const std::vector<std::string>& names) const {
        std::set<MatterId> matters;
        for (const auto& name : names) {
            if (const auto id = stage_.matter(name)) {
                matters.insert(*id);
            }
        }
        for (std::size_t index = stage_.begun; index < stage_.tenant->history().size(); ++index) {
            matters.insert(stage_.tenant->history()[index].event.matter);
        }
        std::string log;
        constexpr std::size_t logs_max = 4;
        for (const MatterId matter : matters) {
            if (!log.empty() && matters.size() > logs_max &&
                matter == *std::next(matters.begin(), logs_max)) {
                return log + "  …\n";
            }
            log += stage_.log(matter);
        }
        return log;
    }

  private:
    [[nodiscard]] bool is_live() const { return stage_.script->origin == Origin::live; }

    /// What another matter does not take is recorded and forgotten; a script has to mean it.
    [[nodiscard]] Result<void> check_reactions(const ScriptLine& line) const {
        const std::string refused = refused_reactions(stage_);
        if (refused == "none" ||
            std::ranges::find(line.expected, "reaction", &Word::key) != line.expected.end()) {
            return {};
        }
        return fail(
            Errc::bad_value,
            "another matter refused what it was told; where that is meant, write `-> STAGE "
            "reaction " +
                refused + "`"
        );
    }

    Result<void> move_time(const ScriptLine& line) {
        TRY(const UtcMs at, parse_instant(line.at, stage_.tenant->offset()));
        if (is_live() && at < stage_.now) {
            return fail(
                Errc::bad_value,
                "time goes back: the line before is at " +
                    to_office_string(stage_.now, stage_.tenant->offset())
            );
        }
        stage_.now = at;
        return {};
    }

    Result<Verdict> judge(const ScriptLine& line) {
        switch (line.form) {
        case LineForm::step: return run_step(line);
        case LineForm::tick: return run_tick(line);
        case LineForm::rounds: return run_rounds(line);
        case LineForm::expect: return compare(line, expect_text(stage_, line.words));
        case LineForm::notices: return compare(line, notices_text(stage_, line.words, Sent::sent));
        case LineForm::suppressed:
            return compare(line, notices_text(stage_, line.words, Sent::suppressed));
        case LineForm::figures: return compare(line, figures_text(stage_, line.words));
        case LineForm::name: return give_name(line);
        case LineForm::coverage: return Verdict{};
        }
        return Verdict{};
    }

    Result<Verdict> run_step(const ScriptLine& line) {
        TRY(const auto made, make_submit(stage_, line));
        const Submit& submit = made.submit;
        std::shared_ptr<const State> before;
        if (submit.commands.front().matter) {
            TRY(before, stage_.tenant->ledger().state(submit.commands.front().matter));
        }
        const auto answer = stage_.tenant->ledger().submit(submit, is_live() ? stage_.now : last_);
        Verdict verdict;
        verdict.expected = to_string(line.expected);
        verdict.matters = matters_of(line);
        if (!answer) {
            const Error& error = answer.error();
            verdict.actual = "refused " + std::string(zt::name_of(error.code));
            verdict.detail = error.detail;
            if (submit.commands.size() == 1) {
                const std::string& kind = before ? before->kind : submit.commands.front().kind;
                coverage_.take(Refusal{submit.commands.front().verb, kind, before.get(), error.code}
                );
            }
            return verdict;
        }
        for (const auto& [index, name] : made.begun) {
            stage_.names[name] = answer->rows[index].matter;
        }
        TRY(const auto after, stage_.tenant->ledger().state(answer->rows.back().matter));
        TRY(verdict.actual, step_text(stage_, *after, line.expected));
        if (line.arrow_line == 0) {
            verdict.expected = verdict.actual;  // nothing asked: only that it is not refused
        }
        return verdict;
    }

    Result<Verdict> run_tick(const ScriptLine& line) {
        TRY(const auto lapsed, stage_.tenant->ledger().tick(stage_.now, stage_.script->origin));
        ignore(lapsed, "the history tells which");
        Verdict verdict;
        verdict.expected = to_string(line.expected);
        verdict.actual = lapses_text(stage_);
        if (line.arrow_line == 0 || listed(verdict.expected) == listed(verdict.actual)) {
            verdict.expected = verdict.actual;
        }
        return verdict;
    }

    Result<Verdict> run_rounds(const ScriptLine& line) {
        TRY(const auto begun,
            service::run_rounds(stage_.tenant->ledger(), stage_.now, stage_.script->origin));
        Verdict verdict;
        verdict.actual = std::to_string(begun) + " begun";
        verdict.expected = line.arrow_line == 0 ? verdict.actual : to_string(line.expected);
        rounds_begun_ = stage_.begun;
        return verdict;
    }

    static Result<Verdict> compare(const ScriptLine& line, Result<std::string> actual) {
        if (!actual) {
            return std::unexpected(std::move(actual).error());
        }
        Verdict verdict;
        verdict.expected = to_string(line.words);
        verdict.actual = *std::move(actual);
        verdict.after_arrow = false;
        const bool is_of_matter = line.form != LineForm::figures;
        if (is_of_matter) {
            verdict.matters.push_back(line.words.front().key);
        }
        return verdict;
    }

    /// name t1 = a1 spawned [N], or name t1 = begun [N] after rounds.
    Result<Verdict> give_name(const ScriptLine& line) {
        const auto& words = line.words;
        if (words.size() < 2) {
            return fail(
                Errc::bad_value,
                "`name NEW = MATTER LINK [N]` or `name NEW = begun [N]` is expected"
            );
        }
        const bool is_round = words[1].key == "begun";
        const std::size_t number_at = is_round ? 2 : 3;
        const std::string number = words.size() > number_at ? words[number_at].key : "1";
        TRY(const std::int64_t wanted, parse_int(number));
        TRY(const MatterId found, is_round ? nth_begun(wanted) : nth_linked(words, wanted));
        if (stage_.names.contains(words[0].key)) {
            return fail(Errc::bad_value, "a matter is called '" + words[0].key + "' already");
        }
        stage_.names[words[0].key] = found;
        return Verdict{};
    }

    Result<MatterId> nth_linked(const std::vector<Word>& words, std::int64_t wanted) {
        if (words.size() < 3) {
            return fail(Errc::bad_value, "`name NEW = MATTER LINK [N]` is expected");
        }
        TRY(const auto state, stage_.state(words[1].key));
        std::vector<std::string> types;
        for (const auto& link : state->links) {
            types.push_back(link.type);
            if (link.type == words[2].key && --wanted == 0) {
                return link.to;
            }
        }
        return fail(
            Errc::not_found,
            "'" + words[1].key + "' has no such link '" + words[2].key +
                "'; it has: " + (types.empty() ? "none" : join(types, ", "))
        );
    }

    Result<MatterId> nth_begun(std::int64_t wanted) {
        for (std::size_t index = rounds_begun_; index < stage_.tenant->history().size(); ++index) {
            const auto& one = stage_.tenant->history()[index];
            if (one.event.version == 1 && --wanted == 0) {
                return one.event.matter;
            }
        }
        return fail(Errc::not_found, "not so many matters began with the last rounds");
    }

    Stage stage_;
    Coverage& coverage_;
    UtcMs last_{};
    std::size_t rounds_begun_ = 0;
};

/// Where places of a script may lie: beside it, or beside the kinds.
void add_place_folders(Definitions& files, const std::string& script) {
    const fs::path folder = fs::path(script).parent_path();
    for (const fs::path& one : {folder / "places", folder / "../places"}) {
        files.add_place_folder(one.lexically_normal());
    }
}

UtcMs first_time(const Script& script) {
    std::optional<UtcMs> first;
    for (const auto& line : script.lines) {
        if (const auto at = parse_instant(line.at); at && (!first || *at < *first)) {
            first = *at;
        }
    }
    return first.value_or(UtcMs{});
}

Result<std::unique_ptr<MemoryTenant>> set_up(const Script& script, Definitions files) {
    add_place_folders(files, script.file);
    Beginning beginning;
    TRY(beginning.definitions, files.service_definitions());
    TRY(const auto place, files.place(script.place));
    auto read = kindfile::read_place(place.text, place.file);
    if (!read) {
        return std::unexpected(first_of(read.error()));
    }
    beginning.place = *std::move(read);
    beginning.pack = script.pack;
    beginning.calendar = script.calendar;
    beginning.at = first_time(script) - std::chrono::days{1};
    beginning.seed = script_seed;
    return MemoryTenant::make(beginning);
}

void add_correction(Outcome& outcome, const ScriptLine& line, const Verdict& verdict) {
    const auto found = std::ranges::find(outcome.corrections, line.line, &Correction::line);
    if (found != outcome.corrections.end()) {
        found->is_ambiguous = found->is_ambiguous || found->text != verdict.actual;
        return;
    }
    outcome.corrections.push_back(
        {line.line, verdict.after_arrow ? line.arrow_line : line.line, verdict.actual, false}
    );
}

void play_line(Play& play, const ScriptLine& line, Outcome& outcome) {
    auto verdict = play.run(line);
    if (!verdict) {
        outcome.failures.push_back(
            {line.line, line.iteration, to_string(verdict.error()), play.log_of(matters_of(line))}
        );
        return;
    }
    if (verdict->expected == verdict->actual) {
        return;
    }
    const std::string expected = verdict->expected.empty() ? "no refusal" : verdict->expected;
    std::string message = "expected: " + expected + "\n  but got:  " + verdict->actual;
    if (!verdict->detail.empty()) {
        message += " (" + verdict->detail + ")";
    }
    outcome.failures.push_back(
        {line.line, line.iteration, std::move(message), play.log_of(verdict->matters)}
    );
    add_correction(outcome, line, *verdict);
}

}  // namespace

Outcome play(
    const Script& script,
    const Definitions& files,
    Coverage& coverage,
    const std::function<void(MemoryTenant&)>& at_end
) {
    Outcome outcome;
    outcome.file = script.file;
    outcome.kind = script.kind;
    auto tenant = set_up(script, files);
    if (!tenant) {
        outcome.failures.push_back({0, "", to_string(tenant.error()), ""});
        return outcome;
    }
    Play lines(script, **tenant, coverage);
    for (const auto& line : script.lines) {
        ++outcome.steps;
        if (line.form == LineForm::coverage) {
            outcome.coverage_line = line.line;
        }
        play_line(lines, line, outcome);
    }
    if (auto views = (*tenant)->check_views(); !views) {
        outcome.failures.push_back({0, "", to_string(views.error()), ""});
    }
    if (at_end) {
        at_end(**tenant);
    }
    return outcome;
}

Result<std::vector<std::string>> find_scripts(const std::vector<std::string>& paths) {
    std::vector<std::string> found;
    for (const auto& path : paths) {
        std::error_code failed;
        if (fs::is_regular_file(path, failed)) {
            found.push_back(path);
            continue;
        }
        if (!fs::is_directory(path, failed)) {
            return fail(Errc::not_found, "there is no file or folder '" + path + "'");
        }
        std::vector<std::string> below;
        for (auto one = fs::recursive_directory_iterator(path, failed);
             one != fs::recursive_directory_iterator();
             one.increment(failed)) {
            if (one->path().extension() == ".case") {
                below.push_back(one->path().string());
            }
        }
        std::ranges::sort(below);
        found.insert(found.end(), below.begin(), below.end());
    }
    return found;
}

}  // namespace zt::app::scenario
