#include "http/pages/matter.hpp"

#include "base/text.hpp"
#include "domain/attaching.hpp"
#include "domain/rows_open.hpp"
#include "http/pages/chosen_parts.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/listed.hpp"
#include "http/pages/steps.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

api::Reference reference_of(OrgId org, const Directory& directory) {
    return {org.value, org_name(org, directory)};
}

std::optional<api::Reference> area_of(AreaId id, const Directory& directory) {
    const Area* area = directory.area(id);
    return area == nullptr ? std::nullopt : std::optional(api::Reference{id.value, area->name});
}

api::ClockLine clock_line(const Clock& clock, const Subject& subject) {
    api::ClockLine line;
    line.no = clock.no;
    line.part = clock.part;
    line.turn = clock.turn;
    line.name = clock.name;
    line.title = clock_title(subject.kind(), clock.name, subject.language);
    line.state = name_of(clock.state);
    line.length = clock.is_fixed ? "" : calendar::to_string(clock.length);
    line.start = clock.start;
    if (clock.due != calendar::never) {
        line.due = clock.due;
        line.due_text = due_text(clock, *subject.context.calendar);
    }
    line.stopped = clock.stopped;
    line.is_final = clock.is_final;
    line.is_provisional = clock.is_provisional;
    return line;
}

/// The firm that handed in is named to whom the requester's name is; an association to all.
bool is_org_told(OrgId org, const Subject& subject) {
    const Org* one = subject.context.directory->org(org);
    return one == nullptr || !is_firm(*one) || is_association(*one) ||
           subject.shown(FieldGroup::author_name) == Shown::shown;
}

api::PartyLine party_line(const Party& party, const Subject& subject) {
    const std::string part = "party." + std::to_string(party.no);
    api::PartyLine line;
    line.no = party.no;
    line.role = party.role;
    line.is_hidden = party.is_hidden;
    if (party.is_named && subject.shown(FieldGroup::author_name) != Shown::absent) {
        line.name = party.is_hidden ? "•••" : masked_name(subject.texts.of(part + ".name"));
    }
    const std::string& contact = subject.texts.of(part + ".contact");
    if (!contact.empty() && subject.shown(FieldGroup::author_contact) != Shown::absent) {
        line.contact = party.is_hidden ? "•••" : masked_contact(contact);
    }
    if (party.org && is_org_told(party.org, subject)) {
        line.org = reference_of(party.org, *subject.context.directory);
    }
    return line;
}

/// Accused units are a group of their own; so are those who joined.
bool is_shown(const Party& party, const Subject& subject) {
    if (party.role == "accused") {
        return subject.shown(FieldGroup::accused) == Shown::shown;
    }
    return party.role != "cosigner" || subject.shown(FieldGroup::joiners) != Shown::absent;
}

api::HandLine hand_line(const Hand& hand, const Subject& subject) {
    const Kind* kind = subject.kind();
    const HandRule* rule = kind == nullptr ? nullptr : kind->hand(hand.role);
    api::HandLine line;
    line.no = hand.no;
    line.parent = hand.parent;
    line.turn = hand.turn;
    line.role = hand.role;
    line.role_title = rule == nullptr ? hand.role : in_language(rule->title, subject.language);
    line.state = name_of(hand.state);
    line.reply_class = hand.reply_class;
    line.org = reference_of(hand.org, *subject.context.directory);
    line.since = hand.since;
    return line;
}

api::ItemLine item_line(const Item& item, const Subject& subject) {
    api::ItemLine line;
    line.no = item.no;
    line.amount = item.amount;
    line.list = item.list;
    line.title = item.title.empty() ? subject.texts.of("item." + std::to_string(item.no) + ".title")
                                    : item.title;
    line.state = name_of(item.state);
    line.evidence = item.evidence;
    if (item.owner) {
        line.owner = reference_of(item.owner, *subject.context.directory);
    }
    line.planned = item.planned;
    line.finished = item.finished;
    return line;
}

