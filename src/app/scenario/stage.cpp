#include "app/scenario/stage.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zt::app::scenario {

namespace {

/// What an event changed, as far as it helps to see why a step went otherwise.
class ChangeTeller {
  public:
    ChangeTeller(const Stage& stage, const State& after) : stage_(stage), after_(after) {}

    [[nodiscard]] std::string tell(const Change& change) const {
        if (const auto* c = std::get_if<ClockStarted>(&change)) {
            return "clock " + c->clock.name + " until " + stage_.due_text(c->clock, true);
        }
        if (const auto* c = std::get_if<ClockStopped>(&change)) {
            return "clock " + clock(c->no) + " " + std::string(zt::name_of(c->state));
        }
        if (const auto* c = std::get_if<ClockLapsed>(&change)) {
            return "clock " + clock(c->no) + " lapsed";
        }
        if (const auto* c = std::get_if<ClockRedated>(&change)) {
            return "clock " + clock(c->no) + " now until " +
                   to_office_string(c->due, stage_.tenant->offset());
        }
        if (const auto* c = std::get_if<HandAdded>(&change)) {
            return "hand " + org(c->hand.org) + " " + c->hand.role;
        }
        if (const auto* c = std::get_if<HandMoved>(&change)) {
            const Hand* hand = after_.hand(c->no);
            return "hand " + org(hand == nullptr ? OrgId{} : hand->org) + " " +
                   std::string(zt::name_of(c->state));
        }
        if (const auto* c = std::get_if<TurnRaised>(&change)) {
            return "turn " + std::to_string(c->turn);
        }
        if (const auto* c = std::get_if<Linked>(&change)) {
            return "link " + c->link.type + " " + stage_.name_of(c->link.to);
        }
        if (const auto* c = std::get_if<Noticed>(&change)) {
            return "notice " + c->role;
        }
        if (const auto* c = std::get_if<ReactionRefused>(&change)) {
            return "reaction " + c->verb + " refused " + c->code;
        }
        return {};
    }

  private:
    [[nodiscard]] std::string clock(PartNo no) const {
        const Clock* one = after_.clock(no);
        return one == nullptr ? std::to_string(no) : one->name;
    }
    [[nodiscard]] std::string org(OrgId id) const {
        return scenario::name_of(stage_.directory(), id);
    }

    const Stage& stage_;
    const State& after_;
};

std::string json_text(const Json& value) {
    if (value.is_bool()) {
        return value.as_bool() ? "yes" : "no";
    }
    return value.is_int() ? std::to_string(value.as_int()) : value.as_string();
}

std::string one_value(const Stage& stage, FieldType type, const Json& value) {
    switch (type) {
    case FieldType::org:
    case FieldType::orgs: return name_of(stage.directory(), OrgId{value.as_int()});
    case FieldType::post: return name_of(stage.directory(), PostId{value.as_int()});
    case FieldType::matter:
    case FieldType::matters: return stage.name_of(MatterId{value.as_int()});
    case FieldType::area: {
        const Area* area = stage.directory().area(AreaId{value.as_int()});
        return area == nullptr ? json_text(value) : area->code;
    }
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::integer:
    case FieldType::money:
    case FieldType::date:
    case FieldType::instant:
    case FieldType::yes_no:
    case FieldType::choice:
    case FieldType::choices:
    case FieldType::person:
    case FieldType::phone:
    case FieldType::list:
    case FieldType::point:
    case FieldType::shape: break;
    }
    return json_text(value);
}

}  // namespace

Result<MatterId> Telling::matter(const std::string& name) const {
    if (const auto found = names->find(name); found != names->end()) {
        return found->second;
    }
    if (auto by_number = ledger->find_number(name)) {
        return *by_number;
    }
    std::vector<std::string> known;
    for (const auto& [one, id] : *names) {
        known.push_back(one);
    }
    return fail(
        Errc::unknown_matter,
        "no matter of this script is called '" + name + "'" + nearest(name, known)
    );
}

Telling Stage::telling() const {
    return {&tenant->ledger(), &names, script->kind, script->origin, now, {}};
}

Result<std::shared_ptr<const State>> Stage::state(const std::string& name) const {
    TRY(const MatterId id, matter(name));
    return tenant->ledger().state(id);
}

std::string Stage::name_of(MatterId matter_id) const {
    for (const auto& [name, id] : names) {
        if (id == matter_id) {
            return name;
        }
    }
    const auto state = tenant->ledger().state(matter_id);
    return state && !(*state)->number.empty() ? (*state)->number : std::to_string(matter_id.value);
}

std::string Stage::name_of(const Actor& actor) const {
    switch (actor.kind) {
    case ActorKind::system: return "system";
    case ActorKind::post: return scenario::name_of(directory(), actor.post);
    case ActorKind::party:
        return actor.party == 0 ? "public" : "party " + std::to_string(actor.party);
    }
    return {};
}

std::string Stage::due_text(const Clock& clock, bool with_hour) const {
    if (clock.due == calendar::never) {
        return "never";
    }
    if (with_hour) {
        return to_office_string(clock.due, tenant->offset());
    }
    const bool ends_with_day = clock.is_fixed;
    const calendar::Length length =
        ends_with_day ? calendar::Length{1, calendar::Unit::calendar_days} : clock.length;
    return zt::to_string(calendar::shown_day(tenant->rules().calendar, clock.due, length));
}

std::string Stage::log(MatterId matter_id) const {
    std::string log = "  " + name_of(matter_id) + "\n";
    for (const auto& one : tenant->history()) {
        if (one.event.matter != matter_id) {
            continue;
        }
        const ChangeTeller teller(*this, *one.after);
        std::string told;
        for (const auto& change : one.event.changes) {
            if (const std::string text = teller.tell(change); !text.empty()) {
                told += (told.empty() ? "" : "; ") + text;
            }
        }
        for (const auto& code : one.event.marks.irregular) {
            told += "; irregular " + code;
        }
        log += fmt::format(
            "    {:>5} {} {:<20} {:<16} → {} {}\n",
            one.event.seq,
            to_office_string(one.event.at, tenant->offset()),
            name_of(one.event.actor),
            row_of(one.event.verb).name,
            one.after->stage,
            told.empty() ? std::string() : "[" + told + "]"
        );
    }
    return log;
}

std::string value_text(const Stage& stage, const State& state, const std::string& field) {
    const Kind* kind = stage.tenant->rules().kinds.version(state.kind, state.kind_version);
    const FieldRule* rule = kind == nullptr ? nullptr : kind->field(field);
    const FieldType type = rule == nullptr ? FieldType::text : rule->type;
    const Json& value = state.field(field);
    if (value.is_null()) {
        return "none";
    }
    if (!value.is_array()) {
        return one_value(stage, type, value);
    }
    std::vector<std::string> parts;
    for (const auto& one : value.as_array()) {
        parts.push_back(one_value(stage, type, one));
    }
    return join(parts, ",");
}

}  // namespace zt::app::scenario
