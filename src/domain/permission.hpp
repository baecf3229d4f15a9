#pragma once
// Who may see a matter, what of it, and what else they may do with it. Pure.
//
// The rules are rows of data (impl/permission_rows.cpp); the functions here find the rows that
// speak for the one who looks and put them together. Two orders are fixed. What takes away is the
// last word: protection of whoever handed in (SYSTEMS.md) beats every row that gives, and asks each
// post that takes part in the looking: the one held, the one on whose behalf, and all others of the
// person. And acting on behalf lends the sight of the other post and of no more: the rows of the
// post held do not add to it, so a delegation never widens.
//
// threads: any; everything is in the arguments.

#include "domain/access.hpp"

#include <array>
#include <span>

namespace zt {

enum class ViewerKind : std::uint8_t { nobody, party, post, api_key };

/// Who is looking. `nobody` is the public, which sees what was published.
struct Viewer {
    ViewerKind kind = ViewerKind::nobody;
    PersonId person;   ///< 0: whoever holds the post
    PostId post;       ///< held; of an API key the post that owns it
    PostId on_behalf;  ///< for which the person is deputy or secretary
    MatterId matter;   ///< of a party: the one matter that the code opens
    PartNo party = 0;
    std::vector<std::string> scopes;  ///< of an API key: matters.read, records.read …
    bool operator==(const Viewer&) const = default;
};
[[nodiscard]] Viewer viewer_of(const Actor& actor, MatterId matter);

/// Where the viewer stands to the matter. The order is that of documents; more than one may hold.
enum class Standing : std::uint8_t {
    office,          ///< a post at the competent office
    hand,            ///< has or had a hand, by unit or as the post named
    protected_hand,  ///< the same, while the class hides who handed in
    kind_role,       ///< a role that the kind lets look (visible_to)
    collector,       ///< the post that handed it in for somebody
    registrar,       ///< the unit that registered it
    above,           ///< a unit above the office or a hand, a post that has a hand's unit in charge
    staff,           ///< any post, of a record
    requester,       ///< the party for whom it is
    author,          ///< the party that handed in for the requester
    other_party,     ///< cosigner, guest
    the_public,      ///< nobody signed in
};
inline constexpr std::size_t standings_count = 12;
[[nodiscard]] std::string_view name_of(Standing standing);

/// Parts of a matter that are shown or not as one.
enum class FieldGroup : std::uint8_t {
    place,            ///< number, kind, stage, when it was registered
    published,        ///< text, title, category and what else the kind publishes
    title,            ///< of the hand-in
    text,             ///< of the hand-in and its supplements
    files,            ///< of the hand-in: a photo or a letterhead tells who took or wrote it
    author_name,      ///< of parties from outside
    author_contact,   ///< their telephone, address
    subject,          ///< fields that point at a firm, household, member: who it is about
    fields,           ///< the kind's other public fields
    accused,          ///< units said to have done wrong
    joiners,          ///< cosigners and those whose matters were merged
    hands,            ///< units that work on it and how far they are
    actors,           ///< which person acted in a post
    handler_contact,  ///< telephone of those who work on it
    work,             ///< words between units: reasons, opinions, progress, evidence
    replies,          ///< what the requester was answered
    items,            ///< promises, measures, points of a list
    clocks,           ///< due dates and lamps
    note_unit,        ///< notes for the writing unit alone
    note_hands,       ///< notes for the office and all units at hand
    note_requester,   ///< notes that the requester reads too
    rating_answers,   ///< what was marked
    rating_missing,   ///< what is missing when it must be done again
    links,            ///< other matters it is tied to
    hidden_links,     ///< ties that are invisible from this side
    reveals,          ///< who saw the requester's contact
};
inline constexpr std::size_t field_groups_count = 26;
[[nodiscard]] std::string_view name_of(FieldGroup group);
[[nodiscard]] std::optional<FieldGroup> parse_field_group(std::string_view name);

/// masked: that it is there, not what it says.
enum class Shown : std::uint8_t { absent, masked, shown };
[[nodiscard]] std::string_view name_of(Shown shown);

/// What a standing gives. Rows are tried in order; each that fits gives, the most counts.
struct SightRow {
    Standing standing;
    Sight sight;
    bool is_record;                 ///< for records; else for matters
    Protection highest_protection;  ///< gives nothing above this class
    std::string_view source;
};
/// What of a group a standing sees.
struct FieldRow {
    FieldGroup group;
    std::array<Shown, standings_count> by_standing;  ///< in the order of Standing
    std::string_view source;
};
enum class Persons : std::uint8_t { none, one, two };
[[nodiscard]] std::string_view name_of(Persons persons);
/// How many persons it takes to reveal who handed in.
struct RevealRow {
    Standing standing;
    std::string_view post_word;  ///< empty: any
    Protection protection;
    Persons persons;
    std::string_view source;
};
/// What administrators do. None of it reads matters.
enum class Administration : std::uint8_t {
    people_and_posts,
    calendars,
    kinds_and_packs,
    settings,
    accounts,
    sessions,
    api_keys,
    approvals,  ///< the second yes to what another administrator prepared
    audit_reading,
    audit_export,
};
[[nodiscard]] std::string_view name_of(Administration what);
struct AdministrationRow {
    Administration what;
    std::string_view post_word;  ///< admin, security_admin, audit_admin
    std::string_view source;
};
struct ScopeRow {
    std::string_view scope;  ///< as an API key names it: "matters.read"
    bool reads_matters, reads_records;
    std::string_view help;
};

[[nodiscard]] std::span<const SightRow> sight_rows();
[[nodiscard]] std::span<const FieldRow> field_rows();
[[nodiscard]] std::span<const RevealRow> reveal_rows();
[[nodiscard]] std::span<const AdministrationRow> administration_rows();
[[nodiscard]] std::span<const ScopeRow> scope_rows();

/// One step of the reasoning, in order: `key` is the text access.reason.<key>.
struct Reason {
    std::string_view key;
    bool takes_away = false;
    std::optional<Sight> sight;  ///< what the row gives
    PostId post;                 ///< the post that the step speaks of
    OrgId org;                   ///< the unit that it speaks of
    std::string_view source;
    bool operator==(const Reason&) const = default;
};

struct Access {
    Sight sight = Sight::hidden;
    std::vector<Standing> standings;  ///< that give something; empty when hidden
    std::vector<Reason> reasons;
    bool operator==(const Access&) const = default;
};

/// The whole reasoning. Never fails: what is not known is hidden.
[[nodiscard]] Access access_of(const State& state, const Viewer& viewer, const Context& context);
[[nodiscard]] Sight sight_of(const State& state, const Viewer& viewer, const Context& context);

/// What of one group is seen. cost: that of access_of.
[[nodiscard]] Shown
shown(FieldGroup group, const State& state, const Viewer& viewer, const Context& context);
struct VisibleField {
    std::string name;  ///< a field, a sealed part ("party.1.name"), or the group's own name
    FieldGroup group = FieldGroup::fields;
    Shown shown = Shown::absent;
    bool operator==(const VisibleField&) const = default;
};
/// Every group once, then every public field and sealed part of the matter as it stands, in order
/// of name.
[[nodiscard]] std::vector<VisibleField>
visible_fields(const State& state, const Viewer& viewer, const Context& context);

/// A row of a list may be there.
[[nodiscard]] bool
may_see_in_list(const State& state, const Viewer& viewer, const Context& context);
/// A count may include it: exactly what may be seen, since a count tells as much as a row.
[[nodiscard]] bool may_count(const State& state, const Viewer& viewer, const Context& context);
/// How many persons a reveal takes for this viewer: none when they may not ask.
[[nodiscard]] Persons may_reveal(const State& state, const Viewer& viewer, const Context& context);
/// A row of an export may hold it (with reason and watermark). Names and contacts of requesters
/// never: SYSTEMS.md never 14.
[[nodiscard]] bool may_export(const State& state, const Viewer& viewer, const Context& context);
[[nodiscard]] bool
may_administer(Administration what, const Viewer& viewer, const Context& context);

/// For whom a note was written. Fixed at writing: no change alters it.
enum class NoteVisibility : std::uint8_t { unit, hands, requester };
[[nodiscard]] std::string_view name_of(NoteVisibility visibility);
[[nodiscard]] std::optional<NoteVisibility> parse_note_visibility(std::string_view name);
[[nodiscard]] NoteVisibility note_visibility(const Event& event);
/// in: an event that carries a note. out: whether the viewer reads it.
[[nodiscard]] bool
sees_note(const Event& event, const State& state, const Viewer& viewer, const Context& context);

/// Who fills the three administrators' posts on a day.
struct AdministrationReport {
    enum class Mode : std::uint8_t {
        three,        ///< three persons
        small_place,  ///< two: system and security are one person, audit is another
        unsound       ///< a duty is not filled, or audit is one with what it audits
    };
    Mode mode = Mode::unsound;
    std::vector<PostId> system, security, audit;
};
[[nodiscard]] std::string_view name_of(AdministrationReport::Mode mode);
[[nodiscard]] AdministrationReport administration_of(const Directory& directory, Date day);

}  // namespace zt
