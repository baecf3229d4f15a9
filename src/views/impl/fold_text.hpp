#pragma once
// Folding: characters as searching compares them, each with the bytes it came from.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::views::impl {

enum class CharacterKind : std::uint8_t {
    other,      ///< parts terms
    word,       ///< letters and digits of scripts written with spaces
    ideograph,  ///< of scripts written without
};

struct FoldedCharacter {
    char32_t character = 0;
    CharacterKind kind = CharacterKind::other;
    std::uint32_t begin = 0, end = 0;  ///< bytes of the text
};

/// NFKC with case folding. A character that folds into several gives several with the same bytes;
/// invisible ones give none; broken bytes give one of kind other.
[[nodiscard]] std::vector<FoldedCharacter> fold_text(std::string_view text);
/// Appends it as UTF-8.
void append_character(std::string& out, char32_t character);

}  // namespace zt::views::impl
