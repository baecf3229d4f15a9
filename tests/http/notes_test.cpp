// Notes for three kinds of eyes, links, records, and the watermark of pages.

#include "build/until.hpp"
#include "tests/http/papers_place.hpp"

namespace zt::http::test {
namespace {

class Notes : public PapersPlace {
  protected:
    Notes() : PapersPlace("notes") {
        serve(
            {{"clerk", "office", "clerk"},
             {"power", "供电公司", "handler"},
             {"land", "自然资源局", "handler"}}
        );
        clerk_ = sign_in("clerk");
        power_ = sign_in("power");
    }

    Heard note(
        const SessionFields& who,
        const Receipt& receipt,
        const std::string& visibility,
        const std::string& text,
        int key_number
    ) {
        return post(
            receipt.desk() + "/notes",
            who.fields() + key(key_number),
            to_canonical(Json::object().set("visibility", visibility).set("text", text))
        );
    }
    /// The texts in order, a stroke between.
    std::string texts(const Json& notes) {
        std::string all;
        for (const Json& one : notes.as_array()) {
            all += one["text"].as_string() + "/";
        }
        return all;
    }

    SessionFields clerk_, power_;
};

TEST_F(Notes, each_note_is_read_by_those_for_whom_it_was_written) {
    const Receipt receipt = hand_in(1);
    assign(clerk_, receipt, 2);
    EXPECT_EQ(note(clerk_, receipt, "unit", "只给本办", 3).status, 201);
    EXPECT_EQ(note(clerk_, receipt, "hands", "给承办单位", 4).status, 201);
    EXPECT_EQ(note(clerk_, receipt, "requester", "给诉求人", 5).status, 201);
    EXPECT_EQ(note(power_, receipt, "unit", "公司内部", 6).status, 201);

    const auto read = [&](const SessionFields& who) {
        return texts(body_of(get(receipt.desk() + "/notes", who.fields()))["notes"]);
    };
    EXPECT_EQ(read(clerk_), "只给本办/给承办单位/给诉求人/");
    EXPECT_EQ(read(power_), "给承办单位/给诉求人/公司内部/");
    const Json follow = body_of(get(receipt.portal(), receipt.fields()));
    EXPECT_EQ(texts(follow["notes"]), "给诉求人/");
    const Heard timeline = get(receipt.desk() + "/timeline", power_.fields());
    EXPECT_EQ(timeline.body.find("只给本办"), std::string::npos);
    EXPECT_NE(timeline.body.find("公司内部"), std::string::npos);
    std::size_t notes = 0;
    for (const Json& row : body_of(timeline)["rows"].as_array()) {
        notes += row["verb"].as_string() == "note" ? 1U : 0U;
    }
    EXPECT_EQ(notes, 3U) << "that there is another is not told";
    const Json only =
        body_of(get(receipt.desk() + "/notes?visibility=hands", clerk_.fields()))["notes"];
    EXPECT_EQ(texts(only), "给承办单位/");
}

TEST_F(Notes, for_whom_is_never_left_out_and_a_retry_notes_once) {
    const Receipt receipt = hand_in(1);
    const Heard none =
        post(receipt.desk() + "/notes", clerk_.fields() + key(2), R"({"text":"无"})");
    EXPECT_EQ(none.status, 400);
    EXPECT_EQ(body_of(none)["at"].as_string(), "/visibility");
    EXPECT_EQ(note(clerk_, receipt, "everybody", "无", 3).status, 400);
    EXPECT_EQ(note(clerk_, receipt, "unit", "", 3).status, 400);
    EXPECT_EQ(note(clerk_, receipt, "unit", "一次", 4).status, 201);
    EXPECT_EQ(note(clerk_, receipt, "unit", "一次", 4).status, 200);
    EXPECT_EQ(texts(body_of(get(receipt.desk() + "/notes", clerk_.fields()))["notes"]), "一次/");
    const SessionFields land = sign_in("land");
    EXPECT_EQ(note(land, receipt, "unit", "无关", 5).status, 404) << "no part in it";
    EXPECT_EQ(get(receipt.desk() + "/notes", land.fields()).status, 404);
}

TEST_F(Notes, merged_matters_show_each_other_by_number) {
    const Receipt one = hand_in(1), other = hand_in(2);
    const auto accept = R"({"verb":"accept","fields":{"urgency":"normal"}})";
    EXPECT_EQ(verb(clerk_, one, accept, 3).status, 200);
    EXPECT_EQ(verb(clerk_, other, accept, 4).status, 200);
    const Heard nowhere =
        verb(clerk_, other, R"({"verb":"merge","fields":{"into":"ZT-1999-000001"}})", 5);
    EXPECT_EQ(nowhere.status, 404);
    EXPECT_EQ(body_of(nowhere)["at"].as_string(), "/fields/into");
    const Heard by_id = verb(clerk_, other, R"({"verb":"merge","fields":{"into":7}})", 6);
    EXPECT_EQ(by_id.status, 400) << "ids could be counted through";
    const Heard merged =
        verb(clerk_, other, R"({"verb":"merge","fields":{"into":")" + one.number + R"("}})", 7);
    ASSERT_EQ(merged.status, 200) << merged.body;
    const Json links = body_of(get(other.desk(), clerk_.fields()))["links"];
    ASSERT_EQ(links.as_array().size(), 1U);
    EXPECT_EQ(links.as_array().at(0)["number"].as_string(), one.number);
    EXPECT_EQ(links.as_array().at(0)["type"].as_string(), "merged_into");
    EXPECT_EQ(body_of(get(one.desk(), clerk_.fields()))["links"].as_array().size(), 1U);
}

TEST_F(Notes, a_link_to_a_matter_that_is_not_seen_is_not_shown) {
    const Receipt one = hand_in(1), other = hand_in(2);
    assign(clerk_, one, 3);
    EXPECT_EQ(
        verb(clerk_, other, R"({"verb":"accept","fields":{"urgency":"normal"}})", 4).status, 200
    );
    ASSERT_EQ(
        verb(clerk_, other, R"({"verb":"merge","fields":{"into":")" + one.number + R"("}})", 5)
            .status,
        200
    );
    EXPECT_EQ(body_of(get(one.desk(), clerk_.fields()))["links"].as_array().size(), 1U);
    const Heard seen = get(one.desk(), power_.fields());
    ASSERT_EQ(seen.status, 200);
    EXPECT_TRUE(body_of(seen)["links"].as_array().empty()) << seen.body;
}

TEST_F(Notes, records_are_listed_and_shown_with_their_history) {
    const Heard made = post(
        "/api/v1/matters",
        clerk_.fields() + key(2),
        R"({"deeds":[{"verb":"register","kind":"enterprise","fields":{"name":"示例公司",)"
        R"("credit_code":"91430000MA4L000001","contact_name":"周某"}}]})"
    );
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string number = body_of(made)["rows"].as_array().at(0)["number"].as_string();
    const std::string path = "/api/v1/records/" + number;
    const Heard page = get(path, power_.fields());
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(body_of(page)["fields"]["name"].as_string(), "示例公司");
    EXPECT_EQ(page.body.find("周某"), std::string::npos) << "a contact is masked";
    const Json history = body_of(get(path + "/history", clerk_.fields()));
    EXPECT_EQ(history["rows"].as_array().size(), 1U);
    const Receipt receipt = hand_in(1);
    EXPECT_EQ(get("/api/v1/records/" + receipt.number, clerk_.fields()).status, 404)
        << "a matter is no record";
    EXPECT_EQ(get("/api/v1/records?kind=appeal", clerk_.fields()).status, 404);

    Json list;
    ASSERT_TRUE(build::until([&] {
        list = body_of(get("/api/v1/records?kind=enterprise", clerk_.fields()));
        return list["rows"].as_array().size() == 1;
    })) << "the list follows within a second";
    EXPECT_EQ(list["rows"].as_array().at(0)["title"].as_string(), "示例公司");
    const Json first = body_of(get("/api/v1/records?kind=post&limit=2", clerk_.fields()));
    ASSERT_EQ(first["rows"].as_array().size(), 2U);
    const Json second = body_of(
        get("/api/v1/records?kind=post&limit=2&after=" + first["next"].as_string(), clerk_.fields())
    );
    ASSERT_EQ(second["rows"].as_array().size(), 2U);
    EXPECT_NE(
        second["rows"].as_array().at(0)["number"].as_string(),
        first["rows"].as_array().at(0)["number"].as_string()
    );
    EXPECT_GT(first["count"].as_int(), 20);
    EXPECT_EQ(get("/api/v1/records?after=x", clerk_.fields()).status, 400);
}

TEST_F(Notes, a_page_says_who_looks_in_which_post_and_minute) {
    const Receipt receipt = hand_in(1);
    const std::string mark = get(receipt.desk(), clerk_.fields()).field("zhitong-watermark");
    EXPECT_TRUE(mark.starts_with("UTF-8''%E7%8E%8B%E8%8A%B3")) << "王芳: " << mark;
    EXPECT_NE(mark.find("; mark="), std::string::npos);
    for (const std::string path : {"/timeline", "/notes", "/files"}) {
        EXPECT_FALSE(get(receipt.desk() + path, clerk_.fields()).field("zhitong-watermark").empty())
            << path;
    }
    EXPECT_FALSE(get("/api/v1/inbox", clerk_.fields()).field("zhitong-watermark").empty());
    EXPECT_TRUE(get(receipt.portal(), receipt.fields()).field("zhitong-watermark").empty());
}

}  // namespace
}  // namespace zt::http::test