/// Personal fields hold true where a sealed part exists: the opened text stands in for it.
Json fields_of(const Subject& subject) {
    Json fields = Json::object();
    const Kind* kind = subject.kind();
    for (const auto& one : visible_fields(subject.state, subject.viewer, subject.context)) {
        const auto found = subject.state.fields.find(one.name);
        if (found == subject.state.fields.end() || one.shown == Shown::absent) {
            continue;
        }
        const FieldRule* rule = kind == nullptr ? nullptr : kind->field(one.name);
        if (rule == nullptr) {
            continue;  // kept for the rules alone: checks of codes, who asked for what
        }
        if (one.shown == Shown::masked) {
            fields.set(one.name, "•••");
        } else if (rule->is_personal) {
            fields.set(one.name, subject.texts.of(one.name));
        } else {
            fields.set(one.name, found->second);
        }
    }
    return fields;
}

/// The part of the matter that a sealed text of an event belongs to.
FieldGroup group_of(const Event& event, std::string_view name) {
    if (name == "title") {
        return FieldGroup::title;
    }
    switch (event.verb) {
    case Verb::register_:
    case Verb::supplement:
    case Verb::contest: return FieldGroup::text;
    case Verb::reply: return FieldGroup::replies;
    case Verb::rate: return FieldGroup::rating_answers;
    default: return FieldGroup::work;
    }
}

/// in: a sealed text of an attaching event, which is the name of a file.
bool is_name_read(std::string_view name, const Subject& subject) {
    return std::ranges::any_of(attached_files(subject.state), [&](const AttachedFile& file) {
        return file_name_part(file.no) == name &&
               sees_file(file, subject.state, subject.viewer, subject.context);
    });
}

bool is_text_read(const Event& event, std::string_view name, const Subject& subject) {
    if (is_attaching(event)) {
        return is_name_read(name, subject);
    }
    return name == "note" ? sees_note(event, subject.state, subject.viewer, subject.context)
                          : subject.shown(group_of(event, name)) == Shown::shown;
}

bool is_of_identity(std::string_view name) {
    return name.starts_with("party.") || name == "for" || name == "contact" || name == "cosigners";
}

std::vector<std::string> marks_of(const Marks& marks) {
    std::vector<std::string> words;
    if (marks.is_back_dated) {
        words.emplace_back("back_dated");
    }
    if (marks.is_estimated) {
        words.emplace_back("estimated");
    }
    for (const auto& code : marks.irregular) {
        words.push_back("irregular " + code);
    }
    return words;
}

/// Notes and files for other eyes are not told at all: that somebody wrote one tells something.
bool is_for_viewer(const Event& event, const Subject& subject) {
    if (is_attaching(event) || is_disclosing(event)) {
        return sees_files_of(event, subject.state, subject.viewer, subject.context);
    }
    const bool is_written = std::ranges::any_of(event.commitments, [](const Commitment& one) {
        return one.name == "note";
    });
    return event.verb != Verb::note || !is_written || event.actor.kind != ActorKind::post ||
           sees_note(event, subject.state, subject.viewer, subject.context);
}

std::string post_title(PostId id, const Directory& directory) {
    const Post* post = directory.post(id);
    return post == nullptr ? "" : post->title;
}

api::Happening happening_of(const Event& event, const Transition* row, const Subject& subject) {
    const Directory& directory = *subject.context.directory;
    api::Happening one;
    one.seq = event.seq;
    one.version = event.version;
    one.at = event.at;
    one.recorded = event.recorded;
    one.verb = row_of(event.verb).name;
    one.title = title_of_event(event, row, subject.language);
    const Post* post = directory.post(event.actor.post);
    const bool is_told = post == nullptr || is_org_told(post->org, subject);
    one.unit = is_told ? post_org(event.actor.post, directory) : std::string();
    if (is_told && subject.shown(FieldGroup::actors) == Shown::shown) {
        one.post = post_title(event.actor.post, directory);
        one.on_behalf = post_title(event.actor.on_behalf, directory);
    }
    one.marks = marks_of(event.marks);
    if (subject.shown(FieldGroup::fields) == Shown::shown) {
        one.fields = event.input;
    }
    const auto texts = subject.texts.by_event.find(event.seq);
    if (texts == subject.texts.by_event.end()) {
        return one;
    }
    for (const auto& text : texts->second) {
        if (is_text_read(event, text.name, subject) && !is_of_identity(text.name)) {
            one.texts.set(text.name, text.text);
        }
    }
    return one;
}

