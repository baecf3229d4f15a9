// Where nobody in the place stands apart from the unit that worked on a matter, a post of the level
// above judges it, and the matter says which unit that was: to the desk and to the requester.

#include "tests/http/people_place.hpp"

namespace zt::http::test {
namespace {

class JudgedAbove : public ::testing::Test {
  protected:
    explicit JudgedAbove(std::string_view folder = "judged_above")
        : place_(std::make_unique<PeoplePlace>(folder)) {}

    void serve() {
        for (const AccountOf& account :
             {AccountOf{"clerk", "office", "clerk"},
              {"handler", "供电公司", "handler"},
              {"signer", "供电公司", "signer"},
              {"city", "city_callback", "callback"}}) {
            place_->give_account(account);
        }
        place_->serve();
    }

    /// An appeal from outside, closed. out: number and code.
    Json closed() {
        const Json receipt = place_->hand_in_with_code();
        const std::string number = receipt["number"].as_string();
        const auto does = [&](const char* who, const std::string& deed) {
            const Heard heard = place_->does(place_->as(who), number, deed);
            EXPECT_EQ(heard.status, 200) << who << deed << heard.body;
        };
        does("clerk", R"({"verb":"accept","fields":{}})");
        does("clerk", R"({"verb":"assign","fields":{"lead":"供电公司"}})");
        does("handler", R"({"verb":"contact","fields":{"text":"约好上门"}})");
        does("signer", R"({"verb":"sign_off","fields":{}})");
        does(
            "handler",
            R"({"verb":"reply","fields":{"text":"已修复","evidence":"照片","reply_class":"A"}})"
        );
        does("clerk", R"({"verb":"verify","fields":{"text":"已通电"}})");
        does("clerk", R"({"verb":"close","fields":{}})");
        return receipt;
    }

    /// As the desk of `who` and the requester read it.
    void expect_judged(const Json& receipt, const std::vector<std::string>& units) {
        const std::string number = receipt["number"].as_string();
        Json expected = Json::array();
        for (const std::string& unit : units) {
            expected.push(unit);
        }
        for (const char* who : {"clerk", "handler", "city"}) {
            const Heard heard = place_->get("/api/v1/matters/" + number, place_->as(who).fields());
            EXPECT_EQ(to_canonical(body_of(heard)["judged_above"]), to_canonical(expected))
                << who << heard.body;
        }
        const Heard followed = place_->get(
            "/api/v1/portal/matters/" + number,
            "Zhitong-Code: " + receipt["code"].as_string() + "\r\n"
        );
        EXPECT_EQ(to_canonical(body_of(followed)["judged_above"]), to_canonical(expected))
            << followed.body;
    }

    Heard call_back(const char* who, const Json& receipt) {
        return place_->does(
            place_->as(who),
            receipt["number"].as_string(),
            R"({"verb":"call_back","fields":{"satisfaction":"satisfied","solved":"solved"}})"
        );
    }

    std::unique_ptr<PeoplePlace> place_;
};

class SmallPlace : public JudgedAbove {
  protected:
    SmallPlace() : JudgedAbove("judged_small") {}
    /// The county has no call-back centre any more; the city's goes on for it.
    void give_up_callback() {
        const Post post = place_->held("callback", "callback");
        const Post above = place_->held("city_callback", "callback");
        place_->write(
            Verb::retire,
            "org",
            MatterId{post.org.value},
            Json::object().set("note", "撤并").set("successor", above.org.value)
        );
        place_->write(
            Verb::retire,
            "post",
            MatterId{post.id.value},
            Json::object().set("note", "撤并").set("successor", above.id.value)
        );
    }
};

TEST_F(JudgedAbove, own_callback_leaves_no_word_of_the_level_above) {
    place_->give_account({"own", "callback", "callback"});
    serve();
    const Json receipt = closed();
    EXPECT_EQ(call_back("own", receipt).status, 200);
    expect_judged(receipt, {});
}

TEST_F(SmallPlace, the_level_above_is_asked_and_named) {
    give_up_callback();
    serve();
    const Json receipt = closed();
    expect_judged(receipt, {});
    // It waits for the city's agent, and for nobody of the county: the unit judges nothing itself.
    const Heard inbox = place_->get("/api/v1/inbox", place_->as("city").fields());
    EXPECT_NE(inbox.body.find(receipt["number"].as_string()), std::string::npos) << inbox.body;
    EXPECT_EQ(call_back("handler", receipt).status, 403);
    EXPECT_EQ(call_back("clerk", receipt).status, 403);
    EXPECT_EQ(call_back("city", receipt).status, 200);
    expect_judged(receipt, {"市回访中心"});
    // Named once, however often it judges.
    const Heard again = place_->does(
        place_->as("city"),
        receipt["number"].as_string(),
        R"({"verb":"call_back","fields":{"text":"补记"}})"
    );
    EXPECT_EQ(again.status, 200) << again.body;
    expect_judged(receipt, {"市回访中心"});
}

}  // namespace
}  // namespace zt::http::test
