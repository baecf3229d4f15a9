// Accounts: signing in, one's own account, sessions, administration, keys; for each rule a row that
// passes and one that is refused.

#include "unit/service/account_world.hpp"

namespace zt::service {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::AccountWorld;
using test::secret_of;

constexpr const char* good = "bucket lamp river";

template <class T>
Errc code_of(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? Errc{} : result.error().code;
}

class accounts : public ::testing::Test {
  protected:
    SignedIn in() {
        auto signed_in = world_.sign_in("li.ming", good);
        EXPECT_TRUE(signed_in);
        return *signed_in;
    }
    [[nodiscard]] bool lives(const std::string& token) {
        return world_->find_session(token, world_.now()).has_value();
    }
    /// A second factor is set; gives its secret.
    vault::TotpSecret set_factor(FactorSet& set) {
        const std::string token = in().secrets.token;
        const auto begun = world_.begin_factor(token, good);
        EXPECT_TRUE(begun);
        const vault::TotpSecret secret = secret_of(begun->secret);
        auto confirmed = world_->confirm_second_factor(token, code_of_now(secret), world_.now());
        EXPECT_TRUE(confirmed);
        set = *confirmed;
        return secret;
    }
    [[nodiscard]] std::string code_of_now(const vault::TotpSecret& secret) const {
        return vault::totp_code(secret, vault::totp_step_at(world_.now()));
    }

