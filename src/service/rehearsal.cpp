#include "service/rehearsal.hpp"

#include "domain/apply.hpp"

#include <map>
#include <utility>

namespace zt::service {

namespace {

/// One matter under both rules.
struct Twin {
    std::shared_ptr<const State> was;
    State would;
};

class Player {
  public:
    explicit Player(const RehearsalPlan& plan) : plan_(plan) {
        context_.kinds = &plan.rules->kinds;
        context_.pack = &plan.rules->pack;
        context_.calendar = &plan.rules->calendar;
        context_.directory = plan.directory;
    }

    void play(const Replayed& one) {
        out_.seq = one.event.seq;
        last_ = std::max(last_, one.event.at);
        const auto facts = facts_of(one.before, one.event, *one.after, context_.calendar->offset);
        out_.before.fold({one.before, &one.event, one.after.get(), facts});
        if (!is_played_again(*one.after)) {
            fold(one.before, one.event, *one.after);
            return;
        }
        const bool begins = one.before == nullptr;
        Twin& twin = twins_[one.after->id];
        twin.was = one.after;
        context_.now = one.event.recorded;
        context_.origin = one.event.origin;
        if (!begins) {
            lapse(twin.would, one.event.at);
        }
        if (is_of_rules(one.event)) {
            return;
        }
        const Event event = under_rules(begins ? nullptr : &twin.would, one.event, context_);
        State after = begins ? State{} : twin.would;
        apply(after, event);
        fold(begins ? nullptr : &twin.would, event, after);
        twin.would = std::move(after);
    }

    [[nodiscard]] Rehearsal finish() {
        for (auto& [id, twin] : twins_) {
            context_.origin = twin.would.origin;
            lapse(twin.would, last_);
            compare(twin);
        }
        out_.matters = static_cast<std::int64_t>(twins_.size());
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool is_played_again(const State& state) const {
        return !state.is_record &&
               office_date(state.registered, context_.calendar->offset) >= plan_.from;
    }

    void lapse(State& state, UtcMs until) {
        while (auto decision = decide_lapse(state, until, context_)) {
            fold(&state, decision->event, decision->after);
            state = std::move(decision->after);
        }
    }

    /// The figures take events in order of seq, and there are more or fewer of them now.
    void fold(const State* before, Event event, const State& after) {
        event.seq = ++seq_;
        const auto facts = facts_of(before, event, after, context_.calendar->offset);
        out_.after.fold({before, &event, &after, facts});
    }

    void compare(const Twin& twin) {
        const auto is_late = [](const Clock& clock) {
            return clock.lapsed.has_value() || clock.state == ClockState::late;
        };
        for (const Clock& was : twin.was->clocks) {
            const Clock* would = twin.would.clock(was.no);
            if (would == nullptr) {
                continue;
            }
            ++out_.clocks;
            if (was.due != would->due || is_late(was) != is_late(*would)) {
                out_.differences.push_back(
                    {twin.was->id,
                     twin.was->kind,
                     twin.was->number,
                     was.name,
                     was.due,
                     would->due,
                     is_late(was),
                     is_late(*would)}
                );
            }
        }
    }

    RehearsalPlan plan_;
    Context context_;
    std::map<MatterId, Twin> twins_;
    UtcMs last_{};
    Seq seq_ = 0;
    Rehearsal out_;
};

}  // namespace

Result<Rehearsal> rehearse(store::Reader& store, const RehearsalPlan& plan) {
    TRY(const auto head, store.head());
    Player player(plan);
    Replayer replayer(store);
    TRY_VOID(replayer.run(1, head.seq, [&](const Replayed& one) -> Result<void> {
        player.play(one);
        return {};
    }));
    return player.finish();
}

}  // namespace zt::service
