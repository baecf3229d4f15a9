#include "service/posts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::service {
namespace {

/// One org with a head, their deputy, and a clerk; another that has ended.
class posts : public ::testing::Test {
  protected:
    posts() {
        add("org", 1, Json::object().set("code", "office").set("name", "办公室"));
        add("org", 2, Json::object().set("code", "gone").set("name", "旧局").set("until", end_));
        post(10, 1, Json::object().set("key", "head").set("holder", 101).set("deputy", 102));
        post(11, 1, Json::object().set("key", "clerk").set("holder", 102));
        post(12, 1, Json::object().set("key", "signer").set("holder", 103).set("until", end_));
        post(13, 2, Json::object().set("key", "clerk").set("holder", 104));
        post(14, 1, Json::object().set("key", "callback").set("holder", 103).set("deputy", 105));
        post(15, 1, Json::object().set("key", "leader").set("holder", 101).set("secretary", 102));
        post(16, 1, Json::object().set("key", "second").set("holder", 101).set("secretary", 106));
    }
    void add(const std::string& kind, std::int64_t id, const Json& fields) {
        State state;
        state.kind = kind;
        state.id = MatterId{id};
        for (const auto& [name, value] : fields.members()) {
            state.fields[name] = value;
        }
        directory_.fold(state);
    }
    void post(std::int64_t id, std::int64_t org, Json fields) {
        fields.set("org", org);
        add("post", id, fields);
    }
    [[nodiscard]] std::vector<PostChoice> of(std::int64_t person, Date day) const {
        return posts_of(PersonId{person}, directory_, day);
    }
    [[nodiscard]] Errc refusal(std::int64_t person, PostChoice choice, Date day) const {
        const auto actor = actor_in(PersonId{person}, choice, directory_, day);
        EXPECT_FALSE(actor);
        return actor ? Errc{} : actor.error().code;
    }

    Directory directory_;
    const std::string end_ = "2024-07-01";
    const Date before_ = *parse_date("2024-06-30");
    const Date after_ = *parse_date("2024-07-01");
};

using Choices = std::vector<PostChoice>;

TEST_F(posts, one_may_choose_own_posts_and_those_one_stands_in_for) {
    EXPECT_EQ(of(101, after_), (Choices{{PostId{10}, {}}, {PostId{15}, {}}, {PostId{16}, {}}}));
    EXPECT_EQ(
        of(102, after_),
        (Choices{{PostId{11}, {}}, {PostId{11}, PostId{10}}, {PostId{11}, PostId{15}}})
    );
    EXPECT_EQ(of(105, after_), (Choices{{PostId{14}, PostId{14}}})) << "no post of one's own";
    EXPECT_EQ(of(106, after_), Choices{}) << "a secretary needs a post of their own";
    EXPECT_EQ(of(0, after_), Choices{}) << "an empty post belongs to nobody";
}

TEST_F(posts, what_may_be_chosen_may_be_acted_in_and_nothing_else) {
    for (const Date day : {before_, after_}) {
        for (std::int64_t person = 100; person < 107; ++person) {
            const auto choices = of(person, day);
            for (std::int64_t own = 9; own < 18; ++own) {
                for (std::int64_t other = 9; other < 18; ++other) {
                    const PostChoice choice{PostId{own}, PostId{other == 9 ? 0 : other}};
                    const bool is_offered = std::ranges::find(choices, choice) != choices.end();
                    // The deputy who has a post of their own, from the one they stand in for.
                    const bool is_stood_in = person == 102 && own == 10 && other == 10;
                    EXPECT_EQ(
                        may_act(PersonId{person}, choice, directory_, day),
                        is_offered || is_stood_in
                    ) << person
                      << ' ' << own << ' ' << other;
                }
            }
        }
    }
}

TEST_F(posts, a_post_that_ended_or_whose_org_ended_is_refused) {
    const PostChoice signer{PostId{12}, {}};
    const PostChoice gone{PostId{13}, {}};
    EXPECT_TRUE(actor_in(PersonId{103}, signer, directory_, before_));
    EXPECT_EQ(refusal(103, signer, after_), Errc::not_in_post);
    EXPECT_TRUE(actor_in(PersonId{104}, gone, directory_, before_));
    EXPECT_EQ(refusal(104, gone, after_), Errc::not_in_post);
    EXPECT_EQ(refusal(103, {}, before_), Errc::not_in_post);
}

TEST_F(posts, a_post_that_changed_hands_is_refused) {
    const PostChoice head{PostId{10}, {}};
    const PostChoice for_head{PostId{11}, PostId{10}};
    EXPECT_TRUE(actor_in(PersonId{102}, for_head, directory_, after_));
    post(10, 1, Json::object().set("key", "head").set("holder", 107));
    EXPECT_EQ(refusal(101, head, after_), Errc::not_in_post);
    EXPECT_EQ(refusal(102, for_head, after_), Errc::not_in_post);
    EXPECT_TRUE(actor_in(PersonId{107}, head, directory_, after_));
}

TEST_F(posts, both_names_are_kept) {
    const auto actor = actor_in(PersonId{102}, {PostId{11}, PostId{10}}, directory_, after_);
    ASSERT_TRUE(actor);
    EXPECT_EQ(actor->kind, ActorKind::post);
    EXPECT_EQ(actor->person, PersonId{102});
    EXPECT_EQ(actor->post, PostId{11});
    EXPECT_EQ(actor->on_behalf, PostId{10});
}

}  // namespace
}  // namespace zt::service
