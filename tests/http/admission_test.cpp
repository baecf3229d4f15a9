// Who may pass: roles, sessions, origins, keys, rates.

#include "tests/http/edge.hpp"

namespace zt::http::test {
namespace {

constexpr auto session = "Cookie: other=1; zhitong=session\r\n";
constexpr auto program = "Authorization: Bearer key\r\n";

std::string code_of(const Heard& heard) {
    const std::size_t at = heard.body.find("\"code\":\"");
    if (at == std::string::npos) {
        return std::to_string(heard.status);
    }
    return heard.body.substr(at + 8, heard.body.find('"', at + 8) - at - 8);
}

TEST(admission, each_role_lets_in_whom_it_names) {
    Edge edge;
    edge.world.holds = [](const Caller&, Role role) { return role == Role::audit_admin; };
    Client client = edge.client();
    const auto asked = [&client](const char* path, const char* fields) {
        return code_of(client.ask("GET /api/v1/" + std::string(path), fields).hear());
    };
    EXPECT_EQ(asked("mine", ""), "not_signed_in");
    EXPECT_EQ(asked("mine", "Cookie: zhitong=other\r\n"), "not_signed_in");
    EXPECT_EQ(asked("mine", "Cookie: xzhitong=session\r\n"), "not_signed_in");
    EXPECT_EQ(asked("mine", "Cookie: __Host-zhitong=session\r\n"), "not_signed_in");
    EXPECT_EQ(asked("mine", session), "200");
    EXPECT_EQ(asked("mine", program), "forbidden");
    EXPECT_EQ(asked("post", session), "200");
    EXPECT_EQ(asked("post", program), "forbidden");
    EXPECT_EQ(asked("program", program), "200");
    EXPECT_EQ(asked("program", session), "200");
    EXPECT_EQ(asked("program_else", program), "forbidden");
    EXPECT_EQ(asked("program", "Authorization: Bearer other\r\n"), "not_signed_in");
    EXPECT_EQ(asked("program", "Authorization: Basic a2V5\r\n"), "not_signed_in");
    EXPECT_EQ(asked("admin", session), "forbidden");
    EXPECT_EQ(asked("admin", program), "forbidden");
    EXPECT_EQ(asked("follow/1", ""), "not_signed_in");
    EXPECT_EQ(asked("follow/1", "Zhitong-Code: x\r\n"), "200");
    edge.signed_in.has_post = false;
    EXPECT_EQ(asked("mine", session), "200");
    EXPECT_EQ(asked("post", session), "forbidden");
    EXPECT_EQ(asked("program", session), "forbidden");
}

TEST(admission, a_changing_call_of_a_session_comes_from_our_own_pages) {
    const Edge edge;
    Client client = edge.client();
    const auto asked = [&client](const std::string& fields) {
        return code_of(client.ask("DELETE /api/v1/changes/1", session + fields).hear());
    };
    const std::string csrf = "Zhitong-CSRF: csrf\r\n";
    EXPECT_EQ(asked(csrf), "200");
    EXPECT_EQ(asked(""), "not_same_origin");
    EXPECT_EQ(asked("Zhitong-CSRF: other\r\n"), "not_same_origin");
    EXPECT_EQ(asked(csrf + "Sec-Fetch-Site: same-origin\r\n"), "200");
    EXPECT_EQ(asked(csrf + "Sec-Fetch-Site: cross-site\r\n"), "not_same_origin");
    EXPECT_EQ(asked(csrf + "Sec-Fetch-Site: same-site\r\n"), "not_same_origin");
    EXPECT_EQ(asked(csrf + "Sec-Fetch-Site: none\r\n"), "not_same_origin");
    EXPECT_EQ(asked(csrf + "Origin: http://h\r\n"), "200");
    EXPECT_EQ(asked(csrf + "Origin: http://evil\r\n"), "not_same_origin");
    EXPECT_EQ(asked(csrf + "Origin: https://h\r\n"), "not_same_origin");
    EXPECT_EQ(asked(csrf + "Origin: null\r\n"), "not_same_origin");
    EXPECT_EQ(
        code_of(client.post("/api/v1/notes", "Origin: http://evil\r\n", "{}").hear()),
        "not_same_origin"
    );
}

TEST(admission, a_change_asks_for_a_key_of_version_7) {
    Edge edge;
    const auto asked = [&edge](std::string_view fields) {
        Client client = edge.client();
        return client.post("/api/v1/changes", fields, R"({"text":"a"})").hear();
    };
    EXPECT_EQ(code_of(asked("")), "key_missing_in_command");
    EXPECT_EQ(asked("").status, 400);
    EXPECT_EQ(code_of(asked("Idempotency-Key: x\r\n")), "bad_uuid");
    EXPECT_EQ(
        code_of(asked("Idempotency-Key: 0182d4c0-1000-4000-8000-000000000001\r\n")), "bad_uuid"
    );
    struct Row {
        Errc code;
        int status;
        const char* retry_after;
    };
    for (const Row& row :
         {Row{Errc::in_flight, 409, "1"},
          Row{Errc::key_reused, 422, ""},
          Row{Errc::overloaded, 503, "1"},
          Row{Errc::disk_full, 507, "60"},
          Row{Errc::stale_tick, 412, ""},
          Row{Errc::wrong_stage, 409, ""}}) {
        edge.submit_code = row.code;
        const Heard heard = asked(a_key);
        EXPECT_EQ(heard.status, row.status);
        EXPECT_EQ(heard.field("retry-after"), row.retry_after) << name_of(row.code);
        EXPECT_EQ(code_of(heard), name_of(row.code));
    }
}

TEST(admission, strangers_have_so_many_a_minute) {
    Edge edge;
    Client client = edge.client();
    for (int number = 0; number < 3; ++number) {
        EXPECT_EQ(client.ask("GET /api/v1/rare").hear().status, 200);
    }
    const Heard heard = client.ask("GET /api/v1/rare").hear();
    EXPECT_EQ(heard.status, 429);
    EXPECT_EQ(heard.field("retry-after"), "5");
    EXPECT_EQ(client.ask("GET /api/v1/rare", session).hear().status, 200);
    edge.clock.move(std::chrono::seconds(20));
    EXPECT_EQ(client.ask("GET /api/v1/rare").hear().status, 200);
    EXPECT_EQ(client.ask("GET /api/v1/rare").hear().status, 429);
}

TEST(admission, limits_can_be_switched_off_to_measure) {
    const Edge edge(Settings{.rate_limits = RateLimits::off});
    Client client = edge.client();
    for (int number = 0; number < 10; ++number) {
        EXPECT_EQ(client.ask("GET /api/v1/rare").hear().status, 200);
    }
}

TEST(admission, a_trusted_proxy_says_for_whom_it_asks) {
    const auto scope = [](const Edge& edge, const char* fields) {
        return edge.client().ask("GET /api/v1/scope", fields).hear().body;
    };
    const Edge plain;
    EXPECT_EQ(scope(plain, ""), scope(plain, "X-Forwarded-For: 198.51.100.7\r\n"));
    EXPECT_EQ(scope(plain, "").size(), 18U);
    EXPECT_EQ(plain.client().ask("GET /metrics").hear().status, 200);
    constexpr auto unlisted = "X-Forwarded-For: 127.0.0.1\r\n";
    EXPECT_EQ(plain.client().ask("GET /metrics", unlisted).hear().status, 404);
    const Edge behind(Settings{.trusted_proxies = {"127.0.0.1"}});
    const std::string direct = scope(behind, "");
    const std::string seven = scope(behind, "X-Forwarded-For: 198.51.100.7\r\n");
    EXPECT_NE(direct, seven);
    EXPECT_EQ(seven, scope(behind, "X-Forwarded-For: 1.1.1.1, 198.51.100.7\r\n"));
    EXPECT_EQ(
        seven, scope(behind, "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 198.51.100.7\r\n")
    );
    constexpr auto elsewhere = "X-Forwarded-For: 198.51.100.7\r\n";
    EXPECT_EQ(behind.client().ask("GET /metrics", elsewhere).hear().status, 404);
    EXPECT_EQ(behind.client().ask("GET /metrics").hear().status, 200);
}

TEST(admission, behind_tls_the_cookie_has_its_prefix) {
    const Edge edge(Settings{.trusted_proxies = {"127.0.0.1"}});
    const auto asked = [&edge](const char* fields) {
        return edge.client().ask("GET /api/v1/mine", fields).hear();
    };
    const Heard secure = asked("X-Forwarded-Proto: https\r\nCookie: __Host-zhitong=session\r\n");
    EXPECT_EQ(secure.status, 200);
    EXPECT_EQ(secure.field("strict-transport-security"), "max-age=31536000; includeSubDomains");
    EXPECT_EQ(asked("X-Forwarded-Proto: https\r\nCookie: zhitong=session\r\n").status, 401);
    EXPECT_EQ(asked("").field("strict-transport-security"), "");
    Call call;
    EXPECT_EQ(session_cookie(call, "t").second, "zhitong=t; Path=/; HttpOnly; SameSite=Lax");
    call.is_secure = true;
    EXPECT_EQ(
        session_cookie(call, "").second,
        "__Host-zhitong=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
    );
}

TEST(admission, if_match_names_one_version) {
    Call call;
    const auto version = [&call](std::string_view text) {
        call.if_match = text;
        return expected_version(call);
    };
    EXPECT_EQ(version("").value(), std::nullopt);
    EXPECT_EQ(version("*").value(), std::nullopt);
    EXPECT_EQ(version("\"12\"").value(), 12);
    EXPECT_EQ(version("W/\"12\"").value(), 12);
    for (const char* text : {"12", "\"\"", "\"x\"", "\"1\", \"2\"", "\"-1\""}) {
        EXPECT_FALSE(version(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace zt::http::test
