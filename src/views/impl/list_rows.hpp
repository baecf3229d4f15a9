#pragma once
// A row of the lists between State, ListRow and SQLite, and filters as SQL.

#include "views/impl/database.hpp"
#include "views/lists.hpp"

#include <set>

namespace zt::views::impl {

/// Columns of a ListRow in the order that row_at reads.
inline constexpr std::string_view columns =
    "matter.id, number, kind, stage, channel, category, is_record, counts, office, lead, area, protection, registered,"
    " changed, closed, is_published, is_erased, version, outline";
inline constexpr int columns_count = 19;

[[nodiscard]] inline std::int64_t ms(UtcMs at) { return at.time_since_epoch().count(); }

/// What a filter is in SQL. With one involved org the rows are met in the order of that org's list,
/// so that a page reads no more than it shows; otherwise in the order of matters.
struct Where {
    std::string from = " FROM matter";
    std::string time = "registered", id = "id";
    std::vector<std::string> parts;
    std::vector<Value> values;

    explicit Where(const ListFilter& filter);
    [[nodiscard]] std::string sql() const;

  private:
    void equals(std::string_view column, std::int64_t value);
    void any_of(std::string_view column, const std::vector<std::string>& words);
    void add_orgs(const ListFilter& filter);
};

/// errors: damaged (a number that names no counts or protection).
[[nodiscard]] Result<ListRow> row_at(const Cursor& cursor);
/// Ids of orgs, in order.
using Orgs = std::set<std::int64_t>;
[[nodiscard]] ListRow row_of(const State& state);
/// In the order of `columns`.
[[nodiscard]] std::vector<Value> values_of(const ListRow& row);
/// Parts never leave a matter, so whoever held a hand stays involved; an office that passed it up
/// does not.
[[nodiscard]] Orgs involved_in(const State& state);
[[nodiscard]] Orgs accused_in(const State& state);
[[nodiscard]] std::string text_of(const Orgs& orgs);
[[nodiscard]] Orgs orgs_of(const std::string& text);
/// Writes a matter's row and the orgs that it is found or hidden by.
[[nodiscard]] Result<void> put_state(Database& database, const State& state);

}  // namespace zt::views::impl
