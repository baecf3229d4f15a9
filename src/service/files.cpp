#include "service/files.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "service/impl/sealed_file.hpp"
#include "service/impl/upload.hpp"

#include <algorithm>
#include <utility>

namespace zt::service {
namespace {

constexpr std::size_t id_digits = 32;
constexpr std::size_t owner_bytes_max = 64;
constexpr std::size_t claimed_name_bytes_max = 1'024;
/// A sealed file of the largest size, with room to spare.
constexpr std::int64_t sealed_bytes_max = attachment_bytes_max + (std::int64_t{1} << 20U);
/// Ages are kept to the hour: a finer instant would tell who sat at the counter.
constexpr auto age_step = std::chrono::hours(1);

bool is_hash(std::string_view text);
UtcMs to_the_hour(UtcMs at);
Result<std::string> path_of(const std::string& folder, std::string_view hash);
/// After a failure that says more than one of these would: what stays is swept.
void remove_both(const std::string& folder, const StoredFile& stored);
/// The file of these sealed bytes, durable. out: its hash.
Result<std::string> put(const std::string& folder, std::string_view sealed, UtcMs at);
std::unexpected<Error> no_upload() {
    return fail(Errc::not_found, "there is no such upload; it may have been too old");
}

}  // namespace

std::string to_string(const UploadId& id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : id.bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

Result<UploadId> parse_upload_id(std::string_view text) {
    if (text.size() != id_digits ||
        text.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
        return fail(Errc::bad_value, "an upload is named by 32 hex digits");
    }
    const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
    UploadId id;
    for (std::size_t byte = 0; byte < id.bytes.size(); ++byte) {
        id.bytes[byte] =
            static_cast<std::uint8_t>(value(text[byte * 2]) * 16 + value(text[byte * 2 + 1]));
    }
    return id;
}

FileReader::FileReader(std::unique_ptr<impl::SealedFile> file) : file_(std::move(file)) {}
FileReader::FileReader(FileReader&&) noexcept = default;
FileReader& FileReader::operator=(FileReader&&) noexcept = default;
FileReader::~FileReader() = default;
const FileFacts& FileReader::facts() const { return file_->facts(); }
const std::string& FileReader::thumbnail() const { return file_->thumbnail(); }

Result<std::string> FileReader::read(std::int64_t offset, std::int64_t size) const {
    if (offset < 0 || size < 0) {
        return fail(Errc::bad_value, "a range begins at 0 or later");
    }
    return file_->read(offset, size);
}

Files::Files(const Opening& opening)
    : folder_(opening.folder), key_(opening.key), quota_(opening.quota), random_(opening.random) {}

Files::~Files() = default;

Result<std::unique_ptr<Files>> Files::open(const Opening& opening) {
    std::unique_ptr<Files> files(new Files(opening));
    TRY_VOID(impl::make_folder(files->folder_));
    TRY_VOID(impl::make_folder(files->uploads_folder()));
    TRY_VOID(files->load_uploads());
    return files;
}

Result<UploadId> Files::begin(const UploadRequest& request, UtcMs now) {
    if (request.owner.size() > owner_bytes_max || !is_utf8(request.owner) ||
        request.name.size() > claimed_name_bytes_max || request.bytes <= 0) {
        return fail(Errc::bad_value, "owner, name or size of an upload");
    }
    const std::scoped_lock lock(mutex_);
    TRY_VOID(check_quota(request));
    UploadId id;
    random_.fill(id.bytes);
    impl::UploadTerms terms{
        request.owner,
        is_utf8(request.name) ? request.name : std::string(),
        request.bytes,
        now,
        request.limits.groups
    };
    TRY(auto upload,
        impl::Upload::create(
            uploads_folder() + "/" + to_string(id), std::move(terms), key_, random_
        ));
    uploads_.emplace(id, std::move(upload));
    return id;
}

Result<UploadProgress> Files::progress(const UploadId& id) {
    TRY(const SharedUpload upload, find(id));
    const std::scoped_lock lock(upload->mutex);
    return UploadProgress{
        upload->received(), upload->terms().bytes, true, upload->is_clean(), upload->terms().owner
    };
}

Result<UploadProgress>
Files::append(const UploadId& id, std::int64_t offset, std::string_view bytes) {
    TRY(const SharedUpload upload, find(id));
    const vault::NonceStart start = draw();
    const std::scoped_lock lock(upload->mutex);
    if (upload->is_gone()) {
        return no_upload();
    }
    UploadProgress progress{
        upload->received(), upload->terms().bytes, true, upload->is_clean(), upload->terms().owner
    };
    if (offset != upload->received() || upload->is_clean()) {
        progress.is_taken = false;
        return progress;
    }
    const auto count = static_cast<std::int64_t>(bytes.size());
    if (count > piece_bytes_max || count > progress.bytes - progress.received) {
        return fail(Errc::too_large, "more bytes than were declared, or than a piece may have");
    }
    if (upload->pieces() >= pieces_max) {
        return fail(Errc::too_large, "too many pieces; send larger ones");
    }
    if (count > 0) {
        TRY_VOID(upload->append(bytes, start));
    }
    progress.received = upload->received();
    return progress;
}

Result<FileFacts> Files::finish(const UploadId& id) {
    TRY(const SharedUpload upload, find(id));
    Result<FileFacts> facts = finish_in_turn(*upload);
    if (!facts) {
        // What is refused stays refused; what the disk refused may come through later.
        const Errc code = facts.error().code;
        if (code == Errc::type_refused || code == Errc::unsafe_file || code == Errc::bad_file ||
            code == Errc::too_large) {
            TRY_VOID(drop(id));
        }
    }
    return facts;
}

Result<FileFacts> Files::finish_in_turn(impl::Upload& upload) {
    {
        std::unique_lock lock(turns_.mutex);
        if (turns_.waiting >= cleanings_waiting_max) {
            return fail(Errc::overloaded, "too many files are examined at this moment");
        }
        ++turns_.waiting;
        turns_.free.wait(lock, [this] { return turns_.taken < cleanings_max; });
        --turns_.waiting;
        ++turns_.taken;
    }
    // Given back however examining ends, also when there was no memory for it.
    const auto give_back = [](Turns* turns) {
        {
            const std::scoped_lock lock(turns->mutex);
            --turns->taken;
        }
        turns->free.notify_one();
    };
    const std::unique_ptr<Turns, decltype(give_back)> turn(&turns_, give_back);
    return clean_upload(upload);
}

Result<FileFacts> Files::clean_upload(impl::Upload& upload) {
    const vault::NonceStart start = draw();
    const vault::NonceStart small_start = draw();
    const std::scoped_lock lock(upload.mutex);
    if (upload.is_gone()) {
        return no_upload();
    }
    if (upload.is_clean()) {
        TRY(const CleanFile cleaned, upload.read_clean());
        return cleaned.facts;
    }
    if (upload.received() != upload.terms().bytes) {
        return fail(
            Errc::incomplete,
            "it has " + std::to_string(upload.received()) + " bytes of " +
                std::to_string(upload.terms().bytes)
        );
    }
    TRY(const std::string bytes, upload.read_received());
    TRY(const FileFacts facts, look_at(bytes, upload.terms().name, upload.terms().groups));
    TRY(const CleanFile cleaned, clean(bytes, facts));
    TRY_VOID(upload.keep(cleaned, start, small_start));
    return cleaned.facts;
}

Result<StoredFile> Files::store(const UploadId& id, const FileHolder& holder, UtcMs now) {
    if (Result<SharedUpload> upload = find(id)) {
        const std::scoped_lock lock((*upload)->mutex);
        if (!(*upload)->is_gone()) {
            TRY(StoredFile stored, seal_upload(**upload, holder, now));
            const std::string path = uploads_folder() + "/" + to_string(id);
            const Result<void> noted =
                impl::Upload::note_stored(path, {holder.matter, stored.hash}, to_the_hour(now));
            if (!noted) {
                remove_both(folder_, stored);
                return std::unexpected(noted.error());
            }
            (*upload)->set_gone();
            const std::scoped_lock table(mutex_);
            uploads_.erase(id);
            return stored;
        }
    }
    return stored_before(id, holder);
}

Result<StoredFile> Files::stored_before(const UploadId& id, const FileHolder& holder) const {
    TRY(const auto stored, impl::Upload::stored(uploads_folder() + "/" + to_string(id)));
    if (!stored) {
        return no_upload();
    }
    if (stored->matter != holder.matter) {
        return fail(Errc::bad_value, "it was stored for another matter");
    }
    TRY(const FileReader file, read(stored->hash, holder.key));
    return StoredFile{stored->hash, file.facts(), file.thumbnail()};
}

Result<StoredFile>
Files::seal_upload(const impl::Upload& upload, const FileHolder& holder, UtcMs now) {
    if (!upload.is_clean()) {
        return fail(Errc::incomplete, "it was not finished");
    }
    TRY(const CleanFile cleaned, upload.read_clean());
    StoredFile stored{{}, cleaned.facts, {}};
    // The small one first: whoever finds the file finds all that it names.
    if (!cleaned.thumbnail.empty()) {
        FileFacts facts;
        facts.name = "thumbnail.jpg";
        facts.type = "image/jpeg";
        facts.bytes = static_cast<std::int64_t>(cleaned.thumbnail.size());
        const std::string small =
            impl::seal_file(holder.key, {facts, cleaned.thumbnail, {}}, draw());
        TRY(stored.thumbnail, put(folder_, small, now));
    }
    const std::string sealed =
        impl::seal_file(holder.key, {cleaned.facts, cleaned.bytes, stored.thumbnail}, draw());
    Result<std::string> hash = put(folder_, sealed, now);
    if (!hash) {
        remove_both(folder_, stored);
        return std::unexpected(hash.error());
    }
    stored.hash = *std::move(hash);
    return stored;
}

Result<void> Files::drop(const UploadId& id) {
    const std::string path = uploads_folder() + "/" + to_string(id);
    Result<SharedUpload> upload = find(id);
    if (!upload) {
        TRY_VOID(impl::remove_path(path + ".stored"));
        return impl::Upload::destroy(path);
    }
    const std::scoped_lock lock((*upload)->mutex);
    (*upload)->set_gone();
    TRY_VOID(impl::Upload::destroy(path));
    const std::scoped_lock table(mutex_);
    uploads_.erase(id);
    return {};
}

Result<FileReader> Files::read(std::string_view hash, const vault::MatterKey& key) const {
    TRY(const std::string path, path_of(folder_, hash));
    TRY(auto file, impl::SealedFile::open(path, key));
    return FileReader(std::move(file));
}

Result<Files::Swept>
Files::sweep(UtcMs now, const std::function<bool(const std::string& hash)>& is_used) {
    Swept swept;
    TRY(swept.uploads, sweep_uploads(now));
    TRY(const std::vector<std::string> folders, impl::names_in(folder_));
    for (const std::string& part : folders) {
        if (part.size() != 2) {
            continue;
        }
        TRY(const std::vector<std::string> names, impl::names_in(folder_ + "/" + part));
        for (const std::string& name : names) {
            const std::string path = folder_ + "/" + part + "/" + name;
            TRY(const UtcMs at, impl::changed_at(path));
            const bool is_young = now - at < unused_age_max + age_step;
            if (is_hash(name) && !is_young && !is_used(name)) {
                TRY_VOID(impl::remove_path(path));
                ++swept.files;
            }
        }
    }
    return swept;
}

Result<void> Files::verify_in(const std::string& folder, std::string_view hash) {
    TRY(const std::string path, path_of(folder, hash));
    TRY(const std::string sealed, impl::read_path(path, sealed_bytes_max));
    if (to_hex(hash_of(HashAlgorithm::sha256, sealed)) != hash) {
        return fail(Errc::damaged, "its bytes are not those that gave it its name");
    }
    return {};
}

Result<void> Files::load_uploads() {
    TRY(const std::vector<std::string> names, impl::names_in(uploads_folder()));
    for (const std::string& name : names) {
        const std::string path = uploads_folder() + "/" + name.substr(0, id_digits);
        if (name.ends_with(".new")) {  // nobody was told of it
            TRY_VOID(impl::remove_path(uploads_folder() + "/" + name));
        } else if (name.ends_with(".stored")) {
            TRY_VOID(impl::Upload::destroy(path));
        } else if (name.ends_with(".terms") && !impl::is_there(path + ".stored")) {
            TRY(const UploadId id, parse_upload_id(name.substr(0, id_digits)));
            // One that does not open (torn by a power cut, or under a master key that was changed)
            // is nobody's; the sweep takes it when it is old enough.
            if (auto upload = impl::Upload::load(path, key_)) {
                uploads_.emplace(id, *std::move(upload));
            }
        }
    }
    return {};
}

Result<void> Files::check_quota(const UploadRequest& request) const {
    const FileLimits& limits = request.limits;
    if (request.bytes > std::min(limits.bytes_max, attachment_bytes_max)) {
        return fail(Errc::too_large, "at most " + std::to_string(limits.bytes_max) + " bytes");
    }
    std::int64_t all_bytes = request.bytes;
    std::int64_t owner_bytes = request.bytes + request.bytes_held;
    int owner_files = 1 + request.files_held;
    for (const auto& [id, upload] : uploads_) {
        const bool is_same = upload->terms().owner == request.owner;
        all_bytes += upload->terms().bytes;
        owner_bytes += is_same ? upload->terms().bytes : 0;
        owner_files += is_same ? 1 : 0;
    }
    if (owner_files > limits.files_max) {
        return fail(Errc::too_many_files, "at most " + std::to_string(limits.files_max));
    }
    if (owner_bytes > limits.owner_bytes_max) {
        return fail(
            Errc::too_large,
            "at most " + std::to_string(limits.owner_bytes_max) + " bytes in all files together"
        );
    }
    if (static_cast<int>(uploads_.size()) >= quota_.uploads_max || all_bytes > quota_.bytes_max) {
        return fail(Errc::overloaded, "too many uploads are on their way");
    }
    return {};
}

Result<Files::SharedUpload> Files::find(const UploadId& id) {
    const std::scoped_lock lock(mutex_);
    const auto found = uploads_.find(id);
    if (found == uploads_.end()) {
        return no_upload();
    }
    return found->second;
}

Result<int> Files::sweep_uploads(UtcMs now) {
    std::vector<UploadId> old;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [id, upload] : uploads_) {
            if (now - upload->terms().begun >= quota_.age_max) {
                old.push_back(id);
            }
        }
    }
    for (const UploadId& id : old) {
        TRY_VOID(drop(id));
    }
    int count = static_cast<int>(old.size());
    TRY(const std::vector<std::string> names, impl::names_in(uploads_folder()));
    for (const std::string& name : names) {
        const Result<UploadId> id = parse_upload_id(name.substr(0, id_digits));
        const Result<UtcMs> at = impl::changed_at(uploads_folder() + "/" + name);
        // What goes while we look was dropped or stored by another thread.
        if (id && at && !find(*id) && now - *at >= quota_.age_max + age_step) {
            TRY_VOID(drop(*id));
            ++count;
        }
    }
    return count;
}

