// Names of the small enums, each table once.
#include "domain/access.hpp"
#include "domain/directory.hpp"
#include "domain/kind.hpp"
#include "domain/lamp.hpp"
#include "domain/permission.hpp"
#include "domain/vocabulary.hpp"

#include <array>

namespace zt {

namespace {

template <class Enum, std::size_t count>
struct Names {
    std::array<std::string_view, count> names;

    [[nodiscard]] std::string_view name(Enum value) const {
        return names[static_cast<std::size_t>(value)];
    }
    [[nodiscard]] std::optional<Enum> parse(std::string_view text) const {
        for (std::size_t i = 0; i < count; ++i) {
            if (names[i] == text) {
                return static_cast<Enum>(i);
            }
        }
        return std::nullopt;
    }
};

constexpr Names<HandState, 9> hand_states{
    {"offered",
     "assigned",
     "signed_for",
     "contacted",
     "arrived",
     "replied",
     "sent_back",
     "done",
     "withdrawn"}
};
constexpr Names<ItemState, 4> item_states{{"open", "done", "verified", "dropped"}};
constexpr Names<ClockState, 6> clock_states{
    {"running", "paused", "met", "late", "lapsed", "cancelled"}
};
constexpr Names<Counts, 3> counts_names{{"open", "closed", "ended"}};
constexpr Names<Origin, 3> origins{{"live", "import", "demo"}};
constexpr Names<Protection, 4> protections{{"none", "please_do", "bad_service", "wrong_done"}};
constexpr Names<Level, 6> levels{{"none", "province", "city", "county", "township", "village"}};
constexpr Names<FieldType, 20> field_types{{"text",    "long_text", "integer", "money",   "date",
                                            "instant", "yes_no",    "choice",  "choices", "org",
                                            "orgs",    "post",      "person",  "area",    "matter",
                                            "matters", "phone",     "list",    "point",   "shape"}};
constexpr Names<Sight, 4> sights{{"hidden", "listed", "masked", "full"}};
constexpr Names<Standing, standings_count> standings{
    {"office",
     "hand",
     "protected_hand",
     "kind_role",
     "collector",
     "registrar",
     "above",
     "staff",
     "requester",
     "author",
     "other_party",
     "the_public"}
};
constexpr Names<FieldGroup, field_groups_count> field_groups{
    {"place",          "published",       "title",          "text",
     "files",          "author_name",     "author_contact", "subject",
     "fields",         "accused",         "joiners",        "hands",
     "actors",         "handler_contact", "work",           "replies",
     "items",          "clocks",          "note_unit",      "note_hands",
     "note_requester", "rating_answers",  "rating_missing", "links",
     "hidden_links",   "reveals"}
};
constexpr Names<Shown, 3> shown_names{{"absent", "masked", "shown"}};
constexpr Names<Persons, 3> persons_names{{"none", "one", "two"}};
constexpr Names<Administration, 10> administrations{
    {"people_and_posts",
     "calendars",
     "kinds_and_packs",
     "settings",
     "accounts",
     "sessions",
     "api_keys",
     "approvals",
     "audit_reading",
     "audit_export"}
};
constexpr Names<NoteVisibility, 3> note_visibilities{{"unit", "hands", "requester"}};
constexpr Names<AdministrationReport::Mode, 3> administration_modes{
    {"three", "small_place", "unsound"}
};
constexpr Names<Lamp, 6> lamps{{"none", "green", "amber", "red", "paused", "supervised"}};
constexpr Names<ArgType, 17> arg_types{
    {"clock",
     "stage",
     "hand_role",
     "item_list",
     "field",
     "value",
     "reasons",
     "window",
     "limit",
     "number",
     "counter",
     "link_type",
     "kind",
     "verb",
     "role",
     "text",
     "indicator"}
};

}  // namespace

std::string_view name_of(HandState state) { return hand_states.name(state); }
std::optional<HandState> parse_hand_state(std::string_view name) { return hand_states.parse(name); }
std::string_view name_of(ItemState state) { return item_states.name(state); }
std::optional<ItemState> parse_item_state(std::string_view name) { return item_states.parse(name); }
std::string_view name_of(ClockState state) { return clock_states.name(state); }
std::optional<ClockState> parse_clock_state(std::string_view name) {
    return clock_states.parse(name);
}
std::string_view name_of(Counts counts) { return counts_names.name(counts); }
std::optional<Counts> parse_counts(std::string_view name) { return counts_names.parse(name); }
std::string_view name_of(Origin origin) { return origins.name(origin); }
std::optional<Origin> parse_origin(std::string_view name) { return origins.parse(name); }
std::string_view name_of(Protection protection) { return protections.name(protection); }
std::optional<Protection> parse_protection(std::string_view name) {
    return protections.parse(name);
}
std::string_view name_of(Level level) { return levels.name(level); }
std::optional<Level> parse_level(std::string_view name) { return levels.parse(name); }
std::string_view name_of(FieldType type) { return field_types.name(type); }
std::optional<FieldType> parse_field_type(std::string_view name) { return field_types.parse(name); }
std::string_view name_of(Standing standing) { return standings.name(standing); }
std::string_view name_of(FieldGroup group) { return field_groups.name(group); }
std::optional<FieldGroup> parse_field_group(std::string_view name) {
    return field_groups.parse(name);
}
std::string_view name_of(Shown shown) { return shown_names.name(shown); }
std::string_view name_of(Persons persons) { return persons_names.name(persons); }
std::string_view name_of(Administration what) { return administrations.name(what); }
std::string_view name_of(NoteVisibility visibility) { return note_visibilities.name(visibility); }
std::optional<NoteVisibility> parse_note_visibility(std::string_view name) {
    return note_visibilities.parse(name);
}
std::string_view name_of(AdministrationReport::Mode mode) {
    return administration_modes.name(mode);
}
std::string_view name_of(Sight sight) { return sights.name(sight); }
std::string_view name_of(Lamp lamp) { return lamps.name(lamp); }
std::string_view name_of(ArgType type) { return arg_types.name(type); }

bool is_open(HandState state) {
    switch (state) {
    case HandState::offered:
    case HandState::assigned:
    case HandState::signed_for:
    case HandState::contacted:
    case HandState::arrived:
    case HandState::replied: return true;
    case HandState::sent_back:
    case HandState::done:
    case HandState::withdrawn: return false;
    }
    return false;
}

bool is_waiting(ClockState state) {
    return state == ClockState::running || state == ClockState::paused ||
           state == ClockState::lapsed;
}

}  // namespace zt
