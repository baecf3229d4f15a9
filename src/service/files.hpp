#pragma once
// Attachments on disk: the folder files/ of a data directory.
//
// An upload comes in pieces, in order, and may go on after a lost connection or a restart. Its
// bytes lie sealed under a key of its own from the first one, that key wrapped by the master key in
// a file beside. `finish` examines and cleans them; `store` seals what is kept under the key of the
// matter and destroys the upload's. Stored, a file never changes: its name is the SHA-256 of its
// sealed bytes. So whether it is whole shows without any key, two matters never share a file, and
// nobody can look for a known one; erasing a matter makes its attachments unreadable with its
// texts.
//
//   files/uploads/ID.key .terms .bytes .clean .small .stored    an upload on its way
//   files/ab/abcd…                                              a stored file
//
// A stored file is told as stored after it and its folder were synced. Uploads are not synced:
// after a power cut the sender is told how much is there, or begins anew.

#include "base/time.hpp"
#include "base/world.hpp"
#include "service/attachment.hpp"
#include "vault/key.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace zt::service {

namespace impl {
class SealedFile;
class Upload;
}  // namespace impl

/// Where they lie in a data directory.
[[nodiscard]] inline std::string files_folder(const std::string& data) { return data + "/files"; }

/// Names an upload; whoever knows it may go on with it.
struct UploadId {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const UploadId&) const = default;
};
/// 32 lower-case hex digits.
[[nodiscard]] std::string to_string(const UploadId& id);
/// errors: bad_value.
[[nodiscard]] Result<UploadId> parse_upload_id(std::string_view text);

/// What somebody may send, by kind.
struct FileLimits {
    std::int64_t bytes_max = std::int64_t{20} << 20U;  ///< of one file
    int files_max = 9;                                 ///< of an owner: three rows of pictures
    std::int64_t owner_bytes_max = 9 * (std::int64_t{20} << 20U);
    std::vector<FileGroup> groups{all_file_groups().begin(), all_file_groups().end()};
};

/// What all uploads together may take: they are open to strangers.
struct UploadQuota {
    int uploads_max = 1'000;
    std::int64_t bytes_max = std::int64_t{4} << 30U;
    Millis age_max = std::chrono::hours(24);  ///< of one that was not stored
};

/// Most bytes of one piece.
inline constexpr std::int64_t piece_bytes_max = std::int64_t{8} << 20U;
/// Most pieces of one upload: each costs a seal and 20 bytes, and 20 MB in pieces of 5 kB fit.
inline constexpr std::int64_t pieces_max = 4'096;
/// Files that are examined at a time, since each may take 500 MB, and that may wait for it.
inline constexpr int cleanings_max = 2;
inline constexpr int cleanings_waiting_max = 16;
/// How long a stored file may be without an event that names it.
inline constexpr Millis unused_age_max = std::chrono::hours(24);

struct UploadRequest {
    std::string owner;       ///< who: bytes that mean something to the caller only; ≤ 64
    std::string name;        ///< as claimed; personal; ≤ 1,024 bytes
    std::int64_t bytes = 0;  ///< declared, and held to
    FileLimits limits;
    int files_held = 0;  ///< what the owner's matter has already; counts towards the limits
    std::int64_t bytes_held = 0;
};

struct UploadProgress {
    std::int64_t received = 0;  ///< where the next piece begins
    std::int64_t bytes = 0;
    /// The piece was taken; false: it did not begin at `received`, send from there.
    bool is_taken = true;
    bool is_finished = false;  ///< examined, and ready to be stored
    std::string owner;         ///< as it was begun by
};

/// Whose a stored file is. The key is borrowed.
struct FileHolder {
    MatterId matter;
    const vault::MatterKey& key;
};

struct StoredFile {
    std::string hash;  ///< 64 hex digits: names the file, for the event
    FileFacts facts;
    std::string thumbnail;  ///< hash of the JPEG, or empty; the event names it too
};

/// A stored file, opened. threads: one at a time.
class FileReader {
  public:
    explicit FileReader(std::unique_ptr<impl::SealedFile> file);
    FileReader(FileReader&&) noexcept;
    FileReader& operator=(FileReader&&) noexcept;
    ~FileReader();
    [[nodiscard]] const FileFacts& facts() const;
    [[nodiscard]] const std::string& thumbnail() const;
    /// in: offset within the file; fewer bytes come where it ends. Only the chunks concerned are
    /// read. errors: damaged, io_failed.
    [[nodiscard]] Result<std::string> read(std::int64_t offset, std::int64_t size) const;

