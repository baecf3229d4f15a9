#include "store/sqlite/mark.hpp"

#include "store/sqlite/row_sum.hpp"

#include <algorithm>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace zt::store::sqlite {
namespace {

constexpr std::string_view magic = "ZTMARK1\n";
constexpr std::size_t mark_bytes = magic.size() + 2 * (8 + sizeof(Hash)) + sizeof(Sum);

void put_integer(std::string& bytes, std::int64_t value);
void put_bytes(std::string& bytes, std::span<const std::uint8_t> value);
std::int64_t take_integer(std::string_view& bytes);
Hash take_hash(std::string_view& bytes);
std::string bytes_of(const Mark& mark);

}  // namespace

std::string mark_file(const std::string& ledger) { return ledger + "-mark"; }

std::optional<Mark> read_mark(const std::string& ledger) {
    const std::string path = mark_file(ledger);
    if (!impl::exists(path)) {
        return std::nullopt;
    }
    const auto bytes = impl::read_start(path, mark_bytes);
    if (!bytes || bytes->size() != mark_bytes || !bytes->starts_with(magic)) {
        return std::nullopt;
    }
    std::string_view rest = std::string_view(*bytes).substr(magic.size());
    Mark mark;
    mark.seq = take_integer(rest);
    mark.hash = take_hash(rest);
    mark.audit_seq = take_integer(rest);
    mark.audit_hash = take_hash(rest);
    return bytes_of(mark) == *bytes ? std::optional(mark) : std::nullopt;
}

Result<void>
check_mark(const std::optional<Mark>& mark, const Head& head, const std::string& ledger) {
    if (!mark) {
        return {};
    }
    const bool is_short = head.seq < mark->seq || head.audit_seq < mark->audit_seq;
    const bool differs = (head.seq == mark->seq && head.hash != mark->hash) ||
                         (head.audit_seq == mark->audit_seq && head.audit_hash != mark->audit_hash);
    if (!is_short && !differs) {
        return {};
    }
    return fail(
        Errc::damaged,
        "events up to " + std::to_string(mark->seq) +
            " were acknowledged, the ledger ends at event " + std::to_string(head.seq) +
            (differs ? " with another hash" : "") +
            ": its log was lost or damaged, or an older ledger was put here; restore it from a "
            "backup, or remove " +
            mark_file(ledger) + " to go on with what is there",
        ledger
    );
}

void MarkWriter::put(const Head& head) {
    if (!file_) {
        if (was_tried_) {
            return;
        }
        was_tried_ = true;
        auto opened = impl::open_file(mark_file(ledger_), O_RDWR | O_CREAT);
        if (!opened) {
            return;
        }
        file_ = *std::move(opened);
    }
    const std::string bytes = bytes_of({head.seq, head.hash, head.audit_seq, head.audit_hash});
    ignore(::pwrite(file_->get(), bytes.data(), bytes.size(), 0), "a mark that lags is no harm");
}

namespace {

void put_integer(std::string& bytes, std::int64_t value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (int byte = 0; byte < 8; ++byte) {
        bytes += static_cast<char>(rest & 0xFFU);
        rest >>= 8U;
    }
}

void put_bytes(std::string& bytes, std::span<const std::uint8_t> value) {
    bytes.append(reinterpret_cast<const char*>(value.data()), value.size());
}

std::int64_t take_integer(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (unsigned byte = 0; byte < 8; ++byte) {
        value |= std::uint64_t{static_cast<std::uint8_t>(bytes[byte])} << (8 * byte);
    }
    bytes.remove_prefix(8);
    return static_cast<std::int64_t>(value);
}

Hash take_hash(std::string_view& bytes) {
    Hash hash{};
    std::ranges::transform(bytes.substr(0, hash.size()), hash.begin(), [](char byte) {
        return static_cast<std::uint8_t>(byte);
    });
    bytes.remove_prefix(hash.size());
    return hash;
}

std::string bytes_of(const Mark& mark) {
    std::string bytes(magic);
    put_integer(bytes, mark.seq);
    put_bytes(bytes, mark.hash);
    put_integer(bytes, mark.audit_seq);
    put_bytes(bytes, mark.audit_hash);
    put_bytes(bytes, RowSum().text(bytes).value());
    return bytes;
}

}  // namespace
}  // namespace zt::store::sqlite
