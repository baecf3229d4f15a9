#include "views/impl/initials.hpp"

#include "views/impl/fold_text.hpp"

#include <unicode/translit.h>

namespace zt::views::impl {

struct Initials::Reading {
    std::unique_ptr<icu::Transliterator> latin;
};

Initials::Initials() = default;
Initials::Initials(Initials&&) noexcept = default;
Initials& Initials::operator=(Initials&&) noexcept = default;
Initials::~Initials() = default;

std::vector<std::string> Initials::terms_of(std::string_view text) {
    std::vector<std::string> out;
    char before = 0;
    const auto end_run = [&] {
        if (before != 0) {
            out.emplace_back(1, before);
        }
        before = 0;
    };
    for (const FoldedCharacter& one : fold_text(text)) {
        const char letter = one.kind == CharacterKind::ideograph ? of(one.character) : char{0};
        if (letter == 0) {
            end_run();
            continue;
        }
        if (before != 0) {
            out.push_back({before, letter});
        }
        before = letter;
    }
    end_run();
    return out;
}

char Initials::of(char32_t character) {
    const auto [place, is_new] = known_.try_emplace(character, char{0});
    if (!is_new) {
        return place->second;
    }
    if (!reading_) {
        UErrorCode problem = U_ZERO_ERROR;
        reading_ = std::make_unique<Reading>();
        reading_->latin.reset(
            icu::Transliterator::createInstance("Han-Latin; Latin-ASCII", UTRANS_FORWARD, problem)
        );
    }
    if (reading_->latin) {
        icu::UnicodeString text(static_cast<UChar32>(character));
        reading_->latin->transliterate(text);
        const char16_t letter = text.isEmpty() ? u' ' : text.charAt(0);
        if (letter >= u'a' && letter <= u'z') {
            place->second = static_cast<char>(letter);
        }
    }
    return place->second;
}

}  // namespace zt::views::impl
