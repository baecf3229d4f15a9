#pragma once
// What the scripts of a kind have shown of it: verbs per stage, guards passed and refused, clocks
// started, lapses.

#include "domain/event.hpp"
#include "domain/kind.hpp"
#include "service/ledger.hpp"

#include <set>
#include <string>
#include <vector>

namespace zt::app::scenario {

/// A command that was refused, with the matter as it stood.
struct Refusal {
    Verb verb = Verb::note;
    std::string kind;
    const State* before = nullptr;
    Errc code{};
};

class Coverage {
  public:
    void take(const service::Committed& one);
    void take(const Refusal& refusal);
    /// What the kind file declares and no script has shown, in the order of the file; empty: all is
    /// covered.
    [[nodiscard]] std::vector<std::string> missing(const Kind& kind) const;

  private:
    std::set<std::string>
        seen_;  ///< "KIND|verb STAGE VERB", "KIND|refused STAGE VERB CODE", "KIND|clock NAME" …
};

}  // namespace zt::app::scenario
