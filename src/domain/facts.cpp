// Which facts an event yields. Flows are told by what became true with this event; stocks by comparing membership and
// dimensions before and after, so that a transfer moves them and a redo takes them out again.

#include "domain/facts.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

using Form = IndicatorForm;

constexpr std::array rows{
    IndicatorRow{"received", Form::flow, "收到", "received", "", "", "matters registered, on the office"},
    IndicatorRow{"accepted", Form::flow, "受理", "accepted", "", "", "matters accepted, on the office"},
    IndicatorRow{"refused", Form::flow, "不予受理", "refused", "", "", "matters refused, on the office"},
    IndicatorRow{"answered_directly", Form::stock, "直接答复", "answered directly", "", "", "accepted, answered, never assigned, on the office"},
    IndicatorRow{"assigned", Form::flow, "交办", "assigned", "", "", "matters that ever had a lead hand, on the first lead"},
    IndicatorRow{"joint_assigned", Form::flow, "会办", "joint hands", "", "", "other hands given, on their unit"},
    IndicatorRow{"closed", Form::stock, "办结", "closed", "", "", "matters in a stage that counts closed"},
    IndicatorRow{"in_progress", Form::stock, "在办", "in progress", "", "", "accepted and in a stage that counts open"},
    IndicatorRow{"ended", Form::stock, "其他终结", "ended", "", "", "accepted and in a stage that counts ended"},
    IndicatorRow{"answered", Form::flow, "已答复", "answered", "", "", "first answers"},
    IndicatorRow{"answered_5wd", Form::flow, "5个工作日内答复", "answered in 5 working days", "", "", "first answer by the end of the 5th working day after hand-in"},
    IndicatorRow{"answered_10wd", Form::flow, "10个工作日内答复", "answered in 10 working days", "", "", "by the 10th"},
    IndicatorRow{"answered_15wd", Form::flow, "15个工作日内答复", "answered in 15 working days", "", "", "by the 15th"},
    IndicatorRow{"redone", Form::stock, "曾重办", "ever redone", "", "", "matters answered and redone at least once"},
    IndicatorRow{"sent_back", Form::stock, "曾退回", "ever sent back", "", "", "matters sent back at least once"},
    IndicatorRow{"closed_on_time", Form::stock, "按时办结", "closed on time", "", "", "closed, and the reply it rests on came before the final due"},
    IndicatorRow{"closed_late", Form::stock, "超期办结", "closed late", "", "", "closed, and that reply came at or after the final due"},
    IndicatorRow{"open_past_due", Form::stock, "超期未结", "open past due", "", "", "open, and the final due has passed"},
    IndicatorRow{"asked_to_rate", Form::flow, "邀请评价", "asked to rate", "", "", "matters whose requester was asked"},
    IndicatorRow{"rated", Form::stock, "已评价", "rated", "", "", "matters asked whose requester rated"},
    IndicatorRow{"rating_valid", Form::stock, "有效评价", "valid ratings", "", "", "matters with a rating; the last rated turn counts"},
    IndicatorRow{"rating_weight", Form::stock, "满意权重", "satisfaction weight", "", "", "weight of that rating, millionths"},
    IndicatorRow{"due_final", Form::stock, "应办结", "due", "", "", "matters by the day on which their final due falls"},
    IndicatorRow{"first_answer_ms", Form::spread, "首次答复时长", "time to first answer", "", "", "hand-in to first answer, ms"},
    IndicatorRow{"round_done", Form::stock, "周期任务按时完成", "rounds done", "", "", "round matters closed in time"},
    IndicatorRow{"round_late", Form::stock, "周期任务迟完成", "rounds late", "", "", "round matters closed late"},
    IndicatorRow{"round_missed", Form::stock, "周期任务未完成", "rounds missed", "", "", "round matters open past due"},
    IndicatorRow{"closing_rate", Form::rate, "办结率", "closing rate", "closed", "accepted", "closed ÷ accepted"},
    IndicatorRow{"on_time_rate", Form::rate, "按时办结率", "on-time rate", "closed_on_time", "closed_on_time+closed_late+open_past_due", "closed whose reply came by the final due ÷ (those + closed late + open past due)"},
    IndicatorRow{"satisfaction", Form::rate, "满意率", "satisfaction", "rating_weight", "rating_valid", "Σ weight ÷ valid ratings of the last rated turn"},
    IndicatorRow{"rating_rate", Form::rate, "参评率", "rating rate", "rated", "asked_to_rate", "rated ÷ asked"},
    IndicatorRow{"redo_rate", Form::rate, "重办率", "redo rate", "redone", "answered", "ever redone ÷ replied"},
    IndicatorRow{"send_back_rate", Form::rate, "退单率", "send-back rate", "sent_back", "assigned", "ever sent back ÷ assigned"},
    IndicatorRow{"answered_within_5wd", Form::rate, "5个工作日答复率", "answered within 5 working days", "answered_5wd", "answered", "÷ answered"},
    IndicatorRow{"answered_within_10wd", Form::rate, "10个工作日答复率", "answered within 10 working days", "answered_10wd", "answered", "÷ answered"},
    IndicatorRow{"answered_within_15wd", Form::rate, "15个工作日答复率", "answered within 15 working days", "answered_15wd", "answered", "÷ answered"},
};

