#include "kindfile/shape.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

void keep(const Result<void>& result, Errors& errors) {
    if (!result) {
        errors.push_back(result.error());
    }
}

/// The result without its value.
template <class T>
Result<void> outcome(const Result<T>& result) {
    return result ? Result<void>{} : Result<void>(std::unexpected(result.error()));
}

Result<void> check_name(const Yaml& value, std::string_view name) {
    const bool is_sound =
        !name.empty() && name.find_first_of(" ()[]{},:!=\"'") == std::string_view::npos;
    if (is_sound) {
        return {};
    }
    return value.fail(
        Errc::bad_value,
        "`" + std::string(name) + "` is not a name; no blanks, commas, colons or brackets"
    );
}

Result<void> check_name(const Yaml& value) {
    TRY(const auto name, value.text());
    return check_name(value, name);
}

Result<void> check_text(const Yaml& value) {
    TRY(const auto text, value.text());
    return trim(text).empty() ? value.fail(Errc::bad_value, "is empty; a text is needed")
                              : Result<void>{};
}

Result<void> check_title(const Yaml& value) {
    TRY_VOID(value.allow({"zh", "en"}));
    TRY(const auto entries, value.entries());
    for (const YamlEntry& entry : entries) {
        TRY_VOID(outcome(entry.value.text()));
    }
    return {};
}

Result<void> check_length(const Yaml& value) {
    TRY(const auto text, value.text());
    const auto length = calendar::parse_length(text);
    return length ? Result<void>{} : value.fail(Errc::bad_value, length.error().detail);
}

Result<void> check_one_word(const Yaml& value) {
    TRY(const auto words, read_words(value));
    return words.size() == 1 ? Result<void>{}
                             : value.fail(Errc::bad_value, "exactly one word is needed");
}

Result<void> check_option(const Yaml& value, std::string_view options) {
    TRY(const auto text, value.text());
    const auto all = options_of(options);
    if (std::ranges::find(all, text) != all.end()) {
        return {};
    }
    const std::string near = nearest(text, all);
    return value.fail(
        Errc::bad_value,
        "`" + text + "` is not one of " + join(all, ", ") +
            (near.empty() ? "" : "; did you mean " + near + "?")
    );
}

Result<void> check_verb(const Yaml& value) {
    TRY(const auto text, value.text());
    const auto verb = parse_verb(text);
    return verb ? Result<void>{} : value.fail(Errc::unknown_verb, verb.error().detail);
}

/// Runs a check over one value or each item of a list.
template <class Check>
void check_each(const Yaml& value, Errors& errors, const Check& check) {
    if (!value.is_list()) {
        keep(check(value), errors);
        return;
    }
    for (const Yaml& item : value.items().value_or(std::vector<Yaml>{})) {
        keep(check(item), errors);
    }
}

/// Runs a check over each value of a map with free keys.
template <class Check>
void check_values(const Yaml& value, Errors& errors, const Check& check) {
    const auto entries = value.entries();
    if (!entries) {
        errors.push_back(entries.error());
        return;
    }
    for (const YamlEntry& entry : *entries) {
        auto named = check_name(entry.value, entry.key);
        if (!named) {
            named.error().at = entry.key_at;
        }
        keep(named, errors);
        check(entry.value);
    }
}

void check_targets(const Yaml& value, Errors& errors) {
    if (value.is_scalar()) {
        keep(check_name(value), errors);
        return;
    }
    const auto entries = value.entries();
    if (!entries) {
        errors.push_back(entries.error());
        return;
    }
    for (std::size_t i = 0; i < entries->size(); ++i) {
        const YamlEntry& entry = (*entries)[i];
        keep(check_name(entry.value), errors);
        const auto word = parse_word(entry.key);
        if (!word) {
            errors.push_back(
                {word.error().code, value.path() + ": " + word.error().detail, entry.key_at}
            );
        } else if (word->name == "else" && i + 1 != entries->size()) {
            errors.push_back(
                {Errc::bad_value,
                 value.path() + ": `else` must come last, what follows is never reached",
                 entry.key_at}
            );
        }
    }
}

void check_rows(const Yaml& value, const KeyRow& row, Errors& errors) {
    const auto items = value.items();
    if (!items) {
        errors.push_back(items.error());
        return;
    }
    for (const Yaml& item : *items) {
        check_shape(item, *row.shape, errors);
    }
}

void check_part_or_text(const Yaml& value, const Shape& shape, Errors& errors) {
    if (value.is_scalar()) {
        keep(check_text(value), errors);
    } else {
        check_shape(value, shape, errors);
    }
}

