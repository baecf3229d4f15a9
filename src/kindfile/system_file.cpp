#include "kindfile/system_file.hpp"

#include "base/text.hpp"
#include "kindfile/shape.hpp"

namespace zt::kindfile {

namespace {

constexpr KeyRow system_keys[] = {
    {"title", Form::title, Need::required, "what people read"},
    {"ring", Form::integer, Need::required, "1, 2 or 3 of SYSTEMS.md"},
    {"kinds", Form::names, Need::optional, "the kinds that carry it"},
    {"page", Form::name, Need::optional, "NAME of docs/kinds/NAME.md"},
    {"figures", Form::names, Need::optional, "NAMES of kinds/NAME.case that make its figures"},
    {"missing", Form::texts, Need::optional, "what it lacks; nothing: it is done"},
};
constexpr Shape system_part{"system", "a system of a place", system_keys};
constexpr KeyRow file_keys[] = {
    {"systems", Form::parts, Need::required, "S1 to S29", &system_part},
};
constexpr Shape file_part{"systems", "the systems", file_keys};

System system_at(const YamlEntry& entry) {
    System out;
    out.id = entry.key;
    out.line = line_of(entry);
    out.title = title_at(entry.value, "title");
    out.ring = static_cast<int>(integer_at(entry.value, "ring"));
    out.kinds = names_at(entry.value, "kinds");
    out.page = text_at(entry.value, "page");
    out.figures = names_at(entry.value, "figures");
    for (const Yaml& one : items_at(entry.value, "missing")) {
        out.missing.push_back(one.text().value_or(""));
    }
    return out;
}

/// What a sound shape cannot say of the row that stands at `place`, 1 for the first.
std::string_view wrong_with(const System& system, int place) {
    if (place > systems_count || system.id != "S" + std::to_string(place)) {
        return "the systems are S1 to S29, in this order";
    }
    if (system.ring < 1 || system.ring > 3) {
        return "ring is 1, 2 or 3";
    }
    if (system.title.zh.empty() || system.title.en.empty()) {
        return "the title needs zh and en";
    }
    if (system.is_done() &&
        (system.kinds.empty() || system.page.empty() || system.figures.empty())) {
        return "a system that lacks nothing names its kinds, its page and its figures";
    }
    return {};
}

}  // namespace

Checked<std::vector<System>> read_systems(std::string_view text, const std::string& file) {
    const auto root = parse_yaml(text, file);
    if (!root) {
        return std::unexpected(Errors{root.error()});
    }
    Errors errors;
    check_shape(*root, file_part, errors);
    std::vector<System> out;
    if (errors.empty()) {
        for (const YamlEntry& entry : entries_at(*root, "systems")) {
            out.push_back(system_at(entry));
            const auto wrong = wrong_with(out.back(), static_cast<int>(out.size()));
            if (!wrong.empty()) {
                errors.push_back(entry.value.fail(Errc::bad_value, wrong).error());
            }
        }
        if (errors.empty() && out.size() != systems_count) {
            errors.push_back(root->fail(Errc::bad_value, "S1 to S29 are needed, each once").error()
            );
        }
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return out;
}

std::string systems_table(std::span<const System> systems) {
    std::string out = "| | 系统 | system | ring | kinds | state |\n|---|---|---|---|---|---|\n";
    for (const System& system : systems) {
        std::vector<std::string> kinds;
        for (const std::string& kind : system.kinds) {
            kinds.push_back(system.page.empty() ? kind : "[" + kind + "](" + system.page + ".md)");
        }
        out += "| " + system.id + " | " + system.title.zh + " | " + system.title.en + " | " +
               std::to_string(system.ring) + " | " + join(kinds, ", ") + " | " +
               (system.is_done() ? "done" : "lacks: " + join(system.missing, "; ")) + " |\n";
    }
    return out;
}

}  // namespace zt::kindfile
