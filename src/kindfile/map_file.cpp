#include "kindfile/map_file.hpp"

#include "base/text.hpp"
#include "domain/vocabulary.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

/// A person reads a map from top to bottom; a life of more steps is written by several maps.
constexpr std::size_t steps_max = 32;
constexpr std::string_view default_org = "intake";

ColumnUse use_of(const Yaml& value) { return {value.text().value_or(""), value.at()}; }

std::optional<ColumnUse> column_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    return value ? std::optional(use_of(*value)) : std::nullopt;
}

/// A name or a list of names, each with its place.
std::vector<ColumnUse> columns_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    if (!value) {
        return {};
    }
    if (!value->is_list()) {
        return {use_of(*value)};
    }
    std::vector<ColumnUse> columns;
    for (const Yaml& item : value->items().value_or(std::vector<Yaml>{})) {
        columns.push_back(use_of(item));
    }
    return columns;
}

OfficeOffset read_offset(const Yaml& root, Errors& errors) {
    const auto value = root.find("offset");
    if (!value) {
        return {};
    }
    const std::string text = value->text().value_or("");
    constexpr std::string_view day = "2000-01-01T00:00";
    const auto here = parse_instant(std::string(day) + text);
    const auto there = parse_instant(std::string(day) + "Z");
    if (text.empty() || !here || !there) {
        errors.push_back(
            value->fail(Errc::bad_value, "`" + text + "` is no offset; right would be \"+08:00\"")
                .error()
        );
        return {};
    }
    return {std::chrono::duration_cast<std::chrono::minutes>(*there - *here)};
}

Millis read_hour(const Yaml& root, Errors& errors) {
    const auto value = root.find("hour");
    if (!value) {
        return Millis{0};
    }
    const std::string text = value->text().value_or("");
    const auto format = TimeFormat::parse("y-M-d HH:mm");
    const auto read = format ? format->read("2000-01-01 " + text)
                             : Result<WrittenTime>(std::unexpected(format.error()));
    if (!read || !read->time_of_day) {
        errors.push_back(
            value.value_or(root)
                .fail(Errc::bad_value, "`" + text + "` is no hour; right would be \"12:00\"")
                .error()
        );
        return Millis{0};
    }
    return read->time_of_day.value_or(Millis{0});
}

char read_separator(const Yaml& root, Errors& errors) {
    const auto value = root.find("separator");
    const std::string text = value ? value->text().value_or("") : ",";
    if (text == "tab") {
        return '\t';
    }
    if (text.size() != 1 || text == "\"") {
        errors.push_back(value.value_or(root)
                             .fail(Errc::bad_value, "a separator is one character, or `tab`")
                             .error());
        return ',';
    }
    return text.front();
}

TimeColumns read_times(const Yaml& row, Errors& errors) {
    TimeColumns times;
    times.columns = columns_at(row, "columns");
    for (const Yaml& item : items_at(row, "formats")) {
        auto format = TimeFormat::parse(item.text().value_or(""));
        if (format) {
            times.formats.push_back(*std::move(format));
        } else {
            errors.push_back(item.fail(Errc::bad_value, format.error().detail).error());
        }
    }
    if (times.formats.empty() && errors.empty()) {
        errors.push_back(row.fail(Errc::missing_key, "at least one format is needed").error());
    }
    return times;
}

RowCondition read_condition(const Yaml& row, Errors& errors) {
    RowCondition condition;
    condition.column = use_of(row.get("column").value_or(Yaml()));
    int tests = 0;
    for (const auto& [key, test] :
         {std::pair{"is", RowCondition::Test::is}, {"is_not", RowCondition::Test::is_not}}) {
        if (const auto values = row.find(key)) {
            condition.test = test;
            condition.values = values->texts().value_or(std::vector<std::string>{});
            ++tests;
        }
    }
    if (row.find("given")) {
        condition.test =
            flag_at(row, "given") ? RowCondition::Test::given : RowCondition::Test::empty;
        ++tests;
    }
    if (tests != 1) {
        errors.push_back(row.fail(Errc::bad_value, "say exactly one of is, is_not, given").error());
    }
    return condition;
}

FieldTaking read_taking(const YamlEntry& entry) {
    FieldTaking taking;
    taking.field = entry.key;
    if (entry.value.is_scalar()) {
        taking.column = use_of(entry.value);
        return taking;
    }
    taking.column = use_of(entry.value.get("column").value_or(Yaml()));
    for (const Yaml& row : items_at(entry.value, "words")) {
        taking.words.push_back({names_at(row, "from"), text_at(row, "to")});
    }
    if (entry.value.find("else")) {
        taking.otherwise = text_at(entry.value, "else");
    }
    taking.is_trimmed = !entry.value.find("trim") || flag_at(entry.value, "trim");
    return taking;
}

