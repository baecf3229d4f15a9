// Search and similar matters over a served place: who finds what, and what of it is shown.

#include "tests/http/desk_place.hpp"

namespace zt::http::test {
namespace {

const std::string lamp_text = "东大街路灯坏了半个月，夜里看不清路，老人摔倒过，请尽快维修路灯";

class Seek : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_desk = std::make_unique<DeskPlace>(
            "seek",
            std::vector<std::string>{
                "office.clerk",
                "供电公司.handler",
                "供电公司.signer",
                "街道办.handler",
                "街道办.clerk"
            }
        );
        lamp_matter = desk().hand_in(
            R"("area":"jd","title":"路灯不亮","text":")" + lamp_text + R"(","for":"王小明")"
        );
        desk().accept_and_assign(lamp_matter, "供电公司");
        twin_matter = desk().hand_in(
            R"("area":"jd1","title":"东大街路灯坏了","text":"东大街路灯坏了，夜里看不清路，请尽快维修","for":"李四")"
        );
        accused_matter = desk().hand_in(
            R"("title":"违规收费","text":"窗口路灯费违规收费","purpose":"report","accused":"街道办","for":"丁")"
        );
        published_matter = desk().hand_in(
            R"("title":"问停电","text":"小区私密停电时间","purpose":"inquiry","for":"丙")"
        );
        desk().must(
            "office.clerk",
            published_matter,
            R"({"verb":"accept","fields":{}},{"verb":"reply","fields":{"text":"已修复"}},)"
            R"({"verb":"close","fields":{}},{"verb":"publish","fields":)"
            R"({"public_title":"停电已抢修","public_text":"某小区停电，两日内修复供电线路。","consent":true}})"
        );
    }
    static void TearDownTestSuite() { shared_desk.reset(); }
    static DeskPlace& desk() { return *shared_desk; }
    static Heard
    ask(const std::string& who, const std::string& words, const std::string& more = "") {
        return desk().get_patiently(
            who, "/api/v1/search?q=" + escaped(words) + "&" + desk().seen() + "&" + more
        );
    }
    static Json
    found(const std::string& who, const std::string& words, const std::string& more = "") {
        const Heard heard = ask(who, words, more);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard);
    }

    static inline std::unique_ptr<DeskPlace> shared_desk;
    static inline std::string lamp_matter, twin_matter, accused_matter, published_matter;
};

using Numbers = std::vector<std::string>;

TEST_F(Seek, the_office_finds_words_numbers_and_initials_with_the_place_they_stand_at) {
    const Json lamps = found("office.clerk", "路灯");
    EXPECT_EQ(numbers_in(lamps), (Numbers{accused_matter, twin_matter, lamp_matter}))
        << "newest first";
    EXPECT_EQ(lamps["count"].as_int(), 3);
    EXPECT_GE(lamps["seq"].as_int(), desk().last_seq());
    const Json& snippet = lamps["rows"].as_array().back()["snippets"].as_array().front();
    EXPECT_EQ(snippet["section"].as_string(), "title");
    EXPECT_EQ(snippet["parts"].as_array().front()["text"].as_string(), "路灯");
    EXPECT_TRUE(snippet["parts"].as_array().front()["is_hit"].as_bool());
    EXPECT_EQ(numbers_in(found("office.clerk", lamp_matter)), Numbers{lamp_matter});
    EXPECT_EQ(numbers_in(found("office.clerk", "ldbl")), Numbers{lamp_matter}) << "pinyin initials";
    EXPECT_EQ(found("office.clerk", "路灯", "sort=ranked")["count"].as_int(), 3);
    EXPECT_EQ(
        numbers_in(found("office.clerk", "路灯", "in=title")), (Numbers{twin_matter, lamp_matter})
    );
    EXPECT_EQ(
        numbers_in(found("office.clerk", "路灯", "unit=" + escaped("供电公司"))),
        Numbers{lamp_matter}
    );
    EXPECT_EQ(found("office.clerk", "停电", "state=open")["count"].as_int(), 0);
}

