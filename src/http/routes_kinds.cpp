// Kinds: what can be handed in or registered, and what each asks for.

#include "http/codec.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/looking.hpp"
#include "http/route_lists.hpp"

#include <algorithm>

namespace zt::http {

namespace {

/// What this caller may begin: nobody signed in and people of firms as somebody from outside, a
/// post by its words. The office in question is not known yet, so a role at the office is offered
/// to each post that has the word.
std::function<bool(const RoleRule&)> may_begin(const Caller& caller, const Directory& directory) {
    const Post* post = directory.post(caller.on_behalf ? caller.on_behalf : caller.post);
    if (post == nullptr || caller.is_of_firm) {
        return pages::is_for_public;
    }
    return [post](const RoleRule& role) {
        return std::ranges::find(post->words, role.post_word) != post->words.end();
    };
}

Result<Reply> get_kinds(World& world, const Call& call) {
    const auto directory = world.served->directory();
    const auto is_mine = may_begin(call.caller, *directory);
    api::KindList list;
    for (const Kind* kind : world.served->rules().kinds.all_newest()) {
        if (!pages::beginning_forms(*kind, call.language, is_mine).empty()) {
            list.kinds.push_back(pages::kind_line(*kind, call.language));
        }
    }
    return json_reply(to_json(list));
}

Result<Reply> get_kind(World& world, const Call& call) {
    const std::string& name = call.path_value("kind");
    const Kind* kind = world.served->rules().kinds.newest(name);
    if (kind == nullptr) {
        return fail(Errc::unknown_kind, "no kind is called '" + name + "'");
    }
    const auto directory = world.served->directory();
    auto page = pages::kind_page(*kind, call.language, may_begin(call.caller, *directory));
    if (!call.caller.is_signed_in() && page.forms.empty()) {
        return fail(Errc::unknown_kind, "no kind is called '" + name + "'");
    }
    if (call.caller.is_signed_in() && !call.caller.is_of_firm) {
        page.fields = pages::fields_of(*kind, call.language);
    }
    if (kind->unnamed_allowed && kind->has_requester) {
        page.unnamed_notice = world.texts(call.language).get("portal.unnamed");
    }
    return json_reply(to_json(page));
}

}  // namespace

std::vector<Route> kind_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/kinds",
         .role = For(Role::anybody),
         .summary = "Kinds of which the caller may begin a matter",
         .body = none(),
         .answer = schema_of<api::KindList>(),
         .handler = Answering(get_kinds)},
        {.method = Method::get,
         .path = "/api/v1/kinds/{kind}",
         .role = For(Role::anybody),
         .summary = "A kind: categories, stages, and the forms by which the caller may begin one",
         .body = none(),
         .answer = schema_of<api::KindPage>(),
         .handler = Answering(get_kind)},
    };
}

}  // namespace zt::http
