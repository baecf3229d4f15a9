#include "domain/decide.hpp"

#include "base/text.hpp"
#include "domain/attaching.hpp"
#include "domain/impl/attach_files.hpp"
#include "domain/rows_open.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

/// What the command itself may bring in a field.
constexpr std::array<std::string_view, 3> brought_guards{
    "evidence_given", "evidence_stands", "consent_given"
};

enum class Depth : std::uint8_t { all, guards_only };

const Kind* kind_of(const State* before, const Command& command, const Context& context) {
    return before == nullptr ? context.kinds->newest(command.kind)
                             : context.kinds->version(before->kind, before->kind_version);
}

bool is_from(const Transition& row, const State* before) {
    return before == nullptr ? row.from.empty()
                             : std::ranges::find(row.from, before->stage) != row.from.end();
}

PostId authority_of(const Actor& actor) { return actor.on_behalf ? actor.on_behalf : actor.post; }

Frame start_frame(
    const State* before, const Command& command, const Context& context, const Kind& kind
) {
    Frame frame;
    frame.kind = &kind;
    frame.context = &context;
    frame.command = &command;
    frame.before = before;
    if (before != nullptr) {
        frame.after = *before;
    }
    frame.post = authority_of(command.actor);
    const Post* post = context.directory->post(frame.post);
    frame.org = post == nullptr ? OrgId{} : post->org;
    return frame;
}

/// Sets the frame up for a row, with the hand that acts in it. out: the actor's role fits.
bool enter_row(Frame& frame, const Transition& row) {
    frame.row = &row;
    frame.acting = 0;
    const bool is_role = check_role(frame).has_value();
    if (!is_role) {
        find_acting_hand(frame);
    }
    frame.fields = frame.command->fields;
    return is_role;
}

/// The condition speaks of a field that the row itself takes, so that it is open until it is given.
bool is_of_given(const Transition& row, const Word& condition) {
    const bool is_of_field = condition.name == "field_given" || condition.name == "field_is";
    return is_of_field && !condition.args.empty() &&
           std::ranges::find(row.fields, condition.args.front(), &FieldUse::name) !=
               row.fields.end();
}

/// Of the rows for this verb and stage, the first whose `if` holds and whose role fits; else the
/// first whose `if` holds.
Result<const Transition*> choose_row(Frame& frame) {
    const Command& command = *frame.command;
    const Transition* fallback = nullptr;
    bool is_known = false;
    for (const auto& row : frame.kind->transitions) {
        is_known = is_known || row.verb == command.verb;
        if (row.verb != command.verb || !is_from(row, frame.before)) {
            continue;
        }
        const bool is_role = enter_row(frame, row);
        if (row.if_ && !holds(*row.if_, frame)) {
            continue;
        }
        if (is_role) {
            return &row;
        }
        fallback = fallback == nullptr ? &row : fallback;
    }
    if (fallback != nullptr) {
        return fallback;
    }
    const std::string verb(row_of(command.verb).name);
    if (!is_known) {
        return fail(
            Errc::unknown_verb, "kind '" + frame.kind->name + "' has no verb '" + verb + "'"
        );
    }
    return fail(
        Errc::wrong_stage,
        "'" + verb + "' is not possible in stage '" +
            (frame.before == nullptr ? "" : frame.before->stage) + "'"
    );
}

Result<void> check_time(Frame& frame) {
    const Command& command = *frame.command;
    if (frame.before != nullptr && command.at < frame.before->changed) {
        return fail(
            Errc::time_went_back,
            "it happened at " + to_office_string(command.at) +
                ", before the matter's last event at " + to_office_string(frame.before->changed)
        );
    }
    if (command.at > frame.context->now) {
        return fail(Errc::in_the_future, to_office_string(command.at) + " has not come yet");
    }
    if (frame.context->origin != Origin::live || !command.is_at_given ||
        command.at == frame.context->now) {
        return {};
    }
    const auto workdays = calendar::count_working_days(
        *frame.context->calendar,
        frame.day(),
        office_date(frame.context->now, frame.context->calendar->offset)
    );
    if (workdays > frame.row->back_date_workdays_max) {
        return fail(
            Errc::time_went_back,
            "this verb may be back-dated by at most " +
                std::to_string(frame.row->back_date_workdays_max) + " working days"
        );
    }
    return {};
}

/// Shape, time, role, protection, guards: what `may` asks too.
Result<void> examine(Frame& frame, Depth depth) {
    TRY(frame.row, choose_row(frame));
    frame.fields = Json::object();
    frame.acting = 0;
    if (depth == Depth::all) {
        TRY_VOID(check_fields(frame));
        TRY_VOID(check_time(frame));
    }
    TRY_VOID(check_role(frame));
    for (const auto& word : frame.row->when) {
        const PredicateRow* row = find_predicate(word.name);
        const bool is_of_fields = row != nullptr && (row->guard_class == GuardClass::shape ||
                                                     row->guard_class == GuardClass::asks);
        if (depth == Depth::guards_only && is_of_fields) {
            continue;
        }
        frame.missed_field = false;
        auto judged = guard(word, frame);
        // What rests on a field that is yet to be filled in is refused when it was.
        if (!judged && (depth == Depth::all || !frame.missed_field)) {
            return judged;
        }
    }
    return {};
}

