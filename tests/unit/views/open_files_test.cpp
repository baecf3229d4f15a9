// The saved open set: goal: what was saved is there again, and nothing that is damaged is taken.
// That reads of a loaded set agree with a plain look is told by open_set_reads_test.cpp.

#include "tests/unit/views/scratch_folder.hpp"
#include "tests/unit/views/state_builder.hpp"
#include "views/open_set.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace zt::views {
namespace {

using test::add_accused;
using test::add_clock;
using test::add_hand;
using test::instant;
using test::matter;

class open_files : public ::testing::Test {
  protected:
    open_files() {
        for (std::int64_t id = 1; id <= 40; ++id) {
            State one = matter(id, "2022-08-01 08:00");
            one.category = id % 2 == 0 ? "roads" : "water";
            add_hand(one, "lead", 2 + id % 3);
            if (id % 5 == 0) {
                add_accused(one, 3);
            }
            if (id % 4 != 0) {
                add_clock(one, "handle", "2022-08-08 00:00").due += std::chrono::minutes{id % 7};
            }
            set_.put(one);
        }
        set_.arrive_at(500);
        EXPECT_TRUE(set_.save(path_));
        std::ifstream in(path_, std::ios::binary);
        bytes_ = (std::ostringstream() << in.rdbuf()).str();
    }
    void write(std::string_view bytes) const {
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    }

    const test::ScratchFolder folder_;
    const std::string path_ = folder_.path() + "/open_set";
    OpenSet set_;
    std::string bytes_;
};

TEST_F(open_files, what_was_saved_is_there_again_and_goes_on) {
    auto loaded = OpenSet::load(path_);
    ASSERT_TRUE(loaded) << to_string(loaded.error());
    EXPECT_EQ(loaded->position(), 500);
    EXPECT_EQ(loaded->difference(set_), std::nullopt);
    const UtcMs late = instant("2022-09-01 00:00");
    EXPECT_EQ(loaded->due_until(late, 100), set_.due_until(late, 100));
    State ended = matter(7, "2022-08-01 08:00");
    ended.counts = Counts::ended;
    loaded->put(ended);
    EXPECT_EQ(loaded->size(), 39U);
    ASSERT_TRUE(loaded->save(path_));
    EXPECT_EQ(OpenSet::load(path_)->difference(*loaded), std::nullopt);
}

TEST_F(open_files, every_flipped_byte_and_every_cut_is_found) {
    ASSERT_GT(bytes_.size(), 1000U);
    for (std::size_t at = 0; at < bytes_.size(); ++at) {
        std::string damaged = bytes_;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        write(damaged);
        ASSERT_FALSE(OpenSet::load(path_)) << "byte " << at;
    }
    for (std::size_t size = 0; size < bytes_.size(); size += 7) {
        write(bytes_.substr(0, size));
        const auto loaded = OpenSet::load(path_);
        ASSERT_FALSE(loaded) << "cut at " << size;
        EXPECT_EQ(loaded.error().code, Errc::damaged);
        EXPECT_EQ(loaded.error().at, path_);
    }
}

TEST_F(open_files, no_file_and_another_schema_are_told_apart) {
    EXPECT_EQ(OpenSet::load(path_ + "-none").error().code, Errc::not_found);
    const std::size_t schema_at = bytes_.find('\n') + 1;
    bytes_[schema_at] = static_cast<char>(bytes_[schema_at] + 1);
    write(bytes_);
    EXPECT_EQ(OpenSet::load(path_).error().code, Errc::newer_version);
}

TEST_F(open_files, a_folder_that_is_not_there_is_an_error) {
    EXPECT_FALSE(set_.save(folder_.path() + "/none/open_set"));
}

}  // namespace
}  // namespace zt::views
