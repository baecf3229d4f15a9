#include "http/pages/numbers.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::http::pages {

std::size_t limit_of(const Call& call, std::size_t most) {
    constexpr std::size_t usual = 50;
    const std::string* text = call.query_value("limit");
    const auto number = text == nullptr ? 0 : parse_int(*text).value_or(0);
    return std::min(number <= 0 ? usual : static_cast<std::size_t>(number), most);
}

}  // namespace zt::http::pages