void check_collection(const Yaml& value, const KeyRow& row, Errors& errors) {
    const auto title = [&](const Yaml& v) { keep(check_title(v), errors); };
    switch (row.form) {
    case Form::text_map:
        return check_values(value, errors, [&](const Yaml& v) { keep(check_text(v), errors); });
    case Form::titles: return check_values(value, errors, title);
    case Form::lists:
        return check_values(value, errors, [&](const Yaml& v) { check_values(v, errors, title); });
    case Form::parts:
        return check_values(value, errors, [&](const Yaml& v) {
            check_shape(v, *row.shape, errors);
        });
    case Form::parts_or_texts:
        return check_values(value, errors, [&](const Yaml& v) {
            check_part_or_text(v, *row.shape, errors);
        });
    case Form::part: return check_shape(value, *row.shape, errors);
    case Form::part_or_text: return check_part_or_text(value, *row.shape, errors);
    case Form::rows: return check_rows(value, row, errors);
    default: UNREACHABLE();
    }
}

void check_form(const Yaml& value, const KeyRow& row, Errors& errors) {
    switch (row.form) {
    case Form::text: return keep(check_text(value), errors);
    case Form::name: return keep(check_name(value), errors);
    case Form::title: return keep(check_title(value), errors);
    case Form::note: return keep(value.is_map() ? check_title(value) : check_text(value), errors);
    case Form::flag: return keep(outcome(read_flag(value)), errors);
    case Form::integer: return keep(outcome(value.integer()), errors);
    case Form::decimal: return keep(outcome(read_millionths(value)), errors);
    case Form::date: return keep(outcome(value.date()), errors);
    case Form::length: return keep(check_length(value), errors);
    case Form::length_rule: return keep(outcome(read_length_rule(value)), errors);
    case Form::word: return keep(check_one_word(value), errors);
    case Form::words: return keep(outcome(read_words(value)), errors);
    case Form::names: return check_each(value, errors, [](const Yaml& v) { return check_text(v); });
    case Form::verb: return keep(check_verb(value), errors);
    case Form::verbs: return check_each(value, errors, check_verb);
    case Form::option: return keep(check_option(value, row.options), errors);
    case Form::options:
        return check_each(value, errors, [&](const Yaml& v) {
            return check_option(v, row.options);
        });
    case Form::texts: return keep(outcome(value.texts()), errors);
    case Form::targets: return check_targets(value, errors);
    case Form::text_map:
    case Form::titles:
    case Form::part:
    case Form::part_or_text:
    case Form::parts:
    case Form::parts_or_texts:
    case Form::rows:
    case Form::lists: return check_collection(value, row, errors);
    }
}

std::vector<std::string> key_names(const Shape& shape) {
    std::vector<std::string> names;
    for (const KeyRow& row : shape.keys) {
        names.emplace_back(row.name);
    }
    return names;
}

/// One error for each unknown key, not only the first.
void check_keys(const Yaml& map, const Shape& shape, Errors& errors) {
    const auto known = key_names(shape);
    for (const YamlEntry& entry : map.entries().value_or(std::vector<YamlEntry>{})) {
        if (std::ranges::find(known, entry.key) != known.end()) {
            continue;
        }
        const std::string near = nearest(entry.key, known);
        errors.push_back(
            {Errc::unknown_key,
             "unknown key `" + entry.key + "` in " +
                 (map.path().empty() ? std::string(shape.name) : map.path()) +
                 (near.empty() ? "; allowed: " + join(known, ", ") : "; did you mean " + near + "?"
                 ),
             entry.key_at}
        );
    }
}

}  // namespace

void check_shape(const Yaml& map, const Shape& shape, Errors& errors) {
    if (!map.is_map()) {
        errors.push_back(map.fail(
                                Errc::bad_value,
                                "is not a map; " + std::string(shape.name) + ": " +
                                    std::string(shape.help)
        )
                             .error());
        return;
    }
    check_keys(map, shape, errors);
    for (const KeyRow& row : shape.keys) {
        if (const auto value = map.find(row.name)) {
            check_form(*value, row, errors);
        } else if (row.need == Need::required) {
            errors.push_back(map.fail(
                                    Errc::missing_key,
                                    "the key `" + std::string(row.name) + "` is missing; " +
                                        std::string(row.help)
            )
                                 .error());
        }
    }
}

Lines::Lines(const Yaml& root) { add(root); }

void Lines::add(const Yaml& value) {
    lines_.emplace(value.path(), value.line());
    if (value.is_map()) {
        for (const YamlEntry& entry : value.entries().value_or(std::vector<YamlEntry>{})) {
            lines_[value.path() + "/" + entry.key] = line_of(entry);
            add(entry.value);
        }
    } else if (value.is_list()) {
        for (const Yaml& item : value.items().value_or(std::vector<Yaml>{})) {
            add(item);
        }
    }
}

int Lines::of(std::string_view path) const {
    while (true) {
        if (const auto found = lines_.find(path); found != lines_.end()) {
            return found->second;
        }
        const auto slash = path.rfind('/');
        if (slash == std::string_view::npos) {
            return 1;
        }
        path = path.substr(0, slash);
    }
}

}  // namespace zt::kindfile
