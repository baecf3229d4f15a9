// Every script of the project, found by walk: kinds/*.case and tests/scenario/*.case. Coverage is
// judged over a whole folder by `zhitong kinds test`; here each script stands for itself.

#include "app/scenario/suite.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace zt::app::scenario {
namespace {

std::vector<std::string> scripts() {
    const auto found = find_scripts({ZT_SOURCE_DIR "/kinds", ZT_SOURCE_DIR "/tests/scenario"});
    return found ? *found : std::vector<std::string>{};
}

class EveryScript : public testing::TestWithParam<std::string> {};

TEST_P(EveryScript, plays_as_it_says) {
    const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
    ASSERT_TRUE(files.has_value());
    Suite suite(*files);
    ASSERT_TRUE(suite.play_file(GetParam()).has_value());
    for (const auto& failure : suite.played().front().outcome.failures) {
        ADD_FAILURE() << GetParam() << ':' << failure.line << ' ' << failure.iteration << ": "
                      << failure.message << '\n'
                      << failure.log;
    }
}

std::string name_of_script(const testing::TestParamInfo<std::string>& info) {
    std::string name = std::filesystem::path(info.param).stem().string();
    for (char& c : name) {
        c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(of_the_project, EveryScript, testing::ValuesIn(scripts()), name_of_script);

}  // namespace
}  // namespace zt::app::scenario
