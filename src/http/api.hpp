#pragma once
// The bodies and answers of the API, as described structs: codec, OpenAPI and the TypeScript client
// come from them. Instants are written in UTC, days as days of office time; titles are in the
// caller's language.

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "http/api_papers.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

/// A word of a list with its title.
struct Word {
    std::string name, title;
};
BOOST_DESCRIBE_STRUCT(Word, (), (name, title))

/// An org, post or area as it is called today.
struct Reference {
    std::int64_t id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Reference, (), (id, name))

// ---- kinds and forms ----------------------------------------------------------------------------

struct Field {
    std::string name, title, help, type;
    bool is_required = false, is_personal = false;
    std::optional<std::string> preset;
    std::vector<Word> choices;
    std::int64_t min = 0, max = 0;  ///< characters or value; 0, 0: the type's own limit
    std::string show_if;            ///< "field_is(channel,visit,meeting)", else empty
    std::string register_kind;      ///< of a field that points to a record
};
BOOST_DESCRIBE_STRUCT(
    Field,
    (),
    (name,
     title,
     help,
     type,
     is_required,
     is_personal,
     preset,
     choices,
     min,
     max,
     show_if,
     register_kind)
)

/// What one verb takes; several forms of one verb are tried in order.
struct Form {
    std::string verb, title;
    bool is_primary = false;
    std::vector<Field> fields;
};
BOOST_DESCRIBE_STRUCT(Form, (), (verb, title, is_primary, fields))

struct Category {
    std::string name, title, parent, stop_text;
};
BOOST_DESCRIBE_STRUCT(Category, (), (name, title, parent, stop_text))

struct KindLine {
    std::string name, title, help;
    bool is_record = false, is_unnamed_allowed = false;
    bool is_field_work = false;  ///< done outside, where it is
};
BOOST_DESCRIBE_STRUCT(
    KindLine, (), (name, title, help, is_record, is_unnamed_allowed, is_field_work)
)

struct KindPage {
    KindLine kind;
    std::int64_t version = 1;
    std::vector<Category> categories;
    std::vector<Word> stages;
    std::vector<Form> forms;       ///< by which a matter of the kind begins, for this caller
    std::vector<Form> next_forms;  ///< likely steps that may go along with a beginning
    std::vector<Field> fields;     ///< that the kind declares, for who is signed in
    /// What whoever hands in without a name has to know before sending; empty where a name is
    /// asked.
    std::string unnamed_notice;
};
BOOST_DESCRIBE_STRUCT(
    KindPage, (), (kind, version, categories, stages, forms, next_forms, fields, unnamed_notice)
)

struct KindList {
    std::vector<KindLine> kinds;
};
BOOST_DESCRIBE_STRUCT(KindList, (), (kinds))

// ---- commands -----------------------------------------------------------------------------------

/// One verb with what it takes. `matter` and `version` are left out for one that begins.
struct Deed {
    std::string verb;
    std::optional<std::string> kind;    ///< of a matter that begins
    std::optional<std::string> number;  ///< of the matter; left out: the one of the address
    std::optional<UtcMs> happened;      ///< back-dated, where the verb allows it
    Json fields = Json::object();
};
BOOST_DESCRIBE_STRUCT(Deed, (), (verb, kind, number, happened, fields))

/// Several verbs in one transaction.
struct Deeds {
    std::vector<Deed> deeds;
};
BOOST_DESCRIBE_STRUCT(Deeds, (), (deeds))

struct Done {
    std::string number, stage, stage_title;
    std::int64_t version = 0, seq = 0;
};
BOOST_DESCRIBE_STRUCT(Done, (), (number, stage, stage_title, version, seq))

struct AllDone {
    std::vector<Done> rows;
    std::int64_t seq = 0;
    bool is_repeated = false;
};
BOOST_DESCRIBE_STRUCT(AllDone, (), (rows, seq, is_repeated))

// ---- portal -------------------------------------------------------------------------------------

struct HandIn {
    std::string kind;
    Json fields = Json::object();
    std::optional<bool> wants_phone_code;  ///< 16 digits too, to be said on a telephone
};
BOOST_DESCRIBE_STRUCT(HandIn, (), (kind, fields, wants_phone_code))

