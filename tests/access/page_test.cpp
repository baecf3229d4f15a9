// docs/reference/permissions.md says what the rows say.

#include "kindfile/kind_file.hpp"
#include "kindfile/reference.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace zt::kindfile {
namespace {

TEST(permissions_page, is_fresh) {
    const std::string path = ZT_SOURCE_DIR "/docs/reference/permissions.md";
    if (std::getenv("ZHITONG_WRITE_REFERENCE") != nullptr) {
        std::ofstream(path, std::ios::binary) << permissions_page();
    }
    EXPECT_EQ(read_text_file(path).value_or(""), permissions_page())
        << "stale; write it anew: ZHITONG_WRITE_REFERENCE=1 access_suite "
           "--gtest_filter='permissions_page.*'";
}

}  // namespace
}  // namespace zt::kindfile
