#include "app/import/encoding.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <vector>

namespace zt::app {

namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Whole characters, but for one that the end of the part may have cut.
bool is_utf8_but_for_the_end(std::string_view text) {
    for (std::size_t cut = 0; cut < 4 && cut <= text.size(); ++cut) {
        if (is_utf8(text.substr(0, text.size() - cut))) {
            return true;
        }
    }
    return false;
}

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

}  // namespace

struct Decoder::Converter {
    UConverter* gb18030 = nullptr;
    std::vector<UChar> wide;

    Converter() {
        UErrorCode status = U_ZERO_ERROR;
        gb18030 = ::ucnv_open("gb18030", &status);
        CHECK(U_SUCCESS(status));  // part of every ICU
        ::ucnv_setToUCallBack(gb18030, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
        CHECK(U_SUCCESS(status));
    }
    ~Converter() { ::ucnv_close(gb18030); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// Empty when the bytes are not GB18030.
    std::optional<std::string> convert(std::string_view bytes) {
        wide.resize(bytes.size() * 2 + 1);  // no character takes more UTF-16 units than bytes
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t count = ::ucnv_toUChars(
            gb18030,
            wide.data(),
            static_cast<std::int32_t>(wide.size()),
            bytes.data(),
            static_cast<std::int32_t>(bytes.size()),
            &status
        );
        if (U_FAILURE(status)) {
            return std::nullopt;
        }
        std::string text;
        icu::UnicodeString(false, wide.data(), count).toUTF8String(text);
        // A code point of private use stands for a GB18030 code that no character has.
        return text;
    }
};

Decoder::Decoder() = default;
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

Result<std::string> Decoder::decode(std::string bytes) {
    if (is_utf8(bytes)) {
        return bytes;
    }
    if (encoding_ != Encoding::gb18030) {
        return fail(Errc::bad_encoding, "the row is not valid UTF-8, as the rest of the file is");
    }
    if (!converter_) {
        converter_ = std::make_unique<Converter>();
    }
    auto text = converter_->convert(bytes);
    if (!text) {
        return fail(
            Errc::bad_encoding, "the row is neither GB18030, as the rest of the file is, nor UTF-8"
        );
    }
    return *std::move(text);
}

Encoding detect_encoding(std::string_view part) {
    Decoder gb18030;
    gb18030.set_encoding(Encoding::gb18030);
    std::size_t utf8_lines = 0, gb18030_lines = 0;
    const std::size_t last_break = part.rfind('\n');
    if (last_break == std::string_view::npos && !is_ascii(part) && is_utf8_but_for_the_end(part)) {
        return Encoding::utf8;
    }
    part = last_break == std::string_view::npos ? part : part.substr(0, last_break);
    for (const std::string& line : split(part, '\n')) {
        if (is_ascii(line)) {
            continue;
        }
        if (is_utf8(line)) {
            ++utf8_lines;
        } else if (gb18030.decode(line)) {
            ++gb18030_lines;
        }
    }
    if (utf8_lines + gb18030_lines == 0) {
        return is_ascii(part) ? Encoding::undecided : Encoding::utf8;
    }
    return utf8_lines >= gb18030_lines ? Encoding::utf8 : Encoding::gb18030;
}

std::string readable(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        std::size_t length = 0;
        for (std::size_t count = 1; count <= 4 && count <= bytes.size() && length == 0; ++count) {
            length = is_utf8(bytes.substr(0, count)) ? count : 0;
        }
        text += length == 0 ? replacement : bytes.substr(0, length);
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

}  // namespace zt::app
