#include "http/pages/following.hpp"

#include "service/follow_up.hpp"
#include "service/phone_codes.hpp"

namespace zt::http {

namespace {

/// A matter of another firm is answered like one that is not there.
Result<MatterId> followed_by_firm(World& world, const Call& call, service::Desk& desk) {
    const std::string& number = call.path_value("number");
    TRY(const MatterId matter, desk.find_number(number));
    TRY(const State state, desk.state(matter));
    const auto directory = world.served->directory();
    Context context;
    context.now = call.now;
    context.kinds = &world.served->rules().kinds;
    context.pack = &world.served->rules().pack;
    context.calendar = &world.served->rules().calendar;
    context.directory = directory.get();
    if (sight_of(state, call.caller, context) < Sight::masked) {
        return fail(Errc::unknown_matter, "no matter has the number '" + number + "'");
    }
    return matter;
}

}  // namespace

bool is_for_firm(const Call& call) { return call.code.empty() && call.caller.is_of_firm; }

Result<MatterId> followed(World& world, const Call& call, service::Desk& desk) {
    if (is_for_firm(call)) {
        return followed_by_firm(world, call, desk);
    }
    const std::string& number = call.path_value("number");
    const auto matter = desk.find_number(number);
    std::string kept;
    if (matter) {
        TRY(const State state, desk.state(*matter));
        const std::string& phone = state.field(service::phone_field).as_string();
        if (world.phone_codes != nullptr &&
            world.phone_codes->is_ticket(number, call.code, phone, call.now)) {
            return matter;
        }
        kept = state.field(service::follow_field).as_string();
    } else if (matter.error().code != Errc::unknown_matter) {
        return matter;
    }
    TRY_VOID(world.follow_ups->check({number, call.code, kept}, call.now));
    return matter;
}

Viewer follower_of(const State& state, const Call& call, const Directory& directory) {
    return zt::viewer_of(acting_follower(state, call, directory), state.id);
}

Actor acting_follower(const State& state, const Call& call, const Directory& directory) {
    Actor actor;
    actor.kind = ActorKind::party;
    if (is_for_firm(call)) {
        const Org* firm = directory.firm_of(call.caller.post);
        actor.party = firm == nullptr ? 0 : party_of_firm(state, firm->id);
    } else if (const Party* requester = state.requester()) {
        actor.party = requester->no;
    }
    return actor;
}

}  // namespace zt::http
