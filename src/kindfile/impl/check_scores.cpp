// What is proven of a score. SYSTEMS.md, "What it never does", 5: one more appeal handled well
// never lowers a score, one more refused or withdrawn never raises it. Points never fall when the
// value of a line gets better, rounding and clamping keep that order, and a sum keeps it too; so it
// is enough to show for each line that the value itself does not move the wrong way, and that a
// line which is not judged yet cannot cost anything when it is (domain/score.hpp, ScoreLine). 6:
// what may be read is a closed list of what units do on matters, and the words of what is counted
// elsewhere are looked at.

#include "base/text.hpp"
#include "domain/score_sources.hpp"
#include "kindfile/impl/check_scope.hpp"
#include "kindfile/impl/never_words.hpp"
#include "kindfile/score_file.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

constexpr std::array rows{
    CheckRow{"unknown_kind", "every kind named exists"},
    CheckRow{"unknown_reading", "every rate, question and counter that a line reads exists"},
    CheckRow{"unknown_group", "every group that a line names exists"},
    CheckRow{
        "unknown_answer", "every answer weighed exists, and every answer that exists is weighed"
    },
    CheckRow{
        "out_of_range",
        "floor ≤ full ≤ cap, a rate's target lies between 0 and 100, its numbers no more places "
        "than points"
    },
    CheckRow{"too_few_ratings", "no rating is judged from fewer than 5"},
    CheckRow{
        "rewards_silence", "nothing takes points for appeals, petitions, contests, bad ratings"
    },
    CheckRow{"punishes_good_work", "one more appeal handled well never lowers a score"},
    CheckRow{"rewards_refusal", "one more appeal refused or withdrawn never raises a score"},
    CheckRow{"scores_presence", "nobody is scored by logins, time online, forwarding or likes"},
};

struct Scope {
    const ScoreFile& file;
    const Kinds& kinds;
    Errors errors;

    void
    add(std::string_view id, const ScoreIndicator& line, std::string_view key, std::string detail) {
        const std::string path =
            "/indicators/" + line.name + (key.empty() ? "" : "/" + std::string(key));
        errors.push_back(
            {Errc::check_failed,
             std::string(id) + ": " + std::move(detail),
             file.file + ":" + std::to_string(file.lines.of(path))}
        );
    }
};

/// The kind's own indicator that count(KIND.INDICATOR) names; null when there is none.
const IndicatorRule* declared(const Scope& scope, const std::string& name) {
    const std::size_t dot = name.find('.');
    const Kind* kind = dot == std::string::npos ? nullptr : scope.kinds.newest(name.substr(0, dot));
    if (kind == nullptr) {
        return nullptr;
    }
    const auto found =
        std::ranges::find(kind->indicators, name.substr(dot + 1), &IndicatorRule::name);
    return found == kind->indicators.end() ? nullptr : &*found;
}

