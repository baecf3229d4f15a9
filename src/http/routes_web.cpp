// The pages of portal and desk, out of the archive that was built into the program. They hold
// nothing about anybody: what they show they ask of the API.

#include "http/codec.hpp"
#include "http/web_files.hpp"
#include "http/world.hpp"

namespace zt::http {

namespace {

/// Scripts and styles from here alone, none of them inline; pictures also as made by the page
/// itself (a shrunk photo, a map's tile); a worker for the map. OWASP ASVS 5.0, 3.4.
/// The one exception is the place's tile server, which the map asks for pictures.
std::string page_policy(const World& world) {
    const std::string origin = world.tiles.origin();
    const std::string tiles = origin.empty() ? "" : " " + origin;
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:" +
           tiles + "; font-src 'self'; connect-src 'self'" + tiles +
           "; worker-src 'self'; manifest-src 'self'; "
           "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
}
/// A page may ask where the phone is; the browser asks its owner.
constexpr std::string_view page_permissions = "camera=(), geolocation=(self), microphone=()";

Reply reply_with(const World& world, const WebFile& file, const Call& call) {
    const auto [packing, bytes] = file.best(call.accept_encoding);
    Reply reply;
    reply.content_type = file.type;
    reply.body = bytes;
    reply.vary = "Accept-Encoding";
    // One tag a form: who holds one form must not take it for the other.
    reply.etag = std::string(file.hash);
    if (packing != Packing::none) {
        reply.headers.emplace_back("Content-Encoding", name_of(packing));
        reply.etag.append("-").append(name_of(packing));
    }
    reply.cache_control = file.is_immutable() ? "public, max-age=31536000, immutable" : "no-cache";
    reply.headers.emplace_back("Content-Security-Policy", page_policy(world));
    reply.headers.emplace_back("Permissions-Policy", page_permissions);
    return reply;
}

Result<Reply> answer_file(const World& world, const Call& call, std::string_view path) {
    const WebFile* file = world.web == nullptr ? nullptr : world.web->find(path);
    return file == nullptr ? fail(Errc::not_found, "there is nothing at this address")
                           : Result<Reply>(reply_with(world, *file, call));
}

Result<Reply> get_portal(World& world, const Call& call) {
    return answer_file(world, call, "portal.html");
}

Result<Reply> get_desk(World& world, const Call& call) {
    return answer_file(world, call, "desk.html");
}

Result<Reply> get_field(World& world, const Call& call) {
    return answer_file(world, call, "field.html");
}

Result<Reply> get_asset(World& world, const Call& call) {
    return answer_file(world, call, "assets/" + call.path_value("file"));
}

/// At the root, since a worker serves what stands below it.
Result<Reply> get_worker(World& world, const Call& call) {
    return answer_file(world, call, "worker.js");
}

Result<Reply> get_field_worker(World& world, const Call& call) {
    return answer_file(world, call, "field_worker.js");
}

/// The addresses that web/portal/pages.ts knows; a browser test opens each of them.
constexpr std::array<std::string_view, 15> portal_pages{
    "/",
    "/hand-in",
    "/hand-in/{kind}",
    "/drafts",
    "/receipt/{number}",
    "/follow",
    "/follow/{number}",
    "/published",
    "/published/{number}",
    "/figures",
    "/roots",
    "/through-train",
    "/firm",
    "/questionnaires/{number}",
    "/help"
};
/// The desk's own router knows the rest; deeper addresses it does not make.
constexpr std::array<std::string_view, 5> desk_pages{
    "/desk", "/desk/{a}", "/desk/{a}/{b}", "/desk/{a}/{b}/{c}", "/desk/{a}/{b}/{c}/{d}"
};

/// The addresses that web/field/pages.ts knows.
constexpr std::array<std::string_view, 6> field_pages{
    "/field",
    "/field/tasks/{number}",
    "/field/report",
    "/field/report/{kind}",
    "/field/areas",
    "/field/outbox"
};

Route page(std::string_view path, Answering answer) {
    return {
        .method = Method::get,
        .path = path,
        .role = For(Role::anybody),
        .summary = "A page for the browser.",
        .body = none(),
        .answer = any_bytes(),
        .handler = Instant{answer},
        .limits = {.body_bytes = 0, .per_minute_anybody = 0}
    };
}

}  // namespace

std::span<const Route> web_routes() {
    static const std::vector<Route> rows = [] {
        std::vector<Route> all;
        for (const std::string_view path : portal_pages) {
            all.push_back(page(path, get_portal));
        }
        for (const std::string_view path : desk_pages) {
            all.push_back(page(path, get_desk));
        }
        for (const std::string_view path : field_pages) {
            all.push_back(page(path, get_field));
        }
        all.push_back(page("/field_worker.js", get_field_worker));
        all.push_back(page("/assets/{file}", get_asset));
        all.push_back(page("/worker.js", get_worker));
        return all;
    }();
    return rows;
}

}  // namespace zt::http