/// What the requester keeps.
struct Receipt {
    std::string number, code, office, stage_title;
    std::optional<UtcMs> due;
    std::string due_text;  ///< "2026-11-30" or "2026-11-23 11:00", as people read it
    bool is_provisional = false;
    std::int64_t seq = 0;
    std::optional<std::string> phone_code;  ///< where one was asked for
    std::string unnamed_notice;             ///< where no name was given; else empty
    bool is_code_replaced = false;  ///< a retry after the office gave another: `code` is empty
};
BOOST_DESCRIBE_STRUCT(
    Receipt,
    (),
    (number,
     code,
     office,
     stage_title,
     due,
     due_text,
     is_provisional,
     seq,
     phone_code,
     unnamed_notice,
     is_code_replaced)
)

struct Step {
    UtcMs at{};
    std::string title, office, text;
};
BOOST_DESCRIBE_STRUCT(Step, (), (at, title, office, text))

/// A day of the strip that proves a due date.
struct ProofDay {
    Date day{};
    std::string mark, why;
    std::int64_t counted = 0;
};
BOOST_DESCRIBE_STRUCT(ProofDay, (), (day, mark, why, counted))

struct PromisedDate {
    std::string title;
    UtcMs due{};
    std::string due_text, state;
    bool is_provisional = false, is_final = false;
    std::vector<ProofDay> proof;  ///< of the final one
};
BOOST_DESCRIBE_STRUCT(
    PromisedDate, (), (title, due, due_text, state, is_provisional, is_final, proof)
)

/// Who looked at the contact.
struct Look {
    UtcMs at{};
    std::string office, post, why;
};
BOOST_DESCRIBE_STRUCT(Look, (), (at, office, post, why))

