#include "base/text.hpp"

#include "base/check.hpp"
#include "base/impl/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace zt {
namespace {

constexpr std::array<std::string_view, 8> white_space = {
    " ",
    "\t",
    "\n",
    "\v",
    "\f",
    "\r",
    "\xE3\x80\x80" /* U+3000 */,
    "\xC2\xA0" /* U+00A0 */,
};

/// Beyond this a word is not a slip of the hand, and the table of distances would grow with the
/// square.
constexpr std::size_t nearest_characters_max = 64;
constexpr std::size_t nearest_distance_max = 2;
constexpr std::size_t shown_characters_max = 64;  // of a bad text in a message
constexpr int ratio_places_max = 9;

std::vector<std::string_view> characters_of(std::string_view text);
std::size_t edit_distance(
    const std::vector<std::string_view>& left, const std::vector<std::string_view>& right
);

}  // namespace

bool is_utf8(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        while (end - at >= 8 && (impl::load_8(at) & 0x8080808080808080U) == 0) {
            at += 8;
        }
        if (at == end) {
            break;
        }
        const std::size_t length = impl::sequence_length(at, end);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) {
        return !impl::is_continuation(static_cast<unsigned char>(byte));
    }));
}

std::string first_characters(std::string_view text, std::size_t count) {
    std::size_t index = 0;
    for (std::size_t taken = 0; index < text.size(); ++index) {
        if (!impl::is_continuation(static_cast<unsigned char>(text[index])) && taken++ == count) {
            break;
        }
    }
    return std::string(text.substr(0, index));
}

std::string_view trim(std::string_view text) {
    const auto starts = [&text](std::string_view space) { return text.starts_with(space); };
    const auto ends = [&text](std::string_view space) { return text.ends_with(space); };
    for (auto found = std::ranges::find_if(white_space, starts); found != white_space.end();
         found = std::ranges::find_if(white_space, starts)) {
        text.remove_prefix(found->size());
    }
    for (auto found = std::ranges::find_if(white_space, ends); found != white_space.end();
         found = std::ranges::find_if(white_space, ends)) {
        text.remove_suffix(found->size());
    }
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t found = text.find(separator);
        parts.emplace_back(text.substr(0, found));
        if (found == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(found + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (index > 0) {
            out += separator;
        }
        out += parts[index];
    }
    return out;
}

Result<std::int64_t> parse_int(std::string_view text) {
    std::int64_t value = 0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [stop, problem] = std::from_chars(begin, end, value);
    if (problem == std::errc{} && stop == end) {
        return value;
    }
    const std::string shown = '"' + first_characters(text, shown_characters_max) + '"';
    if (problem == std::errc::result_out_of_range) {
        return fail(Errc::bad_number, shown + " is beyond 64 bits");
    }
    return fail(Errc::bad_number, shown + " is not a whole number; write digits such as 42");
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    const std::vector<std::string_view> wanted = characters_of(word);
    if (wanted.size() > nearest_characters_max) {
        return {};
    }
    std::vector<std::pair<std::size_t, std::size_t>> close;  // distance, then index
    for (std::size_t index = 0; index < candidates.size(); ++index) {
        const std::vector<std::string_view> offered = characters_of(candidates[index]);
        if (offered.size() > wanted.size() + nearest_distance_max) {
            continue;
        }
        const std::size_t distance = edit_distance(wanted, offered);
        // A word with every character replaced is another word, however short.
        if (distance <= nearest_distance_max &&
            distance < std::max(wanted.size(), offered.size())) {
            close.emplace_back(distance, index);
        }
    }
    std::ranges::sort(close);
    std::string out;
    for (std::size_t index = 0; index < close.size() && index < 2; ++index) {
        out += index == 0 ? "" : " or ";
        out += candidates[close[index].second];
    }
    return out;
}

std::string ratio_text(std::int64_t numerator, std::int64_t denominator, int places) {
    CHECK(numerator >= 0 && denominator > 0 && places >= 0 && places <= ratio_places_max);
    __extension__ using Wide = unsigned __int128;  // numerator × 2 × 10^9 needs 94 bits
    Wide scale = 1;
    for (int place = 0; place < places; ++place) {
        scale *= 10;
    }
    const Wide below = static_cast<Wide>(denominator);
    Wide rounded = (static_cast<Wide>(numerator) * scale * 2 + below) / (below * 2);
    std::string digits;
    for (int place = 0; rounded > 0 || place <= places; ++place) {
        if (place == places && places > 0) {
            digits += '.';
        }
        digits += static_cast<char>('0' + static_cast<int>(rounded % 10));
        rounded /= 10;
    }
    std::ranges::reverse(digits);
    return digits;
}

namespace {

std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(
            impl::sequence_length(text.data(), text.data() + text.size()),
            1  // a bad byte counts as a character
        );
        characters.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return characters;
}

/// Insertions, deletions, replacements; one row of the table at a time.
std::size_t edit_distance(
    const std::vector<std::string_view>& left, const std::vector<std::string_view>& right
) {
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t column = 0; column < row.size(); ++column) {
        row[column] = column;
    }
    for (std::size_t line = 1; line <= left.size(); ++line) {
        std::size_t diagonal = std::exchange(row[0], line);
        for (std::size_t column = 1; column < row.size(); ++column) {
            const std::size_t replaced = diagonal + (left[line - 1] == right[column - 1] ? 0U : 1U);
            diagonal = row[column];
            row[column] = std::min({replaced, row[column] + 1, row[column - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace
}  // namespace zt
