// GeoReport v2 over a real socket, its answers held against the schemas of the specification's own
// project where they lie beside the source tree.

#include "tests/http/public_place.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace zt::http::test {
namespace {

const std::filesystem::path schemas =
    std::filesystem::path(ZT_SOURCE_DIR) / "../shared/data/open311/schema";

class Open311 : public PublicPlace {
  protected:
    /// Three appeals of the last weeks: one published, one not, and one of before the 90 days.
    void SetUp() override {
        const UtcMs now = app::OsClock{}.now();
        old_ = tells(
            {.at = now - std::chrono::days{200},
             .title = "半年前",
             .public_title = "半年前的一件",
             .public_text = "已办结"}
        );
        published_ = tells(
            {.at = now - std::chrono::days{40},
             .title = "门口停电三天，我是王小明",
             .public_title = "某小区停电",
             .public_text = "线路已修复 <完>"}
        );
        hidden_ = tells({.at = now - std::chrono::days{35}, .title = "不公开的一件"});
    }

    Heard post(const std::string& format, const std::string& body, const std::string& fields = "") {
        return client()
            .ask(
                "POST /open311/v2/requests." + format,
                fields + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n"
            )
            .send(body)
            .hear();
    }
    static std::vector<std::string> ids_of(const Heard& heard) {
        std::vector<std::string> ids;
        for (const Json& one : body_of(heard).as_array()) {
            ids.push_back(one["service_request_id"].as_string());
        }
        return ids;
    }

    std::string published_, hidden_, old_;
};

/// Exit code of a program, with what it says in the log of the test.
int run(const std::string& command) { return std::system(command.c_str()); }

std::string kept_in_file(const std::string& name, const std::string& text) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("zhitong-open311-" + std::to_string(::getpid()) + "-" + name);
    std::ofstream(file) << text;
    return file.string();
}

/// Each of the JSON texts against its schema, in one run.
void expect_valid(const std::vector<std::pair<std::string, std::string>>& schema_and_text) {
    std::string files;
    std::vector<std::string> kept;
    for (const auto& [schema, text] : schema_and_text) {
        kept.push_back(kept_in_file(schema + std::to_string(kept.size()), text));
        files += " " + schema + " " + kept.back();
    }
    const std::string script = kept_in_file(
        "check.py",
        "import json, sys\n"
        "try:\n"
        "    import jsonschema\n"
        "except ImportError:\n"
        "    sys.exit(77)\n"
        "folder, names = sys.argv[1], sys.argv[2:]\n"
        "for schema, text in zip(names[::2], names[1::2]):\n"
        "    rules = json.load(open(f'{folder}/{schema}.json'))\n"
        "    value = json.load(open(text))\n"
        "    checker = jsonschema.Draft4Validator(rules, format_checker=jsonschema.FormatChecker())\n"
        "    for one in value if isinstance(value, list) else [value]:\n"
        "        checker.validate(one)\n"
    );
    const int code = run("python3 " + script + " " + schemas.string() + files);
    for (const auto& file : kept) {
        std::filesystem::remove(file);
    }
    std::filesystem::remove(script);
    if (code == 77 << 8) {
        GTEST_SKIP() << "python3 has no jsonschema";
    }
    EXPECT_EQ(code, 0);
}

TEST_F(Open311, answers_hold_against_the_schemas_of_the_specification) {
    serve();
    if (!std::filesystem::exists(schemas)) {
        GTEST_SKIP() << "no schemas at " << schemas;
    }
    const Heard requests = settled("/open311/v2/requests.json");
    const Heard services = get("/open311/v2/services.json");
    const Heard definition = get("/open311/v2/services/appeal.json");
    const Heard one = get("/open311/v2/requests/" + published_ + ".json");
    for (const Heard& heard : {requests, services, definition, one}) {
        ASSERT_EQ(heard.status, 200) << heard.body;
        EXPECT_EQ(heard.field("content-type"), "application/json");
    }
    EXPECT_GE(body_of(services).as_array().size(), 3U) << services.body;
    EXPECT_EQ(ids_of(requests), std::vector<std::string>{published_});
    expect_valid(
        {{"service", services.body},
         {"service-definition", definition.body},
         {"request", requests.body},
         {"request", one.body}}
    );
}

