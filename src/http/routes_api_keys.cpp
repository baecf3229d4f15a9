// Keys of programs, by the security administrator. A key acts for a post and sees what the post
// sees, less who handed in; what it may call at all are its scopes.
//
// Safe to send twice: a key whose answer was lost is in the list, never used, and is revoked there.

#include "base/text.hpp"
#include "http/api_admin.hpp"
#include "http/codec.hpp"
#include "http/pages/looking.hpp"
#include "http/route_lists.hpp"
#include "service/accounts.hpp"

#include <algorithm>
#include <map>

namespace zt::http {

namespace {

/// Scopes that open a route, with what the rules of permission say of them.
std::map<std::string, std::string, std::less<>> known_scopes() {
    std::map<std::string, std::string, std::less<>> scopes;
    for (const Route& row : routes()) {
        if (row.role.role == Role::program) {
            scopes.emplace(row.role.scope, std::string());
        }
    }
    for (const ScopeRow& row : scope_rows()) {
        const auto found = scopes.find(row.scope);
        if (found != scopes.end()) {
            found->second = row.help;
        }
    }
    return scopes;
}

std::string post_name(PostId id, const Directory& directory) {
    const Post* post = directory.post(id);
    return post == nullptr ? std::string()
                           : pages::org_name(post->org, directory) + "·" + post->title;
}

Result<Reply> get_keys(World& world, const Call& call) {
    const auto directory = world.served->directory();
    api::KeyList list;
    for (const auto& key : world.accounts->api_keys()) {
        api::KeyLine& line = list.keys.emplace_back();
        line.key = key.id.value;
        line.label = key.label;
        line.scopes = key.scopes;
        line.post = {key.post.value, post_name(key.post, *directory)};
        line.made = key.made;
        line.until = key.until;
        line.last_used = key.last_used;
        line.is_over = key.until <= call.now;
    }
    for (const auto& [scope, help] : known_scopes()) {
        list.scopes.push_back({scope, help});
    }
    return json_reply(to_json(list));
}

Result<void> check_scopes(const std::vector<std::string>& scopes) {
    const auto known = known_scopes();
    for (std::size_t index = 0; index < scopes.size(); ++index) {
        if (!known.contains(scopes[index])) {
            return fail(
                Errc::unknown_word,
                "no route asks for this scope; the list of keys names all",
                "/scopes/" + std::to_string(index)
            );
        }
    }
    return {};
}

/// A key ends with its post; for one that has ended none is made.
Result<void> check_post(const World& world, const Call& call, PostId post) {
    const auto directory = world.served->directory();
    const Date today = office_date(call.now, world.served->rules().calendar.offset);
    if (!service::is_in_force(post, *directory, today)) {
        return fail(Errc::unknown_post, "no post of this number is in force", "/post");
    }
    return {};
}

Result<Reply> post_key(World& world, const Call& call) {
    TRY(auto body, read_body<api::MakeKey>(call));
    TRY_VOID(check_scopes(body.scopes));
    TRY_VOID(check_post(world, call, PostId{body.post}));
    TRY(const auto session, world.accounts->find_session(call.session_token, call.now));
    service::NewApiKey key;
    key.label = std::move(body.label);
    key.scopes = std::move(body.scopes);
    key.post = PostId{body.post};
    key.until = body.until;
    key.by = session.account;
    TRY(const auto made, world.accounts->make_api_key(std::move(key), call.now));
    Reply reply = json_reply(to_json(api::MadeKey{made.id.value, made.text}), 201);
    reply.holds_secret = true;
    return reply;
}

Result<Reply> delete_key(World& world, const Call& call) {
    const auto id = parse_int(call.path_value("key"));
    if (!id) {
        return fail(Errc::not_found, "there is no such key");
    }
    TRY(const auto session, world.accounts->find_session(call.session_token, call.now));
    TRY_VOID(world.accounts->revoke_api_key(service::ApiKeyId{*id}, session.account, call.now));
    Reply reply;
    reply.status = 204;
    return reply;
}

}  // namespace

std::vector<Route> api_key_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/admin/keys",
         .role = For(Role::security_admin),
         .summary = "Keys of programs, and the scopes there are",
         .body = none(),
         .answer = schema_of<api::KeyList>(),
         .handler = Answering(get_keys)},
        {.method = Method::post,
         .path = "/api/v1/admin/keys",
         .role = For(Role::security_admin),
         .summary = "Make one; it is shown once",
         .body = schema_of<api::MakeKey>(),
         .answer = schema_of<api::MadeKey>(),
         .handler = Answering(post_key),
         .limits = {.body_bytes = 8192},
         .key = KeyRule::repeatable},
        {.method = Method::remove,
         .path = "/api/v1/admin/keys/{key}",
         .role = For(Role::security_admin),
         .summary = "Revoke one; it opens nothing any more",
         .body = none(),
         .answer = none(),
         .handler = Answering(delete_key),
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
