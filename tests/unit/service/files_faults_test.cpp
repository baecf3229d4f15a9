#include "tests/unit/service/files_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// What kills and full disks do to attachments.

namespace zt::service {
namespace {

using test::noon;
using test::text_of;
using test::World;

/// Later than any file is, by the test's clock or the machine's: whatever is left over is old.
const UtcMs much_later = parse_instant("2122-08-01 12:00").value();

/// A small disk at a folder, gone with the object. Only root can make one.
struct SmallDisk {
    explicit SmallDisk(std::string folder) : path(std::move(folder)) {
        is_there = ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=2m") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (is_there) {
            ::umount(path.c_str());
        }
    }
    std::string path;
    bool is_there = false;
};

/// Begins, sends and stores one file after another; says each on the pipe once it is stored.
[[noreturn]] void store_for_ever(World& world, int pipe) {
    for (int number = 0;; ++number) {
        const std::string text = text_of(100'000) + std::to_string(number);
        const UploadId id = world.begin(static_cast<std::int64_t>(text.size()), "a.txt").value();
        ignore(world.files->append(id, 0, text), "store says whether it came");
        ignore(world.files->finish(id), "store says whether it came");
        const StoredFile stored = world.files->store(id, world.holder(), noon).value();
        ignore(world.files->drop(id), "so that the owner may go on");
        if (::write(pipe, stored.hash.data(), stored.hash.size()) < 0) {
            ::_exit(1);
        }
    }
}

TEST(
    files_faults, killed_at_any_moment_what_was_told_is_there_and_the_rest_is_whole_or_not_at_all
) {
    // The child is killed behind its n-th answer, wherever it is by then; the parent opens the
    // folder, looks at every file in it, and goes on from there.
    World world;
    SeededRandom random(21);
    std::vector<std::string> told;
    for (int cycle = 0; cycle < 8; ++cycle) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            world.random = SeededRandom(1'000 + static_cast<std::uint64_t>(cycle));
            ::close(pipe[0]);
            store_for_ever(world, pipe[1]);
        }
        ::close(pipe[1]);
        std::size_t left = 64 * (1 + random.below(4)) + random.below(2);
        std::string answers;
        std::array<char, 64> buffer{};
        while (left > 0) {
            const ssize_t got = ::read(pipe[0], buffer.data(), std::min(left, buffer.size()));
            ASSERT_GT(got, 0);
            answers.append(buffer.data(), static_cast<std::size_t>(got));
            left -= static_cast<std::size_t>(got);
        }
        ::kill(child, SIGKILL);
        ASSERT_EQ(::waitpid(child, nullptr, 0), child);
        ::close(pipe[0]);
        for (std::size_t at = 0; at + 64 <= answers.size(); at += 64) {
            told.push_back(answers.substr(at, 64));
        }
        world.reopen();
        ASSERT_TRUE(world.files->sweep(much_later, [](const std::string&) { return true; }));
        for (const std::string& hash : told) {
            ASSERT_TRUE(world.files->verify(hash)) << "cycle " << cycle;
        }
        for (const auto& [path, bytes] : world.all()) {
            const std::string name = std::filesystem::path(path).filename();
            if (name.size() == 64) {
                ASSERT_TRUE(world.files->verify(name)) << "cycle " << cycle;
            }
        }
    }
    EXPECT_GE(told.size(), 8U);
    ASSERT_TRUE(world.files->sweep(much_later, [&](const std::string& hash) {
        return std::ranges::find(told, hash) != told.end();
    }));
    EXPECT_EQ(world.all().size(), told.size()) << "nothing half done is left";
}

/// What a full disk does to each step.
void expect_full(World& world) {
    const std::string text = text_of(3'000'000);
    const UploadId id = world.begin(3'000'000, "a.txt").value();
    ASSERT_TRUE(world.files->append(id, 0, text.substr(0, 500'000)).value().is_taken);
    const Result<UploadProgress> refused = world.files->append(id, 500'000, text.substr(500'000));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::disk_full);
    EXPECT_EQ(world.files->progress(id).value().received, 500'000);
    ASSERT_TRUE(world.files->drop(id));
    EXPECT_TRUE(world.all().empty());
    // Room enough again, and nothing of what failed is in the way.
    const std::string half = text_of(900'000);
    const StoredFile stored = world.stored(half, "b.txt");
    EXPECT_TRUE(world.files->verify(stored.hash).has_value());
}

TEST(files_faults, a_limit_on_the_size_of_files_is_told_as_a_full_disk) {
    World world;
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1'000'000, 1'000'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        expect_full(world);
        ::_exit(::testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST(files_faults, a_full_disk_is_told_and_leaves_nothing_behind) {
    World world;
    const SmallDisk disk(world.folder);
    if (!disk.is_there) {
        GTEST_SKIP() << "a disk of 2 MB can be made by root only";
    }
    world.reopen();
    expect_full(world);
    // 0.9 MB stand there now; what comes in fits, what is kept of it beside does not.
    const UploadId id = world.upload(text_of(700'000), "c.txt");
    const Result<FileFacts> finished = world.files->finish(id);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().code, Errc::disk_full);
    EXPECT_EQ(world.files->progress(id).value().received, 700'000) << "it may be tried again";
    EXPECT_TRUE(world.files->drop(id).has_value());
    EXPECT_EQ(world.all().size(), 2U) << "the file, and where its upload went";
}

}  // namespace
}  // namespace zt::service