TEST_F(Open311, only_what_was_published_is_told_and_no_hour_of_it) {
    serve();
    const Heard list = settled("/open311/v2/requests.json?status=closed&service_code=appeal");
    ASSERT_EQ(list.status, 200) << list.body;
    ASSERT_EQ(ids_of(list), std::vector<std::string>{published_});
    for (const char* secret :
         {"王小明", "13900000077", "内部答复", "门口停电三天", "follow_code"}) {
        EXPECT_EQ(list.body.find(secret), std::string::npos) << secret;
    }
    const Json one = body_of(list).as_array().front();
    EXPECT_EQ(one["description"].as_string(), "某小区停电\n线路已修复 <完>");
    EXPECT_EQ(one["service_code"].as_string(), "appeal");
    EXPECT_EQ(one["agency_responsible"].as_string(), "营商环境办");
    const std::string day = to_string(office_date(app::OsClock{}.now() - std::chrono::days{40}));
    EXPECT_EQ(one["requested_datetime"].as_string(), day + "T00:00:00+08:00");
    EXPECT_EQ(one["notes"].as_array().size(), 5U) << list.body;
    EXPECT_TRUE(ids_of(get("/open311/v2/requests.json?status=open")).empty());
    const Heard hidden = get("/open311/v2/requests/" + hidden_ + ".json");
    const Heard absent = get("/open311/v2/requests/ZT-1999-000001.json");
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.body, absent.body) << "whether there is such a number cannot be told";
    EXPECT_EQ(
        ids_of(get("/open311/v2/requests.json?service_request_id=" + hidden_ + "," + old_)),
        std::vector<std::string>{old_}
    ) << "numbers go before the days";
}

TEST_F(Open311, filters_and_pages_are_those_of_the_specification) {
    serve();
    const auto day = [](int days_ago) {
        return to_string(office_date(app::OsClock{}.now() - std::chrono::days{days_ago}));
    };
    const std::string at = "/open311/v2/requests.json?";
    ASSERT_EQ(settled(at).status, 200);
    EXPECT_EQ(
        ids_of(get(at + "start_date=" + day(220) + "&end_date=" + day(150))),
        std::vector<std::string>{old_}
    );
    EXPECT_EQ(ids_of(get(at + "end_date=" + day(199))), std::vector<std::string>{old_});
    EXPECT_EQ(ids_of(get(at + "start_date=" + day(220))), std::vector<std::string>{old_});
    EXPECT_EQ(ids_of(get(at + "page=1&page_size=1")).size(), 1U);
    EXPECT_TRUE(ids_of(get(at + "page=2&page_size=1")).empty());
    EXPECT_EQ(ids_of(get(at + "status=open,closed&service_code=appeal,suggestion")).size(), 1U);
    for (const std::string& wrong :
         {"start_date=" + day(220) + "&end_date=" + day(1),
          std::string("start_date=yesterday"),
          std::string("status=solved"),
          std::string("page=0"),
          std::string("page=11&page_size=1000"),
          std::string("page_size=1001")}) {
        const Heard heard = get(at + wrong);
        EXPECT_EQ(heard.status, 400) << wrong;
        EXPECT_EQ(body_of(heard).as_array().front()["code"].as_int(), 400) << heard.body;
    }
    EXPECT_EQ(get(at + "service_code=nothing").status, 404);
    EXPECT_EQ(get(at + "service_code=enterprise").status, 404) << "a record is no service";
    EXPECT_EQ(get(at + "jurisdiction_id=elsewhere").status, 404);
    EXPECT_EQ(get(at + "jurisdiction_id=small").status, 200);
    EXPECT_EQ(get("/open311/v2/requests.html").status, 404);
    EXPECT_EQ(get("/open311/v2/requests").status, 404);
}

TEST_F(Open311, the_same_is_told_in_xml) {
    serve();
    const Heard list = settled("/open311/v2/requests.xml?status=closed&service_code=appeal");
    ASSERT_EQ(list.status, 200) << list.body;
    EXPECT_EQ(list.field("content-type"), "text/xml; charset=utf-8");
    EXPECT_NE(list.body.find("<service_requests><request>"), std::string::npos) << list.body;
    EXPECT_NE(list.body.find("线路已修复 &lt;完&gt;"), std::string::npos) << list.body;
    const Heard services = get("/open311/v2/services.xml");
    const Heard definition = get("/open311/v2/services/appeal.xml");
    const Heard discovery = get("/open311/v2/discovery.xml");
    const Heard refused = get("/open311/v2/services/nothing.xml");
    EXPECT_NE(services.body.find("<services><service>"), std::string::npos);
    EXPECT_NE(definition.body.find("<values><value><key>"), std::string::npos);
    EXPECT_NE(discovery.body.find("/open311/v2</url>"), std::string::npos);
    EXPECT_EQ(refused.status, 404);
    EXPECT_NE(refused.body.find("<errors><error><code>404</code>"), std::string::npos);
    if (run("xmllint --version 2>/dev/null") != 0) {
        GTEST_SKIP() << "no xmllint";
    }
    for (const Heard& heard : {list, services, definition, discovery, refused}) {
        const std::string file = kept_in_file("answer.xml", heard.body);
        EXPECT_EQ(run("xmllint --noout " + file), 0) << heard.body;
        std::filesystem::remove(file);
    }
}

