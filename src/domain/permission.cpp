#include "domain/permission.hpp"

#include "domain/attaching.hpp"
#include "domain/impl/standing.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

bool has(const std::vector<Standing>& standings, Standing one) {
    return std::ranges::find(standings, one) != standings.end();
}

/// What could tell who handed in.
bool is_identity(FieldGroup group) {
    return group == FieldGroup::author_name || group == FieldGroup::author_contact ||
           group == FieldGroup::subject || group == FieldGroup::joiners ||
           group == FieldGroup::files;
}

Shown in_table(FieldGroup group, const std::vector<Standing>& standings) {
    const auto row = std::ranges::find(field_rows(), group, &FieldRow::group);
    Shown most = Shown::absent;
    for (const Standing standing : standings) {
        most = std::max(most, row->by_standing[static_cast<std::size_t>(standing)]);
    }
    return most;
}

/// The unit is rated here: what was marked is not for its eyes, what is missing only when it has to
/// do it again. SYSTEMS never 3.
Shown rating_for_unit(FieldGroup group, const State& state) {
    const bool is_open_to_unit =
        group == FieldGroup::rating_missing ? state.past.redos > 0 : agreed_to_be_named(state);
    return is_open_to_unit ? Shown::shown : Shown::absent;
}

Shown shown_to(
    FieldGroup group, const State& state, const Viewer& viewer, const Sighting& sighting
) {
    const auto& standings = sighting.access.standings;
    if (group == FieldGroup::published) {
        const bool is_there = state.is_published || viewer.kind != ViewerKind::nobody;
        return is_there ? in_table(group, standings) : Shown::absent;
    }
    if (group == FieldGroup::rating_answers || group == FieldGroup::rating_missing) {
        if (sighting.is_rated_unit && !standings.empty()) {
            return rating_for_unit(group, state);
        }
        return in_table(group, standings);
    }
    if (is_identity(group) && viewer.kind == ViewerKind::api_key) {
        return Shown::absent;
    }
    const bool is_hand_alone = has(standings, Standing::hand) && !has(standings, Standing::office);
    if (is_identity(group) && is_hand_alone && asked_to_be_hidden(state)) {
        return Shown::absent;
    }
    return in_table(group, standings);
}

/// What the kind says that a publication may show, once there is one. `kinds check` proves that
/// none of it is personal.
bool is_published_field(const State& state, const Kind* kind, const FieldRule* rule) {
    return state.is_published && kind != nullptr && rule != nullptr && !rule->is_personal &&
           std::ranges::find(kind->published, rule->name) != kind->published.end();
}

FieldGroup group_of_field(const State& state, const Kind* kind, const std::string& name) {
    const FieldRule* rule = kind == nullptr ? nullptr : kind->field(name);
    if (name == files_field) {
        return FieldGroup::files;
    }
    if (name == "public_title" || name == "public_text" || name == "category" ||
        is_published_field(state, kind, rule)) {
        return FieldGroup::published;
    }
    if (rule != nullptr && rule->is_personal) {
        return state.is_record   ? FieldGroup::author_name
               : name == "title" ? FieldGroup::title
                                 : FieldGroup::text;
    }
    if (name == "title") {
        return FieldGroup::title;
    }
    const bool points =
        rule != nullptr && (rule->type == FieldType::matter || rule->type == FieldType::person);
    return points && !state.is_record ? FieldGroup::subject : FieldGroup::fields;
}

using Named = std::vector<std::pair<std::string, FieldGroup>>;

/// Sealed parts of parties and items, as decide names them.
void add_parts(Named& named, const State& state) {
    for (const Party& party : state.parties) {
        const std::string prefix = "party." + std::to_string(party.no) + ".";
        if (party.role == "accused") {
            named.emplace_back(prefix + "org", FieldGroup::accused);
            continue;
        }
        const bool is_main = party.role == "author" || party.role == "beneficiary";
        named.emplace_back(
            prefix + "name", is_main ? FieldGroup::author_name : FieldGroup::joiners
        );
        named.emplace_back(
            prefix + "contact", is_main ? FieldGroup::author_contact : FieldGroup::joiners
        );
    }
    for (const Item& item : state.items) {
        named.emplace_back("item." + std::to_string(item.no) + ".title", FieldGroup::items);
    }
    for (std::size_t index = 0; index < state.links.size(); ++index) {
        named.emplace_back(
            "link." + std::to_string(index + 1),
            state.links[index].is_hidden ? FieldGroup::hidden_links : FieldGroup::links
        );
    }
}

/// May count as read-only sight of a post: which figures decide.
bool is_seen(const State& state, const Viewer& viewer, const Context& context) {
    return sight_of(state, viewer, context) >= Sight::listed;
}

bool has_word(const Post& post, std::string_view word) {
    return std::ranges::find(post.words, word) != post.words.end();
}

}  // namespace

Viewer viewer_of(const Actor& actor, MatterId matter) {
    Viewer viewer;
    switch (actor.kind) {
    case ActorKind::system: break;
    case ActorKind::post:
        viewer.kind = ViewerKind::post;
        viewer.person = actor.person;
        viewer.post = actor.post;
        viewer.on_behalf = actor.on_behalf;
        break;
    case ActorKind::party:
        viewer.kind = ViewerKind::party;
        viewer.matter = matter;
        viewer.party = actor.party;
        break;
    }
    return viewer;
}

Access access_of(const State& state, const Viewer& viewer, const Context& context) {
    return sighting_of(state, viewer, context).access;
}

Sight sight_of(const State& state, const Viewer& viewer, const Context& context) {
    return sighting_of(state, viewer, context).access.sight;
}

Sight sight_of(const State& state, PostId post, const Context& context) {
    Viewer viewer;
    viewer.kind = ViewerKind::post;
    viewer.post = post;
    return sight_of(state, viewer, context);
}

