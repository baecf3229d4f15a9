#include "service/impl/sealed_file.hpp"

#include "base/check.hpp"
#include "base/json.hpp"

#include <algorithm>
#include <cstring>
#include <fcntl.h>

namespace zt::service::impl {
namespace {

constexpr std::string_view heading = "ZTFILE1\n";
constexpr std::size_t head_bytes =
    heading.size() + sizeof(vault::KeyTag) + sizeof(vault::NonceStart);
/// A name of 80 code points, the longest type and two hashes fit twice.
constexpr std::size_t facts_bytes = 1'024;
constexpr std::int64_t chunk_bytes = 65'536;
constexpr std::int64_t block_bytes = 4'096;
constexpr std::int64_t overhead = vault::chunk_overhead_bytes;
constexpr std::int64_t chunks_at = static_cast<std::int64_t>(head_bytes + facts_bytes) + overhead;

/// Bytes with what fills them up.
std::int64_t filled(std::int64_t bytes) {
    return std::max<std::int64_t>(1, (bytes + block_bytes - 1) / block_bytes) * block_bytes;
}
std::int64_t count_chunks(std::int64_t bytes) {
    return (filled(bytes) + chunk_bytes - 1) / chunk_bytes;
}
std::int64_t size_of_chunk(std::int64_t bytes, std::int64_t index) {
    return std::min(chunk_bytes, filled(bytes) - index * chunk_bytes);
}
vault::ChunkPlace place_of(std::int64_t bytes, std::int64_t index) {
    return index + 1 == count_chunks(bytes) ? vault::ChunkPlace::last
                                            : vault::ChunkPlace::before_last;
}
std::string text_of(const FileContents& contents);

}  // namespace

std::string seal_file(
    const vault::MatterKey& key, const FileContents& contents, const vault::NonceStart& start
) {
    const vault::ChunkSealer sealer(key, start, "file");
    const auto bytes = static_cast<std::int64_t>(contents.bytes.size());
    CHECK(bytes == contents.facts.bytes);
    std::string facts = text_of(contents);
    CHECK(facts.size() <= facts_bytes);
    facts.resize(facts_bytes, ' ');
    std::string out(heading);
    out.append(reinterpret_cast<const char*>(key.tag().data()), key.tag().size());
    out.append(reinterpret_cast<const char*>(start.data()), start.size());
    out += sealer.seal(0, vault::ChunkPlace::before_last, facts);
    for (std::int64_t index = 0; index < count_chunks(bytes); ++index) {
        std::string chunk(contents.bytes.substr(
            static_cast<std::size_t>(std::min(bytes, index * chunk_bytes)), chunk_bytes
        ));
        chunk.resize(static_cast<std::size_t>(size_of_chunk(bytes, index)), '\0');
        out += sealer.seal(static_cast<std::uint64_t>(index) + 1, place_of(bytes, index), chunk);
    }
    return out;
}

Result<std::unique_ptr<SealedFile>>
SealedFile::open(const std::string& path, const vault::MatterKey& key) {
    TRY(OpenFile file, open_path(path, O_RDONLY));
    TRY(const std::string head, read_at(file, 0, head_bytes));
    if (!head.starts_with(heading)) {
        return fail(Errc::damaged, "it does not begin as a sealed file does");
    }
    if (std::memcmp(head.data() + heading.size(), key.tag().data(), key.tag().size()) != 0) {
        return fail(Errc::key_wrong, "it was sealed under another key");
    }
    vault::NonceStart start{};
    std::memcpy(start.data(), head.data() + head_bytes - start.size(), start.size());
    vault::ChunkSealer sealer(key, start, "file");
    auto opened = std::unique_ptr<SealedFile>(new SealedFile(std::move(file), std::move(sealer)));
    TRY_VOID(opened->read_facts());
    return opened;
}

Result<void> SealedFile::read_facts() {
    TRY(const std::string sealed, read_at(file_, head_bytes, facts_bytes + overhead));
    TRY(std::string text, sealer_.open(0, vault::ChunkPlace::before_last, sealed));
    text.erase(text.find_last_not_of(' ') + 1);
    TRY(const Json facts, parse_canonical(text));
    facts_.name = facts["name"].as_string();
    facts_.type = facts["type"].as_string();
    facts_.bytes = facts["bytes"].as_int();
    facts_.width = static_cast<int>(facts["width"].as_int());
    facts_.height = static_cast<int>(facts["height"].as_int());
    facts_.may_carry_metadata = facts["may_carry_metadata"].as_bool();
    facts_.extension_differs = facts["extension_differs"].as_bool();
    thumbnail_ = facts["thumbnail"].as_string();
    TRY(const std::int64_t size, size_of(file_));
    if (size != chunks_at + filled(facts_.bytes) + count_chunks(facts_.bytes) * overhead) {
        return fail(Errc::damaged, "the file is not as long as it says");
    }
    return {};
}

Result<std::string> SealedFile::read(std::int64_t offset, std::int64_t size) const {
    CHECK(offset >= 0 && size >= 0);
    std::string out;
    const std::int64_t end =
        offset + std::min(size, std::max<std::int64_t>(0, facts_.bytes - offset));
    while (offset < end) {
        const std::int64_t index = offset / chunk_bytes;
        TRY(const std::string chunk, read_chunk(index));
        const std::int64_t from = offset - index * chunk_bytes;
        const std::int64_t count = std::min(end - offset, chunk_bytes - from);
        out += chunk.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
        offset += count;
    }
    return out;
}

Result<std::string> SealedFile::read_chunk(std::int64_t index) const {
    const std::int64_t size = size_of_chunk(facts_.bytes, index) + overhead;
    TRY(const std::string sealed,
        read_at(file_, chunks_at + index * (chunk_bytes + overhead), static_cast<std::size_t>(size))
    );
    return sealer_.open(
        static_cast<std::uint64_t>(index) + 1, place_of(facts_.bytes, index), sealed
    );
}

namespace {

std::string text_of(const FileContents& contents) {
    const FileFacts& facts = contents.facts;
    Json json;
    json.set("bytes", facts.bytes)
        .set("extension_differs", facts.extension_differs)
        .set("height", facts.height)
        .set("may_carry_metadata", facts.may_carry_metadata)
        .set("name", facts.name)
        .set("thumbnail", contents.thumbnail)
        .set("type", facts.type)
        .set("width", facts.width);
    return to_canonical(json);
}

}  // namespace
}  // namespace zt::service::impl
