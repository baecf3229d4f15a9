#include "app/demo/pieces.hpp"

#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array piece_rows{
    PieceText{
        "care",
        "老旧小区加装电梯难",
        "同一栋楼住户意见不一，费用分摊没有办法。",
        "建议由镇街牵头一楼一策，分层出资并公示。"
    },
    PieceText{
        "village",
        "快递只到镇不到村",
        "村里老人取件要走五公里。",
        "建议村级服务点合一，邮政、供销、快递共用。"
    },
    PieceText{
        "business",
        "小微企业续贷空档期长",
        "还旧借新要过桥十多天。",
        "建议扩大无还本续贷名单，明确办理天数。"
    },
    PieceText{
        "education",
        "课后服务师资不足",
        "乡镇学校课后只有看管没有内容。",
        "建议县域统筹师资走教，引入公益组织。"
    },
    PieceText{
        "environment",
        "河道保洁缺少接力",
        "上下游各管一段，交界处垃圾堆积。",
        "建议交界河段联合巡河，明确清运责任。"
    },
    PieceText{
        "traffic", "学校门口早晚拥堵", "接送车辆占用整条路。", "建议错峰放学，设临时停靠区。"
    },
    PieceText{
        "safety", "电动车进楼充电仍多", "楼道飞线充电屡禁不止。", "建议新增充电棚并与物业考核挂钩。"
    },
    PieceText{
        "governance", "村务公开栏更新慢", "公开栏半年没有换。", "建议按月公开清单，二维码可查。"
    },
    PieceText{
        "economy", "园区标准厂房空置", "厂房建好两年无人入驻。", "建议按产业链招租，建立空置台账。"
    },
};

constexpr std::array goals{
    std::pair{"refused", 14}, std::pair{"withdrawn", 4}, std::pair{"closed", 82}
};
constexpr std::array<std::pair<const char*, int>, 4> held{
    {{"submitted", 1}, {"editing", 2}, {"signed", 4}, {"sent_up", 6}}
};
constexpr std::array channels{"member", "visit", "station", "group", "commissioned"};
constexpr std::array occasions{"三进三助", "委员下基层", "协商工作站值守"};

}  // namespace

void Pieces::later(UtcMs at, const PiecePtr& piece, Result<void> (Pieces::*step)(const PiecePtr&)) {
    world_.plan(at, [this, piece, step] { return (this->*step)(piece); });
}

Actor Pieces::clerk_of(const PieceStory& piece) {
    return world_.post(world_.scene().desks[piece.desk].office, "clerk");
}

PiecePtr Pieces::make(std::string goal, bool is_held) {
    auto& chance = world_.chance();
    auto piece = std::make_shared<PieceStory>();
    piece->about = &chance.one_of(piece_rows);
    piece->desk = chance.index_of(world_.scene().desks.size());
    piece->channel = channels[chance.weighted({40, 25, 20, 10, 5})];
    piece->goal = std::move(goal);
    piece->is_held = is_held;
    piece->is_taken_back = !is_held && chance.hits(80);
    return piece;
}

void Pieces::plan(int count) {
    auto& chance = world_.chance();
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        const bool is_shown = nth < goals.size();
        const std::size_t goal =
            is_shown ? nth : chance.weighted({goals[0].second, goals[1].second, goals[2].second});
        const int per_mille = is_shown ? 40 * (i + 1) : chance.between(0, 990);
        later(
            world_.at_daytime(world_.begin() + span * per_mille / 1000),
            make(goals[goal].first, false),
            &Pieces::hand_in
        );
    }
    for (const auto& [stage, workdays] : held) {
        for (int i = 0; i < 2; ++i) {
            later(
                world_.workday_before_end(workdays) + minutes{chance.between(0, 60)},
                make(stage, true),
                &Pieces::hand_in
            );
        }
    }
}

Result<void> Pieces::hand_in(const PiecePtr& piece) {
    auto& chance = world_.chance();
    const Desk& desk = world_.scene().desks[piece->desk];
    Json fields = Json::object();
    fields.set("title", piece->about->title)
        .set("text", piece->about->text)
        .set("channel", piece->channel)
        .set("category", piece->about->category)
        .set("for", world_.names().caller())
        .set("contact", world_.names().phone());
    Actor actor = world_.post(desk.office, "clerk");
    if (piece->channel == "member") {
        actor = Actor{};
        actor.kind = ActorKind::party;
        fields.set("office", world_.org(desk.office).value);
    } else if (piece->channel == "visit" || piece->channel == "station") {
        fields.set("occasion", chance.one_of(occasions));
        const bool is_at_station = piece->channel == "station" && !desk.villages.empty();
        actor = is_at_station ? world_.post(chance.one_of(desk.villages), "collector")
                              : world_.post(desk.office, "liaison");
    }
    TRY(piece->id, world_.start(actor, "information", std::move(fields)));
    if (!piece->is_held || piece->goal != "submitted") {
        later(world_.in_service(40, piece->is_held ? 200 : 1600), piece, &Pieces::screen);
    }
    return {};
}

