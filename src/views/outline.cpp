#include "views/outline.hpp"

#include "base/text.hpp"
#include "views/lists.hpp"

#include <set>

namespace zt::views {

namespace {

/// Units, each once, behind a letter.
void add(std::string& out, char letter, const std::set<std::int64_t>& ids) {
    for (const std::int64_t id : ids) {
        out += ' ';
        out += letter;
        out += std::to_string(id);
    }
}

void read_word(State& state, std::string_view word) {
    const std::string_view rest = word.substr(1);
    const std::size_t colon = rest.find(':');
    const std::int64_t id = parse_int(rest.substr(0, colon)).value_or(0);
    switch (word.front()) {
    case 'r': state.registered_by = OrgId{id}; break;
    case 'd': state.past.is_direct = true; break;
    case 'p': {
        Party& party = state.parties.emplace_back();
        party.role = "author";
        party.post = PostId{id};
        break;
    }
    case 'a': {
        Party& party = state.parties.emplace_back();
        party.role = "accused";
        party.org = OrgId{id};
        break;
    }
    case 'h': {
        Hand& hand = state.hands.emplace_back();
        hand.org = OrgId{id};
        if (colon != std::string_view::npos) {
            hand.post = PostId{parse_int(rest.substr(colon + 1)).value_or(0)};
        }
        break;
    }
    default: break;
    }
}

}  // namespace

std::string outline_text(const State& state) {
    std::set<std::int64_t> collectors, accused;
    for (const Party& party : state.parties) {
        if (party.role == "author" && party.post) {
            collectors.insert(party.post.value);
        } else if (party.role == "accused" && party.org) {
            accused.insert(party.org.value);
        }
    }
    std::set<std::pair<std::int64_t, std::int64_t>> hands;
    for (const Hand& hand : state.hands) {
        hands.emplace(hand.org.value, hand.post.value);
    }
    std::string out = std::to_string(state.kind_version);
    if (state.registered_by) {
        add(out, 'r', {state.registered_by.value});
    }
    out += state.past.is_direct ? " d" : "";
    add(out, 'p', collectors);
    add(out, 'a', accused);
    for (const auto& [org, post] : hands) {
        out += " h" + std::to_string(org) + (post == 0 ? "" : ":" + std::to_string(post));
    }
    return out;
}

State outline_of(const ListRow& row) {
    State state;
    state.id = row.id;
    state.number = row.number;
    state.kind = row.kind;
    state.stage = row.stage;
    state.counts = row.counts;
    state.is_record = row.is_record;
    state.office = row.office;
    state.area = row.area;
    state.protection = row.protection;
    state.is_published = row.is_published;
    state.is_erased = row.is_erased;
    bool is_first = true;
    for (const std::string& word : split(row.outline, ' ')) {
        if (std::exchange(is_first, false)) {
            state.kind_version =
                static_cast<std::uint32_t>(parse_int(word).value_or(state.kind_version));
        } else if (!word.empty()) {
            read_word(state, word);
        }
    }
    return state;
}

std::string outline_key(const ListRow& row) {
    return row.kind + ' ' + std::to_string(row.office.value) + ' ' +
           std::to_string(static_cast<int>(row.protection)) + ' ' + (row.is_published ? "P" : "-") +
           row.outline;
}

}  // namespace zt::views
