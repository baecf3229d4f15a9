// Areas over HTTP: shapes for everybody, lamps for who may list, published matters down to
// townships, and the area of a point that somebody set on a map.

#include "app/areas/area_writer.hpp"
#include "tests/http/public_place.hpp"

#include <map>

namespace zt::http::test {
namespace {

using namespace std::chrono;

/// A county with one township in its west; a village with a point in that.
constexpr const char* shapes = R"({"type":"FeatureCollection","features":[
 {"properties":{"code":"xs"},"geometry":{"type":"Polygon","coordinates":[[[112,27],[114,27],[114,28],[112,28],[112,27]]]}},
 {"properties":{"code":"xx"},"geometry":{"type":"Polygon","coordinates":[[[112,27],[113,27],[113,28],[112,28],[112,27]]]}},
 {"properties":{"code":"jd"},"geometry":{"type":"Polygon","coordinates":[[[112,27],[112.5,27],[112.5,28],[112,28],[112,27]]]}},
 {"properties":{"code":"jd1"},"geometry":{"type":"Point","coordinates":[112.2,27.5]}}]})";

class AreasOverHttp : public PublicPlace {
  protected:
    void SetUp() override {
        const auto entries = app::read_geojson(shapes, "t.geojson", app::Coordinates::wgs84);
        ASSERT_TRUE(entries) << to_string(entries.error());
        app::AreaOptions options;
        options.source = "测试图形 CC BY 4.0";
        const auto written =
            app::write_areas(tenant().ledger(), *entries, options, place_.began() + hours{1});
        ASSERT_TRUE(written) << to_string(written.error());
        for (const char* code : {"xs", "xx", "jd", "jd1"}) {
            ids_[code] = tenant().ledger().directory().find_area(code)->id.value;
        }
    }
    std::string within(const std::string& code) const {
        return "?within=" + std::to_string(ids_.at(code));
    }
    /// What stands for an area in a list of areas.
    Json row_of(const Json& list, const std::string& code) const {
        for (const Json& row : list["areas"].as_array()) {
            if (row["area"]["id"].as_int() == ids_.at(code)) {
                return row;
            }
        }
        return {};
    }
    /// out: the number of an appeal that somebody handed in at that place.
    std::string hand_in(const Json& where, int number) {
        Json fields = Json::object().set("title", "路灯坏了").set("for", "王小明");
        for (const auto& [name, value] : where.members()) {
            fields.set(name, value);
        }
        const Json body = Json::object().set("kind", "appeal").set("fields", std::move(fields));
        const Heard heard =
            client().post("/api/v1/portal/matters", key_field(number), to_canonical(body)).hear();
        EXPECT_EQ(heard.status, 201) << heard.body;
        seq_ = body_of(heard)["seq"].as_int();
        return body_of(heard)["number"].as_string();
    }
    void publish_at(const std::string& code, const std::string& title) {
        const UtcMs at = app::OsClock{}.now() - days{40};
        const Actor office = clerk();
        Actor party;
        party.kind = ActorKind::party;
        Json fields = Json::object().set("title", title).set("for", "王小明");
        if (!code.empty()) {
            fields.set("area", ids_.at(code));
        }
        const MatterId matter = does(at, {}, party, Verb::register_, std::move(fields));
        does(at + hours{1}, matter, office, Verb::accept, Json::object());
        does(at + hours{2}, matter, office, Verb::reply, Json::object().set("text", "已修好"));
        does(at + hours{3}, matter, office, Verb::close, Json::object());
        Json text = Json::object().set("consent", true).set("public_text", "已修好");
        does(at + hours{4}, matter, office, Verb::publish, text.set("public_title", title));
    }

    std::map<std::string, std::int64_t> ids_;
    std::int64_t seq_ = 0;
};

TEST_F(AreasOverHttp, the_map_begins_at_the_top_and_goes_down_with_its_sources) {
    serve();
    const Heard heard = get("/api/v1/portal/map");
    ASSERT_EQ(heard.status, 200) << heard.body;
    const Json top = body_of(heard);
    EXPECT_EQ(top["within"]["id"].as_int(), ids_["xs"]);
    ASSERT_EQ(top["areas"].as_array().size(), 1U);
    const Json& county = top["areas"].as_array().front();
    EXPECT_EQ(county["name"].as_string(), "小县");
    EXPECT_EQ(county["level"].as_string(), "county");
    EXPECT_TRUE(county["has_below"].as_bool());
    EXPECT_EQ(county["shape"].as_string(), "[[[[112,27],[113,27],[113,28],[112,28],[112,27]]]]");
    EXPECT_EQ(county["point"].as_string(), "27.500000,112.500000") << "in its middle";
    ASSERT_EQ(top["sources"].as_array().size(), 1U);
    EXPECT_EQ(top["sources"].as_array().front().as_string(), "测试图形 CC BY 4.0");
    EXPECT_TRUE(top["tiles"].is_null());
    const Json street = body_of(get("/api/v1/portal/map" + within("jd")));
    EXPECT_EQ(street["above"].as_array().size(), 2U);
    const Json& village = street["areas"].as_array().front();
    EXPECT_EQ(village["point"].as_string(), "27.500000,112.200000");
    EXPECT_EQ(village["shape"].as_string(), "");
    EXPECT_FALSE(village["has_below"].as_bool());
    EXPECT_EQ(get("/api/v1/portal/map?within=99999").status, 400);
}

