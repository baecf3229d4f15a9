// docs/kinds/figures.md: the figures of the practice that scripts bring out of events.

#include "base/text.hpp"
#include "domain/facts.hpp"
#include "kindfile/system_file.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace zt::kindfile {

namespace {

constexpr std::string_view intro =
    "# Figures that scripts reproduce\n\n"
    "Made by the program from the scripts; do not edit. "
    "`ZHITONG_WRITE_REFERENCE=1 kindfile_test --gtest_filter='systems.*'` writes it anew.\n\n"
    "Each number below stands in a line `figures` of the script named. `zhitong kinds test` plays the "
    "script event by event and fails when\nthe program counts another number. What a report says and "
    "from which one it is taken stands at the head of the script; the\nsingle matters are invented.\n";

/// What limits a figure rather than names one.
constexpr std::array<std::string_view, 9> limits{
    "as_of", "from", "until", "kind", "channel", "org", "area", "category", "subject"
};

Title title_of(const std::string& name, const Kinds& kinds) {
    if (const IndicatorRow* row = find_indicator(name)) {
        return {std::string(row->zh), std::string(row->en)};
    }
    for (const Kind* kind : kinds.all_newest()) {
        const auto found = std::ranges::find(kind->indicators, name, &IndicatorRule::name);
        if (found != kind->indicators.end()) {
            return found->title;
        }
    }
    return {};
}

/// Comment lines at the head of a script, as one paragraph.
std::string head_of(std::string_view script) {
    std::vector<std::string> lines;
    for (const std::string& line : split(script, '\n')) {
        if (!line.starts_with("#")) {
            break;
        }
        lines.emplace_back(trim(std::string_view(line).substr(1)));
    }
    return join(lines, "\n");
}

void add_line(std::string& out, std::string_view line, const Kinds& kinds) {
    std::vector<std::string> where;
    std::vector<std::pair<std::string, std::string>> numbers;
    for (const std::string& word : split(line, ' ')) {
        const std::size_t at = word.find('=');
        if (at == std::string_view::npos) {
            continue;
        }
        const std::string key = word.substr(0, at);
        if (std::ranges::find(limits, key) != limits.end()) {
            where.push_back(word);
        } else {
            numbers.emplace_back(key, word.substr(at + 1));
        }
    }
    for (const auto& [name, number] : numbers) {
        const Title title = title_of(name, kinds);
        out += "| " + title.zh + " | " + title.en + " | `" + name + "` | " + number + " | " +
               join(where, ", ") + " |\n";
    }
}

}  // namespace

std::string figures_page(
    std::span<const System> systems,
    const Kinds& kinds,
    const std::map<std::string, std::string, std::less<>>& scripts
) {
    std::string out(intro);
    for (const System& system : systems) {
        if (system.figures.empty()) {
            continue;
        }
        out += "\n## " + system.id + " " + system.title.zh + " · " + system.title.en + "\n";
        for (const std::string& name : system.figures) {
            const auto script = scripts.find(name);
            if (script == scripts.end()) {
                continue;
            }
            out += "\n`kinds/" + name + ".case`: " + head_of(script->second) + "\n\n" +
                   "| 指标 | figure | name | number | of |\n|---|---|---|---|---|\n";
            for (const std::string& line : split(script->second, '\n')) {
                if (line.starts_with("figures ")) {
                    add_line(out, line, kinds);
                }
            }
        }
    }
    return out;
}

}  // namespace zt::kindfile
