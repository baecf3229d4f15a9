#include "views/impl/signature.hpp"

#include <algorithm>

namespace zt::views::impl {
namespace {

constexpr std::int64_t million = 1'000'000;

/// FNV-1a, then mixed, so that the smallest hashes are a sample without regard to the text.
std::uint32_t hash_of_term(std::string_view term) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : term) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    }
    hash = (hash ^ (hash >> 33U)) * 0xff51afd7ed558ccdU;
    return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

Signature signature_of(std::span<const SearchTerm> terms) {
    Signature out;
    out.hashes.reserve(terms.size());
    for (const SearchTerm& term : terms) {
        if (term.is_word || term.is_pair) {
            out.hashes.push_back(hash_of_term(term.text));
        }
    }
    std::ranges::sort(out.hashes);
    const auto rest = std::ranges::unique(out.hashes);
    out.hashes.erase(rest.begin(), rest.end());
    out.terms = static_cast<std::int64_t>(out.hashes.size());
    out.hashes.resize(std::min(out.hashes.size(), signature_hashes_max));
    return out;
}

std::string bytes_of(const Signature& signature) {
    std::string out;
    out.reserve(signature.hashes.size() * 4);
    for (const std::uint32_t hash : signature.hashes) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            out.push_back(static_cast<char>((hash >> shift) & 0xFFU));
        }
    }
    return out;
}

Signature read_signature(std::int64_t terms, std::string_view bytes) {
    Signature out;
    out.terms = terms;
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t hash = 0;
        for (std::size_t byte = 0; byte < 4; ++byte) {
            hash |= std::uint32_t{static_cast<unsigned char>(bytes[at + byte])} << (8 * byte);
        }
        out.hashes.push_back(hash);
    }
    return out;
}

std::int64_t similarity_of(const Signature& one, const Signature& other) {
    std::int64_t seen = 0, shared = 0;
    auto left = one.hashes.begin(), right = other.hashes.begin();
    constexpr auto seen_max = static_cast<std::int64_t>(signature_hashes_max);
    while (seen < seen_max && (left != one.hashes.end() || right != other.hashes.end())) {
        ++seen;
        if (right == other.hashes.end() || (left != one.hashes.end() && *left < *right)) {
            ++left;
        } else if (left == one.hashes.end() || *right < *left) {
            ++right;
        } else {
            ++shared;
            ++left;
            ++right;
        }
    }
    return seen == 0 ? 0 : shared * million / seen;
}

std::int64_t shared_count(const Signature& one, const Signature& other, std::int64_t similarity) {
    // |A ∩ B| = J |A ∪ B| and |A ∪ B| = (|A| + |B|) ÷ (1 + J).
    return (similarity * (one.terms + other.terms) + (million + similarity) / 2) /
           (million + similarity);
}

}  // namespace zt::views::impl
