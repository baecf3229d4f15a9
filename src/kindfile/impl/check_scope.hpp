#pragma once
// What every check of a kind looks at and where it writes.

#include "domain/vocabulary.hpp"
#include "kindfile/check.hpp"

namespace zt::kindfile {

struct CheckScope {
    const KindFile& file;
    Kind kind;  ///< with the pack's numbers
    const Pack& pack;
    const Kinds& kinds;
    Errors errors;

    /// id: of check_rows().
    void add(std::string_view id, int line, std::string detail);
    void add(std::string_view id, std::string_view path, std::string detail) {
        add(id, file.lines.of(path), std::move(detail));
    }
    [[nodiscard]] bool is_record() const { return kind.life == Life::record; }
};

/// Path of a verb row or of a key in it.
[[nodiscard]] std::string row_path(std::size_t index, std::string_view key = {});
/// "; did you mean x?" or "; known: a, b".
[[nodiscard]] std::string hint(std::string_view name, const std::vector<std::string>& known);
template <class Rows, class Member>
[[nodiscard]] std::vector<std::string> names_of(const Rows& rows, Member member) {
    std::vector<std::string> names;
    for (const auto& row : rows) {
        names.emplace_back(row.*member);
    }
    return names;
}
[[nodiscard]] bool contains(const std::vector<std::string>& names, std::string_view name);
/// `reply` in row of line 12.
[[nodiscard]] std::string name_of_row(const Transition& row);

void check_labels(CheckScope& scope);
void check_names(CheckScope& scope);
void check_words(CheckScope& scope);
void check_forms(CheckScope& scope);
void check_stages(CheckScope& scope);
void check_clocks(CheckScope& scope);
void check_verb_rows(CheckScope& scope);
void check_fairness(CheckScope& scope);
void check_never(CheckScope& scope);
/// Reachability, ends and guarantees, by exploring abstract states.
void check_paths(CheckScope& scope);

}  // namespace zt::kindfile
