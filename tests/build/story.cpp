#include "build/story.hpp"

#include "base/check.hpp"
#include "service/genesis.hpp"

#include <cstdio>
#include <map>

namespace zt::build {

namespace {

template <class T>
T must(Result<T>&& result, const char* what) {
    if (!result) {
        std::fprintf(stderr, "story: %s: %s\n", what, to_string(result.error()).c_str());
        CHECK(result.has_value());
    }
    return *std::move(result);
}

std::string folder(const char* name) { return std::string(ZT_SOURCE_DIR) + "/" + name; }

Json fields_of(Fields fields) {
    Json json = Json::object();
    for (const auto& [name, value] : fields) {
        json.set(name, value);
    }
    return json;
}

}  // namespace

namespace {

service::Definitions read_definitions() {
    service::Definitions definitions;
    definitions.kinds = must(kindfile::read_yaml_folder(folder("kinds")), "kinds");
    definitions.packs = must(kindfile::read_yaml_folder(folder("packs")), "packs");
    definitions.calendars = must(kindfile::read_yaml_folder(folder("calendars")), "calendars");
    return definitions;
}

struct StoryPlace {
    kindfile::Place place;
    service::SharedRules rules;
};

StoryPlace read_place(const std::string& name) {
    StoryPlace one;
    auto read = kindfile::load_place(folder("kinds/places/") + name + ".yaml");
    CHECK(read.has_value());
    one.place = *std::move(read);
    const kindfile::Place& place = one.place;
    one.rules = must(
        service::build_rules(shipped_definitions(), place.pack, place.calendar, place.name), "rules"
    );
    return one;
}

/// Each made once a process: reading all definitions takes longer than most stories.
const StoryPlace& place_called(const std::string& name) {
    static std::map<std::string, StoryPlace> places;
    const auto found = places.find(name);
    return found != places.end() ? found->second
                                 : places.emplace(name, read_place(name)).first->second;
}

}  // namespace

const service::Definitions& shipped_definitions() {
    static const service::Definitions definitions = read_definitions();
    return definitions;
}

const kindfile::Place& small_place() { return place_called("small").place; }

Story::Story(std::unique_ptr<store::Store> store, const std::string& place)
    : random_(1), store_(std::move(store)) {
    const StoryPlace& at = place_called(place);
    now_ = must(parse_instant("2022-08-01 09:00"), "time");
    key_ = vault::MasterKey::make(random_);
    service::LedgerParts parts;
    parts.store = store_.get();
    parts.key = &*key_;
    parts.random = &random_;
    parts.figures = &figures_;
    parts.open_set = &open_set_;
    ledger_ = must(service::Ledger::open(parts, at.rules), "ledger");
    static_cast<void>(
        must(service::write_genesis(*ledger_, at.place, now_, Origin::live, now_), "genesis")
    );
    as("office.clerk");
}

Story::~Story() = default;

Story& Story::at(std::string_view office_time) {
    now_ = must(parse_instant(office_time), "time");
    return *this;
}

OrgId Story::org(std::string_view code) const {
    const Org* found = ledger_->directory().find_org(code, office_date(now_));
    CHECK(found != nullptr);
    return found->id;
}

PostId Story::post(std::string_view org_and_post) const {
    const std::size_t dot = org_and_post.rfind('.');
    const Post* found = ledger_->directory().find_post(
        org(org_and_post.substr(0, dot)), org_and_post.substr(dot + 1), office_date(now_)
    );
    CHECK(found != nullptr);
    return found->id;
}

Story& Story::as(std::string_view org_and_post) {
    actor_ = Actor{};
    actor_.kind = ActorKind::post;
    actor_.post = post(org_and_post);
    return *this;
}

Story& Story::as_requester() {
    actor_ = Actor{};
    actor_.kind = ActorKind::party;
    actor_.party = 1;
    return *this;
}

Story& Story::as_system() {
    actor_ = Actor{};
    return *this;
}

Submit Story::submit(Verb verb, MatterId matter, Fields fields) const {
    Submit submit;
    submit.credential = "story";
    Command command;
    command.verb = verb;
    command.matter = matter;
    command.actor = actor_;
    command.fields = fields_of(fields);
    submit.commands.push_back(std::move(command));
    return submit;
}

Result<service::AnswerRow> Story::tries(Verb verb, MatterId matter, Fields fields) {
    TRY(const auto answer, ledger_->submit(submit(verb, matter, fields), now_));
    return answer.rows.front();
}

service::AnswerRow Story::does(Verb verb, MatterId matter, Fields fields) {
    return must(tries(verb, matter, fields), std::string(row_of(verb).name).c_str());
}

MatterId Story::begins(const char* kind, Fields fields) {
    Submit one = submit(Verb::register_, MatterId{}, fields);
    one.commands.front().kind = kind;
    return must(ledger_->submit(one, now_), kind).rows.front().matter;
}

MatterId Story::appeal_in(std::string_view stage) {
    as("office.clerk");
    const MatterId appeal = begins(
        "appeal",
        {{"title", "门口停电三天"},
         {"text", "小区门口已经停电三天，请尽快处理"},
         {"channel", "hotline"},
         {"purpose", "help"},
         {"for", "王小满"},
         {"contact", "0000-1234567"}}
    );
    if (stage != "registered") {
        does(Verb::accept, appeal);
    }
    if (stage == "handling") {
        does(Verb::assign, appeal, {{"lead", "供电公司"}});
    }
    return appeal;
}

void Story::answer_and_close(MatterId appeal) {
    as("供电公司.handler");
    does(Verb::sign_for, appeal);
    does(Verb::contact, appeal, {{"text", "已电话联系"}});
    as("供电公司.signer");
    does(Verb::sign_off, appeal);
    as("供电公司.handler");
    does(
        Verb::reply,
        appeal,
        {{"text", "线路已修复，恢复供电"}, {"reply_class", "A"}, {"evidence", "现场照片"}}
    );
    as("office.clerk");
    does(Verb::verify, appeal);
    does(Verb::close, appeal);
}

const State& Story::state(MatterId matter) {
    held_.push_back(must(ledger_->state(matter), "state"));
    return *held_.back();
}

}  // namespace zt::build
