#include "store/data_directory.hpp"
#include "unit/store/worlds.hpp"

#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::store::test {
namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Errc code_of_opening(const std::string& path, Access access = Access::write) {
    const Result<DataDirectory> opened = DataDirectory::open(path, access);
    EXPECT_FALSE(opened);
    return opened ? Errc{} : opened.error().code;
}

/// Another process that holds the directory until it is told to end.
class Holder {
  public:
    explicit Holder(const std::string& path) {
        std::array<int, 2> ready{};
        EXPECT_EQ(::pipe(ready.data()), 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            const Result<DataDirectory> held = DataDirectory::open(path, Access::write);
            const char answer = held ? 'y' : 'n';
            ignore(::write(ready[1], &answer, 1), "the parent sees the pipe close");
            while (true) {
                ::pause();
            }
        }
        ::close(ready[1]);
        char answer = 0;
        EXPECT_EQ(::read(ready[0], &answer, 1), 1);
        EXPECT_EQ(answer, 'y');
        ::close(ready[0]);
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;
    ~Holder() { end(); }
    void end() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
        pid_ = 0;
    }
    [[nodiscard]] pid_t pid() const { return pid_; }

  private:
    pid_t pid_ = 0;
};

TEST(DataDirectory, created_directory_has_its_layout_and_can_be_opened) {
    const Folder folder;
    const std::string path = folder.file("a/b");
    EXPECT_EQ(
        DataDirectory::create(path).error().code, Errc::io_failed
    );  // only the last folder is made
    const std::string data = folder.file("data");
    {
        const DataDirectory made = must(DataDirectory::create(data));
        EXPECT_EQ(made.access(), Access::write);
        EXPECT_EQ(made.ledger_file(), data + "/ledger.db");
    }
    EXPECT_EQ(read(data + "/VERSION"), "1\n");
    for (const char* name : {"figures", "files", "kinds"}) {
        EXPECT_TRUE(fs::is_directory(data + "/" + name)) << name;
    }
    EXPECT_EQ(fs::status(data).permissions(), fs::perms::owner_all);
    EXPECT_TRUE(DataDirectory::open(data, Access::write));
    EXPECT_TRUE(DataDirectory::open(data, Access::read));
}

TEST(DataDirectory, second_create_is_refused) {
    const Folder folder;
    ignore(must(DataDirectory::create(folder.file("data"))), "only the folder is wanted");
    EXPECT_EQ(DataDirectory::create(folder.file("data")).error().code, Errc::already_initialised);
}

TEST(DataDirectory, folder_with_files_of_somebody_else_is_refused_and_left_alone) {
    const Folder folder;
    write(folder.file("letter.txt"), "dear");
    const Result<DataDirectory> made = DataDirectory::create(folder.path());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, Errc::already_initialised);
    EXPECT_TRUE(made.error().detail.contains("letter.txt")) << made.error().detail;
    EXPECT_FALSE(fs::exists(folder.file("VERSION")));
    EXPECT_FALSE(fs::exists(folder.file("lock")));
}

TEST(DataDirectory, create_that_was_cut_short_can_be_run_again) {
    const Folder folder;
    fs::create_directory(folder.file("figures"));
    write(folder.file("lock"), "99\n");
    write(folder.file("VERSION.new"), "");
    EXPECT_TRUE(DataDirectory::create(folder.path()));
    EXPECT_EQ(read(folder.file("VERSION")), "1\n");
}

TEST(DataDirectory, folder_that_was_not_initialised_names_init) {
    const Folder folder;
    for (const std::string& path : {folder.path(), folder.file("nowhere")}) {
        const Result<DataDirectory> opened = DataDirectory::open(path, Access::read);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, Errc::not_initialised);
        EXPECT_TRUE(opened.error().detail.contains("zhitong init --data " + path))
            << opened.error().detail;
    }
}

TEST(DataDirectory, version_that_is_newer_or_no_number_is_refused) {
    const Folder folder;
    ignore(must(DataDirectory::create(folder.file("data"))), "only the folder is wanted");
    const std::string version = folder.file("data/VERSION");
    write(version, "2\n");
    EXPECT_EQ(code_of_opening(folder.file("data")), Errc::newer_version);
    for (const char* text : {"", "one", "0", "-1", "1 2", "99999999999999999999"}) {
        write(version, text);
        EXPECT_EQ(code_of_opening(folder.file("data"), Access::read), Errc::damaged) << text;
        EXPECT_EQ(code_of_opening(folder.file("data")), Errc::damaged) << text;
    }
}

TEST(DataDirectory, second_process_is_refused_and_told_who_writes) {
    const Folder folder;
    const std::string data = folder.file("data");
    ignore(must(DataDirectory::create(data)), "only the folder is wanted");
    Holder holder(data);
    const Result<DataDirectory> second = DataDirectory::open(data, Access::write);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::in_use);
    EXPECT_TRUE(second.error().detail.contains("process " + std::to_string(holder.pid()) + " "))
        << second.error().detail;
    EXPECT_TRUE(DataDirectory::open(data, Access::read));
    holder.end();  // by kill -9: the kernel drops the lock
    EXPECT_TRUE(DataDirectory::open(data, Access::write));
}

TEST(DataDirectory, second_opening_in_one_process_is_refused_until_the_first_is_gone) {
    const Folder folder;
    const std::string data = folder.file("data");
    {
        DataDirectory first = must(DataDirectory::create(data));
        const DataDirectory moved = std::move(first);
        EXPECT_EQ(code_of_opening(data), Errc::in_use);
    }
    EXPECT_TRUE(DataDirectory::open(data, Access::write));
}

TEST(DataDirectory, read_only_directory_opens_for_reading_only) {
    const Folder folder;
    const std::string data = folder.file("data");
    ignore(must(DataDirectory::create(data)), "only the folder is wanted");
    constexpr fs::perms all_read = fs::perms::owner_all | fs::perms::group_read |
                                   fs::perms::group_exec | fs::perms::others_read |
                                   fs::perms::others_exec;
    fs::permissions(folder.path(), all_read);
    fs::permissions(data, all_read & ~fs::perms::owner_write);
    fs::permissions(data + "/VERSION", all_read);
    EXPECT_EQ(
        as_stranger([&] {
            EXPECT_EQ(code_of_opening(data), Errc::read_only);
            EXPECT_TRUE(DataDirectory::open(data, Access::read));
            EXPECT_EQ(DataDirectory::create(data + "/inner").error().code, Errc::read_only);
            return 0;
        }),
        0
    );
    fs::permissions(data, fs::perms::owner_all);
}

}  // namespace
}  // namespace zt::store::test