TEST_F(AreasOverHttp, the_map_is_kept_for_minutes_and_then_known_by_its_tag) {
    serve();
    const Heard heard = get("/api/v1/portal/map");
    EXPECT_EQ(heard.field("cache-control"), "public, max-age=300");
    const std::string tag = heard.field("etag");
    ASSERT_FALSE(tag.empty());
    const Heard again =
        client().ask("GET /api/v1/portal/map", "If-None-Match: " + tag + "\r\n").hear(false);
    EXPECT_EQ(again.status, 304);
    EXPECT_NE(get("/api/v1/portal/map" + within("xx")).field("etag"), tag);
}

TEST_F(AreasOverHttp, a_point_names_the_area_that_it_lies_in_and_only_the_office_reads_it) {
    serve();
    const std::string number = hand_in(Json::object().set("point", "27.5,112.25"), 1);
    const std::string clerk = sign_in();
    const Json page = body_of(get("/api/v1/matters/" + number, clerk));
    EXPECT_EQ(page["area"]["id"].as_int(), ids_["jd"]) << to_canonical(page);
    EXPECT_EQ(page["fields"]["point"].as_string(), "27.500000,112.250000");
    const std::string other =
        hand_in(Json::object().set("point", "27.5,112.25").set("area", ids_["xx"]), 2);
    EXPECT_EQ(body_of(get("/api/v1/matters/" + other, clerk))["area"]["id"].as_int(), ids_["xx"])
        << "what was chosen stands";
    const std::string beyond = hand_in(Json::object().set("point", "30,120"), 3);
    EXPECT_TRUE(body_of(get("/api/v1/matters/" + beyond, clerk))["area"].is_null());
}

TEST_F(AreasOverHttp, a_point_that_is_none_is_refused_beside_its_field) {
    serve();
    const Json fields = Json::object().set("title", "路灯").set("point", "120,30");
    const Json body = Json::object().set("kind", "appeal").set("fields", fields);
    const Heard heard =
        client().post("/api/v1/portal/matters", key_field(9), to_canonical(body)).hear();
    EXPECT_EQ(heard.status, 400) << heard.body;
    EXPECT_EQ(body_of(heard)["at"].as_string(), "/fields/point");
}

TEST_F(AreasOverHttp, lamps_add_up_from_below_and_each_count_is_that_of_its_list) {
    serve();
    hand_in(Json::object().set("area", ids_["jd1"]), 1);
    hand_in(Json::object().set("area", ids_["jd"]), 2);
    hand_in(Json::object().set("area", ids_["xx"]), 3);
    hand_in(Json::object(), 4);
    const std::string clerk = sign_in();
    EXPECT_EQ(get("/api/v1/areas/lamps").status, 401);
    Heard heard = get("/api/v1/areas/lamps", clerk);
    while (heard.status == 503) {  // the open set is still filling
        heard = get("/api/v1/areas/lamps", clerk);
    }
    ASSERT_EQ(heard.status, 200) << heard.body;
    const Json top = body_of(heard);
    EXPECT_EQ(row_of(top, "xx")["count"].as_int(), 3);
    EXPECT_EQ(top["within"]["count"].as_int(), 3);
    EXPECT_EQ(top["unplaced"]["count"].as_int(), 1);
    const Json county = body_of(get("/api/v1/areas/lamps" + within("xx"), clerk));
    EXPECT_EQ(row_of(county, "jd")["count"].as_int(), 2);
    EXPECT_EQ(county["within"]["count"].as_int(), 3) << "one names the county alone";
    EXPECT_EQ(body_of(get("/api/v1/areas/lamps?kind=task", clerk))["within"]["count"].as_int(), 0);
    const std::string seen = "&after_seq=" + std::to_string(seq_);
    const auto count = [&](const std::string& query) {
        return body_of(get("/api/v1/matters?state=open" + query + seen, clerk))["count"].as_int();
    };
    const std::string street = std::to_string(ids_["jd"]);
    for (const std::string sort : {"", "&sort=urgent"}) {
        EXPECT_EQ(count("&within=" + street + sort), 2) << sort;
        EXPECT_EQ(count("&area=" + street + sort), 1) << sort;
        EXPECT_EQ(count("&within=none" + sort), 1) << sort;
    }
    const Json lamps = row_of(county, "jd")["lamps"];
    std::int64_t sum = 0;
    for (const auto& [lamp, lit] : lamps.members()) {
        EXPECT_EQ(count("&within=" + street + "&lamp=" + lamp), lit.as_int()) << lamp;
        sum += lit.as_int();
    }
    EXPECT_EQ(sum, 2);
    EXPECT_EQ(get("/api/v1/matters?within=nowhere", clerk).status, 400);
}

