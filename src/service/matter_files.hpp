#pragma once
// Files of matters, between the ledger that names them and the folder that holds them.

#include "domain/attaching.hpp"
#include "service/files.hpp"
#include "store/store.hpp"

namespace zt::service {

/// Under which the files of the matter lie. threads: that of the reader. errors: missing_key
/// (nothing of it is sealed yet, and files are announced first; or the row of its key has gone),
/// not_found (it was erased), key_wrong, damaged, io_failed.
[[nodiscard]] Result<vault::MatterKey>
key_of_matter(store::Reader& reader, const vault::MasterKey& master, MatterId matter);

/// Some matter that was not erased names the file or thumbnail. threads: that of the reader.
/// errors: io_failed, damaged.
[[nodiscard]] Result<bool>
is_file_used(store::Reader& reader, const vault::MasterKey& master, const std::string& hash);

/// What the ledger keeps of a stored file.
[[nodiscard]] AttachedFile attached_file(const StoredFile& stored);

/// Each file that an event of a matter names, of those that were not erased, is there and whole.
/// in: the folder files/; `found` is called for each that is not. out: how many were looked at.
/// cost: reading all events and files. errors: io_failed, damaged (the ledger).
struct FileFault {
    MatterId matter;
    std::string hash;
    Errc code = Errc::not_found;  ///< not_found, or damaged
};
[[nodiscard]] Result<std::int64_t> verify_files(
    store::Reader& reader,
    const std::string& folder,
    const std::function<void(const FileFault&)>& found
);

/// Stored files alone: uploads on their way and what was begun and not named stay behind. in:
/// folders; `to` is made. A ledger copied before names no file that is not there to be copied.
/// out: how many. errors: disk_full, io_failed, read_only.
[[nodiscard]] Result<std::int64_t> copy_files(const std::string& from, const std::string& to);

}  // namespace zt::service
