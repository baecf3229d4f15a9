// Clocks and verb rows.

#include "base/text.hpp"
#include "kindfile/impl/read_kind_parts.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

/// matter, hand, hand ROLE, item LIST.
bool read_owner(std::string_view text, ClockRule& clock) {
    if (text.empty() || text == "matter") {
        clock.of = ClockOf::matter;
        return true;
    }
    const auto words = split(trim(text), ' ');
    if (words.size() > 2 || (words[0] != "hand" && words[0] != "item")) {
        return false;
    }
    clock.of = words[0] == "hand" ? ClockOf::hand : ClockOf::item;
    clock.hand_role = words.size() == 2 ? words[1] : "";
    return clock.of == ClockOf::hand || words.size() == 2;
}

LapseRule read_lapse(const Yaml& clock) {
    LapseRule rule;
    const auto lapse = clock.find("lapse");
    if (!lapse) {
        return rule;
    }
    rule.notify = names_at(*lapse, "notify");
    rule.action = text_at(*lapse, "do");
    if (rule.action.empty()) {
        rule.action = rule.notify.empty() ? "mark" : "notify";
    }
    for (const YamlEntry& entry : entries_at(*lapse, "fields")) {
        rule.fields[entry.key] = entry.value.text().value_or("");
    }
    return rule;
}

void read_limits(const Yaml& value, ClockRule& clock) {
    if (const auto pause = value.find("pause")) {
        clock.pause_reasons = names_at(*pause, "reasons");
        clock.pause_cap = length_at(*pause, "cap");
    }
    if (const auto extension = value.find("extension")) {
        clock.extensions_max = integer_at(*extension, "max");
        clock.extension_cap = length_at(*extension, "cap");
    }
}

ClockRule read_clock(const YamlEntry& entry, Errors& errors) {
    const Yaml& value = entry.value;
    ClockRule clock;
    clock.name = entry.key;
    clock.line = line_of(entry);
    clock.title = title_at(value, "title");
    clock.source = text_at(value, "source");
    if (!read_owner(text_at(value, "of"), clock)) {
        errors.push_back(value
                             .fail(
                                 Errc::bad_value,
                                 "`of: " + text_at(value, "of") +
                                     "`; write matter, hand, hand ROLE or item LIST"
                             )
                             .error());
    }
    clock.starts = verbs_at(value, "starts");
    clock.stops = verbs_at(value, "stops");
    clock.start_if = word_at(value, "start_if");
    clock.stop_if = word_at(value, "stop_if");
    if (const auto length = value.find("length")) {
        clock.length = read_length_rule(*length).value_or(LengthRule{});
    }
    if (const auto redo = value.find("redo")) {
        clock.redo_length = read_length_rule(*redo).value_or(LengthRule{});
    }
    clock.protects =
        text_at(value, "protects") == "requester" ? Protects::requester : Protects::unit;
    clock.is_final = flag_at(value, "final");
    clock.warn_before = length_at(value, "warn");
    read_limits(value, clock);
    clock.lapse = read_lapse(value);
    return clock;
}

Result<FieldUse> read_field_use(const Yaml& value) {
    FieldUse use;
    TRY(const auto text, value.text());
    const std::size_t equals = text.find('=');
    use.name = text.substr(0, equals);
    if (equals != std::string::npos) {
        use.preset = text.substr(equals + 1);
    }
    if (use.name.ends_with('!')) {
        use.is_required = true;
        use.name.pop_back();
    }
    if (use.name.empty() || use.name.find_first_of("!() ") != std::string::npos ||
        (use.preset && use.preset->empty())) {
        return value.fail(
            Errc::bad_value, "`" + text + "` is no field; write name, name! or name=value"
        );
    }
    return use;
}

/// Stage names with any, all, closed_stages spelled out, each once, in the order of the stages.
std::vector<std::string> read_from(const Yaml& row, const Kind& kind) {
    const auto names = names_at(row, "from");
    const auto has = [&](std::string_view name) {
        return std::ranges::find(names, name) != names.end();
    };
    std::vector<std::string> from;
    for (const StageRule& stage : kind.stages) {
        const bool is_meant = has(stage.name) || has("all") ||
                              (has("any") && stage.counts == Counts::open) ||
                              (has("closed_stages") && stage.counts == Counts::closed);
        if (is_meant) {
            from.push_back(stage.name);
        }
    }
    for (const std::string& name : names) {
        const bool is_group = name == "any" || name == "all" || name == "closed_stages";
        if (!is_group &&
            kind.stages.end() == std::ranges::find(kind.stages, name, &StageRule::name)) {
            from.push_back(name);  // check names it
        }
    }
    return from;
}

std::vector<Target> read_targets(const Yaml& row) {
    const auto to = row.find("to");
    if (!to) {
        return {{std::nullopt, "same"}};
    }
    if (to->is_scalar()) {
        return {{std::nullopt, text_at(row, "to")}};
    }
    std::vector<Target> targets;
    for (const YamlEntry& entry : entries_at(row, "to")) {
        Target target;
        target.stage = entry.value.text().value_or("");
        if (entry.key != "else") {
            target.condition = parse_word(entry.key).value_or(Word{});
            target.condition->line = entry.value.line();
        }
        targets.push_back(std::move(target));
    }
    return targets;
}

Transition read_row(const Yaml& row, const Kind& kind, Errors& errors) {
    Transition transition;
    transition.line = row.line();
    transition.verb = parse_verb(text_at(row, "do")).value_or(Verb::note);
    transition.title = title_at(row, "title");
    transition.from = read_from(row, kind);
    transition.by = names_at(row, "by");
    for (const Yaml& item : items_at(row, "fields")) {
        if (auto use = read_field_use(item)) {
            transition.fields.push_back(*std::move(use));
        } else {
            errors.push_back(use.error());
        }
    }
    transition.if_ = word_at(row, "if");
    transition.when = words_at(row, "when");
    transition.then = words_at(row, "then");
    transition.to = read_targets(row);
    transition.reads = names_at(row, "reads");
    transition.back_date_workdays_max = integer_at(row, "back_date");
    transition.is_primary = flag_at(row, "primary");
    transition.source = row.find("source") ? text_at(row, "source") : kind.source;
    return transition;
}

}  // namespace

void read_clocks(const Yaml& root, Kind& kind, Errors& errors) {
    for (const YamlEntry& entry : entries_at(root, "clocks")) {
        kind.clocks.push_back(read_clock(entry, errors));
    }
}

void read_verbs(const Yaml& root, Kind& kind, Errors& errors) {
    for (const Yaml& row : items_at(root, "verbs")) {
        kind.transitions.push_back(read_row(row, kind, errors));
    }
}

}  // namespace zt::kindfile
