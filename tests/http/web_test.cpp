// Pages of portal and desk: from the archive that was built in, with what keeps a browser safe and
// quick.

#include "app/embedded.hpp"
#include "http/openapi.hpp"
#include "http/web_files.hpp"
#include "tests/http/edge.hpp"

namespace zt::http::test {
namespace {

/// Two pages and a script with its packed forms, which here are only told apart.
const std::string archive = [] {
    std::string text = "zhitong-web 1\n";
    text += "assets/portal-1.js\ttext/javascript; charset=utf-8\taa11\t5\t4\t3\n";
    text += "desk.html\ttext/html; charset=utf-8\tbb22\t4\t0\t0\n";
    text += "portal.html\ttext/html; charset=utf-8\tcc33\t6\t0\t0\n\n";
    return text + "plain" + "gzip" + "bro" + "desk" + "portal";
}();

class Pages : public ::testing::Test {
  protected:
    Pages() {
        edge_.world.web = &files_;
        Settings settings;
        settings.port = 0;
        std::vector<Route> rows(test_routes().begin(), test_routes().end());
        rows.insert(rows.end(), web_routes().begin(), web_routes().end());
        auto started = Server::start(edge_.world, settings, rows);
        EXPECT_TRUE(started.has_value()) << to_string(started.error());
        edge_.server = *std::move(started);
    }
    Heard get(const std::string& path, std::string_view fields = "") {
        return edge_.client().ask("GET " + path, fields).hear();
    }

