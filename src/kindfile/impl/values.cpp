// The small values of definition files: words, lengths, flags, decimals, titles.

#include "base/text.hpp"
#include "kindfile/shape.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

bool is_plain_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Result<std::vector<std::string>> parse_args(std::string_view text) {
    std::vector<std::string> args;
    for (const std::string& part : split(text, ',')) {
        const std::string_view arg = trim(part);
        if (arg.empty() || arg.find_first_of("() ") != std::string_view::npos) {
            return fail(
                Errc::bad_value,
                "`" + std::string(text) + "`: arguments are words with commas between"
            );
        }
        args.emplace_back(arg);
    }
    return args;
}

/// Items of a list of texts with those joined again that YAML split within parentheses.
Result<std::vector<std::pair<std::string, int>>> word_texts(const Yaml& value) {
    std::vector<std::pair<std::string, int>> all;
    if (value.is_scalar()) {
        TRY(auto text, value.text());
        all.emplace_back(std::move(text), value.line());
        return all;
    }
    TRY(const auto items, value.items());
    int depth = 0;
    for (const Yaml& item : items) {
        TRY(auto text, item.text());
        const auto opened = std::ranges::count(text, '(') - std::ranges::count(text, ')');
        if (depth > 0) {
            all.back().first += "," + text;
        } else {
            all.emplace_back(text, item.line());
        }
        depth += static_cast<int>(opened);
    }
    return all;
}

Result<calendar::Length> length_of(const Yaml& value) {
    TRY(const auto text, value.text());
    auto length = calendar::parse_length(text);
    if (!length) {
        return value.fail(Errc::bad_value, length.error().detail);
    }
    return *length;
}

Result<LengthRule> part_rule(const Yaml& value) {
    LengthRule rule;
    TRY_VOID(value.allow({"part", "of", "min"}));
    TRY(rule.part_of, value.text_of("of"));
    TRY(const auto part, value.text_of("part"));
    const auto numbers = split(part, '/');
    const auto over = numbers.size() == 2 ? parse_int(numbers[0]) : Result<std::int64_t>(0);
    const auto under = numbers.size() == 2 ? parse_int(numbers[1]) : Result<std::int64_t>(0);
    if (!over || !under || *over < 1 || *under < 1) {
        return value.fail(Errc::bad_value, "`part` is a fraction such as 1/2");
    }
    rule.numerator = *over;
    rule.denominator = *under;
    if (const auto min = value.find("min")) {
        TRY(rule.minimum, length_of(*min));
    }
    return rule;
}

Result<LengthRule> field_rule(const Yaml& value) {
    LengthRule rule;
    TRY(rule.by_field, value.text_of("by"));
    TRY(const auto entries, value.entries());
    for (const YamlEntry& entry : entries) {
        if (entry.key != "by") {
            TRY(rule.by_value[entry.key], length_of(entry.value));
        }
    }
    if (!rule.by_value.contains("else")) {
        return value.fail(
            Errc::missing_key, "a length by a field needs `else` for all other values"
        );
    }
    return rule;
}

}  // namespace

Result<Word> parse_word(std::string_view text) {
    Word word;
    std::string_view rest = trim(text);
    if (rest.starts_with("not ")) {
        word.is_negated = true;
        rest = trim(rest.substr(4));
    }
    const std::size_t open = rest.find('(');
    const std::string_view name = trim(rest.substr(0, open));
    if (!is_plain_name(name) || name == "not") {
        return fail(
            Errc::bad_value,
            "`" + std::string(text) + "` is not a word; write word, word(arg,arg) or not word"
        );
    }
    word.name = std::string(name);
    if (open != std::string_view::npos) {
        if (!rest.ends_with(')')) {
            return fail(
                Errc::bad_value, "`" + std::string(text) + "`: the closing parenthesis is missing"
            );
        }
        TRY(word.args, parse_args(rest.substr(open + 1, rest.size() - open - 2)));
    }
    return word;
}

std::string to_string(const Word& word) {
    std::string text = (word.is_negated ? "not " : "") + word.name;
    return word.args.empty() ? text : text + "(" + join(word.args, ",") + ")";
}

Result<std::vector<Word>> read_words(const Yaml& value) {
    std::vector<Word> words;
    TRY(const auto texts, word_texts(value));
    for (const auto& [text, line] : texts) {
        auto word = parse_word(text);
        if (!word) {
            return zt::fail(
                word.error().code,
                value.path() + ": " + word.error().detail,
                value.file() + ":" + std::to_string(line)
            );
        }
        word->line = line;
        words.push_back(*std::move(word));
    }
    return words;
}