TEST_F(AreasOverHttp, a_past_day_is_told_by_what_was_open_and_overdue_then) {
    const UtcMs now = app::OsClock{}.now();
    Actor party;
    party.kind = ActorKind::party;
    const auto accepted = [&](const std::string& code, UtcMs at) {
        Json fields = Json::object().set("title", "路灯坏了").set("purpose", "help");
        fields.set("for", "王小明").set("category", "power").set("area", ids_[code]);
        const MatterId matter = does(at, {}, party, Verb::register_, std::move(fields));
        does(at + hours{1}, matter, clerk(), Verb::accept, Json::object());
        return matter;
    };
    accepted("jd", now - days{40});
    const MatterId answered = accepted("xx", now - days{40});
    does(now - days{39}, answered, clerk(), Verb::reply, Json::object().set("text", "已修复"));
    does(now - days{38}, answered, clerk(), Verb::close, Json::object());
    serve();
    const std::string clerk_fields = sign_in();
    const auto on = [&](UtcMs at) {
        const std::string path = "/api/v1/areas/lamps?as_of=" + to_string(office_date(at));
        Heard heard = get(path, clerk_fields);
        while (heard.status == 503) {
            heard = get(path, clerk_fields);
        }
        EXPECT_EQ(heard.status, 200) << heard.body;
        return body_of(heard);
    };
    const Json before = on(now - days{41});
    EXPECT_EQ(before["within"]["count"].as_int(), 0);
    EXPECT_EQ(before["as_of"].as_string(), to_string(office_date(now - days{41})));
    EXPECT_EQ(row_of(on(now - days{39}), "xx")["count"].as_int(), 2);
    const Json later = on(now - days{37});
    EXPECT_EQ(row_of(later, "xx")["count"].as_int(), 1) << "one was closed";
    EXPECT_EQ(row_of(later, "xx")["lamps"]["red"].as_int(), 0);
    EXPECT_EQ(row_of(on(now - days{1}), "xx")["lamps"]["red"].as_int(), 1) << "the other is late";
    EXPECT_TRUE(on(now)["as_of"].is_null()) << "today's lamps are those of now";
    EXPECT_EQ(get("/api/v1/areas/lamps?as_of=soon", clerk_fields).status, 400);
}

TEST_F(AreasOverHttp, what_is_published_lies_in_a_township_and_never_lower) {
    publish_at("jd1", "社区的一件");
    publish_at("xx", "县里的一件");
    publish_at("", "没有区域的一件");
    serve();
    const Heard heard = settled("/api/v1/portal/published");
    ASSERT_EQ(heard.status, 200) << heard.body;
    EXPECT_EQ(heard.body.find("东街社区"), std::string::npos) << heard.body;
    std::map<std::string, Json> rows;
    for (const Json& row : body_of(heard)["rows"].as_array()) {
        rows[row["title"].as_string()] = row;
    }
    EXPECT_EQ(rows["社区的一件"]["area"]["name"].as_string(), "东街街道");
    EXPECT_EQ(rows["县里的一件"]["area"]["name"].as_string(), "小县");
    EXPECT_TRUE(rows["没有区域的一件"]["area"].is_null());
    const Heard one = get("/api/v1/portal/published/" + rows["社区的一件"]["number"].as_string());
    EXPECT_EQ(one.body.find("东街社区"), std::string::npos) << one.body;

    const Json top = body_of(get("/api/v1/portal/published/areas"));
    EXPECT_EQ(row_of(top, "xx")["count"].as_int(), 2);
    EXPECT_EQ(top["unplaced"].as_int(), 1);
    const Json county = body_of(get("/api/v1/portal/published/areas" + within("xx")));
    EXPECT_EQ(row_of(county, "jd")["count"].as_int(), 1);
    EXPECT_EQ(county["count"].as_int(), 2);
    const Json street = body_of(get("/api/v1/portal/published/areas" + within("jd")));
    EXPECT_TRUE(street["areas"].as_array().empty()) << "villages are not told apart";
    EXPECT_EQ(street["count"].as_int(), 1);
    const auto listed = [&](const std::string& code) {
        return body_of(get("/api/v1/portal/published" + within(code)))["count"].as_int();
    };
    EXPECT_EQ(listed("jd"), 1);
    EXPECT_EQ(listed("jd1"), 1) << "as its township";
    EXPECT_EQ(listed("xx"), 2);
    EXPECT_EQ(get("/api/v1/portal/published?within=abc").status, 400);
}

}  // namespace
}  // namespace zt::http::test
