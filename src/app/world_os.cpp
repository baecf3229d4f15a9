#include "app/world_os.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/random.h>

namespace zt::app {

namespace {

void draw(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t count = ::getrandom(out.data(), out.size(), 0);
        if (count < 0) {
            // Nothing else can go wrong, and without chance no key may be made.
            CHECK(errno == EINTR);
            continue;
        }
        out = out.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace

UtcMs OsClock::now() const { return std::chrono::floor<Millis>(std::chrono::system_clock::now()); }

void OsRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        if (used_ == page_.size()) {
            draw(page_);
            used_ = 0;
        }
        const std::size_t count = std::min(out.size(), page_.size() - used_);
        const auto piece = std::span(page_).subspan(used_, count);
        std::ranges::copy(piece, out.begin());
        ::explicit_bzero(piece.data(), piece.size());
        used_ += count;
        out = out.subspan(count);
    }
}

OsRandom::~OsRandom() { ::explicit_bzero(page_.data(), page_.size()); }

}  // namespace zt::app
