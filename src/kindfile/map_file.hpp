#pragma once
// Map files: maps/*.yaml, how one row of a source becomes the commands of one matter.
// docs/operating/import.md shows the syntax.

#include "kindfile/kind_file.hpp"
#include "kindfile/time_format.hpp"

namespace zt::kindfile {

enum class RowFormat : std::uint8_t { jsonl, csv };
[[nodiscard]] std::string_view name_of(RowFormat format);

/// A column that a map names, and where it does.
struct ColumnUse {
    std::string name;
    std::string at;  ///< file:line
    bool operator==(const ColumnUse&) const = default;
};

/// Columns that hold times, and the forms in which they do, tried in order.
struct TimeColumns {
    std::vector<ColumnUse> columns;
    std::vector<TimeFormat> formats;
};

/// A field with the same value in every row.
struct FieldSetting {
    std::string field, value;
    std::string at;
};

struct WordPair {
    std::vector<std::string> from;
    std::string to;
};

/// A field whose value a column holds, as it stands or through a list of words.
struct FieldTaking {
    std::string field;
    ColumnUse column;
    std::vector<WordPair> words;           ///< empty: the value as it stands
    std::optional<std::string> otherwise;  ///< when the column is empty, or is no word of the list
    bool is_trimmed = true;
};

/// Every condition of a step must hold for a row, else the row goes without that step.
struct RowCondition {
    enum class Test : std::uint8_t { is, is_not, given, empty };
    ColumnUse column;
    Test test = Test::given;
    std::vector<std::string> values;
};

/// When a step happened: as a column says, else another; some days later; or with the step ahead.
struct StepTime {
    std::optional<ColumnUse> column, otherwise, days_later;
    std::string at;
};

struct MapStep {
    Verb verb = Verb::note;
    StepTime time;
    std::vector<RowCondition> when;
    std::vector<FieldSetting> set;
    std::vector<FieldTaking> take;
    std::optional<ColumnUse> repeat;  ///< holds how often it happened; when is not known
    std::string at;
};

struct ImportMap {
    std::string name, file;
    std::uint32_t version = 1;
    Title title;
    std::string source;  ///< with the row's id it makes the idempotency key
    std::string kind;
    RowFormat format = RowFormat::jsonl;
    char separator = ',';
    std::vector<ColumnUse> id;
    OfficeOffset offset;
    Millis hour{0};  ///< of a time that is a day only
    std::string
        org;  ///< code, name or function of the unit for rows that name none that the place knows
    std::string org_at;
    std::vector<TimeColumns> times;
    std::vector<MapStep> steps;

    /// Every column that the map names, in order of the file; the same one may stand several times.
    [[nodiscard]] std::vector<ColumnUse> columns() const;
    /// The forms of a time column; null for other columns.
    [[nodiscard]] const std::vector<TimeFormat>* formats_of(std::string_view column) const;
};

/// The keys of a map file, for the reader, JSON Schema and documents.
[[nodiscard]] const Shape& map_shape();

/// All that is wrong with the text by itself, in order of lines.
[[nodiscard]] Checked<ImportMap> read_map_file(std::string_view text, std::string file);

/// Kind, verbs and fields exist. out: all that is wrong; empty: the map fits.
[[nodiscard]] Errors check_map(const ImportMap& map, const Kinds& kinds);

/// Every column that the map names is one of these. out: unknown_column for each that is not, with
/// the nearest.
[[nodiscard]] Errors check_columns(const ImportMap& map, const std::vector<std::string>& columns);

}  // namespace zt::kindfile
