#include "app/scenario/submit.hpp"

#include "base/text.hpp"
#include "domain/vocabulary.hpp"

#include <algorithm>

namespace zt::app::scenario {

namespace {

OfficeOffset offset_of(const Telling& telling) { return telling.ledger->rules().calendar.offset; }

/// Names of matters and posts as ids; all else as typed, for decide to judge.
Json field_json(const Telling& telling, FieldType type, const std::string& value) {
    if (type == FieldType::matter) {
        const auto id = telling.matter(value);
        return id ? Json(id->value) : Json(value);
    }
    if (type == FieldType::matters) {
        Json list = Json::array();
        for (const auto& one : split(value, ',')) {
            const auto id = telling.matter(std::string(trim(one)));
            list.push(id ? Json(id->value) : Json(one));
        }
        return list;
    }
    if (type == FieldType::post) {
        const auto actor = find_actor(
            telling.ledger->directory(), value, office_date(telling.now, offset_of(telling))
        );
        return actor ? Json(actor->post.value) : Json(value);
    }
    if (type == FieldType::person) {
        const Person* person = telling.ledger->directory().find_person(value);
        return person == nullptr ? Json(value) : Json(person->id.value);
    }
    return Json(value);
}

/// Turns a step of the script into a submit.
class SubmitMaker {
  public:
    SubmitMaker(const Telling& telling, const ScriptLine& line)
        : telling_(telling), line_(line), at_(telling.now) {}

    Result<StepSubmit> make() {
        StepSubmit made;
        Submit& submit = made.submit;
        submit.key = telling_.key;
        submit.credential = "script";
        submit.origin = telling_.origin;
        for (const auto& one : line_.commands) {
            TRY(auto command, command_of(one));
            submit.commands.push_back(std::move(command));
        }
        made.begun = std::move(begun_);
        return made;
    }

  private:
    Result<Command> command_of(const ScriptCommand& one) {
        Command command;
        TRY(command.verb, parse_verb(one.verb));
        command.at = at_;
        command.is_at_given = telling_.origin != Origin::live;
        const Kind* kind = nullptr;
        if (command.verb == Verb::register_) {
            TRY(kind, begin(one, command));
        } else {
            TRY(kind, find(one, command));
        }
        TRY(command.actor, actor_of(command.matter));
        TRY_VOID(take_fields(one, kind, command));
        ++index_;
        return command;
    }

    Result<const Kind*> begin(const ScriptCommand& one, Command& command) {
        command.kind = telling_.kind;
        for (const auto& field : one.fields) {
            command.kind = field.key == "kind" ? field.value : command.kind;
        }
        if (telling_.names->contains(one.matter)) {
            return fail(Errc::bad_value, "a matter is called '" + one.matter + "' already");
        }
        begun_[index_] = one.matter;
        kind_begun_ = command.kind;
        return telling_.ledger->rules().kinds.newest(command.kind);
    }

    Result<const Kind*> find(const ScriptCommand& one, Command& command) {
        const auto is_begun_here = [&](const auto& begun) { return begun.second == one.matter; };
        if (std::ranges::any_of(begun_, is_begun_here)) {
            return telling_.ledger->rules().kinds.newest(kind_begun_
            );  // matter 0 is the one that just began
        }
        TRY(command.matter, telling_.matter(one.matter));
        TRY(const auto state, telling_.ledger->state(command.matter));
        return telling_.ledger->rules().kinds.version(state->kind, state->kind_version);
    }

    Result<Actor> actor_of(MatterId matter) {
        const ScriptActor& from = line_.actor;
        Actor actor;
        actor.kind = from.form == ActorForm::system ? ActorKind::system : ActorKind::party;
        if (from.form == ActorForm::post) {
            TRY(actor,
                find_actor(
                    telling_.ledger->directory(), from.name, office_date(at_, offset_of(telling_))
                ));
            if (!from.on_behalf.empty()) {
                TRY(const Actor behalf,
                    find_actor(
                        telling_.ledger->directory(),
                        from.on_behalf,
                        office_date(at_, offset_of(telling_))
                    ));
                actor.on_behalf = behalf.post;
            }
            if (telling_.origin == Origin::import) {
                Actor importer;  // import acts as system on behalf of the post concerned
                importer.on_behalf = actor.post;
                return importer;
            }
            return actor;
        }
        if (from.form == ActorForm::party) {
            actor.party = static_cast<PartNo>(from.party);
            return actor;
        }
        const bool is_known_party =
            from.form == ActorForm::requester || from.form == ActorForm::author;
        if (!matter || !is_known_party) {
            // Whoever registers from outside becomes the author, who is party 1 from then on.
            actor.party = is_known_party && line_.commands.size() > 1 && index_ > 0 ? 1 : 0;
            return actor;
        }
        TRY(const auto state, telling_.ledger->state(matter));
        const auto author = std::ranges::find(state->parties, "author", &Party::role);
        const Party* party = from.form == ActorForm::requester ? state->requester()
                             : author == state->parties.end()  ? nullptr
                                                               : &*author;
        if (party == nullptr) {
            return fail(Errc::not_requester, "the matter has nobody from outside");
        }
        actor.party = party->no;
        return actor;
    }

    Result<void> take_fields(const ScriptCommand& one, const Kind* kind, Command& command) {
        for (const auto& field : one.fields) {
            const bool is_register = command.verb == Verb::register_;
            if (field.key == "kind" && is_register) {
                continue;
            }
            if (field.key == "happened") {
                TRY(command.at, parse_instant(field.value, offset_of(telling_)));
                command.is_at_given = true;
                continue;
            }
            command.fields.set(
                field.key, field_json(telling_, type_of(kind, field.key), field.value)
            );
        }
        return {};
    }

    const Telling& telling_;
    const ScriptLine& line_;
    UtcMs at_;
    std::size_t index_ = 0;
    std::map<std::size_t, std::string> begun_;
    std::string kind_begun_;
};

}  // namespace

FieldType type_of(const Kind* kind, const std::string& field) {
    if (kind != nullptr) {
        if (const FieldRule* rule = kind->field(field)) {
            return rule->type;
        }
    }
    const ArgumentRow* argument = find_argument(field);
    return argument == nullptr ? FieldType::text : argument->type;
}

Result<StepSubmit> make_submit(const Telling& telling, const ScriptLine& line) {
    return SubmitMaker(telling, line).make();
}

Result<StepSubmit> make_submit(const Stage& stage, const ScriptLine& line) {
    Telling telling = stage.telling();
    telling.key = stage.tenant->fresh_key(stage.now);
    return make_submit(telling, line);
}

}  // namespace zt::app::scenario
