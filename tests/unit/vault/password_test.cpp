#include "base/seeded_random.hpp"
#include "vault/password.hpp"
#include "vault/password_pool.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace zt::vault {
namespace {

/// The least that Argon2id takes: the properties do not depend on the cost.
constexpr PasswordCost cheap{1, 8};

PasswordSalt salt_of(std::uint64_t seed) {
    SeededRandom random(seed);
    return make_password_salt(random);
}

std::string hash_cheap(std::string_view text, std::uint64_t seed = 1) {
    return hash_password(Password(text), salt_of(seed), cheap).value();
}

TEST(password, the_right_one_matches_and_no_other) {
    const std::string stored = hash_cheap("correct horse battery");
    EXPECT_TRUE(verify_password(Password("correct horse battery"), stored, cheap)->matches);
    for (const char* wrong :
         {"correct horse batterz", "Correct horse battery", "correct horse battery ", ""}) {
        EXPECT_FALSE(verify_password(Password(wrong), stored, cheap)->matches) << wrong;
    }
}

RC_GTEST_PROP(password, any_bytes_match_themselves_only, (std::string text, std::string other)) {
    const std::string stored = hash_cheap(text);
    RC_ASSERT(verify_password(Password(std::string_view(text)), stored, cheap)->matches);
    RC_ASSERT(
        verify_password(Password(std::string_view(other)), stored, cheap)->matches ==
        (text == other)
    );
}

TEST(password, equal_passwords_are_stored_differently) {
    EXPECT_NE(hash_cheap("the same password", 1), hash_cheap("the same password", 2));
}

TEST(password, the_cost_of_today_takes_64_mib_and_three_passes) {
    const std::string stored = hash_password(Password("a real password"), salt_of(1)).value();
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << stored;
    const auto check = verify_password(Password("a real password"), stored);
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->matches);
    EXPECT_FALSE(check->is_outdated);
}

TEST(password, another_cost_is_told_when_it_matches) {
    const std::string stored = hash_cheap("old parameters");
    constexpr PasswordCost dearer{2, 8};
    EXPECT_TRUE(verify_password(Password("old parameters"), stored, dearer)->is_outdated);
    EXPECT_FALSE(verify_password(Password("wrong"), stored, dearer)->is_outdated);
    EXPECT_FALSE(verify_password(Password("old parameters"), stored, cheap)->is_outdated);
}

TEST(password, what_is_no_hash_of_ours_is_damaged) {
    const std::string good = hash_cheap("some password");
    const std::string rest = good.substr(good.find(",p=1"));
    for (const std::string& bad :
         {std::string(),
          std::string("plain"),
          "$argon2i" + good.substr(9),
          "$argon2id$v=19$m=4294967295,t=3" + rest,
          "$argon2id$v=19$m=8,t=99" + rest,
          "$argon2id$v=19$m=0,t=1" + rest,
          "$argon2id$v=19$m=8,t=-1" + rest}) {
        const auto check = verify_password(Password("some password"), bad, cheap);
        ASSERT_FALSE(check) << bad;
        EXPECT_EQ(check.error().code, Errc::damaged);
    }
}

TEST(password, an_unmatchable_hash_has_the_form_and_cost_of_a_real_one) {
    SeededRandom random(7);
    const std::string stored = unmatchable_hash(random, cheap);
    EXPECT_EQ(stored.size(), hash_cheap("x").size());
    const auto check = verify_password(Password("anything"), stored, cheap);
    ASSERT_TRUE(check);
    EXPECT_FALSE(check->matches);
}

TEST(password, moves_leave_nothing_behind) {
    Password one("short");
    Password two(std::move(one));
    EXPECT_EQ(two.view(), "short");
    // NOLINTNEXTLINE(bugprone-use-after-move): that it is empty is the point
    EXPECT_EQ(one.view(), "");
    Password three;
    three = std::move(two);
    EXPECT_EQ(three.view(), "short");
}

struct PolicyRow {
    std::string text;
    std::string rule;  ///< empty: it passes
};

class policy : public ::testing::TestWithParam<PolicyRow> {};

