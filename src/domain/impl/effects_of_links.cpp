// Effects on other matters: links on both sides, matters that follow, what linked ones are told.

#include "domain/impl/frame.hpp"
#include "domain/link_type.hpp"

#include <algorithm>

namespace zt {

namespace {

using Args = std::vector<std::string>;

/// The other side's link: a must, so that no link ever stands on one side only.
void link_other_side(Frame& f, const std::string& type, MatterId other, bool is_away) {
    Reaction reaction;
    reaction.is_must = true;
    reaction.command = system_command(f, Verb::link, other);
    reaction.command.fields.set("type", type).set("to", own_id(f).value).set("away", is_away);
    f.reactions.push_back(std::move(reaction));
}

/// Whether the kind's register takes that field from the system.
bool begins_with(const Kind& kind, const std::string& name) {
    return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
        return row.verb == Verb::register_ &&
               std::ranges::find(row.fields, name, &FieldUse::name) != row.fields.end();
    });
}

Result<void> tell_each(Frame& f, const Args& a, bool is_must) {
    TRY(const Verb verb, parse_verb(a[1]));
    for (const auto& one : f.after.links) {
        if (one.type != a[0]) {
            continue;
        }
        Reaction reaction;
        reaction.is_must = is_must;
        reaction.command = system_command(f, verb, one.to);
        for (const auto& [name, value] : f.fields.members()) {
            const ArgumentRow* argument = find_argument(name);
            if (argument != nullptr &&
                (argument->is_personal || name == "outcome" || name == "public_text") &&
                name != "for" && name != "contact") {
                reaction.command.fields.set(name, value);
            }
        }
        // A note is told in the words of the step itself.
        if (verb == Verb::note && !f.given("text").is_null() && f.given("note").is_null()) {
            reaction.command.fields.set("note", f.given("text"));
        }
        f.reactions.push_back(std::move(reaction));
    }
    return {};
}

}  // namespace

Command system_command(const Frame& f, Verb verb, MatterId matter) {
    Command command;
    command.verb = verb;
    command.matter = matter;
    command.at = f.at();
    command.actor.kind = ActorKind::system;
    command.actor.on_behalf =
        f.command->actor.on_behalf ? f.command->actor.on_behalf : f.command->actor.post;
    command.is_reaction = true;
    return command;
}

Result<void> link_matters(Frame& f, const Args& a) {
    const Json& given = f.value(a[1]);
    const JsonArray one{given};
    for (const auto& other : given.is_array() ? given.as_array() : one) {
        const MatterId id{other.as_int()};
        if (!id || std::ranges::find(f.after.links, Link{a[0], id}) != f.after.links.end()) {
            continue;
        }
        f.emit(Linked{{a[0], id}});
        link_other_side(f, reverse_link(a[0]), id, false);
    }
    return {};
}

Result<void> unlink_matters(Frame& f, const Args& a) {
    const auto links = f.after.links;
    for (const auto& one : links) {
        if (one.type == a.front()) {
            f.emit(Unlinked{one.type, one.to});
            link_other_side(f, reverse_link(one.type), one.to, true);
        }
    }
    return {};
}

/// Nothing of the cause's words, place or hour goes along unless the spawning verb names it: only
/// the fields that this command carries and the new kind's register takes; item_title becomes its
/// title, planned its due_date.
Result<void> spawn_matter(Frame& f, const Args& a) {
    const Kind* other = f.context->kinds->newest(a[0]);
    if (other == nullptr) {
        return fail(Errc::unknown_kind, "kind '" + a[0] + "' is not in use here");
    }
    Reaction reaction;
    reaction.is_must = true;
    reaction.command = system_command(f, Verb::register_, MatterId{});
    reaction.command.kind = a[0];
    for (const auto& [name, value] : f.fields.members()) {
        // What follows has a title and a last day of its own.
        const std::string as = name == "item_title" ? "title"
                               : name == "planned"  ? "due_date"
                                                    : name;
        if (begins_with(*other, as) && name != "title") {
            reaction.command.fields.set(as, value);
        }
    }
    const bool is_hidden = f.after.protection == Protection::wrong_done;
    reaction.command.fields.set("office", f.after.office.value);
    reaction.command.links.push_back({reverse_link(a[1]), own_id(f), is_hidden});
    reaction.link_back = a[1];
    f.reactions.push_back(std::move(reaction));
    return {};
}

Result<void> tell_linked(Frame& f, const Args& a) { return tell_each(f, a, false); }

Result<void> tell_linked_must(Frame& f, const Args& a) { return tell_each(f, a, true); }

}  // namespace zt