StepTime read_step_time(const Yaml& row) {
    StepTime time;
    time.at = row.at();
    const auto at = row.find("at");
    if (!at) {
        return time;
    }
    time.at = at->at();
    if (at->is_scalar()) {
        time.column = use_of(*at);
        return time;
    }
    time.column = column_at(*at, "column");
    time.otherwise = column_at(*at, "else");
    time.days_later = column_at(*at, "plus_days");
    return time;
}

MapStep read_step(const Yaml& row, Errors& errors) {
    MapStep step;
    step.at = row.at();
    step.verb = parse_verb(text_at(row, "do")).value_or(Verb::note);
    step.time = read_step_time(row);
    for (const Yaml& condition : items_at(row, "when")) {
        step.when.push_back(read_condition(condition, errors));
    }
    for (const YamlEntry& entry : entries_at(row, "set")) {
        step.set.push_back({entry.key, entry.value.text().value_or(""), entry.key_at});
    }
    for (const YamlEntry& entry : entries_at(row, "take")) {
        step.take.push_back(read_taking(entry));
        const auto twice = std::ranges::find(step.set, entry.key, &FieldSetting::field);
        if (twice != step.set.end()) {
            errors.push_back(
                {Errc::bad_value,
                 "`" + entry.key + "` is set and taken; keep one of them",
                 entry.key_at}
            );
        }
    }
    step.repeat = column_at(row, "repeat");
    return step;
}

void check_step_times(const ImportMap& map, Errors& errors) {
    for (const MapStep& step : map.steps) {
        const bool is_first = &step == &map.steps.front();
        if (is_first && (step.verb != Verb::register_ || !step.time.column || !step.when.empty() ||
                         step.repeat)) {
            errors.push_back(
                {Errc::bad_value,
                 "the first step is `register`, with `at` and without `when` and `repeat`",
                 step.at}
            );
        }
        if (!is_first && step.verb == Verb::register_) {
            errors.push_back(
                {Errc::bad_value,
                 "one row is one matter: `register` stands only in the first step",
                 step.at}
            );
        }
        if (step.repeat && step.time.column) {
            errors.push_back(
                {Errc::bad_value,
                 "a step with `repeat` has no `at`; its times are estimated",
                 step.time.at}
            );
        }
        for (const auto& column : {step.time.column, step.time.otherwise}) {
            if (column && map.formats_of(column->name) == nullptr) {
                errors.push_back(
                    {Errc::bad_value,
                     "column '" + column->name +
                         "' holds no times; add it to `times` with its formats",
                     column->at}
                );
            }
        }
    }
}

void check_hour(const ImportMap& map, const Yaml& root, Errors& errors) {
    for (const TimeColumns& times : map.times) {
        const auto day_only = std::ranges::find(times.formats, false, &TimeFormat::has_hour);
        if (day_only != times.formats.end() && !root.find("hour")) {
            errors.push_back(
                {Errc::missing_key,
                 "`" + day_only->text() +
                     "` has no hour: the key `hour` must say which one stands for it, as \"12:00\"",
                 times.columns.empty() ? root.at() : times.columns.front().at}
            );
            return;
        }
    }
}

ImportMap build(const Yaml& root, Errors& errors) {
    ImportMap map;
    map.file = root.file();
    map.name = text_at(root, "map");
    map.version = static_cast<std::uint32_t>(integer_at(root, "version", 1));
    map.title = title_at(root, "title");
    map.source = text_at(root, "source");
    map.kind = text_at(root, "kind");
    map.format = text_at(root, "format") == "csv" ? RowFormat::csv : RowFormat::jsonl;
    map.separator = read_separator(root, errors);
    map.id = columns_at(root, "id");
    map.offset = read_offset(root, errors);
    map.hour = read_hour(root, errors);
    const auto org = root.find("org");
    map.org = org ? org->text().value_or("") : std::string(default_org);
    map.org_at = org ? org->at() : root.at();
    for (const Yaml& row : items_at(root, "times")) {
        map.times.push_back(read_times(row, errors));
    }
    const auto steps = items_at(root, "steps");
    if (steps.empty() || steps.size() > steps_max) {
        errors.push_back(root.get("steps")
                             ->fail(Errc::bad_value, "1 to " + std::to_string(steps_max) + " steps")
                             .error());
    }
    for (const Yaml& row : steps) {
        map.steps.push_back(read_step(row, errors));
    }
    check_hour(map, root, errors);
    check_step_times(map, errors);
    return map;
}