    AccountWorld world_;
    const AccountId li_ = world_.add("li.ming", 101, good);
};

TEST_F(accounts, names_are_folded_and_must_begin_with_a_letter) {
    EXPECT_EQ(sign_in_name("  Li.Ming "), "li.ming");
    for (const char* bad : {"", "ab", "13900001234", "1li", "li ming", "李明", "li@ming", "-li"}) {
        EXPECT_EQ(code_of(sign_in_name(bad)), Errc::bad_value) << bad;
    }
    EXPECT_TRUE(sign_in_name("a" + std::string(31, '9')));
    EXPECT_FALSE(sign_in_name("a" + std::string(32, '9')));
    EXPECT_TRUE(world_.sign_in("LI.Ming", good));
}

TEST_F(accounts, there_are_none_at_first_and_one_a_person) {
    AccountWorld empty;
    EXPECT_TRUE(empty->accounts(empty.now()).empty());
    EXPECT_EQ(code_of(world_.make("li.ming", 102)), Errc::name_taken);
    EXPECT_EQ(code_of(world_.make("li.ming2", 101)), Errc::person_has_account);
    EXPECT_EQ(code_of(world_.make("nobody", 0)), Errc::bad_value);
    EXPECT_EQ(code_of(world_.make("13900001234", 103)), Errc::bad_value);
    EXPECT_TRUE(world_.make("wang.fang", 102));
    EXPECT_EQ(world_->accounts(world_.now()).size(), 2U);
}

TEST_F(accounts, a_one_time_password_lets_in_to_change_it_and_ends_after_three_days) {
    const auto once = world_.make("wang.fang", 102);
    ASSERT_TRUE(once);
    const auto in = world_.sign_in("wang.fang", once->password);
    ASSERT_TRUE(in);
    EXPECT_TRUE(in->session.must_change_password);
    const Directory nobody;
    EXPECT_EQ(
        code_of(world_->choose_post(in->secrets.token, {PostId{1}, {}}, nobody, world_.now())),
        Errc::password_must_change
    );
    EXPECT_EQ(
        code_of(world_.begin_factor(in->secrets.token, once->password)), Errc::password_must_change
    );
    world_.pass(hours{72} - milliseconds{1});
    EXPECT_TRUE(world_.sign_in("wang.fang", once->password));
    world_.pass(milliseconds{1});
    EXPECT_EQ(code_of(world_.sign_in("wang.fang", once->password)), Errc::sign_in_refused);
    EXPECT_TRUE(world_.reset(once->account));
}

TEST_F(accounts, changing_the_password_ends_all_but_this_session_which_gets_another_token) {
    const SignedIn here = in();
    const SignedIn there = in();
    const auto changed = world_.change_password(here.secrets.token, good, "another good one");
    ASSERT_TRUE(changed);
    EXPECT_FALSE(lives(here.secrets.token));
    EXPECT_FALSE(lives(there.secrets.token));
    const auto session = world_->find_session(changed->token, world_.now());
    ASSERT_TRUE(session);
    EXPECT_EQ(session->id, here.session.id);
    EXPECT_TRUE(is_csrf(changed->token, changed->csrf));
    EXPECT_FALSE(is_csrf(changed->token, here.secrets.csrf));
    EXPECT_EQ(code_of(world_.sign_in("li.ming", good)), Errc::sign_in_refused);
    EXPECT_TRUE(world_.sign_in("li.ming", "another good one"));
}

TEST_F(accounts, a_password_is_changed_only_by_who_knows_it_and_to_a_good_one) {
    const std::string token = in().secrets.token;
    const auto refusal = [&](const char* present, const char* next) {
        const auto changed = world_.change_password(token, present, next);
        EXPECT_FALSE(changed);
        return changed ? std::string()
                       : std::string(name_of(changed.error().code)) + " " + changed.error().at;
    };
    EXPECT_EQ(refusal("wrong", "another good one"), "sign_in_refused ");
    EXPECT_EQ(refusal(good, "short"), "password_weak length");
    EXPECT_EQ(refusal(good, "li.ming2024"), "password_weak name");
    EXPECT_EQ(refusal(good, "1qaz2wsx3edc"), "password_weak common");
    EXPECT_EQ(refusal(good, good), "password_weak same");
    EXPECT_EQ(
        code_of(world_.change_password("no token", good, "another good one")), Errc::not_signed_in
    );
    EXPECT_TRUE(world_.change_password(token, good, "another good one"));
}

TEST_F(accounts, every_wrong_sign_in_is_answered_alike_and_costs_one_hash) {
    FactorSet set;
    world_.add("with.factor", 103, good);
    const AccountId shut = world_.add("shut.out", 104, good);
    ASSERT_TRUE(world_->disable(shut, {}, world_.now()));
    set_factor(set);
    const std::vector<std::array<std::string, 3>> rows{
        {"no.such.name", good, ""},
        {"not a name at all", good, ""},
        {"with.factor", "wrong", ""},
        {"shut.out", good, ""},
        {"li.ming", good, ""},
        {"li.ming", good, "000000"},
        {"li.ming", "wrong", "000000"}
    };
    for (const auto& [name, password, code] : rows) {
        const std::int64_t before = world_.pool().computed();
        const auto answer = world_.sign_in(name, password, code);
        ASSERT_FALSE(answer) << name;
        EXPECT_EQ(answer.error(), world_.sign_in("x.y.z", "x").error()) << name;
        EXPECT_EQ(world_.pool().computed() - before, 2) << name;
        world_.pass(minutes{2});
    }
}

TEST_F(accounts, after_three_slips_each_costs_a_longer_wait) {
    for (int slip = 0; slip < 3; ++slip) {
        EXPECT_FALSE(world_.sign_in("li.ming", "wrong"));
    }
    EXPECT_TRUE(world_.sign_in("li.ming", good)) << "three are free";
    for (int slip = 0; slip < 4; ++slip) {
        EXPECT_FALSE(world_.sign_in("li.ming", "wrong"));
    }
    EXPECT_FALSE(world_.sign_in("li.ming", good)) << "also the right one waits";
    world_.pass(seconds{1});
    EXPECT_FALSE(world_.sign_in("li.ming", "wrong"));
    world_.pass(seconds{1});
    EXPECT_FALSE(world_.sign_in("li.ming", good)) << "now it is two";
    world_.pass(seconds{1});
    EXPECT_TRUE(world_.sign_in("li.ming", good));
}

TEST_F(accounts, the_tenth_slip_locks_for_a_quarter_of_an_hour_and_it_opens_by_itself) {
    world_.audit().clear();
    for (int slip = 0; slip < 10; ++slip) {
        EXPECT_FALSE(world_->account(li_, world_.now())->locked_until) << slip;
        EXPECT_FALSE(world_.sign_in("li.ming", "wrong"));
        world_.pass(minutes{1});
    }
    EXPECT_TRUE(world_->account(li_, world_.now())->locked_until);
    EXPECT_NE(world_.audit().words().find("locked"), std::string::npos);
    world_.reopen();
    world_.pass(minutes{14} - milliseconds{1});
    const std::size_t notes = world_.audit().texts().size();
    const std::int64_t before = world_.pool().computed();
    EXPECT_EQ(code_of(world_.sign_in("li.ming", good)), Errc::sign_in_refused);
    EXPECT_EQ(world_.pool().computed() - before, 1) << "a locked one costs as much";
    EXPECT_EQ(world_.audit().texts().size(), notes) << "a flood writes nothing";
    world_.pass(milliseconds{1});
    EXPECT_TRUE(world_.sign_in("li.ming", good));
    EXPECT_FALSE(world_->account(li_, world_.now())->locked_until);
}

TEST_F(accounts, an_administrator_opens_a_lock) {
    for (int slip = 0; slip < 10; ++slip) {
        EXPECT_FALSE(world_.sign_in("li.ming", "wrong"));
        world_.pass(minutes{1});
    }
    EXPECT_FALSE(world_.sign_in("li.ming", good));
    EXPECT_TRUE(world_->unlock(li_, AccountId{9}, world_.now()));
    EXPECT_TRUE(world_.sign_in("li.ming", good));
}

TEST_F(accounts, a_place_that_tries_many_names_is_turned_away_without_a_hash) {
    const auto from = [&](std::uint64_t remote, const std::string& name, const char* password) {
        return world_.sign_in({name, vault::Password(password), {}, {remote}, {}, {}});
    };
    for (int index = 0; index < 31; ++index) {
        EXPECT_FALSE(from(7, "name" + std::to_string(index), "wrong"));
    }
    const std::int64_t before = world_.pool().computed();
    EXPECT_EQ(code_of(from(7, "li.ming", good)), Errc::sign_in_refused);
    EXPECT_EQ(world_.pool().computed(), before);
    EXPECT_EQ(world_->counts().refused_remote, 1);
    EXPECT_TRUE(from(8, "li.ming", good)) << "others are not concerned";
    world_.pass(seconds{1});
    EXPECT_TRUE(from(7, "li.ming", good)) << "it opens by itself";
    for (int index = 0; index < 200; ++index) {
        EXPECT_FALSE(from(7, "name" + std::to_string(index), "wrong"));
        world_.pass(minutes{1});
    }
    world_.pass(minutes{16});
    EXPECT_TRUE(from(7, "li.ming", good)) << "and forgets";
}

TEST_F(accounts, a_session_ends_when_idle_and_after_a_working_day) {
    const std::string token = in().secrets.token;
    world_.pass(minutes{30} - milliseconds{1});
    EXPECT_TRUE(lives(token));
    world_.pass(minutes{30});
    EXPECT_FALSE(lives(token));
    const std::string busy = in().secrets.token;
    for (int step = 0; step < 12 * 60 / 20 - 1; ++step) {
        world_.pass(minutes{20});
        EXPECT_TRUE(lives(busy)) << step;
    }
    world_.pass(minutes{20});
    EXPECT_FALSE(lives(busy));
    EXPECT_TRUE(world_->sessions_of(li_, world_.now()).empty());
}

TEST_F(accounts, a_token_is_never_used_twice_and_the_one_before_ends) {
    const SignedIn first = in();
    auto second = world_.sign_in(
        {"li.ming", vault::Password(good), {}, {}, "Firefox\n, Windows", first.secrets.token}
    );
    ASSERT_TRUE(second);
    EXPECT_NE(second->secrets.token, first.secrets.token);
    EXPECT_FALSE(lives(first.secrets.token));
    EXPECT_EQ(second->session.device, "Firefox , Windows");
    EXPECT_EQ(second->secrets.token.size(), 64U);
    EXPECT_EQ(second->secrets.csrf.size(), 64U);
    EXPECT_NE(second->secrets.csrf, second->secrets.token);
    EXPECT_FALSE(is_csrf(second->secrets.token, ""));
    EXPECT_FALSE(lives(""));
    EXPECT_TRUE(world_->sign_out(second->secrets.token, world_.now()));
    EXPECT_FALSE(lives(second->secrets.token));
    EXPECT_EQ(code_of(world_->sign_out(second->secrets.token, world_.now())), Errc::not_signed_in);
}

TEST_F(accounts, sessions_are_listed_and_ended_one_by_one_or_all) {
    std::vector<SignedIn> list;
    for (int index = 0; index < 4; ++index) {
        list.push_back(in());
        world_.pass(minutes{1});
    }
    const auto sessions = world_->sessions_of(li_, world_.now());
    ASSERT_EQ(sessions.size(), 4U);
    EXPECT_EQ(sessions.front().id, list.back().session.id) << "newest use first";
    EXPECT_TRUE(world_->end_session(li_, list[1].session.id, li_, world_.now()));
    EXPECT_FALSE(lives(list[1].secrets.token));
    EXPECT_TRUE(lives(list[0].secrets.token));
    const AccountId other = world_.add("wang.fang", 102, good);
    EXPECT_EQ(
        code_of(world_->end_session(other, list[0].session.id, other, world_.now())),
        Errc::not_found
    ) << "one account cannot end another's";
    EXPECT_EQ(world_->end_sessions(li_, list[0].session.id, li_, world_.now()), 2);
    EXPECT_TRUE(lives(list[0].secrets.token));
    EXPECT_EQ(world_->end_sessions(li_, {}, AccountId{9}, world_.now()), 1);
    EXPECT_FALSE(lives(list[0].secrets.token));
}

TEST_F(accounts, a_session_too_many_ends_the_one_unused_longest) {
    const std::string first = in().secrets.token;
    world_.pass(seconds{1});
    const std::string second = in().secrets.token;
    world_.pass(seconds{1});
    EXPECT_TRUE(lives(first));
    for (std::size_t index = 2; index < sessions_per_account_max; ++index) {
        in();
    }
    EXPECT_TRUE(world_->sessions_of(li_, world_.now()).size() == sessions_per_account_max);
    in();
    EXPECT_EQ(world_->sessions_of(li_, world_.now()).size(), sessions_per_account_max);
    EXPECT_FALSE(lives(second));
    EXPECT_TRUE(lives(first));
}

TEST_F(accounts, disabling_ends_sessions_and_enabling_brings_none_back) {
    const std::string token = in().secrets.token;
    EXPECT_TRUE(world_->disable(li_, AccountId{9}, world_.now()));
    EXPECT_FALSE(lives(token));
    EXPECT_EQ(code_of(world_.sign_in("li.ming", good)), Errc::sign_in_refused);
    EXPECT_TRUE(world_->enable(li_, AccountId{9}, world_.now()));
    EXPECT_FALSE(lives(token));
    EXPECT_TRUE(world_.sign_in("li.ming", good));
    EXPECT_EQ(code_of(world_->disable(AccountId{99}, {}, world_.now())), Errc::not_found);
}

TEST_F(accounts, choosing_a_post_gives_another_token_and_is_refused_for_others) {
    Directory directory;
    State org;
    org.kind = "org";
    org.id = MatterId{1};
    org.fields["code"] = Json("office");
    directory.fold(org);
    State post;
    post.kind = "post";
    post.id = MatterId{10};
    post.fields["org"] = Json(1);
    post.fields["holder"] = Json(101);
    directory.fold(post);
    const SignedIn signed_in = in();
    const PostChoice own{PostId{10}, {}};
    EXPECT_EQ(
        code_of(
            world_->choose_post(signed_in.secrets.token, {PostId{11}, {}}, directory, world_.now())
        ),
        Errc::not_in_post
    );
    EXPECT_TRUE(lives(signed_in.secrets.token));
    const auto chosen = world_->choose_post(signed_in.secrets.token, own, directory, world_.now());
    ASSERT_TRUE(chosen);
    EXPECT_FALSE(lives(signed_in.secrets.token));
    EXPECT_EQ(chosen->session.choice, own);
    EXPECT_EQ(world_->find_session(chosen->secrets.token, world_.now())->choice, own);
}

TEST_F(accounts, a_second_factor_is_asked_for_once_it_was_confirmed) {
    const std::string token = in().secrets.token;
    const SignedIn other = in();
    EXPECT_EQ(
        code_of(world_->confirm_second_factor(token, "123456", world_.now())), Errc::not_found
    );
    EXPECT_EQ(code_of(world_.begin_factor(token, "wrong")), Errc::sign_in_refused);
    const auto begun = world_.begin_factor(token, good);
    ASSERT_TRUE(begun);
    EXPECT_NE(begun->uri.find("secret=" + begun->secret), std::string::npos);
    EXPECT_TRUE(begun->svg.starts_with("<svg"));
    EXPECT_TRUE(world_.sign_in("li.ming", good)) << "not before it is confirmed";
    const vault::TotpSecret secret = secret_of(begun->secret);
    const std::string code = code_of_now(secret);
    const std::string wrong = code == "000000" ? "000001" : "000000";
    EXPECT_EQ(
        code_of(world_->confirm_second_factor(token, wrong, world_.now())), Errc::factor_code_wrong
    );
    const auto set = world_->confirm_second_factor(token, code, world_.now());
    ASSERT_TRUE(set);
    EXPECT_EQ(set->recovery_codes.size(), vault::recovery_code_count);
    EXPECT_FALSE(lives(token));
    EXPECT_FALSE(lives(other.secrets.token));
    EXPECT_TRUE(lives(set->secrets.token));
    EXPECT_FALSE(world_.sign_in("li.ming", good));
    EXPECT_FALSE(world_.sign_in("li.ming", good, code)) << "the code was used to confirm";
    world_.pass(seconds{30});
    EXPECT_TRUE(world_.sign_in("li.ming", good, code_of_now(secret)));
    EXPECT_FALSE(world_.sign_in("li.ming", good, code_of_now(secret))) << "each code once";
    world_.reopen();
    EXPECT_FALSE(world_.sign_in("li.ming", good, code_of_now(secret))) << "also after a restart";
}

TEST_F(accounts, a_recovery_code_opens_once) {
    FactorSet set;
    set_factor(set);
    for (const std::string& code : set.recovery_codes) {
        EXPECT_TRUE(world_.sign_in("li.ming", good, code));
        EXPECT_FALSE(world_.sign_in("li.ming", good, code));
        world_.pass(minutes{1});
    }
    EXPECT_EQ(world_->account(li_, world_.now())->recovery_codes_left, 0U);
}

TEST_F(accounts, a_second_factor_goes_by_its_owner_or_an_administrator) {
    FactorSet set;
    set_factor(set);
    const auto remove = [&](const char* present) {
        return test::wait_for<SessionSecrets>([&](auto done) {
            world_->remove_second_factor(
                set.secrets.token, vault::Password(present), world_.now(), std::move(done)
            );
        });
    };
    EXPECT_EQ(code_of(remove("wrong")), Errc::sign_in_refused);
    const auto removed = remove(good);
    ASSERT_TRUE(removed);
    EXPECT_FALSE(lives(set.secrets.token));
    EXPECT_TRUE(lives(removed->token));
    const std::string token = in().secrets.token;
    world_.pass(minutes{1});
    set_factor(set);
    EXPECT_FALSE(lives(token));
    EXPECT_FALSE(world_.sign_in("li.ming", good));
    EXPECT_TRUE(world_->reset_second_factor(li_, AccountId{9}, world_.now()));
    EXPECT_FALSE(lives(set.secrets.token));
    EXPECT_TRUE(world_.sign_in("li.ming", good));
}

TEST_F(accounts, an_outdated_hash_is_renewed_at_sign_in) {
    vault::PasswordPool dearer({1, 8}, vault::PasswordCost{2, 8});
    AccountParts parts = world_.parts();
    parts.pool = &dearer;
    world_.close();
    const auto again = Accounts::open(world_.path(), parts);
    ASSERT_TRUE(again);
    const auto in = [&] {
        return test::wait_for<SignedIn>([&](auto done) {
            (*again)->sign_in(
                {"li.ming", vault::Password(good), {}, {}, {}, {}}, world_.now(), std::move(done)
            );
        });
    };
    EXPECT_TRUE(in());
    EXPECT_EQ(dearer.computed(), 2) << "one to check, one to renew";
    EXPECT_TRUE(in());
    EXPECT_EQ(dearer.computed(), 3);
    EXPECT_NE(world_.bytes().find("$m=8,t=2,p=1$"), std::string::npos);
}

TEST_F(accounts, a_key_opens_until_it_ends_or_is_revoked) {
    const UtcMs until = world_.now() + hours{48};
    const auto made = world_->make_api_key(
        {"city platform", {"b.read", "a.read", "b.read"}, PostId{10}, until, li_}, world_.now()
    );
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->text.starts_with("ztk_"));
    EXPECT_EQ(made->text.size(), 68U);
    const auto found = world_->find_api_key(made->text, world_.now());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->scopes, (std::vector<std::string>{"a.read", "b.read"}));
    EXPECT_EQ(found->post, PostId{10});
    EXPECT_EQ(
        code_of(world_->find_api_key("ztk_" + std::string(64, '0'), world_.now())),
        Errc::not_signed_in
    );
    world_.reopen();
    world_.pass(hours{48} - milliseconds{1});
    EXPECT_TRUE(world_->find_api_key(made->text, world_.now()));
    world_.pass(milliseconds{1});
    EXPECT_FALSE(world_->find_api_key(made->text, world_.now()));
    const auto second = world_->make_api_key(
        {"other", {"a.read"}, PostId{10}, world_.now() + hours{1}, li_}, world_.now()
    );
    ASSERT_TRUE(second);
    EXPECT_TRUE(world_->revoke_api_key(second->id, li_, world_.now()));
    EXPECT_FALSE(world_->find_api_key(second->text, world_.now()));
    EXPECT_EQ(code_of(world_->revoke_api_key(second->id, li_, world_.now())), Errc::not_found);
}