void enter_target(Frame& frame) {
    for (const auto& target : frame.row->to) {
        if (target.condition && !holds(*target.condition, frame)) {
            continue;
        }
        const StageRule* stage = target.stage == "same" ? nullptr : frame.kind->stage(target.stage);
        if (stage == nullptr) {
            return;
        }
        if (stage->name != frame.after.stage) {
            count_stage(frame, frame.after.stage, -1);
            count_stage(frame, stage->name, 1);
        }
        frame.emit(StageEntered{stage->name, stage->counts});
        return;
    }
}

/// A value with a prefix of its own has a series of its own.
NumberRule number_rule(const Frame& frame, const State& state) {
    NumberRule rule = frame.kind->number;
    const std::string& value = state.field(rule.by).as_string();
    if (const auto found = rule.prefixes.find(value); found != rule.prefixes.end()) {
        rule.prefix = found->second;
        rule.series += "." + value;
    }
    return rule;
}

Decision finish(Frame&& frame) {
    Decision decision;
    Event& event = decision.event;
    event.matter = frame.before == nullptr ? frame.context->fresh : frame.before->id;
    event.version = (frame.before == nullptr ? 0 : frame.before->version) + 1;
    event.verb = frame.command->verb;
    event.at = frame.command->at;
    event.recorded = frame.context->now;
    event.actor = frame.command->actor;
    event.origin = frame.context->origin;
    event.kind_version = frame.kind->version;
    event.pack = frame.context->pack->name;
    event.marks.irregular = std::move(frame.irregular);
    event.marks.is_estimated = frame.command->is_estimated;
    event.marks.is_back_dated = frame.context->origin == Origin::live &&
                                frame.command->is_at_given &&
                                frame.command->at < frame.context->now;
    event.input = std::move(frame.input);
    event.changes = std::move(frame.changes);
    decision.after = std::move(frame.after);
    decision.after.id = event.matter;
    decision.after.origin = frame.before == nullptr ? event.origin : frame.before->origin;
    decision.after.version = event.version;
    decision.after.changed = event.at;
    decision.personal = std::move(frame.personal);
    decision.reactions = std::move(frame.reactions);
    decision.claims = std::move(frame.claims);
    decision.paper_numbers = std::move(frame.paper_numbers);
    decision.gives_code = frame.gives_code;
    if (frame.before == nullptr && !frame.kind->number.series.empty()) {
        decision.number = number_rule(frame, decision.after);
    }
    return decision;
}

/// link, settle, erase: the system's own, on any matter in any stage, without a row of the kind.
Result<Decision> decide_own(Frame frame) {
    static const Transition own;
    frame.row = &own;
    frame.fields = frame.command->fields;
    switch (frame.command->verb) {
    case Verb::link: {
        const std::string& type = frame.given("type").as_string();
        const MatterId to{frame.given("to").as_int()};
        if (frame.given("away").as_bool()) {
            frame.emit(Unlinked{type, to});
        } else {
            frame.emit(Linked{{type, to, frame.given("hidden").as_bool()}});
        }
        break;
    }
    default: TRY_VOID(run_verb(frame)); break;
    }
    return finish(std::move(frame));
}

/// Files are put to any matter that is not over, and disclosed there, without a row of the kind.
Result<Decision> decide_files(Frame frame) {
    static const Transition own;
    frame.row = &own;
    frame.fields = frame.command->fields;
    TRY_VOID(check_time(frame));
    TRY_VOID(is_attaching(*frame.command) ? attach_files(frame) : disclose_file(frame));
    return finish(std::move(frame));
}

bool is_own(const Command& command) {
    const bool is_system = command.actor.kind == ActorKind::system;
    return is_system && ((command.verb == Verb::link && command.is_reaction) ||
                         command.verb == Verb::settle || command.verb == Verb::erase);
}

}  // namespace

Result<Decision> decide(const State* before, const Command& command, const Context& context) {
    const Kind* kind = kind_of(before, command, context);
    if (kind == nullptr) {
        return fail(
            Errc::unknown_kind,
            "no kind '" + (before == nullptr ? command.kind : before->kind) + "' is in use"
        );
    }
    if (before != nullptr && command.expected_version >= 0 &&
        command.expected_version != before->version) {
        return fail(
            Errc::stale_tick,
            "the matter has moved on to version " + std::to_string(before->version)
        );
    }
    Frame frame = start_frame(before, command, context, *kind);
    if (before != nullptr && is_own(command)) {
        return decide_own(std::move(frame));
    }
    if (before != nullptr && (is_attaching(command) || is_disclosing(command))) {
        return decide_files(std::move(frame));
    }
    TRY_VOID(examine(frame, Depth::all));
    TRY_VOID(run_verb(frame));
    for (const auto& word : frame.row->then) {
        TRY_VOID(run_effect(word, frame));
    }
    enter_target(frame);
    run_clocks(frame);
    count_verb(frame);
    send_notices(frame, row_of(command.verb).name);
    return finish(std::move(frame));
}

