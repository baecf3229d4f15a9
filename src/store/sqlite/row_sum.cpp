#include "store/sqlite/row_sum.hpp"

namespace zt::store::sqlite {
namespace {

constexpr std::uint32_t castagnoli = 0x82F6'3B78U;  // reversed polynomial of CRC-32C, RFC 3720

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value >> 1U) ^ ((value & 1U) != 0 ? castagnoli : 0U);
        }
        table.at(byte) = value;
    }
    return table;
}
constexpr std::array<std::uint32_t, 256> table = make_table();

}  // namespace

RowSum& RowSum::integer(std::int64_t value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (int byte = 0; byte < 8; ++byte) {
        add(static_cast<std::uint8_t>(rest & 0xFFU));
        rest >>= 8U;
    }
    return *this;
}

RowSum& RowSum::text(std::string_view value) {
    integer(static_cast<std::int64_t>(value.size()));
    for (const char byte : value) {
        add(static_cast<std::uint8_t>(byte));
    }
    return *this;
}

RowSum& RowSum::bytes(std::span<const std::uint8_t> value) {
    integer(static_cast<std::int64_t>(value.size()));
    for (const std::uint8_t byte : value) {
        add(byte);
    }
    return *this;
}

Sum RowSum::value() const {
    const std::uint32_t sum = ~state_;
    return {
        static_cast<std::uint8_t>(sum >> 24U),
        static_cast<std::uint8_t>(sum >> 16U),
        static_cast<std::uint8_t>(sum >> 8U),
        static_cast<std::uint8_t>(sum)
    };
}

void RowSum::add(std::uint8_t byte) { state_ = (state_ >> 8U) ^ table[(state_ ^ byte) & 0xFFU]; }

Sum sum_of(const KeyRow& row) {
    return RowSum()
        .bytes(row.key)
        .bytes(row.body)
        .integer(row.first_seq)
        .integer(row.last_seq)
        .value();
}

Sum sum_of(const ClaimRow& row) {
    return RowSum().bytes(row.hash).integer(row.matter.value).value();
}

Sum sum_of(const SequenceRow& row) { return RowSum().text(row.name).integer(row.value).value(); }

Sum sum_of(const SealKeyRow& row) {
    return RowSum().integer(row.matter.value).text(row.wrapped).value();
}

Sum sum_of(const DefinitionRow& row) {
    return RowSum().text(row.type).text(row.name).integer(row.version).text(row.text).value();
}

Sum sum_of_head(HashAlgorithm algorithm, MatterId last_matter) {
    return RowSum()
        .integer(static_cast<std::int64_t>(algorithm))
        .integer(last_matter.value)
        .value();
}

Sum sum_of_setting(std::string_view name, std::string_view value) {
    return RowSum().text(name).text(value).value();
}

}  // namespace zt::store::sqlite
