#include "service/impl/upload.hpp"

#include "base/json.hpp"
#include "service/impl/sealed_file.hpp"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <utility>

namespace zt::service::impl {
namespace {

// .key: wrapped key ‖ nonce start of .terms, which is one chunk.
// .bytes: pieces, each its length ‖ a nonce start ‖ a chunk with the piece's number.
// .clean, .small: sealed files. .stored: matter and hash, when all else is gone.
constexpr std::size_t key_file_bytes = vault::wrapped_key_bytes + sizeof(vault::NonceStart);
constexpr MatterId no_matter{};  // an upload's key belongs to none yet
constexpr std::int64_t small_file_bytes_max = 16'384;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t piece_head_bytes = length_bytes + sizeof(vault::NonceStart);
constexpr std::array<const char*, 5> endings = {".terms", ".bytes", ".clean", ".small", ".new"};
constexpr auto last = vault::ChunkPlace::last;

std::string text_of(const UploadTerms& terms);
Result<UploadTerms> read_text(std::string_view text);
std::string length_text(std::size_t length);
std::size_t length_of(std::string_view text);

}  // namespace

Result<std::shared_ptr<Upload>> Upload::create(
    const std::string& path, UploadTerms terms, const vault::MasterKey& master, Random& random
) {
    const vault::MatterKey key = vault::MatterKey::make(random);
    const vault::NonceStart start = vault::make_nonce_start(random);
    std::string key_file = vault::wrap(master, no_matter, key, random);
    key_file.append(reinterpret_cast<const char*>(start.data()), start.size());
    std::shared_ptr<Upload> upload = std::unique_ptr<Upload>(new Upload(path, key, start));
    const std::string sealed =
        vault::ChunkSealer(key, start, "upload.terms").seal(0, last, text_of(terms));
    upload->terms_ = std::move(terms);
    Result<void> written = write_path(path + ".key", key_file);
    if (written) {
        written = write_path(path + ".terms", sealed);
    }
    if (!written) {
        ignore(destroy(path), "the first error says more");
        return std::unexpected(written.error());
    }
    return upload;
}

Result<std::shared_ptr<Upload>>
Upload::load(const std::string& path, const vault::MasterKey& master) {
    TRY(const std::string key_file, read_path(path + ".key", key_file_bytes));
    if (key_file.size() != key_file_bytes) {
        return fail(Errc::damaged, "the key of an upload is cut");
    }
    TRY(const vault::MatterKey key,
        vault::unwrap(master, no_matter, key_file.substr(0, vault::wrapped_key_bytes)));
    vault::NonceStart start{};
    std::memcpy(start.data(), key_file.data() + vault::wrapped_key_bytes, start.size());
    std::shared_ptr<Upload> upload = std::unique_ptr<Upload>(new Upload(path, key, start));
    TRY_VOID(upload->read_terms());
    upload->is_clean_ = is_there(path + ".clean");
    if (upload->is_clean_) {
        upload->received_ = upload->terms_.bytes;
    } else {
        TRY_VOID(upload->count_received());
    }
    return upload;
}

Result<void> Upload::destroy(const std::string& path) {
    TRY_VOID(wipe_path(path + ".key"));
    for (const char* const ending : endings) {
        TRY_VOID(remove_path(path + ending));
    }
    return {};
}

Result<void> Upload::append(std::string_view bytes, const vault::NonceStart& start) {
    TRY(const OpenFile file, open_path(path_ + ".bytes", O_WRONLY | O_CREAT | O_APPEND));
    std::string piece = length_text(bytes.size());
    piece.append(reinterpret_cast<const char*>(start.data()), start.size());
    piece += vault::ChunkSealer(key_, start, "upload.bytes")
                 .seal(static_cast<std::uint64_t>(pieces_), last, bytes);
    TRY_VOID(append_to(file, piece));
    received_ += static_cast<std::int64_t>(bytes.size());
    ++pieces_;
    return {};
}

Result<std::string> Upload::read_received() const {
    TRY(const OpenFile file, open_path(path_ + ".bytes", O_RDONLY));
    std::string all;
    all.reserve(static_cast<std::size_t>(received_));
    std::int64_t at = 0;
    for (std::int64_t piece = 0; piece < pieces_; ++piece) {
        TRY(const std::string head, read_at(file, at, piece_head_bytes));
        at += static_cast<std::int64_t>(piece_head_bytes);
        const std::size_t size = length_of(head) + vault::chunk_overhead_bytes;
        TRY(const std::string sealed, read_at(file, at, size));
        at += static_cast<std::int64_t>(size);
        TRY(const std::string plain, open_piece(piece, head.substr(length_bytes), sealed));
        all += plain;
    }
    return all;
}

Result<void> Upload::keep(
    const CleanFile& cleaned, const vault::NonceStart& file, const vault::NonceStart& small
) {
    if (!cleaned.thumbnail.empty()) {
        FileFacts facts = cleaned.facts;
        facts.bytes = static_cast<std::int64_t>(cleaned.thumbnail.size());
        const std::string sealed = seal_file(key_, {facts, cleaned.thumbnail, {}}, small);
        TRY_VOID(remove_path(path_ + ".small"));
        TRY_VOID(write_path(path_ + ".small", sealed));
    }
    // Under its name only when whole: `.clean` says that the upload is finished.
    const std::string sealed = seal_file(key_, {cleaned.facts, cleaned.bytes, {}}, file);
    TRY_VOID(write_durably(path_ + ".clean", path_ + ".new", sealed, terms_.begun));
    TRY_VOID(remove_path(path_ + ".bytes"));
    is_clean_ = true;
    return {};
}

Result<CleanFile> Upload::read_clean() const {
    TRY(const auto file, SealedFile::open(path_ + ".clean", key_));
    CleanFile cleaned{file->facts(), {}, {}};
    TRY(cleaned.bytes, file->read(0, file->facts().bytes));
    if (is_there(path_ + ".small")) {
        TRY(const auto small, SealedFile::open(path_ + ".small", key_));
        TRY(cleaned.thumbnail, small->read(0, small->facts().bytes));
    }
    return cleaned;
}

Result<void> Upload::note_stored(const std::string& path, const Stored& stored, UtcMs at) {
    Json json;
    json.set("hash", stored.hash).set("matter", stored.matter.value);
    TRY_VOID(write_durably(path + ".stored", path + ".new", to_canonical(json), at));
    return destroy(path);
}

Result<std::optional<Upload::Stored>> Upload::stored(const std::string& path) {
    if (!is_there(path + ".stored")) {
        return std::nullopt;
    }
    TRY(const std::string text, read_path(path + ".stored", small_file_bytes_max));
    TRY(const Json json, parse_canonical(text));
    return Stored{MatterId{json["matter"].as_int()}, json["hash"].as_string()};
}

Upload::Upload(std::string path, const vault::MatterKey& key, const vault::NonceStart& start)
    : path_(std::move(path)), key_(key), start_(start) {}

Result<void> Upload::read_terms() {
    TRY(const std::string sealed, read_path(path_ + ".terms", small_file_bytes_max));
    const vault::ChunkSealer sealer(key_, start_, "upload.terms");
    TRY(const std::string text, sealer.open(0, last, sealed));
    TRY(terms_, read_text(text));
    return {};
}

/// Whole pieces count; what a stopped process left half written is cut off and sent again.
Result<void> Upload::count_received() {
    if (!is_there(path_ + ".bytes")) {
        return {};
    }
    TRY(const OpenFile file, open_path(path_ + ".bytes", O_RDWR));
    TRY(const std::int64_t size, size_of(file));
    std::int64_t at = 0;
    while (size - at >= static_cast<std::int64_t>(piece_head_bytes)) {
        TRY(const std::string head, read_at(file, at, piece_head_bytes));
        const std::int64_t from = at + static_cast<std::int64_t>(piece_head_bytes);
        const std::size_t sealed_bytes = length_of(head) + vault::chunk_overhead_bytes;
        if (length_of(head) > static_cast<std::size_t>(piece_bytes_max) ||
            size - from < static_cast<std::int64_t>(sealed_bytes)) {
            break;
        }
        TRY(const std::string sealed, read_at(file, from, sealed_bytes));
        if (!open_piece(pieces_, head.substr(length_bytes), sealed)) {
            break;
        }
        received_ += static_cast<std::int64_t>(length_of(head));
        ++pieces_;
        at = from + static_cast<std::int64_t>(sealed_bytes);
    }
    return at == size ? Result<void>() : cut_to(file, at);
}

Result<std::string>
Upload::open_piece(std::int64_t number, std::string_view start, std::string_view sealed) const {
    vault::NonceStart nonce{};
    std::memcpy(nonce.data(), start.data(), nonce.size());
    return vault::ChunkSealer(key_, nonce, "upload.bytes")
        .open(static_cast<std::uint64_t>(number), last, sealed);
}

namespace {

std::string text_of(const UploadTerms& terms) {
    Json groups = Json::array();
    for (const FileGroup group : terms.groups) {
        groups.push(static_cast<int>(group));
    }
    Json json;
    json.set("begun", terms.begun.time_since_epoch().count())
        .set("bytes", terms.bytes)
        .set("groups", std::move(groups))
        .set("name", terms.name)
        .set("owner", terms.owner);
    return to_canonical(json);
}

Result<UploadTerms> read_text(std::string_view text) {
    TRY(const Json json, parse_canonical(text));
    UploadTerms terms;
    terms.owner = json["owner"].as_string();
    terms.name = json["name"].as_string();
    terms.bytes = json["bytes"].as_int();
    terms.begun = UtcMs(Millis(json["begun"].as_int()));
    for (const Json& group : json["groups"].as_array()) {
        terms.groups.push_back(static_cast<FileGroup>(group.as_int()));
    }
    return terms;
}

std::string length_text(std::size_t length) {
    std::string text;
    for (std::size_t byte = 0; byte < length_bytes; ++byte) {
        text += static_cast<char>(length >> (8 * byte));
    }
    return text;
}

std::size_t length_of(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t byte = length_bytes; byte-- > 0;) {
        length = length << 8U | static_cast<unsigned char>(text[byte]);
    }
    return length;
}

}  // namespace
}  // namespace zt::service::impl
