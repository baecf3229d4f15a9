#include "http/codec.hpp"
#include "http/openapi.hpp"

#include <gtest/gtest.h>

#include <set>

namespace zt::http {
namespace {

enum class Colour : std::uint8_t { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Part {
    std::string name;
    std::optional<Colour> colour;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, colour))

struct Whole {
    std::vector<Part> parts;
    std::map<std::string, std::int64_t> counts;
    std::optional<Json> more;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (parts, counts, more))
constexpr auto field_rows(const Whole*) {
    return std::array{FieldRow{.name = "parts", .help = "In order."}};
}

Result<Reply> read(World&, const Call&) { return Reply{}; }
Result<Pending> change(World&, const Call&) { return Pending{}; }

std::vector<Route> rows() {
    return {
        {Method::get,
         "/api/v1/wholes",
         For(Role::anybody),
         "All.",
         none(),
         schema_of<std::vector<Whole>>(),
         Answering(read),
         {},
         {{"page", "After which."}}},
        {Method::post,
         "/api/v1/wholes",
         For(Role::in_post),
         "Adds.",
         schema_of<Whole>(),
         schema_of<Whole>(),
         Submitting(change)},
        {Method::get,
         "/api/v1/wholes/{number}/part_list",
         For(Role::program, "wholes.read"),
         "Parts.",
         none(),
         schema_of<Part>(),
         Answering(read)},
        {Method::post,
         "/api/v1/follow/{number}",
         For(Role::follower),
         "Adds.",
         any_json(),
         none(),
         Submitting(change)},
    };
}

/// Every {"$ref": …} below.
void gather_references(const Json& json, std::set<std::string>& into) {
    for (const auto& [name, value] : json.members()) {
        if (name == "$ref") {
            into.insert(value.as_string());
        }
        gather_references(value, into);
    }
    for (const Json& value : json.as_array()) {
        gather_references(value, into);
    }
}

const Json& at(const Json& json, std::string_view pointer) {
    const Json* here = &json;
    std::size_t from = 2;  // "#/"
    while (from <= pointer.size()) {
        const std::size_t slash = std::min(pointer.find('/', from), pointer.size());
        here = &(*here)[pointer.substr(from, slash - from)];
        from = slash + 1;
    }
    return *here;
}

TEST(openapi, each_route_stands_in_it_once_and_each_reference_leads_somewhere) {
    const auto routes = rows();
    const Json document = openapi_of(routes, "1");
    std::size_t count = 0;
    std::set<std::string> names, references;
    for (const auto& [path, methods] : document["paths"].members()) {
        for (const auto& [method, operation] : methods.members()) {
            ++count;
            names.insert(operation["operationId"].as_string());
            EXPECT_FALSE(operation["x-role"].as_string().empty()) << path;
            EXPECT_TRUE(operation["security"].is_array()) << path;
        }
    }
    EXPECT_EQ(count, routes.size());
    EXPECT_EQ(names.size(), routes.size());
    gather_references(document, references);
    EXPECT_TRUE(references.contains("#/components/schemas/Part"));
    for (const auto& reference : references) {
        EXPECT_FALSE(at(document, reference).is_null()) << reference;
    }
    EXPECT_EQ(to_canonical(document), to_canonical(openapi_of(routes, "1")));
}

TEST(openapi, tells_role_key_and_codes) {
    const Json document = openapi_of(rows(), "1");
    const Json& paths = document["paths"];
    EXPECT_EQ(
        to_canonical(paths["/api/v1/wholes/{number}/part_list"]["get"]["security"]),
        R"([{"key":["wholes.read"]},{"session":[]}])"
    );
    EXPECT_EQ(to_canonical(paths["/api/v1/wholes"]["get"]["security"]), "[]");
    const std::string added = to_canonical(paths["/api/v1/wholes"]["post"]);
    EXPECT_NE(added.find("#/components/parameters/IdempotencyKey"), std::string::npos);
    EXPECT_EQ(
        to_canonical(paths["/api/v1/wholes"]["get"]).find("IdempotencyKey"), std::string::npos
    );
    EXPECT_NE(
        to_canonical(paths["/api/v1/follow/{number}"]["post"]).find("FollowUpCode"),
        std::string::npos
    );
    const auto& codes = document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
    EXPECT_EQ(codes.as_array().size(), errc_names().size());
}

TEST(typescript, has_a_type_for_each_struct_and_a_function_for_each_route) {
    const auto routes = rows();
    const std::string text = typescript_of(routes);
    for (const char* expected :
         {"export interface Part {\n  colour?: \"red\" | \"green\";\n  name: string;\n}",
          "export interface Whole {\n  counts: Record<string, number>;\n  more?: unknown;\n"
          "  /** In order. */\n  parts: Array<Part>;\n}",
          "export async function getWholes(query: { page?: string; } = {}, sent: Sent = {}): "
          "Promise<Array<Whole>> {",
          "export async function postWholes(body: Whole, key: string, sent: Sent = {}): "
          "Promise<Whole> {",
          "export async function getWholesByNumberPartList(number: string, sent: Sent = {}): "
          "Promise<Part> {",
          "`/api/v1/wholes/${encodeURIComponent(number)}/part_list`"}) {
        EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
    }
    for (const Route& route : routes) {
        const std::string name = "function " + operation_name(route) + "(";
        EXPECT_NE(text.find(name), std::string::npos) << name;
        EXPECT_EQ(text.find(name), text.rfind(name)) << name;
    }
}

TEST(errors, each_code_has_its_status) {
    for (const auto& row : errc_names()) {
        const int status = status_of(row.code);
        EXPECT_TRUE(status >= 400 && status < 600) << row.name;
    }
    EXPECT_EQ(status_of(Errc::key_missing_in_command), 400);
    EXPECT_EQ(status_of(Errc::key_reused), 422);
    EXPECT_EQ(status_of(Errc::in_flight), 409);
    EXPECT_EQ(status_of(Errc::stale_tick), 412);
    EXPECT_EQ(status_of(Errc::disk_full), 507);
}

TEST(errors, what_is_wrong_with_us_is_not_told) {
    const auto texts = kindfile::Texts::read("errors: {io_failed: broken, bad_field: wrong}", "t");
    const Reply ours = problem(Error{Errc::io_failed, "disk at sda1", "ledger.db"}, *texts);
    EXPECT_EQ(
        ours.body,
        R"({"code":"io_failed","retry_may_help":true,"status":500,"title":"broken",)"
        R"("type":"urn:zhitong:error:io_failed"})"
    );
    const Reply theirs = problem(Error{Errc::bad_field, "too long", "/text"}, *texts);
    EXPECT_EQ(
        theirs.body,
        R"({"at":"/text","code":"bad_field","detail":"too long","status":400,"title":"wrong",)"
        R"("type":"urn:zhitong:error:bad_field"})"
    );
}

}  // namespace
}  // namespace zt::http