Shown shown(FieldGroup group, const State& state, const Viewer& viewer, const Context& context) {
    return shown_to(group, state, viewer, sighting_of(state, viewer, context));
}

std::vector<VisibleField>
visible_fields(const State& state, const Viewer& viewer, const Context& context) {
    const Sighting sighting = sighting_of(state, viewer, context);
    std::vector<VisibleField> visible;
    for (const FieldRow& row : field_rows()) {
        visible.push_back(
            {std::string(name_of(row.group)),
             row.group,
             shown_to(row.group, state, viewer, sighting)}
        );
    }
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    Named named;
    for (const auto& [name, value] : state.fields) {
        named.emplace_back(name, group_of_field(state, kind, name));
    }
    add_parts(named, state);
    std::ranges::sort(named);
    for (auto& [name, group] : named) {
        const Shown shown = shown_to(group, state, viewer, sighting);
        visible.push_back({std::move(name), group, shown});
    }
    return visible;
}

bool may_see_in_list(const State& state, const Viewer& viewer, const Context& context) {
    // A party follows one matter by its code; nobody has a list of a person's matters.
    return viewer.kind != ViewerKind::party && is_seen(state, viewer, context);
}

bool may_count(const State& state, const Viewer& viewer, const Context& context) {
    return may_see_in_list(state, viewer, context);
}

Persons may_reveal(const State& state, const Viewer& viewer, const Context& context) {
    const Sighting sighting = sighting_of(state, viewer, context);
    const bool is_anybody_named = std::ranges::any_of(state.parties, [](const Party& party) {
        return party.role != "accused" && party.is_named;
    });
    if (viewer.kind != ViewerKind::post || state.is_erased || !is_anybody_named ||
        shown_to(FieldGroup::author_contact, state, viewer, sighting) != Shown::masked) {
        return Persons::none;
    }
    const Post* authority = context.directory->post(sighting.authority);
    Persons least = Persons::none;
    for (const RevealRow& row : reveal_rows()) {
        const bool fits = has(sighting.access.standings, row.standing) &&
                          row.protection == state.protection &&
                          (row.post_word.empty() ||
                           (authority != nullptr && has_word(*authority, row.post_word)));
        if (fits && (least == Persons::none || row.persons < least)) {
            least = row.persons;
        }
    }
    return least;
}

bool may_export(const State& state, const Viewer& viewer, const Context& context) {
    const Sighting sighting = sighting_of(state, viewer, context);
    // Who handed in a report of wrong-doing could be told from a row of a file that travels.
    return viewer.kind == ViewerKind::post && sighting.access.sight >= Sight::masked &&
           state.protection != Protection::wrong_done;
}

bool may_administer(Administration what, const Viewer& viewer, const Context& context) {
    if (viewer.kind != ViewerKind::post || viewer.on_behalf) {
        return false;
    }
    const Date day = office_date(context.now, context.calendar->offset);
    const Post* post = context.directory->post(viewer.post);
    if (post == nullptr || !post->span.holds(day) ||
        (viewer.person && post->holder != viewer.person)) {
        return false;
    }
    return std::ranges::any_of(administration_rows(), [&](const AdministrationRow& row) {
        return row.what == what && has_word(*post, row.post_word);
    });
}

NoteVisibility note_visibility(const Event& event) {
    return parse_note_visibility(event.input["visibility"].as_string())
        .value_or(NoteVisibility::unit);
}

bool sees_note(
    const Event& event, const State& state, const Viewer& viewer, const Context& context
) {
    const Sighting sighting = sighting_of(state, viewer, context);
    const Directory& directory = *context.directory;
    const auto group = [&] {
        switch (note_visibility(event)) {
        case NoteVisibility::unit: return FieldGroup::note_unit;
        case NoteVisibility::hands: return FieldGroup::note_hands;
        case NoteVisibility::requester: return FieldGroup::note_requester;
        }
        return FieldGroup::note_unit;
    }();
    if (in_table(group, sighting.access.standings) != Shown::shown) {
        return false;
    }
    const Post* writer =
        directory.post(event.actor.on_behalf ? event.actor.on_behalf : event.actor.post);
    const Post* reader = directory.post(sighting.authority);
    return group != FieldGroup::note_unit ||
           (writer != nullptr && reader != nullptr && writer->org == reader->org);
}

AdministrationReport administration_of(const Directory& directory, Date day) {
    AdministrationReport report;
    std::array<std::vector<PersonId>, 3> people;
    const std::array duties{
        std::pair{std::string_view("admin"), &report.system},
        std::pair{std::string_view("security_admin"), &report.security},
        std::pair{std::string_view("audit_admin"), &report.audit},
    };
    for (const Org* org : directory.orgs()) {
        for (const Post* post : directory.posts_of(org->id, day)) {
            for (std::size_t index = 0; index < duties.size(); ++index) {
                if (has_word(*post, duties[index].first)) {
                    duties[index].second->push_back(post->id);
                    people[index].push_back(post->holder);
                }
            }
        }
    }
    const auto share = [&](std::size_t one, std::size_t other) {
        return std::ranges::any_of(people[one], [&](PersonId person) {
            return person && std::ranges::find(people[other], person) != people[other].end();
        });
    };
    const bool is_filled = std::ranges::all_of(people, [](const std::vector<PersonId>& list) {
        return std::ranges::any_of(list, [](PersonId person) { return bool(person); });
    });
    using Mode = AdministrationReport::Mode;
    report.mode = !is_filled || share(0, 2) || share(1, 2) ? Mode::unsound
                  : share(0, 1)                            ? Mode::small_place
                                                           : Mode::three;
    return report;
}

}  // namespace zt
