#include "http/pages/forms.hpp"
#include "http/pages/papers.hpp"
#include "http/pages/steps.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

/// Steps that whoever handed in is told of; the rest is the office's own work.
bool is_told(Verb verb) {
    switch (verb) {
    case Verb::register_:
    case Verb::accept:
    case Verb::refuse:
    case Verb::ask_supplement:
    case Verb::supplement:
    case Verb::withdraw:
    case Verb::assign:
    case Verb::transfer:
    case Verb::contact:
    case Verb::reply:
    case Verb::close:
    case Verb::rate:
    case Verb::contest:
    case Verb::redo:
    case Verb::reopen:
    case Verb::shelve:
    case Verb::grant_extension:
    case Verb::pause:
    case Verb::resume:
    case Verb::refer:
    case Verb::hand_over:
    case Verb::terminate:
    case Verb::merge:
    case Verb::publish: return true;
    default: return false;
    }
}

/// A new code was given, so that the old one died: whoever has it must be able to see that.
bool is_renewal(const Transition* row) {
    return row != nullptr &&
           std::ranges::find(row->then, "give_code", &Word::name) != row->then.end();
}

std::string text_at(const Event& event, const Texts& texts) {
    const auto found = texts.by_event.find(event.seq);
    if (found == texts.by_event.end()) {
        return {};
    }
    const auto text = std::ranges::find(found->second, "text", &Personal::name);
    return text == found->second.end() ? std::string() : text->text;
}

/// The text of a step that is meant for the requester.
std::string told_text(const Event& event, const Texts& texts) {
    const bool is_for_requester = event.verb == Verb::refuse ||
                                  event.verb == Verb::ask_supplement || event.verb == Verb::reply ||
                                  event.verb == Verb::supplement || event.verb == Verb::close ||
                                  event.verb == Verb::shelve || event.verb == Verb::terminate;
    return is_for_requester ? text_at(event, texts) : std::string();
}

std::vector<api::ProofDay> proof_of(const Clock& clock, const calendar::Calendar& calendar) {
    std::vector<api::ProofDay> days;
    const auto proof = calendar::explain(
        calendar, clock.start, clock.length, clock.pauses, calendar::Unknown::provisional
    );
    if (clock.is_fixed || clock.due == calendar::never || !proof) {
        return days;
    }
    for (const auto& day : proof->days) {
        const std::string why = day.name.empty() ? std::string(name_of(day.kind)) : day.name;
        days.push_back({day.day, std::string(name_of(day.mark)), why, day.counted});
    }
    return days;
}

std::vector<api::PromisedDate> promises_of(const Subject& subject) {
    std::vector<api::PromisedDate> promises;
    const Kind* kind = subject.kind();
    for (const auto& clock : subject.state.clocks) {
        const ClockRule* rule = kind == nullptr ? nullptr : kind->clock(clock.name);
        const bool is_promised = rule != nullptr && rule->protects == Protects::requester;
        if (!is_promised || !is_waiting(clock.state) || clock.due == calendar::never) {
            continue;
        }
        api::PromisedDate promise;
        promise.title = clock_title(kind, clock.name, subject.language);
        promise.due = clock.due;
        promise.due_text = due_text(clock, *subject.context.calendar);
        promise.state = name_of(clock.state);
        promise.is_provisional = clock.is_provisional;
        promise.is_final = clock.is_final;
        if (clock.is_final) {
            promise.proof = proof_of(clock, *subject.context.calendar);
        }
        promises.push_back(std::move(promise));
    }
    return promises;
}

std::vector<std::string> units_of(const Subject& subject) {
    std::vector<std::string> units;
    for (const auto& hand : subject.state.hands) {
        if (is_open(hand.state)) {
            units.push_back(org_name(hand.org, *subject.context.directory));
        }
    }
    return units;
}

}  // namespace

api::Follow follow_of(const Subject& subject) {
    const State& state = subject.state;
    const Kind* kind = subject.kind();
    api::Follow follow;
    follow.number = state.number;
    follow.kind_title = kind == nullptr ? state.kind : in_language(kind->title, subject.language);
    follow.stage = state.stage;
    follow.stage_title = public_stage_title(kind, state.stage, subject.language);
    follow.title = title_of(subject);
    if (!subject.events.empty()) {
        follow.text = text_at(subject.events.front(), subject.texts);  // as it was handed in
    }
    follow.office = org_name(state.office, *subject.context.directory);
    follow.turn = state.turn;
    follow.units = units_of(subject);
    follow.promises = promises_of(subject);
    follow.version = state.version;
    for_each_step(subject, [&](const Event& event, const Transition* row) {
        if (is_told(event.verb) || is_renewal(row)) {
            follow.steps.push_back(
                {event.at,
                 title_of_event(event, row, subject.language),
                 post_org(event.actor.post, *subject.context.directory),
                 told_text(event, subject.texts)}
            );
        }
    });
    follow.judged_above = judged_above(subject);
    follow.files = files_of(subject);
    follow.notes = notes_of(subject);
    Actor actor;
    actor.kind = ActorKind::party;
    actor.party = subject.viewer.party;
    for (auto& option : options_of(subject, actor, [](const Error&) { return std::string(); })) {
        if (option.is_allowed) {
            std::ranges::move(option.forms, std::back_inserter(follow.may));
        }
    }
    return follow;
}

}  // namespace zt::http::pages