struct Follow {
    std::string number, kind_title, stage, stage_title, title, text, office;
    std::int64_t turn = 1;
    std::vector<std::string> units;  ///< who has it now
    std::vector<PromisedDate> promises;
    std::vector<Step> steps;
    std::vector<Look> looks;
    std::vector<FileLine> files;
    std::vector<NoteLine> notes;            ///< those written for the requester
    std::vector<Form> may;                  ///< what the requester may do now
    std::vector<std::string> judged_above;  ///< as on the desk's page
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(
    Follow,
    (),
    (number,
     kind_title,
     stage,
     stage_title,
     title,
     text,
     office,
     turn,
     units,
     promises,
     steps,
     looks,
     files,
     notes,
     may,
     judged_above,
     version)
)

// ---- place --------------------------------------------------------------------------------------

struct PostLine {
    std::int64_t id = 0;
    std::string key, title;
};
BOOST_DESCRIBE_STRUCT(PostLine, (), (id, key, title))

struct OrgLine {
    std::int64_t id = 0;
    std::string code, name;
    std::int64_t parent = 0;  ///< 0: none
    std::string level;
    bool is_outside = false;
    bool has_below = false;
    std::vector<PostLine> posts;
};
BOOST_DESCRIBE_STRUCT(OrgLine, (), (id, code, name, parent, level, is_outside, has_below, posts))

struct OrgList {
    std::vector<OrgLine> orgs;
    bool has_more = false;
};
BOOST_DESCRIBE_STRUCT(OrgList, (), (orgs, has_more))

struct Due {
    UtcMs due{};
    std::string due_text;
    bool is_provisional = false;
    std::vector<ProofDay> proof;
};
BOOST_DESCRIBE_STRUCT(Due, (), (due, due_text, is_provisional, proof))

// ---- desk ---------------------------------------------------------------------------------------

struct MatterLine {
    std::string number, kind, kind_title, stage, stage_title, title, channel, category;
    std::string office, unit, lamp;
    UtcMs registered{};
    std::optional<UtcMs> due;  ///< of the final clock
    std::optional<UtcMs> next_due;
    bool is_provisional = false, is_supervised = false;
    std::int64_t turn = 1;
};
BOOST_DESCRIBE_STRUCT(
    MatterLine,
    (),
    (number,
     kind,
     kind_title,
     stage,
     stage_title,
     title,
     channel,
     category,
     office,
     unit,
     lamp,
     registered,
     due,
     next_due,
     is_provisional,
     is_supervised,
     turn)
)

struct Lamps {
    std::int64_t green = 0, amber = 0, red = 0, paused = 0, supervised = 0, none = 0;
};
BOOST_DESCRIBE_STRUCT(Lamps, (), (green, amber, red, paused, supervised, none))

struct Inbox {
    std::vector<MatterLine> rows;
    std::int64_t count = 0;
    Lamps lamps;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(Inbox, (), (rows, count, lamps, seq))

struct PartyLine {
    std::int64_t no = 0;
    std::string role, state, name, contact;  ///< a mask where the caller may not see them
    std::optional<Reference> org;
    bool is_hidden = false;
};
BOOST_DESCRIBE_STRUCT(PartyLine, (), (no, role, state, name, contact, org, is_hidden))

struct HandLine {
    std::int64_t no = 0, parent = 0, turn = 1;
    std::string role, role_title, state, reply_class;
    Reference org;
    UtcMs since{};
};
BOOST_DESCRIBE_STRUCT(
    HandLine, (), (no, parent, turn, role, role_title, state, reply_class, org, since)
)

struct ItemLine {
    std::int64_t no = 0, amount = 0;
    std::string list, title, state, evidence;
    std::optional<Reference> owner;
    std::optional<Date> planned;
    std::optional<UtcMs> finished;
};
BOOST_DESCRIBE_STRUCT(
    ItemLine, (), (no, amount, list, title, state, evidence, owner, planned, finished)
)

struct ClockLine {
    std::int64_t no = 0, part = 0, turn = 1;
    std::string name, title, state, length, due_text;
    UtcMs start{};
    std::optional<UtcMs> due, stopped;
    bool is_final = false, is_provisional = false;
};
BOOST_DESCRIBE_STRUCT(
    ClockLine,
    (),
    (no,
     part,
     turn,
     name,
     title,
     state,
     length,
     due_text,
     start,
     due,
     stopped,
     is_final,
     is_provisional)
)

/// Another matter that the caller may see too.
struct LinkLine {
    std::string type, number, kind, stage_title;
};
BOOST_DESCRIBE_STRUCT(LinkLine, (), (type, number, kind, stage_title))

/// What the caller may do now, and why not the rest.
struct Option {
    std::string verb, title;
    bool is_allowed = false, is_primary = false;
    std::string refusal, why;  ///< code and text
    std::vector<Form> forms;
};
BOOST_DESCRIBE_STRUCT(Option, (), (verb, title, is_allowed, is_primary, refusal, why, forms))

struct MatterPage {
    MatterLine line;
    std::string sight, protection, purpose, counts;
    std::optional<Reference> area;
    Json fields = Json::object();  ///< by name; personal ones opened where the caller may
    std::vector<PartyLine> parties;
    std::vector<HandLine> hands;
    std::vector<ItemLine> items;
    std::vector<ClockLine> clocks;
    std::vector<LinkLine> links;
    std::vector<FileLine> files;
    std::vector<std::string> may_attach;  ///< purposes for which the caller may put files here
    /// Units above the office that judged what nobody apart from it here could; in order of time.
    std::vector<std::string> judged_above;
    std::int64_t version = 0, seq = 0;
    bool is_published = false, is_erased = false;
};
BOOST_DESCRIBE_STRUCT(
    MatterPage,
    (),
    (line,
     sight,
     protection,
     purpose,
     counts,
     area,
     fields,
     parties,
     hands,
     items,
     clocks,
     links,
     files,
     may_attach,
     judged_above,
     version,
     seq,
     is_published,
     is_erased)
)

struct Options {
    std::vector<Option> options;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Options, (), (options, version))

struct Happening {
    std::int64_t seq = 0, version = 0;
    UtcMs at{}, recorded{};
    std::string verb, title, unit, post, on_behalf;
    std::vector<std::string> marks;
    Json fields = Json::object();  ///< as given, names instead of ids
    Json texts = Json::object();   ///< sealed texts that the caller may read
};
BOOST_DESCRIBE_STRUCT(
    Happening,
    (),
    (seq, version, at, recorded, verb, title, unit, post, on_behalf, marks, fields, texts)
)

struct Timeline {
    std::vector<Happening> rows;
};
BOOST_DESCRIBE_STRUCT(Timeline, (), (rows))

}  // namespace zt::http::api
