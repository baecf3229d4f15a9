#include "domain/rehearse.hpp"

#include "base/check.hpp"
#include "domain/verbs/mechanisms.hpp"

#include <algorithm>

namespace zt {

namespace {

void rewrite(Frame& frame, ClockStarted& change) {
    const ClockRule* rule = frame.kind->clock(change.clock.name);
    Clock dated = change.clock;
    dated.is_fixed = false;
    if (rule != nullptr && date_clock(frame, *rule, dated)) {
        change.clock = std::move(dated);
    }
}

void rewrite(const Frame& frame, ClockStopped& change) {
    const Clock* clock = frame.after.clock(change.no);
    CHECK(clock != nullptr);
    if (change.state != ClockState::cancelled) {
        const bool is_late = clock->lapsed.has_value() || change.at >= clock->due;
        change.state = is_late ? ClockState::late : ClockState::met;
    }
}

void rewrite(const Frame& frame, ClockRedated& change) {
    const auto by = calendar::parse_length(frame.given("length").as_string());
    if (change.is_extension && by) {
        const auto due = verbs::extended_due(frame, *frame.after.clock(change.no), *by);
        change.due = due.at;
        change.is_provisional = due.provisional;
    }
}

void rewrite(const Frame& frame, ClockResumed& change) {
    const Clock& clock = *frame.after.clock(change.no);
    change.due = clock.due;
    change.is_provisional = clock.is_provisional;
    if (clock.lapsed || clock.pauses.empty()) {
        return;  // what lapsed before it was paused is not dated again
    }
    auto pauses = clock.pauses;
    pauses.back().until = change.until;
    const auto due = verbs::due_after(frame, clock, pauses);
    change.due = due.at;
    change.is_provisional = due.provisional;
}

void rewrite(const Frame& frame, Rated& change) {
    for (const auto& question : frame.kind->ratings) {
        const auto answer =
            std::ranges::find(change.rating.answers, question.name, &Answer::question);
        if (question.counts_satisfaction && answer != change.rating.answers.end()) {
            change.rating.weight_millionths = weight_of(frame, question, answer->value);
        }
    }
}

}  // namespace

bool is_of_rules(const Event& event) {
    return event.verb == Verb::lapse || event.verb == Verb::settle;
}

Event under_rules(const State* before, const Event& event, const Context& context) {
    Event out = event;
    const Began* began = nullptr;
    for (const auto& change : event.changes) {
        began = began == nullptr ? std::get_if<Began>(&change) : began;
    }
    CHECK(before != nullptr || began != nullptr);
    const Kind* kind =
        context.kinds->version(before != nullptr ? before->kind : began->kind, event.kind_version);
    if (kind == nullptr) {
        return out;
    }
    Command command;
    command.verb = event.verb;
    command.matter = event.matter;
    command.at = event.at;
    Frame frame;
    frame.kind = kind;
    frame.context = &context;
    frame.command = &command;
    frame.before = before;
    frame.fields = event.input;
    frame.after = before != nullptr ? *before : State{};
    for (auto& change : out.changes) {
        std::visit(
            [&](auto& one) {
                if constexpr (requires { rewrite(frame, one); }) {
                    rewrite(frame, one);
                }
            },
            change
        );
        apply_change(frame.after, change, event.at);
    }
    return out;
}

}  // namespace zt
