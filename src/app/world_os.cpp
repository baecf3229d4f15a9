#include "app/world_os.hpp"

#include "base/check.hpp"

#include <cerrno>
#include <sys/random.h>

namespace zt::app {

UtcMs OsClock::now() const { return std::chrono::floor<Millis>(std::chrono::system_clock::now()); }

void OsRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t count = ::getrandom(out.data(), out.size(), 0);
        if (count < 0) {
            CHECK(
                errno == EINTR
            );  // nothing else can go wrong, and without chance no key may be made
            continue;
        }
        out = out.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace zt::app
