#include "http/pages/deeds.hpp"

#include "domain/attaching.hpp"
#include "domain/vocabulary.hpp"
#include "http/pages/forms.hpp"

#include <algorithm>

namespace zt::http {

namespace {

FieldType type_of(const std::string& name, const Kind* kind) {
    const FieldRule* rule = kind == nullptr ? nullptr : kind->field(name);
    if (rule != nullptr) {
        return rule->type;
    }
    const ArgumentRow* argument = find_argument(name);
    return argument == nullptr ? FieldType::text : argument->type;
}

Result<Json> id_of_number(
    const std::string& number, const std::string& field, const Call& call, Looking& looking
) {
    const auto unknown = [&] {
        return fail(
            Errc::unknown_matter, "no matter has the number '" + number + "'", "/fields/" + field
        );
    };
    const auto matter = looking.desk->find_number(number);
    if (!matter) {
        return matter.error().code == Errc::unknown_matter ? unknown()
                                                           : std::unexpected(matter.error());
    }
    if (const auto seen = check_sight(looking, call, *matter); !seen) {
        return seen.error().code == Errc::unknown_matter ? unknown()
                                                         : std::unexpected(seen.error());
    }
    return Json(matter->value);
}

/// The API speaks of numbers; decide takes ids. What comes as an id is refused, or it could be
/// counted through.
Result<void> resolve(Command& command, const Kind* kind, const Call& call, Looking& looking) {
    Json fields = command.fields;
    for (const auto& [name, value] : fields.members()) {
        const FieldType type = type_of(name, kind);
        if (type == FieldType::matter && value.is_string()) {
            TRY(auto id, id_of_number(value.as_string(), name, call, looking));
            command.fields.set(name, std::move(id));
        } else if (type == FieldType::matters && value.is_array()) {
            Json ids = Json::array();
            for (const Json& one : value.as_array()) {
                TRY(auto id, id_of_number(one.as_string(), name, call, looking));
                ids.push(std::move(id));
            }
            command.fields.set(name, std::move(ids));
        } else if (type == FieldType::matter && !value.is_null()) {
            return fail(Errc::bad_field, "a number such as ZT-2026-000001", "/fields/" + name);
        }
    }
    return {};
}

/// Whoever hands in must not learn of what others handed in.
Result<Json> id_from_outside(
    const std::string& number, const FieldRule& rule, const Kinds& kinds, service::Desk& desk
) {
    const auto unknown = [&] {
        return fail(
            Errc::unknown_matter,
            "no matter has the number '" + number + "'",
            "/fields/" + rule.name
        );
    };
    const Kind* wanted = kinds.newest(rule.register_kind);
    if (wanted == nullptr || !pages::beginning_forms(*wanted, "zh", pages::is_for_public).empty()) {
        return unknown();
    }
    const auto matter = desk.find_number(number);
    if (!matter) {
        return matter.error().code == Errc::unknown_matter ? unknown()
                                                           : std::unexpected(matter.error());
    }
    TRY(const State state, desk.state(*matter));
    return state.kind == wanted->name ? Result<Json>(Json(matter->value)) : unknown();
}

}  // namespace

Result<Command>
command_of(const api::Deed& deed, const About& about, const Call& call, Looking& looking) {
    Command command;
    command.matter = about.matter;
    TRY(command.verb, parse_verb(deed.verb));
    command.actor = actor_of(call.caller);
    command.fields = deed.fields;
    if (command.verb == Verb::amend && deed.fields.find("reached") != nullptr) {
        // Here the old code would die and nobody would be told a new one.
        return fail(Errc::bad_value, "a new code is given at .../code", "/deeds");
    }
    command.kind = deed.kind.value_or("");
    if (deed.happened) {
        command.at = *deed.happened;
        command.is_at_given = true;
    }
    const Kinds& kinds = *looking.context.kinds;
    const Kind* kind = kinds.newest(command.kind.empty() ? about.begun : command.kind);
    if (deed.number) {
        TRY(command.matter, looking.desk->find_number(*deed.number));
    }
    if (is_attaching(command) || is_disclosing(command)) {
        return fail(
            Errc::unknown_field, "files are put to a matter at its address /files", "/fields/files"
        );
    }
    if (command.matter) {
        TRY(const State state, looking.desk->state(command.matter));
        kind = kinds.version(state.kind, state.kind_version);
    }
    TRY_VOID(resolve(command, kind, call, looking));
    return command;
}

bool points_to_matters(const Json& fields, const Kind& kind) {
    return std::ranges::any_of(fields.members(), [&](const auto& member) {
        const FieldType type = type_of(member.first, &kind);
        return (type == FieldType::matter || type == FieldType::matters) &&
               !member.second.is_null();
    });
}

Result<void>
resolve_from_outside(Command& command, const Kind& kind, const Kinds& kinds, service::Desk& desk) {
    const Json fields = command.fields;
    for (const auto& [name, value] : fields.members()) {
        const FieldRule* rule = kind.field(name);
        const FieldType type = type_of(name, &kind);
        if (type == FieldType::matter && !value.is_null()) {
            if (!value.is_string() || rule == nullptr) {
                return fail(Errc::bad_field, "a number such as ZT-2026-000001", "/fields/" + name);
            }
            TRY(auto id, id_from_outside(value.as_string(), *rule, kinds, desk));
            command.fields.set(name, std::move(id));
        } else if (type == FieldType::matters && !value.is_null()) {
            if (!value.is_array() || rule == nullptr) {
                return fail(Errc::bad_field, "a list of numbers", "/fields/" + name);
            }
            Json ids = Json::array();
            for (const Json& one : value.as_array()) {
                if (!one.is_string()) {
                    return fail(Errc::bad_field, "a list of numbers", "/fields/" + name);
                }
                TRY(auto id, id_from_outside(one.as_string(), *rule, kinds, desk));
                ids.push(std::move(id));
            }
            command.fields.set(name, std::move(ids));
        }
    }
    return {};
}

Result<void> check_sight(Looking& looking, const Call& call, MatterId matter) {
    if (!matter) {
        return {};
    }
    TRY(const State state, looking.desk->state(matter));
    if (sight_of(state, call.caller, looking.context) == Sight::hidden) {
        return fail(Errc::unknown_matter, "no matter has that number");
    }
    return {};
}

std::string credential_of(const Caller& caller) {
    return "person " + std::to_string(caller.person.value);
}

}  // namespace zt::http
