// The common indicators and their rules, in the order of documents.

#include "domain/facts.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

using Form = IndicatorForm;

constexpr std::array rows{
    IndicatorRow{
        "received", Form::flow, "收到", "received", "", "", "matters registered, on the office"
    },
    IndicatorRow{
        "accepted", Form::flow, "受理", "accepted", "", "", "matters accepted, on the office"
    },
    IndicatorRow{
        "refused", Form::flow, "不予受理", "refused", "", "", "matters refused, on the office"
    },
    IndicatorRow{
        "answered_directly",
        Form::stock,
        "直接答复",
        "answered directly",
        "",
        "",
        "accepted, answered, never assigned, on the office"
    },
    IndicatorRow{
        "assigned",
        Form::flow,
        "交办",
        "assigned",
        "",
        "",
        "matters that ever had a lead hand, on the first lead"
    },
    IndicatorRow{
        "joint_assigned",
        Form::flow,
        "会办",
        "joint hands",
        "",
        "",
        "other hands given, on their unit"
    },
    IndicatorRow{
        "closed", Form::stock, "办结", "closed", "", "", "matters in a stage that counts closed"
    },
    IndicatorRow{
        "in_progress",
        Form::stock,
        "在办",
        "in progress",
        "",
        "",
        "accepted and in a stage that counts open"
    },
    IndicatorRow{
        "ended",
        Form::stock,
        "其他终结",
        "ended",
        "",
        "",
        "accepted and in a stage that counts ended"
    },
    IndicatorRow{"answered", Form::flow, "已答复", "answered", "", "", "first answers"},
    IndicatorRow{
        "answered_5wd",
        Form::flow,
        "5个工作日内答复",
        "answered in 5 working days",
        "",
        "",
        "first answer by the end of the 5th working day after hand-in"
    },
    IndicatorRow{
        "answered_10wd",
        Form::flow,
        "10个工作日内答复",
        "answered in 10 working days",
        "",
        "",
        "by the 10th"
    },
    IndicatorRow{
        "answered_15wd",
        Form::flow,
        "15个工作日内答复",
        "answered in 15 working days",
        "",
        "",
        "by the 15th"
    },
    IndicatorRow{
        "redone",
        Form::stock,
        "曾重办",
        "ever redone",
        "",
        "",
        "matters answered and redone at least once"
    },
    IndicatorRow{
        "sent_back",
        Form::stock,
        "曾退回",
        "ever sent back",
        "",
        "",
        "matters sent back at least once"
    },
    IndicatorRow{
        "hands_given",
        Form::flow,
        "交给单位（次）",
        "hands given",
        "",
        "",
        "hands given to a unit, leading or not, on that unit"
    },
    IndicatorRow{
        "hands_sent_back",
        Form::flow,
        "单位退回（次）",
        "hands sent back",
        "",
        "",
        "hands that a unit sent back, on that unit"
    },
    IndicatorRow{
        "signed_on_time",
        Form::flow,
        "及时签收",
        "signed for in time",
        "",
        "",
        "lead hands signed for within the clock `sign`, on their unit"
    },
    IndicatorRow{
        "signed_late",
        Form::flow,
        "超时签收",
        "signed for late",
        "",
        "",
        "lead hands whose clock `sign` lapsed"
    },
    IndicatorRow{
        "responded_on_time",
        Form::flow,
        "及时响应",
        "responded in time",
        "",
        "",
        "lead hands signed for and in contact in time (clocks `sign` and `contact`), each turn"
    },
    IndicatorRow{
        "responded_late",
        Form::flow,
        "超时响应",
        "responded late",
        "",
        "",
        "lead hands with a contact to make of which either clock lapsed"
    },
    IndicatorRow{
        "closed_on_time",
        Form::stock,
        "按时办结",
        "closed on time",
        "",
        "",
        "closed, and the reply it rests on came before the final due"
    },
    IndicatorRow{
        "closed_late",
        Form::stock,
        "超期办结",
        "closed late",
        "",
        "",
        "closed, and that reply came at or after the final due"
    },
    IndicatorRow{
        "open_past_due",
        Form::stock,
        "超期未结",
        "open past due",
        "",
        "",
        "open, and the final due has passed"
    },
    IndicatorRow{
        "asked_to_rate",
        Form::flow,
        "邀请评价",
        "asked to rate",
        "",
        "",
        "matters whose requester was asked"
    },
    IndicatorRow{
        "rated", Form::stock, "已评价", "rated", "", "", "matters asked whose requester rated"
    },
    IndicatorRow{
        "rating_valid",
        Form::stock,
        "有效评价",
        "valid ratings",
        "",
        "",
        "matters with a rating; the last rated turn counts"
    },
    IndicatorRow{
        "rating_weight",
        Form::stock,
        "满意权重",
        "satisfaction weight",
        "",
        "",
        "weight of that rating, millionths"
    },
    IndicatorRow{
        "due_final",
        Form::stock,
        "应办结",
        "due",
        "",
        "",
        "matters by the day on which their final due falls"
    },
    IndicatorRow{
        "first_answer_ms",
        Form::spread,
        "首次答复时长",
        "time to first answer",
        "",
        "",
        "hand-in to first answer, ms"
    },
    IndicatorRow{
        "round_done",
        Form::stock,
        "周期任务按时完成",
        "rounds done",
        "",
        "",
        "round matters closed in time"
    },
    IndicatorRow{
        "round_late",
        Form::stock,
        "周期任务迟完成",
        "rounds late",
        "",
        "",
        "round matters closed late"
    },
    IndicatorRow{
        "round_missed",
        Form::stock,
        "周期任务未完成",
        "rounds missed",
        "",
        "",
        "round matters open past due"
    },
    IndicatorRow{
        "acceptance_rate",
        Form::rate,
        "受理率",
        "acceptance rate",
        "accepted",
        "received",
        "accepted ÷ received; of proposals the filing rate"
    },
    IndicatorRow{
        "closing_rate",
        Form::rate,
        "办结率",
        "closing rate",
        "closed",
        "accepted",
        "closed ÷ accepted"
    },
    IndicatorRow{
        "on_time_rate",
        Form::rate,
        "按时办结率",
        "on-time rate",
        "closed_on_time",
        "closed_on_time+closed_late+open_past_due",
        "closed whose reply came by the final due ÷ (those + closed late + open past due)"
    },
    IndicatorRow{
        "satisfaction",
        Form::rate,
        "满意率",
        "satisfaction",
        "rating_weight",
        "rating_valid",
        "Σ weight ÷ valid ratings of the last rated turn"
    },
    IndicatorRow{
        "rating_rate",
        Form::rate,
        "参评率",
        "rating rate",
        "rated",
        "asked_to_rate",
        "rated ÷ asked"
    },
    IndicatorRow{
        "redo_rate",
        Form::rate,
        "重办率",
        "redo rate",
        "redone",
        "answered",
        "ever redone ÷ replied"
    },
    IndicatorRow{
        "send_back_rate",
        Form::rate,
        "退单率",
        "send-back rate",
        "sent_back",
        "assigned",
        "ever sent back ÷ assigned"
    },
    IndicatorRow{
        "hand_send_back_rate",
        Form::rate,
        "单位退回率",
        "units' send-back rate",
        "hands_sent_back",
        "hands_given",
        "hands sent back ÷ hands given, on the unit that sent them back"
    },
    IndicatorRow{
        "sign_rate",
        Form::rate,
        "及时签收率",
        "signed for in time",
        "signed_on_time",
        "signed_on_time+signed_late",
        "signed for in time ÷ (that + late), by hands"
    },
    IndicatorRow{
        "response_rate",
        Form::rate,
        "响应率",
        "response rate",
        "responded_on_time",
        "responded_on_time+responded_late",
        "signed for and in contact in time ÷ (that + late), by hands"
    },
    IndicatorRow{
        "answered_within_5wd",
        Form::rate,
        "5个工作日答复率",
        "answered within 5 working days",
        "answered_5wd",
        "answered",
        "÷ answered"
    },
    IndicatorRow{
        "answered_within_10wd",
        Form::rate,
        "10个工作日答复率",
        "answered within 10 working days",
        "answered_10wd",
        "answered",
        "÷ answered"
    },
    IndicatorRow{
        "answered_within_15wd",
        Form::rate,
        "15个工作日答复率",
        "answered within 15 working days",
        "answered_15wd",
        "answered",
        "÷ answered"
    },
};

}  // namespace

std::span<const IndicatorRow> indicator_rows() { return rows; }

const IndicatorRow* find_indicator(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &IndicatorRow::name);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace zt
