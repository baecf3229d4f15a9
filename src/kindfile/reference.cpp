#include "kindfile/reference.hpp"

#include "domain/score_sources.hpp"
#include "domain/vocabulary.hpp"
#include "kindfile/check.hpp"
#include "kindfile/score_file.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

/// A bar would end the cell of a table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    }
    return out;
}

std::string
usage_of(std::string_view name, std::span<const ArgType> args, std::size_t optional_args) {
    std::string text(name);
    for (std::size_t i = 0; i < args.size(); ++i) {
        const bool is_optional = i >= args.size() - optional_args;
        text += (i == 0 ? "(" : ",") + std::string(is_optional ? "[" : "") +
                std::string(name_of(args[i])) + (is_optional ? "]" : "");
    }
    return args.empty() ? text : text + ")";
}

std::string_view name_of(GuardClass guard_class) {
    switch (guard_class) {
    case GuardClass::shape: return "shape";
    case GuardClass::stage: return "stage";
    case GuardClass::time: return "time";
    case GuardClass::count: return "count";
    case GuardClass::role: return "role";
    case GuardClass::asks: return "asks";
    }
    return "";
}

std::string verbs_table() {
    std::string out = "| verb | 中文 | event | what happens |\n|---|---|---|---|\n";
    for (const VerbRow& row : verb_rows()) {
        out += "| `" + std::string(row.name) + "` | " + cell(row.zh) + " | " +
               std::string(row.event) + " | " + cell(row.help) + " |\n";
    }
    return out;
}

std::string predicates_table() {
    std::string out = "| word | 中文 | holds when | refusal | class |\n|---|---|---|---|---|\n";
    for (const PredicateRow& row : predicate_rows()) {
        out += "| `" + usage_of(row.name, row.args, row.optional_args) + "` | " +
               cell(row.help_zh) + " | " + cell(row.help) + " | " +
               std::string(zt::name_of(row.refusal)) + " | " +
               std::string(name_of(row.guard_class)) + " |\n";
    }
    return out;
}

std::string effects_table() {
    std::string out = "| word | 中文 | what it does |\n|---|---|---|\n";
    for (const EffectRow& row : effect_rows()) {
        out += "| `" + usage_of(row.name, row.args, row.optional_args) + "` | " +
               cell(row.help_zh) + " | " + cell(row.help) + " |\n";
    }
    return out;
}

std::string inputs_table() {
    std::string out = "| input | type | sealed | 中文 | help |\n|---|---|---|---|---|\n";
    for (const ArgumentRow& row : argument_rows()) {
        out += "| `" + std::string(row.name) + "` | " + std::string(zt::name_of(row.type)) + " | " +
               (row.is_personal ? "yes" : "") + " | " + cell(row.zh) + " | " + cell(row.help) +
               " |\n";
    }
    return out;
}

std::string checks_table(std::span<const CheckRow> rows) {
    std::string out = "| check | what it proves |\n|---|---|\n";
    for (const CheckRow& row : rows) {
        out += "| `" + std::string(row.id) + "` | " + cell(row.help) + " |\n";
    }
    return out;
}

std::string score_rates_table() {
    std::string out = "| rate | what is counted |\n|---|---|\n";
    for (const ScoreRateRow& row : score_rate_rows()) {
        out += "| `" + std::string(row.name) + (row.form == RateForm::rating ? "(QUESTION)" : "") +
               "` | " + cell(row.help) + " |\n";
    }
    return out;
}

std::string score_counters() {
    std::string out;
    for (const ScoreCountRow& row : score_count_rows()) {
        out += (out.empty() ? "`" : ", `") + std::string(row.name) + "`";
    }
    return out;
}

std::string guarantees_table() {
    std::string out = "| guarantee | what holds |\n|---|---|\n";
    for (const GuaranteeRow& row : guarantee_rows()) {
        out += "| `" + std::string(row.name) + "` | " + cell(row.help) + " |\n";
    }
    return out;
}

}  // namespace

std::string words_page() {
    return "# Words of kind files\n\n"
           "Made by the program from its own tables; do not edit. `ZHITONG_WRITE_REFERENCE=1 kindfile_test` "
           "writes it anew.\n\n"
           "## Verbs\n\nUnder `do` of a row. A kind may give each its own title.\n\n" +
           verbs_table() +
           "\n## Predicates\n\nUnder `when` (the first that fails refuses), `if`, `to`, `start_if`, `stop_if`, "
           "`show_if`. "
           "`not word` turns one round.\nThe last argument may stand several times when it is "
           "a value, a stage or a hand role: `field_is(urgency,high,urgent)`.\n"
           "The class says what an import does with a guard that fails: shape and stage refuse the "
           "row, all others mark the\nevent irregular (`asks`: `not_in_source`).\n\n" +
           predicates_table() + "\n## Effects\n\nUnder `then`, in order.\n\n" + effects_table() +
           "\n## Inputs of verbs\n\nMay stand in `fields` of a row without being declared; "
           "so may hand roles "
           "(the units that get such a hand) and the names\nof rating questions.\n\n" +
           inputs_table() +
           "\n## Checks\n\nWhat `zhitong kinds check` proves of each kind with each pack.\n\n" +
           checks_table(check_rows()) +
           "\n## Guarantees\n\nWhat a kind may state under `guarantees`; proven over its abstract states, and by the random "
           "walks.\n\n" +
           guarantees_table() +
           "\n## Lines of scores\n\nUnder `from` of a score file. Of matters that were refused or "
           "ended without being closed a rate keeps only\nwhat tells against the unit. "
           "`count(COUNTER)` takes one of " +
           score_counters() +
           "; `count(KIND.INDICATOR)`\nwhat a kind declares; `given` comes "
           "from outside.\n\n" +
           score_rates_table() +
           "\n## Checks of scores\n\nWhat `zhitong packs check` proves of each score.\n\n" +
           checks_table(score_check_rows());
}

}  // namespace zt::kindfile
