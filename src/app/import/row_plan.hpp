#pragma once
// A row as the steps that a map makes of it: which verbs, when, with which texts. Pure; what the
// texts mean in the place (units, posts) is row_submit.hpp's work.

#include "app/import/row_reader.hpp"

namespace zt::app {

/// A step that is written as `repeat` happens at most so often; more is a wrong column.
inline constexpr std::int64_t repeats_max = 1000;

struct PlannedField {
    std::string name, text;
    const std::vector<kindfile::TimeFormat>* formats =
        nullptr;  ///< of the map, when the column holds times
};

struct PlannedStep {
    Verb verb = Verb::note;
    UtcMs at;
    bool is_estimated = false;  ///< how often is known, when is not
    std::vector<PlannedField> fields;
};

struct RowPlan {
    std::string id;
    std::vector<PlannedStep> steps;
};

/// The row's id: of several columns with a line break between them. errors: missing_field when it
/// is empty.
[[nodiscard]] Result<std::string> row_id(const kindfile::ImportMap& map, const Row& row);

/// errors, all of this row: its own refusal; missing_field, bad_date, bad_number, bad_value, `at`
/// naming the column.
[[nodiscard]] Result<RowPlan> plan_row(const kindfile::ImportMap& map, const Row& row);

/// A written time as an instant; one without an hour takes the map's, but never comes before
/// `ahead`.
[[nodiscard]] UtcMs
instant_of(const kindfile::ImportMap& map, const kindfile::WrittenTime& written, UtcMs ahead);

}  // namespace zt::app
