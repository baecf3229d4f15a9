#include "http/codec.hpp"
#include "tests/http/edge.hpp"

namespace zt::http::test {

struct Note {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Note, (), (text));
constexpr auto field_rows(const Note*) {
    return std::array{FieldRow{.name = "text", .help = "What is noted.", .min = 1, .max = 20}};
}

struct Echo {
    std::string name;
    std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (name, q));

namespace {

Result<Reply> echo(World&, const Call& call) {
    Echo echo;
    echo.name = call.path_value("name");
    if (const std::string* q = call.query_value("q")) {
        echo.q = *q;
    }
    return json_reply(to_json(echo));
}

Result<Reply> note(World&, const Call& call) {
    TRY(const auto one, read_body<Note>(call));
    return json_reply(to_json(one), 201);
}

Result<Reply> raw(World&, const Call& call) {
    Reply reply;
    reply.content_type = "text/plain";
    reply.body = call.body;
    return reply;
}

Result<Reply> long_one(World&, const Call&) {
    Reply reply = json_reply(Json(std::string(4000, 'x')));
    reply.etag = "7";
    reply.cache_control = "private, max-age=0";
    return reply;
}

Result<Reply> secret(World&, const Call&) {
    Reply reply = json_reply(Json(std::string(4000, 'x')));
    reply.holds_secret = true;
    return reply;
}

Result<Reply> slow(World&, const Call&) {
    const auto mine = latch();
    ++mine->under_way;
    mine->open.wait();
    return json_reply(Json("slow"));
}

Result<Reply> fine(World&, const Call& call) {
    return json_reply(Json::object().set("person", call.caller.person.value));
}

Result<Reply> scope(World&, const Call& call) { return json_reply(Json(call.remote_scope)); }

Result<Pending> change(World&, const Call& call) {
    TRY(const auto one, read_body<Note>(call));
    Pending pending;
    pending.submit.key = *call.key;
    pending.answer = [](const service::Answer&, service::Ledger&) { return Reply{}; };
    return pending;
}

Result<Stream> stream(World&, const Call&) {
    Stream stream;
    stream.content_type = "text/csv; charset=utf-8";
    stream.run = [](Sink& sink) {
        for (int number = 0; number < 3; ++number) {
            if (!sink.write("row " + std::to_string(number) + "\n")) {
                return;
            }
        }
    };
    return stream;
}

Route read_row(std::string_view path, For role, Answering answer) {
    return {
        Method::get, path, role, "Reads.", none(), any_json(), answer, {.per_minute_anybody = 0}
    };
}

std::vector<Route> make_rows() {
    const RouteLimits free{.body_bytes = 1000, .per_minute_anybody = 0};
    const RouteLimits rare{.per_minute_anybody = 3};
    const For anybody(Role::anybody);
    std::vector<Route> rows{
        {Method::get,
         "/api/v1/echo/{name}",
         anybody,
         "Says it.",
         none(),
         schema_of<Echo>(),
         echo,
         free,
         {{"q", "Said as well."}}},
        {Method::post,
         "/api/v1/notes",
         anybody,
         "Notes.",
         schema_of<Note>(),
         schema_of<Note>(),
         note,
         free},
        {Method::post, "/api/v1/raw", anybody, "Bytes.", any_bytes(), any_bytes(), raw, free},
        {Method::post,
         "/api/v1/changes",
         anybody,
         "Changes.",
         schema_of<Note>(),
         none(),
         change,
         free},
        {Method::remove,
         "/api/v1/changes/{id}",
         For(Role::in_post),
         "Removes.",
         none(),
         none(),
         fine,
         free},
        {Method::get, "/api/v1/stream", anybody, "Rows.", none(), any_bytes(), stream, free},
        {Method::get, "/api/v1/live", anybody, "News.", none(), any_bytes(), LiveChanges{}, free},
        {Method::get, "/api/v1/rare", anybody, "Rare.", none(), any_json(), fine, rare},
    };
    rows.push_back(read_row("/api/v1/long", anybody, long_one));
    rows.push_back(read_row("/api/v1/secret", anybody, secret));
    rows.push_back(read_row("/api/v1/slow", anybody, slow));
    rows.push_back(read_row("/api/v1/scope", anybody, scope));
    rows.push_back(read_row("/api/v1/mine", For(Role::signed_in), fine));
    rows.push_back(read_row("/api/v1/post", For(Role::in_post), fine));
    rows.push_back(read_row("/api/v1/program", For(Role::program, "matters.read"), fine));
    rows.push_back(read_row("/api/v1/program_else", For(Role::program, "matters.act"), fine));
    rows.push_back(read_row("/api/v1/admin", For(Role::system_admin), fine));
    rows.push_back(read_row("/api/v1/follow/{number}", For(Role::follower), fine));
    return rows;
}

}  // namespace

std::span<const Route> test_routes() {
    static const std::vector<Route> rows = make_rows();
    return rows;
}

std::shared_ptr<Latch>& latch() {
    static std::shared_ptr<Latch> one = std::make_shared<Latch>();
    return one;
}

}  // namespace zt::http::test
