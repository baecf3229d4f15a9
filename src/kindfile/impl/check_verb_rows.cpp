// Rows of verbs: how a matter begins, what hides what, targets that always hold.

#include "kindfile/impl/check_scope.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

/// DESIGN.md 4: a verb may be dated back by at most 3 working days.
constexpr std::int64_t back_date_workdays_max = 3;

void check_row(CheckScope& scope, const Transition& row, std::size_t index) {
    if (row.verb == Verb::lapse || row.verb == Verb::settle) {
        scope.add(
            "forbidden_verb",
            row_path(index, "do"),
            std::string(row_of(row.verb).name) +
                " is the system's own; say under `lapse` of a clock what follows"
        );
    }
    if (row.back_date_workdays_max > back_date_workdays_max || row.back_date_workdays_max < 0) {
        scope.add(
            "back_date_too_long",
            row_path(index, "back_date"),
            "at most 3 working days may be dated back"
        );
    }
    if (row.to.back().condition) {
        scope.add(
            "missing_else",
            row_path(index, "to"),
            name_of_row(row) +
                ": when no condition holds there is no stage to go to; end with `else: STAGE`"
        );
    }
}

void check_beginning(CheckScope& scope) {
    bool has_begin = false;
    for (std::size_t i = 0; i < scope.kind.transitions.size(); ++i) {
        const Transition& row = scope.kind.transitions[i];
        has_begin = has_begin || (row.from.empty() && row.verb == Verb::register_);
        if (row.from.empty() && row.verb != Verb::register_) {
            scope.add(
                "no_beginning",
                row_path(i),
                name_of_row(row) + " has no `from`; only register begins a matter"
            );
        } else if (!row.from.empty() && row.verb == Verb::register_) {
            scope.add(
                "no_beginning", row_path(i, "from"), "register begins a matter; leave `from` out"
            );
        }
    }
    if (!has_begin) {
        scope.add("no_beginning", "/verbs", "no row of register begins the matter");
    }
}

bool is_subset(const std::vector<std::string>& inner, const std::vector<std::string>& outer) {
    return std::ranges::all_of(inner, [&](const std::string& name) {
        return contains(outer, name);
    });
}

/// The earlier row takes everything that the later one could.
bool hides(const Transition& earlier, const Transition& later) {
    const bool is_same_place =
        later.from.empty() == earlier.from.empty() && is_subset(later.from, earlier.from);
    const bool is_wider =
        !earlier.if_ || (later.if_ && to_string(*earlier.if_) == to_string(*later.if_));
    return earlier.verb == later.verb && is_same_place && is_subset(later.by, earlier.by) &&
           is_wider;
}

void check_hidden(CheckScope& scope) {
    const auto& rows = scope.kind.transitions;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            if (hides(rows[k], rows[i])) {
                scope.add(
                    "unreachable_row",
                    row_path(i),
                    name_of_row(rows[i]) + " is never tried: the row of line " +
                        std::to_string(rows[k].line) +
                        " takes the same stages and roles first; give that one an `if`, or put this one before it"
                );
                break;
            }
        }
    }
}

}  // namespace

void check_verb_rows(CheckScope& scope) {
    for (std::size_t i = 0; i < scope.kind.transitions.size(); ++i) {
        check_row(scope, scope.kind.transitions[i], i);
    }
    check_beginning(scope);
    check_hidden(scope);
}

}  // namespace zt::kindfile
