// What lies in the file of accounts and what must not; files that are refused; many threads at
// once.

#include "unit/service/account_world.hpp"

#include <rapidcheck/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <thread>

namespace zt::service {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using test::AccountWorld;

constexpr const char* good = "bucket lamp river";

Errc code_of_opening(AccountWorld& world) {
    const auto opened = world.try_open();
    EXPECT_FALSE(opened);
    EXPECT_EQ(opened ? "" : opened.error().at, world.path());
    return opened ? Errc{} : opened.error().code;
}

void overwrite(const std::string& path, std::int64_t at, const std::string& bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(at);
    file << bytes;
}

void run_sql(const std::string& path, const char* sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

TEST(accounts_file, holds_no_secret_in_the_clear) {
    AccountWorld world;
    std::vector<std::string> canaries{good};
    const auto once = world.make("li.ming", 101);
    canaries.push_back(once->password);
    const auto first = world.sign_in("li.ming", once->password);
    const auto changed = world.change_password(first->secrets.token, once->password, good);
    const auto begun = world.begin_factor(changed->token, good);
    canaries.push_back(begun->secret);
    const auto secret = test::secret_of(begun->secret);
    canaries.emplace_back(secret.view());
    const auto code = vault::totp_code(secret, vault::totp_step_at(world.now()));
    const auto set = world->confirm_second_factor(changed->token, code, world.now());
    ASSERT_TRUE(set);
    canaries.insert(canaries.end(), set->recovery_codes.begin(), set->recovery_codes.end());
    canaries.insert(canaries.end(), {set->secrets.token, set->secrets.csrf});
    const auto key = world->make_api_key(
        {"platform", {"a.read"}, PostId{1}, world.now() + hours{1}, {}}, world.now()
    );
    canaries.push_back(key->text.substr(4));
    canaries.insert(
        canaries.end(), {first->secrets.token, first->secrets.csrf, changed->token, changed->csrf}
    );
    const auto expect_none = [&] {
        const std::string bytes = world.bytes();
        EXPECT_NE(bytes.find("li.ming"), std::string::npos) << "the bytes are those of the file";
        for (const std::string& canary : canaries) {
            EXPECT_EQ(bytes.find(canary), std::string::npos) << canary;
            // Tokens are hexadecimal: nor may the bytes that they spell lie there.
            if (canary.size() == 64) {
                std::string raw;
                for (std::size_t at = 0; at < canary.size(); at += 2) {
                    raw += static_cast<char>(std::stoi(canary.substr(at, 2), nullptr, 16));
                }
                EXPECT_EQ(bytes.find(raw), std::string::npos) << canary;
            }
        }
    };
    expect_none();
    world.close();
    expect_none();
}

TEST(accounts_file, remembers_everything_and_gives_no_number_twice) {
    AccountWorld world;
    const AccountId li = world.add("li.ming", 101, good);
    const auto signed_in = world.sign_in("li.ming", good);
    const auto key = world->make_api_key(
        {"platform", {"a.read", "b.read"}, PostId{1}, world.now() + hours{9}, li}, world.now()
    );
    EXPECT_TRUE(world->disable(world.add("wang.fang", 102, good), {}, world.now()));
    const auto views = world->accounts(world.now());
    world.reopen();
    const auto again = world->accounts(world.now());
    ASSERT_EQ(again.size(), views.size());
    for (std::size_t index = 0; index < views.size(); ++index) {
        EXPECT_EQ(again[index].id, views[index].id);
        EXPECT_EQ(again[index].name, views[index].name);
        EXPECT_EQ(again[index].person, views[index].person);
        EXPECT_EQ(again[index].is_disabled, views[index].is_disabled);
        EXPECT_EQ(again[index].changed, views[index].changed);
    }
    EXPECT_TRUE(world->find_session(signed_in->secrets.token, world.now()));
    EXPECT_EQ(world->find_api_key(key->text, world.now())->scopes.size(), 2U);
    EXPECT_TRUE(world->sign_out(signed_in->secrets.token, world.now()));
    world.reopen();
    EXPECT_FALSE(world->find_session(signed_in->secrets.token, world.now()));
    EXPECT_GT(world.sign_in("li.ming", good)->session.id, signed_in->session.id);
}

TEST(accounts_file, last_uses_are_written_at_most_once_a_minute) {
    AccountWorld world;
    world.add("li.ming", 101, good);
    const std::string token = world.sign_in("li.ming", good)->secrets.token;
    const auto after = [&](Millis time) {
        world.pass(time);
        EXPECT_TRUE(world->find_session(token, world.now()));
        const std::string before = world.bytes();
        EXPECT_TRUE(world->upkeep(world.now()));
        return world.bytes() != before;
    };
    EXPECT_FALSE(after(seconds{59}));
    EXPECT_TRUE(after(seconds{1}));
    EXPECT_FALSE(after(seconds{59}));
    world.pass(hours{13});
    EXPECT_TRUE(world->upkeep(world.now()));
    EXPECT_FALSE(world->find_session(token, world.now()));
}

TEST(accounts_file, a_copy_made_while_it_is_in_use_has_all_but_the_sessions) {
    AccountWorld world;
    const AccountId li = world.add("li.ming", 101, good);
    const auto in = world.sign_in("li.ming", good);
    const std::string copy = world.path() + ".copy";
    ASSERT_TRUE(copy_accounts(world.path(), copy));
    EXPECT_TRUE(world->find_session(in->secrets.token, world.now()));
    EXPECT_TRUE(world.add("wang.fang", 102, good)) << "it goes on being used";
    world.close();
    const auto opened = Accounts::open(copy, world.parts());
    ASSERT_TRUE(opened) << to_string(opened.error());
    ASSERT_EQ((*opened)->accounts(world.now()).size(), 1U);
    EXPECT_EQ((*opened)->accounts(world.now()).front().id, li);
    EXPECT_FALSE((*opened)->find_session(in->secrets.token, world.now()));
    EXPECT_TRUE(copy_accounts(world.path() + ".none", copy + ".none"));
    EXPECT_FALSE(std::filesystem::exists(copy + ".none"));
}

TEST(accounts_file, a_newer_one_is_refused_and_left_as_it_is) {
    AccountWorld world;
    world.add("li.ming", 101, good);
    world.close();
    run_sql(world.path(), "PRAGMA user_version=2");
    EXPECT_EQ(code_of_opening(world), Errc::newer_version);
    run_sql(world.path(), "PRAGMA user_version=1");
    world.reopen();
    EXPECT_TRUE(world.sign_in("li.ming", good));
}

TEST(accounts_file, that_of_another_key_is_refused) {
    AccountWorld world;
    world.close();
    SeededRandom random(9);
    const auto other = vault::MasterKey::make(random);
    AccountParts parts = world.parts();
    parts.key = &other;
    const auto opened = Accounts::open(world.path(), parts);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::key_wrong);
}

TEST(accounts_file, a_damaged_or_foreign_one_is_refused_and_never_made_anew) {
    AccountWorld world;
    for (int index = 0; index < 40; ++index) {
        ASSERT_TRUE(world.make("name" + std::to_string(index), 100 + index));
    }
    world.close();
    const std::string whole = world.bytes();
    const auto restore = [&] { std::ofstream(world.path(), std::ios::binary) << whole; };
    overwrite(world.path(), 0, "no database at all, surely");
    EXPECT_EQ(code_of_opening(world), Errc::damaged);
    restore();
    // A page of a table, past its header.
    overwrite(world.path(), 4096 * 2, std::string(4096, '\xA5'));
    EXPECT_EQ(code_of_opening(world), Errc::damaged);
    EXPECT_EQ(world.bytes().size(), whole.size());
    restore();
    run_sql(world.path(), "PRAGMA application_id=0");
    EXPECT_EQ(code_of_opening(world), Errc::damaged);
    restore();
    world.reopen();
    EXPECT_EQ(world->accounts(world.now()).size(), 40U);
}

TEST(accounts_threads, what_is_ended_is_ended_for_all_at_once) {
    AccountWorld world;
    const AccountId li = world.add("li.ming", 101, good);
    for (int round = 0; round < 20; ++round) {
        const auto in = world.sign_in("li.ming", good);
        std::atomic<bool> is_ended = false;
        std::atomic<int> looks = 0;
        std::vector<std::thread> threads;
        for (int index = 0; index < 4; ++index) {
            threads.emplace_back([&] {
                bool was_ended = false;
                do {
                    was_ended = is_ended;
                    const auto found = world->find_session(in->secrets.token, world.now());
                    EXPECT_FALSE(was_ended && found) << "seen after its end was told";
                    ++looks;
                } while (!was_ended);
            });
        }
        while (looks < 8) {
            std::this_thread::yield();
        }
        EXPECT_TRUE(world->end_session(li, in->session.id, {}, world.now()));
        is_ended = true;
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
}

TEST(accounts_threads, many_at_once_lose_nothing) {
    AccountWorld world;
    constexpr int threads_count = 8;
    std::vector<AccountId> ids;
    for (int index = 0; index < threads_count; ++index) {
        ids.push_back(world.add("name" + std::to_string(index), 100 + index, good));
    }
    std::vector<std::string> last(threads_count);
    std::vector<std::thread> threads;
    for (int index = 0; index < threads_count; ++index) {
        threads.emplace_back([&, index] {
            const std::string name = "name" + std::to_string(index);
            const auto at = static_cast<std::size_t>(index);
            std::string password = good;
            for (int round = 0; round < 8; ++round) {
                const auto in = world.sign_in(name, password);
                ASSERT_TRUE(in) << to_string(in.error());
                const std::string next = "password number " + std::to_string(round);
                const auto changed = world.change_password(in->secrets.token, password, next);
                ASSERT_TRUE(changed) << to_string(changed.error());
                EXPECT_FALSE(world->find_session(in->secrets.token, world.now()));
                EXPECT_TRUE(world->upkeep(world.now()));
                EXPECT_EQ(world->sessions_of(ids[at], world.now()).size(), 1U);
                password = next;
                last[at] = changed->token;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    world.reopen();
    for (const std::string& token : last) {
        EXPECT_TRUE(world->find_session(token, world.now()));
    }
}

TEST(accounts_threads, one_of_many_equal_names_is_made) {
    AccountWorld world;
    std::atomic<int> made = 0;
    std::vector<std::thread> threads;
    for (int index = 0; index < 8; ++index) {
        threads.emplace_back([&, index] {
            made += world.make("li.ming", 100 + index).has_value() ? 1 : 0;
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(world->accounts(world.now()).size(), 1U);
}

}  // namespace
}  // namespace zt::service
