#pragma once
// Linear machine of several classes, trained by liblinear (Crammer and Singer, -s 4).

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace zt::views::impl {

/// Index from 0 and value, by index.
using SparseVector = std::vector<std::pair<std::int32_t, double>>;

struct MachineSize {
    std::int32_t terms = 0, classes = 0;
    double cost = 1;
};

class LinearMachine {
  public:
    LinearMachine() = default;
    /// in: weights of term 0 for each class, then of term 1.
    LinearMachine(std::vector<float> weights, std::int32_t classes)
        : weights_(std::move(weights)), classes_(static_cast<std::size_t>(classes)) {}
    /// in: classes from 0, each at least once. Draws from the C library's generator, which it
    /// seeds: one at a time in a process.
    [[nodiscard]] static LinearMachine train(
        std::span<const SparseVector> vectors,
        std::span<const std::int32_t> classes,
        const MachineSize& size
    );

    /// One a class; the largest is the machine's choice.
    [[nodiscard]] std::vector<double> scores(const SparseVector& vector) const;
    /// Weights of one term, by class.
    [[nodiscard]] std::span<const float> contributions(std::int32_t term) const {
        return std::span(weights_).subspan(static_cast<std::size_t>(term) * classes_, classes_);
    }
    [[nodiscard]] const std::vector<float>& weights() const { return weights_; }

  private:
    std::vector<float> weights_;
    std::size_t classes_ = 0;
};

}  // namespace zt::views::impl
