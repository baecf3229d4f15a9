#pragma once
// Steps made by hand: an event with its facts, nothing decided. For views alone; what a kind does
// is told by its script.

#include "views/view.hpp"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace zt::views::test {

inline Date day(const std::string& text) { return *parse_date(text); }

/// A fact with the dimensions that most tests do not care about.
inline Fact
fact(const std::string& indicator, const std::string& on, std::int64_t org, std::int64_t matter) {
    Fact out;
    out.indicator = indicator;
    out.day = day(on);
    out.kind = "appeal";
    out.org = OrgId{org};
    out.area = AreaId{7};
    out.channel = "web";
    out.category = "roads";
    out.matter = MatterId{matter};
    return out;
}

inline Fact with_amount(Fact fact, std::int64_t amount) {
    fact.amount = amount;
    return fact;
}

/// A ledger of facts: each call is one event.
class Ledger {
  public:
    /// Facts get the seq of their event.
    Seq add(std::vector<Fact> facts) {
        Entry& entry = entries_.emplace_back();
        entry.event.seq = static_cast<Seq>(entries_.size());
        entry.facts = std::move(facts);
        for (Fact& one : entry.facts) {
            one.seq = entry.event.seq;
            entry.event.matter = one.matter;
        }
        return entry.event.seq;
    }
    [[nodiscard]] std::vector<Step> steps() const {
        std::vector<Step> out;
        for (const Entry& entry : entries_) {
            out.push_back({nullptr, &entry.event, nullptr, entry.facts});
        }
        return out;
    }
    [[nodiscard]] std::vector<Fact> facts() const {
        std::vector<Fact> out;
        for (const Entry& entry : entries_) {
            out.insert(out.end(), entry.facts.begin(), entry.facts.end());
        }
        return out;
    }

  private:
    struct Entry {
        Event event;
        std::vector<Fact> facts;
    };
    std::deque<Entry> entries_;
};

template <class View>
void fold_all(View& view, const Ledger& ledger) {
    for (const Step& step : ledger.steps()) {
        view.fold(step);
    }
}

}  // namespace zt::views::test
