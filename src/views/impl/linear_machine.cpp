#include "views/impl/linear_machine.hpp"

#include "base/check.hpp"

#include <cstdlib>
#include <linear.h>
#include <memory>
#include <mutex>

namespace zt::views::impl {

namespace {

/// liblinear draws from rand(), which all threads share.
std::mutex training;

struct FreeModel {
    void operator()(model* it) const { free_and_destroy_model(&it); }
};

}  // namespace

LinearMachine LinearMachine::train(
    std::span<const SparseVector> vectors,
    std::span<const std::int32_t> classes,
    const MachineSize& size
) {
    CHECK(vectors.size() == classes.size());
    std::vector<std::vector<feature_node>> nodes;
    std::vector<feature_node*> rows;
    std::vector<double> labels;
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        auto& row = nodes.emplace_back();
        for (const auto& [index, value] : vectors[i]) {
            row.push_back({index + 1, value});
        }
        row.push_back({-1, 0});
        labels.push_back(classes[i]);
    }
    for (auto& row : nodes) {
        rows.push_back(row.data());
    }
    problem examples{};
    examples.l = static_cast<int>(rows.size());
    examples.n = size.terms;
    examples.y = labels.data();
    examples.x = rows.data();
    examples.bias = -1;
    parameter how{};
    how.solver_type = MCSVM_CS;
    how.eps = 0.1;
    how.C = size.cost;
    set_print_string_function([](const char*) {});
    const std::lock_guard<std::mutex> lock(training);
    ::srandom(1);  // the state that rand() draws from
    const std::unique_ptr<model, FreeModel> trained(::train(&examples, &how));
    const auto all = static_cast<std::size_t>(size.classes);
    std::vector<float> weights(static_cast<std::size_t>(size.terms) * all);
    // liblinear keeps classes in the order in which it met them.
    for (std::size_t at = 0; at < static_cast<std::size_t>(trained->nr_class); ++at) {
        const auto to = static_cast<std::size_t>(trained->label[at]);
        for (std::size_t term = 0; term < static_cast<std::size_t>(size.terms); ++term) {
            weights[(term * all) + to] = static_cast<float>(
                trained->w[(term * static_cast<std::size_t>(trained->nr_class)) + at]
            );
        }
    }
    return {std::move(weights), size.classes};
}

std::vector<double> LinearMachine::scores(const SparseVector& vector) const {
    std::vector<double> out(classes_);
    for (const auto& [index, value] : vector) {
        const auto weights = contributions(index);
        for (std::size_t i = 0; i < classes_; ++i) {
            out[i] += static_cast<double>(weights[i]) * value;
        }
    }
    return out;
}

}  // namespace zt::views::impl
