// Uploads: a file on its way, before it belongs to a matter. The same five steps for the desk and
// for the portal; whoever knows the id may go on with it, but a person's is that person's alone.

#include "base/text.hpp"
#include "http/api_files.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"
#include "http/uploads.hpp"
#include "http/world.hpp"

namespace zt::http {

namespace {

/// Larger pieces cost memory while they arrive; a stranger's address may have 256 connections.
constexpr std::size_t desk_piece_bytes = std::size_t{4} << 20U;
constexpr std::size_t portal_piece_bytes = std::size_t{1} << 20U;
/// A piece over a slow line, and the examining of a large picture behind others.
constexpr int piece_seconds = 120;
/// Many people sit behind one address: so many times what one of them may have on its way.
constexpr int people_behind_address = 10;

std::int64_t piece_bytes_of(const Call& call) {
    return static_cast<std::int64_t>(is_of_desk(call) ? desk_piece_bytes : portal_piece_bytes);
}

api::UploadState
state_of(const std::string& id, const service::UploadProgress& progress, const Call& call) {
    return {
        id,
        progress.received,
        progress.bytes,
        piece_bytes_of(call),
        progress.is_taken,
        progress.is_finished
    };
}

Result<Reply> begin_upload(World& world, const Call& call) {
    TRY(auto body, read_body<api::UploadBegin>(call));
    service::UploadRequest request;
    request.owner = upload_owner(call);
    request.name = std::move(body.name);
    request.bytes = body.bytes;
    request.limits = world.papers->limits;
    if (!is_of_desk(call)) {
        request.limits.files_max *= people_behind_address;
        request.limits.owner_bytes_max *= people_behind_address;
    }
    TRY(const auto id, world.papers->files->begin(request, call.now));
    TRY(const auto progress, world.papers->files->progress(id));
    constexpr int created = 201;
    return json_reply(to_json(state_of(to_string(id), progress, call)), created);
}

Result<Reply> get_upload(World& world, const Call& call) {
    TRY(const auto id, upload_of(world, call, call.path_value("upload")));
    TRY(const auto progress, world.papers->files->progress(id));
    return json_reply(to_json(state_of(to_string(id), progress, call)));
}

Result<Reply> put_piece(World& world, const Call& call) {
    if (call.content_type != "application/octet-stream") {
        return fail(
            Errc::media_type_unsupported,
            "expected is Content-Type: application/octet-stream",
            "Content-Type"
        );
    }
    const std::string* text = call.query_value("offset");
    const auto offset = parse_int(text == nullptr ? std::string_view() : *text);
    if (!offset || *offset < 0) {
        return fail(Errc::bad_value, "where the piece begins, 0 or more", "/offset");
    }
    TRY(const auto id, upload_of(world, call, call.path_value("upload")));
    TRY(const auto progress, world.papers->files->append(id, *offset, call.body));
    constexpr int conflict = 409;
    return json_reply(
        to_json(state_of(to_string(id), progress, call)), progress.is_taken ? 200 : conflict
    );
}

Result<Reply> finish_upload(World& world, const Call& call) {
    TRY(const auto id, upload_of(world, call, call.path_value("upload")));
    TRY(const auto facts, world.papers->files->finish(id));
    return json_reply(to_json(api::UploadFacts{
        to_string(id),
        facts.name,
        facts.type,
        facts.bytes,
        facts.width,
        facts.height,
        facts.may_carry_metadata,
        facts.extension_differs
    }));
}

/// Gone before is gone: asking again is answered alike.
Result<Reply> drop_upload(World& world, const Call& call) {
    const auto id = upload_of(world, call, call.path_value("upload"));
    if (id) {
        TRY_VOID(world.papers->files->drop(*id));
    } else if (id.error().code != Errc::not_found) {
        return std::unexpected(id.error());
    }
    Reply reply;
    reply.status = 204;
    return reply;
}

template <Answering answer>
void on_file_thread(World& world, const Call& call, Deliver deliver) {
    answer_on_file_thread(world, call, std::move(deliver), answer);
}

/// Where the five rows stand, and who may call them.
struct Side {
    std::string_view all, one, finish;
    For role;
    std::size_t piece_bytes;
    int begins_per_minute, pieces_per_minute;
};

void add_side(std::vector<Route>& routes, const Side& side) {
    const RouteLimits few{.per_minute_anybody = side.begins_per_minute};
    const RouteLimits often{.per_minute_anybody = side.pieces_per_minute};
    routes.push_back(
        {.method = Method::post,
         .path = side.all,
         .role = side.role,
         .summary = "Begin to send a file: size and name; an id comes back",
         .body = schema_of<api::UploadBegin>(),
         .answer = schema_of<api::UploadState>(),
         .handler = Deferring(on_file_thread<begin_upload>),
         .limits = few,
         .key = KeyRule::repeatable}
    );
    routes.push_back(
        {.method = Method::get,
         .path = side.one,
         .role = side.role,
         .summary = "How much of it has come: go on from there",
         .body = none(),
         .answer = schema_of<api::UploadState>(),
         .handler = Deferring(on_file_thread<get_upload>),
         .limits = often}
    );
    routes.push_back(
        {.method = Method::put,
         .path = side.one,
         .role = side.role,
         .summary = "The next piece as raw bytes; a wrong offset is told the right one",
         .body = any_bytes(),
         .answer = schema_of<api::UploadState>(),
         .handler = Deferring(on_file_thread<put_piece>),
         .limits =
             {.body_bytes = side.piece_bytes,
              .seconds = piece_seconds,
              .per_minute_anybody = side.pieces_per_minute},
         .query = {{"offset", "where the piece begins"}},
         .key = KeyRule::repeatable}
    );
    routes.push_back(
        {.method = Method::post,
         .path = side.finish,
         .role = side.role,
         .summary = "All has come: the file is examined and cleaned, and told what it is",
         .body = none(),
         .answer = schema_of<api::UploadFacts>(),
         .handler = Deferring(on_file_thread<finish_upload>),
         .limits = {.seconds = piece_seconds, .per_minute_anybody = side.begins_per_minute},
         .key = KeyRule::repeatable}
    );
    routes.push_back(
        {.method = Method::remove,
         .path = side.one,
         .role = side.role,
         .summary = "It is not wanted any more",
         .body = none(),
         .answer = none(),
         .handler = Deferring(on_file_thread<drop_upload>),
         .limits = few,
         .key = KeyRule::repeatable}
    );
}

}  // namespace

std::vector<Route> upload_routes() {
    std::vector<Route> routes;
    add_side(
        routes,
        {"/api/v1/uploads",
         "/api/v1/uploads/{upload}",
         "/api/v1/uploads/{upload}/finish",
         For(Role::in_post),
         desk_piece_bytes,
         60,
         600}
    );
    add_side(
        routes,
        {"/api/v1/portal/uploads",
         "/api/v1/portal/uploads/{upload}",
         "/api/v1/portal/uploads/{upload}/finish",
         For(Role::anybody),
         portal_piece_bytes,
         30,
         240}
    );
    return routes;
}

}  // namespace zt::http