Result<void> Pieces::screen(const PiecePtr& piece) {
    TRY(const auto state, world_.see(piece->id));
    Json fields = Json::object();
    if (piece->goal == "withdrawn") {
        return world_.act(
            piece->id,
            World::requester_of(*state),
            Verb::withdraw,
            fields.set("text", "情况已有变化，撤回。")
        );
    }
    if (piece->goal == "refused") {
        fields.set("reason", world_.reason("information_refuse"))
            .set("text", "感谢反映，暂不采用，理由已说明。");
        return world_.act(piece->id, clerk_of(*piece), Verb::refuse, std::move(fields));
    }
    fields.set("category", piece->about->category).set("edited", piece->about->edited);
    TRY_VOID(world_.act(piece->id, clerk_of(*piece), Verb::accept, std::move(fields)));
    if (!piece->is_held || piece->goal != "editing") {
        later(world_.in_service(40, piece->is_held ? 200 : 1800), piece, &Pieces::sign_off);
    }
    return {};
}

Result<void> Pieces::sign_off(const PiecePtr& piece) {
    const Desk& desk = world_.scene().desks[piece->desk];
    TRY_VOID(world_.act(piece->id, world_.post(desk.office, "chief"), Verb::sign_off));
    if (piece->is_taken_back) {
        piece->is_taken_back = false;
        TRY_VOID(world_.act(
            piece->id,
            clerk_of(*piece),
            Verb::recall,
            Json::object().set("text", "数据需再核实，收回修改。")
        ));
        later(world_.in_service(40, 900), piece, &Pieces::sign_off);
        return {};
    }
    registry_.signed_pieces.push_back({piece->id, piece->desk});
    if (!piece->is_held || piece->goal != "signed") {
        later(world_.in_service(30, piece->is_held ? 200 : 900), piece, &Pieces::send_up);
    }
    return {};
}

Result<void> Pieces::send_up(const PiecePtr& piece) {
    const bool is_of_city = piece->desk == 0;
    TRY_VOID(world_.act(
        piece->id,
        clerk_of(*piece),
        Verb::report_up,
        Json::object().set("mark_level", is_of_city ? "province" : "city").set("text", "请阅。")
    ));
    if (piece->is_held) {
        return {};
    }
    later(world_.in_service(200, 1500), piece, &Pieces::answer);
    if (is_of_city && world_.chance().hits(250)) {
        later(world_.in_service(3000, 9000), piece, &Pieces::province_judges);
    } else if (!is_of_city && world_.chance().hits(450)) {
        later(world_.in_service(900, 4000), piece, &Pieces::city_judges);
    }
    return {};
}

Result<void> Pieces::answer(const PiecePtr& piece) {
    const Actor clerk = clerk_of(*piece);
    TRY_VOID(world_.act_together(
        piece->id,
        clerk,
        {{Verb::reply, Json::object().set("text", "您反映的情况已采编报送，采用情况将另行告知。")},
         {Verb::close, Json::object()}}
    ));
    if (!world_.chance().hits(150)) {
        return {};
    }
    return world_.act(
        piece->id,
        clerk,
        Verb::publish,
        Json::object()
            .set("public_title", "社情民意采编情况")
            .set("public_text", piece->about->edited)
            .set("consent", true)
    );
}

/// The level above adopts and sends on, each for itself.
Result<void> Pieces::city_judges(const PiecePtr& piece) {
    const Actor upper = world_.post("city_office", "clerk");
    TRY_VOID(world_.act(
        piece->id,
        upper,
        Verb::mark,
        Json::object().set("mark_level", "city").set("text", "编入市级信息专刊。")
    ));
    if (world_.chance().hits(400)) {
        TRY_VOID(world_.act(
            piece->id,
            upper,
            Verb::send_on,
            Json::object().set("mark_level", "city").set("to_level", "province")
        ));
        later(world_.in_service(1200, 4000), piece, &Pieces::province_judges);
    } else if (world_.chance().hits(250)) {
        later(world_.in_service(200, 900), piece, &Pieces::instructed);
    }
    return {};
}

Result<void> Pieces::province_judges(const PiecePtr& piece) {
    const Json level = Json::object().set("mark_level", "province");
    if (world_.chance().hits(600)) {
        TRY_VOID(world_.act(
            piece->id, clerk_of(*piece), Verb::mark, Json(level).set("evidence", "省级采用通知")
        ));
    }
    if (world_.chance().hits(250)) {
        TRY_VOID(world_.act(
            piece->id,
            clerk_of(*piece),
            Verb::send_on,
            Json(level).set("to_level", "national").set("evidence", "省级转报通知")
        ));
    }
    return {};
}

Result<void> Pieces::instructed(const PiecePtr& piece) {
    TRY_VOID(world_.act(
        piece->id,
        clerk_of(*piece),
        Verb::instruct,
        Json::object()
            .set("mark_level", "city")
            .set("text", world_.say(Phrase::instructed))
            .set("evidence", "市领导批示复印件")
            .set("item_title", "落实批示：" + std::string(piece->about->title))
            .set("planned", to_string(world_.today() + days{world_.chance().between(7, 20)}))
    ));
    later(world_.in_service(1200, 2400), piece, &Pieces::tell_result);
    return {};
}

Result<void> Pieces::tell_result(const PiecePtr& piece) {
    TRY(const auto state, world_.see(piece->id));
    if (!state->is_marked("result_in")) {
        later(world_.in_service(300, 900), piece, &Pieces::tell_result);
        return {};
    }
    return world_.act(
        piece->id,
        clerk_of(*piece),
        Verb::report_progress,
        Json::object().set("text", "批示事项已办结，情况向您反馈。")
    );
}

}  // namespace zt::app::demo
