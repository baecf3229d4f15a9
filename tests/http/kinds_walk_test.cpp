// Each kind's main path, as its script tells it, through the interface. A kind is found by its
// files: one more is one more test.

#include "build/story.hpp"
#include "tests/http/script_walk.hpp"

namespace zt::http::test {
namespace {

std::vector<std::string> all_kinds() {
    std::vector<std::string> kinds;
    for (const auto& entry : std::filesystem::directory_iterator(ZT_SOURCE_DIR "/kinds")) {
        std::filesystem::path script = entry.path();
        script.replace_extension(".case");
        if (entry.path().extension() == ".yaml" && std::filesystem::exists(script)) {
            kinds.push_back(entry.path().stem().string());
        }
    }
    std::ranges::sort(kinds);
    return kinds;
}

/// Made once a process for each place that scripts play in; each walk has a copy.
const build::PlaceOnDisk& place_of(const std::string& name) {
    static std::map<std::string, std::unique_ptr<build::PlaceOnDisk>> places;
    auto& made = places[name];
    if (!made) {
        const auto file = kindfile::load_place(ZT_SOURCE_DIR "/kinds/places/" + name + ".yaml");
        CHECK(file.has_value());
        // Before any script begins.
        const UtcMs began = parse_instant("2020-01-02 09:00").value();
        made = std::make_unique<build::PlaceOnDisk>("walks-in-" + name, *file, began);
    }
    return *made;
}

class KindWalk : public ::testing::TestWithParam<std::string> {};

TEST_P(KindWalk, its_main_path_goes_through_the_interface) {
    ScriptWalk walk(GetParam(), place_of(ScriptWalk::script_of(GetParam()).place));
    const Walked walked = walk.run();
    RecordProperty("steps", walked.steps);
    RecordProperty("left_out", walked.left_out);
    EXPECT_GT(walked.steps, 3 * walked.left_out) << "too much of the script was left out";
    EXPECT_TRUE(walked.has_ended) << "no matter of the kind came to its end";
}

INSTANTIATE_TEST_SUITE_P(Kinds, KindWalk, ::testing::ValuesIn(all_kinds()), [](const auto& one) {
    return one.param;
});

}  // namespace
}  // namespace zt::http::test