TEST_P(policy, judges) {
    const auto checked = check_password(Password(std::string_view(GetParam().text)), "zhangwei");
    EXPECT_EQ(checked ? "" : checked.error().at, GetParam().rule) << GetParam().text;
    if (!checked) {
        EXPECT_EQ(checked.error().code, Errc::password_weak);
        EXPECT_EQ(checked.error().detail.find(GetParam().text), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(
    rows,
    policy,
    ::testing::Values(
        PolicyRow{"abcdefghi", "length"},
        PolicyRow{"bucketlamp", ""},
        PolicyRow{"一二三四五六七八九", "length"},
        PolicyRow{"山高月小水落石出真好", ""},
        PolicyRow{std::string(128, 'k'), ""},
        PolicyRow{std::string(129, 'k'), "length"},
        PolicyRow{"only lower case words", ""},
        PolicyRow{"tab\tin the middle", "text"},
        PolicyRow{"\xFF\xFE not a text", "text"},
        PolicyRow{"zhangwei01", "name"},
        PolicyRow{"ZhangWei2024", "name"},
        PolicyRow{"!!!!zhangwei", "name"},
        PolicyRow{"zhangwei and the river", ""},
        PolicyRow{"1234567890", "common"},
        PolicyRow{"QWERTYUIOP", "common"},
        PolicyRow{"woaini1314520", "common"}
    )
);

/// A pool whose threads are kept busy by the first callbacks until they are let go.
class Gate {
  public:
    void wait() { open_.wait(); }
    void open() { promise_.set_value(); }

  private:
    std::promise<void> promise_;
    std::shared_future<void> open_{promise_.get_future()};
};

TEST(password_pool, answers_what_is_asked) {
    PasswordPool pool({1, 4}, cheap);
    std::promise<std::string> stored;
    pool.hash(Password("through the pool"), salt_of(1), [&](const Result<std::string>& text) {
        stored.set_value(text.value());
    });
    const std::string text = stored.get_future().get();
    for (const auto& [typed, matches] :
         {std::pair{"through the pool", true}, std::pair{"around the pool", false}}) {
        std::promise<bool> answer;
        pool.verify({Password(typed), text, salt_of(2)}, [&](const Result<PasswordAnswer>& one) {
            answer.set_value(one.value().matches);
        });
        EXPECT_EQ(answer.get_future().get(), matches);
    }
    EXPECT_EQ(pool.computed(), 3);
}

TEST(password_pool, renews_what_was_hashed_at_another_cost) {
    PasswordPool pool({1, 4}, PasswordCost{2, 8});
    std::promise<PasswordAnswer> answer;
    pool.verify(
        {Password("to be renewed"), hash_cheap("to be renewed"), salt_of(3)},
        [&](const Result<PasswordAnswer>& one) { answer.set_value(one.value()); }
    );
    const PasswordAnswer got = answer.get_future().get();
    EXPECT_TRUE(got.matches);
    const auto check = verify_password(Password("to be renewed"), got.renewed, pool.cost());
    EXPECT_TRUE(check && check->matches && !check->is_outdated);
}

TEST(password_pool, refuses_at_once_when_full_and_takes_again_afterwards) {
    Gate gate;
    std::atomic<int> answered = 0;
    std::atomic<int> refused = 0;
    {
        PasswordPool pool({2, 3}, cheap);
        const auto done = [&](const Result<std::string>& text) {
            if (!text) {
                EXPECT_EQ(text.error().code, Errc::overloaded);
                ++refused;
                return;
            }
            gate.wait();
            ++answered;
        };
        for (std::uint64_t index = 0; index < 9; ++index) {
            pool.hash(Password("one of many"), salt_of(index), done);
        }
        EXPECT_EQ(refused, 4) << "two at work, three waiting";
        EXPECT_EQ(pool.refused_full(), 4);
        gate.open();
        std::promise<void> last;
        // Comes in as soon as one of the others has gone.
        while (pool.computed() < 5) {
            std::this_thread::yield();
        }
        while (answered < 5) {
            std::this_thread::yield();
        }
        pool.hash(Password("after"), salt_of(99), [&](const Result<std::string>& text) {
            EXPECT_TRUE(text);
            last.set_value();
        });
        last.get_future().wait();
    }
    EXPECT_EQ(answered, 5);
}

TEST(password_pool, ends_with_an_answer_for_everybody) {
    std::atomic<int> answers = 0;
    {
        PasswordPool pool({1, 20}, cheap);
        for (std::uint64_t index = 0; index < 15; ++index) {
            pool.hash(Password("somebody"), salt_of(index), [&](const Result<std::string>&) {
                ++answers;
            });
        }
    }
    EXPECT_EQ(answers, 15);
}

}  // namespace
}  // namespace zt::vault