std::optional<Decision> decide_lapse(const State& before, UtcMs at, const Context& context) {
    const Clock* first = nullptr;
    for (const auto& clock : before.clocks) {
        const bool is_due =
            clock.state == ClockState::running && !clock.is_provisional && clock.due <= at;
        if (is_due && (first == nullptr || clock.due < first->due)) {
            first = &clock;
        }
    }
    const Kind* kind = context.kinds->version(before.kind, before.kind_version);
    if (first == nullptr || kind == nullptr) {
        return std::nullopt;
    }
    Command command;
    command.verb = Verb::lapse;
    command.matter = before.id;
    // A calendar that was loaded late can date a due before the matter's last event; time never
    // goes back in a matter.
    command.at = std::max(first->due, before.changed);
    command.actor.kind = ActorKind::system;
    Frame frame = start_frame(&before, command, context, *kind);
    frame.input.set("clock", first->name);
    if (first->of == ClockOf::hand) {
        frame.acting = first->part;
        frame.input.set("org", before.hand(first->part)->org.value);
    }
    frame.emit(ClockLapsed{first->no});
    const std::string name = first->name;
    send_notices(frame, "lapse " + name);
    if (const ClockRule* rule = kind->clock(name)) {
        for (const auto& role : rule->lapse.notify) {
            send_notice(frame, role, kind->text_key("lapse." + name));
        }
        // Of what an import brings in, nothing is done to people after the fact: the action is
        // recorded only.
        if (frame.is_import()) {
            frame.input.set("action", rule->lapse.action);
        } else if (const auto verb = parse_verb(rule->lapse.action)) {
            Reaction reaction;
            reaction.command.verb = *verb;
            reaction.command.matter = before.id;
            reaction.command.at = command.at;
            reaction.command.is_reaction = true;
            for (const auto& [field, value] : rule->lapse.fields) {
                reaction.command.fields.set(field, value);
            }
            if (first->of == ClockOf::hand) {
                reaction.command.fields.set("hand", first->part);
            }
            frame.reactions.push_back(std::move(reaction));
        }
    }
    return finish(std::move(frame));
}

const Transition* row_taken(const State* before, const Event& event, const Context& context) {
    Command command;
    command.verb = event.verb;
    command.matter = event.matter;
    command.at = event.at;
    command.actor = event.actor;
    command.fields = event.input;
    for (const auto& change : event.changes) {
        if (const auto* began = std::get_if<Began>(&change)) {
            command.kind = began->kind;
        }
    }
    const Kind* kind = kind_of(before, command, context);
    if (kind == nullptr) {
        return nullptr;
    }
    Frame frame = start_frame(before, command, context, *kind);
    const auto row = choose_row(frame);
    return row ? *row : nullptr;
}

Result<void> may(const State& state, Verb verb, const Actor& actor, const Context& context) {
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    if (kind == nullptr) {
        return fail(Errc::unknown_kind, "no kind '" + state.kind + "' is in use");
    }
    Command command;
    command.verb = verb;
    command.matter = state.id;
    command.at = context.now;
    command.actor = actor;
    Frame frame = start_frame(&state, command, context, *kind);
    return examine(frame, Depth::guards_only);
}

std::vector<const Transition*>
rows_open(const State& state, Verb verb, const Actor& actor, const Context& context) {
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    if (kind == nullptr) {
        return {};
    }
    Command command;
    command.verb = verb;
    command.matter = state.id;
    command.at = context.now;
    command.actor = actor;
    Frame frame = start_frame(&state, command, context, *kind);
    std::vector<const Transition*> own, others;
    bool is_certain = false;
    for (const auto& row : kind->transitions) {
        if (row.verb != verb || !is_from(row, &state)) {
            continue;
        }
        const bool is_role = enter_row(frame, row);
        const bool is_asked = row.if_ && is_of_given(row, *row.if_);
        if (row.if_ && !is_asked && !holds(*row.if_, frame)) {
            continue;
        }
        if (!is_role) {
            others.push_back(&row);
        } else if (!is_certain) {
            own.push_back(&row);
            is_certain = !is_asked;
        }
    }
    return own.empty() ? others : own;
}

bool is_ready(
    const State& state, const Transition& row, const Actor& actor, const Context& context
) {
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    if (kind == nullptr) {
        return false;
    }
    Command command;
    command.verb = row.verb;
    command.matter = state.id;
    command.at = context.now;
    command.actor = actor;
    Frame frame = start_frame(&state, command, context, *kind);
    enter_row(frame, row);
    return std::ranges::all_of(row.when, [&](const Word& word) {
        const PredicateRow* predicate = find_predicate(word.name);
        const bool is_asked = predicate != nullptr && predicate->guard_class == GuardClass::asks;
        const bool is_brought =
            std::ranges::find(brought_guards, word.name) != brought_guards.end();
        return !is_asked || is_brought || guard(word, frame).has_value();
    });
}

}  // namespace zt
