#include "http/pages/asking.hpp"

#include "http/papers.hpp"

namespace zt::http {

namespace {

std::unexpected<Error> unknown(const Call& call) {
    return fail(
        Errc::unknown_matter,
        "no questionnaire has the number '" + std::string(call.path_value("number")) + "'"
    );
}

}  // namespace

Date today_in(const World& world, const Call& call) {
    return office_date(call.now, world.served->rules().calendar.offset);
}

Result<Seen> see_questionnaire(World& world, const Call& call) {
    auto seen = see(world, call);
    if (!seen && seen.error().code != Errc::unknown_matter) {
        return std::unexpected(std::move(seen).error());
    }
    // Everybody of the office that works with it may leave a note, at any stage.
    if (!seen || seen->loaded.state.kind != questionnaire_kind ||
        !may(seen->loaded.state, Verb::note, actor_of(call.caller), seen->looking.context)) {
        return unknown(call);
    }
    return *std::move(seen);
}

Result<void> may_do(const Seen& seen, const Call& call, Verb verb) {
    return may(seen.loaded.state, verb, actor_of(call.caller), seen.looking.context);
}

Result<api::Questions> questions_of(const service::Poll& poll) {
    TRY(const Json definition, parse_canonical(poll.definition));
    return from_json<api::Questions>(definition);
}

bool is_on_record(const State& state, const service::Poll& poll) {
    return state.field("questions_hash").as_string() == service::questions_hash(poll.definition);
}

bool takes_answers(const State& state, const service::Poll& poll, Date today) {
    const auto last = parse_date(state.field("closes_on").as_string());
    return state.stage == "open" && poll.phase == service::PollPhase::open &&
           is_on_record(state, poll) && last && today <= *last;
}

Result<AskedOne> asked_one(World& world, const Call& call) {
    TRY(auto desk, world.served->desk());
    const auto matter = desk->find_number(call.path_value("number"));
    if (!matter) {
        return matter.error().code == Errc::unknown_matter
                   ? Result<AskedOne>(unknown(call))
                   : Result<AskedOne>(std::unexpected(matter.error()));
    }
    AskedOne one;
    TRY(one.state, desk->state(*matter));
    if (one.state.kind != questionnaire_kind || one.state.field("questions_hash").is_null()) {
        return unknown(call);
    }
    TRY(one.poll, world.papers->answers->find(*matter));
    one.is_open = takes_answers(one.state, one.poll, today_in(world, call));
    return one;
}

Reply reply_of(service::Taken taken) {
    return json_reply(to_json(api::SheetTaken{taken == service::Taken::before}));
}

}  // namespace zt::http