TEST_F(accounts, a_key_that_says_too_little_or_lasts_too_long_is_refused) {
    const UtcMs now = world_.now();
    const auto refused = [&](const NewApiKey& key) {
        const auto made = world_->make_api_key(key, now);
        EXPECT_FALSE(made);
        return made ? std::string() : made.error().at;
    };
    const UtcMs soon = now + hours{1};
    EXPECT_EQ(refused({" ", {"a"}, PostId{1}, soon, li_}), "/label");
    EXPECT_EQ(refused({"x", {}, PostId{1}, soon, li_}), "/scopes");
    EXPECT_EQ(refused({"x", {"A b"}, PostId{1}, soon, li_}), "/scopes");
    EXPECT_EQ(refused({"x", {"a"}, PostId{}, soon, li_}), "/post");
    EXPECT_EQ(refused({"x", {"a"}, PostId{1}, now, li_}), "/until");
    EXPECT_EQ(refused({"x", {"a"}, PostId{1}, now + hours{24 * 367}, li_}), "/until");
}

TEST_F(accounts, the_audit_tells_what_happened_by_numbers_only) {
    world_.audit().clear();
    const SignedIn signed_in = in();
    EXPECT_FALSE(world_.sign_in("li.ming", "wrong"));
    EXPECT_FALSE(world_.sign_in("no.such.name", "wrong"));
    EXPECT_TRUE(world_->end_session(li_, signed_in.session.id, AccountId{9}, world_.now()));
    EXPECT_TRUE(world_->disable(li_, AccountId{9}, world_.now()));
    EXPECT_EQ(world_.audit().words(), "signed_in sign_in_refused session_ended account_disabled");
    const auto texts = world_.audit().texts();
    EXPECT_EQ(texts[1]["reason"], Json("wrong_password"));
    EXPECT_EQ(texts[2]["by"], Json(9));
    for (const Json& text : texts) {
        EXPECT_EQ(text["account"], Json(li_.value));
        EXPECT_EQ(text["person"], Json(101));
        const std::string line = to_canonical(text);
        for (const char* canary : {"li.ming", "wrong\"", "bucket", "test"}) {
            EXPECT_EQ(line.find(canary), std::string::npos) << line;
        }
    }
}

}  // namespace
}  // namespace zt::service
