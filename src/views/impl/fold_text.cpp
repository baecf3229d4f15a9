#include "views/impl/fold_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace zt::views::impl {
namespace {

/// A character as it stands in the text; negative when its bytes are none.
struct Read {
    UChar32 character = -1;
    std::int32_t begin = 0, end = 0;
};

constexpr bool is_plain(UChar32 character) {
    // Neither changed by folding (but for the case of letters) nor joined with what stands before.
    return (character >= 0 && character < 0x80) || (character >= 0x4E00 && character < 0x9FA6);
}

/// Pieces are short: nobody stacks more marks than this on a letter but to do harm.
constexpr std::int32_t piece_bytes_max = 256;

CharacterKind kind_of(UChar32 character);
Read read_at(const std::uint8_t* bytes, std::int32_t at, std::int32_t size);
/// The characters from `begin` on that fold together, and where they end.
std::int32_t
end_of_piece(const icu::Normalizer2& folding, std::string_view text, const Read& first);

}  // namespace

std::vector<FoldedCharacter> fold_text(std::string_view text) {
    std::vector<FoldedCharacter> out;
    UErrorCode problem = U_ZERO_ERROR;
    const auto* const folding = icu::Normalizer2::getNFKCCasefoldInstance(problem);
    if (U_FAILURE(problem) != 0 || folding == nullptr) {
        return out;  // ICU without its tables: nothing is found, nothing breaks
    }
    out.reserve(text.size() / 2);
    const auto size = static_cast<std::int32_t>(text.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::int32_t at = 0; at < size;) {
        const Read first = read_at(bytes, at, size);
        at = first.end;
        const auto add = [&](UChar32 character) {
            out.push_back(
                {static_cast<char32_t>(character),
                 kind_of(character),
                 static_cast<std::uint32_t>(first.begin),
                 static_cast<std::uint32_t>(at)}
            );
        };
        if (first.character < 0) {
            add(0xFFFD);
            continue;
        }
        if (is_plain(first.character) &&
            (at == size || is_plain(read_at(bytes, at, size).character))) {
            add(first.character >= 'A' && first.character <= 'Z' ? first.character + 32
                                                                 : first.character);
            continue;
        }
        at = end_of_piece(*folding, text, first);
        const icu::UnicodeString piece = icu::UnicodeString::fromUTF8(
            icu::StringPiece(text.data() + first.begin, static_cast<std::int32_t>(at - first.begin))
        );
        const icu::UnicodeString folded = folding->normalize(piece, problem);
        for (std::int32_t index = 0; index < folded.length();
             index = folded.moveIndex32(index, 1)) {
            add(folded.char32At(index));
        }
        problem = U_ZERO_ERROR;
    }
    return out;
}

void append_character(std::string& out, char32_t character) {
    char bytes[U8_MAX_LENGTH] = {};
    std::int32_t count = 0;
    U8_APPEND_UNSAFE(bytes, count, static_cast<UChar32>(character));
    out.append(bytes, static_cast<std::size_t>(count));
}

namespace {

CharacterKind kind_of(UChar32 character) {
    if (character < 0x80) {
        return u_isalnum(character) != 0 ? CharacterKind::word : CharacterKind::other;
    }
    if (u_hasBinaryProperty(character, UCHAR_IDEOGRAPHIC) != 0) {
        return CharacterKind::ideograph;
    }
    const std::int32_t category = u_charType(character);
    if ((U_MASK(category) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) == 0) {
        return CharacterKind::other;
    }
    UErrorCode problem = U_ZERO_ERROR;
    switch (uscript_getScript(character, &problem)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO: return CharacterKind::ideograph;
    default: return CharacterKind::word;
    }
}

Read read_at(const std::uint8_t* bytes, std::int32_t at, std::int32_t size) {
    Read out;
    out.begin = at;
    U8_NEXT(bytes, at, size, out.character);
    out.end = at;
    return out;
}

std::int32_t
end_of_piece(const icu::Normalizer2& folding, std::string_view text, const Read& first) {
    const auto size = static_cast<std::int32_t>(text.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::int32_t at = first.end;
    while (at < size && at - first.begin < piece_bytes_max) {
        const Read next = read_at(bytes, at, size);
        if (next.character < 0 || folding.hasBoundaryBefore(next.character) != 0) {
            break;
        }
        at = next.end;
    }
    return at;
}

}  // namespace
}  // namespace zt::views::impl
