#include "kindfile/impl/read_kind_parts.hpp"

#include "base/text.hpp"

#include <array>

namespace zt::kindfile {

namespace {

std::vector<std::pair<std::string, Title>> titles_at(const Yaml& map, std::string_view key) {
    std::vector<std::pair<std::string, Title>> all;
    for (const YamlEntry& entry : entries_at(map, key)) {
        all.emplace_back(entry.key, read_title(entry.value));
    }
    return all;
}

/// A title as one text, or the plain text itself.
std::string note_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    if (!value || !value->is_map()) {
        return text_at(map, key);
    }
    const Title title = read_title(*value);
    return title.en.empty() ? title.zh : title.zh + " / " + title.en;
}

/// A title as two lines, Chinese first; a page shows the one of its language.
std::string lines_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    if (!value || !value->is_map()) {
        return text_at(map, key);
    }
    const Title title = read_title(*value);
    return title.en.empty() ? title.zh : title.zh + '\n' + title.en;
}

/// `WORD at PLACE` by its last two parts.
struct Phrase {
    std::string_view how, where;
    RoleRule::Where meaning;
};
constexpr std::array phrases{
    Phrase{"at", "office", RoleRule::Where::at_office},
    Phrase{"above", "office", RoleRule::Where::above_office},
    Phrase{"over", "office", RoleRule::Where::over_office},
    Phrase{"at", "hand", RoleRule::Where::at_hand},
    Phrase{"leads", "hand", RoleRule::Where::leads_hand},
    Phrase{"at", "any", RoleRule::Where::at_any},
    Phrase{"leads", "place", RoleRule::Where::at_any},
    Phrase{"at", "registrar", RoleRule::Where::at_registrar},
};

bool read_short_phrase(const std::vector<std::string>& words, RoleRule& role) {
    if (words.size() == 2 && words[0] == "party") {
        role.where = RoleRule::Where::party;
        role.part = words[1];
        return true;
    }
    if (words.size() != 1) {
        return false;
    }
    using enum RoleRule::Where;
    constexpr std::array<std::pair<std::string_view, RoleRule::Where>, 4> alone{
        {{"requester", requester}, {"author", author}, {"anyone", anyone}, {"system", system}}
    };
    for (const auto& [name, where] : alone) {
        if (words[0] == name) {
            role.where = where;
            return true;
        }
    }
    return false;
}

bool read_phrase(std::string_view text, RoleRule& role) {
    const auto words = split(trim(text), ' ');
    if (read_short_phrase(words, role)) {
        return true;
    }
    if (words.size() < 3 || words.size() > 4) {
        return false;
    }
    role.post_word = words[0];
    if (words[1] == "not" && words.size() == 3) {
        role.where = RoleRule::Where::not_involved;
        role.part = words[2];
        return true;
    }
    for (const Phrase& phrase : phrases) {
        const bool takes_part = phrase.where == "hand";
        if (words[1] == phrase.how && words[2] == phrase.where &&
            (words.size() == 3 || takes_part)) {
            role.where = phrase.meaning;
            role.part = words.size() == 4 ? words[3] : "";
            return true;
        }
    }
    return false;
}

std::vector<HandState> hand_states_at(const Yaml& map) {
    std::vector<HandState> states;
    for (const std::string& name : names_at(map, "states")) {
        if (const auto state = parse_hand_state(name)) {
            states.push_back(*state);
        }
    }
    return states;
}

void read_stages(const Yaml& root, Kind& kind) {
    for (const YamlEntry& entry : entries_at(root, "stages")) {
        StageRule stage;
        stage.name = entry.key;
        stage.title = title_at(entry.value, "title");
        stage.public_title =
            entry.value.find("public") ? title_at(entry.value, "public") : stage.title;
        stage.counts = parse_counts(text_at(entry.value, "counts")).value_or(Counts::open);
        stage.holder = text_at(entry.value, "holder");
        stage.clocks = names_at(entry.value, "clocks");
        stage.no_clock = note_at(entry.value, "no_clock");
        stage.line = line_of(entry);
        kind.stages.push_back(std::move(stage));
    }
}

}  // namespace

void read_fields(const Yaml& root, Kind& kind) {
    for (const YamlEntry& entry : entries_at(root, "fields")) {
        FieldRule field;
        field.name = entry.key;
        field.title = title_at(entry.value, "title");
        field.help = title_at(entry.value, "help");
        field.type = parse_field_type(text_at(entry.value, "type")).value_or(FieldType::text);
        field.choices = titles_at(entry.value, "choices");
        field.is_personal = flag_at(entry.value, "personal");
        field.is_required = flag_at(entry.value, "required");
        field.min = integer_at(entry.value, "min");
        field.max = integer_at(entry.value, "max");
        field.pattern = text_at(entry.value, "pattern");
        field.show_if = word_at(entry.value, "show_if");
        field.is_unique = flag_at(entry.value, "unique");
        field.register_kind = text_at(entry.value, "kind");
        field.gives_office = flag_at(entry.value, "office");
        kind.fields.push_back(std::move(field));
    }
}

