// The predicates by name, and what it means when one fails as a guard.

#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using G = GuardClass;

const std::vector<GuardRow>& all_rows() {
    static const auto rows = [] {
        std::vector<GuardRow> list;
        for (const auto part :
             {guards_of_hands(),
              guards_of_levels(),
              guards_of_time(),
              guards_of_judgement(),
              guards_of_matters(),
              guards_of_protection(),
              guards_of_firms(),
              guards_of_amounts()}) {
            list.insert(list.end(), part.begin(), part.end());
        }
        return list;
    }();
    return rows;
}

const GuardRow& row_named(std::string_view name) {
    for (const auto& one : all_rows()) {
        if (one.row.name == name) {
            return one;
        }
    }
    // kindfile proves the words of every kind; another one here is a bug of ours.
    static const GuardRow never{
        {"", {}, 0, Errc::unknown_word, G::shape, "", ""},
        [](const Frame&, const std::vector<std::string>&) { return false; }
    };
    return never;
}

}  // namespace

std::span<const PredicateRow> predicate_rows() {
    static const auto views = [] {
        std::vector<PredicateRow> list;
        for (const auto& one : all_rows()) {
            list.push_back(one.row);
        }
        return list;
    }();
    return views;
}

const PredicateRow* find_predicate(std::string_view name) {
    const auto all = predicate_rows();
    const auto found = std::ranges::find(all, name, &PredicateRow::name);
    return found == all.end() ? nullptr : &*found;
}

bool holds(const Word& word, const Frame& frame) {
    return row_named(word.name).function(frame, word.args) != word.is_negated;
}

Result<void> guard(const Word& word, Frame& frame) {
    if (holds(word, frame)) {
        return {};
    }
    const PredicateRow& row = row_named(word.name).row;
    const Errc code =
        word.name == "duty_list_allows" ? duty_refusal(frame).value_or(row.refusal) : row.refusal;
    const bool is_judged = row.guard_class == G::shape || row.guard_class == G::stage;
    if (frame.is_import() && !is_judged) {
        const std::string mark(
            row.guard_class == G::asks ? std::string_view("not_in_source") : name_of(code)
        );
        if (std::ranges::find(frame.irregular, mark) == frame.irregular.end()) {
            frame.irregular.push_back(mark);
        }
        return {};
    }
    return fail(code, std::string(row.help) + " is required", "/guard/" + word.name);
}

}  // namespace zt
