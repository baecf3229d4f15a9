#include "app/demo/chance.hpp"

#include <numeric>

namespace zt::app::demo {

std::size_t Chance::weighted(std::span<const int> weights) {
    const int sum = std::accumulate(weights.begin(), weights.end(), 0);
    int drawn = between(0, sum - 1);
    for (std::size_t index = 0; index < weights.size(); ++index) {
        drawn -= weights[index];
        if (drawn < 0) {
            return index;
        }
    }
    return weights.size() - 1;
}

}  // namespace zt::app::demo