std::string hint_of(std::string_view name, const std::vector<std::string>& known) {
    const std::string near = nearest(name, known);
    return near.empty() ? "; there are " + join(known, ", ") : "; did you mean " + near + "?";
}

/// Names that a verb's command may carry in an import: the kind's fields, hands, and what verbs
/// take.
std::vector<std::string> known_fields(const Kind& kind) {
    std::vector<std::string> names;
    for (const auto& field : kind.fields) {
        names.push_back(field.name);
    }
    for (const auto& hand : kind.hands) {
        names.push_back(hand.role);
    }
    for (const auto& question : kind.ratings) {
        names.push_back(question.name);
    }
    for (const auto& argument : argument_rows()) {
        names.emplace_back(argument.name);
    }
    return names;
}

void check_step(
    const MapStep& step, const Kind& kind, const std::vector<std::string>& fields, Errors& errors
) {
    std::vector<std::string> verbs;
    for (const auto& row : kind.transitions) {
        verbs.emplace_back(row_of(row.verb).name);
    }
    const std::string verb(row_of(step.verb).name);
    if (std::ranges::find(verbs, verb) == verbs.end()) {
        errors.push_back(
            {Errc::unknown_verb,
             "kind '" + kind.name + "' has no verb '" + verb + "'" + hint_of(verb, verbs),
             step.at}
        );
    }
    const auto check_field = [&](const std::string& field, const std::string& at) {
        if (std::ranges::find(fields, field) == fields.end()) {
            errors.push_back(
                {Errc::unknown_field,
                 "kind '" + kind.name + "' has no field '" + field + "'" + hint_of(field, fields),
                 at}
            );
        }
    };
    for (const auto& setting : step.set) {
        check_field(setting.field, setting.at);
    }
    for (const auto& taking : step.take) {
        check_field(taking.field, taking.column.at);
    }
}

}  // namespace

std::string_view name_of(RowFormat format) { return format == RowFormat::csv ? "csv" : "jsonl"; }

std::vector<ColumnUse> ImportMap::columns() const {
    std::vector<ColumnUse> all = id;
    const auto add = [&](const std::optional<ColumnUse>& column) {
        if (column) {
            all.push_back(*column);
        }
    };
    for (const auto& one : times) {
        all.insert(all.end(), one.columns.begin(), one.columns.end());
    }
    for (const auto& step : steps) {
        add(step.time.column);
        add(step.time.otherwise);
        add(step.time.days_later);
        for (const auto& condition : step.when) {
            all.push_back(condition.column);
        }
        for (const auto& taking : step.take) {
            all.push_back(taking.column);
        }
        add(step.repeat);
    }
    return all;
}

const std::vector<TimeFormat>* ImportMap::formats_of(std::string_view column) const {
    for (const auto& one : times) {
        if (std::ranges::find(one.columns, column, &ColumnUse::name) != one.columns.end()) {
            return &one.formats;
        }
    }
    return nullptr;
}

Checked<ImportMap> read_map_file(std::string_view text, std::string file) {
    const auto root = parse_yaml(text, std::move(file));
    if (!root) {
        return std::unexpected(Errors{root.error()});
    }
    Errors errors;
    check_shape(*root, map_shape(), errors);
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    ImportMap map = build(*root, errors);
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return map;
}

Errors check_map(const ImportMap& map, const Kinds& kinds) {
    const Kind* kind = kinds.newest(map.kind);
    if (kind == nullptr) {
        return {{Errc::unknown_kind, "no kind '" + map.kind + "' is in use here", map.file}};
    }
    Errors errors;
    const auto fields = known_fields(*kind);
    for (const auto& step : map.steps) {
        check_step(step, *kind, fields, errors);
    }
    return errors;
}

Errors check_columns(const ImportMap& map, const std::vector<std::string>& columns) {
    Errors errors;
    std::vector<std::string> told;
    for (const auto& use : map.columns()) {
        const bool is_known = std::ranges::find(columns, use.name) != columns.end();
        if (is_known || std::ranges::find(told, use.name) != told.end()) {
            continue;
        }
        told.push_back(use.name);
        errors.push_back(
            {Errc::unknown_column,
             "the rows have no column '" + use.name + "'" + hint_of(use.name, columns),
             use.at}
        );
    }
    return errors;
}

}  // namespace zt::kindfile
