#pragma once
// SameTexts: which texts are nearly the same as one that came before. Texts that share one of their
// smallest hashes are compared, so the cost does not grow with the square of their number.

#include "views/impl/signature.hpp"

#include <unordered_map>

namespace zt::views::impl {

class SameTexts {
  public:
    /// in: shares of terms in both ÷ in either, in millionths, from where on two texts are the
    /// same.
    explicit SameTexts(std::int64_t likeness_min) : likeness_min_(likeness_min) {}

    /// out: the group that the text falls into, counted from 0: a new one when it is like none of
    /// the first texts of the groups before.
    std::size_t add(Signature signature);
    [[nodiscard]] std::size_t groups() const { return firsts_.size(); }

  private:
    const std::int64_t likeness_min_;
    std::vector<Signature> firsts_;
    std::vector<std::uint8_t> shared_;  ///< hashes with the text in hand; else 0
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_hash_;
};

}  // namespace zt::views::impl
