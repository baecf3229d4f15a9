#pragma once
// Sums of rows that no chain covers (keys, claims, numbers, sealing keys, settings, definitions,
// the head): four bytes in the row itself, so that a bit that changed on the disk is never taken
// for truth. They find damage, not forgery.

#include "store/store.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace zt::store::sqlite {

using Sum = std::array<std::uint8_t, 4>;

/// CRC-32C over the columns, each with its length, in the order in which they are added.
class RowSum {
  public:
    RowSum& integer(std::int64_t value);
    RowSum& text(std::string_view value);
    RowSum& bytes(std::span<const std::uint8_t> value);
    [[nodiscard]] Sum value() const;

  private:
    void add(std::uint8_t byte);
    std::uint32_t state_ = 0xFFFF'FFFFU;
};

[[nodiscard]] Sum sum_of(const KeyRow& row);
[[nodiscard]] Sum sum_of(const ClaimRow& row);
[[nodiscard]] Sum sum_of(const SequenceRow& row);
[[nodiscard]] Sum sum_of(const SealKeyRow& row);
[[nodiscard]] Sum sum_of(const DefinitionRow& row);
[[nodiscard]] Sum sum_of_head(HashAlgorithm algorithm, MatterId last_matter);
[[nodiscard]] Sum sum_of_setting(std::string_view name, std::string_view value);

}  // namespace zt::store::sqlite
