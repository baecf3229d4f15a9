// Signing in and out, one's own account: sessions, password, second factor, the post one acts in.

#include "http/api_session.hpp"
#include "http/codec.hpp"
#include "http/pages/looking.hpp"
#include "http/route_lists.hpp"
#include "service/accounts.hpp"

#include <charconv>

namespace zt::http {

namespace {

/// The edge's scope of the caller's address, as a number.
service::RemoteScope remote_of(const Call& call) {
    service::RemoteScope remote;
    for (const char c : call.remote_scope) {
        remote.value = remote.value * 256 + static_cast<unsigned char>(c);
    }
    return remote;
}

/// "Firefox, Windows" of a user agent: enough to know one's own session again, no more.
std::string device_of(std::string_view agent) {
    const auto first_of = [&](std::initializer_list<std::string_view> words) -> std::string {
        for (const auto word : words) {
            if (agent.find(word) != std::string_view::npos) {
                return std::string(word);
            }
        }
        return "?";
    };
    return first_of({"Edg", "Firefox", "Chrome", "Safari", "curl"}) + ", " +
           first_of({"Windows", "Android", "iPhone", "Mac OS", "Linux"});
}

api::PostOption option_of(const service::PostChoice& choice, const Directory& directory) {
    const Post* post = directory.post(choice.on_behalf ? choice.on_behalf : choice.post);
    api::PostOption option;
    option.post = choice.post.value;
    option.on_behalf = choice.on_behalf.value;
    if (post != nullptr) {
        option.title = post->title;
        option.org = pages::org_name(post->org, directory);
    }
    return option;
}

api::SessionPage page_of(const service::Session& session, const World& world, UtcMs now) {
    const auto directory = world.served->directory();
    const Date today = office_date(now, world.served->rules().calendar.offset);
    const auto chosen = option_of(session.choice, *directory);
    api::SessionPage page;
    page.session = session.id.value;
    page.person = session.person.value;
    page.post = chosen.post;
    page.on_behalf = chosen.on_behalf;
    page.post_title = chosen.title;
    page.org = chosen.org;
    page.must_change_password = session.must_change_password;
    page.has_second_factor = session.has_second_factor;
    page.is_of_firm = directory->firm_of(session.choice.post) != nullptr;
    for (const auto& choice : service::posts_of(session.person, *directory, today)) {
        page.posts.push_back(option_of(choice, *directory));
    }
    return page;
}

Reply with_session(Json body, const service::SessionSecrets& secrets, const Call& call) {
    body.set("csrf", secrets.csrf);
    Reply reply = json_reply(body);
    reply.headers.push_back(session_cookie(call, secrets.token));
    reply.holds_secret = true;
    return reply;
}

void post_sign_in(World& world, const Call& call, Deliver deliver) {
    auto body = read_body<api::SignIn>(call);
    if (!body) {
        deliver(std::unexpected(std::move(body).error()));
        return;
    }
    service::Credentials credentials;
    credentials.name = std::move(body->name);
    credentials.password = vault::Password(std::move(body->password));
    credentials.code = body->code.value_or("");
    credentials.remote = remote_of(call);
    credentials.device = device_of(call.user_agent);
    credentials.replaces = std::string(call.session_token);
    const UtcMs now = call.now;
    world.accounts->sign_in(
        std::move(credentials),
        now,
        [&world, &call, now, deliver = std::move(deliver)](Result<service::SignedIn> signed_in) {
            if (!signed_in) {
                deliver(std::unexpected(std::move(signed_in).error()));
                return;
            }
            service::SignedIn& done = *signed_in;
            const auto directory = world.served->directory();
            const Date today = office_date(now, world.served->rules().calendar.offset);
            const auto choices = service::posts_of(done.session.person, *directory, today);
            if (choices.size() == 1 && !done.session.must_change_password) {
                auto chosen = world.accounts->choose_post(
                    done.secrets.token, choices.front(), *directory, now
                );
                if (chosen) {
                    done = *std::move(chosen);
                }
            }
            deliver(with_session(to_json(page_of(done.session, world, now)), done.secrets, call));
        }
    );
}

Result<service::Session> session_of(const World& world, const Call& call) {
    return world.accounts->find_session(call.session_token, call.now);
}

Result<Reply> get_session(World& world, const Call& call) {
    TRY(const auto session, session_of(world, call));
    Json body = to_json(page_of(session, world, call.now));
    body.set("csrf", service::csrf_of(call.session_token));
    Reply reply = json_reply(body);
    reply.holds_secret = true;
    return reply;
}

Result<Reply> delete_session(World& world, const Call& call) {
    TRY_VOID(world.accounts->sign_out(call.session_token, call.now));
    Reply reply;
    reply.status = 204;
    reply.headers.push_back(session_cookie(call, {}));
    // The portal keeps receipts and drafts of whoever uses the phone: they are not the firm's.
    reply.headers.emplace_back(
        "Clear-Site-Data", call.caller.is_of_firm ? "\"cache\"" : "\"cache\", \"storage\""
    );
    return reply;
}

Result<Reply> put_post(World& world, const Call& call) {
    TRY(const auto body, read_body<api::ChoosePost>(call));
    const auto directory = world.served->directory();
    const service::PostChoice choice{PostId{body.post}, PostId{body.on_behalf.value_or(0)}};
    TRY(const auto chosen,
        world.accounts->choose_post(call.session_token, choice, *directory, call.now));
    return with_session(to_json(page_of(chosen.session, world, call.now)), chosen.secrets, call);
}

Result<Reply> get_sessions(World& world, const Call& call) {
    TRY(const auto session, session_of(world, call));
    api::SessionList list;
    for (const auto& one : world.accounts->sessions_of(session.account, call.now)) {
        list.sessions.push_back(
            {one.id.value, one.made, one.last_used, one.device, one.id == session.id}
        );
    }
    return json_reply(to_json(list));
}

Result<Reply> delete_other_session(World& world, const Call& call) {
    TRY(const auto session, session_of(world, call));
    const auto id = parse_int(call.path_value("session"));
    if (!id) {
        return fail(Errc::not_found, "there is no such session");
    }
    TRY_VOID(world.accounts->end_session(
        session.account, service::SessionId{*id}, session.account, call.now
    ));
    Reply reply;
    reply.status = 204;
    return reply;
}

void put_password(World& world, const Call& call, Deliver deliver) {
    auto body = read_body<api::ChangePassword>(call);
    if (!body) {
        deliver(std::unexpected(std::move(body).error()));
        return;
    }
    world.accounts->change_password(
        {std::string(call.session_token),
         vault::Password(std::move(body->present)),
         vault::Password(std::move(body->next))},
        call.now,
        [&call, deliver = std::move(deliver)](Result<service::SessionSecrets> secrets) {
            if (!secrets) {
                deliver(std::unexpected(std::move(secrets).error()));
                return;
            }
            deliver(with_session(Json::object(), *secrets, call));
        }
    );
}

void post_second_factor(World& world, const Call& call, Deliver deliver) {
    auto body = read_body<api::Confirm>(call);
    if (!body) {
        deliver(std::unexpected(std::move(body).error()));
        return;
    }
    world.accounts->begin_second_factor(
        std::string(call.session_token),
        vault::Password(std::move(body->password)),
        call.now,
        [deliver = std::move(deliver)](Result<service::Enrolment> enrolment) {
            if (!enrolment) {
                deliver(std::unexpected(std::move(enrolment).error()));
                return;
            }
            Reply reply = json_reply(
                to_json(api::FactorSetUp{enrolment->secret, enrolment->uri, enrolment->svg})
            );
            reply.holds_secret = true;
            deliver(std::move(reply));
        }
    );
}

Result<Reply> put_second_factor(World& world, const Call& call) {
    TRY(const auto body, read_body<api::FactorCode>(call));
    TRY(const auto set,
        world.accounts->confirm_second_factor(call.session_token, body.code, call.now));
    return with_session(to_json(api::FactorSet{{}, set.recovery_codes}), set.secrets, call);
}

void delete_second_factor(World& world, const Call& call, Deliver deliver) {
    auto body = read_body<api::Confirm>(call);
    if (!body) {
        deliver(std::unexpected(std::move(body).error()));
        return;
    }
    world.accounts->remove_second_factor(
        std::string(call.session_token),
        vault::Password(std::move(body->password)),
        call.now,
        [&call, deliver = std::move(deliver)](Result<service::SessionSecrets> secrets) {
            if (!secrets) {
                deliver(std::unexpected(std::move(secrets).error()));
                return;
            }
            deliver(with_session(Json::object(), *secrets, call));
        }
    );
}

}  // namespace

std::vector<Route> session_routes() {
    return {
        {.method = Method::post,
         .path = "/api/v1/session",
         .role = For(Role::anybody),
         .summary = "Sign in; the cookie holds the session, the answer its CSRF token",
         .body = schema_of<api::SignIn>(),
         .answer = schema_of<api::SessionPage>(),
         .handler = Deferring(post_sign_in),
         .limits = {.body_bytes = 4096, .seconds = 20, .per_minute_anybody = 20},
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/session",
         .role = For(Role::signed_in),
         .summary = "Who is signed in, and the posts to choose from",
         .body = none(),
         .answer = schema_of<api::SessionPage>(),
         .handler = Answering(get_session)},
        {.method = Method::remove,
         .path = "/api/v1/session",
         .role = For(Role::signed_in),
         .summary = "Sign out",
         .body = none(),
         .answer = none(),
         .handler = Answering(delete_session),
         .key = KeyRule::repeatable},
        {.method = Method::put,
         .path = "/api/v1/session/post",
         .role = For(Role::signed_in),
         .summary = "Act in this post from now on",
         .body = schema_of<api::ChoosePost>(),
         .answer = schema_of<api::SessionPage>(),
         .handler = Answering(put_post),
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/sessions",
         .role = For(Role::signed_in),
         .summary = "One's own sessions",
         .body = none(),
         .answer = schema_of<api::SessionList>(),
         .handler = Answering(get_sessions)},
        {.method = Method::remove,
         .path = "/api/v1/sessions/{session}",
         .role = For(Role::signed_in),
         .summary = "End one of them",
         .body = none(),
         .answer = none(),
         .handler = Answering(delete_other_session),
         .key = KeyRule::repeatable},
    };
}

std::vector<Route> account_routes() {
    return {
        {.method = Method::put,
         .path = "/api/v1/password",
         .role = For(Role::signed_in),
         .summary = "Another password; all other sessions end",
         .body = schema_of<api::ChangePassword>(),
         .answer = any_json(),
         .handler = Deferring(put_password),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/second-factor",
         .role = For(Role::signed_in),
         .summary = "Begin a second factor: secret, address and QR code for an authenticator",
         .body = schema_of<api::Confirm>(),
         .answer = schema_of<api::FactorSetUp>(),
         .handler = Deferring(post_second_factor),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::repeatable},
        {.method = Method::put,
         .path = "/api/v1/second-factor",
         .role = For(Role::signed_in),
         .summary = "A code of it puts it in force; recovery codes come back",
         .body = schema_of<api::FactorCode>(),
         .answer = schema_of<api::FactorSet>(),
         .handler = Answering(put_second_factor),
         .key = KeyRule::repeatable},
        {.method = Method::remove,
         .path = "/api/v1/second-factor",
         .role = For(Role::signed_in),
         .summary = "Do without it; all other sessions end",
         .body = schema_of<api::Confirm>(),
         .answer = any_json(),
         .handler = Deferring(delete_second_factor),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
