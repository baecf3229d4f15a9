// What units make of a proposal, and what its proposer says to that.

#include "app/demo/proposals.hpp"

#include <array>

namespace zt::app::demo {

using std::chrono::days;
using Fate = ProposalStory::Fate;

std::vector<Hand> hands_at_work(const State& state) {
    std::vector<Hand> hands;
    for (const auto& hand : state.hands) {
        if (!hand.post && is_open(hand.state) && hand.turn == state.turn &&
            hand.state != HandState::replied) {
            hands.push_back(hand);
        }
    }
    return hands;
}

Result<void> Proposals::work(const ProposalPtr& one) {
    TRY(const auto state, world_.see(one->id));
    if (state->stage != "handling") {
        return {};
    }
    for (const auto& hand : hands_at_work(*state)) {
        const Actor handler = world_.post(hand.org, "handler");
        if (hand.role == "joint") {
            TRY_VOID(world_.act(
                one->id,
                handler,
                Verb::give_opinion,
                Json::object().set("opinion", world_.say(Phrase::opinion))
            ));
            continue;
        }
        TRY_VOID(world_.act_together(
            one->id,
            handler,
            {{Verb::sign_for, Json::object()},
             {Verb::contact, Json::object().set("text", "与提案者面商，听取意见。")}}
        ));
    }
    if (one->fate == Fate::extended) {
        const Json length = Json::object().set("length", "1mo");
        TRY_VOID(world_.act(
            one->id,
            world_.post(state->lead()->org, "handler"),
            Verb::ask_extension,
            Json(length)
                .set("reason", world_.reason("extension"))
                .set("text", world_.say(Phrase::site_work))
        ));
        TRY_VOID(world_.act(
            one->id,
            at_office(*state, "chief"),
            Verb::grant_extension,
            Json(length).set("consent", true)
        ));
    }
    later(world_.in_service(400, one->hold.empty() ? 5000 : 900), one, &Proposals::reply);
    return {};
}

Result<void> Proposals::reply_of(const ProposalPtr& one, const Hand& hand) {
    static constexpr std::array<const char*, 4> classes{"A", "B", "C", "D"};
    // As in Ningbo 2011 (DOMAIN 3.6): 25, 62, 11, 2 in a hundred.
    const char* reply_class = classes[world_.chance().weighted({25, 62, 11, 2})];
    TRY_VOID(world_.act(one->id, world_.post(hand.org, "signer"), Verb::sign_off));
    Json fields = Json::object();
    fields.set("text", world_.say(Phrase::replied) + std::string(one->about->answer))
        .set("reply_class", reply_class);
    if (std::string_view(reply_class) == "B") {
        fields.set("promise", world_.say(Phrase::promised))
            .set("promise_by", to_string(world_.today() + days{world_.chance().between(20, 150)}));
    }
    return world_.act(one->id, world_.post(hand.org, "handler"), Verb::reply, std::move(fields));
}

Result<void> Proposals::reply(const ProposalPtr& one) {
    TRY(auto state, world_.see(one->id));
    if (state->stage != "handling" || one->hold == "handling") {
        return {};
    }
    for (const auto& hand : hands_at_work(*state)) {
        if (hand.role != "joint") {
            TRY_VOID(reply_of(one, hand));
        }
    }
    TRY(state, world_.see(one->id));
    next(*state, one, 200, 1500, &Proposals::conclude);
    return {};
}

Result<void> Proposals::conclude(const ProposalPtr& one) {
    TRY(auto state, world_.see(one->id));
    if (state->stage != "replied") {
        return {};
    }
    const Actor clerk = at_office(*state, "clerk");
    const bool is_key = state->field("key_proposal").as_bool();
    if (is_key && !state->is_marked("special_report")) {
        TRY_VOID(world_.act(
            one->id, clerk, Verb::report_up, Json::object().set("text", "重点提案办复专报。")
        ));
    }
    TRY_VOID(world_.act_together(
        one->id,
        clerk,
        {{Verb::verify, Json::object().set("text", "答复有针对性，格式规范。")},
         {Verb::close, Json::object()}}
    ));
    later(world_.in_service(300, 2400), one, &Proposals::judge);
    return {};
}

Result<void> Proposals::judge(const ProposalPtr& one) {
    TRY(const auto state, world_.see(one->id));
    if (state->stage != "closed" || (one->fate == Fate::ordinary && world_.chance().hits(120))) {
        return {};
    }
    const bool is_bad = one->fate == Fate::rated_bad;
    const auto rate = [&](OrgId org, bool bad) {
        return world_.act(
            one->id,
            World::requester_of(*state),
            Verb::rate,
            Json::object()
                .set("org", org.value)
                .set("attitude", "satisfied")
                .set("procedure", world_.chance().hits(800) ? "satisfied" : "basically")
                .set(
                    "result",
                    bad                         ? "dissatisfied"
                    : world_.chance().hits(800) ? "satisfied"
                                                : "basically"
                )
        );
    };
    OrgId bad_at;
    for (const auto& hand : state->hands) {
        const bool has_led = hand.role != "joint" && !hand.post && hand.turn == state->turn &&
                             hand.state == HandState::done;
        if (has_led) {
            TRY_VOID(rate(hand.org, is_bad));
            bad_at = hand.org;
        }
    }
    if (!is_bad || !bad_at) {
        return publish(one, *state);
    }
    one->fate = Fate::ordinary;
    TRY_VOID(world_.act(
        one->id,
        at_office(*state, "clerk"),
        Verb::redo,
        Json::object()
            .set("text", world_.say(Phrase::redo))
            .set("hands", Json::array().push(bad_at.value))
    ));
    later(world_.in_service(300, 1500), one, &Proposals::work);
    return {};
}

Result<void> Proposals::publish(const ProposalPtr& one, const State& state) {
    const bool agrees = world_.chance().hits(700);
    Json fields = Json::object();
    if (!agrees) {
        return world_.act(
            one->id, at_office(state, "clerk"), Verb::classify, fields.set("reason", "no_consent")
        );
    }
    fields
        .set("public_text", std::string(one->about->title) + "：" + std::string(one->about->answer))
        .set("consent", true);
    return world_.act(one->id, at_office(state, "clerk"), Verb::publish, std::move(fields));
}

}  // namespace zt::app::demo
