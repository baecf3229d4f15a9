#include "kindfile/impl/explore.hpp"

#include "base/text.hpp"
#include "kindfile/impl/abstract_step.hpp"

#include <algorithm>
#include <map>

namespace zt::kindfile {

namespace {

class Explorer {
  public:
    explicit Explorer(const Kind& kind) : kind_(kind) {}

    Exploration run() {
        for (std::size_t row = 0; row < kind_.transitions.size(); ++row) {
            if (kind_.transitions[row].from.empty()) {
                begin(row);
            }
        }
        for (std::size_t state = 0; state < all_.states.size() && !all_.is_cut; ++state) {
            expand(state);
        }
        return std::move(all_);
    }

  private:
    void begin(std::size_t row) {
        AbstractState nothing;
        nothing.stage = kind_.stages.size();
        nothing.hands.assign(kind_.hands.size(), Fill::none);
        for (const AbstractState& state : step_of(kind_, row, nothing)) {
            const std::size_t to = index_of(state, all_.states.size(), row);
            all_.beginnings.push_back({row, to});
        }
    }

    void expand(std::size_t from) {
        const std::string stage = kind_.stages[all_.states[from].stage].name;
        for (std::size_t row = 0; row < kind_.transitions.size(); ++row) {
            if (std::ranges::find(kind_.transitions[row].from, stage) ==
                kind_.transitions[row].from.end()) {
                continue;
            }
            for (const AbstractState& state :
                 step_of(kind_, row, AbstractState(all_.states[from]))) {
                const std::size_t to = index_of(state, from, row);
                all_.steps[from].push_back({row, to});
            }
        }
    }

    std::size_t index_of(const AbstractState& state, std::size_t from, std::size_t row) {
        const auto [found, is_new] = indexes_.try_emplace(state, all_.states.size());
        if (is_new) {
            all_.states.push_back(state);
            all_.steps.emplace_back();
            all_.found_by.emplace_back(from, row);
            all_.is_cut = all_.states.size() > abstract_states_max;
        }
        return found->second;
    }

    const Kind& kind_;
    Exploration all_;
    std::map<AbstractState, std::size_t> indexes_;
};

std::string_view name_of(Fill fill) {
    switch (fill) {
    case Fill::none: return "none";
    case Fill::some_open: return "some open";
    case Fill::all_done: return "all done";
    }
    return "";
}

}  // namespace

Exploration explore(const Kind& kind) { return Explorer(kind).run(); }

std::string way_to(const Exploration& all, const Kind& kind, std::size_t state) {
    std::vector<std::string> verbs;
    for (std::size_t at = state; verbs.size() < all.states.size();) {
        const auto& [from, row] = all.found_by[at];
        verbs.emplace_back(row_of(kind.transitions[row].verb).name);
        if (from == at) {
            break;
        }
        at = from;
    }
    std::ranges::reverse(verbs);
    return join(verbs, " → ");
}

std::string name_of(const AbstractState& state, const Kind& kind) {
    std::vector<std::string> hands;
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        hands.push_back(kind.hands[i].role + ": " + std::string(name_of(state.hands[i])));
    }
    return kind.stages[state.stage].name + (hands.empty() ? "" : " (" + join(hands, ", ") + ")");
}

}  // namespace zt::kindfile
