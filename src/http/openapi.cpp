#include "http/openapi.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace zt::http {

namespace {

/// What any route may refuse with, by status; the codes themselves are listed once, in the schema.
std::vector<int> problem_statuses(const Route& route) {
    std::set<int> all{400, 404, 405, 422, 429, 503};
    const bool is_changing_method = route.method != Method::get;
    if (route.role.role != Role::anybody) {
        all.insert({401, 403});
    }
    if (is_changing_method) {
        all.insert({401, 403, 409, 413, 415, 507});
    }
    if (is_changing(route)) {
        all.insert({412, 428});
    }
    if (route.answer.name == "Bytes") {
        all.insert({410, 416});
    }
    return {all.begin(), all.end()};
}

Json ref(std::string_view kind, std::string_view name) {
    return Json::object().set(
        "$ref", "#/components/" + std::string(kind) + "/" + std::string(name)
    );
}

Json parameter(std::string_view name, std::string_view place, std::string_view help) {
    Json one = Json::object();
    one.set("name", name).set("in", place).set("required", place == "path");
    one.set("schema", Json::object().set("type", "string"));
    return help.empty() ? one : one.set("description", help);
}

Json parameters_of(const Route& route) {
    Json all = Json::array();
    for (const auto& name : path_names(route)) {
        all.push(parameter(name, "path", ""));
    }
    for (const auto& [name, help] : route.query) {
        all.push(parameter(name, "query", help));
    }
    if (is_changing(route)) {
        const bool is_required = route.key != KeyRule::made_if_missing;
        all.push(ref("parameters", is_required ? "IdempotencyKey" : "OptionalIdempotencyKey"));
    }
    if (route.role.role == Role::follower) {
        all.push(ref("parameters", "FollowUpCode"));
    }
    return all;
}

Json security_of(const Route& route) {
    const auto named = [](std::string_view name, Json scopes) {
        return Json::object().set(std::string(name), std::move(scopes));
    };
    Json all = Json::array();
    switch (route.role.role) {
    case Role::anybody:
    case Role::follower: break;
    case Role::program:
        all.push(named("key", Json::array().push(route.role.scope)));
        all.push(named("session", Json::array()));
        break;
    case Role::signed_in:
    case Role::in_post:
    case Role::firm:
    case Role::system_admin:
    case Role::security_admin:
    case Role::audit_admin: all.push(named("session", Json::array())); break;
    }
    return all;
}

std::string_view media_type_of(const Route& route, const Schema& schema) {
    if (std::holds_alternative<LiveChanges>(route.handler)) {
        return "text/event-stream";
    }
    return schema.name == "Bytes" ? "*/*" : "application/json";
}

Json content_of(const Route& route, const Schema& schema, Components& into) {
    Json media = Json::object().set("schema", schema.describe(into));
    return Json::object().set(std::string(media_type_of(route, schema)), std::move(media));
}

Json answers_of(const Route& route, Components& into) {
    Json answers = Json::object();
    Json fine = Json::object().set("description", "Done.");
    if (!route.answer.is_none()) {
        fine.set("content", content_of(route, route.answer, into));
    }
    answers.set("2XX", std::move(fine));
    if (route.refusing != nullptr) {
        Json refused = Json::object().set("description", "Refused, as that interface tells it.");
        return answers.set("default", std::move(refused));
    }
    for (const int status : problem_statuses(route)) {
        answers.set(std::to_string(status), ref("responses", "Problem"));
    }
    return answers;
}

Json operation_of(const Route& route, Components& into) {
    Json one = Json::object();
    one.set("operationId", operation_name(route)).set("summary", route.summary);
    one.set("x-role", name_of(route.role.role));
    one.set("parameters", parameters_of(route)).set("security", security_of(route));
    one.set("responses", answers_of(route, into));
    if (!route.body.is_none()) {
        Json body = Json::object().set("required", true);
        one.set("requestBody", body.set("content", content_of(route, route.body, into)));
    }
    return one;
}

Json problem_schema() {
    Json codes = Json::array();
    for (const auto& row : errc_names()) {
        codes.push(row.name);
    }
    const auto typed = [](std::string_view type) { return Json::object().set("type", type); };
    Json properties = Json::object();
    properties.set("type", typed("string")).set("title", typed("string"));
    properties.set("status", typed("integer")).set("detail", typed("string"));
    properties.set("code", typed("string").set("enum", std::move(codes)));
    properties.set(
        "at", typed("string").set("description", "JSON pointer into the body, or a header's name.")
    );
    properties.set("retry_may_help", typed("boolean"));
    Json required = Json::array().push("type").push("title").push("status").push("code");
    return typed("object").set("properties", std::move(properties)).set("required", required);
}

Json common_parameters() {
    Json key = parameter(
        "Idempotency-Key",
        "header",
        "UUID of version 7, made before the first send; a retry repeats it."
    );
    Json schema = Json::object().set("type", "string").set("format", "uuid");
    key.set("schema", std::move(schema));
    Json optional_key = key;
    key.set("required", true);
    Json code = parameter("Zhitong-Code", "header", "The follow-up code given at hand-in.");
    code.set("required", true);
    return Json::object()
        .set("IdempotencyKey", std::move(key))
        .set("OptionalIdempotencyKey", std::move(optional_key))
        .set("FollowUpCode", std::move(code));
}

Json security_schemes() {
    Json session = Json::object().set("type", "apiKey").set("in", "cookie");
    session.set("name", "__Host-zhitong");
    session.set("description", "Changing calls also send Zhitong-CSRF.");
    Json key = Json::object().set("type", "http").set("scheme", "bearer");
    return Json::object().set("session", std::move(session)).set("key", std::move(key));
}

Json components_of(const Components& gathered) {
    Json schemas = Json::object().set("Problem", problem_schema());
    for (const auto& [name, schema] : gathered.schemas()) {
        CHECK(name != "Problem");
        schemas.set(name, schema);
    }
    Json media = Json::object().set("schema", ref("schemas", "Problem"));
    Json problem = Json::object().set("description", "Refused; the code says why.");
    problem.set("content", Json::object().set("application/problem+json", std::move(media)));
    Json components = Json::object();
    components.set("schemas", std::move(schemas)).set("parameters", common_parameters());
    components.set("responses", Json::object().set("Problem", std::move(problem)));
    return components.set("securitySchemes", security_schemes());
}

}  // namespace

