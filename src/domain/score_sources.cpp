#include "domain/score_sources.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

using Form = RateForm;

constexpr RateAddition nothing{0, 0}, good{1, 1}, bad{0, 1};

constexpr std::array only_good{good};
constexpr std::array only_bad{bad};
constexpr std::array only_nothing{nothing};
constexpr std::array good_or_nothing{good, nothing};
constexpr std::array bad_or_nothing{bad, nothing};
constexpr std::array good_or_bad{good, bad};

constexpr std::array rates{
    ScoreRateRow{
        "on_time_rate",
        Form::by_due,
        "closed_on_time",
        "closed_late+open_past_due",
        only_good,
        only_nothing,
        "of those whose final due day lies in the period, answered in time and closed"
    },
    ScoreRateRow{
        "closing_rate",
        Form::closing,
        "closed",
        "in_progress+ended",
        good_or_bad,
        only_bad,
        "of those accepted in the period, closed by its end; what came in last is still in hand"
    },
    ScoreRateRow{
        "sign_rate",
        Form::judged,
        "signed_on_time",
        "signed_late",
        good_or_nothing,
        bad_or_nothing,
        "signed for in time, of all lead hands judged in the period"
    },
    ScoreRateRow{
        "response_rate",
        Form::judged,
        "responded_on_time",
        "responded_late",
        good_or_nothing,
        bad_or_nothing,
        "signed for and in contact in time, of all lead hands judged in the period"
    },
    ScoreRateRow{
        "rating",
        Form::rating,
        "",
        "",
        good_or_nothing,
        only_nothing,
        "answers to a question of the rating, weighed, of those given in the period that stand"
    },
    ScoreRateRow{
        "rating_rate",
        Form::of_base,
        "rated",
        "asked_to_rate",
        good_or_bad,
        bad_or_nothing,
        "of those asked to rate in the period, rated by its end"
    },
    ScoreRateRow{
        "redo_rate",
        Form::of_base,
        "redone",
        "answered",
        only_bad,
        good_or_nothing,
        "of those first answered in the period, redone by its end"
    },
    ScoreRateRow{
        "send_back_rate",
        Form::of_base,
        "sent_back",
        "assigned",
        bad_or_nothing,
        good_or_nothing,
        "of those first assigned in the period, sent back by its end"
    },
    ScoreRateRow{
        "answered_within_5wd",
        Form::of_base,
        "answered_5wd",
        "answered",
        good_or_bad,
        bad_or_nothing,
        "of those first answered in the period, within 5 working days"
    },
};

constexpr std::array counts{
    ScoreCountRow{"received", 1, 0, true},
    ScoreCountRow{"accepted", 1, 0, true},
    ScoreCountRow{"assigned", 1, 0, true},
    ScoreCountRow{"answered", 1, 0, false},
    ScoreCountRow{"answered_directly", 1, 0, false},
    ScoreCountRow{"closed", 1, 0, false},
    ScoreCountRow{"refused", 0, 1, false},
    ScoreCountRow{"ended", 0, 1, false},
    ScoreCountRow{"sent_back", 0, 0, false},
    ScoreCountRow{"redone", 0, 0, false},
    ScoreCountRow{"closed_late", 0, 0, false},
    ScoreCountRow{"open_past_due", 0, 0, false},
};

/// What an appeal handled well never sees.
constexpr std::array trouble{
    "refuse",
    "withdraw",
    "recall",
    "terminate",
    "send_back",
    "redo",
    "reopen",
    "contest",
    "object",
    "review",
    "urge",
    "shelve",
    "escalate",
    "order_supervision",
    "hold_to_account"
};
constexpr std::array dropping{"refuse", "withdraw", "terminate"};
constexpr std::array voice{"register", "contest", "object", "rate", "urge", "review"};

constexpr std::string_view rating_prefix = "rating.";

bool holds(const auto& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

}  // namespace

std::span<const ScoreRateRow> score_rate_rows() { return rates; }

const ScoreRateRow* find_score_rate(std::string_view name) {
    const auto* found = std::ranges::find(rates, name, &ScoreRateRow::name);
    return found == rates.end() ? nullptr : found;
}

std::span<const ScoreCountRow> score_count_rows() { return counts; }

const ScoreCountRow* find_score_count(std::string_view name) {
    const auto* found = std::ranges::find(counts, name, &ScoreCountRow::name);
    return found == counts.end() ? nullptr : found;
}

ScoreCountRow score_count_of(const IndicatorRule& indicator) {
    const std::string_view verb = indicator.on;
    return {
        indicator.name,
        holds(trouble, verb) ? 0 : 1,
        holds(dropping, verb) ? 1 : 0,
        holds(voice, verb)
    };
}

std::string rating_counter(std::string_view question, std::string_view answer) {
    return std::string(rating_prefix) + std::string(question) + "." + std::string(answer);
}

bool is_rating_counter(std::string_view counter) { return counter.starts_with(rating_prefix); }

}  // namespace zt