/// Where a matter stands in the figures: from assignment on the lead unit, before it on the office.
struct Place {
    OrgId org;
    AreaId area;
    std::string channel, category, kind;
    bool operator==(const Place&) const = default;
};

Place place_of(const State& state) {
    const Hand* lead = state.lead();
    return {lead != nullptr ? lead->org : state.office, state.area, state.channel, state.category, state.kind};
}

Place office_of(const State& state) {
    return {state.office, state.area, state.channel, state.category, state.kind};
}

/// A stock that a matter may stand in, with its amount (0: it does not).
struct Standing {
    std::string_view indicator;
    std::int64_t amount = 0;
    std::optional<Date> day;  ///< instead of the event's
    bool operator==(const Standing&) const = default;
};

constexpr std::size_t standing_count = 16;
using Standings = std::array<Standing, standing_count>;

std::int64_t one_if(bool condition) { return condition ? 1 : 0; }

Standings standings_of(const State& state, OfficeOffset offset) {
    const auto& past = state.past;
    const bool was_accepted = past.accepted.has_value();
    // Accepted = closed + in progress + ended, whatever the kind: what was never accepted is in none of them.
    const bool is_closed = was_accepted && state.counts == Counts::closed;
    const bool is_open_now = state.counts == Counts::open;
    const Clock* last = state.final_clock();
    const bool has_final = last != nullptr;
    const bool is_late = state.is_overdue();
    const bool is_round = !state.field("round").is_null();
    const Rating* rating = state.last_rating();
    std::optional<Date> due_day;
    if (has_final && last->due != UtcMs::max()) {
        due_day = office_date(last->due - Millis{1}, offset);
    }
    return Standings{{
        {"answered_directly", one_if(was_accepted && past.is_direct), {}},
        {"closed", one_if(is_closed), {}},
        {"in_progress", one_if(was_accepted && is_open_now), {}},
        {"ended", one_if(was_accepted && state.counts == Counts::ended), {}},
        {"redone", one_if(past.first_answered && past.redos > 0), {}},
        {"sent_back", one_if(past.send_backs > 0), {}},
        {"closed_on_time", one_if(is_closed && has_final && !is_late), {}},
        {"closed_late", one_if(is_closed && has_final && is_late), {}},
        {"open_past_due", one_if(was_accepted && is_open_now && is_late), {}},
        {"rated", one_if(past.was_asked_to_rate && rating != nullptr), {}},
        {"rating_valid", one_if(rating != nullptr), {}},
        {"rating_weight", rating == nullptr ? 0 : rating->weight_millionths, {}},
        {"due_final", one_if(due_day.has_value()), due_day},
        {"round_done", one_if(is_round && is_closed && has_final && !is_late), {}},
        {"round_late", one_if(is_round && is_closed && has_final && is_late), {}},
        {"round_missed", one_if(is_round && is_open_now && is_late), {}},
    }};
}

class Recorder {
  public:
    Recorder(const Event& event, OfficeOffset offset) : event_(event), day_(office_date(event.at, offset)) {}