TEST_F(Seek, who_may_not_see_a_matter_neither_finds_nor_counts_it) {
    const Json own = found("供电公司.handler", "路灯");
    EXPECT_EQ(numbers_in(own), Numbers{lamp_matter});
    EXPECT_EQ(own["count"].as_int(), 1);
    for (const std::string who : {"街道办.handler", "街道办.clerk"}) {
        for (const std::string words : {"路灯", "违规收费"}) {
            for (const std::string how : {"", "sort=ranked", "in=title", "in=work"}) {
                const Json none = found(who, words, how);
                EXPECT_TRUE(none["rows"].as_array().empty()) << who << words << how;
                EXPECT_EQ(none["count"].as_int(), 0) << who << words << how;
            }
        }
        EXPECT_EQ(found(who, accused_matter)["count"].as_int(), 0) << "not even by its number";
    }
    EXPECT_EQ(ask("", "路灯").status, 401);
}

TEST_F(Seek, names_and_contacts_are_not_found) {
    EXPECT_EQ(found("office.clerk", "王小明")["count"].as_int(), 0);
}

TEST_F(Seek, pages_follow_each_other) {
    std::string after;
    Numbers met;
    for (int page = 0; page < 10; ++page) {
        const Json one = found("office.clerk", "路灯", "limit=1&after=" + after);
        for (auto& number : numbers_in(one)) {
            met.push_back(std::move(number));
        }
        if (one.find("next") == nullptr) {
            break;
        }
        after = one["next"].as_string();
    }
    EXPECT_EQ(met, (Numbers{accused_matter, twin_matter, lamp_matter}));
}

TEST_F(Seek, wrong_questions_are_refused_by_name) {
    const std::map<std::string, std::string> wrong{
        {"/api/v1/search", "/q"},
        {"/api/v1/search?q=a&in=notes", "/in"},
        {"/api/v1/search?q=a&sort=urgent", "/sort"},
        {"/api/v1/search?q=a&lamp=red", "/lamp"},
        {"/api/v1/search?q=a&after=b", "/after"},
        {"/api/v1/search?q=%2C", "/q"},
        {"/api/v1/search?q=" + std::string(100, 'a') + "%20b", "/q"},
    };
    for (const auto& [path, at] : wrong) {
        const Heard heard = desk().get("office.clerk", path);
        EXPECT_EQ(heard.status / 100, 4) << path;
        EXPECT_EQ(DeskPlace::body_of(heard)["at"].as_string(), at) << path << heard.body;
    }
}

TEST_F(Seek, everybody_searches_what_was_published_and_nothing_beside_it) {
    EXPECT_EQ(found("office.clerk", "停电")["count"].as_int(), 1) << "the index has come so far";
    const auto open = [](const std::string& words) {
        const Heard heard = desk().get("", "/api/v1/portal/search?q=" + escaped(words));
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard);
    };
    const Json one = open("供电线路");
    ASSERT_EQ(one["rows"].as_array().size(), 1U);
    const Json& row = one["rows"].as_array().front();
    EXPECT_EQ(row["matter"]["number"].as_string(), published_matter);
    EXPECT_EQ(row["matter"]["title"].as_string(), "停电已抢修");
    EXPECT_EQ(row["snippets"].as_array().front()["section"].as_string(), "published");
    EXPECT_EQ(open("私密")["count"].as_int(), 0) << "the requester's own words stay inside";
    EXPECT_EQ(open("路灯")["count"].as_int(), 0);
    EXPECT_EQ(open(lamp_matter)["count"].as_int(), 0);
}

