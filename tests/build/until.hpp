#pragma once
// Waiting for what follows a moment later: views that follow, counts that go down. Asked again and
// again until it is so; the limit is far beyond what a loaded machine needs.

#include <chrono>
#include <thread>

namespace zt::build {

/// Whether it came to be so within the limit.
template <class IsSo>
[[nodiscard]] bool until(IsSo is_so, std::chrono::seconds limit = std::chrono::seconds{60}) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return true;
}

}  // namespace zt::build
