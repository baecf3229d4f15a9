#pragma once
// One upload on disk. Its key is made with it and lies, wrapped by the master key, in a file that
// is written once and overwritten with zeros when the upload ends. Held in memory alone the key
// would be safe from whoever takes disk and key file together, but every restart would lose every
// upload, and what a requester sent before signing in cannot be asked for again. So it is kept, for
// at most the age of an upload.

#include "service/files.hpp"
#include "service/impl/file_calls.hpp"
#include "vault/chunks.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace zt::service::impl {

struct UploadTerms {
    std::string owner, name;
    std::int64_t bytes = 0;
    UtcMs begun{};
    std::vector<FileGroup> groups;
};

/// threads: whoever uses it holds `mutex`, but for terms().
class Upload {
  public:
    /// in: path, of the uploads' folder with the id. errors: disk_full, io_failed, read_only; then
    /// nothing is left.
    [[nodiscard]] static Result<std::shared_ptr<Upload>> create(
        const std::string& path, UploadTerms terms, const vault::MasterKey& master, Random& random
    );
    /// What create left, and what came since. errors: not_found, key_wrong, damaged, io_failed.
    [[nodiscard]] static Result<std::shared_ptr<Upload>>
    load(const std::string& path, const vault::MasterKey& master);
    /// The key first, then the rest. errors: io_failed, read_only.
    [[nodiscard]] static Result<void> destroy(const std::string& path);

    [[nodiscard]] const UploadTerms& terms() const { return terms_; }
    [[nodiscard]] std::int64_t received() const { return received_; }
    [[nodiscard]] std::int64_t pieces() const { return pieces_; }
    [[nodiscard]] bool is_clean() const { return is_clean_; }

    /// errors: disk_full, io_failed; then it is as it was.
    /// in: start, drawn for this piece: a piece that failed and comes again may hold other bytes,
    /// and no two texts may share a nonce.
    [[nodiscard]] Result<void> append(std::string_view bytes, const vault::NonceStart& start);
    /// All that came. errors: damaged, io_failed.
    [[nodiscard]] Result<std::string> read_received() const;
    /// Keeps what is left after cleaning and removes what came. errors: disk_full, io_failed.
    [[nodiscard]] Result<void>
    keep(const CleanFile& cleaned, const vault::NonceStart& file, const vault::NonceStart& small);
    /// errors: damaged, io_failed.
    [[nodiscard]] Result<CleanFile> read_clean() const;

    struct Stored {
        MatterId matter;
        std::string hash;
    };
    /// Notes where it went, durably, then destroys the rest with its key.
    /// errors: disk_full, io_failed.
    [[nodiscard]] static Result<void>
    note_stored(const std::string& path, const Stored& stored, UtcMs at);
    /// Where it went; nothing when it was not stored. errors: damaged, io_failed.
    [[nodiscard]] static Result<std::optional<Stored>> stored(const std::string& path);

    /// Dropped while somebody waited for it.
    void set_gone() { is_gone_ = true; }
    [[nodiscard]] bool is_gone() const { return is_gone_; }

    std::mutex mutex;

  private:
    Upload(std::string path, const vault::MatterKey& key, const vault::NonceStart& start);
    [[nodiscard]] Result<void> read_terms();
    [[nodiscard]] Result<void> count_received();
    [[nodiscard]] Result<std::string>
    open_piece(std::int64_t number, std::string_view start, std::string_view sealed) const;

    std::string path_;
    vault::MatterKey key_;
    vault::NonceStart start_;
    UploadTerms terms_;
    std::int64_t received_ = 0, pieces_ = 0;
    bool is_clean_ = false, is_gone_ = false;
};

}  // namespace zt::service::impl
