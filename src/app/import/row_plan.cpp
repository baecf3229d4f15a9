#include "app/import/row_plan.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace zt::app {

namespace {

using kindfile::ColumnUse;
using kindfile::FieldTaking;
using kindfile::ImportMap;
using kindfile::MapStep;
using kindfile::RowCondition;

std::string in_column(const ColumnUse& column) { return "column '" + column.name + "'"; }

std::string_view trimmed(const Row& row, const ColumnUse& column) {
    return trim(row.value(column.name));
}

bool holds(const RowCondition& condition, const Row& row) {
    const std::string_view value = trimmed(row, condition.column);
    const bool is_one_of = std::ranges::find(condition.values, value) != condition.values.end();
    switch (condition.test) {
    case RowCondition::Test::is: return is_one_of;
    case RowCondition::Test::is_not: return !is_one_of;
    case RowCondition::Test::given: return !value.empty();
    case RowCondition::Test::empty: return value.empty();
    }
    return false;
}

bool is_meant(const MapStep& step, const Row& row) {
    return std::ranges::all_of(step.when, [&](const RowCondition& condition) {
        return holds(condition, row);
    });
}

Result<std::int64_t> number_in(const ColumnUse& column, const Row& row) {
    const std::string_view text = trimmed(row, column);
    // Spreadsheets write whole numbers as 3.0.
    const auto number = parse_int(text.ends_with(".0") ? text.substr(0, text.size() - 2) : text);
    if (!number || *number < 0) {
        return fail(Errc::bad_number, "'" + std::string(text) + "' is no count", in_column(column));
    }
    return *number;
}

/// The time that the columns give.
Result<UtcMs> time_of_step(const ImportMap& map, const MapStep& step, const Row& row, UtcMs ahead) {
    const auto& given = step.time.column;
    const auto& otherwise = step.time.otherwise;
    const ColumnUse* column = given ? &*given : nullptr;
    if (otherwise && (column == nullptr || trimmed(row, *column).empty())) {
        column = &*otherwise;
    }
    CHECK(column != nullptr);
    const std::string_view text = trimmed(row, *column);
    if (text.empty()) {
        return fail(
            Errc::missing_field,
            "is empty, and '" + std::string(row_of(step.verb).name) + "' needs its time",
            in_column(*column)
        );
    }
    auto written = kindfile::read_time(text, *map.formats_of(column->name));
    if (!written) {
        return fail(written.error().code, written.error().detail, in_column(*column));
    }
    if (step.time.days_later) {
        TRY(const std::int64_t days, number_in(*step.time.days_later, row));
        written->day += std::chrono::days{std::min<std::int64_t>(days, 100'000)};
    }
    return instant_of(map, *written, ahead);
}

Result<std::optional<PlannedField>>
take_field(const ImportMap& map, const FieldTaking& taking, const Row& row) {
    const std::string_view whole = row.value(taking.column.name);
    const std::string_view value = trim(whole);
    const auto otherwise = [&]() -> std::optional<PlannedField> {
        return taking.otherwise ? std::optional(PlannedField{taking.field, *taking.otherwise})
                                : std::nullopt;
    };
    if (value.empty()) {
        return otherwise();
    }
    if (taking.words.empty()) {
        const std::string_view text = taking.is_trimmed ? value : whole;
        return std::optional(
            PlannedField{taking.field, std::string(text), map.formats_of(taking.column.name)}
        );
    }
    for (const auto& pair : taking.words) {
        if (std::ranges::find(pair.from, value) != pair.from.end()) {
            return std::optional(PlannedField{taking.field, pair.to});
        }
    }
    if (taking.otherwise) {
        return otherwise();
    }
    return fail(
        Errc::bad_value,
        "the map has no word for '" + std::string(value) + "'; add it, or `else`, in " +
            taking.column.at,
        in_column(taking.column)
    );
}

Result<std::vector<PlannedField>>
fields_of(const ImportMap& map, const MapStep& step, const Row& row) {
    std::vector<PlannedField> fields;
    for (const auto& setting : step.set) {
        fields.push_back({setting.field, setting.value});
    }
    for (const auto& taking : step.take) {
        TRY(auto field, take_field(map, taking, row));
        if (field) {
            fields.push_back(*std::move(field));
        }
    }
    return fields;
}

/// How often a step happened by this row: once, never, or as a column says.
Result<std::int64_t> times_of(const MapStep& step, const Row& row) {
    if (!is_meant(step, row)) {
        return 0;
    }
    if (!step.repeat) {
        return 1;
    }
    if (trimmed(row, *step.repeat).empty()) {
        return 0;
    }
    TRY(const std::int64_t count, number_in(*step.repeat, row));
    if (count > repeats_max) {
        return fail(
            Errc::bad_number,
            std::to_string(count) + " times is more than can be meant",
            in_column(*step.repeat)
        );
    }
    return count;
}

/// Estimated steps lie evenly between the known ones around them, to the second; with none behind,
/// all at once.
void spread(std::vector<PlannedStep>& steps) {
    for (std::size_t first = 0; first < steps.size(); ++first) {
        if (!steps[first].is_estimated) {
            continue;
        }
        std::size_t behind = first;
        while (behind < steps.size() && steps[behind].is_estimated) {
            ++behind;
        }
        const UtcMs from = steps[first - 1].at;
        const UtcMs until = behind < steps.size() ? steps[behind].at : from;
        const auto parts = static_cast<std::int64_t>(behind - first) + 1;
        for (std::int64_t part = 1; part < parts; ++part) {
            const auto share = Millis{(until - from).count() * part / parts};
            steps[first + static_cast<std::size_t>(part) - 1].at =
                from + std::chrono::floor<std::chrono::seconds>(share);
        }
        first = behind;
    }
}

}  // namespace

UtcMs instant_of(const ImportMap& map, const kindfile::WrittenTime& written, UtcMs ahead) {
    const UtcMs midnight = start_of(written.day, map.offset);
    return written.time_of_day ? midnight + *written.time_of_day
                               : std::max(midnight + map.hour, ahead);
}

Result<std::string> row_id(const ImportMap& map, const Row& row) {
    std::vector<std::string> parts;
    for (const auto& column : map.id) {
        parts.emplace_back(trimmed(row, column));
        if (parts.back().empty()) {
            return fail(
                Errc::missing_field,
                "is empty; without an id a row cannot be told from others",
                in_column(column)
            );
        }
    }
    return join(parts, "\n");
}

Result<RowPlan> plan_row(const ImportMap& map, const Row& row) {
    if (row.refusal) {
        return std::unexpected(*row.refusal);
    }
    RowPlan plan;
    TRY(plan.id, row_id(map, row));
    UtcMs ahead = UtcMs::min();
    for (const MapStep& step : map.steps) {
        TRY(const std::int64_t times, times_of(step, row));
        if (times == 0) {
            continue;
        }
        PlannedStep planned;
        planned.verb = step.verb;
        planned.is_estimated = step.repeat.has_value();
        if (step.time.column) {
            TRY(ahead, time_of_step(map, step, row, ahead));
        }
        planned.at = ahead;
        TRY(planned.fields, fields_of(map, step, row));
        plan.steps.insert(plan.steps.end(), static_cast<std::size_t>(times), planned);
    }
    spread(plan.steps);
    return plan;
}

}  // namespace zt::app
