#include "app/scenario/coverage.hpp"

#include "domain/vocabulary.hpp"
#include "kindfile/shape.hpp"

#include <algorithm>

namespace zt::app::scenario {

namespace {

/// Before the first stage there is none.
constexpr std::string_view beginning = "(begin)";

std::string stage_of(const State* before) {
    return before == nullptr ? std::string(beginning) : before->stage;
}

std::string verb_key(const std::string& kind, const std::string& stage, Verb verb) {
    return kind + "|verb " + stage + " " + std::string(row_of(verb).name);
}

std::string refused_key(const std::string& kind, const std::string& stage, Verb verb, Errc code) {
    return kind + "|refused " + stage + " " + std::string(row_of(verb).name) + " " +
           std::string(name_of(code));
}

std::vector<std::string> stages_of(const Transition& row) {
    return row.from.empty() ? std::vector{std::string(beginning)} : row.from;
}

/// The three-list guard has a code for each list.
std::vector<Errc> refusals_of(const Word& word) {
    const PredicateRow* row = find_predicate(word.name);
    if (row == nullptr) {
        return {};
    }
    if (word.name == "duty_list_allows") {
        return {Errc::list_three_taken_back, Errc::list_two_needs_county};
    }
    return {row->refusal};
}

}  // namespace

void Coverage::take(const service::Committed& one) {
    const std::string& kind = one.after->kind;
    seen_.insert(verb_key(kind, stage_of(one.before.get()), one.event.verb));
    for (const auto& change : one.event.changes) {
        if (const auto* started = std::get_if<ClockStarted>(&change)) {
            seen_.insert(kind + "|clock " + started->clock.name);
        } else if (const auto* lapsed = std::get_if<ClockLapsed>(&change)) {
            seen_.insert(kind + "|lapse " + one.after->clock(lapsed->no)->name);
        }
    }
}

void Coverage::take(const Refusal& refusal) {
    seen_.insert(refused_key(refusal.kind, stage_of(refusal.before), refusal.verb, refusal.code));
}

std::vector<std::string> Coverage::missing(const Kind& kind) const {
    std::vector<std::string> missing;
    const auto add = [&](std::string what) {
        if (std::ranges::find(missing, what) == missing.end()) {
            missing.push_back(std::move(what));
        }
    };
    std::vector<std::string>
        guards;  ///< in order; each is passed, or refused, by any row that names it
    std::set<std::string> passed, refused;
    for (const auto& row : kind.transitions) {
        for (const auto& stage : stages_of(row)) {
            const bool is_seen = seen_.contains(verb_key(kind.name, stage, row.verb));
            if (!is_seen) {
                add("verb " + std::string(row_of(row.verb).name) + " in " + stage);
            }
            for (const auto& word : row.when) {
                const std::string guard = kindfile::to_string(word);
                guards.push_back(guard);
                if (is_seen) {
                    passed.insert(guard);
                }
                for (const Errc code : refusals_of(word)) {
                    if (seen_.contains(refused_key(kind.name, stage, row.verb, code))) {
                        refused.insert(guard);
                    }
                }
            }
        }
    }
    for (const auto& guard : guards) {
        if (!passed.contains(guard)) {
            add("guard " + guard + " passed");
        }
        if (!refused.contains(guard)) {
            add("guard " + guard + " refused");
        }
    }
    for (const auto& clock : kind.clocks) {
        if (!seen_.contains(kind.name + "|clock " + clock.name)) {
            add("clock " + clock.name + " started");
        }
        if (!seen_.contains(kind.name + "|lapse " + clock.name)) {
            add("lapse of " + clock.name);
        }
    }
    return missing;
}

}  // namespace zt::app::scenario
