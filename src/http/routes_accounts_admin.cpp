// Administration of accounts and sessions, by the security administrator: who may sign in. What
// they may do then follows from their posts, which the system administrator prepares
// (routes_changes.cpp). Nobody here reads matters.
//
// Safe to send twice: an account is made once, the second try hears that the name is taken and
// resets the password that was lost with the answer; all else sets a state.

#include "base/text.hpp"
#include "http/api_admin.hpp"
#include "http/api_session.hpp"
#include "http/codec.hpp"
#include "http/pages/living.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/numbers.hpp"
#include "http/route_lists.hpp"
#include "service/accounts.hpp"

#include <algorithm>
#include <map>

namespace zt::http {

namespace {

using service::AccountId;
using service::AccountView;

constexpr std::size_t accounts_on_page_max = 500;

Reply no_content() {
    Reply reply;
    reply.status = 204;
    return reply;
}

/// Who administers, for the audit.
Result<AccountId> administrator(const World& world, const Call& call) {
    TRY(const auto session, world.accounts->find_session(call.session_token, call.now));
    return session.account;
}

Result<AccountView> account_of(const World& world, const Call& call) {
    const auto id = parse_int(call.path_value("account"));
    if (!id) {
        return fail(Errc::not_found, "there is no such account");
    }
    return world.accounts->account(AccountId{*id}, call.now);
}

std::string state_of(const AccountView& view) {
    return view.is_disabled            ? "disabled"
           : view.locked_until         ? "locked"
           : view.must_change_password ? "must_change"
                                       : "active";
}

api::AccountLine line_of(const AccountView& view, const World& world, const Call& call) {
    const auto directory = world.served->directory();
    const Person* person = directory->person(view.person);
    api::AccountLine line;
    line.account = view.id.value;
    line.name = view.name;
    line.person = {view.person.value, person == nullptr ? std::string() : person->code};
    line.state = state_of(view);
    line.has_second_factor = view.has_second_factor;
    line.recovery_codes_left = static_cast<std::int64_t>(view.recovery_codes_left);
    line.sessions =
        static_cast<std::int64_t>(world.accounts->sessions_of(view.id, call.now).size());
    line.made = view.created;
    line.changed = view.changed;
    return line;
}

Result<Reply> get_accounts(World& world, const Call& call) {
    const std::string* text = call.query_value("after");
    const AccountId after{text == nullptr ? 0 : parse_int(*text).value_or(0)};
    const std::size_t limit = pages::limit_of(call, accounts_on_page_max);
    const auto all = world.accounts->accounts(call.now);
    api::AccountList list;
    for (auto view = std::ranges::upper_bound(all, after, {}, &AccountView::id); view != all.end();
         ++view) {
        if (list.accounts.size() == limit) {
            list.next = list.accounts.back().account;
            break;
        }
        list.accounts.push_back(line_of(*view, world, call));
    }
    return json_reply(to_json(list));
}

/// Answers with what is shown once.
service::Done<service::OneTimePassword> tell_once(const std::string& name, Deliver deliver) {
    return [name, deliver = std::move(deliver)](Result<service::OneTimePassword> once) {
        if (!once) {
            deliver(std::unexpected(std::move(once).error()));
            return;
        }
        Reply reply = json_reply(
            to_json(api::OneTime{once->account.value, name, once->password, once->until}), 201
        );
        reply.holds_secret = true;
        deliver(std::move(reply));
    };
}

Result<service::NewAccount> new_account(const World& world, const Call& call) {
    TRY(auto body, read_body<api::MakeAccount>(call));
    TRY(const AccountId by, administrator(world, call));
    const auto directory = world.served->directory();
    const Person* person = directory->find_person(body.person);
    if (person == nullptr) {
        return fail(Errc::not_found, "the directory has no person with this code", "/person");
    }
    return service::NewAccount{std::move(body.name), person->id, by};
}

void post_account(World& world, const Call& call, Deliver deliver) {
    auto account = new_account(world, call);
    if (!account) {
        deliver(std::unexpected(std::move(account).error()));
        return;
    }
    const std::string name = account->name;
    world.accounts->make_account(
        *std::move(account), call.now, tell_once(name, std::move(deliver))
    );
}

struct Reset {
    AccountView account;
    AccountId by;
};

Result<Reset> reset_of(const World& world, const Call& call) {
    TRY(const auto body, read_body<api::ResetAccount>(call));
    TRY(auto account, account_of(world, call));
    TRY(const AccountId by, administrator(world, call));
    if (body.drops_second_factor.value_or(false)) {
        TRY_VOID(world.accounts->reset_second_factor(account.id, by, call.now));
    }
    return Reset{std::move(account), by};
}

void post_reset(World& world, const Call& call, Deliver deliver) {
    const auto reset = reset_of(world, call);
    if (!reset) {
        deliver(std::unexpected(reset.error()));
        return;
    }
    world.accounts->reset_password(
        reset->account.id, reset->by, call.now, tell_once(reset->account.name, std::move(deliver))
    );
}

using Step = Result<void> (service::Accounts::*)(AccountId, AccountId, UtcMs);

template <Step step>
Result<Reply> put_state(World& world, const Call& call) {
    TRY(const auto account, account_of(world, call));
    TRY(const AccountId by, administrator(world, call));
    TRY_VOID((world.accounts->*step)(account.id, by, call.now));
    return no_content();
}

Result<Reply> get_sessions_of(World& world, const Call& call) {
    TRY(const auto account, account_of(world, call));
    api::SessionList list;
    for (const auto& one : world.accounts->sessions_of(account.id, call.now)) {
        const bool is_this = std::to_string(one.id.value) == call.caller.session;
        list.sessions.push_back({one.id.value, one.made, one.last_used, one.device, is_this});
    }
    return json_reply(to_json(list));
}

Result<Reply> delete_sessions_of(World& world, const Call& call) {
    TRY(const auto account, account_of(world, call));
    TRY(const AccountId by, administrator(world, call));
    TRY(const auto ended, world.accounts->end_sessions(account.id, {}, by, call.now));
    return json_reply(to_json(api::EndedSessions{ended}));
}

std::vector<api::Reference>
references_of(const std::vector<PostId>& posts, const Directory& directory) {
    std::vector<api::Reference> list;
    for (const PostId id : posts) {
        const Post* post = directory.post(id);
        if (post != nullptr) {
            list.push_back({id.value, pages::org_name(post->org, directory) + "·" + post->title});
        }
    }
    return list;
}

Result<Reply> get_people(World& world, const Call& call) {
    const bool is_security = world.holds && world.holds(call.caller, Role::security_admin);
    if (!is_security && !(world.holds && world.holds(call.caller, Role::system_admin))) {
        return fail(Errc::forbidden, "the role is another one");
    }
    TRY(const auto records, pages::living_records(world, "person"));
    const auto directory = world.served->directory();
    const Date today = office_date(call.now, world.served->rules().calendar.offset);
    std::map<PersonId, std::string> accounts;
    if (is_security) {
        for (const auto& account : world.accounts->accounts(call.now)) {
            accounts.emplace(account.person, account.name);
        }
    }
    api::PersonList list;
    for (const MatterId id : records) {
        const Person* person = directory->person(PersonId{id.value});
        if (person == nullptr) {
            continue;
        }
        api::PersonLine line{person->id.value, person->code, {}, {}};
        for (const Post* post : directory->posts_of(person->id, today)) {
            line.posts.push_back(
                {post->id.value, pages::org_name(post->org, *directory) + "·" + post->title}
            );
        }
        if (const auto account = accounts.find(person->id); account != accounts.end()) {
            line.account = account->second;
        }
        list.people.push_back(std::move(line));
    }
    std::ranges::sort(list.people, {}, &api::PersonLine::id);
    return json_reply(to_json(list));
}

Result<Reply> get_administrators(World& world, const Call& call) {
    const auto directory = world.served->directory();
    const auto report =
        administration_of(*directory, office_date(call.now, world.served->rules().calendar.offset));
    return json_reply(to_json(api::Administrators{
        std::string(name_of(report.mode)),
        references_of(report.system, *directory),
        references_of(report.security, *directory),
        references_of(report.audit, *directory)
    }));
}

Route state_row(std::string_view path, std::string_view summary, Answering handler) {
    return {
        .method = Method::post,
        .path = path,
        .role = For(Role::security_admin),
        .summary = summary,
        .body = none(),
        .answer = none(),
        .handler = handler,
        .key = KeyRule::repeatable
    };
}

std::vector<Route> session_rows() {
    return {
        {.method = Method::get,
         .path = "/api/v1/admin/accounts/{account}/sessions",
         .role = For(Role::security_admin),
         .summary = "Where somebody is signed in",
         .body = none(),
         .answer = schema_of<api::SessionList>(),
         .handler = Answering(get_sessions_of)},
        {.method = Method::remove,
         .path = "/api/v1/admin/accounts/{account}/sessions",
         .role = For(Role::security_admin),
         .summary = "End all of them at once",
         .body = none(),
         .answer = schema_of<api::EndedSessions>(),
         .handler = Answering(delete_sessions_of),
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/admin/people",
         .role = For(Role::in_post),
         .summary = "People in force by codes, with their posts; to the security administrator "
                    "with their accounts",
         .body = none(),
         .answer = schema_of<api::PersonList>(),
         .handler = Answering(get_people)},
        {.method = Method::get,
         .path = "/api/v1/admin/administrators",
         .role = For(Role::signed_in),
         .summary = "Who fills the three duties, and whether two persons do",
         .body = none(),
         .answer = schema_of<api::Administrators>(),
         .handler = Answering(get_administrators)},
    };
}

std::vector<Route> account_rows() {
    return {
        {.method = Method::get,
         .path = "/api/v1/admin/accounts",
         .role = For(Role::security_admin),
         .summary = "Who may sign in, and how each account stands",
         .body = none(),
         .answer = schema_of<api::AccountList>(),
         .handler = Answering(get_accounts),
         .query = {{"after", "`next` of the page before"}, {"limit", "rows, 50 if left out"}}},
        {.method = Method::post,
         .path = "/api/v1/admin/accounts",
         .role = For(Role::security_admin),
         .summary = "An account for a person, with a one-time password that is shown once",
         .body = schema_of<api::MakeAccount>(),
         .answer = schema_of<api::OneTime>(),
         .handler = Deferring(post_account),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/admin/accounts/{account}/reset",
         .role = For(Role::security_admin),
         .summary = "Another one-time password; ends sessions and lock",
         .body = schema_of<api::ResetAccount>(),
         .answer = schema_of<api::OneTime>(),
         .handler = Deferring(post_reset),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::repeatable},
    };
}

std::vector<Route> state_rows() {
    using service::Accounts;
    const std::string_view disable = "Nobody signs in by it any more; ends its sessions";
    const std::string_view enable = "It may be signed in by again";
    const std::string_view unlock = "End the lock that wrong passwords brought";
    const auto put_disabled = put_state<&Accounts::disable>;
    const auto put_enabled = put_state<&Accounts::enable>;
    const auto put_unlocked = put_state<&Accounts::unlock>;
    std::vector<Route> rows;
    rows.push_back(state_row("/api/v1/admin/accounts/{account}/disable", disable, put_disabled));
    rows.push_back(state_row("/api/v1/admin/accounts/{account}/enable", enable, put_enabled));
    rows.push_back(state_row("/api/v1/admin/accounts/{account}/unlock", unlock, put_unlocked));
    return rows;
}

}  // namespace

std::vector<Route> administration_routes() {
    auto rows = account_rows();
    std::ranges::move(session_rows(), std::back_inserter(rows));
    std::ranges::move(state_rows(), std::back_inserter(rows));
    return rows;
}

}  // namespace zt::http
