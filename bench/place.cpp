#include "bench/place.hpp"

#include "app/definitions.hpp"
#include "kindfile/place_file.hpp"
#include "service/genesis.hpp"

#include <fmt/core.h>

#include <cstdlib>

namespace zt::bench {

namespace {

constexpr const char* text_of_120 =
    "小区门口的路灯从上月起整夜不亮，晚上老人和孩子出门很不方便，已经有人摔倒。物业说不归他们管，社区说要等上级安排，"
    "我们打过两次电话没有结果。请有关部门尽快派人来看一看，说明由谁负责、什么时候能修好，并告诉我们。谢谢你们的工作，盼复。";

kindfile::Place small_place() {
    auto place = kindfile::load_place(ZT_SOURCE_DIR "/kinds/places/small.yaml");
    if (!place) {
        give_up("place", place.error().front());
    }
    return *std::move(place);
}

Uuid key_of(UtcMs now, const char* what, std::int64_t number) {
    return uuid7_from_text(now, what + std::to_string(number));
}

}  // namespace

void give_up(const std::string& what, const Error& error) {
    fmt::print(stderr, "bench: {}: {}\n", what, to_string(error));
    std::exit(1);
}

std::unique_ptr<service::Tenant>
create_place(const std::string& path, app::OsRandom& random, UtcMs at) {
    const auto files = must(app::Definitions::find(ZT_SOURCE_DIR "/kinds"), "kinds");
    const auto place = small_place();
    service::Creation creation;
    creation.path = path;
    creation.definitions = must(files.service_definitions(), "definitions");
    creation.pack = place.pack;
    creation.calendar = place.calendar;
    creation.tenant = place.name;
    creation.random = &random;
    auto tenant = must(service::Tenant::create(creation), "create");
    ignore(
        must(service::write_genesis(tenant->ledger(), place, at, Origin::live, at), "genesis"),
        "counts are for people"
    );
    return tenant;
}

std::unique_ptr<service::Tenant>
open_place(const std::string& path, app::OsRandom& random, bool fills_later) {
    service::Opening opening;
    opening.path = path;
    opening.access = store::Access::write;
    opening.random = &random;
    opening.fills_later = fills_later;
    return must(service::Tenant::open(opening), "open");
}

Day::Day(const Directory& directory, UtcMs now) : directory_(directory), now_(now) {}

Submit Day::by(const Actor& actor, Verb verb, MatterId matter) const {
    Submit submit;
    submit.credential = "bench";
    Command command;
    command.verb = verb;
    command.matter = matter;
    command.actor = actor;
    submit.commands.push_back(std::move(command));
    return submit;
}

Submit Day::by(const char* org, const char* post, Verb verb, MatterId matter) const {
    const Date day = office_date(now_, OfficeOffset{});
    Actor actor;
    actor.kind = ActorKind::post;
    actor.post = directory_.find_post(directory_.find_org(org, day)->id, post, day)->id;
    return by(actor, verb, matter);
}

Submit Day::hand_in(std::int64_t number) const {
    Submit submit = by("office", "clerk", Verb::register_, MatterId{});
    Command& command = submit.commands.front();
    command.kind = "appeal";
    command.fields.set("channel", "hotline").set("purpose", "help");
    command.fields.set("title", "小区路灯不亮第" + std::to_string(number) + "次反映");
    command.fields.set("text", text_of_120).set("for", "王小满").set("contact", "0000-1234567");
    submit.key = key_of(now_ + Millis{number / 20}, "hand in ", number);
    return submit;
}

Submit Day::follow_up(MatterId matter, int step, std::int64_t number) const {
    Submit submit;
    switch (step) {
    case 0: submit = by("office", "clerk", Verb::accept, matter); break;
    case 1:
        submit = by("office", "clerk", Verb::assign, matter);
        submit.commands.front().fields.set("lead", "供电公司");
        break;
    case 2: submit = by("供电公司", "handler", Verb::sign_for, matter); break;
    default:
        submit = by("office", "clerk", Verb::note, matter);
        submit.commands.front().fields.set("note", "已电话告知诉求人，现场人员当天到达");
    }
    submit.key = key_of(now_ + Millis{number / 20}, "follow up ", number);
    return submit;
}

std::vector<Submit> Day::life(std::int64_t number) const {
    const MatterId begun;
    std::vector<Submit> steps;
    steps.push_back(hand_in(number));
    for (const int step : {0, 1, 2}) {
        steps.push_back(follow_up(begun, step, 20 * number + step));
    }
    const auto add = [&](const char* org, const char* post, Verb verb, const char* text) {
        Submit step = by(org, post, verb, begun);
        if (*text != '\0') {
            step.commands.front().fields.set(verb == Verb::note ? "note" : "text", text);
        }
        steps.push_back(std::move(step));
    };
    add("供电公司", "handler", Verb::contact, "已电话联系，约定下午到现场");
    add("供电公司", "handler", Verb::note, "线路老化，需更换三十米");
    add("供电公司", "signer", Verb::sign_off, "");
    add("供电公司",
        "handler",
        Verb::reply,
        "线路已更换，路灯恢复照明，今后每月巡查一次，有问题请拨打热线。");
    steps.back().commands.front().fields.set("reply_class", "A").set("evidence", "现场照片");
    add("office", "clerk", Verb::verify, "");
    add("office", "clerk", Verb::close, "");
    Actor requester;
    requester.kind = ActorKind::party;
    requester.party = 1;
    steps.push_back(by(requester, Verb::rate, begun));
    steps.back().commands.front().fields.set("satisfaction", "satisfied").set("solved", "solved");
    add("office", "clerk", Verb::note, "已归档");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        steps[i].key = key_of(now_, "life ", 20 * number + static_cast<std::int64_t>(i));
    }
    return steps;
}

}  // namespace zt::bench
