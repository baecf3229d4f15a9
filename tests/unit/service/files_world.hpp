#pragma once
// A folder of attachments for a test: keys that repeat, and files that can be closed and opened.

#include "base/seeded_random.hpp"
#include "service/files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace zt::service::test {

inline const UtcMs noon = parse_instant("2022-08-01 12:00").value();

struct World {
    std::string folder = ::testing::TempDir() + "zt_files_" + std::to_string(::getpid());
    SeededRandom random{11};
    vault::MasterKey master = vault::MasterKey::make(random);
    vault::MatterKey key = vault::MatterKey::make(random);
    UploadQuota quota;
    std::unique_ptr<Files> files;

    World() {
        std::filesystem::remove_all(folder);
        reopen();
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World() {
        std::error_code left;
        std::filesystem::remove_all(folder, left);
    }
    void reopen() {
        files.reset();
        files = Files::open({folder, master, random, quota}).value();
    }
    [[nodiscard]] FileHolder holder(std::int64_t matter = 7) const {
        return {MatterId{matter}, key};
    }
    Result<UploadId> begin(std::int64_t bytes, const std::string& name = "门口.jpg") {
        UploadRequest request;
        request.owner = "somebody";
        request.name = name;
        request.bytes = bytes;
        return files->begin(request, noon);
    }
    UploadId upload(const std::string& bytes, const std::string& name = "门口.jpg") {
        const UploadId id = begin(static_cast<std::int64_t>(bytes.size()), name).value();
        EXPECT_TRUE(files->append(id, 0, bytes).value().is_taken);
        return id;
    }
    StoredFile stored(const std::string& bytes, const std::string& name = "门口.jpg") {
        const UploadId id = upload(bytes, name);
        EXPECT_TRUE(files->finish(id).has_value());
        return files->store(id, holder(), noon).value();
    }
    [[nodiscard]] std::string path_of(const std::string& hash) const {
        return folder + "/" + hash.substr(0, 2) + "/" + hash;
    }
    /// All files below the folder, with their bytes.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const {
        std::vector<std::pair<std::string, std::string>> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file()) {
                std::ifstream in(entry.path(), std::ios::binary);
                found.emplace_back(
                    entry.path().string(), std::string(std::istreambuf_iterator<char>(in), {})
                );
            }
        }
        return found;
    }
    [[nodiscard]] bool holds(std::string_view text) const {
        return std::ranges::any_of(all(), [text](const auto& file) {
            return file.first.find(text) != std::string::npos ||
                   file.second.find(text) != std::string::npos;
        });
    }
};

/// Text that is never a type of its own, of any length.
inline std::string text_of(std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
        text += "Line " + std::to_string(text.size()) + " of a long letter.\n";
    }
    text.resize(bytes);
    return text;
}

}  // namespace zt::service::test
