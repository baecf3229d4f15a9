// Change of the master key: what is sealed opens afterwards, claims and keys hold, and a kill at
// any step is gone on from. Drill: two shares open the place, one does not, nothing is written.

#include "place_on_disk.hpp"
#include "service/rotation.hpp"
#include "store/sqlite.hpp"
#include "vault/key_file.hpp"

#include <map>
#include <sys/wait.h>

namespace zt::service {
namespace {

constexpr int killed_code = 77;

class RotationTest : public test::PlaceOnDisk {
  protected:
    RotationTest() {
        const auto tenant = open();
        EXPECT_TRUE(tenant) << to_string(tenant.error());
        for (int index = 0; index < 6; ++index) {
            const std::string key = std::to_string(index);
            const auto answer = (*tenant)->ledger().submit(
                hand_in(
                    key, {{"title", "门口停电"}, {"for", "王小满"}, {"contact", "13900000001"}}
                ),
                now_
            );
            EXPECT_TRUE(answer) << to_string(answer.error());
            appeals_.push_back(answer->rows.front().matter);
        }
        EXPECT_TRUE((*tenant)->ledger().erase(appeals_.back(), now_));
        EXPECT_TRUE((*tenant)->save_views());
    }
    ~RotationTest() override { clear(work_); }

    [[nodiscard]] Rotation rotation() {
        Rotation one;
        one.path = work_;
        one.random = &random_;
        one.batch_max = 7;
        return one;
    }
    [[nodiscard]] static std::string key_line(const std::string& folder) {
        std::ifstream in(folder + ".key");
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// All that must hold after a change that was gone on with to its end.
    void expect_changed() {
        const auto tenant = open(store::Access::write, work_);
        ASSERT_TRUE(tenant) << to_string(tenant.error());
        EXPECT_EQ((*tenant)->reveal(appeals_[0], "party.1.contact").value(), "13900000001");
        EXPECT_EQ(
            (*tenant)->reveal(appeals_.back(), "party.1.contact").error().code, Errc::not_found
        );
        // The same submit is still known by key and body, and its code is the same.
        const auto again = (*tenant)->ledger().submit(
            hand_in("0", {{"title", "门口停电"}, {"for", "王小满"}, {"contact", "13900000001"}}),
            now_
        );
        ASSERT_TRUE(again) << to_string(again.error());
        EXPECT_TRUE(again->is_repeated);
        EXPECT_TRUE((*tenant)->verify());
        EXPECT_NE(key_line(work_), key_line(folder_));
        EXPECT_FALSE(std::filesystem::exists(work_ + ".key.next"));
    }

    std::vector<MatterId> appeals_;
    std::string work_ = folder_ + "-work";
};

TEST_F(RotationTest, everything_opens_with_the_new_key_and_nothing_with_the_old) {
    copy(folder_, work_);
    std::int64_t steps = 0;
    Rotation one = rotation();
    one.on_step = [&](RotationStep, std::int64_t) { ++steps; };
    const auto result = rotate_master_key(one);
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_GE(result->wrapped, 5);
    EXPECT_FALSE(result->is_resumed);
    EXPECT_GT(steps, 6);
    expect_changed();
    std::filesystem::copy_file(
        folder_ + ".key", work_ + ".key", std::filesystem::copy_options::overwrite_existing
    );
    EXPECT_EQ(open(store::Access::write, work_).error().code, Errc::key_wrong);
}

TEST_F(RotationTest, twice_is_as_good_as_once) {
    copy(folder_, work_);
    ASSERT_TRUE(rotate_master_key(rotation()));
    ASSERT_TRUE(rotate_master_key(rotation()));
    expect_changed();
}

/// Goal: no step is one after which a kill loses something. Method: a child that ends itself at the
/// n-th step, for each n; then what a keeper would find, and the change gone on with.
TEST_F(RotationTest, a_kill_at_any_step_is_gone_on_from) {
    int kills = 0;
    for (int at = 1;; ++at) {
        copy(folder_, work_);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            Rotation one = rotation();
            int step = 0;
            one.on_step = [&](RotationStep, std::int64_t) {
                if (++step == at) {
                    ::_exit(killed_code);
                }
            };
            ::_exit(rotate_master_key(one) ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFEXITED(status));
        if (WEXITSTATUS(status) == 0) {
            break;
        }
        ASSERT_EQ(WEXITSTATUS(status), killed_code);
        ++kills;
        {
            const auto found = open(store::Access::write, work_);
            EXPECT_TRUE(found || found.error().code == Errc::rotation_open)
                << to_string(found.error());
        }
        const auto result = rotate_master_key(rotation());
        ASSERT_TRUE(result) << "after step " << at << ": " << to_string(result.error());
        expect_changed();
    }
    EXPECT_GE(kills, 8);
}

TEST_F(RotationTest, a_wrong_key_file_changes_nothing) {
    copy(folder_, work_);
    std::filesystem::remove(work_ + ".key");
    ASSERT_TRUE(vault::create_key_file(work_ + ".key", random_));
    const auto result = rotate_master_key(rotation());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::key_wrong);
    EXPECT_FALSE(std::filesystem::exists(work_ + ".key.next"));
}

TEST_F(RotationTest, a_drill_opens_with_two_shares_and_writes_nothing) {
    const auto key = vault::load_key_file(folder_ + ".key", "");
    ASSERT_TRUE(key);
    const auto shares = vault::split(key->secret(), random_);
    std::map<std::string, std::string> before, after;
    const auto read_all = [&](auto& files) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
            if (entry.is_regular_file() && entry.path().extension() == ".db") {
                std::ifstream in(entry.path(), std::ios::binary);
                files[entry.path()] = std::string{std::istreambuf_iterator<char>(in), {}};
            }
        }
    };
    read_all(before);
    {
        auto store = store::open_sqlite(folder_ + "/ledger.db", store::Access::read);
        ASSERT_TRUE(store);
        for (std::size_t one = 0; one < shares.size(); ++one) {
            for (std::size_t other = 0; other < shares.size(); ++other) {
                const auto drilled = drill_shares(**store, shares[one], shares[other], 100);
                EXPECT_EQ(drilled.has_value(), one != other);
                if (drilled) {
                    EXPECT_GE(drilled->keys_opened, 5);
                    EXPECT_GE(drilled->parts_opened, 15);
                } else {
                    EXPECT_EQ(drilled.error().code, Errc::share_wrong);
                }
            }
        }
        const auto others = vault::split(vault::Secret::make(random_), random_);
        EXPECT_EQ(drill_shares(**store, others[0], others[1], 100).error().code, Errc::share_wrong);
    }
    read_all(after);
    EXPECT_EQ(before, after);
}

}  // namespace
}  // namespace zt::service
