#include "app/demo/proposals.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using Fate = ProposalStory::Fate;

constexpr std::array fates{
    Fate::refused,
    Fate::converted,
    Fate::merged,
    Fate::withdrawn,
    Fate::terminated,
    Fate::sent_back,
    Fate::key,
    Fate::parts,
    Fate::rated_bad,
    Fate::extended,
};
constexpr std::array<std::pair<const char*, int>, 7> held{
    {{"submitted", 1},
     {"reviewed", 2},
     {"merged", 3},
     {"filed", 4},
     {"offered", 5},
     {"handling", 9},
     {"replied", 10}}
};
constexpr int slowest_of_held = 220;

}  // namespace

Proposals::Proposals(World& world) : world_(world) {
    world_.on_birth("suggestion", [this](MatterId id) {
        world_.plan(world_.in_service(100, 900), [this, id] { return take_up(id); });
    });
}

/// What was turned into a suggestion is passed on and answered.
Result<void> Proposals::take_up(MatterId id) {
    TRY(const auto state, world_.see(id));
    Json edited = Json::object().set("edited", "意见建议已整理，供有关部门研究参考。");
    return world_.act_together(
        id,
        at_office(*state, "clerk"),
        {{Verb::accept, std::move(edited)},
         {Verb::refer, Json::object().set("department", "fgw").set("text", "请研究参考。")},
         {Verb::reply, Json::object().set("text", "已转有关部门研究参考。")},
         {Verb::close, Json::object()}}
    );
}

void Proposals::later(UtcMs at, const ProposalPtr& one, Step step) {
    world_.plan(at, [this, one, step] { return (this->*step)(one); });
}

void Proposals::next(const State& state, const ProposalPtr& one, int low, int high, Step step) {
    if (one->hold != state.stage) {
        later(
            world_.in_service(low, one->hold.empty() ? high : std::min(high, slowest_of_held)),
            one,
            step
        );
    }
}

std::string Proposals::office_code(std::size_t desk) const {
    const auto& prefix = world_.scene().desks[desk].prefix;
    return (prefix.empty() ? "city" : prefix) + "_cppcc";
}

Actor Proposals::at_office(const State& state, std::string_view word) {
    return world_.post(state.office, word);
}

/// A unit that is not at work on it already.
std::string Proposals::unit_of(const ProposalStory& one, const State& state, std::string_view but) {
    static constexpr std::array<std::string_view, 5> county{
        "@zjj", "@zrzy", "@scjg", "@nyj", "@rsj"
    };
    static constexpr std::array<std::string_view, 5> city{"fgw", "gxj", "jtj", "sthj", "jrb"};
    auto& chance = world_.chance();
    for (;;) {
        auto unit = unit_for(
            world_.scene(),
            one.desk,
            one.desk == 0 ? chance.one_of(city) : chance.one_of(county),
            chance
        );
        if (unit != but && state.hand_of(world_.org(unit)) == nullptr) {
            return unit;
        }
    }
}

void Proposals::plan(int count) {
    auto& chance = world_.chance();
    plan_seasons();
    const auto make = [&](Fate fate, std::string hold) {
        auto one = std::make_shared<ProposalStory>();
        one->about = &chance.one_of(motions());
        one->desk = chance.index_of(world_.scene().desks.size());
        one->fate = fate;
        one->hold = std::move(hold);
        return one;
    };
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        // The first takes in the one that is merged; each fate once, early enough for its whole
        // life.
        const Fate fate = nth == 0              ? Fate::ordinary
                          : nth <= fates.size() ? fates[nth - 1]
                          : chance.hits(400)    ? chance.one_of(fates)
                                                : Fate::ordinary;
        auto one = make(fate, "");
        one->desk = nth <= fates.size() ? 0 : one->desk;
        const int percent = nth == 0              ? 2
                            : nth <= fates.size() ? chance.between(8, 16)
                                                  : chance.between(2, 96);
        later(
            world_.at_desk(world_.begin() + span * percent / 100 + minutes{chance.between(0, 400)}),
            one,
            &Proposals::hand_in
        );
    }
    for (const auto& [stage, workdays] : held) {
        for (int i = 0; i < 2; ++i) {
            const bool is_merged = stage == std::string_view("merged");
            auto one = make(is_merged ? Fate::merged : Fate::ordinary, stage);
            // Those that are merged go into one that rests as filed.
            one->desk = is_merged || stage == std::string_view("filed") ? 0 : one->desk;
            later(
                world_.workday_before_end(workdays) + minutes{chance.between(0, 60)},
                one,
                &Proposals::hand_in
            );
        }
    }
}

/// One season that ends, one that was a mistake, one whose proposals are being selected, one that
/// collects.
void Proposals::plan_seasons() {
    const auto add = [&](UtcMs at, int length, bool is_cancelled) {
        world_.plan(at, [this, length, is_cancelled] {
            return begin_season(length, is_cancelled);
        });
    };
    add(world_.at_desk(world_.begin() + minutes{30}), 18, false);
    add(world_.at_desk(world_.begin() + days{25}), 10, true);
    add(world_.workday_before_end(8), 2, false);
    add(world_.workday_before_end(2) + minutes{30}, 40, false);
}

