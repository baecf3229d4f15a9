// Every title that people read has zh and en.

#include "base/text.hpp"
#include "kindfile/impl/check_scope.hpp"

namespace zt::kindfile {

namespace {

void check_title(CheckScope& scope, const Title& title, const std::string& path) {
    if (trim(title.zh).empty()) {
        scope.add("missing_label", path, path + " has no zh; write {zh: …, en: …}");
    }
    if (trim(title.en).empty()) {
        scope.add("missing_label", path, path + " has no en; write {zh: …, en: …}");
    }
}

template <class Rows>
void check_titles(CheckScope& scope, const Rows& rows, const std::string& path) {
    for (const auto& [key, title] : rows) {
        check_title(scope, title, path + "/" + key);
    }
}

void check_fields(CheckScope& scope) {
    for (const FieldRule& field : scope.kind.fields) {
        const std::string path = "/fields/" + field.name;
        check_title(scope, field.title, path + "/title");
        check_titles(scope, field.choices, path + "/choices");
        if (!field.help.zh.empty() || !field.help.en.empty()) {
            check_title(scope, field.help, path + "/help");
        }
    }
}

void check_rows(CheckScope& scope) {
    for (std::size_t i = 0; i < scope.kind.transitions.size(); ++i) {
        const Title& title = scope.kind.transitions[i].title;
        if (!title.zh.empty() || !title.en.empty()) {
            check_title(scope, title, row_path(i, "title"));
        }
    }
}

}  // namespace

void check_labels(CheckScope& scope) {
    const Kind& kind = scope.kind;
    check_title(scope, kind.title, "/title");
    check_title(scope, kind.help, "/help");
    check_fields(scope);
    check_rows(scope);
    for (const StageRule& stage : kind.stages) {
        check_title(scope, stage.title, "/stages/" + stage.name + "/title");
        check_title(scope, stage.public_title, "/stages/" + stage.name + "/public");
    }
    for (const ClockRule& clock : kind.clocks) {
        check_title(scope, clock.title, "/clocks/" + clock.name + "/title");
    }
    for (const Category& category : kind.categories) {
        check_title(scope, category.title, "/categories/" + category.key + "/title");
    }
    for (const HandRule& hand : kind.hands) {
        check_title(scope, hand.title, "/hands/" + hand.role + "/title");
    }
    for (const ItemListRule& list : kind.item_lists) {
        check_title(scope, list.title, "/item_lists/" + list.name + "/title");
    }
    for (const RatingQuestion& question : kind.ratings) {
        check_title(scope, question.title, "/ratings/" + question.name + "/title");
        check_titles(scope, question.answers, "/ratings/" + question.name + "/answers");
    }
    for (const RoundRule& round : kind.rounds) {
        check_title(scope, round.title, "/rounds/" + round.name + "/title");
    }
    for (const IndicatorRule& indicator : kind.indicators) {
        check_title(scope, indicator.title, "/indicators/" + indicator.name + "/title");
    }
}

}  // namespace zt::kindfile