    WebFiles files_ = WebFiles::read(archive).value();
    Edge edge_{{}, false};
};

TEST_F(Pages, addresses_of_the_portal_answer_with_its_page) {
    for (const char* path : {"/", "/hand-in", "/hand-in/appeal", "/follow/ZT-2026-000001"}) {
        const Heard heard = get(path);
        EXPECT_EQ(heard.status, 200) << path;
        EXPECT_EQ(heard.body, "portal") << path;
        EXPECT_EQ(heard.field("content-type"), "text/html; charset=utf-8");
    }
}

TEST_F(Pages, every_address_below_desk_answers_with_its_page) {
    for (const char* path : {"/desk", "/desk/inbox", "/desk/matters/ZT-2026-000001/print"}) {
        EXPECT_EQ(get(path).body, "desk") << path;
    }
}

TEST_F(Pages, what_is_not_there_is_a_problem_document) {
    for (const char* path : {"/nothing", "/api/nothing", "/assets/nothing.js", "/assets/a/b"}) {
        const Heard heard = get(path);
        EXPECT_EQ(heard.status, 404) << path;
        EXPECT_EQ(heard.field("content-type"), "application/problem+json") << path;
    }
}

TEST_F(Pages, the_tile_server_alone_is_let_through_the_policy) {
    const std::string before = get("/").field("content-security-policy");
    EXPECT_EQ(before.find("http"), std::string::npos) << before;
    edge_.world.tiles.url = "https://tiles.example.cn:8443/w/{z}/{x}/{y}.png";
    const std::string after = get("/").field("content-security-policy");
    EXPECT_NE(
        after.find("img-src 'self' data: blob: https://tiles.example.cn:8443;"), std::string::npos
    ) << after;
    EXPECT_NE(after.find("connect-src 'self' https://tiles.example.cn:8443;"), std::string::npos);
    EXPECT_NE(after.find("script-src 'self';"), std::string::npos);
}

TEST_F(Pages, a_page_is_asked_for_anew_and_an_asset_kept_for_ever) {
    EXPECT_EQ(get("/").field("cache-control"), "no-cache");
    EXPECT_EQ(
        get("/assets/portal-1.js").field("cache-control"), "public, max-age=31536000, immutable"
    );
}

TEST_F(Pages, an_unchanged_page_is_not_sent_again) {
    const std::string tag = get("/").field("etag");
    EXPECT_EQ(tag, "\"cc33\"");
    const Heard again = edge_.client().ask("GET /", "If-None-Match: " + tag + "\r\n").hear(false);
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(get("/", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(Pages, the_best_packed_form_that_the_browser_takes_is_sent) {
    const struct {
        const char *accepted, *packing, *body, *tag;
    } rows[] = {
        {"", "", "plain", "\"aa11\""},
        {"gzip, deflate", "gzip", "gzip", "\"aa11-gzip\""},
        {"gzip, deflate, br", "br", "bro", "\"aa11-br\""},
        {"gzip, br;q=0", "gzip", "gzip", "\"aa11-gzip\""},
    };
    for (const auto& row : rows) {
        const std::string field = std::string("Accept-Encoding: ") + row.accepted + "\r\n";
        const Heard heard = get("/assets/portal-1.js", *row.accepted == 0 ? "" : field);
        EXPECT_EQ(heard.field("content-encoding"), row.packing) << row.accepted;
        EXPECT_EQ(heard.body, row.body) << row.accepted;
        EXPECT_EQ(heard.field("etag"), row.tag) << row.accepted;
        EXPECT_EQ(heard.field("vary"), "Accept-Encoding");
    }
}

TEST_F(Pages, a_page_runs_nothing_that_stands_in_it_and_nothing_from_elsewhere) {
    for (const char* path : {"/", "/desk", "/assets/portal-1.js"}) {
        const std::string policy = get(path).field("content-security-policy");
        EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self';")) << policy;
        EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
        EXPECT_EQ(policy.find("http"), std::string::npos) << policy;
        EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << policy;
        EXPECT_EQ(get(path).field("x-content-type-options"), "nosniff");
    }
}

TEST_F(Pages, head_tells_the_size_and_sends_nothing) {
    const Heard heard = edge_.client().ask("HEAD /").hear(false);
    EXPECT_EQ(heard.status, 200);
    EXPECT_EQ(heard.field("content-length"), "6");
}

TEST(web_files, an_archive_that_is_cut_off_or_too_long_is_refused) {
    EXPECT_TRUE(WebFiles::read(archive).has_value());
    for (std::size_t size = 0; size < archive.size(); ++size) {
        EXPECT_FALSE(WebFiles::read(archive.substr(0, size)).has_value()) << size;
    }
    EXPECT_EQ(WebFiles::read(archive + "x").error().code, Errc::bad_file);
    EXPECT_EQ(WebFiles::read("another\n\n").error().code, Errc::bad_file);
}

TEST(web_files, what_was_built_in_has_both_pages_and_everything_they_name) {
    const auto files = WebFiles::read(app::embedded_web());
    ASSERT_TRUE(files.has_value()) << to_string(files.error());
    for (const char* page : {"portal.html", "desk.html"}) {
        const WebFile* file = files->find(page);
        ASSERT_NE(file, nullptr) << page;
        EXPECT_EQ(file->plain.find("<style"), std::string_view::npos) << page;
        std::size_t count = 0;
        const std::string_view text = file->plain;
        for (auto at = text.find("\"/assets/"); at != text.npos; at = text.find("\"/assets/", at)) {
            const std::size_t begin = at + 2;
            at = text.find('"', begin);
            EXPECT_NE(files->find(text.substr(begin, at - begin)), nullptr) << text;
            ++count;
        }
        EXPECT_GE(count, 2U) << page;
    }
}

TEST(web_client, is_what_the_rows_of_the_api_say) {
    std::vector<Route> rows(routes().begin(), routes().end());
    rows.insert(rows.end(), operating_routes().begin(), operating_routes().end());
    std::stringstream kept;
    kept << std::ifstream(std::string(ZT_SOURCE_DIR) + "/web/shared/api/client.ts").rdbuf();
    // No EXPECT_EQ, which would print both.
    EXPECT_TRUE(kept.str() == typescript_of(rows))
        << "run: build/dev/zhitong openapi --typescript > web/shared/api/client.ts";
}

}  // namespace
}  // namespace zt::http::test