const RatingQuestion* question_of(const Scope& scope, const std::string& name) {
    for (const std::string& kind_name : scope.file.score.kinds) {
        const Kind* kind = scope.kinds.newest(kind_name);
        if (kind == nullptr) {
            continue;
        }
        const auto found = std::ranges::find(kind->ratings, name, &RatingQuestion::name);
        if (found != kind->ratings.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::vector<std::string> readable() {
    std::vector<std::string> names = {"count", "given"};
    for (const ScoreRateRow& row : score_rate_rows()) {
        names.emplace_back(row.name);
    }
    return names;
}

void check_answers(Scope& scope, const ScoreIndicator& line, const RatingQuestion& question) {
    for (const auto& [answer, weight] : line.answers) {
        const bool is_known = std::ranges::any_of(question.answers, [&](const auto& one) {
            return one.first == answer;
        });
        if (!is_known) {
            scope.add(
                "unknown_answer",
                line,
                "answers/" + answer,
                question.name + " has no answer " + answer
            );
        }
    }
    for (const auto& [answer, title] : question.answers) {
        if (!line.answers.contains(answer)) {
            scope.add(
                "unknown_answer", line, "answers", "the answer " + answer + " is not weighed"
            );
        }
    }
}

bool has_shape(const Word& from) {
    const bool takes_argument = from.name == "rating" || from.name == "count";
    return !from.is_negated && from.args.size() == (takes_argument ? 1U : 0U);
}

/// out: whether the line reads something that exists.
bool check_reading(Scope& scope, const ScoreIndicator& line) {
    const std::string& name = line.from.name;
    const auto known = readable();
    if (!contains(known, name) || !has_shape(line.from)) {
        const std::string near = nearest(name, known);
        scope.add(
            "unknown_reading",
            line,
            "from",
            "`" + to_string(line.from) + "` reads nothing" +
                (near.empty() || near == name ? "; write one of " + join(known, ", ") +
                                                    " (rating and count with one argument)"
                                              : "; did you mean " + near + "?")
        );
        return false;
    }
    if (name == "rating") {
        const RatingQuestion* question = question_of(scope, line.from.args[0]);
        if (question == nullptr) {
            scope.add(
                "unknown_reading", line, "from", "no kind named asks `" + line.from.args[0] + "`"
            );
            return false;
        }
        check_answers(scope, line, *question);
    } else if (!line.answers.empty()) {
        scope.add("unknown_answer", line, "answers", "only rating(QUESTION) weighs answers");
    }
    if (name == "count" && find_score_count(line.from.args[0]) == nullptr &&
        declared(scope, line.from.args[0]) == nullptr) {
        scope.add(
            "unknown_reading",
            line,
            "from",
            "`" + line.from.args[0] + "` is neither a counter nor KIND.INDICATOR"
        );
        return false;
    }
    return true;
}

void check_range(Scope& scope, const ScoreIndicator& line) {
    if (line.floor > line.full || line.full > line.cap) {
        const bool is_floor = line.floor > line.full;
        scope.add(
            "out_of_range", line, is_floor ? "floor" : "cap", "floor ≤ full ≤ cap does not hold"
        );
    }
    if (is_rate(line) && line.target > 100 * score_unit) {
        scope.add("out_of_range", line, "target", "a rate is at most 100 per cent");
    }
    std::int64_t step = score_unit;
    for (int place = 0; place < scope.file.score.rounding.points; ++place) {
        step /= 10;
    }
    for (const auto& [key, points] :
         {std::pair{"full", line.full}, {"floor", line.floor}, {"cap", line.cap}}) {
        if (points % step != 0) {
            scope.add("out_of_range", line, key, "has more places than `rounding.points`");
        }
    }
}

/// The most that an answer weighs: what an appeal handled well brings where its requester rates.
std::int64_t best_answer(const ScoreIndicator& line) {
    std::int64_t best = 0;
    for (const auto& [answer, weight] : line.answers) {
        best = std::max(best, weight);
    }
    return line.from.name == "rating" ? best : score_unit;
}

/// For all 0 ≤ n ≤ d: (n + a) ÷ (d + b) ≥ n ÷ d.
bool never_falls(RateAddition more, std::int64_t best) {
    return more.numerator * best >= more.denominator * score_unit;
}

/// For all 0 ≤ n ≤ d: (n + a) ÷ (d + b) ≤ n ÷ d.
bool never_rises(RateAddition more, std::int64_t best) { return more.numerator * best == 0; }

void check_rate(Scope& scope, const ScoreIndicator& line, const ScoreRateRow& row) {
    const std::int64_t best = best_answer(line);
    const bool is_higher = line.better == Better::higher;
    const bool is_fair = std::ranges::all_of(row.handled_well, [&](RateAddition more) {
        return is_higher ? never_falls(more, best) : never_rises(more, best);
    });
    if (!is_fair) {
        scope.add(
            "punishes_good_work",
            line,
            "from",
            "one more appeal handled well can make " + to_string(line.from) + " worse (" +
                std::string(row.help) + ")"
        );
    }
    const bool is_earned = std::ranges::all_of(row.dropped, [&](RateAddition more) {
        return is_higher ? never_rises(more, best) : never_falls(more, best);
    });
    if (!is_earned) {
        scope.add(
            "rewards_refusal",
            line,
            "from",
            "one more appeal refused or withdrawn can make " + to_string(line.from) + " better"
        );
    }
}

ScoreCountRow count_row(const Scope& scope, const std::string& name) {
    const ScoreCountRow* row = find_score_count(name);
    return row != nullptr ? *row : score_count_of(*declared(scope, name));
}

void check_count(Scope& scope, const ScoreIndicator& line) {
    const ScoreCountRow row = count_row(scope, line.from.args[0]);
    const bool is_higher = line.better == Better::higher;
    if (!is_higher && row.is_voice) {
        scope.add(
            "rewards_silence",
            line,
            "better",
            "fewer of " + line.from.args[0] + " would give more points: people would be kept quiet"
        );
    } else if (!is_higher && row.handled_well > 0) {
        scope.add(
            "punishes_good_work",
            line,
            "better",
            "one more appeal handled well can raise " + line.from.args[0] + ", which costs points"
        );
    }
    if (is_higher && row.dropped > 0) {
        scope.add(
            "rewards_refusal", line, "from", "more of " + line.from.args[0] + " gives more points"
        );
    }
}

void check_words(Scope& scope, const ScoreIndicator& line) {
    std::vector<std::pair<std::string, Title>> spoken = {{line.name, line.title}};
    if (const IndicatorRule* rule =
            line.from.name == "count" ? declared(scope, line.from.args[0]) : nullptr) {
        spoken.emplace_back(rule->name, rule->title);
    }
    for (const auto& [name, title] : spoken) {
        const std::string silence = silence_word(name, title);
        const std::string voice =
            line.better == Better::lower ? voice_word(name, title) : std::string();
        if (!silence.empty() || !voice.empty()) {
            scope.add(
                "rewards_silence",
                line,
                "",
                name + " (" + title.zh + ") matches `" + silence + voice +
                    "`; no score may reward that nobody speaks up"
            );
        }
        const std::string presence = presence_word(name, title);
        if (!presence.empty()) {
            scope.add(
                "scores_presence",
                line,
                "",
                name + " (" + title.zh + ") matches `" + presence + "`; being seen is no work"
            );
        }
    }
}

void check_group(Scope& scope, const ScoreIndicator& line) {
    const auto& groups = scope.file.score.groups;
    if (!line.group.empty() &&
        std::ranges::find(groups, line.group, &ScoreGroup::name) == groups.end()) {
        scope.add("unknown_group", line, "group", "no group is called " + line.group);
    }
}

void check_line(Scope& scope, const ScoreIndicator& line) {
    check_range(scope, line);
    check_group(scope, line);
    const bool is_readable = check_reading(scope, line);
    if (line.from.name == "rating" && line.min < ratings_judged_min) {
        scope.add(
            "too_few_ratings",
            line,
            "min",
            "ratings are judged from " + std::to_string(ratings_judged_min) +
                " on; fewer say more about single people than about the unit"
        );
    }
    if (!is_readable) {
        return;
    }
    if (line.from.name == "count") {
        check_count(scope, line);
    } else if (const ScoreRateRow* row = find_score_rate(line.from.name)) {
        check_rate(scope, line, *row);
    }
    check_words(scope, line);
}

}  // namespace

std::span<const CheckRow> score_check_rows() { return rows; }

Errors check_score(const ScoreFile& file, const Kinds& kinds) {
    Scope scope{file, kinds, {}};
    for (const std::string& name : file.score.kinds) {
        if (kinds.newest(name) == nullptr) {
            scope.errors.push_back(
                {Errc::check_failed,
                 "unknown_kind: no kind is called " + name,
                 file.file + ":" + std::to_string(file.lines.of("/kinds"))}
            );
        }
    }
    for (const ScoreIndicator& line : file.score.indicators) {
        check_line(scope, line);
    }
    return std::move(scope.errors);
}

}  // namespace zt::kindfile