/// Rows for people outside are no business of posts, nor the other way round.
bool is_for(const Kind& kind, const Transition& row, const Actor& actor) {
    return std::ranges::any_of(row.by, [&](const std::string& name) {
        const RoleRule* role = kind.role(name);
        if (role == nullptr || role->where == RoleRule::Where::system) {
            return false;
        }
        const bool is_outside = is_for_public(*role) || role->where == RoleRule::Where::party;
        return is_outside == (actor.kind == ActorKind::party);
    });
}

/// Verbs of the stage in the kind's order, each once.
std::vector<Verb> verbs_here(const Kind& kind, const std::string& stage, const Actor& actor) {
    std::vector<Verb> verbs;
    for (const auto& row : kind.transitions) {
        if (std::ranges::find(row.from, stage) != row.from.end() && is_for(kind, row, actor) &&
            std::ranges::find(verbs, row.verb) == verbs.end()) {
            verbs.push_back(row.verb);
        }
    }
    return verbs;
}

/// Forms that may still apply; the most likely first.
std::vector<api::Form> forms_now(const Subject& subject, Verb verb, const Actor& actor) {
    const Kind& kind = *subject.kind();
    std::vector<api::Form> likely, others;
    for (const Transition* row : rows_open(subject.state, verb, actor, subject.context)) {
        if (is_for(kind, *row, actor)) {
            auto& forms = row->is_primary ? likely : others;
            forms.push_back(form_of(kind, *row, subject.language));
            forms.back().is_primary =
                row->is_primary && is_ready(subject.state, *row, actor, subject.context);
            put_lists(forms.back(), *row, *subject.context.pack, subject.language);
            put_parts(forms.back(), *row, subject);
        }
    }
    std::ranges::move(others, std::back_inserter(likely));
    return likely;
}

/// Lamp, dues and turn: what clocks tell of the work.
void put_clocks(api::MatterLine& line, const Subject& subject) {
    const State& state = subject.state;
    const Kind* kind = subject.kind();
    const Clock* final = state.final_clock();
    if (kind != nullptr) {
        line.lamp = name_of(lamp_of(state, *kind, *subject.context.calendar, subject.context.now));
    }
    line.next_due = state.next_due();
    if (final != nullptr && is_waiting(final->state) && final->due != calendar::never) {
        line.due = final->due;
        line.is_provisional = final->is_provisional;
    }
    line.is_supervised = !state.field("order").as_string().empty();
    line.turn = state.turn;
}

void fill_parts(api::MatterPage& page, const Subject& subject) {
    const State& state = subject.state;
    if (subject.shown(FieldGroup::hands) == Shown::shown) {
        for (const auto& hand : state.hands) {
            page.hands.push_back(hand_line(hand, subject));
        }
    }
    if (subject.shown(FieldGroup::items) == Shown::shown) {
        for (const auto& item : state.items) {
            page.items.push_back(item_line(item, subject));
        }
    }
    if (subject.shown(FieldGroup::clocks) == Shown::shown) {
        for (const auto& clock : state.clocks) {
            page.clocks.push_back(clock_line(clock, subject));
        }
    }
}

}  // namespace

const std::string& Texts::of(std::string_view name) const {
    static const std::string none;
    const auto found = newest.find(name);
    return found == newest.end() ? none : found->second;
}

void Texts::add(Seq seq, std::vector<Personal> texts) {
    for (const auto& text : texts) {
        newest[text.name] = text.text;
    }
    by_event[seq] = std::move(texts);
}

const Kind* Subject::kind() const { return context.kinds->version(state.kind, state.kind_version); }

std::string title_of(const Subject& subject) {
    const Kind* kind = subject.kind();
    const FieldRule* rule = kind == nullptr ? nullptr : kind->field("title");
    const Json& open = subject.state.field("title");
    const bool is_open = rule != nullptr && !rule->is_personal && open.is_string();
    return is_open ? open.as_string() : subject.texts.of("title");
}

std::string org_name(OrgId org, const Directory& directory) {
    const Org* found = directory.org(org);
    return found == nullptr ? "" : found->name;
}