    void add(std::string_view indicator, const Place& place, std::int64_t amount = 1, std::optional<Date> day = {}) {
        Fact fact;
        fact.day = day.value_or(day_);
        fact.indicator = indicator;
        fact.kind = place.kind;
        fact.org = place.org;
        fact.area = place.area;
        fact.channel = place.channel;
        fact.category = place.category;
        fact.amount = amount;
        fact.matter = event_.matter;
        fact.seq = event_.seq;
        facts_.push_back(std::move(fact));
    }
    void add_subject(const Counted& counted, const Place& place) {
        add(counted.indicator, place, counted.amount);
        facts_.back().subject = counted.subject;
    }
    [[nodiscard]] std::vector<Fact> take() { return std::move(facts_); }

  private:
    const Event& event_;
    Date day_;
    std::vector<Fact> facts_;
};

void add_flows(Recorder& out, const State* before, const State& after) {
    const auto& past = after.past;
    const bool was_accepted = before != nullptr && before->past.accepted.has_value();
    const bool was_refused = before != nullptr && before->past.refused.has_value();
    const bool was_assigned = before != nullptr && before->past.was_assigned;
    const bool was_asked = before != nullptr && before->past.was_asked_to_rate;
    if (before == nullptr) {
        out.add("received", office_of(after));
    }
    if (past.accepted && !was_accepted) {
        out.add("accepted", office_of(after));
    }
    if (past.refused && !was_refused) {
        out.add("refused", office_of(after));
    }
    if (past.was_assigned && !was_assigned) {
        out.add("assigned", place_of(after));
    }
    if (past.was_asked_to_rate && !was_asked) {
        out.add("asked_to_rate", place_of(after));
    }
}

void add_answer(Recorder& out, const State* before, const State& after) {
    const bool was_answered = before != nullptr && before->past.first_answered.has_value();
    if (was_answered || !after.past.first_answered) {
        return;
    }
    const Place place = place_of(after);
    out.add("answered", place);
    const std::int32_t workdays = after.past.answered_workdays;
    for (const auto& [limit, name] : {std::pair{5, "answered_5wd"}, {10, "answered_10wd"}, {15, "answered_15wd"}}) {
        if (workdays >= 0 && workdays <= limit) {
            out.add(name, place);
        }
    }
    out.add("first_answer_ms", place, (*after.past.first_answered - after.registered).count());
}

void add_stocks(Recorder& out, const State* before, const State& after, OfficeOffset offset) {
    const Standings now = standings_of(after, offset);
    const Place place = place_of(after);
    const Standings then = before == nullptr ? Standings{} : standings_of(*before, offset);
    const Place left = before == nullptr ? place : place_of(*before);
    for (std::size_t i = 0; i < standing_count; ++i) {
        if (then[i] == now[i] && (left == place || now[i].amount == 0)) {
            continue;
        }
        if (then[i].amount != 0) {
            out.add(now[i].indicator, left, -then[i].amount, then[i].day);
        }
        if (now[i].amount != 0) {
            out.add(now[i].indicator, place, now[i].amount, now[i].day);
        }
    }
}

void add_changes(Recorder& out, const Event& event, const State& after) {
    for (const auto& change : event.changes) {
        if (const auto* hand = std::get_if<HandAdded>(&change);
            hand != nullptr && hand->hand.role != "lead" && hand->hand.role != "split") {
            Place place = place_of(after);
            place.org = hand->hand.org;
            out.add("joint_assigned", place);
        }
        if (const auto* counted = std::get_if<Counted>(&change)) {
            out.add_subject(*counted, place_of(after));
        }
    }
}

}  // namespace

std::span<const IndicatorRow> indicator_rows() { return rows; }

const IndicatorRow* find_indicator(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &IndicatorRow::name);
    return found == rows.end() ? nullptr : &*found;
}

std::vector<Fact> facts_of(const State* before, const Event& event, const State& after, OfficeOffset offset) {
    Recorder out(event, offset);
    if (after.is_record) {
        add_changes(out, event, after);
        return out.take();
    }
    add_flows(out, before, after);
    add_answer(out, before, after);
    add_stocks(out, before, after, offset);
    add_changes(out, event, after);
    return out.take();
}

}  // namespace zt
