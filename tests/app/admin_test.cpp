// Black box: accounts from the command line, on a directory that no server has open.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace zt::test {
namespace {

class Admin : public ::testing::Test {
  protected:
    void SetUp() override {
        data_ = folder_ / "place";
        const Outcome run = run_program("init --data " + data_);
        ASSERT_EQ(run.code, 0) << run.text;
    }
    [[nodiscard]] Outcome admin(const std::string& words) const {
        const std::size_t end = words.find(' ');
        const std::string rest = end == std::string::npos ? "" : words.substr(end);
        return run_program("admin " + words.substr(0, end) + " --data " + data_ + rest);
    }
    static void expect_refused(const Outcome& run, const std::string& code) {
        EXPECT_EQ(run.code, 1) << run.text;
        EXPECT_NE(run.text.find("(" + code + ")"), std::string::npos) << run.text;
    }
    static std::string password_of(const Outcome& run) {
        const std::string mark = "\"one_time_password\": \"";
        const std::size_t at = run.text.find(mark);
        return at == std::string::npos ? "" : run.text.substr(at + mark.size(), 19);
    }

    Folder folder_;
    std::string data_;
};

TEST_F(Admin, an_account_is_made_listed_disabled_enabled_and_reset) {
    const Outcome made = admin("create --name Li.Ming --person p1 --json");
    ASSERT_EQ(made.code, 0) << made.text;
    const std::string password = password_of(made);
    EXPECT_EQ(password.size(), 19U) << made.text;
    EXPECT_EQ(file_with(data_, password), "") << "shown once, kept nowhere";
    EXPECT_NE(admin("list").text.find("li.ming  p1"), std::string::npos);
    EXPECT_EQ(admin("disable --name li.ming").code, 0);
    EXPECT_NE(admin("list --json").text.find("\"disabled\""), std::string::npos);
    EXPECT_EQ(admin("enable --name li.ming").code, 0);
    EXPECT_NE(admin("list --json").text.find("\"must_change\""), std::string::npos);
    const Outcome reset = admin("reset --name li.ming --second-factor --json");
    EXPECT_EQ(reset.code, 0) << reset.text;
    EXPECT_NE(password_of(reset), password);
    const Outcome proof = run_program("verify --data " + data_ + " --json");
    EXPECT_EQ(proof.code, 0) << proof.text;
    EXPECT_NE(proof.text.find("\"audit_rows\": 5"), std::string::npos) << proof.text;
}

TEST_F(Admin, what_cannot_be_is_refused_with_its_reason) {
    ASSERT_EQ(admin("create --name li.ming --person p1").code, 0);
    expect_refused(admin("create --name li.ming --person p2"), "name_taken");
    expect_refused(admin("create --name other --person p1"), "person_has_account");
    expect_refused(admin("create --name other --person nobody"), "not_found");
    expect_refused(admin("create --name 13900001234 --person p2"), "bad_value");
    expect_refused(admin("create --name other --person p2 --post nowhere.clerk"), "unknown_org");
    expect_refused(admin("create --name other --person p2 --post office.none"), "unknown_post");
    expect_refused(admin("disable --name nobody"), "not_found");
    expect_refused(admin("reset --name nobody"), "not_found");
    EXPECT_EQ(admin("create --name other").code, 2) << "--person is missing";
}

TEST_F(Admin, a_post_is_taken_when_it_is_empty_and_never_from_somebody) {
    std::string place = read_file(ZT_SOURCE_DIR "/places/example.yaml");
    const std::string held = "{key: head, title: 市长, person: 甘霖}";
    ASSERT_NE(place.find(held), std::string::npos);
    place.replace(place.find(held), held.size(), "{key: head, title: 市长}");
    write_file(folder_ / "empty.yaml", place);
    const std::string outlines = read_file(ZT_SOURCE_DIR "/places/example.geojson");
    write_file(folder_ / "example.geojson", outlines);  // the place names it beside itself
    data_ = folder_ / "other";
    ASSERT_EQ(run_program("init --data " + data_ + " --place " + (folder_ / "empty.yaml")).code, 0);
    expect_refused(admin("create --name one --person p1 --post city_office.signer"), "not_in_post");
    EXPECT_EQ(admin("create --name one --person p1 --post city_office.clerk").code, 0)
        << "who holds it holds it";
    const Outcome taken = admin("create --name two --person p2 --post city.head");
    EXPECT_EQ(taken.code, 0) << taken.text;
    expect_refused(admin("create --name three --person p3 --post city.head"), "not_in_post");
    EXPECT_EQ(run_program("verify --data " + data_).code, 0);
}

TEST_F(Admin, a_backup_takes_the_accounts_along) {
    ASSERT_EQ(admin("create --name li.ming --person p1").code, 0);
    const std::string copy = folder_ / "copy";
    const std::string again = folder_ / "again";
    const Outcome backup = run_program("backup --data " + data_ + " --to " + copy);
    ASSERT_EQ(backup.code, 0) << backup.text;
    const Outcome restored =
        run_program("restore --from " + copy + " --data " + again + " --key " + data_ + ".key");
    ASSERT_EQ(restored.code, 0) << restored.text;
    data_ = again + " --key " + data_ + ".key";
    EXPECT_NE(admin("list").text.find("li.ming  p1"), std::string::npos);
}

TEST_F(Admin, it_waits_for_a_stopped_server) {
    const int lock = ::open((data_ + "/lock").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(lock, 0);
    ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
    expect_refused(admin("list"), "in_use");
    ::close(lock);
    EXPECT_EQ(admin("list").code, 0);
}

TEST_F(Admin, a_damaged_file_of_accounts_is_told) {
    ASSERT_EQ(admin("create --name li.ming --person p1").code, 0);
    write_file(data_ + "/sessions.db", "no file of accounts, that much is sure");
    expect_refused(admin("list"), "damaged");
    EXPECT_EQ(read_file(data_ + "/sessions.db"), "no file of accounts, that much is sure");
}

}  // namespace
}  // namespace zt::test
