// The rules of permission as rows of data. docs/reference/permissions.md is made from them.

#include "domain/permission.hpp"

#include <array>

namespace zt {

namespace {

constexpr std::string_view protection_rule = "SYSTEMS protection of whoever hands in";
constexpr std::string_view notes_rule = "‡ notes for different eyes never mix";
constexpr std::string_view loop_rule = "SYSTEMS people who use it";

using S = Standing;

constexpr std::array sights{
    SightRow{S::office, Sight::full, false, Protection::wrong_done, protection_rule},
    SightRow{S::hand, Sight::full, false, Protection::bad_service, protection_rule},
    SightRow{S::protected_hand, Sight::masked, false, Protection::wrong_done, protection_rule},
    SightRow{S::kind_role, Sight::masked, false, Protection::wrong_done, "visible_to of the kind"},
    SightRow{S::collector, Sight::masked, false, Protection::wrong_done, loop_rule},
    SightRow{S::registrar, Sight::listed, false, Protection::wrong_done, protection_rule},
    SightRow{S::above, Sight::listed, false, Protection::bad_service, protection_rule},
    SightRow{S::staff, Sight::masked, true, Protection::wrong_done, "DESIGN 1 idea 3"},
    SightRow{S::requester, Sight::full, false, Protection::wrong_done, loop_rule},
    SightRow{S::author, Sight::masked, false, Protection::wrong_done, loop_rule},
    SightRow{S::other_party, Sight::masked, false, Protection::wrong_done, "DESIGN 3 nouns"},
    SightRow{S::the_public, Sight::listed, false, Protection::bad_service, "SYSTEMS S27"},
    SightRow{S::the_public, Sight::listed, true, Protection::none, "SYSTEMS S13, S27: answers"},
};

constexpr Shown o = Shown::absent;
constexpr Shown m = Shown::masked;
constexpr Shown x = Shown::shown;
using G = FieldGroup;

// Columns: office, hand, protected hand, kind role, collector, registrar, above, staff, requester,
// author, other party, public.
constexpr std::array fields{
    FieldRow{G::place, {x, x, x, x, x, x, x, x, x, x, x, x}, loop_rule},
    FieldRow{G::published, {x, x, x, x, x, x, x, x, x, x, x, x}, "SYSTEMS S27"},
    FieldRow{G::title, {x, x, x, x, x, x, x, x, x, x, x, o}, protection_rule},
    FieldRow{G::text, {x, x, x, x, x, o, o, x, x, x, x, o}, loop_rule},
    FieldRow{G::files, {x, x, o, x, x, o, o, x, x, x, o, o}, protection_rule},
    FieldRow{G::author_name, {m, m, o, m, m, o, o, m, x, x, o, o}, protection_rule},
    FieldRow{G::author_contact, {m, m, o, m, m, o, o, m, x, x, o, o}, protection_rule},
    FieldRow{G::subject, {x, x, o, x, x, o, o, x, x, x, o, o}, protection_rule},
    FieldRow{G::fields, {x, x, x, x, x, o, o, x, x, x, x, o}, loop_rule},
    FieldRow{G::accused, {x, x, x, x, x, o, o, o, x, x, o, o}, protection_rule},
    FieldRow{G::joiners, {m, o, o, o, o, o, o, o, o, o, o, o}, "SYSTEMS never 7"},
    FieldRow{G::hands, {x, x, x, x, x, o, o, x, x, x, x, o}, loop_rule},
    FieldRow{G::actors, {x, x, x, x, m, o, o, x, m, m, o, o}, loop_rule},
    FieldRow{G::handler_contact, {x, x, x, x, o, o, o, m, o, o, o, o}, "DESIGN 4 sealing"},
    FieldRow{G::work, {x, x, x, x, o, o, o, x, o, o, o, o}, loop_rule},
    FieldRow{G::replies, {x, x, x, x, x, o, o, x, x, x, x, o}, loop_rule},
    FieldRow{G::items, {x, x, x, x, x, o, o, x, x, x, o, o}, loop_rule},
    FieldRow{G::clocks, {x, x, x, x, x, o, o, x, x, x, x, o}, loop_rule},
    FieldRow{G::note_unit, {x, x, x, x, o, o, o, x, o, o, o, o}, notes_rule},
    FieldRow{G::note_hands, {x, x, x, o, o, o, o, x, o, o, o, o}, notes_rule},
    FieldRow{G::note_requester, {x, x, x, x, x, o, o, x, x, x, o, o}, notes_rule},
    FieldRow{G::rating_answers, {x, o, o, x, o, o, o, o, x, o, o, o}, "SYSTEMS never 3"},
    FieldRow{G::rating_missing, {x, x, x, x, o, o, o, o, x, o, o, o}, "SYSTEMS never 3"},
    FieldRow{G::links, {x, x, x, x, o, o, o, x, o, o, o, o}, loop_rule},
    FieldRow{G::hidden_links, {o, o, o, o, o, o, o, o, o, o, o, o}, protection_rule},
    FieldRow{G::reveals, {x, o, o, o, o, o, o, o, x, o, o, o}, "‡ who saw my contact"},
};
static_assert(fields.size() == field_groups_count);

using P = Protection;
constexpr std::string_view two_rule = "‡ two persons where it can hurt most";

constexpr std::array reveals{
    RevealRow{S::office, "", P::none, Persons::one, protection_rule},
    RevealRow{S::office, "", P::please_do, Persons::one, protection_rule},
    RevealRow{S::office, "", P::bad_service, Persons::one, protection_rule},
    RevealRow{S::office, "", P::wrong_done, Persons::two, two_rule},
    RevealRow{S::hand, "", P::none, Persons::one, protection_rule},
    RevealRow{S::hand, "", P::please_do, Persons::one, protection_rule},
    RevealRow{S::hand, "", P::bad_service, Persons::one, "once the requester agreed"},
    RevealRow{S::kind_role, "callback", P::none, Persons::one, "SYSTEMS call-back agent"},
    RevealRow{S::kind_role, "callback", P::please_do, Persons::one, "SYSTEMS call-back agent"},
    RevealRow{S::kind_role, "callback", P::bad_service, Persons::one, "SYSTEMS call-back agent"},
    RevealRow{S::kind_role, "callback", P::wrong_done, Persons::two, two_rule},
};

using A = Administration;
constexpr std::string_view three_rule = "SYSTEMS administrators (system, security, audit)";

constexpr std::array administrations{
    AdministrationRow{A::people_and_posts, "admin", three_rule},
    AdministrationRow{A::calendars, "admin", three_rule},
    AdministrationRow{A::kinds_and_packs, "admin", three_rule},
    AdministrationRow{A::settings, "admin", three_rule},
    AdministrationRow{A::accounts, "security_admin", three_rule},
    AdministrationRow{A::sessions, "security_admin", three_rule},
    AdministrationRow{A::api_keys, "security_admin", three_rule},
    AdministrationRow{A::approvals, "security_admin", three_rule},
    AdministrationRow{A::audit_reading, "audit_admin", three_rule},
    AdministrationRow{A::audit_export, "audit_admin", three_rule},
};

constexpr std::array scopes{
    ScopeRow{"matters.read", true, false, "matters that the owner sees, who handed in left out"},
    ScopeRow{"matters.act", true, false, "verbs of the owner on matters, and what they must see"},
    ScopeRow{"records.read", false, true, "records, personal fields masked"},
    ScopeRow{"figures.read", false, false, "figures; no matter and no record"},
    ScopeRow{"directory.read", false, false, "units and their posts; no matter and no record"},
};

}  // namespace

std::span<const SightRow> sight_rows() { return sights; }
std::span<const FieldRow> field_rows() { return fields; }
std::span<const RevealRow> reveal_rows() { return reveals; }
std::span<const AdministrationRow> administration_rows() { return administrations; }
std::span<const ScopeRow> scope_rows() { return scopes; }

}  // namespace zt
