#include "base/seeded_random.hpp"
#include "vault/key_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace zt::vault {
namespace {

namespace fs = std::filesystem;

/// An empty folder of its own for each test, gone afterwards.
class key_file : public testing::Test {
  protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::path(testing::TempDir()) /
                  (std::string(test->name()) + "." + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] std::string path(const char* name = "place.key") const { return folder_ / name; }
    [[nodiscard]] std::string content() const {
        std::ifstream in(path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(
        const std::string& text, fs::perms mode = fs::perms::owner_read | fs::perms::owner_write
    ) const {
        std::ofstream(path(), std::ios::binary | std::ios::trunc) << text;
        fs::permissions(path(), mode);
    }
    [[nodiscard]] Error refusal(std::string_view check_value = {}) const {
        const Result<MasterKey> loaded = load_key_file(path(), check_value);
        EXPECT_FALSE(loaded);
        return loaded ? Error{} : loaded.error();
    }

    SeededRandom random_{11};

  private:
    fs::path folder_;
};

TEST_F(key_file, the_key_made_is_the_key_loaded) {
    const Result<MasterKey> made = create_key_file(path(), random_);
    ASSERT_TRUE(made) << to_string(made.error());
    const Result<MasterKey> loaded = load_key_file(path(), made->check_value());
    ASSERT_TRUE(loaded) << to_string(loaded.error());
    EXPECT_EQ(loaded->secret().view(), made->secret().view());
    EXPECT_EQ(content().size(), 88U);
}

TEST_F(key_file, only_its_owner_may_read_it) {
    ASSERT_TRUE(create_key_file(path(), random_));
    EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(path(), fs::perms::others_read, fs::perm_options::add);
    EXPECT_EQ(refusal().code, Errc::key_wrong);
    EXPECT_NE(refusal().detail.find("chmod 600"), std::string::npos);
}

TEST_F(key_file, an_existing_file_is_never_overwritten) {
    write("something of value");
    const Result<MasterKey> made = create_key_file(path(), random_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::already_initialised);
    EXPECT_EQ(made.error().at, path());
    EXPECT_NE(made.error().detail.find("--key FILE"), std::string::npos);
    EXPECT_EQ(content(), "something of value");
}

TEST_F(key_file, a_link_to_nowhere_is_not_followed) {
    fs::create_symlink(path("elsewhere"), path());
    EXPECT_EQ(create_key_file(path(), random_).error().code, Errc::already_initialised);
    EXPECT_FALSE(fs::exists(path("elsewhere")));
}

TEST_F(key_file, a_missing_file_names_its_place_and_the_cure) {
    const Error error = refusal();
    EXPECT_EQ(error.code, Errc::key_missing);
    EXPECT_EQ(error.at, path());
    EXPECT_NE(error.detail.find("--key FILE"), std::string::npos);
    EXPECT_EQ(load_key_file(path() + "/below", "").error().code, Errc::key_missing);
}

TEST_F(key_file, a_key_of_another_directory_is_told_at_once) {
    ASSERT_TRUE(create_key_file(path(), random_));
    const Error error = refusal(MasterKey::make(random_).check_value());
    EXPECT_EQ(error.code, Errc::key_wrong);
    EXPECT_EQ(error.at, path());
    EXPECT_NE(error.detail.find("another data directory"), std::string::npos);
}

TEST_F(key_file, anything_else_is_no_key_file) {
    for (const std::string& text :
         {std::string(), std::string("-----BEGIN KEY-----\n"), std::string(5000, 'x')}) {
        write(text);
        EXPECT_EQ(refusal().code, Errc::key_wrong);
        EXPECT_NE(refusal().detail.find("no key file"), std::string::npos);
    }
}

TEST_F(key_file, every_changed_or_missing_character_is_noticed) {
    ASSERT_TRUE(create_key_file(path(), random_));
    const std::string whole = content();
    for (std::size_t index = 0; index + 1 < whole.size(); ++index) {
        std::string changed = whole;
        changed[index] = changed[index] == '0' ? '1' : '0';
        write(changed);
        EXPECT_EQ(refusal().code, Errc::key_wrong) << index;
        write(whole.substr(0, index));
        EXPECT_EQ(refusal().code, Errc::key_wrong) << index;
    }
    write(whole + "more\n");
    EXPECT_EQ(refusal().code, Errc::key_wrong);
    write(whole.substr(0, whole.size() - 1) + "\r\n");
    EXPECT_TRUE(load_key_file(path(), "")) << "an editor's line end does no harm";
}

TEST_F(key_file, a_folder_that_is_not_there_is_an_io_error) {
    const Result<MasterKey> made = create_key_file(path("none/place.key"), random_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::io_failed);
    EXPECT_NE(made.error().detail.find("No such file or directory"), std::string::npos);
}

TEST_F(key_file, a_directory_is_no_key_file) {
    fs::create_directory(path());
    fs::permissions(path(), fs::perms::owner_all);
    EXPECT_EQ(refusal().code, Errc::io_failed);
}

TEST_F(key_file, the_next_key_takes_the_place_of_the_old_one) {
    const MasterKey old = create_key_file(path(), random_).value();
    const MasterKey next = create_next_key_file(path(), random_).value();
    EXPECT_NE(old.check_value(), next.check_value());
    EXPECT_EQ(load_key_file(path(), "")->check_value(), old.check_value());
    ASSERT_TRUE(put_next_key_file_in_place(path()));
    EXPECT_EQ(load_key_file(path(), "")->check_value(), next.check_value());
    EXPECT_FALSE(fs::exists(next_key_file(path())));
    EXPECT_TRUE(put_next_key_file_in_place(path())) << "nothing is left to do";
    EXPECT_EQ(load_key_file(path(), "")->check_value(), next.check_value());
}

TEST_F(key_file, a_next_key_that_was_made_before_is_gone_on_with) {
    ASSERT_TRUE(create_key_file(path(), random_));
    const MasterKey next = create_next_key_file(path(), random_).value();
    EXPECT_EQ(create_next_key_file(path(), random_)->check_value(), next.check_value());
}

TEST_F(key_file, a_next_key_that_was_not_written_to_its_end_is_made_again) {
    ASSERT_TRUE(create_key_file(path(), random_));
    ASSERT_TRUE(create_next_key_file(path(), random_));
    fs::resize_file(next_key_file(path()), 40);
    const Result<MasterKey> next = create_next_key_file(path(), random_);
    ASSERT_TRUE(next) << next.error().detail;
    EXPECT_EQ(load_key_file(next_key_file(path()), "")->check_value(), next->check_value());
}

TEST_F(key_file, a_kill_after_the_old_key_was_overwritten_loses_nothing) {
    ASSERT_TRUE(create_key_file(path(), random_));
    const MasterKey next = create_next_key_file(path(), random_).value();
    write(std::string(88, '0') + "\n");
    ASSERT_TRUE(put_next_key_file_in_place(path()));
    EXPECT_EQ(load_key_file(path(), "")->check_value(), next.check_value());
}

TEST_F(key_file, a_key_from_shares_is_written_but_never_over_another) {
    const MasterKey key = MasterKey::make(random_);
    ASSERT_TRUE(write_key_file(path(), key));
    EXPECT_EQ(load_key_file(path(), key.check_value())->check_value(), key.check_value());
    const auto again = write_key_file(path(), key);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::already_initialised);
}

}  // namespace
}  // namespace zt::vault
