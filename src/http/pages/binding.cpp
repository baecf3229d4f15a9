#include "http/pages/binding.hpp"

#include "http/codec.hpp"
#include "http/pages/deeds.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

/// What is known before anything is done.
struct Planned {
    Submit submit;
    std::string account, code;
    service::AccountId by;
    PersonId person;  ///< known already, else 0
    bool is_bound = false;
};

Date today_of(const World& world, const Call& call) {
    return office_date(call.now, world.served->rules().calendar.offset);
}

/// A name that somebody outside the firm signs in by cannot be bound to it.
Result<void> check_account(const World& world, const Planned& planned, UtcMs now) {
    const auto known = world.accounts->find_account(planned.account, now);
    if (known && known->person != planned.person) {
        return fail(Errc::name_taken, "somebody else signs in by this name", "/account");
    }
    return {};
}

Result<void> check_days(const api::BindPerson& who, Date today) {
    if (who.from && *who.from < today) {
        return fail(Errc::bad_date, "a binding begins today or later", "/from");
    }
    if (who.until && *who.until <= who.from.value_or(today)) {
        return fail(Errc::bad_date, "a binding ends after it began", "/until");
    }
    return {};
}

Command record(const char* kind, Actor actor, Json fields) {
    Command command;
    command.verb = Verb::register_;
    command.kind = kind;
    command.actor = actor;
    command.fields = std::move(fields);
    return command;
}

Json fields_of_post(
    const World& world, const Planned& planned, const Binding& binding, Date today
) {
    const bool is_administrator = binding.who.is_administrator.value_or(false);
    const std::string_view word = is_administrator ? firm_administrator_word : agent_word;
    Json fields = Json::object();
    fields.set("org", binding.credit_code).set("key", planned.account);
    fields.set("title", world.zh->get("firm." + std::string(word)));
    fields.set("words", Json::array().push(std::string(word)));
    if (planned.person) {
        fields.set("holder", planned.person.value);
    } else {
        fields.set("holder", planned.code);
    }
    fields.set("from", to_string(binding.who.from.value_or(today)));
    if (binding.who.until) {
        fields.set("until", to_string(*binding.who.until));
    }
    return fields;
}

/// The post that binds the person to the firm today or later.
bool is_bound(
    const Directory& directory, const Planned& planned, const Binding& binding, Date day
) {
    const Org* firm = directory.find_org(binding.credit_code, day);
    return firm != nullptr && planned.person &&
           std::ranges::any_of(directory.posts_of(firm->id, day), [&](const Post* post) {
               return post->holder == planned.person;
           });
}

Result<Planned> plan(const World& world, const Call& call, const Binding& binding) {
    const Date today = today_of(world, call);
    Planned planned;
    auto name = service::sign_in_name(binding.who.account);
    if (!name) {
        return fail(Errc::bad_value, name.error().detail, "/account");
    }
    planned.account = *std::move(name);
    planned.code = firm_person_code(binding.credit_code, planned.account);
    TRY_VOID(check_days(binding.who, today));
    TRY(const auto session, world.accounts->find_session(call.session_token, call.now));
    planned.by = session.account;
    const auto directory = world.served->directory();
    if (const Person* person = directory->find_person(planned.code)) {
        planned.person = person->id;
    }
    TRY_VOID(check_account(world, planned, call.now));
    planned.is_bound = is_bound(*directory, planned, binding, binding.who.from.value_or(today));
    planned.submit.key = call.key.value_or(Uuid{});
    planned.submit.credential = credential_of(call.caller);
    planned.submit.commands = binding.begins;
    const Actor actor = actor_of(call.caller);
    if (!planned.person) {
        Json fields = Json::object();
        fields.set("code", planned.code).set("name", binding.who.name);
        if (binding.who.contact && !binding.who.contact->empty()) {
            fields.set("contact", *binding.who.contact);
        }
        planned.submit.commands.push_back(record("person", actor, std::move(fields)));
    }
    planned.submit.commands.push_back(
        record("post", actor, fields_of_post(world, planned, binding, today))
    );
    return planned;
}

Reply told(const std::string& account, const service::OneTimePassword* once) {
    api::Bound bound{account, {}, {}};
    if (once != nullptr) {
        bound.password = once->password;
        bound.until = once->until;
    }
    Reply reply = json_reply(to_json(bound), 201);
    reply.holds_secret = true;
    return reply;
}

/// Who signs in already keeps the password; who never did gets another one.
void give_account(
    World& world, const std::string& name, service::NewAccount account, UtcMs now, Deliver deliver
) {
    const auto tell = [name, deliver](Result<service::OneTimePassword> once) {
        deliver(once ? Result<Reply>(told(name, &*once)) : std::unexpected(once.error()));
    };
    const auto known = world.accounts->find_account(name, now);
    if (!known) {
        world.accounts->make_account(std::move(account), now, tell);
    } else if (known->must_change_password) {
        world.accounts->reset_password(known->id, account.by, now, tell);
    } else {
        deliver(told(name, nullptr));
    }
}

Error placed(Error error, const std::string& at) {
    // Fields of the records are named like those of the body, but for these.
    if (error.at == "/fields/code" || error.at == "/guard/credit_code") {
        error.at = "/credit_code";
    } else if (error.at == "/guard/name_free") {
        error.at = "/name";
    } else if (error.at.starts_with("/fields/")) {
        error.at = at + error.at.substr(std::string_view("/fields").size());
    }
    return error;
}

}  // namespace

std::string firm_person_code(std::string_view credit_code, std::string_view account) {
    return std::string(credit_code) + "." + std::string(account);
}

std::string account_in(std::string_view person_code, std::string_view credit_code) {
    const std::string before = firm_person_code(credit_code, "");
    return person_code.starts_with(before) ? std::string(person_code.substr(before.size()))
                                           : std::string();
}

void bind_person(World& world, const Call& call, Binding binding, Deliver deliver) {
    auto planned = plan(world, call, binding);
    if (!planned) {
        Error error = std::move(planned).error();
        error.at = binding.at + error.at;
        deliver(std::unexpected(std::move(error)));
        return;
    }
    const UtcMs now = call.now;
    const std::string name = planned->account;
    service::NewAccount account{name, planned->person, planned->by};
    if (planned->is_bound && binding.begins.empty()) {
        give_account(world, name, std::move(account), now, std::move(deliver));
        return;
    }
    const std::size_t person_row = planned->submit.commands.size() - 2;
    world.submit(
        std::move(planned->submit),
        [&world, name, account, now, person_row, at = binding.at, deliver](
            const Result<service::Answer>& answer
        ) mutable {
            if (!answer) {
                deliver(std::unexpected(placed(answer.error(), at)));
                return;
            }
            if (!account.person) {
                account.person = PersonId{answer->rows.at(person_row).matter.value};
            }
            give_account(world, name, std::move(account), now, std::move(deliver));
        }
    );
}

}  // namespace zt::http::pages
