#include "http/handing_in.hpp"

#include "http/pages/deeds.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/matter.hpp"
#include "service/follow_up.hpp"
#include "service/phone_codes.hpp"
#include "service/served.hpp"

#include <algorithm>

namespace zt::http {

namespace {

bool may_be_handed_in(const Kind& kind) {
    return !pages::beginning_forms(kind, "zh", pages::is_for_public).empty();
}

/// The earliest date that somebody promises: the final clock often starts only on acceptance.
void put_due(
    api::Receipt& receipt, const State& state, const Kind* kind, const calendar::Calendar& calendar
) {
    for (const auto& clock : state.clocks) {
        const ClockRule* rule = kind == nullptr ? nullptr : kind->clock(clock.name);
        const bool is_promised = rule != nullptr && rule->protects == Protects::requester;
        const bool is_earlier = !receipt.due || clock.due < *receipt.due;
        if (is_promised && is_waiting(clock.state) && clock.due != calendar::never && is_earlier) {
            receipt.due = clock.due;
            receipt.due_text = pages::due_text(clock, calendar);
            receipt.is_provisional = clock.is_provisional;
        }
    }
}

api::Receipt receipt_of(
    const World& world, const State& state, const Directory& directory, const std::string& language
) {
    const service::Rules& rules = world.served->rules();
    const Kind* kind = rules.kinds.version(state.kind, state.kind_version);
    api::Receipt receipt;
    receipt.number = state.number;
    receipt.office = pages::org_name(state.office, directory);
    receipt.stage_title = pages::public_stage_title(kind, state.stage, language);
    put_due(receipt, state, kind, rules.calendar);
    const Party* requester = state.requester();
    if (requester == nullptr || !requester->is_named) {
        receipt.unnamed_notice = world.texts(language).get("portal.unnamed");
    }
    return receipt;
}

/// Who sets a point on the map need not name the area too.
void put_area(Json& fields, const Kind& kind, const Directory& directory) {
    const auto is_point = [](const FieldRule& rule) { return rule.type == FieldType::point; };
    const auto rule = std::ranges::find_if(kind.fields, is_point);
    if (rule == kind.fields.end() || !fields["area"].is_null() || kind.field("area") == nullptr) {
        return;
    }
    const Json& given = fields[rule->name];
    const auto point = given.is_string() ? parse_point(given.as_string()) : fail(Errc::bad_value);
    const Area* area = point ? directory.area_at(*point) : nullptr;
    if (area != nullptr) {
        fields.set("area", area->id.value);
    }
}

}  // namespace

void NewCodes::put_into(World& world, Pending& pending) const {
    pending.submit.key = vault::blinded(key);
    pending.submit.follow = FollowKey{key, {}};
    if (wants_phone_code) {
        pending.prepare = [&codes = *world.phone_codes,
                           raw = key,
                           before = std::move(pending.prepare)](Submit& submit) -> Result<void> {
            if (before) {
                TRY_VOID(before(submit));
            }
            TRY(auto kept, codes.kept(raw));
            submit.follow = FollowKey{raw, std::move(kept)};
            return {};
        };
    }
}

std::optional<std::string> NewCodes::code(const World& world, const State& state) const {
    const vault::LookupKeys& keys = world.served->key()->lookup();
    const std::string code = vault::follow_code(keys, state.number, key);
    const std::string& kept = state.field(service::follow_field).as_string();
    return vault::is_follow_code(keys, state.number, code, kept)
               ? std::optional(vault::grouped(code))
               : std::nullopt;
}

std::optional<std::string> NewCodes::phone_code(const World& world, const State& state) const {
    if (!wants_phone_code || !code(world, state) ||
        !state.field(service::phone_field).is_string()) {
        return std::nullopt;
    }
    return vault::grouped_phone_code(world.phone_codes->code(key));
}

namespace {

/// How a hand-in is submitted, but for who acts.
Result<Pending> begun_by(World& world, const Call& call, api::HandIn body, Actor actor) {
    const Kind* kind = world.served->rules().kinds.newest(body.kind);
    if (kind == nullptr || !may_be_handed_in(*kind)) {
        return fail(Errc::unknown_kind, "no kind is called '" + body.kind + "'", "/kind");
    }
    put_area(body.fields, *kind, *world.served->directory());
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = outside;
    Command command;
    command.verb = Verb::register_;
    command.kind = std::move(body.kind);
    command.actor = actor;
    command.fields = std::move(body.fields);
    if (points_to_matters(command.fields, *kind)) {
        pending.prepare = [served = world.served, kind](Submit& submit) -> Result<void> {
            TRY(auto desk, served->desk());
            Command& first = submit.commands.front();
            return resolve_from_outside(first, *kind, served->rules().kinds, *desk);
        };
    }
    pending.submit.commands.push_back(std::move(command));
    return pending;
}

/// in: codes, none where the receipt has none.
void answer_with_receipt(
    Pending& pending,
    World& world,
    const Call& call,
    std::optional<NewCodes> codes,
    TellReceipt tell
) {
    pending.answer = [&world, codes, tell = std::move(tell), language = std::string(call.language)](
                         const service::Answer& answer, service::Ledger& ledger
                     ) {
        const auto state = ledger.state(answer.rows.front().matter);
        if (!state) {
            return problem(state.error(), world.texts(language));
        }
        auto receipt = receipt_of(world, **state, ledger.directory(), language);
        if (codes) {
            const auto code = codes->code(world, **state);
            receipt.code = code.value_or("");
            receipt.is_code_replaced = !code;
            receipt.phone_code = codes->phone_code(world, **state);
        }
        receipt.seq = answer.seq;
        Reply reply = tell(receipt, answer);
        reply.holds_secret = true;
        return reply;
    };
}

}  // namespace

Result<Pending> hand_in(World& world, const Call& call, api::HandIn body, TellReceipt tell) {
    const NewCodes codes{call.key.value_or(Uuid{}), body.wants_phone_code.value_or(false)};
    Actor actor;
    actor.kind = ActorKind::party;
    TRY(auto pending, begun_by(world, call, std::move(body), actor));
    codes.put_into(world, pending);
    answer_with_receipt(pending, world, call, codes, std::move(tell));
    return pending;
}

Result<Pending>
hand_in_for_firm(World& world, const Call& call, api::HandIn body, TellReceipt tell) {
    const auto directory = world.served->directory();
    const Org* firm = directory->firm_of(call.caller.post);
    if (firm == nullptr) {
        return fail(Errc::forbidden, "the post stands at no firm");
    }
    const NewCodes codes{call.key.value_or(Uuid{}), body.wants_phone_code.value_or(false)};
    TRY(auto pending, begun_by(world, call, std::move(body), actor_of(call.caller)));
    pending.submit.credential = credential_of(call.caller);
    const bool has_code = is_association(*firm);
    if (has_code) {
        codes.put_into(world, pending);
    }
    answer_with_receipt(
        pending, world, call, has_code ? std::optional(codes) : std::nullopt, std::move(tell)
    );
    return pending;
}

}  // namespace zt::http
