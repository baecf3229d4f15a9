#pragma once
// Signature: the smallest hashes of a text's pairs and words, by which two texts are compared
// without either being kept. For texts of up to `signature_hashes_max` different terms the
// comparison is exact but for hashes that fall together; for longer ones it is a fair sample, off
// by about ± 0.06.
//
// source: bottom-k sketches, Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007.

#include "views/search_text.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::views::impl {

inline constexpr std::size_t signature_hashes_max = 64;

struct Signature {
    std::int64_t terms = 0;             ///< different pairs and words
    std::vector<std::uint32_t> hashes;  ///< the smallest, in order
    bool operator==(const Signature&) const = default;
};

[[nodiscard]] Signature signature_of(std::span<const SearchTerm> terms);
/// Four bytes a hash, little end first.
[[nodiscard]] std::string bytes_of(const Signature& signature);
[[nodiscard]] Signature read_signature(std::int64_t terms, std::string_view bytes);

/// Terms in both ÷ terms in either, in millionths.
[[nodiscard]] std::int64_t similarity_of(const Signature& one, const Signature& other);
/// About how many terms are in both, for that similarity.
[[nodiscard]] std::int64_t
shared_count(const Signature& one, const Signature& other, std::int64_t similarity);

}  // namespace zt::views::impl
