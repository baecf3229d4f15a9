// What is shipped: every kind is sound with every pack, every pack speaks of what exists, and the
// shipped places fill every role.

#include "kindfile/check.hpp"
#include "unit/kindfile/place_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace zt::kindfile {
namespace {

const std::filesystem::path source = ZT_SOURCE_DIR;

std::string print(const Errors& errors) {
    std::string text;
    for (const Error& error : errors) {
        text += to_string(error) + "\n";
    }
    return text;
}

class shipped : public testing::Test {
  protected:
    void SetUp() override {
        auto kinds = load_kinds(source / "kinds");
        ASSERT_TRUE(kinds.has_value()) << print(kinds.error());
        auto packs = load_packs(source / "packs");
        ASSERT_TRUE(packs.has_value()) << print(packs.error());
        kinds_ = *std::move(kinds);
        packs_ = *std::move(packs);
    }
    LoadedKinds kinds_;
    LoadedPacks packs_;
};

TEST_F(shipped, kinds_are_sound_with_every_pack) {
    for (const auto& [name, pack] : packs_.packs) {
        for (const KindFile& file : kinds_.files) {
            EXPECT_EQ(print(check_kind(file, pack, kinds_.kinds)), "")
                << file.kind.name << " with " << name;
        }
    }
}

TEST_F(shipped, packs_name_only_what_exists) {
    for (const PackFile& file : packs_.files) {
        EXPECT_EQ(print(check_pack(file, kinds_.kinds)), "") << file.pack.name;
    }
}

TEST_F(shipped, a_kind_is_named_as_its_file) {
    for (const KindFile& file : kinds_.files) {
        EXPECT_EQ(std::filesystem::path(file.kind.file).stem(), file.kind.name);
    }
}

TEST_F(shipped, kinds_that_end_for_somebody_state_that_they_answer) {
    for (const KindFile& file : kinds_.files) {
        const auto& stated = file.kind.guarantees;
        const bool may_be_closed =
            std::ranges::any_of(file.kind.stages, [](const StageRule& stage) {
                return stage.counts == Counts::closed;
            });
        if (file.kind.has_requester && file.kind.life == Life::matter && may_be_closed) {
            EXPECT_NE(
                std::ranges::find(stated, "answered_before_closed", &Guarantee::name), stated.end()
            ) << file.kind.name;
        }
    }
}

// What `zhitong init` takes when no place is named. The places of scripts have what those need.
TEST_F(shipped, the_example_place_fills_every_role_at_the_county_office) {
    const auto place = load_place(source / "places/example.yaml");
    ASSERT_TRUE(place.has_value()) << print(place.error());
    EXPECT_TRUE(packs_.packs.contains(place->pack));
    const Directory directory = directory_of(*place);
    for (const KindFile& file : kinds_.files) {
        const auto day = parse_date("2022-08-01").value();
        for (const std::string& missing : check_place(file.kind, directory, day).missing) {
            const bool is_of_county = missing.find("@ office:") != std::string::npos ||
                                      missing.find("@ *:") != std::string::npos ||
                                      missing.find("stands apart") != std::string::npos ||
                                      missing.find("no org has") != std::string::npos;
            EXPECT_FALSE(is_of_county) << missing;
        }
    }
}

}  // namespace
}  // namespace zt::kindfile
