#include "views/share.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace zt::views {
namespace {

constexpr int rate_places = 4;
constexpr int percent_places = 2;

/// in: denominator > 0. A negative numerator keeps its sign, its size is rounded.
std::string signed_ratio(std::int64_t numerator, std::int64_t denominator, int places);

}  // namespace

std::string decimal_text(std::int64_t amount, std::int64_t unit) {
    CHECK(unit > 0);
    if (unit == 1) {
        return std::to_string(amount);
    }
    const bool is_negative = amount < 0;
    const std::int64_t size = is_negative ? -amount : amount;
    std::string out = (is_negative ? "-" : "") + std::to_string(size / unit);
    std::int64_t rest = size % unit;
    if (rest == 0) {
        return out;
    }
    out += '.';
    for (std::int64_t place = unit / 10; place > 0 && rest > 0; place /= 10) {
        out += static_cast<char>('0' + rest / place);
        rest %= place;
    }
    return out;
}

std::optional<std::string> rate_text(const Share& share) {
    if (share.denominator <= 0) {
        return std::nullopt;
    }
    return signed_ratio(share.numerator, share.denominator * share.unit, rate_places);
}

std::string percent_text(const Share& share) {
    if (share.denominator <= 0) {
        return {};
    }
    return signed_ratio(share.numerator * 100, share.denominator * share.unit, percent_places) +
           "%";
}

namespace {

std::string signed_ratio(std::int64_t numerator, std::int64_t denominator, int places) {
    return numerator < 0 ? "-" + ratio_text(-numerator, denominator, places)
                         : ratio_text(numerator, denominator, places);
}

}  // namespace
}  // namespace zt::views
