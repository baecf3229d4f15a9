#include "tests/http/script_walk.hpp"

#include "app/scenario/submit.hpp"
#include "base/text.hpp"
#include "http/api.hpp"
#include "kindfile/pack_file.hpp"

#include <algorithm>

namespace zt::http::test {

namespace {

using app::scenario::ActorForm;
using app::scenario::LineForm;
using app::scenario::Script;

const std::string kinds_folder = ZT_SOURCE_DIR "/kinds/";

/// `-> refused CODE`; a stage may be called so too.
bool is_refused(const app::scenario::ScriptLine& line) {
    return line.expected.size() > 1 && line.expected[0].key == "refused" &&
           !line.expected[1].has_value && find_errc(line.expected[1].key);
}

bool is_taken(const app::scenario::ScriptLine& line) {
    return line.form == LineForm::step && !is_refused(line);
}

std::string expected_stage(const app::scenario::ScriptLine& line) {
    const bool is_said = !line.expected.empty() && !line.expected.front().has_value;
    return is_said ? line.expected.front().key : std::string();
}

bool is_register(const app::scenario::ScriptCommand& command) { return command.verb == "register"; }

/// The accounts that give_administrators makes.
constexpr std::string_view system_admin = "system", security_admin = "security";

}  // namespace

std::string where(const app::scenario::ScriptLine& line) {
    return "line " + std::to_string(line.line) + " " + line.iteration + ", " + line.actor.name +
           " " + (line.commands.empty() ? "" : line.commands.front().verb) + ": ";
}

Script ScriptWalk::script_of(const std::string& kind) {
    const auto text = kindfile::read_text_file(kinds_folder + kind + ".case");
    CHECK(text.has_value());
    auto parsed = app::scenario::parse_script(*text, kind + ".case");
    CHECK(parsed.has_value());
    return *std::move(parsed);
}

ScriptWalk::ScriptWalk(const std::string& kind, const build::PlaceOnDisk& like)
    : script_(script_of(kind)) {
    const auto first = std::ranges::find(script_.lines, LineForm::step, &Line::form);
    CHECK(first != script_.lines.end());
    const auto place = kindfile::load_place(kinds_folder + "places/" + script_.place + ".yaml");
    CHECK(place.has_value());
    for (const auto& post : place->posts) {
        holders_[post.org + "." + post.key] = post.person;
    }
    clock_.set(parse_instant(first->at).value() - std::chrono::hours{1});
    people_ = std::make_unique<PeoplePlace>("walk-" + kind, like, clock_);
    rules_ = people_->tenant().ledger().shared_rules();
    give_accounts();
    people_->serve_as_opened();
}

bool ScriptWalk::is_done_by_administrators(const Line& line) const {
    return line.actor.form == ActorForm::system &&
           std::ranges::all_of(line.commands, [&](const ScriptCommand& command) {
               const Kind* kind = kind_of(command);
               return kind != nullptr && Directory::is_directory_kind(kind->name);
           });
}

void ScriptWalk::give_accounts() {
    std::map<std::string, std::string> of_person;
    bool needs_administrators = false;
    for (const auto& line : script_.lines) {
        needs_administrators = needs_administrators ||
                               (is_taken(line) && line.actor.form == ActorForm::system &&
                                Directory::is_directory_kind(kind_begun(line.commands.front())));
        const std::string& actor = line.actor.name;
        if (!is_taken(line) || line.actor.form != ActorForm::post || sessions_.contains(actor) ||
            !holders_.contains(actor) || holders_[actor].empty()) {
            continue;
        }
        const std::size_t dot = actor.rfind('.');
        const std::string org = actor.substr(0, dot), post = actor.substr(dot + 1);
        std::string& account = of_person[holders_[actor]];
        if (account.empty()) {
            account = "account" + std::to_string(of_person.size());
            people_->give_account({account, org, post});
        }
        sessions_[actor] = {account, people_->held(org, post).id, {}, false};
    }
    if (needs_administrators) {
        people_->give_administrators();
        for (const auto name : {system_admin, security_admin}) {
            const std::string one(name);
            sessions_[one] = {one, people_->held("office", one).id, {}, false};
        }
    }
}

Walked ScriptWalk::run() {
    for (const auto& line : script_.lines) {
        if (!play(line) || ::testing::Test::HasFailure()) {
            break;
        }
    }
    return walked_;
}

bool ScriptWalk::play(const Line& line) {
    const bool is_of_story = is_taken(line) || line.form == LineForm::tick ||
                             line.form == LineForm::rounds || line.form == LineForm::name;
    if (!is_of_story) {
        return true;
    }
    if (!ended_.empty() &&
        (line.form != LineForm::step || line.commands.front().matter != ended_)) {
        return false;
    }
    if (!line.at.empty()) {
        clock_.set(parse_instant(line.at).value());
    }
    if (line.form == LineForm::step) {
        return step(line);
    }
    if (line.form == LineForm::tick) {
        await_lapses();
    } else if (line.form == LineForm::rounds) {
        begin_rounds(line);
    } else {
        take_name(line);
    }
    return true;
}

bool ScriptWalk::step(const Line& line) {
    if (is_brought_to_window(line)) {
        Line same = line;
        same.actor = {ActorForm::post, matters_[line.commands.front().matter].begun_by, {}, 0};
        return step(same);
    }
    if (!can_sign_in_for(line)) {
        ++walked_.left_out;
        return true;
    }
    const Stage stage = act(line);
    if (!stage) {
        return false;
    }
    ++walked_.steps;
    const std::string expected = expected_stage(line);
    if (!expected.empty()) {
        EXPECT_EQ(*stage, expected) << where(line);
    }
    for (const auto& command : line.commands) {
        matters_[command.matter].last_by = line.actor.name;
    }
    take_stage(line.commands.back().matter, *stage);
    return true;
}

bool ScriptWalk::can_sign_in_for(const Line& line) {
    switch (line.actor.form) {
    case ActorForm::system: return is_done_by_administrators(line);
    case ActorForm::party: return false;
    case ActorForm::post: return sessions_.contains(line.actor.name);
    case ActorForm::requester:
    case ActorForm::author:
    case ActorForm::stranger: break;
    }
    return is_register(line.commands.front()) ||
           (line.actor.form == ActorForm::author &&
            !matters_[line.commands.front().matter].begun_by.empty()) ||
           can_follow(matters_[line.commands.front().matter]);
}

/// Who handed in at the desk of a kind that gives no code there brings papers to the same desk.
bool ScriptWalk::is_brought_to_window(const Line& line) {
    const ScriptCommand& first = line.commands.front();
    const Kind* kind = kind_of(first);
    if (line.actor.form != ActorForm::requester || first.verb != "supplement" || kind == nullptr ||
        can_follow(matters_[first.matter])) {
        return false;
    }
    return std::ranges::any_of(kind->transitions, [](const Transition& row) {
        return row.verb == Verb::supplement && std::ranges::find(row.by, "clerk") != row.by.end();
    });
}

bool ScriptWalk::can_follow(const Known& matter) const {
    const Kind* kind = rules_->kinds.newest(matter.kind);
    return !matter.code.empty() ||
           (kind != nullptr && std::ranges::any_of(kind->transitions, [](const Transition& row) {
                return std::ranges::find(row.then, "give_code", &Word::name) != row.then.end();
            }));
}

void ScriptWalk::take_stage(const std::string& name, const std::string& stage) {
    Known& matter = matters_[name];
    if (matter.first_stage.empty()) {
        matter.first_stage = stage;
    }
    const Kind* kind = rules_->kinds.newest(matter.kind);
    const StageRule* rule = kind == nullptr ? nullptr : kind->stage(stage);
    if (matter.kind == script_.kind && stage != matter.first_stage && rule != nullptr &&
        rule->counts != Counts::open) {
        ended_ = name;
        walked_.has_ended = true;
    }
}

// ---- who acts -----------------------------------------------------------------------------------

ScriptWalk::Stage ScriptWalk::act(const Line& line) {
    const bool is_beginning = is_register(line.commands.front());
    if (line.actor.form == ActorForm::system) {
        return change_directory(line);
    }
    if (line.actor.form != ActorForm::post) {
        return is_beginning ? hand_in(line, "/api/v1/portal/matters", "") : act_from_outside(line);
    }
    const std::string fields = signed_as(line.actor.name);
    const bool is_of_firm = sessions_[line.actor.name].is_of_firm;
    const auto is_reached = [](const app::scenario::Word& word) { return word.key == "reached"; };
    const ScriptCommand& first = line.commands.front();
    if (first.verb == "amend" && std::ranges::any_of(first.fields, is_reached)) {
        return renew_code(line);
    }
    return is_of_firm && is_beginning ? hand_in(line, "/api/v1/firm/matters", fields)
           : is_of_firm               ? act_from_outside(line)
                                      : act_as_post(line);
}

ScriptWalk::Stage ScriptWalk::act_as_post(const Line& line) {
    const ScriptCommand& first = line.commands.front();
    const std::string path = is_register(first)
                                 ? "/api/v1/matters"
                                 : "/api/v1/matters/" + number_of(first.matter) + "/verbs";
    const std::string fields = signed_as(line.actor.name) + people_->key();
    const Heard heard = people_->post(path, fields, to_canonical(deeds_of(line)));
    if (heard.status != 200 && heard.status != 201) {
        ADD_FAILURE() << where(line) << heard.status << ' ' << heard.body;
        return std::nullopt;
    }
    const Json body = body_of(heard);
    const auto& rows = body["rows"].as_array();
    for (std::size_t i = 0; i < line.commands.size(); ++i) {
        const ScriptCommand& command = line.commands[i];
        if (is_register(command)) {
            Known& begun = matters_[command.matter];
            begun.number = rows[i]["number"].as_string();
            begun.kind = kind_begun(command);
            begun.begun_by = line.actor.name;
            begun.first_stage = rows[i]["stage"].as_string();
        }
    }
    return rows.back()["stage"].as_string();
}

ScriptWalk::Stage
ScriptWalk::hand_in(const Line& line, const std::string& path, const std::string& fields) {
    const ScriptCommand& command = line.commands.front();
    Json body = Json::object().set("kind", kind_begun(command));
    body.set("fields", fields_of(command));
    const Heard heard = people_->post(path, fields + people_->key(), to_canonical(body));
    if (heard.status != 201) {
        ADD_FAILURE() << where(line) << heard.status << ' ' << heard.body;
        return std::nullopt;
    }
    const Json receipt = body_of(heard);
    Known& begun = matters_[command.matter];
    begun.number = receipt["number"].as_string();
    begun.code = receipt["code"].as_string();
    begun.kind = kind_begun(command);
    begun.begun_by = line.actor.form == ActorForm::post ? line.actor.name : "";
    const std::string follows =
        fields.empty() ? "Zhitong-Code: " + begun.code + "\r\n" : signed_as(line.actor.name);
    const Heard page = people_->get("/api/v1/portal/matters/" + begun.number, follows);
    EXPECT_EQ(page.status, 200) << where(line) << page.body;
    return body_of(page)["stage"].as_string();
}

ScriptWalk::Stage ScriptWalk::act_from_outside(const Line& line) {
    Known& matter = matters_[line.commands.front().matter];
    const bool is_author = line.actor.form == ActorForm::author && !matter.begun_by.empty();
    std::string fields;
    if (is_author && !sessions_[matter.begun_by].is_of_firm) {
        Line same = line;  // whoever handed it in at the desk goes on at the desk
        same.actor = {ActorForm::post, matter.begun_by, {}, 0};
        return act_as_post(same);
    }
    if (line.actor.form == ActorForm::post || is_author) {
        fields = signed_as(is_author ? matter.begun_by : line.actor.name);
    } else {
        if (matter.code.empty()) {
            give_code(matter, matter.begun_by);
        }
        fields = "Zhitong-Code: " + matter.code + "\r\n";
    }
    const Heard heard = people_->post(
        "/api/v1/portal/matters/" + matter.number + "/verbs",
        fields + people_->key(),
        to_canonical(deeds_of(line))
    );
    if (heard.status != 200) {
        ADD_FAILURE() << where(line) << heard.status << ' ' << heard.body;
        return std::nullopt;
    }
    return body_of(heard)["stage"].as_string();
}

Heard ScriptWalk::give_code(Known& matter, const std::string& by) {
    Heard heard = people_->post(
        "/api/v1/matters/" + matter.number + "/code",
        signed_as(by) + people_->key(),
        R"({"reached":true})"
    );
    EXPECT_EQ(heard.status, 200) << matter.number << ' ' << heard.body;
    matter.code = body_of(heard)["code"].as_string();
    return heard;
}

ScriptWalk::Stage ScriptWalk::renew_code(const Line& line) {
    Known& matter = matters_[line.commands.front().matter];
    if (give_code(matter, line.actor.name).status != 200) {
        return std::nullopt;
    }
    const Heard page = people_->get(
        "/api/v1/portal/matters/" + matter.number, "Zhitong-Code: " + matter.code + "\r\n"
    );
    EXPECT_EQ(page.status, 200) << where(line) << page.body;
    return body_of(page)["stage"].as_string();
}

ScriptWalk::Stage ScriptWalk::change_directory(const Line& line) {
    Json body = deeds_of(line).set("why", "按批复");
    const Heard prepared = people_->post(
        "/api/v1/admin/changes",
        signed_as(std::string(system_admin)) + people_->key(),
        to_canonical(body)
    );
    if (prepared.status != 201) {
        ADD_FAILURE() << where(line) << prepared.status << ' ' << prepared.body;
        return std::nullopt;
    }
    const std::string change = std::to_string(body_of(prepared)["change"].as_int());
    const Heard done = people_->post(
        "/api/v1/admin/changes/" + change + "/approve",
        signed_as(std::string(security_admin)) + people_->key()
    );
    if (done.status != 200) {
        ADD_FAILURE() << where(line) << done.status << ' ' << done.body;
        return std::nullopt;
    }
    const Json answer = body_of(done);
    const Json& row = answer["rows"].as_array().front();
    if (is_register(line.commands.front())) {
        Known& begun = matters_[line.commands.front().matter];
        begun.number = row["number"].as_string();
        begun.kind = kind_begun(line.commands.front());
        begun.begun_by = system_admin;
    }
    return row["stage"].as_string();
}

std::string ScriptWalk::signed_as(const std::string& actor) {
    Session& session = sessions_.at(actor);
    if (clock_.now() - session.used > std::chrono::minutes{20}) {
        const Json page = people_->sign_in_again(session.account);
        session.is_of_firm = page["is_of_firm"].is_bool() && page["is_of_firm"].as_bool();
        if (page["post"].as_int() != session.post.value) {
            const Json choice = Json::object().set("post", session.post.value);
            const Heard chosen = people_->send(
                "PUT /api/v1/session/post",
                people_->as(session.account).fields(),
                to_canonical(choice)
            );
            EXPECT_EQ(chosen.status, 200) << actor << ' ' << chosen.body;
            people_->keep(session.account, signed_by(chosen));
            for (auto& [name, other] : sessions_) {
                if (other.account == session.account) {
                    other.used = UtcMs{};  // one post at a time
                }
            }
        }
    }
    session.used = clock_.now();
    return people_->as(session.account).fields();
}

// ---- what is sent -------------------------------------------------------------------------------

std::string ScriptWalk::kind_begun(const ScriptCommand& command) const {
    for (const auto& field : command.fields) {
        if (field.key == "kind" && is_register(command)) {
            return field.value;
        }
    }
    return is_register(command) ? script_.kind : std::string();
}

const Kind* ScriptWalk::kind_of(const ScriptCommand& command) const {
    if (is_register(command)) {
        return rules_->kinds.newest(kind_begun(command));
    }
    const auto found = matters_.find(command.matter);
    return found == matters_.end() ? nullptr : rules_->kinds.newest(found->second.kind);
}

std::string ScriptWalk::number_of(const std::string& name) const {
    const auto found = matters_.find(name);
    return found == matters_.end() ? name : found->second.number;
}

/// As a page sends it: matters by number, posts and people by id, all else as typed.
Json ScriptWalk::field_of(const Kind* kind, const app::scenario::Word& word) {
    switch (app::scenario::type_of(kind, word.key)) {
    case FieldType::matter: return Json(number_of(word.value));
    case FieldType::matters: {
        Json list = Json::array();
        for (const auto& one : split(word.value, ',')) {
            list.push(number_of(std::string(trim(one))));
        }
        return list;
    }
    case FieldType::post: return Json(post_id(word.value));
    case FieldType::person: return Json(person_id(word.value, std::string(system_admin)));
    default: return Json(word.value);
    }
}

Json ScriptWalk::fields_of(const ScriptCommand& command) {
    Json fields = Json::object();
    for (const auto& word : command.fields) {
        if (word.key != "happened" && (word.key != "kind" || !is_register(command))) {
            fields.set(word.key, field_of(kind_of(command), word));
        }
    }
    return fields;
}

Json ScriptWalk::deeds_of(const Line& line) {
    api::Deeds deeds;
    std::set<std::string> begun;
    for (const auto& command : line.commands) {
        api::Deed deed;
        deed.verb = command.verb;
        deed.fields = fields_of(command);
        for (const auto& word : command.fields) {
            if (word.key == "happened") {
                deed.happened = parse_instant(word.value).value();
            }
        }
        if (is_register(command)) {
            deed.kind = kind_begun(command);
            begun.insert(command.matter);
            matters_[command.matter].kind = *deed.kind;
        } else if (!begun.contains(command.matter) && line.actor.form != ActorForm::requester) {
            deed.number = number_of(command.matter);
        }
        deeds.deeds.push_back(std::move(deed));
    }
    return to_json(deeds);
}

}  // namespace zt::http::test
