#include "faults/place.hpp"

#include "build/place_on_disk.hpp"

#include <chrono>

namespace zt::faults {

namespace {

constexpr std::int64_t speed = 36'000;

Result<UtcMs> beginning() { return parse_instant("2022-08-01 09:00"); }

}  // namespace

std::int64_t real_now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

UtcMs FastClock::now() const {
    const std::int64_t passed = std::max<std::int64_t>(real_now_ms() - origin_ms_, 0);
    return beginning().value_or(UtcMs{}) + Millis{passed * speed};
}

Result<void> make_place(const std::string& path, Random& random) {
    TRY(const UtcMs at, beginning());
    return build::make_small_place(path, at, random);
}

Result<std::unique_ptr<service::Tenant>>
open_place(const std::string& path, store::Access access, Random& random, bool fills_later) {
    service::Opening opening;
    opening.path = path;
    opening.access = access;
    opening.random = &random;
    opening.fills_later = fills_later;
    return service::Tenant::open(opening);
}

}  // namespace zt::faults
