#include "kindfile/score_file.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <limits>

namespace zt::kindfile {

namespace {

/// Beyond it no place counts; the arithmetic is proven exact below it.
constexpr std::int64_t decimal_max = 1'000'000 * score_unit;

std::int64_t decimal_at(const Yaml& map, std::string_view key, std::int64_t otherwise) {
    const auto value = map.find(key);
    return value ? read_millionths(*value).value_or(otherwise) : otherwise;
}

void refuse(Errors& errors, const Yaml& value, std::string_view detail) {
    errors.push_back(value.fail(Errc::bad_value, detail).error());
}

/// Of a key that stands there.
void refuse_at(Errors& errors, const Yaml& map, std::string_view key, std::string_view detail) {
    if (const auto value = map.find(key)) {
        refuse(errors, *value, detail);
    }
}

int places_at(const Yaml& rounding, std::string_view key, Errors& errors) {
    const std::int64_t places = integer_at(rounding, key);
    if (places < 0 || places > score_places_max) {
        refuse_at(errors, rounding, key, "decimal places lie between 0 and 6");
    }
    return static_cast<int>(places);
}

ScoreRounding read_rounding(const Yaml& value, Errors& errors) {
    ScoreRounding rounding;
    rounding.rates = places_at(value, "rates", errors);
    rounding.points = places_at(value, "points", errors);
    rounding.total = places_at(value, "total", errors);
    rounding.mode = parse_rounding_mode(text_at(value, "mode")).value_or(RoundingMode::half_up);
    return rounding;
}

void read_answers(const Yaml& value, ScoreIndicator& indicator, Errors& errors) {
    for (const YamlEntry& answer : entries_at(value, "answers")) {
        const auto weight = read_millionths(answer.value);
        if (!weight) {
            errors.push_back(weight.error());
        } else if (*weight > score_unit) {
            refuse(errors, answer.value, "a weight lies between 0 and 1");
        } else {
            indicator.answers[answer.key] = *weight;
        }
    }
}

ScoreIndicator read_indicator(const YamlEntry& entry, Errors& errors) {
    const Yaml& value = entry.value;
    ScoreIndicator indicator;
    indicator.name = entry.key;
    indicator.line = line_of(entry);
    indicator.title = title_at(value, "title");
    indicator.group = text_at(value, "group");
    indicator.from = word_at(value, "from").value_or(Word{});
    indicator.better = text_at(value, "better") == "lower" ? Better::lower : Better::higher;
    indicator.full = decimal_at(value, "full", 0);
    indicator.target = decimal_at(value, "target", 0);
    indicator.slope = decimal_at(value, "slope", 0);
    indicator.floor = decimal_at(value, "floor", 0);
    indicator.cap = decimal_at(value, "cap", indicator.full);
    indicator.min = integer_at(value, "min", 1);
    indicator.source = text_at(value, "source");
    read_answers(value, indicator, errors);
    for (const char* const key : {"full", "target", "slope", "floor", "cap"}) {
        if (decimal_at(value, key, 0) > decimal_max) {
            refuse_at(errors, value, key, "is greater than 1000000");
        }
    }
    if (indicator.min < 1) {
        refuse_at(errors, value, "min", "is at least 1");
    }
    if (indicator.title.zh.empty() || indicator.title.en.empty()) {
        refuse(errors, value, "the title needs zh and en");
    }
    return indicator;
}

std::vector<ScorePeers> read_peers(const Yaml& root, Errors& errors) {
    std::vector<ScorePeers> out;
    std::int64_t most = -1;
    bool has_last = false;
    for (const YamlEntry& entry : entries_at(root, "peers")) {
        ScorePeers peers{entry.key, title_at(entry.value, "title"), std::nullopt};
        if (entry.value.find("upto")) {
            peers.upto = integer_at(entry.value, "upto");
        }
        const std::int64_t upto = peers.upto.value_or(std::numeric_limits<std::int64_t>::max());
        if (has_last || upto <= most) {
            refuse(errors, entry.value, "classes go from the smallest upto to the last without");
        }
        most = upto;
        has_last = !peers.upto.has_value();
        out.push_back(std::move(peers));
    }
    if (!out.empty() && !has_last) {
        refuse_at(errors, root, "peers", "the last class has no upto: every unit is in one");
    }
    return out;
}

void read_fairness(const Yaml& root, Score& score, Errors& errors) {
    constexpr std::int64_t strength_max = 1000;
    for (const YamlEntry& entry : entries_at(root, "groups")) {
        score.groups.push_back({entry.key, title_at(entry.value, "title")});
    }
    score.peers = read_peers(root, errors);
    score.fair_strength = integer_at(root, "fair_strength", fair_strength_usual);
    if (score.fair_strength < 0 || score.fair_strength > strength_max) {
        refuse_at(errors, root, "fair_strength", "must lie between 0 and 1000");
    }
}

Score build(const Yaml& root, std::string_view text, Errors& errors) {
    Score score;
    score.name = text_at(root, "score");
    score.text_hash = hash_of(HashAlgorithm::sha256, text);
    score.title = title_at(root, "title");
    score.source = text_at(root, "source");
    score.kinds = names_at(root, "kinds");
    const std::int64_t version = integer_at(root, "version", 1);
    score.version = static_cast<std::uint32_t>(version);
    if (version < 1 || version > 999'999) {
        refuse_at(errors, root, "version", "must lie between 1 and 999999");
    }
    if (const auto rounding = root.find("rounding")) {
        score.rounding = read_rounding(*rounding, errors);
    }
    read_fairness(root, score, errors);
    for (const YamlEntry& entry : entries_at(root, "indicators")) {
        score.indicators.push_back(read_indicator(entry, errors));
    }
    if (score.indicators.empty()) {
        refuse_at(errors, root, "indicators", "a score has at least one line");
    }
    return score;
}

}  // namespace

Checked<ScoreFile> read_score_file(std::string_view text, std::string file) {
    const auto root = parse_yaml(text, file);
    if (!root) {
        return std::unexpected(Errors{root.error()});
    }
    Errors errors;
    check_shape(*root, score_shape(), errors);
    Score score;
    if (errors.empty()) {
        score = build(*root, text, errors);
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return ScoreFile{std::move(score), Lines(*root), std::move(file), std::string(text)};
}

Checked<std::vector<ScoreFile>> load_scores(const NamedTexts& texts) {
    std::vector<ScoreFile> files;
    Errors errors;
    for (const auto& [name, text] : texts) {
        auto read = read_score_file(text, name);
        if (!read) {
            errors.insert(errors.end(), read.error().begin(), read.error().end());
            continue;
        }
        const bool is_twice = std::ranges::any_of(files, [&](const ScoreFile& one) {
            return one.score.name == read->score.name;
        });
        if (is_twice) {
            errors.push_back(
                {Errc::bad_value,
                 "another file also holds the score " + read->score.name,
                 name + ":" + std::to_string(read->lines.of("/score"))}
            );
        }
        files.push_back(*std::move(read));
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return files;
}

}  // namespace zt::kindfile
