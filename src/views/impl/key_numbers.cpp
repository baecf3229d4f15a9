#include "views/impl/key_numbers.hpp"

#include "base/check.hpp"

#include <limits>

namespace zt::views::impl {
namespace {

constexpr std::size_t places_at_first = 16;
constexpr unsigned shift_at_first = 60;

}  // namespace

void KeyNumbers::grow() {
    CHECK(keys_.size() < std::numeric_limits<std::uint32_t>::max() / 2);
    shift_ = places_.empty() ? shift_at_first : shift_ - 1;
    places_.assign(places_.empty() ? places_at_first : places_.size() * 2, 0);
    for (std::size_t number = 0; number < keys_.size(); ++number) {
        std::size_t place = place_of(keys_[number]);
        while (places_[place] != 0) {
            place = (place + 1) & (places_.size() - 1);
        }
        places_[place] = static_cast<std::uint32_t>(number + 1);
    }
}

}  // namespace zt::views::impl
