#pragma once
// A place in a folder of its own, with the small place's people, that goes away with the test; and
// what a thief of the folder would search it for.

#include "build/place_on_disk.hpp"
#include "build/story.hpp"
#include "service/genesis.hpp"
#include "service/tenant.hpp"
#include "vault/follow_code.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace zt::service::test {

class PlaceOnDisk : public ::testing::Test {
  protected:
    PlaceOnDisk() {
        folder_ = ::testing::TempDir() + "/zhitong-" + std::to_string(::getpid()) + "-" +
                  ::testing::UnitTest::GetInstance()->current_test_info()->name();
        clear(folder_);
        EXPECT_TRUE(build::make_small_place(folder_, now_, random_));
    }
    ~PlaceOnDisk() override { clear(folder_); }

    static void clear(const std::string& folder) {
        std::filesystem::remove_all(folder);
        std::filesystem::remove(folder + ".key");
        std::filesystem::remove(folder + ".key.next");
    }
    static void copy(const std::string& from, const std::string& to) {
        clear(to);
        std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
        std::filesystem::copy_file(from + ".key", to + ".key");
    }

    [[nodiscard]] Result<std::unique_ptr<Tenant>>
    open(store::Access access = store::Access::write, const std::string& folder = {}) {
        Opening opening;
        opening.path = folder.empty() ? folder_ : folder;
        opening.access = access;
        opening.key_file = opening.path + ".key";
        opening.random = &random_;
        return Tenant::open(opening);
    }

    [[nodiscard]] Uuid raw_key(std::string_view text) const { return uuid7_from_text(now_, text); }

    /// A hand-in from outside with a follow-up code.
    [[nodiscard]] Submit hand_in(
        std::string_view key, std::initializer_list<std::pair<const char*, const char*>> fields
    ) const {
        Submit submit;
        submit.credential = "public";
        submit.follow = FollowKey{raw_key(key), {}};
        submit.key = vault::blinded(submit.follow->raw);
        Command command;
        command.verb = Verb::register_;
        command.kind = "appeal";
        command.actor.kind = ActorKind::party;
        for (const auto& [name, value] : fields) {
            command.fields.set(name, value);
        }
        submit.commands.push_back(std::move(command));
        return submit;
    }

    /// The first file of the place, its key file not among them, that holds these bytes.
    [[nodiscard]] std::string
    file_with(std::string_view bytes, const std::string& folder = {}) const {
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(folder.empty() ? folder_ : folder)) {
            if (!entry.is_regular_file()) {
                continue;
            }
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            if (text.find(bytes) != std::string::npos) {
                return entry.path().string();
            }
        }
        return {};
    }

    UtcMs now_ = parse_instant("2022-08-01 09:00").value_or(UtcMs{});
    SeededRandom random_{7};
    std::string folder_;
};

}  // namespace zt::service::test
