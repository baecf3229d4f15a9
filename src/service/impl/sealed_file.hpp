#pragma once
// The form of a sealed file:
//   `ZTFILE1\n` ‖ key tag (4) ‖ nonce start (16) ‖ sealed facts ‖ sealed chunks of 64 KiB.
// The facts are canonical JSON, filled up to a fixed length; the bytes are filled up to whole
// blocks of the disk. So the length tells the size of a file to 4 KiB and nothing else.

#include "service/attachment.hpp"
#include "service/impl/file_calls.hpp"
#include "vault/chunks.hpp"

#include <memory>

namespace zt::service::impl {

struct FileContents {
    const FileFacts& facts;
    std::string_view bytes;
    std::string_view thumbnail;  ///< hash, or empty
};

/// in: start, used for nothing else.
[[nodiscard]] std::string seal_file(
    const vault::MatterKey& key, const FileContents& contents, const vault::NonceStart& start
);

class SealedFile {
  public:
    /// errors: not_found, key_wrong, damaged, io_failed.
    [[nodiscard]] static Result<std::unique_ptr<SealedFile>>
    open(const std::string& path, const vault::MatterKey& key);

    [[nodiscard]] const FileFacts& facts() const { return facts_; }
    [[nodiscard]] const std::string& thumbnail() const { return thumbnail_; }
    /// errors: damaged, io_failed.
    [[nodiscard]] Result<std::string> read(std::int64_t offset, std::int64_t size) const;

  private:
    SealedFile(OpenFile file, vault::ChunkSealer sealer)
        : file_(std::move(file)), sealer_(std::move(sealer)) {}
    [[nodiscard]] Result<void> read_facts();
    [[nodiscard]] Result<std::string> read_chunk(std::int64_t index) const;

    OpenFile file_;
    vault::ChunkSealer sealer_;
    FileFacts facts_;
    std::string thumbnail_;
};

}  // namespace zt::service::impl