api::MatterLine line_of(
    const views::OpenRow& row, std::string title, const Context& context, std::string_view language
) {
    const Kind* kind = context.kinds->version(row.kind, row.kind_version);
    api::MatterLine line;
    line.number = row.number;
    line.kind = row.kind;
    line.kind_title = kind == nullptr ? row.kind : in_language(kind->title, language);
    line.stage = row.stage;
    line.stage_title = stage_title(kind, row.stage, language);
    line.title = std::move(title);
    line.channel = row.channel;
    line.category = row.category;
    line.office = org_name(row.office, *context.directory);
    line.unit = org_name(row.lead, *context.directory);
    line.lamp = name_of(row.lamp);
    line.registered = row.registered;
    line.due = row.final_due;
    line.next_due = row.next_due;
    line.is_provisional = row.is_provisional;
    line.is_supervised = row.is_supervised;
    line.turn = row.turn;
    return line;
}

api::MatterLine line_of(const Subject& subject) {
    const State& state = subject.state;
    const Kind* kind = subject.kind();
    api::MatterLine line;
    line.number = state.number;
    line.kind = state.kind;
    line.kind_title = kind == nullptr ? state.kind : in_language(kind->title, subject.language);
    line.stage = state.stage;
    line.stage_title = stage_title(kind, state.stage, subject.language);
    if (subject.shown(FieldGroup::title) == Shown::shown) {
        line.title = title_of(subject);
    }
    line.category = state.category;
    line.office = org_name(state.office, *subject.context.directory);
    line.registered = state.registered;
    line.lamp = name_of(Lamp::none);
    if (subject.shown(FieldGroup::fields) == Shown::shown) {
        line.channel = state.channel;
    }
    if (subject.shown(FieldGroup::hands) == Shown::shown && state.lead() != nullptr) {
        line.unit = org_name(state.lead()->org, *subject.context.directory);
    }
    if (subject.shown(FieldGroup::clocks) == Shown::shown) {
        put_clocks(line, subject);
    }
    return line;
}

api::MatterPage page_of(const Subject& subject) {
    const State& state = subject.state;
    api::MatterPage page;
    page.line = line_of(subject);
    page.sight = name_of(zt::sight_of(state, subject.viewer, subject.context));
    page.version = state.version;
    page.seq = state.last_seq;
    page.counts = name_of(state.counts);
    page.is_published = state.is_published;
    page.is_erased = state.is_erased;
    page.fields = fields_of(subject);
    if (subject.shown(FieldGroup::fields) == Shown::shown) {
        page.protection = name_of(state.protection);
        page.purpose = state.purpose;
        page.area = area_of(state.area, *subject.context.directory);
    }
    for (const auto& party : state.parties) {
        if (is_shown(party, subject)) {
            page.parties.push_back(party_line(party, subject));
        }
    }
    fill_parts(page, subject);
    return page;
}

api::Timeline timeline_of(const Subject& subject) {
    api::Timeline timeline;
    if (subject.shown(FieldGroup::work) == Shown::absent) {
        return timeline;
    }
    const bool reads_ratings = subject.shown(FieldGroup::rating_answers) == Shown::shown;
    for_each_step(subject, [&](const Event& event, const Transition* row) {
        if ((event.verb != Verb::rate || reads_ratings) && is_for_viewer(event, subject)) {
            timeline.rows.push_back(happening_of(event, row, subject));
        }
    });
    return timeline;
}

std::vector<api::Option> options_of(
    const Subject& subject,
    const Actor& actor,
    const std::function<std::string(const Error&)>& in_words
) {
    std::vector<api::Option> options;
    const Kind* kind = subject.kind();
    if (kind == nullptr) {
        return options;
    }
    for (const Verb verb : verbs_here(*kind, subject.state.stage, actor)) {
        api::Option option;
        option.verb = row_of(verb).name;
        option.forms = forms_now(subject, verb, actor);
        if (option.forms.empty()) {
            continue;
        }
        const auto allowed = may(subject.state, verb, actor, subject.context);
        option.is_allowed = allowed.has_value();
        if (!allowed) {
            option.refusal = name_of(allowed.error().code);
            option.why = in_words(allowed.error());
        }
        option.title = option.forms.front().title;
        option.is_primary = option.forms.front().is_primary;
        options.push_back(std::move(option));
    }
    return options;
}

}  // namespace zt::http::pages
