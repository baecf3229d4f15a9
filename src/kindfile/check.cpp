#include "kindfile/check.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "kindfile/impl/check_scope.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

constexpr std::array rows{
    CheckRow{"missing_label", "every title that people read has zh and en"},
    CheckRow{"unknown_stage", "every stage named exists"},
    CheckRow{"unknown_role", "every role named exists"},
    CheckRow{
        "unknown_field",
        "every field named is declared by the kind, an input of verbs, a hand role or a question"
    },
    CheckRow{"unknown_category", "every category named exists"},
    CheckRow{"unknown_clock", "every clock named exists, and none is a part of itself"},
    CheckRow{"unknown_hand", "every hand role named exists"},
    CheckRow{"unknown_list", "every item list named exists"},
    CheckRow{"unknown_link", "every link type that is read or told is set by some kind"},
    CheckRow{"unknown_reasons", "every list of reasons named stands in the pack"},
    CheckRow{"unknown_window", "every window named stands in the pack"},
    CheckRow{"unknown_limit", "every limit named stands in the pack"},
    CheckRow{"unknown_indicator", "every indicator counted is declared"},
    CheckRow{
        "unknown_notice",
        "every notice is on a verb or clock of the kind and goes to somebody known"
    },
    CheckRow{"unknown_kind", "every kind named exists"},
    CheckRow{"unknown_answer", "every answer and value named is one of the choices"},
    CheckRow{"unknown_word", "every predicate and effect is a word of the vocabulary"},
    CheckRow{"wrong_arguments", "every word has the arguments it takes, each of its type"},
    CheckRow{"bad_field_rule", "choices, limits and patterns of fields make sense"},
    CheckRow{"publishes_personal", "no personal field is published"},
    CheckRow{"publishes_numbers", "each row that publishes refuses numbers of persons"},
    CheckRow{
        "missing_weight", "the pack weighs every answer of the question that satisfaction counts"
    },
    CheckRow{"missing_holder", "each open stage has a holder"},
    CheckRow{"idle_holder", "each open stage has a verb that its holder may use"},
    CheckRow{"missing_clock", "each open stage has a clock that runs there, or says why not"},
    CheckRow{
        "record_incomplete",
        "a record has a holder, verbs amend and retire, and a day from which it holds"
    },
    CheckRow{
        "idle_clock",
        "each clock is listed by a stage, and some row starts it and some row stops it"
    },
    CheckRow{
        "lapse_nowhere",
        "each lapse tells somebody or does a verb that the system may do in those stages"
    },
    CheckRow{"two_finals", "at most one clock is final"},
    CheckRow{"no_beginning", "a row of register begins the matter, and no other verb does"},
    CheckRow{"forbidden_verb", "rows name no verb that is the system's own"},
    CheckRow{"back_date_too_long", "nothing is dated back by more than 3 working days"},
    CheckRow{"missing_else", "conditions of a target end with else"},
    CheckRow{"unreachable_row", "no row is hidden by an earlier one of the same verb"},
    CheckRow{"own_work", "nobody rates, calls back, verifies or reviews their own work"},
    CheckRow{"unreachable_stage", "each stage can be reached"},
    CheckRow{"dead_end", "no state is left without a way on before an end"},
    CheckRow{"cycle_without_end", "from every state an end can be reached"},
    CheckRow{"unknown_guarantee", "every guarantee stated exists"},
    CheckRow{"broken_guarantee", "every guarantee stated holds by the transitions"},
    CheckRow{
        "person_field",
        "no field on belief, ethnicity, politics, health, record, petitions, risk, friends or kin"
    },
    CheckRow{
        "rewards_silence",
        "no figure rewards silence or counts complaints against those who hear them"
    },
};

int line_of(const Error& error) {
    const auto colon = error.at.rfind(':');
    return static_cast<int>(parse_int(error.at.substr(colon + 1)).value_or(0));
}

