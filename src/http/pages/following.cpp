#include "http/pages/following.hpp"

#include "service/follow_up.hpp"
#include "service/phone_codes.hpp"

namespace zt::http {

Result<MatterId> followed(World& world, const Call& call, service::Desk& desk) {
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

Viewer requester_of(const State& state) { return zt::viewer_of(acting_requester(state), state.id); }

Actor acting_requester(const State& state) {
    const Party* requester = state.requester();
    Actor actor;
    actor.kind = ActorKind::party;
    actor.party = requester == nullptr ? 0 : requester->no;
    return actor;
}

}  // namespace zt::http
