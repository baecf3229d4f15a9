#include "domain/state.hpp"

#include <algorithm>

namespace zt {

namespace {

template <class Part>
const Part* find_part(const std::vector<Part>& parts, PartNo no) {
    // Numbers are given in order and parts never leave, so part n stands at n - 1.
    if (no < 1 || static_cast<std::size_t>(no) > parts.size()) {
        return nullptr;
    }
    return &parts[static_cast<std::size_t>(no) - 1];
}

}  // namespace

const Json& State::field(std::string_view name) const {
    static const Json none;
    const auto found = fields.find(name);
    return found == fields.end() ? none : found->second;
}

const Party* State::party(PartNo no) const { return find_part(parties, no); }

const Party* State::requester() const {
    const Party* author = nullptr;
    for (const auto& one : parties) {
        if (one.role == "beneficiary") {
            return &one;
        }
        if (one.role == "author" && author == nullptr) {
            author = &one;
        }
    }
    return author;
}

const Hand* State::hand(PartNo no) const { return find_part(hands, no); }

const Hand* State::hand_of(OrgId org, std::string_view role) const {
    const Hand* found = nullptr;
    for (const auto& one : hands) {
        if (one.org != org || one.post || !is_open(one.state) || one.turn != turn) {
            continue;
        }
        if (one.role == role) {
            return &one;
        }
        if (found == nullptr) {
            found = &one;
        }
    }
    return found;
}

const Hand* State::lead() const {
    const Hand* newest = nullptr;
    for (const auto& one : hands) {
        if (one.role != "lead" && one.role != "split") {
            continue;
        }
        if (newest == nullptr || is_open(one.state) || !is_open(newest->state)) {
            newest = &one;
        }
    }
    return newest;
}

const Item* State::item(PartNo no) const { return find_part(items, no); }
const Clock* State::clock(PartNo no) const { return find_part(clocks, no); }

const Clock* State::newest_clock(std::string_view name, PartNo part) const {
    for (auto one = clocks.rbegin(); one != clocks.rend(); ++one) {
        if (one->name == name && (part == 0 || one->part == part)) {
            return &*one;
        }
    }
    return nullptr;
}

const Clock* State::final_clock() const {
    for (auto one = clocks.rbegin(); one != clocks.rend(); ++one) {
        if (one->is_final && one->state != ClockState::cancelled) {
            return &*one;
        }
    }
    return nullptr;
}

std::optional<UtcMs> State::next_due() const {
    std::optional<UtcMs> next;
    for (const auto& one : clocks) {
        if (one.state == ClockState::running && !one.is_provisional && (!next || one.due < *next)) {
            next = one.due;
        }
    }
    return next;
}

const Rating* State::last_rating() const { return ratings.empty() ? nullptr : &ratings.back(); }

bool State::has_link(std::string_view type) const {
    return std::ranges::any_of(links, [&](const Link& link) { return link.type == type; });
}

bool State::is_marked(std::string_view what, PartNo part) const {
    return std::ranges::any_of(past.marks, [&](const Mark& mark) {
        return mark.what == what && mark.part == part && mark.turn == turn;
    });
}

bool State::is_overdue() const {
    const Clock* last = final_clock();
    return last != nullptr &&
           (last->state == ClockState::lapsed || last->state == ClockState::late);
}

}  // namespace zt
