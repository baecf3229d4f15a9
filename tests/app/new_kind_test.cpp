// Black box: a kind is two files. Added to a copy of the definitions, it is proven, played, and
// lives in the demo place, with no other change.

#include "app/program.hpp"

#include <gtest/gtest.h>

namespace zt::test {
namespace {

namespace fs = std::filesystem;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(NewKind, is_two_files_and_nothing_else) {
    const Folder folder;
    for (const char* name : {"kinds", "packs", "calendars", "places"}) {
        fs::copy(std::string(ZT_SOURCE_DIR "/") + name, folder / name, fs::copy_options::recursive);
    }
    const std::string yaml = read_file(folder / "kinds/service_team.yaml");
    const std::string own = replaced(yaml, "kind: service_team", "kind: reading_room");
    write_file(
        folder / "kinds/reading_room.yaml",
        replaced(own, "series: service_team, prefix: FT", "series: reading_room, prefix: YS")
    );
    const std::string script = read_file(folder / "kinds/service_team.case");
    write_file(
        folder / "kinds/reading_room.case",
        replaced(script, "kind service_team", "kind reading_room")
    );
    const std::string kinds = " --kinds " + (folder / "kinds");
    const Outcome check = run_program("kinds check" + kinds);
    EXPECT_EQ(check.code, 0) << check.text;
    const Outcome played =
        run_program("kinds test" + kinds + " " + (folder / "kinds/reading_room.case"));
    EXPECT_EQ(played.code, 0) << played.text;
    const Outcome explained = run_program("kinds explain reading_room" + kinds);
    EXPECT_EQ(explained.code, 0) << explained.text;
    const Outcome demo =
        run_program("demo --end 2022-08-31 --data " + (folder / "demo") + kinds + " --json");
    ASSERT_EQ(demo.code, 0) << demo.text;
    EXPECT_NE(demo.text.find("\"reading_room\""), std::string::npos) << demo.text.substr(0, 4000);
    const Outcome proof = run_program("verify --data " + (folder / "demo"));
    EXPECT_EQ(proof.code, 0) << proof.text;
}

}  // namespace
}  // namespace zt::test