void read_roles(const Yaml& root, Kind& kind, Errors& errors) {
    for (const YamlEntry& entry : entries_at(root, "roles")) {
        RoleRule role;
        role.name = entry.key;
        role.line = line_of(entry);
        const bool is_short = entry.value.is_scalar();
        const std::string phrase =
            is_short ? entry.value.text().value_or("") : text_at(entry.value, "who");
        role.title = is_short ? Title{} : title_at(entry.value, "title");
        if (!read_phrase(phrase, role)) {
            errors.push_back(
                entry.value
                    .fail(
                        Errc::bad_value,
                        "`" + phrase +
                            "` is no role; write requester, author, party ROLE, anyone, system, WORD at office, "
                            "WORD above office, WORD over office, WORD at hand [ROLE], WORD leads hand [ROLE], WORD at any, "
                            "WORD at registrar, WORD not ROLE (WORD: a post word such as clerk)"
                    )
                    .error()
            );
        }
        kind.roles.push_back(std::move(role));
    }
}

void read_parts(const Yaml& root, Kind& kind) {
    for (const YamlEntry& entry : entries_at(root, "categories")) {
        kind.categories.push_back(
            {entry.key,
             title_at(entry.value, "title"),
             text_at(entry.value, "parent"),
             lines_at(entry.value, "stop")}
        );
    }
    for (const YamlEntry& entry : entries_at(root, "hands")) {
        HandRule hand;
        hand.role = entry.key;
        hand.title = title_at(entry.value, "title");
        hand.first = parse_hand_state(text_at(entry.value, "first")).value_or(HandState::assigned);
        hand.is_lead = flag_at(entry.value, "lead");
        hand.is_many = flag_at(entry.value, "many");
        hand.states = hand_states_at(entry.value);
        kind.hands.push_back(std::move(hand));
    }
    for (const YamlEntry& entry : entries_at(root, "item_lists")) {
        kind.item_lists.push_back(
            {entry.key,
             title_at(entry.value, "title"),
             flag_at(entry.value, "personal"),
             flag_at(entry.value, "evidence")}
        );
    }
    read_stages(root, kind);
}

void read_rest(const Yaml& root, Kind& kind) {
    for (const YamlEntry& entry : entries_at(root, "ratings")) {
        kind.ratings.push_back(
            {entry.key,
             title_at(entry.value, "title"),
             titles_at(entry.value, "answers"),
             !flag_at(entry.value, "optional"),
             flag_at(entry.value, "counts"),
             names_at(entry.value, "bad")}
        );
    }
    for (const auto& [key, title] : titles_at(root, "texts")) {
        kind.texts.insert_or_assign(key, title);
    }
    for (const Yaml& notice : items_at(root, "notices")) {
        for (const std::string& role : names_at(notice, "to")) {
            kind.notices.push_back(
                {text_at(notice, "on"), role, kind.text_key(text_at(notice, "text"))}
            );
        }
    }
    for (const YamlEntry& entry : entries_at(root, "rounds")) {
        RoundRule round;
        round.name = entry.key;
        round.title = title_at(entry.value, "title");
        round.every = text_at(entry.value, "every");
        round.day = integer_at(entry.value, "day", 1);
        round.is_workday = flag_at(entry.value, "workday");
        round.per = text_at(entry.value, "per");
        for (const YamlEntry& field : entries_at(entry.value, "fields")) {
            round.fields[field.key] = field.value.text().value_or("");
        }
        round.within = length_at(entry.value, "within").value_or(calendar::Length{});
        round.source = text_at(entry.value, "source");
        kind.rounds.push_back(std::move(round));
    }
    for (const YamlEntry& entry : entries_at(root, "indicators")) {
        kind.indicators.push_back(
            {entry.key,
             title_at(entry.value, "title"),
             text_at(entry.value, "on"),
             words_at(entry.value, "if"),
             text_at(entry.value, "amount"),
             text_at(entry.value, "subject"),
             flag_at(entry.value, "distinct")}
        );
    }
    if (const auto list = root.find("guarantees")) {
        for (const Yaml& item : list->items().value_or(std::vector<Yaml>{*list})) {
            kind.guarantees.push_back({item.text().value_or(""), item.line()});
        }
    }
}

}  // namespace zt::kindfile
