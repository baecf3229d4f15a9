// Numbers of other matters in what is handed in from outside: those of calls, seasons and service
// items stand for them, all others are answered like numbers that there are not.

#include "tests/http/people_place.hpp"

namespace zt::http::test {
namespace {

class Pointing : public ::testing::Test {
  protected:
    Pointing() {
        place_.give_account({"clerk", "office", "clerk"});
        place_.serve();
        const Heard heard = place_.post(
            "/api/v1/matters",
            place_.as("clerk").fields() + place_.key(),
            R"({"deeds":[{"verb":"register","kind":"season","fields":{"title":"一届二次会议",)"
            R"("opens":"2026-01-20","deadline":"2030-01-18","places":63}}]})"
        );
        EXPECT_EQ(heard.status, 201) << heard.body;
        season_ = body_of(heard)["rows"].as_array().front()["number"].as_string();
    }

    Heard propose(const Json& season) {
        Json fields = Json::object().set("title", "增设公交站").set("text", "东街缺站");
        fields.set("for", "刘某").set("season", season);
        return place_.post(
            "/api/v1/portal/matters",
            place_.key(),
            to_canonical(Json::object().set("kind", "proposal").set("fields", fields))
        );
    }

    PeoplePlace place_{"pointing"};
    std::string season_;
};

TEST_F(Pointing, who_hands_in_names_a_season_by_its_number) {
    const Heard heard = propose(season_);
    EXPECT_EQ(heard.status, 201) << heard.body;
    const std::string page = "/api/v1/matters/" + season_;
    EXPECT_EQ(place_.get(page, place_.as("clerk").fields()).status, 200);
}

TEST_F(Pointing, numbers_tell_a_stranger_nothing_of_what_others_handed_in) {
    const std::string appeal = place_.hand_in();
    const Heard hidden = propose(appeal), absent = propose("SQ-2026-999999");
    EXPECT_EQ(hidden.status, 404) << hidden.body;
    EXPECT_EQ(hidden.status, absent.status);
    EXPECT_EQ(body_of(hidden)["at"].as_string(), "/fields/season");
    EXPECT_EQ(body_of(hidden)["code"].as_string(), body_of(absent)["code"].as_string());
    for (std::int64_t id = 1; id < 4; ++id) {
        const Heard counted = propose(id);
        EXPECT_EQ(counted.status, 400) << "ids could be counted through: " << counted.body;
    }
}

TEST_F(Pointing, a_later_deed_of_the_same_call_points_by_number_too) {
    const Heard heard = place_.post(
        "/api/v1/matters",
        place_.as("clerk").fields() + place_.key(),
        R"({"deeds":[{"verb":"register","kind":"appeal","fields":{"channel":"hotline",)"
        R"("title":"何时到账","for":"某厂"}},{"verb":"accept","fields":{}},)"
        R"({"verb":"reply","fields":{"text":"六月到账","standard_answer":"DF-99999"}}]})"
    );
    EXPECT_EQ(heard.status, 404) << heard.body;
    EXPECT_EQ(body_of(heard)["at"].as_string(), "/fields/standard_answer");
}

}  // namespace
}  // namespace zt::http::test
