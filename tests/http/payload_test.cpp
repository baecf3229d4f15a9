// Payloads over every field of every endpoint, made from the routes' own descriptions: what breaks
// SQL, pages, formats, terminals and parsers, and values of the wrong type. Each answer is one that
// the OpenAPI document names, none is a fault of the server, and it lives on. A new route or field
// takes part without being named here.

#include "build/http_client.hpp"
#include "http/openapi.hpp"
#include "tests/http/people_place.hpp"

#include <cstdio>
#include <set>

namespace zt::http::test {
namespace {

constexpr std::string_view here = "@HERE@";

std::string deep(char open, char close, std::size_t depth) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level) {
        text += open == '{' ? "{\"a\":" : "[";
    }
    text += "1";
    return text + std::string(depth, close);
}

/// Texts as they are; a body writes them as JSON, an address in percent signs.
const std::vector<std::string>& texts_that_harm() {
    static const std::vector<std::string> texts{
        "' OR 1=1; DROP TABLE event; --",
        "\" UNION SELECT hex(randomblob(9)) /*",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "%s%s%n%x {0} {} ${7*7} {{7*7}}",
        std::string("a\0b", 3),
        "\xE2\x80\xAEgpj.exe\xE2\x80\xAC\xE2\x81\xA6",
        "../../../../etc/passwd",
        "=cmd|' /C calc'!A0\r\nSet-Cookie: a=b",
        "-9223372036854775809",
        "2022-13-45T25:61:61Z",
        "",
        std::string(3'000, 'a'),
    };
    return texts;
}

/// JSON as it would be sent, some of it none.
const std::vector<std::string>& values_that_harm() {
    static const std::vector<std::string> values{
        "null",
        "true",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "1e999",
        "1.5",
        "[]",
        "{}",
        "[null]",
        R"({"a":1,"a":2})",
        R"("\ud800")",
        "\"\xC3\x28\"",
        "\"" + std::string(40'000, 'b') + "\"",
        deep('[', ']', 300),
        deep('{', '}', 300),
        "\x01",
    };
    return values;
}

std::string in_percent(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char one : text) {
        const auto byte = static_cast<unsigned char>(one);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

// ---- examples from descriptions -----------------------------------------------------------------

/// A value that fits the schema, with every member that there may be.
Json example_of(const Json& schema, const Json& components, int depth) {
    constexpr int depth_max = 6;
    if (const Json* reference = schema.find("$ref")) {
        const std::string& text = reference->as_string();
        const std::string name = text.substr(text.rfind('/') + 1);
        return depth == depth_max ? Json::object()
                                  : example_of(components[name], components, depth + 1);
    }
    if (const Json* words = schema.find("enum")) {
        return words->as_array().front();
    }
    const std::string& type = schema["type"].as_string();
    if (type == "object") {
        Json out = Json::object();
        for (const auto& [name, member] : schema["properties"].members()) {
            out.set(name, example_of(member, components, depth + 1));
        }
        return out;
    }
    if (type == "array") {
        return Json::array().push(example_of(schema["items"], components, depth + 1));
    }
    return type == "integer"   ? Json(1)
           : type == "boolean" ? Json(true)
           : type == "string"  ? Json("x")
                               : Json::object();
}

/// Bodies that get far, for routes whose example would be refused at its first word.
std::optional<Json> known_example(std::string_view path, const std::string& number) {
    const Json appeal = Json::object()
                            .set("title", "门口停电")
                            .set("text", "三天")
                            .set("for", "王小明")
                            .set("contact", "13900000077")
                            .set("category", "供电")
                            .set("purpose", "help")
                            .set("channel", "web");
    const auto deeds = [](Json deed) {
        return Json::object().set("deeds", Json::array().push(std::move(deed)));
    };
    const auto deed = [](const char* verb, Json fields) {
        return Json::object().set("verb", verb).set("fields", std::move(fields));
    };
    if (path == "/api/v1/portal/matters") {
        return Json::object().set("kind", "appeal").set("fields", appeal);
    }
    if (path == "/api/v1/portal/matters/{number}/verbs") {
        return deeds(deed("supplement", Json::object().set("text", "还没有来电")));
    }
    if (path == "/api/v1/matters") {
        return deeds(deed("register", appeal).set("kind", "appeal"));
    }
    if (path == "/api/v1/matters/{number}/verbs") {
        const Json note = Json::object().set("note", "已核").set("visibility", "unit");
        return deeds(deed("note", note).set("number", number));
    }
    if (path == "/api/v1/bulk") {
        Json bulk =
            deeds(deed("note", Json::object().set("note", "已核").set("visibility", "unit")));
        bulk.set("rows", Json::array().push(Json::object().set("number", number)));
        return bulk;
    }
    if (path == "/api/v1/admin/changes") {
        const Json fields =
            Json::object().set("code", "p9").set("name", "某某").set("contact", "13900000078");
        return deeds(deed("register", fields).set("kind", "person")).set("why", "新到岗");
    }
    return std::nullopt;
}

/// The value once for each place in it, with the mark there.
void mark_each(const Json& value, const std::function<void(Json)>& give) {
    give(Json(here));
    for (const auto& [name, member] : value.members()) {
        mark_each(member, [&](Json marked) {
            Json copy = value;
            give(copy.set(name, std::move(marked)));
        });
    }
    const JsonArray& items = value.as_array();
    for (std::size_t index = 0; index < items.size(); ++index) {
        mark_each(items[index], [&](Json marked) {
            Json copy = Json::array();
            for (std::size_t at = 0; at < items.size(); ++at) {
                copy.push(at == index ? std::move(marked) : items[at]);
            }
            give(std::move(copy));
        });
    }
}

std::string with(std::string body, const std::string& value) {
    const std::string mark = "\"" + std::string(here) + "\"";
    return body.replace(body.find(mark), mark.size(), value);
}

// ---- sending ------------------------------------------------------------------------------------

class Payloads : public ::testing::Test {
  protected:
    Payloads() {
        place_.give_administrators();
        place_.give_account({"clerk", "office", "clerk"});
        place_.give_firm();
        place_.serve();
        const Json receipt = place_.hand_in_with_code();
        number_ = receipt["number"].as_string();
        code_ = receipt["code"].as_string();
        client_ = std::make_unique<build::HttpClient>(place_.port());
    }

    /// What lets the caller come as far as the handler.
    [[nodiscard]] std::string fields_of(const Route& route) const {
        switch (route.role.role) {
        case Role::anybody: return {};
        case Role::follower: return "Zhitong-Code: " + code_ + "\r\n";
        case Role::signed_in:
        case Role::in_post:
        case Role::program: return place_.as("clerk").fields();
        case Role::firm: return place_.as("agent").fields();
        case Role::system_admin: return place_.as("system").fields();
        case Role::security_admin: return place_.as("security").fields();
        case Role::audit_admin: return place_.as("audit").fields();
        }
        return {};
    }

    /// The path of a route with values that lead somewhere, or with that value in the one place.
    [[nodiscard]] std::string
    path_of(const Route& route, std::string_view name = {}, const std::string& value = {}) const {
        std::string path;
        std::string_view rest = route.path;
        for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
            const std::string_view one = rest.substr(open + 1, rest.find('}') - open - 1);
            path.append(rest.substr(0, open));
            path += one == name       ? value
                    : one == "number" ? number_
                    : one == "kind"   ? "appeal"
                    : one == "format" ? "json"
                                      : "999999";
            rest.remove_prefix(rest.find('}') + 1);
        }
        return path.append(rest);
    }

    void expect_documented(const Route& route, int status, const std::string& what) {
        ++sent_;
        std::string method(name_of(route.method));
        std::ranges::transform(method, method.begin(), [](unsigned char one) {
            return static_cast<char>(std::tolower(one));
        });
        const Json& answers = document_["paths"][route.path][method]["responses"];
        const bool is_fine = status >= 200 && status < 300;
        const bool is_known = is_fine || answers.find(std::to_string(status)) != nullptr ||
                              (answers.find("default") != nullptr && status < 500);
        if (!is_known || status >= 500) {
            ++off_;
            // Each kind of fault once: one payload does what a hundred do.
            if (told_.insert(method + std::string(route.path) + std::to_string(status)).second) {
                ADD_FAILURE() << method << " " << route.path << " answers " << status << " to "
                              << what.substr(0, 200) << "\n"
                              << last_.substr(0, 300);
            }
        }
    }

    void send(
        const Route& route,
        const std::string& target,
        const std::string& more,
        const std::string& body,
        const std::string& what
    ) {
        const bool has_key = more.find("Idempotency-Key") != std::string::npos;
        const bool has_body = route.method != Method::get;
        std::string text = std::string(name_of(route.method)) + " " + target +
                           " HTTP/1.1\r\nHost: h\r\n" + fields_of(route) +
                           (has_key || !has_body ? "" : place_.key()) + more;
        if (has_body) {
            text +=
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
        }
        text += "\r\n" + body;
        int status = 0;
        for (int tries = 0; status == 0 && tries < 2; ++tries) {
            // The server hangs up after some refusals; the next request has a connection of its
            // own.
            if (client_->send(text)) {
                const auto heard = client_->hear();
                status = heard ? heard->status : 0;
                last_ = heard ? heard->body : "no answer";
                if (!heard || heard->head.find("Transfer-Encoding") != std::string::npos) {
                    client_->cut();
                }
            }
        }
        expect_documented(route, status, what);
    }

    /// Passwords cost a slow hash each: a few payloads say as much as all.
    static std::size_t step_of(const Route& route) {
        const bool is_slow = std::holds_alternative<Deferring>(route.handler) ||
                             std::holds_alternative<Slow>(route.handler);
        constexpr std::size_t every_fifth = 5;
        return is_slow && route.path.find("uploads") == std::string_view::npos ? every_fifth : 1;
    }

    void try_body(const Route& route) {
        Components gathered;
        const Json schema = route.body.describe(gathered);
        const auto known = known_example(route.path, number_);
        const Json example =
            known ? *known : example_of(schema, document_["components"]["schemas"], 0);
        const std::string target = path_of(route);
        send(route, target, "", to_canonical(example), "its example");
        mark_each(example, [&](const Json& marked) {
            const std::string body = to_canonical(marked);
            std::vector<std::string> values = values_that_harm();
            for (const auto& text : texts_that_harm()) {
                values.push_back(to_canonical(Json(text)));
            }
            for (std::size_t at = 0; at < values.size(); at += step_of(route)) {
                send(route, target, "", with(body, values[at]), with(body, values[at]));
            }
        });
    }

    void try_address(const Route& route) {
        const std::string body = route.method == Method::get ? "" : "{}";
        for (const auto& text : texts_that_harm()) {
            const std::string value = in_percent(text);
            for (const auto& [name, help] : route.query) {
                const std::string target = path_of(route) + "?" + name + "=" + value;
                send(route, target, "", body, target);
            }
            for (const auto& name : path_names(route)) {
                const std::string target = path_of(route, name, text.empty() ? "%20" : value);
                send(route, target, "", body, target);
            }
        }
    }

    void try_fields(const Route& route) {
        const std::string body = route.method == Method::get ? "" : "{}";
        for (const char* const name :
             {"Idempotency-Key",
              "If-Match",
              "If-None-Match",
              "Range",
              "Zhitong-Code",
              "Accept-Language",
              "Zhitong-Time",
              "Last-Event-ID"}) {
            for (const char* const value :
                 {"' OR 1=1 --", "%s%n<script>", "W/\"9e99\"", "\xC3\x28"}) {
                const std::string field = std::string(name) + ": " + value + "\r\n";
                send(route, path_of(route), field, body, field);
            }
        }
    }

    PeoplePlace place_{"payloads"};
    Json document_ = openapi_of(routes(), "1");
    std::string number_, code_, last_;
    std::unique_ptr<build::HttpClient> client_;
    std::set<std::string> told_;
    std::size_t sent_ = 0;
    int off_ = 0;
};

TEST_F(Payloads, every_answer_is_a_documented_one_and_the_server_lives) {
    for (const Route& route : routes()) {
        const bool ends_own_session =
            route.path == "/api/v1/session" && route.method == Method::remove;
        if (ends_own_session || std::holds_alternative<LiveChanges>(route.handler)) {
            continue;
        }
        if (!route.body.is_none()) {
            try_body(route);
        }
        try_address(route);
        try_fields(route);
    }
    std::printf("%zu requests, %d off\n", sent_, off_);
    EXPECT_EQ(off_, 0);
    EXPECT_GT(sent_, 5'000U);
    EXPECT_EQ(place_.get("/healthz", "").status, 200);
    const Heard page = place_.get("/api/v1/matters/" + number_, place_.as("clerk").fields());
    EXPECT_EQ(page.status, 200) << page.body;
}

}  // namespace
}  // namespace zt::http::test