void check_pack_clocks(const PackFile& file, const Kinds& kinds, Errors& errors) {
    for (const auto& [name, clock] : file.pack.clocks) {
        const auto dot = name.find('.');
        const Kind* kind = kinds.newest(name.substr(0, dot));
        const std::string at = file.file + ":" + std::to_string(file.lines.of("/clocks/" + name));
        if (kind == nullptr) {
            errors.push_back(
                {Errc::check_failed, "unknown_kind: no kind is called " + name.substr(0, dot), at}
            );
        } else if (kind->clock(name.substr(dot + 1)) == nullptr) {
            errors.push_back(
                {Errc::check_failed,
                 "unknown_clock: " + kind->name + " has no clock " + name.substr(dot + 1) +
                     hint(name.substr(dot + 1), names_of(kind->clocks, &ClockRule::name)),
                 at}
            );
        }
    }
}

void check_pack_weights(const PackFile& file, const Kinds& kinds, Errors& errors) {
    for (const auto& [name, weights] : file.pack.weights) {
        const auto dot = name.find('.');
        const std::string at = file.file + ":" + std::to_string(file.lines.of("/weights/" + name));
        const Kind* kind = dot == std::string::npos ? nullptr : kinds.newest(name.substr(0, dot));
        if (kind == nullptr) {
            errors.push_back(
                {Errc::check_failed, "unknown_kind: write KIND.QUESTION for " + name, at}
            );
            continue;
        }
        const auto question =
            std::ranges::find(kind->ratings, name.substr(dot + 1), &RatingQuestion::name);
        for (const auto& [answer, weight] : weights) {
            const bool is_known = question != kind->ratings.end() &&
                                  std::ranges::any_of(question->answers, [&](const auto& one) {
                                      return one.first == answer;
                                  });
            if (!is_known) {
                errors.push_back(
                    {Errc::check_failed, "unknown_answer: " + name + " has no answer " + answer, at}
                );
            }
        }
    }
}

/// Records end otherwise: retired, and erased one by one.
void check_pack_retention(const PackFile& file, const Kinds& kinds, Errors& errors) {
    for (const auto& [name, rule] : file.pack.retention) {
        const Kind* kind = kinds.newest(name);
        const std::string at =
            file.file + ":" + std::to_string(file.lines.of("/retention/" + name));
        if (kind == nullptr) {
            errors.push_back({Errc::check_failed, "unknown_kind: no kind is called " + name, at});
        } else if (kind->life == Life::record) {
            errors.push_back(
                {Errc::check_failed,
                 "kept_record: " + name + " is a register; retention is for matters",
                 at}
            );
        }
    }
}

}  // namespace

std::span<const CheckRow> check_rows() { return rows; }

void CheckScope::add(std::string_view id, int line, std::string detail) {
    CHECK(std::ranges::find(rows, id, &CheckRow::id) != rows.end());
    errors.push_back(
        {Errc::check_failed,
         std::string(id) + ": " + std::move(detail),
         kind.file + ":" + std::to_string(line)}
    );
}

std::string row_path(std::size_t index, std::string_view key) {
    return "/verbs/" + std::to_string(index) + (key.empty() ? "" : "/" + std::string(key));
}

std::string hint(std::string_view name, const std::vector<std::string>& known) {
    const std::string near = nearest(name, known);
    if (!near.empty()) {
        return "; did you mean " + near + "?";
    }
    return known.empty() ? "; none is declared" : "; known: " + join(known, ", ");
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::string name_of_row(const Transition& row) {
    return "`" + std::string(row_of(row.verb).name) + "` in line " + std::to_string(row.line);
}

Errors check_kind(const KindFile& file, const Pack& pack, const Kinds& kinds) {
    CheckScope scope{file, with_pack(file.kind, pack), pack, kinds, {}};
    check_labels(scope);
    check_names(scope);
    check_words(scope);
    check_forms(scope);
    check_stages(scope);
    check_clocks(scope);
    check_verb_rows(scope);
    check_fairness(scope);
    check_never(scope);
    check_paths(scope);
    std::ranges::sort(scope.errors, {}, [](const Error& e) {
        return std::pair(line_of(e), e.detail);
    });
    const auto twice = std::ranges::unique(scope.errors);
    scope.errors.erase(twice.begin(), twice.end());
    return std::move(scope.errors);
}

Errors check_pack(const PackFile& file, const Kinds& kinds) {
    Errors errors;
    check_pack_clocks(file, kinds, errors);
    check_pack_weights(file, kinds, errors);
    check_pack_retention(file, kinds, errors);
    return errors;
}

}  // namespace zt::kindfile