std::vector<std::string> options_of(std::string_view options) { return split(options, '|'); }

Result<std::vector<std::string>> read_names(const Yaml& value) {
    if (value.is_scalar()) {
        TRY(auto name, value.text());
        return std::vector<std::string>{std::move(name)};
    }
    return value.texts();
}

Result<bool> read_flag(const Yaml& value) {
    const auto text = value.text();
    if (text && (*text == "yes" || *text == "true")) {
        return true;
    }
    if (text && (*text == "no" || *text == "false")) {
        return false;
    }
    return value.fail(Errc::bad_value, "is neither yes nor no");
}

Result<std::int64_t> read_millionths(const Yaml& value) {
    constexpr std::size_t places = 6;
    TRY(const auto text, value.text());
    const std::size_t dot = text.find('.');
    std::string fraction = dot == std::string::npos ? "" : text.substr(dot + 1);
    const bool is_short =
        fraction.size() <= places && (dot == std::string::npos || !fraction.empty());
    fraction.resize(places, '0');
    const auto parsed = parse_int(text.substr(0, dot) + fraction);
    const std::string_view digits = text;
    const bool is_plain =
        !digits.empty() && digits.front() >= '0' && digits.front() <= '9' && digits.size() <= 12;
    if (!is_short || !is_plain || !parsed) {
        return value.fail(
            Errc::bad_number, "`" + text + "` is not a decimal such as 0.8 with at most six places"
        );
    }
    return *parsed;
}

Result<LengthRule> read_length_rule(const Yaml& value) {
    LengthRule rule;
    if (value.is_scalar()) {
        TRY(rule.fixed, length_of(value));
        return rule;
    }
    if (value.find("by")) {
        return field_rule(value);
    }
    if (value.find("part")) {
        return part_rule(value);
    }
    if (value.find("date")) {
        TRY_VOID(value.allow({"date"}));
        TRY(rule.date_field, value.text_of("date"));
        return rule;
    }
    if (value.find("working_days")) {
        TRY_VOID(value.allow({"working_days"}));
        TRY(rule.days_field, value.text_of("working_days"));
        return rule;
    }
    return value.fail(
        Errc::bad_value,
        "is not a length; write 5wd, {by: FIELD, VALUE: 1wd, else: 5wd}, {date: FIELD}, "
        "{working_days: FIELD} or {part: 1/2, of: CLOCK, min: 3wd}"
    );
}

Title read_title(const Yaml& value) { return {text_at(value, "zh"), text_at(value, "en")}; }

std::string text_at(const Yaml& map, std::string_view key) {
    return map.text_or(key, {}).value_or(std::string());
}

Title title_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    return value ? read_title(*value) : Title{};
}

bool flag_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    return value && read_flag(*value).value_or(false);
}

std::int64_t integer_at(const Yaml& map, std::string_view key, std::int64_t otherwise) {
    return map.integer_or(key, otherwise).value_or(otherwise);
}

std::vector<std::string> names_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    return value ? read_names(*value).value_or(std::vector<std::string>{})
                 : std::vector<std::string>{};
}

std::vector<Word> words_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    return value ? read_words(*value).value_or(std::vector<Word>{}) : std::vector<Word>{};
}

std::optional<Word> word_at(const Yaml& map, std::string_view key) {
    auto words = words_at(map, key);
    return words.empty() ? std::nullopt : std::optional(std::move(words.front()));
}

std::optional<calendar::Length> length_at(const Yaml& map, std::string_view key) {
    const auto text = text_at(map, key);
    const auto length = calendar::parse_length(text);
    return length ? std::optional(*length) : std::nullopt;
}

std::vector<Verb> verbs_at(const Yaml& map, std::string_view key) {
    std::vector<Verb> verbs;
    for (const std::string& name : names_at(map, key)) {
        if (const auto verb = parse_verb(name)) {
            verbs.push_back(*verb);
        }
    }
    return verbs;
}

int line_of(const YamlEntry& entry) {
    const auto colon = entry.key_at.rfind(':');
    return static_cast<int>(parse_int(entry.key_at.substr(colon + 1)).value_or(entry.value.line()));
}

std::vector<YamlEntry> entries_at(const Yaml& map, std::string_view key) {
    return map.entries_of(key).value_or(std::vector<YamlEntry>{});
}

std::vector<Yaml> items_at(const Yaml& map, std::string_view key) {
    return map.items_of(key).value_or(std::vector<Yaml>{});
}

}  // namespace zt::kindfile
