#include "service/watermark.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace zt::service {

namespace {

// A character of the mark is about 14 pixels wide, a Latin one half of it; a text is followed by as
// much room as three characters, and never repeated closer than this.
constexpr std::int32_t character_pixels = 14;
constexpr std::int32_t gap_characters = 3;
constexpr std::int32_t step_x_min = 240;
constexpr std::int32_t step_y_pixels = 120;
constexpr std::size_t short_characters = 8;

}  // namespace

Watermark watermark_for(const Viewer& viewer, UtcMs now, OfficeOffset offset) {
    const UtcMs minute = std::chrono::floor<std::chrono::minutes>(now);
    Watermark mark;
    mark.text = viewer.person + " · " + viewer.org + " " + viewer.post + " · " +
                to_office_string(minute, offset);
    mark.short_mark = to_hex(hash_of(HashAlgorithm::sha256, mark.text)).substr(0, short_characters);
    const auto characters =
        static_cast<std::int32_t>(std::min<std::size_t>(count_characters(mark.text), 200));
    mark.step_x = std::max(step_x_min, (characters + gap_characters) * character_pixels);
    mark.step_y = step_y_pixels;
    return mark;
}

std::string export_line(const Watermark& mark, std::int64_t seq) {
    return mark.text + " · #" + std::to_string(seq) + " · " + mark.short_mark;
}

}  // namespace zt::service