std::string operation_name(const Route& route) {
    std::string name;
    for (const char one : name_of(route.method)) {
        name += static_cast<char>(one | 0x20);
    }
    const auto add_word = [&name](std::string_view word) {
        bool is_first = true;
        for (const char one : word) {
            const bool is_lower = one >= 'a' && one <= 'z';
            const bool is_other = (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9');
            if (is_lower || is_other) {
                name += is_first && is_lower ? static_cast<char>(one & ~0x20) : one;
            }
            is_first = !is_lower && !is_other;
        }
    };
    std::string_view path = route.path;
    if (path.starts_with("/api/v1")) {
        path.remove_prefix(std::string_view("/api/v1").size());
    }
    for (const auto& segment : split(path, '/')) {
        if (segment.starts_with('{')) {
            name += "By";
        }
        add_word(segment);
    }
    return name;
}

Json openapi_of(std::span<const Route> routes, std::string_view version) {
    Components gathered;
    Json paths = Json::object();
    for (const Route& route : routes) {
        std::string method;
        for (const char one : name_of(route.method)) {
            method += static_cast<char>(one | 0x20);
        }
        Json path = paths[route.path].is_null() ? Json::object() : paths[route.path];
        CHECK(path.find(method) == nullptr);
        path.set(method, operation_of(route, gathered));
        paths.set(std::string(route.path), std::move(path));
    }
    Json title = Json::object().set("title", "Zhitong").set("version", version);
    Json document = Json::object().set("openapi", "3.1.0").set("info", std::move(title));
    document.set("paths", std::move(paths));
    return document.set("components", components_of(gathered));
}

}  // namespace zt::http
