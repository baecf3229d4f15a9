#include "app/scenario/expectations.hpp"

#include "base/text.hpp"
#include "domain/access.hpp"
#include "domain/lamp.hpp"

#include <algorithm>

namespace zt::app::scenario {

namespace {

bool is_day(const std::string& text) { return parse_date(text.substr(0, 10)).has_value(); }

/// `due CLOCK [ORG] DAY [HOUR]` from the word after `due`; moves past it.
Result<std::string>
due_words(const Stage& stage, const State& state, const std::vector<Word>& words, std::size_t& at) {
    if (at >= words.size()) {
        return fail(Errc::bad_value, "after `due` a clock and a time are expected");
    }
    const std::string clock_name = words[at++].key;
    std::string text = "due " + clock_name;
    PartNo part = 0;
    if (at < words.size() && !is_day(words[at].key) && words[at].key != "none" &&
        words[at].key != "never") {
        const Org* org = stage.directory().find_org(words[at].key, stage.day());
        if (org == nullptr) {
            return fail(Errc::unknown_org, "'" + words[at].key + "' is neither a time nor a unit");
        }
        for (const auto& hand : state.hands) {
            part = hand.org == org->id ? hand.no : part;
        }
        text += " " + words[at++].key;
    }
    bool with_hour = false;
    if (at < words.size()) {
        with_hour = words[at++].key.size() > 10;
        if (at < words.size() && words[at].key.find(':') != std::string::npos) {
            with_hour = true;
            ++at;
        }
    }
    const Clock* clock = state.newest_clock(clock_name, part);
    return text + " " + (clock == nullptr ? "none" : stage.due_text(*clock, with_hour));
}

std::string irregular_text(const Stage& stage, const State& state) {
    std::vector<std::string> codes;
    for (std::size_t index = stage.begun; index < stage.tenant->history().size(); ++index) {
        const auto& one = stage.tenant->history()[index];
        if (one.event.matter == state.id) {
            codes.insert(
                codes.end(), one.event.marks.irregular.begin(), one.event.marks.irregular.end()
            );
        }
    }
    return codes.empty() ? "none" : join(codes, ",");
}

std::string hand_text(const Stage& stage, const State& state, const std::string& name) {
    const Org* org = stage.directory().find_org(name, stage.day());
    const Hand* newest = nullptr;
    for (const auto& hand : state.hands) {
        newest = org != nullptr && hand.org == org->id ? &hand : newest;
    }
    return newest == nullptr ? "none" : std::string(name_of(newest->state));
}

Result<Sight> sight(const Stage& stage, const State& state, const std::string& post) {
    TRY(const Actor actor, find_actor(stage.directory(), post, stage.day()));
    return sight_of(state, actor.post, stage.tenant->ledger().context(stage.now));
}

/// A matter that the script names among several linked ones is enough.
std::string link_text(const Stage& stage, const State& state, const Word& word) {
    std::vector<std::string> names;
    for (const auto& link : state.links) {
        if (link.type == word.key) {
            names.push_back(stage.name_of(link.to));
        }
    }
    if (std::ranges::find(names, word.value) != names.end()) {
        return word.value;
    }
    return names.empty() ? "none" : join(names, ",");
}

std::string items_text(const State& state, const std::string& list) {
    std::int64_t total = 0, open = 0;
    for (const auto& item : state.items) {
        const bool is_of_list = item.list == list && item.state != ItemState::dropped;
        total += is_of_list ? 1 : 0;
        open += is_of_list && item.state == ItemState::open ? 1 : 0;
    }
    return std::to_string(total - open) + "/" + std::to_string(total);
}

std::string lamp_text(const Stage& stage, const State& state) {
    const Kind* kind = stage.tenant->rules().kinds.version(state.kind, state.kind_version);
    return kind == nullptr
               ? "none"
               : std::string(
                     name_of(lamp_of(state, *kind, stage.tenant->rules().calendar, stage.now))
                 );
}

std::string rating_text(const State& state) {
    const Rating* rating = state.last_rating();
    return rating == nullptr ? "none" : rating->is_bad ? "bad" : "good";
}

/// What `key=` stands for.
Result<std::string> member_text(const Stage& stage, const State& state, const std::string& key) {
    if (key == "stage") {
        return state.stage;
    }
    if (key == "turn") {
        return std::to_string(state.turn);
    }
    if (key == "counts") {
        return std::string(name_of(state.counts));
    }
    if (key == "office") {
        return name_of(stage.directory(), state.office);
    }
    if (key == "order" || key == "channel" || key == "category" || key == "purpose" ||
        key == "urgency") {
        return value_text(stage, state, key);
    }
    if (key == "number") {
        return state.number.empty() ? std::string("none") : state.number;
    }
    if (key == "lamp") {
        return lamp_text(stage, state);
    }
    if (key == "protection") {
        return std::string(name_of(state.protection));
    }
    if (key == "published") {
        return std::string(state.is_published ? "yes" : "no");
    }
    return fail(
        Errc::unknown_word,
        "expect knows no '" + key +
            "='; there are stage, turn, counts, office, order, channel, category, "
            "purpose, urgency, number, lamp, protection, published"
    );
}

/// One of the forms that begin with a plain word; moves past it.
Result<std::string>
form_text(const Stage& stage, const State& state, const std::vector<Word>& words, std::size_t& at) {
    const std::string form = words[at++].key;
    if (form == "due") {
        return due_words(stage, state, words, at);
    }
    if (at >= words.size()) {
        return fail(Errc::bad_value, "'" + form + "' needs a word after it");
    }
    const Word& word = words[at++];
    if (form == "hand") {
        return "hand " + word.key + "=" + hand_text(stage, state, word.key);
    }
    if (form == "visible" || form == "hidden") {
        TRY(const Sight seen, sight(stage, state, word.key));
        const std::string how = seen == Sight::hidden ? "hidden " : "visible ";
        return how + word.key + (word.has_value ? "=" + std::string(name_of(seen)) : "");
    }
    if (form == "link") {
        return "link " + word.key + "=" + link_text(stage, state, word);
    }
    if (form == "rating") {
        return "rating " + rating_text(state);
    }
    if (form == "clock") {
        const Clock* clock = state.newest_clock(word.key);
        return "clock " + word.key + "=" +
               (clock == nullptr ? "none" : std::string(name_of(clock->state)));
    }
    if (form == "field") {
        return "field " + Word{word.key, value_text(stage, state, word.key), true, false}.text();
    }
    if (form == "items") {
        return "items " + word.key + "=" + items_text(state, word.key);
    }
    if (form == "party") {
        const auto count = std::ranges::count(state.parties, word.key, &Party::role);
        return "party " + word.key + "=" + std::to_string(count);
    }
    return fail(
        Errc::unknown_word,
        "expect knows no '" + form +
            "'; there are hand, visible, hidden, link, rating, due, clock, field, items, party"
    );
}

bool is_dimension(const std::string& key) {
    static constexpr std::string_view names[] = {"kind", "channel", "org", "area", "category"};
    return std::ranges::find(names, key) != std::end(names);
}

struct FigureWords {
    views::FigureQuery query;
    std::vector<std::pair<std::string, std::string>> where;
    std::string front;  ///< the words before the indicators, as written
    std::vector<Word> indicators;
};

Result<FigureWords> read_figures(const Stage& stage, const std::vector<Word>& words) {
    FigureWords read;
    const std::string& kind = stage.script->kind;
    bool all_kinds = kind.empty();
    for (const auto& word : words) {
        const bool is_time = word.key == "as_of" || word.key == "from" || word.key == "until";
        if (word.key == "all" && !word.has_value) {
            all_kinds = true;
        } else if (is_time) {
            TRY(const Date day, parse_date(word.value));
            (word.key == "as_of"  ? read.query.as_of
             : word.key == "from" ? read.query.from
                                  : read.query.until) = day;
        } else if (is_dimension(word.key)) {
            read.query.by.push_back(word.key);
            read.where.emplace_back(word.key, word.value);
            all_kinds = all_kinds || word.key == "kind";
        } else {
            read.indicators.push_back(word);
            continue;
        }
        read.front += word.text() + " ";
    }
    if (!all_kinds) {
        read.query.kinds = {kind};
    }
    if (!read.query.as_of) {
        read.query.as_of = stage.day();
    }
    return read;
}

std::string without_zeros(const std::string& decimal) {
    if (decimal.find('.') == std::string::npos) {
        return decimal;
    }
    const std::size_t last = decimal.find_last_not_of('0');
    return decimal.substr(0, decimal[last] == '.' ? last : last + 1);
}

/// In the form of the example: 1/1, 0.9680, or a count.
std::string figure_text(const views::FigureValue* value, const std::string& example) {
    if (value == nullptr) {
        return example.find('/') != std::string::npos ? "0/0" : "0";
    }
    if (value->form != IndicatorForm::rate) {
        return without_zeros(value->count);
    }
    if (example.find('/') != std::string::npos) {
        return without_zeros(value->numerator) + "/" + without_zeros(value->denominator);
    }
    return value->rate.value_or("none");
}

const views::FigureValue* find_value(const views::FigureRow* row, const std::string& name) {
    if (row == nullptr) {
        return nullptr;
    }
    for (const auto& [one, value] : row->values) {
        if (one == name) {
            return &value;
        }
    }
    return nullptr;
}

bool is_declared(const Stage& stage, const std::string& indicator) {
    if (find_indicator(indicator) != nullptr) {
        return true;
    }
    return std::ranges::any_of(stage.tenant->rules().kinds.all_newest(), [&](const Kind* kind) {
        return std::ranges::find(kind->indicators, indicator, &IndicatorRule::name) !=
               kind->indicators.end();
    });
}

}  // namespace

Result<std::string>
step_text(const Stage& stage, const State& state, const std::vector<Word>& expected) {
    std::string text = state.stage;
    for (std::size_t at = 1; at < expected.size();) {
        const std::string& form = expected[at].key;
        if (form == "due") {
            TRY(const std::string due, due_words(stage, state, expected, ++at));
            text += " " + due;
        } else if (form == "irregular" && at + 1 < expected.size()) {
            at += 2;
            text += " irregular " + irregular_text(stage, state);
        } else if (form == "reaction" && at + 1 < expected.size()) {
            at += 2;
            text += " reaction " + refused_reactions(stage);
        } else if (expected.front().key == "refused") {
            return text;
        } else {
            return fail(
                Errc::bad_value,
                "'" + expected[at].text() +
                    "': STAGE [due CLOCK T] [reaction VERB:CODE] or refused CODE is "
                    "expected"
            );
        }
    }
    return text;
}

std::string refused_reactions(const Stage& stage) {
    std::vector<std::string> refused;
    const auto& history = stage.tenant->history();
    const auto is_lapse = [&](Seq seq) {
        return std::ranges::any_of(history, [&](const auto& one) {
            return one.event.seq == seq && one.event.verb == Verb::lapse;
        });
    };
    for (std::size_t index = stage.begun; index < history.size(); ++index) {
        if (is_lapse(history[index].event.cause)) {
            continue;
        }
        for (const auto& change : history[index].event.changes) {
            if (const auto* one = std::get_if<ReactionRefused>(&change)) {
                refused.push_back(one->verb + ":" + one->code);
            }
        }
    }
    return refused.empty() ? "none" : join(refused, ",");
}

std::string lapses_text(const Stage& stage) {
    std::vector<std::string> lapses;
    const auto& history = stage.tenant->history();
    for (std::size_t index = stage.begun; index < history.size(); ++index) {
        for (const auto& change : history[index].event.changes) {
            const auto* lapsed = std::get_if<ClockLapsed>(&change);
            if (lapsed == nullptr) {
                continue;
            }
            const State& state = *history[index].after;
            const Clock* clock = state.clock(lapsed->no);
            std::string text = stage.name_of(state.id) + " lapsed " + clock->name;
            if (clock->of == ClockOf::hand) {
                text += " " + name_of(stage.directory(), state.hand(clock->part)->org);
            }
            lapses.push_back(std::move(text));
        }
    }
    return lapses.empty() ? "nothing" : join(lapses, ", ");
}

Result<std::string> expect_text(const Stage& stage, const std::vector<Word>& words) {
    TRY(const auto state, stage.state(words.front().key));
    std::string text = words.front().key;
    for (std::size_t at = 1; at < words.size();) {
        if (words[at].has_value) {
            TRY(const std::string value, member_text(stage, *state, words[at].key));
            text += " " + Word{words[at].key, value, true, false}.text();
            ++at;
        } else {
            TRY(const std::string form, form_text(stage, *state, words, at));
            text += " " + form;
        }
    }
    return text;
}

Result<std::string> notices_text(const Stage& stage, const std::vector<Word>& words, Sent sent) {
    TRY(const MatterId matter, stage.matter(words.front().key));
    std::map<std::string, std::int64_t> counts;
    for (const auto& one : stage.tenant->history()) {
        const bool is_sent = one.event.origin == Origin::live;
        if (one.event.matter != matter || is_sent != (sent == Sent::sent)) {
            continue;
        }
        for (const auto& change : one.event.changes) {
            if (const auto* noticed = std::get_if<Noticed>(&change)) {
                ++counts[noticed->role];
            }
        }
    }
    std::string text = words.front().key;
    for (std::size_t at = 1; at < words.size(); ++at) {
        text += " " + words[at].key + "=" + std::to_string(counts[words[at].key]);
    }
    return text;
}

Result<std::string> figures_text(const Stage& stage, const std::vector<Word>& words) {
    TRY(const FigureWords read, read_figures(stage, words));
    views::FigureNames names;
    names.org = [&](OrgId org) { return name_of(stage.directory(), org); };
    names.area = [&](AreaId id) {
        const Area* area = stage.directory().area(id);
        return area == nullptr ? std::string("none") : area->code;
    };
    TRY(const auto table, stage.tenant->figures().table(read.query, names));
    const auto row = std::ranges::find(table.rows, read.where, &views::FigureRow::by);
    const views::FigureRow* found = row == table.rows.end() ? nullptr : &*row;
    std::string text = read.front;
    for (const auto& word : read.indicators) {
        if (!is_declared(stage, word.key)) {
            return fail(Errc::not_found, "there is no indicator '" + word.key + "'");
        }
        const bool is_last = &word == &read.indicators.back();
        text += word.key + "=" + figure_text(find_value(found, word.key), word.value) +
                (is_last ? "" : " ");
    }
    return text;
}

}  // namespace zt::app::scenario
