// The keys of a map file.

#include "kindfile/map_file.hpp"

namespace zt::kindfile {

namespace {

using enum Need;

constexpr KeyRow time_keys[] = {
    {"columns", Form::names, required, "columns that hold times"},
    {"formats", Form::texts, required, "forms in which they do, tried in order: y/M/d H:m:s"},
};
constexpr Shape time_row{"times", "columns that hold times", time_keys};

constexpr KeyRow condition_keys[] = {
    {"column", Form::text, required, "the column that is looked at"},
    {"is", Form::texts, optional, "holds when the column has one of these values"},
    {"is_not", Form::texts, optional, "holds when the column has none of these values"},
    {"given", Form::flag, optional, "yes: holds when the column is not empty; no: when it is"},
};
constexpr Shape condition_row{
    "condition", "one of is, is_not, given; all rows must hold", condition_keys
};

constexpr KeyRow word_keys[] = {
    {"from", Form::names, required, "one value of the column, or several"},
    {"to", Form::text, required, "what the field then holds"},
};
constexpr Shape word_row{"words", "a word of the source and ours", word_keys};

constexpr KeyRow take_keys[] = {
    {"column", Form::text, required, "the column that holds the value"},
    {"words",
     Form::rows,
     optional,
     "the source's words and ours; without: the value as it stands",
     &word_row},
    {"else", Form::text, optional, "when the column is empty or holds none of the words"},
    {"trim", Form::flag, optional, "no: white space at both ends stays"},
};
constexpr Shape take_part{
    "take", "a field from a column; the short form is the column's name", take_keys
};

constexpr KeyRow at_keys[] = {
    {"column", Form::text, required, "the column that holds the time"},
    {"else", Form::text, optional, "the column that holds it when the first one is empty"},
    {"plus_days", Form::text, optional, "a column with a number of days to add"},
};
constexpr Shape at_part{"at", "when it happened; the short form is the column's name", at_keys};

constexpr KeyRow step_keys[] = {
    {"do", Form::verb, required, "the verb"},
    {"at", Form::part_or_text, optional, "when it happened; without: with the step ahead", &at_part
    },
    {"when", Form::rows, optional, "only in rows for which these hold", &condition_row},
    {"set", Form::text_map, optional, "fields with the same value in every row"},
    {"take", Form::parts_or_texts, optional, "fields whose value a column holds", &take_part},
    {"repeat",
     Form::text,
     optional,
     "a column that says how often; spread evenly and marked estimated"},
};
constexpr Shape step_row{"step", "one command", step_keys};

constexpr KeyRow map_keys[] = {
    {"map", Form::name, required, "its name, that of the file"},
    {"version", Form::integer, required, "raised with each change"},
    {"title", Form::title, required, "what people read"},
    {"source",
     Form::name,
     required,
     "whose rows these are; with the row's id it tells a row that came before"},
    {"kind", Form::name, required, "the kind of the matters"},
    {"format", Form::option, required, "how rows are written", nullptr, "jsonl|csv"},
    {"separator", Form::text, optional, "of CSV; a comma when absent, `tab` for a tab"},
    {"id", Form::names, required, "the column, or columns together, that tell rows apart"},
    {"offset", Form::text, optional, "of the times from UTC; +08:00 when absent"},
    {"hour", Form::text, optional, "HH:MM that stands for the hour of a time that is a day only"},
    {"org",
     Form::text,
     optional,
     "unit where a row names none that the place knows; intake when absent"},
    {"times", Form::rows, required, "columns that hold times", &time_row},
    {"steps", Form::rows, required, "the commands, in order; the first is register", &step_row},
};
constexpr Shape map_file_part{"map", "a map file", map_keys};

}  // namespace

const Shape& map_shape() { return map_file_part; }

}  // namespace zt::kindfile
