#include "build/permission_cells.hpp"

#include "base/check.hpp"
#include "kindfile/kind_file.hpp"

#include <array>

namespace zt::cells {

namespace {

constexpr std::array<std::string_view, who_count> who_names{
    "office_clerk",
    "office_deputy",
    "office_secretary",
    "office_but_accused",
    "handler",
    "handler_deputy",
    "unit_leader",
    "below_unit",
    "stranger",
    "stranger_on_behalf",
    "accused_handler",
    "accused_below",
    "accused_leader",
    "accused_leader_before",
    "accused_deputy",
    "for_accused",
    "registrar",
    "registrar_signer",
    "collector",
    "callback",
    "supervisor",
    "reviewer",
    "county_head",
    "city_head",
    "upper_clerk",
    "system_admin",
    "security_admin",
    "audit_admin",
    "admin_on_behalf",
    "firm_agent",
    "association_administrator",
    "requester",
    "author",
    "cosigner",
    "accused_party",
    "other_requester",
    "nobody",
    "key_without_scope",
    "key_matters",
    "key_records",
    "key_figures"
};
constexpr std::array<std::string_view, turns_count> turn_names{
    "plain", "redone", "direct", "hidden_name", "agreed", "published"
};

// Orgs: the city (1) with its office (2) and the county (3); in the county the office (4), the unit
// that works (5) with a station (6), a stranger (7), the accused (8) with one below (9), call-back
// (10), the chamber (11), the town that registers (12), supervision (13). Outside a
// firm (14) and an association (15).
struct OrgLine {
    std::int64_t id, parent;
    const char* level;
    const char* function;
};
constexpr std::array org_lines{
    OrgLine{1, 0, "city", "place"},
    OrgLine{2, 1, "city", "office"},
    OrgLine{3, 1, "county", "place"},
    OrgLine{4, 3, "none", "office"},
    OrgLine{5, 3, "none", ""},
    OrgLine{6, 5, "none", ""},
    OrgLine{7, 3, "none", ""},
    OrgLine{8, 3, "none", ""},
    OrgLine{9, 8, "none", ""},
    OrgLine{10, 3, "none", "callback"},
    OrgLine{11, 3, "none", ""},
    OrgLine{12, 3, "township", ""},
    OrgLine{13, 3, "none", "supervision"},
    OrgLine{14, 0, "none", "firm"},
    OrgLine{15, 0, "none", "association"},
};

struct PostLine {
    std::int64_t id, org;
    const char* word;
    std::int64_t holder, deputy, secretary, leads;
};
constexpr std::array post_lines{
    PostLine{101, 4, "clerk", 1001, 1002, 0, 0},
    PostLine{102, 4, "signer", 1003, 1006, 1004, 0},
    PostLine{103, 4, "clerk", 1005, 0, 0, 0},
    PostLine{104, 4, "admin", 1006, 0, 0, 0},
    PostLine{105, 4, "security_admin", 1007, 0, 0, 0},
    PostLine{106, 4, "audit_admin", 1008, 0, 0, 0},
    PostLine{111, 1, "head", 1067, 0, 0, 0},
    PostLine{121, 2, "clerk", 1068, 0, 0, 0},
    PostLine{131, 3, "signer", 1021, 0, 0, 5},
    PostLine{132, 3, "signer", 1022, 0, 0, 8},
    PostLine{133, 3, "signer", 1023, 0, 0, 8},
    PostLine{134, 3, "head", 1024, 0, 0, 0},
    PostLine{151, 5, "handler", 1011, 1012, 0, 0},
    PostLine{161, 6, "handler", 1031, 0, 0, 0},
    PostLine{171, 7, "handler", 1041, 0, 0, 0},
    PostLine{172, 7, "none", 1004, 0, 0, 0},
    PostLine{173, 7, "handler", 1042, 0, 0, 0},
    PostLine{174, 7, "none", 1043, 0, 0, 0},
    PostLine{181, 8, "handler", 1051, 1005, 0, 0},
    PostLine{182, 8, "signer", 1052, 1042, 1043, 8},
    PostLine{191, 9, "handler", 1053, 0, 0, 0},
    PostLine{201, 10, "callback", 1061, 0, 0, 0},
    PostLine{211, 11, "collector", 1062, 0, 0, 0},
    PostLine{221, 12, "handler", 1063, 0, 0, 0},
    PostLine{222, 12, "signer", 1064, 0, 0, 0},
    PostLine{231, 13, "supervisor", 1065, 0, 0, 0},
    PostLine{232, 13, "reviewer", 1066, 0, 0, 0},
    PostLine{241, 14, "agent", 1071, 0, 0, 0},
    PostLine{251, 15, "firm_admin", 1072, 0, 0, 0},
};

State record(std::int64_t id, const char* kind) {
    State state;
    state.id = MatterId{id};
    state.kind = kind;
    state.is_record = true;
    return state;
}

State org_record(const OrgLine& line) {
    State state = record(line.id, "org");
    state.fields["code"] = Json("org" + std::to_string(line.id));
    state.fields["name"] = Json("单位" + std::to_string(line.id));
    state.fields["parent"] = Json(line.parent);
    state.fields["level"] = Json(line.level);
    Json functions = Json::array();
    if (std::string_view(line.function) == "office") {
        functions.push("office");
        functions.push("cppcc");
    } else if (!std::string_view(line.function).empty()) {
        functions.push(line.function);
    }
    state.fields["functions"] = functions;
    return state;
}

State post_record(const PostLine& line) {
    State state = record(line.id, "post");
    state.fields["org"] = Json(line.org);
    state.fields["key"] = Json("post" + std::to_string(line.id));
    state.fields["words"] = Json::array().push(line.word);
    state.fields["holder"] = Json(line.holder);
    state.fields["deputy"] = Json(line.deputy);
    state.fields["secretary"] = Json(line.secretary);
    Json leads = Json::array();
    if (line.leads != 0) {
        leads.push(line.leads);
    }
    state.fields["leads"] = leads;
    return state;
}

Party party(PartNo no, const char* role) {
    Party one;
    one.no = no;
    one.role = role;
    one.is_named = true;
    return one;
}

/// Handed in by the chamber for somebody, with a cosigner; and against the accused unit, where the
/// class says so.
void add_parties(State& state) {
    Party author = party(1, "author");
    author.org = OrgId{11};
    author.post = PostId{211};
    state.parties = {author, party(2, "beneficiary"), party(3, "cosigner")};
    if (state.protection >= Protection::bad_service) {
        Party accused = party(4, "accused");
        accused.org = OrgId{8};
        state.parties.push_back(accused);
    }
}

void add_work(State& state, const Kind& kind) {
    Hand hand;
    hand.no = 1;
    hand.role = kind.hands.front().role;
    hand.org = OrgId{5};
    state.hands.push_back(hand);
    Item item;
    item.no = 1;
    item.list = "promises";
    item.owner = OrgId{5};
    state.items.push_back(item);
}

void add_turn(State& state, Turn turn) {
    switch (turn) {
    case Turn::plain: break;
    case Turn::redone:
        state.turn = 2;
        state.past.redos = 1;
        break;
    case Turn::direct: state.past.is_direct = true; break;
    case Turn::hidden_name:
        for (Party& one : state.parties) {
            one.is_hidden = one.role != "accused";
        }
        break;
    case Turn::agreed: state.past.marks.push_back({"identity_agreed", 0, 1}); break;
    case Turn::published: state.is_published = true; break;
    }
}

Viewer at_post(std::int64_t person, std::int64_t post, std::int64_t on_behalf = 0) {
    Viewer viewer;
    viewer.kind = ViewerKind::post;
    viewer.person = PersonId{person};
    viewer.post = PostId{post};
    viewer.on_behalf = PostId{on_behalf};
    return viewer;
}

Viewer as_party(MatterId matter, PartNo no) {
    Viewer viewer;
    viewer.kind = ViewerKind::party;
    viewer.matter = matter;
    viewer.party = no;
    return viewer;
}

Viewer with_key(std::vector<std::string> scopes) {
    Viewer viewer = at_post(0, 101);
    viewer.kind = ViewerKind::api_key;
    viewer.scopes = std::move(scopes);
    return viewer;
}

Viewer post_viewer(Who who) {
    switch (who) {
    case Who::office_clerk: return at_post(1001, 101);
    case Who::office_deputy: return at_post(1002, 101);
    case Who::office_secretary: return at_post(1004, 172, 102);
    case Who::office_but_accused: return at_post(1005, 103);
    case Who::handler: return at_post(1011, 151);
    case Who::handler_deputy: return at_post(1012, 151);
    case Who::unit_leader: return at_post(1021, 131);
    case Who::below_unit: return at_post(1031, 161);
    case Who::stranger: return at_post(1041, 171);
    case Who::stranger_on_behalf: return at_post(1041, 171, 101);
    case Who::accused_handler: return at_post(1051, 181);
    case Who::accused_below: return at_post(1053, 191);
    case Who::accused_leader: return at_post(1022, 132);
    case Who::accused_leader_before: return at_post(1023, 133);
    case Who::accused_deputy: return at_post(1042, 173);
    case Who::for_accused: return at_post(1043, 174, 182);
    case Who::registrar: return at_post(1063, 221);
    case Who::registrar_signer: return at_post(1064, 222);
    case Who::collector: return at_post(1062, 211);
    case Who::callback: return at_post(1061, 201);
    case Who::supervisor: return at_post(1065, 231);
    case Who::reviewer: return at_post(1066, 232);
    case Who::county_head: return at_post(1024, 134);
    case Who::city_head: return at_post(1067, 111);
    case Who::upper_clerk: return at_post(1068, 121);
    case Who::system_admin: return at_post(1006, 104);
    case Who::security_admin: return at_post(1007, 105);
    case Who::audit_admin: return at_post(1008, 106);
    case Who::admin_on_behalf: return at_post(1006, 104, 102);
    case Who::firm_agent: return at_post(1071, 241);
    case Who::association_administrator: return at_post(1072, 251);
    default: return {};
    }
}

}  // namespace

std::string_view name_of(Who who) { return who_names[static_cast<std::size_t>(who)]; }

std::string Subject::name() const {
    return kind->name + "/" + stage + "/" + std::string(zt::name_of(state.protection)) + "/" +
           std::string(turn_names[static_cast<std::size_t>(turn)]);
}

Cells::Cells(const std::string& kinds_folder) {
    auto loaded = kindfile::load_kinds(kinds_folder);
    CHECK(loaded.has_value());
    kinds_ = std::move(loaded->kinds);
    build_place();
    for (const Kind* kind : kinds_.all_newest()) {
        add_subjects(*kind);
    }
}

void Cells::build_place() {
    for (const OrgLine& line : org_lines) {
        directory_.fold(org_record(line));
    }
    for (const PostLine& line : post_lines) {
        directory_.fold(post_record(line));
        if (line.id == 133) {
            State now = post_record(line);
            now.fields["leads"] = Json::array();
            directory_.fold(now);
        }
    }
}

void Cells::add_subjects(const Kind& kind) {
    const std::vector<Protection> classes =
        kind.protects_by_purpose
            ? std::vector{Protection::please_do, Protection::bad_service, Protection::wrong_done}
            : std::vector{Protection::none};
    const std::size_t turns = kind.has_requester ? turns_count : 1;
    for (const StageRule& stage : kind.stages) {
        for (const Protection protection : classes) {
            for (std::size_t turn = 0; turn < turns; ++turn) {
                Subject subject{&kind, stage.name, static_cast<Turn>(turn), {}, false};
                State& state = subject.state;
                state.id = MatterId{static_cast<std::int64_t>(subjects_.size()) + 5000};
                state.kind = kind.name;
                state.kind_version = kind.version;
                state.is_record = kind.life == Life::record;
                state.stage = stage.name;
                state.counts = stage.counts;
                state.protection = protection;
                state.office = OrgId{4};
                state.registered_by = OrgId{12};
                if (kind.has_requester) {
                    add_parties(state);
                }
                subject.has_hand = !kind.hands.empty() && stage.name != kind.stages.front().name &&
                                   subject.turn != Turn::direct;
                if (subject.has_hand) {
                    add_work(state, kind);
                }
                state.links = {{"about", MatterId{7}, false}, {"spawned_by", MatterId{8}, true}};
                for (const FieldRule& field : kind.fields) {
                    state.fields[field.name] = field.is_personal ? Json(true) : Json("x");
                }
                add_turn(state, subject.turn);
                subjects_.push_back(std::move(subject));
            }
        }
    }
}

Viewer Cells::viewer(Who who, const Subject& subject) const {
    const MatterId matter = subject.state.id;
    switch (who) {
    case Who::requester: return as_party(matter, 2);
    case Who::author: return as_party(matter, 1);
    case Who::cosigner: return as_party(matter, 3);
    case Who::accused_party: return as_party(matter, 4);
    case Who::other_requester: return as_party(MatterId{1}, 2);
    case Who::nobody: return {};
    case Who::key_without_scope: return with_key({});
    case Who::key_matters: return with_key({"matters.read"});
    case Who::key_records: return with_key({"records.read"});
    case Who::key_figures: return with_key({"figures.read"});
    default: return post_viewer(who);
    }
}

Context Cells::context() const {
    Context context;
    context.now = *parse_instant("2022-08-01 09:00");
    context.kinds = &kinds_;
    context.pack = &pack_;
    context.calendar = &calendar_;
    context.directory = &directory_;
    return context;
}

}  // namespace zt::cells
