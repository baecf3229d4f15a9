// Predicates about time: windows, counters, clocks, extensions, pauses.

#include "base/text.hpp"
#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

bool is_within(const Frame& f, const std::string& name, UtcMs start) {
    const auto window = f.context->pack->windows.find(name);
    return window != f.context->pack->windows.end() &&
           f.at() < calendar::due_of(*f.context->calendar, start, window->second).at;
}

bool within(const Frame& f, const Args& a) {
    return f.after.past.closed && is_within(f, a.front(), *f.after.past.closed);
}

bool hand_within(const Frame& f, const Args& a) {
    return acting(f) != nullptr && is_within(f, a.front(), acting(f)->since);
}

std::int64_t counter_of(const Milestones& past, std::string_view name) {
    struct Counter {
        std::string_view name;
        std::int32_t Milestones::* member;
    };
    static constexpr Counter counters[] = {
        {"send_backs", &Milestones::send_backs},
        {"contests", &Milestones::contests},
        {"urges", &Milestones::urges},
        {"transfers", &Milestones::transfers},
        {"redos", &Milestones::redos},
        {"extensions", &Milestones::extensions},
        {"bad_ratings", &Milestones::bad_ratings}
    };
    for (const auto& one : counters) {
        if (one.name == name) {
            return past.*one.member;
        }
    }
    return 0;
}

bool at_most(const Frame& f, const Args& a) {
    const auto limit = f.context->pack->limits.find(a[1]);
    return limit != f.context->pack->limits.end() && counter_of(f.after.past, a[0]) < limit->second;
}

bool clock_is(const Frame& f, const std::string& name, ClockState state) {
    const Clock* clock = clock_named(f, name);
    return clock != nullptr && clock->state == state;
}

bool clock_runs(const Frame& f, const Args& a) {
    return clock_is(f, a.front(), ClockState::running);
}

bool clock_paused(const Frame& f, const Args& a) {
    return clock_is(f, a.front(), ClockState::paused);
}

bool clock_lapsed(const Frame& f, const Args& a) {
    const Clock* clock = clock_named(f, a.front());
    return clock != nullptr && clock->lapsed.has_value() && clock->turn == f.after.turn;
}

bool before_due(const Frame& f, const Args& a) {
    const Clock* clock = clock_named(f, a.front());
    return clock != nullptr && f.at() < clock->due;
}

bool before_due_by(const Frame& f, const Args& a) {
    const Clock* clock = clock_named(f, a.front());
    const auto window = f.context->pack->windows.find(a[1]);
    return clock != nullptr && window != f.context->pack->windows.end() &&
           calendar::due_of(*f.context->calendar, f.at(), window->second).at <= clock->due;
}

bool extension_left(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    const Clock* clock = clock_named(f, a.front());
    return rule != nullptr && clock != nullptr && clock->extensions < rule->extensions_max;
}

bool extension_within_cap(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    const auto length = calendar::parse_length(f.given("length").as_string());
    return rule != nullptr && length &&
           (!rule->extension_cap || (length->unit == rule->extension_cap->unit &&
                                     length->count <= rule->extension_cap->count));
}

bool extension_asked(const Frame& f, const Args&) { return f.after.is_marked("extension_asked"); }

bool pause_reason_known(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    return rule != nullptr &&
           std::ranges::find(rule->pause_reasons, f.given("reason").as_string()) !=
               rule->pause_reasons.end();
}

bool pause_cap_left(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    const Clock* clock = clock_named(f, a.front());
    if (rule == nullptr || clock == nullptr || !rule->pause_cap) {
        return rule != nullptr && clock != nullptr;
    }
    Millis paused{0};
    for (const auto& pause : clock->pauses) {
        paused += pause.until.value_or(f.at()) - pause.from;
    }
    const auto cap = rule->pause_cap->unit == calendar::Unit::hours
                         ? std::chrono::minutes{rule->pause_cap->count}
                         : std::chrono::days{rule->pause_cap->count};
    return paused < cap;
}

const std::array rows{
    GuardRow{
        {"within",
         one_window,
         0,
         Errc::window_over,
         G::time,
         "在办结后期限内",
         "no more than that window since the matter was closed"},
        within
    },
    GuardRow{
        {"hand_within",
         one_window,
         0,
         Errc::window_over,
         G::time,
         "在交办后期限内",
         "no more than that window since the acting hand was given"},
        hand_within
    },
    GuardRow{
        {"at_most",
         counter_limit,
         0,
         Errc::too_often,
         G::count,
         "次数未满",
         "the counter is below that limit of the pack"},
        at_most
    },
    GuardRow{
        {"clock_runs",
         one_clock,
         0,
         Errc::clock_not_running,
         G::stage,
         "时限在计时",
         "that clock runs"},
        clock_runs
    },
    GuardRow{
        {"clock_paused",
         one_clock,
         0,
         Errc::clock_not_paused,
         G::stage,
         "时限已中止",
         "that clock stands still"},
        clock_paused
    },
    GuardRow{
        {"clock_lapsed",
         one_clock,
         0,
         Errc::clock_not_running,
         G::stage,
         "时限已到",
         "that clock lapsed in this turn"},
        clock_lapsed
    },
    GuardRow{
        {"before_due",
         one_clock,
         0,
         Errc::too_late,
         G::time,
         "未到期",
         "it is before that clock's due"},
        before_due
    },
    GuardRow{
        {"before_due_by",
         clock_window,
         0,
         Errc::too_late,
         G::time,
         "到期前留足时间",
         "at least that window is left before that clock's due"},
        before_due_by
    },
    GuardRow{
        {"extension_left",
         one_clock,
         0,
         Errc::extension_used,
         G::count,
         "延期次数未满",
         "that clock may still be extended"},
        extension_left
    },
    GuardRow{
        {"extension_within_cap",
         one_clock,
         0,
         Errc::extension_too_long,
         G::time,
         "延期不超上限",
         "the length asked is within the cap of one extension"},
        extension_within_cap
    },
    GuardRow{
        {"extension_asked",
         {},
         0,
         Errc::clock_not_running,
         G::stage,
         "有待批的延期",
         "an extension was asked for and is not decided"},
        extension_asked
    },
    GuardRow{
        {"pause_reason_known",
         one_clock,
         0,
         Errc::pause_reason_unknown,
         G::shape,
         "中止理由在清单内",
         "field reason is one of the clock's pause reasons"},
        pause_reason_known
    },
    GuardRow{
        {"pause_cap_left",
         one_clock,
         0,
         Errc::pause_cap,
         G::time,
         "中止未达上限",
         "pauses so far are below the cap"},
        pause_cap_left
    },
};

}  // namespace

std::span<const GuardRow> guards_of_time() { return rows; }

}  // namespace zt
