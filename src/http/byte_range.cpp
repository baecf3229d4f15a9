#include "http/byte_range.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::http {

namespace {

RangeAsked part_of(ByteRange range, std::int64_t bytes) {
    const std::string all = "/" + std::to_string(bytes);
    if (range.first >= range.end) {
        return {{0, 0}, 416, "bytes *" + all};
    }
    std::string told = "bytes " + std::to_string(range.first) + "-" + std::to_string(range.end - 1);
    return {range, 206, std::move(told) + all};
}

}  // namespace

RangeAsked range_asked(std::string_view field, std::int64_t bytes) {
    constexpr std::string_view unit = "bytes=";
    const RangeAsked whole{{0, bytes}, 200, {}};
    if (!field.starts_with(unit)) {
        return whole;
    }
    const std::string_view spec = trim(field.substr(unit.size()));
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) {
        return whole;
    }
    const std::string_view first_text = spec.substr(0, dash), last_text = spec.substr(dash + 1);
    const auto first = parse_int(first_text), last = parse_int(last_text);
    const bool is_first_wrong = !first_text.empty() && (!first || *first < 0);
    const bool is_last_wrong = !last_text.empty() && (!last || *last < 0);
    if (is_first_wrong || is_last_wrong || (first_text.empty() && last_text.empty())) {
        return whole;
    }
    if (first_text.empty()) {  // the last so many
        return part_of({std::max<std::int64_t>(0, bytes - last.value_or(0)), bytes}, bytes);
    }
    const std::int64_t from = first.value_or(0);
    if (last && *last < from) {
        return whole;
    }
    const std::int64_t end = last ? std::min(*last, bytes - 1) + 1 : bytes;
    return part_of({from, end}, bytes);
}

}  // namespace zt::http
