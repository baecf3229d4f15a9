#include "base/text.hpp"
#include "service/attachment.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace zt::service {
namespace {

/// First and last of code points that have no place in a name: controls, marks without width, marks
/// that turn the direction (`exe.gpj` shown as `jpg.exe`), tags, private ones.
struct Range {
    char32_t first, last;
};
constexpr std::array<Range, 14> refused_ranges = {{
    {0x00, 0x1F},
    {0x7F, 0x9F},
    {0xAD, 0xAD},
    {0x061C, 0x061C},
    {0x115F, 0x1160},
    {0x180E, 0x180E},
    {0x200B, 0x200F},
    {0x2028, 0x202E},
    {0x2060, 0x206F},
    {0xE000, 0xF8FF},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
    {0xFFF0, 0xFFFF},
    {0xE0000, 0x10FFFF},
}};
constexpr std::string_view refused_letters = "\"<>:|?*%;\\/";  // by some system or header

/// A code point and the bytes it takes; text is valid UTF-8.
struct Letter {
    char32_t code = 0;
    std::string_view bytes;
};
Letter first_letter(std::string_view text);
bool is_refused(char32_t code);
std::string_view last_part(std::string_view claimed);
/// As RFC 8187 writes it: all but letters, digits and some marks by their bytes.
std::string percent_encoded(std::string_view text);
std::string ascii_name(const FileFacts& facts, const FileType* type);
bool is_ascii_letter_or_digit(char letter);

}  // namespace

std::string safe_file_name(std::string_view claimed, const FileType& type) {
    std::string name;
    std::string_view rest = is_utf8(claimed) ? last_part(claimed) : std::string_view();
    while (!rest.empty()) {
        const Letter letter = first_letter(rest);
        rest.remove_prefix(letter.bytes.size());
        if (!is_refused(letter.code)) {
            name += letter.bytes;
        }
    }
    // No hidden file, no `..`, nothing that Windows cuts off at the end.
    const std::size_t begin = std::min(name.find_first_not_of(". "), name.size());
    name.erase(0, begin);
    name.erase(name.find_last_not_of(". ") + 1);
    const std::vector<std::string> known = split(type.extensions, ' ');
    const std::size_t dot = name.rfind('.');
    std::string extension = known.front();
    if (dot != std::string::npos) {
        std::string claimed_extension = name.substr(dot + 1);
        std::ranges::transform(claimed_extension, claimed_extension.begin(), [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        });
        if (std::ranges::find(known, claimed_extension) != known.end()) {
            extension = claimed_extension;
            name.erase(dot);
        }
    }
    name = first_characters(name, file_name_characters_max);
    return (name.empty() ? "file" : name) + "." + extension;
}

Serving serving_of(const FileFacts& facts) {
    const FileType* type = find_file_type(facts.type);
    Serving serving;
    serving.content_type = type == nullptr ? "application/octet-stream" : facts.type;
    const std::string name =
        type == nullptr ? std::string("file.bin") : safe_file_name(facts.name, *type);
    serving.disposition = "attachment; filename=\"" + ascii_name(facts, type) +
                          "\"; filename*=UTF-8''" + percent_encoded(name);
    serving.content_type_options = "nosniff";
    serving.content_security_policy = "default-src 'none'; frame-ancestors 'none'; sandbox";
    serving.cross_origin_policy = "same-origin";
    serving.cache_control = "private, no-store";
    return serving;
}

namespace {

Letter first_letter(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    constexpr std::array<unsigned, 5> lead_bits = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t code = lead & lead_bits[size];
    for (std::size_t index = 1; index < size; ++index) {
        code = code << 6U | (static_cast<unsigned char>(text[index]) & 0x3FU);
    }
    return {code, text.substr(0, size)};
}

bool is_refused(char32_t code) {
    if (code < 0x80 && refused_letters.find(static_cast<char>(code)) != std::string_view::npos) {
        return true;
    }
    return std::ranges::any_of(refused_ranges, [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

std::string_view last_part(std::string_view claimed) {
    const std::size_t slash = claimed.find_last_of("/\\");
    return slash == std::string_view::npos ? claimed : claimed.substr(slash + 1);
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain_marks = "-._~";
    std::string out;
    for (const char letter : text) {
        if (is_ascii_letter_or_digit(letter) ||
            plain_marks.find(letter) != std::string_view::npos) {
            out += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    return out;
}

std::string ascii_name(const FileFacts& facts, const FileType* type) {
    if (type == nullptr) {
        return "file.bin";
    }
    const std::string name = safe_file_name(facts.name, *type);
    const bool is_plain = std::ranges::all_of(name, [](char letter) {
        return is_ascii_letter_or_digit(letter) ||
               std::string_view("-._ ()+=,").find(letter) != std::string_view::npos;
    });
    // Of a Chinese name nothing would be left but marks; old programmes get a plain word.
    return is_plain ? name : "file" + name.substr(name.rfind('.'));
}

bool is_ascii_letter_or_digit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

}  // namespace
}  // namespace zt::service
