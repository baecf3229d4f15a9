#include "views/impl/fact_nets.hpp"

#include <map>

namespace zt::views::impl {

Matters matters_of(const Figures& figures, std::string_view counter, const FactWindow& window) {
    std::unordered_map<std::int64_t, std::int64_t> nets;
    figures.visit(counter, window, [&](const FactRow& fact) {
        nets[fact.matter.value] += fact.amount;
    });
    Matters out;
    for (const auto& [matter, amount] : nets) {
        if (amount > 0) {
            out.insert(matter);
        }
    }
    return out;
}

Nets nets_of(
    const Figures& figures,
    std::string_view counter,
    const FactWindow& window,
    const Matters& matters
) {
    Nets out;
    if (matters.empty()) {
        return out;
    }
    figures.visit(counter, window, [&](const FactRow& fact) {
        if (matters.contains(fact.matter.value)) {
            out[{fact.matter.value, fact.org}] += fact.amount;
        }
    });
    return out;
}

Matters changed_in(
    const Figures& figures, const std::vector<std::string>& counters, const FactWindow& window
) {
    Matters out;
    for (const std::string& counter : counters) {
        std::map<Seq, std::pair<MatterId, std::int64_t>> by_event;
        figures.visit(counter, window, [&](const FactRow& fact) {
            auto& [matter, amount] = by_event[fact.seq];
            matter = fact.matter;
            amount += fact.amount;
        });
        for (const auto& [seq, net] : by_event) {
            if (net.second != 0) {
                out.insert(net.first.value);
            }
        }
    }
    return out;
}

}  // namespace zt::views::impl