std::array<std::uint8_t, 16> Files::draw() {
    const std::scoped_lock lock(mutex_);
    return vault::make_nonce_start(random_);
}

namespace {

bool is_hash(std::string_view text) {
    constexpr std::size_t hash_digits = 64;
    return text.size() == hash_digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

UtcMs to_the_hour(UtcMs at) { return std::chrono::floor<std::chrono::hours>(at); }

Result<std::string> path_of(const std::string& folder, std::string_view hash) {
    if (!is_hash(hash)) {
        return fail(Errc::bad_value, "a file is named by 64 hex digits");
    }
    return folder + "/" + std::string(hash.substr(0, 2)) + "/" + std::string(hash);
}

void remove_both(const std::string& folder, const StoredFile& stored) {
    for (const std::string& hash : {stored.hash, stored.thumbnail}) {
        if (const Result<std::string> path = path_of(folder, hash)) {
            ignore(impl::remove_path(*path), "the sweep takes it");
        }
    }
}

Result<std::string> put(const std::string& folder, std::string_view sealed, UtcMs at) {
    std::string hash = to_hex(hash_of(HashAlgorithm::sha256, sealed));
    TRY(const std::string path, path_of(folder, hash));
    TRY_VOID(impl::make_folder(path.substr(0, path.rfind('/'))));
    const std::string beside = folder + "/uploads/" + hash + ".new";
    TRY_VOID(impl::write_durably(path, beside, sealed, to_the_hour(at)));
    return hash;
}

}  // namespace
}  // namespace zt::service