TEST_F(Open311, a_post_is_a_hand_in_that_can_be_followed) {
    serve();
    const std::string body =
        "service_code=appeal&description=%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE%E3%80%82%0A"
        "%E5%A4%9C%E9%87%8C&address_string=%E5%B9%B8%E7%A6%8F%E8%B7%AF3%E5%8F%B7&lat=27.7&"
        "long=112.01&last_name=%E7%8E%8B&first_name=%E5%B0%8F%E6%98%8E&phone=13900000077&"
        "attribute%5Bcategory%5D=power&attribute[purpose]=help&device_id=x&email=";
    const Heard posted = post("json", body, key_field(1));
    ASSERT_EQ(posted.status, 200) << posted.body;
    const Json one = body_of(posted).as_array().front();
    const std::string number = one["service_request_id"].as_string();
    EXPECT_NE(
        one["service_notice"].as_string().find(one["follow_code"].as_string()), std::string::npos
    );
    const Heard followed =
        get("/api/v1/portal/matters/" + number,
            "Zhitong-Code: " + one["follow_code"].as_string() + "\r\n");
    ASSERT_EQ(followed.status, 200) << followed.body;
    EXPECT_EQ(body_of(followed)["title"].as_string(), "路灯不亮");
    const Json again = body_of(post("json", body, key_field(1))).as_array().front();
    EXPECT_EQ(again["service_request_id"].as_string(), number) << "a retry with its key";
    const Json token = body_of(get("/open311/v2/tokens/" + key(1) + ".json")).as_array().front();
    EXPECT_EQ(token["service_request_id"].as_string(), number);
    EXPECT_EQ(get("/open311/v2/tokens/" + key(2) + ".json").status, 404);
    EXPECT_EQ(get("/open311/v2/tokens/nothing.xml").status, 404);
    EXPECT_EQ(get("/open311/v2/requests/" + number + ".json").status, 404) << "not published";

    const Heard other = post("xml", body);
    EXPECT_EQ(other.status, 200) << "without a key it is another hand-in";
    EXPECT_EQ(other.body.find(number), std::string::npos) << other.body;
    const Heard unnamed = post("json", "service_code=appeal&description=a&lat=1&long=2");
    EXPECT_EQ(unnamed.status, 200) << unnamed.body;
    EXPECT_NE(unnamed.body.find("无法找回"), std::string::npos) << unnamed.body;
    const std::string json =
        R"({"service_code":"suggestion","description":"b","address_id":"7","attribute":{"topic":""}})";
    const Heard as_json = client().post("/open311/v2/requests.json", "", json).hear();
    EXPECT_EQ(as_json.status, 200) << as_json.body;
}

struct WrongPost {
    std::string body;
    int status = 400;
    std::string about;  ///< stands in the description
};

std::vector<WrongPost> wrong_posts() {
    const std::string place = "&lat=27.7&long=112.01", appeal = "service_code=appeal";
    const std::string about = appeal + "&description=a";
    return {
        {"description=a" + place, 400, "service_code"},
        {"service_code=proposal&description=a" + place, 404, "service_code"},
        {appeal + place, 400, "description"},
        {appeal + "&description=" + std::string(4001, 'a') + place, 400, "description"},
        {about, 400, "address_string"},
        {about + "&lat=1", 400, "lat"},
        {about + "&lat=91&long=1", 400, "lat"},
        {about + "&lat=1e1&long=1", 400, "lat"},
        {about + "&lat=1&long=nan", 400, "long"},
        {about + "&media_url=http://x/y" + place, 400, "media_url"},
        {about + "&colour=x" + place, 400, "colour"},
        {about + "&attribute[colour]=x" + place, 400, "attribute[colour]"},
        {about + "&attribute[category]=x" + place, 400, "attribute[category]"},
        {about + "&attribute[purpose]=x&attribute[purpose]=y" + place, 400, "attribute[purpose]"},
        {appeal + "&description=%zz" + place, 400, "percent"},
        {about + "&api_key=x" + place, 403, "api_key"},
        {about + "&jurisdiction_id=x" + place, 404, "jurisdiction_id"},
    };
}

TEST_F(Open311, a_post_is_refused_by_name_of_what_is_wrong) {
    serve();
    for (const WrongPost& wrong : wrong_posts()) {
        const Heard heard = post("json", wrong.body);
        EXPECT_EQ(heard.status, wrong.status) << wrong.body << heard.body;
        const Json list = body_of(heard);
        ASSERT_EQ(list.as_array().size(), 1U) << heard.body;
        const Json& error = list.as_array().front();
        EXPECT_EQ(error["code"].as_int(), wrong.status) << heard.body;
        EXPECT_NE(error["description"].as_string().find(wrong.about), std::string::npos)
            << heard.body;
    }
    const Heard typed = client()
                            .ask(
                                "POST /open311/v2/requests.xml",
                                "Content-Type: multipart/form-data\r\nContent-Length: 1\r\n"
                            )
                            .send("x")
                            .hear();
    EXPECT_EQ(typed.status, 400) << typed.body;
    const Heard bad_key =
        post("json", "service_code=appeal&description=a&lat=1&long=2", "Idempotency-Key: x\r\n");
    EXPECT_EQ(bad_key.status, 400) << "a key that is sent has to be one";
}

}  // namespace
}  // namespace zt::http::test