TEST_F(Seek, similar_open_matters_are_named_with_the_reason_to_those_who_see_them) {
    ASSERT_EQ(found("office.clerk", "路灯")["count"].as_int(), 3);
    const auto like = [](const std::string& who, const std::string& path) {
        const Heard heard = desk().get(who, path, "Accept-Language: en\r\n");
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard);
    };
    const std::string path = "/api/v1/matters/" + lamp_matter + "/similar";
    const Json office = like("office.clerk", path);
    ASSERT_EQ(numbers_in(office), Numbers{twin_matter});
    const Json& line = office["rows"].as_array().front();
    EXPECT_NE(line["reason"].as_string().find("both speak of"), std::string::npos);
    EXPECT_GE(line["words"].as_array().size(), 3U);
    EXPECT_TRUE(line["is_near"].as_bool()) << "a village of that street";
    EXPECT_FALSE(line["is_same_area"].as_bool());
    EXPECT_NE(line["reason"].as_string().find("near"), std::string::npos);
    EXPECT_TRUE(like("供电公司.handler", path)["rows"].as_array().empty())
        << "the twin is not in its hands";
    EXPECT_EQ(desk().get("街道办.handler", path).status, 404);

    const std::string body = R"({"text":")" + lamp_text + "\"}";
    const auto before = [&](const std::string& who) {
        const Heard heard = desk().post(who, "/api/v1/similar", body, desk().next_key());
        EXPECT_EQ(heard.status, 200) << heard.body;
        return numbers_in(DeskPlace::body_of(heard)).size();
    };
    EXPECT_EQ(before("office.clerk"), 2U);
    EXPECT_EQ(before("供电公司.handler"), 1U);
    EXPECT_EQ(before("街道办.handler"), 0U);
}

TEST_F(Seek, the_portal_names_similar_published_matters_alone) {
    ASSERT_EQ(found("office.clerk", "停电")["count"].as_int(), 1);
    const auto like = [](const std::string& text) {
        const Heard heard = desk().post(
            "", "/api/v1/portal/similar", R"({"text":")" + text + "\"}", desk().next_key()
        );
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard)["rows"].as_array();
    };
    const auto power = like("我们小区停电两日，供电线路何时修复");
    ASSERT_EQ(power.size(), 1U);
    EXPECT_EQ(power.front()["matter"]["number"].as_string(), published_matter);
    EXPECT_NE(power.front()["reason"].as_string().find("停电"), std::string::npos);
    EXPECT_TRUE(like(lamp_text).empty());
    EXPECT_TRUE(like("私密时间问小区私密").empty()) << "what was not published is not compared";
    const Heard nothing =
        desk().post("", "/api/v1/portal/similar", R"({"text":" "})", desk().next_key());
    EXPECT_EQ(nothing.status / 100, 4);
}

TEST_F(Seek, an_answer_on_the_shelf_is_offered_before_hand_in_and_no_longer_when_it_came_off) {
    const auto offered = [] {
        const Heard heard = desk().post(
            "",
            "/api/v1/portal/similar",
            R"({"kind":"appeal","text":"公司稳岗补贴什么时候到账"})",
            desk().next_key()
        );
        EXPECT_EQ(heard.status, 200) << heard.body;
        Numbers numbers;
        for (const auto& row : DeskPlace::body_of(heard)["rows"].as_array()) {
            numbers.push_back(row["matter"]["number"].as_string());
        }
        return numbers;
    };
    const Heard begun = desk().post(
        "供电公司.handler",
        "/api/v1/matters",
        R"({"deeds":[{"verb":"register","kind":"answer","fields":{"title":"稳岗补贴什么时候到账",)"
        R"("subject_area":"awards","owner_unit":"供电公司","text":"每季度末","review_on":"2030-01-01",)"
        R"("from":"2022-08-01"}}]})",
        desk().next_key()
    );
    ASSERT_EQ(begun.status, 201) << begun.body;
    const std::string answer =
        DeskPlace::body_of(begun)["rows"].as_array().front()["number"].as_string();
    EXPECT_EQ(offered(), Numbers{}) << "not approved yet";
    desk().must(
        "供电公司.signer",
        answer,
        R"({"verb":"sign_off","fields":{"public_text":"稳岗补贴每季度末到账，不用申请。"}})"
    );
    const auto awaited = [&](const Numbers& numbers) {
        EXPECT_EQ(ask("office.clerk", "停电").status, 200) << "waits until search has seen it";
        return offered() == numbers;
    };
    EXPECT_TRUE(awaited({answer}));
    desk().must("office.clerk", answer, R"({"verb":"urge","fields":{"text":"政策已改"}})");
    EXPECT_TRUE(awaited({}));
}

}  // namespace
}  // namespace zt::http::test