Result<void> Proposals::begin_season(int length, bool is_cancelled) {
    const Date deadline = world_.today() + days{length};
    Json fields = Json::object();
    fields.set("title", is_cancelled ? "专题议政提案征集" : "市政协全体会议提案征集")
        .set("opens", to_string(deadline + days{5}))
        .set("deadline", to_string(deadline))
        .set("places", 120)
        .set("topics", "营商环境；老旧小区；乡村道路；水源保护");
    TRY(const auto id,
        world_.start(world_.post(office_code(0), "clerk"), "season", std::move(fields)));
    if (is_cancelled) {
        return world_.act(
            id,
            world_.post(office_code(0), "chief"),
            Verb::terminate,
            Json::object().set("text", "并入全体会议征集。")
        );
    }
    collecting_ = id;
    TRY_VOID(world_.act(
        id,
        world_.post(office_code(0), "clerk"),
        Verb::publish,
        Json::object().set("public_text", "参考选题已发布，欢迎选题调研。")
    ));
    // Those that end long before the demo are handed over.
    const UtcMs over = world_.now() + days{length + 20};
    if (over < world_.end()) {
        world_.plan(world_.at_desk(over), [this, id] { return end_season(id); });
    }
    return {};
}

Result<void> Proposals::end_season(MatterId id) {
    TRY(const auto state, world_.see(id));
    return state->stage == "selecting" ? world_.act(
                                             id,
                                             world_.post(office_code(0), "chief"),
                                             Verb::close,
                                             Json::object().set("text", "交办会已召开。")
                                         )
                                       : Result<void>{};
}

Result<void> Proposals::hand_in(const ProposalPtr& one) {
    auto& chance = world_.chance();
    const Desk& desk = world_.scene().desks[one->desk];
    static constexpr std::array<const char*, 4> forms{"individual", "joint", "party", "sector"};
    const std::size_t form = chance.weighted({60, 20, 10, 10});
    Json fields = Json::object();
    fields.set("title", one->about->title)
        .set("text", one->about->text)
        .set("study", one->about->study)
        .set("category", one->about->category)
        .set("proposer_form", forms[form])
        .set("area", desk.prefix.empty() ? world_.scene().desks[1].prefix : desk.prefix)
        .set("for", world_.names().caller())
        .set("contact", world_.names().phone());
    if (form == 1) {
        Json names = Json::array();
        names.push(world_.names().caller()).push(world_.names().caller());
        fields.set("cosigners", std::move(names));
    }
    if (one->desk == 0 && collecting_) {
        TRY(const auto season, world_.see(collecting_));
        if (season->stage == "collecting") {
            one->season = collecting_;
            fields.set("season", collecting_.value);
        }
    }
    TRY(one->id,
        world_.start(world_.post(office_code(one->desk), "clerk"), "proposal", std::move(fields)));
    TRY(const auto state, world_.see(one->id));
    next(*state, one, 60, 900, &Proposals::answer_cosigners);
    return {};
}

Result<void> Proposals::answer_cosigners(const ProposalPtr& one) {
    TRY(const auto state, world_.see(one->id));
    for (const auto& party : state->parties) {
        if (party.state != PartyState::asked) {
            continue;
        }
        Actor actor;
        actor.kind = ActorKind::party;
        actor.party = party.no;
        const bool confirms = world_.chance().hits(800);
        TRY_VOID(world_.act(one->id, actor, confirms ? Verb::confirm : Verb::decline));
    }
    if (one->fate == Fate::withdrawn) {
        return world_.act(
            one->id,
            World::requester_of(*state),
            Verb::withdraw,
            Json::object().set("text", "与他人所提相同，撤回。")
        );
    }
    next(*state, one, 60, 900, &Proposals::review);
    return {};
}

Result<void> Proposals::review(const ProposalPtr& one) {
    TRY(auto state, world_.see(one->id));
    const char* outcome = one->fate == Fate::refused     ? "refuse"
                          : one->fate == Fate::converted ? "convert"
                          : one->fate == Fate::merged    ? "merge"
                                                         : "file";
    TRY_VOID(world_.act(
        one->id,
        at_office(*state, "reviewer"),
        Verb::review,
        Json::object()
            .set("outcome", outcome)
            .set("text", "一事一案，有情况有建议，对口审查意见附后。")
    ));
    TRY(state, world_.see(one->id));
    next(*state, one, 60, 700, &Proposals::file);
    return {};
}

