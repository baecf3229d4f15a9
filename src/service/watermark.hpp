#pragma once
// Watermark: every page and export says who looks at it, in which post, in which minute, so that a
// photograph of a screen leads back to whoever let it out. A pure function; page and export draw
// what it says.

#include "base/time.hpp"

#include <cstdint>
#include <string>

namespace zt::service {

/// Who looks. Names as the directory gives them for that day.
struct Viewer {
    std::string person, org, post;
};

/// How the text is laid over a page: rows of it, every other one shifted by half a step.
struct Watermark {
    std::string text;        ///< "李四 · 办公室 经办员 · 2022-08-01 09:05"
    std::string short_mark;  ///< eight characters of its hash: legible where the text is not
    std::int32_t angle_degrees = -24;
    std::int32_t step_x = 0;  ///< pixels at 96 to the inch, from one text to the next
    std::int32_t step_y = 0;
    std::int32_t opacity_permille = 80;
    bool operator==(const Watermark&) const = default;
};

/// The same for the same viewer all through one minute, so that pages can be kept.
[[nodiscard]] Watermark watermark_for(const Viewer& viewer, UtcMs now, OfficeOffset offset);

/// One line for the head or foot of an export: the text, and the seq that it shows.
[[nodiscard]] std::string export_line(const Watermark& mark, std::int64_t seq);

}  // namespace zt::service