  private:
    std::unique_ptr<impl::SealedFile> file_;
};

/// threads: any.
class Files {
  public:
    struct Opening {
        std::string folder;  ///< files/ of the data directory, or where it shall be
        const vault::MasterKey& key;
        Random& random;  ///< used under a lock of this object
        UploadQuota quota;
    };
    /// Finds the uploads that were on their way. errors: io_failed, read_only, disk_full.
    [[nodiscard]] static Result<std::unique_ptr<Files>> open(const Opening& opening);
    ~Files();

    /// errors: too_large (file, or all of the owner), too_many_files (of the owner), overloaded
    /// (all together), bad_value, disk_full, io_failed; then nothing is left behind.
    [[nodiscard]] Result<UploadId> begin(const UploadRequest& request, UtcMs now);
    /// errors: not_found.
    [[nodiscard]] Result<UploadProgress> progress(const UploadId& id);
    /// errors: not_found, too_large (more than declared, or in too many pieces), disk_full,
    /// io_failed; then the upload is as it was.
    [[nodiscard]] Result<UploadProgress>
    append(const UploadId& id, std::int64_t offset, std::string_view bytes);
    /// Examines and cleans; what came in is gone then. Again: the same answer.
    /// errors: not_found, incomplete, overloaded (as many wait as may), those of look_at and clean;
    /// a file that is refused is dropped. cost: seconds for large pictures; call it where it may
    /// wait.
    [[nodiscard]] Result<FileFacts> finish(const UploadId& id);
    /// Seals the finished file for its matter, durably. Again for the same matter: the same answer.
    /// errors: not_found, incomplete (not finished), bad_value (stored for another matter),
    /// disk_full, io_failed; then no file is left that was not there.
    [[nodiscard]] Result<StoredFile> store(const UploadId& id, const FileHolder& holder, UtcMs now);
    /// Gone with its key, whether it is there or not. errors: io_failed, read_only.
    [[nodiscard]] Result<void> drop(const UploadId& id);

    /// errors: not_found, bad_value (no hash), key_wrong, damaged, io_failed.
    [[nodiscard]] Result<FileReader> read(std::string_view hash, const vault::MatterKey& key) const;

    struct Swept {
        int uploads = 0, files = 0;
    };
    /// Removes uploads over their age, and stored files that are older than unused_age_max and not
    /// used. in: is_used, asked right before a file goes; an erased matter uses none.
    /// errors: io_failed, read_only.
    [[nodiscard]] Result<Swept>
    sweep(UtcMs now, const std::function<bool(const std::string& hash)>& is_used);

    /// The file is there and its bytes are those that gave it its name; needs no key.
    /// errors: not_found, damaged, bad_value, io_failed.
    [[nodiscard]] Result<void> verify(std::string_view hash) const {
        return verify_in(folder_, hash);
    }
    /// The same for a folder that nobody has opened.
    [[nodiscard]] static Result<void> verify_in(const std::string& folder, std::string_view hash);

  private:
    using SharedUpload = std::shared_ptr<impl::Upload>;
    explicit Files(const Opening& opening);
    [[nodiscard]] Result<void> load_uploads();
    [[nodiscard]] Result<void> check_quota(const UploadRequest& request) const;
    [[nodiscard]] Result<SharedUpload> find(const UploadId& id);
    [[nodiscard]] Result<FileFacts> finish_in_turn(impl::Upload& upload);
    [[nodiscard]] Result<FileFacts> clean_upload(impl::Upload& upload);
    [[nodiscard]] Result<StoredFile>
    seal_upload(const impl::Upload& upload, const FileHolder& holder, UtcMs now);
    [[nodiscard]] Result<StoredFile>
    stored_before(const UploadId& id, const FileHolder& holder) const;
    [[nodiscard]] Result<int> sweep_uploads(UtcMs now);
    [[nodiscard]] std::array<std::uint8_t, 16> draw();
    [[nodiscard]] std::string uploads_folder() const { return folder_ + "/uploads"; }

    std::string folder_;
    const vault::MasterKey& key_;
    UploadQuota quota_;
    std::mutex mutex_;  // guards random_ and uploads_; never held while a file is examined
    Random& random_;
    std::map<UploadId, SharedUpload> uploads_;
    /// Who may examine a file now.
    struct Turns {
        std::mutex mutex;  // guards the two counts
        std::condition_variable free;
        int taken = 0, waiting = 0;
    };
    Turns turns_;
};

}  // namespace zt::service
