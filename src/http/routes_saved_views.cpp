// Saved views: what a person wants to see again, under a name of their own. The client makes the
// id, so that a retry makes no second one; to put one that is there renames or changes it.

#include "http/api_files.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"
#include "http/world.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

constexpr std::array<std::string_view, 4> places{"inbox", "open", "matters", "records"};

Result<Uuid> id_of(const Call& call) {
    const auto id = parse_uuid(call.path_value("view"));
    if (!id) {
        return fail(Errc::bad_uuid, "a view is named by a UUID that the caller makes", "/view");
    }
    return *id;
}

Result<Reply> get_views(World& world, const Call& call) {
    TRY(const auto views, world.papers->saved_views->of(call.caller.person));
    api::ViewList list;
    list.views_max = service::saved_views_max;
    for (const auto& one : views) {
        TRY(auto filter, from_json<api::ViewFilter>(one.view));
        list.views.push_back({to_string(one.id), one.name, std::move(filter), one.changed});
    }
    return json_reply(to_json(list));
}

Result<Reply> put_view(World& world, const Call& call) {
    TRY(auto body, read_body<api::NewView>(call));
    TRY(const Uuid id, id_of(call));
    if (std::ranges::find(places, body.view.place) == places.end()) {
        return fail(Errc::bad_value, "inbox, open, matters or records is expected", "/view/place");
    }
    const service::SavedView view{id, std::move(body.name), to_json(body.view), call.now};
    TRY_VOID(world.papers->saved_views->put(call.caller.person, view));
    return json_reply(
        to_json(api::ViewLine{to_string(id), view.name, std::move(body.view), view.changed})
    );
}

Result<Reply> delete_view(World& world, const Call& call) {
    TRY(const Uuid id, id_of(call));
    TRY_VOID(world.papers->saved_views->remove(call.caller.person, id));
    Reply reply;
    reply.status = 204;
    return reply;
}

}  // namespace

std::vector<Route> saved_view_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/saved-views",
         .role = For(Role::signed_in),
         .summary = "One's own saved views, by name",
         .body = none(),
         .answer = schema_of<api::ViewList>(),
         .handler = Answering(get_views)},
        {.method = Method::put,
         .path = "/api/v1/saved-views/{view}",
         .role = For(Role::signed_in),
         .summary = "Save, rename or change one; the caller makes the id",
         .body = schema_of<api::NewView>(),
         .answer = schema_of<api::ViewLine>(),
         .handler = Answering(put_view),
         .key = KeyRule::repeatable},
        {.method = Method::remove,
         .path = "/api/v1/saved-views/{view}",
         .role = For(Role::signed_in),
         .summary = "It is not wanted any more",
         .body = none(),
         .answer = none(),
         .handler = Answering(delete_view),
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