Result<void> Proposals::file(const ProposalPtr& one) {
    TRY(auto state, world_.see(one->id));
    const Actor clerk = at_office(*state, "clerk");
    Json fields = Json::object();
    if (one->fate == Fate::refused) {
        fields.set("reason", world_.chance().hits(500) ? "not_selected" : "empty")
            .set("text", "经比选未予立案，理由已告知，可作为意见建议参考。");
        return world_.act(one->id, clerk, Verb::refuse, std::move(fields));
    }
    if (one->fate == Fate::converted) {
        fields.set("item_title", one->about->title).set("text", one->about->text);
        return world_.act(one->id, clerk, Verb::spawn, fields.set("reason", "academic"));
    }
    const auto found = filed_.find(one->desk);
    if (one->fate == Fate::merged && found != filed_.end()) {
        TRY(const auto into, world_.see(found->second));
        if (into->counts == Counts::open) {
            return world_.act(one->id, clerk, Verb::merge, fields.set("into", into->id.value));
        }
    }
    TRY_VOID(world_.act(one->id, clerk, Verb::accept, fields.set("text", "予以立案。")));
    if (one->fate != Fate::terminated && (one->hold.empty() || one->hold == "filed")) {
        filed_.insert_or_assign(one->desk, one->id);
    }
    TRY(state, world_.see(one->id));
    if (one->fate == Fate::terminated) {
        return world_.act(
            one->id,
            at_office(*state, "chief"),
            Verb::terminate,
            Json::object().set("reason", world_.reason("terminate")).set("text", "所提事项已解决。")
        );
    }
    next(*state, one, 60, 900, &Proposals::offer);
    return {};
}

Result<void> Proposals::offer(const ProposalPtr& one) {
    TRY(auto state, world_.see(one->id));
    Json fields = Json::object().set("text", "预交办，请五个工作日内回应。");
    const std::string lead = unit_of(*one, *state, "");
    if (one->fate == Fate::parts) {
        fields.set("split", lead + "," + unit_of(*one, *state, lead));
    } else {
        fields.set("lead", lead).set("joint", unit_of(*one, *state, lead));
    }
    TRY_VOID(world_.act(one->id, at_office(*state, "clerk"), Verb::assign, std::move(fields)));
    TRY(state, world_.see(one->id));
    next(*state, one, 100, 800, &Proposals::agree);
    return {};
}

Result<void> Proposals::agree(const ProposalPtr& one) {
    TRY(const auto state, world_.see(one->id));
    if (state->stage != "offered") {
        return {};
    }
    for (const auto& hand : hands_at_work(*state)) {
        if (hand.state != HandState::offered) {
            continue;
        }
        const Actor handler = world_.post(hand.org, "handler");
        if (one->fate == Fate::sent_back && hand.role == "lead") {
            one->fate = Fate::ordinary;
            TRY_VOID(world_.act(
                one->id,
                handler,
                Verb::send_back,
                Json::object()
                    .set("reason", world_.reason("send_back"))
                    .set("text", world_.say(Phrase::not_ours))
            ));
            later(world_.in_service(100, 500), one, &Proposals::offer);
            return {};
        }
        TRY_VOID(world_.act(one->id, handler, Verb::sign_for));
    }
    later(
        world_.in_service(100, one->hold.empty() ? 1500 : slowest_of_held),
        one,
        &Proposals::hand_over
    );
    return {};
}

Result<void> Proposals::hand_over(const ProposalPtr& one) {
    TRY(auto state, world_.see(one->id));
    const bool is_settled = std::ranges::none_of(state->hands, [](const Hand& hand) {
        return hand.state == HandState::offered;
    });
    if (state->stage != "offered" || !is_settled) {
        return {};
    }
    TRY_VOID(world_.act(
        one->id,
        at_office(*state, "clerk"),
        Verb::assign,
        Json::object().set("text", "交办会已召开，请按时答复。")
    ));
    TRY(state, world_.see(one->id));
    if (one->fate == Fate::key) {
        TRY_VOID(make_key(one, *state));
    }
    next(*state, one, 200, 1800, &Proposals::work);
    return {};
}

/// A key proposal with its three supervisors, its plan and its special report.
Result<void> Proposals::make_key(const ProposalPtr& one, const State& state) {
    const Actor chief = at_office(state, "chief");
    TRY_VOID(
        world_.act(one->id, chief, Verb::mark, Json::object().set("text", "主席会议研究确定。"))
    );
    const std::string government = world_.scene().desks[one->desk].government;
    const std::string office = office_code(one->desk);
    const std::array<std::pair<const char*, Actor>, 3> seats{
        {{"standing_member", world_.post(office, "member")},
         {"deputy_head", world_.post(government, one->desk == 0 ? "head" : "deputy")},
         {"committee", world_.post(office, "reviewer")}}
    };
    for (const auto& [slot, actor] : seats) {
        TRY_VOID(world_.act(
            one->id,
            chief,
            Verb::order_supervision,
            Json::object().set("slot", slot).set("post", actor.post.value)
        ));
    }
    const OrgId lead = state.lead()->org;
    TRY_VOID(world_.act(
        one->id,
        world_.post(lead, "handler"),
        Verb::plan,
        Json::object()
            .set("item_title", "制定重点提案办理方案并逐项落实")
            .set("owner", lead.value)
            .set("planned", to_string(world_.today() + days{20}))
    ));
    TRY_VOID(world_.act(
        one->id,
        world_.post(office, "member"),
        Verb::look_back,
        Json::object().set("outcome", "visit").set("text", "到现场看了进展。")
    ));
    return world_.act(
        one->id,
        at_office(state, "clerk"),
        Verb::report_up,
        Json::object().set("text", "重点提案督办专报第一期。")
    );
}

}  // namespace zt::app::demo
