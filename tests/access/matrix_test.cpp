// The matrix of permission: who looks × kind × stage reached × what happened × field group or
// operation. What is right is stated here a second time, from SYSTEMS.md, in another form than the
// program's rows: as eyes (letters) that a viewer has for each protection class, and as lists of
// what such eyes see.

#include "build/permission_cells.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace zt::cells {
namespace {

// Eyes: O office, H unit that works, S the same shielded from who handed in, R role that the kind
// lets look, C collector, G registrar, A above, T staff at a record, Q requester, W who handed in
// for the requester, J cosigner, P public.
struct Eyes {
    Who who;
    const char *please_do, *bad_service, *wrong_done;
};
const Eyes eyes_of_matters[] = {
    {Who::office_clerk, "O", "O", "O"},
    {Who::office_deputy, "O", "O", "O"},
    {Who::office_secretary, "O", "O", "O"},
    {Who::office_but_accused, "O", "O", ""},
    {Who::handler, "H", "S", "S"},
    {Who::handler_deputy, "H", "S", "S"},
    {Who::unit_leader, "A", "A", ""},
    {Who::accused_leader, "A", "A", ""},
    {Who::accused_leader_before, "A", "A", ""},
    {Who::registrar, "G", "G", "G"},
    {Who::registrar_signer, "G", "G", "G"},
    {Who::collector, "C", "C", "C"},
    {Who::county_head, "A", "A", ""},
    {Who::city_head, "A", "A", ""},
    {Who::requester, "Q", "Q", "Q"},
    {Who::author, "W", "W", "W"},
    {Who::cosigner, "J", "J", "J"},
    {Who::key_matters, "O", "O", "O"},
};

/// Who looks by `visible_to` of a kind, beside office and hands: by how the kind says who has the
/// role. A phrase that reaches nobody else reaches a post that looks by other eyes already, or one
/// that the place of these cells does not have.
const std::map<std::string, std::set<Who>> lookers_of{
    {"callback not handler", {Who::callback}},
    {"clerk above office", {Who::upper_clerk}},
    {"clerk at office", {}},
    {"clerk at registrar", {}},
    {"collector at any", {Who::collector}},
    {"handler at any",
     {Who::handler,
      Who::handler_deputy,
      Who::below_unit,
      Who::stranger,
      Who::accused_handler,
      Who::accused_below,
      Who::accused_deputy,
      Who::registrar}},
    {"handler at hand", {}},
    {"handler at registrar", {Who::registrar}},
    {"head at any", {Who::county_head, Who::city_head}},
    {"head over office", {Who::county_head, Who::city_head}},
    {"liaison at any", {}},
    {"member at registrar", {}},
    {"monitor at any", {}},
    {"monitor at registrar", {}},
    {"reviewer at any", {Who::reviewer}},
    {"reviewer at office", {}},
    {"seat at hand leader", {}},
    {"signer above office", {}},
    {"signer at office", {}},
    {"signer at registrar", {Who::registrar_signer}},
    {"signer leads hand", {Who::unit_leader}},
    {"supervisor above office", {}},
    {"supervisor at office", {}},
    {"supervisor over office", {Who::supervisor}},
};

/// What the cells need to know of a kind, read off the lines of its file and not by the program's
/// reader.
struct Told {
    bool is_record = false;
    std::set<Who> lookers;
};

Told told_by(const std::string& kind) {
    std::ifstream file(ZT_SOURCE_DIR "/kinds/" + kind + ".yaml");
    EXPECT_TRUE(file.is_open()) << kind;
    static const std::regex visible("visible_to: \\[(.*)\\]"), word("[a-z_]+"),
        role("  ([a-z_]+):.*"), who(".*[ {]who: \"?([a-z ]+[a-z])\"?.*");
    Told told;
    std::set<std::string> looking;
    std::string current;
    bool in_roles = false;
    std::smatch found;
    for (std::string line; std::getline(file, line);) {
        told.is_record = told.is_record || line == "life: record";
        if (std::regex_match(line, found, visible)) {
            const std::string names = found[1];
            looking = {
                std::sregex_token_iterator(names.begin(), names.end(), word),
                std::sregex_token_iterator()
            };
        }
        if (!line.empty() && line.front() != ' ') {
            in_roles = line == "roles:";
        }
        if (in_roles && std::regex_match(line, found, role)) {
            current = found[1];
        }
        // A record is seen by all who work here, whatever its roles.
        if (in_roles && !told.is_record && looking.contains(current) &&
            std::regex_match(line, found, who)) {
            const auto row = lookers_of.find(found[1]);
            EXPECT_TRUE(row != lookers_of.end())
                << kind << ": say above whom \"" << found[1] << "\" lets look";
            if (row != lookers_of.end()) {
                told.lookers.insert(row->second.begin(), row->second.end());
            }
        }
    }
    return told;
}

const Told& told_of(const std::string& kind) {
    static std::map<std::string, Told> all;
    const auto [at, is_new] = all.try_emplace(kind);
    if (is_new) {
        at->second = told_by(kind);
    }
    return at->second;
}

const std::set<std::string> directory_kinds{"area", "org", "person", "post"};
const std::set<Who> administrators{
    Who::system_admin, Who::security_admin, Who::audit_admin, Who::admin_on_behalf
};
const std::set<Who> outsiders{
    Who::requester,
    Who::author,
    Who::cosigner,
    Who::accused_party,
    Who::other_requester,
    Who::nobody
};
const std::set<Who> firms{Who::firm_agent, Who::association_administrator};
const std::set<Who> keys{
    Who::key_without_scope, Who::key_matters, Who::key_records, Who::key_figures
};

/// What each kind of eyes sees; ~ behind a word: masked.
const std::map<char, const char*> seen_by{
    {'O',
     "place published title text files author_name~ author_contact~ subject fields accused joiners~ "
     "hands actors handler_contact work replies items clocks note_unit note_hands "
     "note_requester rating_answers rating_missing links reveals"},
    {'H',
     "place published title text files author_name~ author_contact~ subject fields accused hands "
     "actors handler_contact work replies items clocks note_unit note_hands note_requester "
     "rating_missing links"},
    {'S',
     "place published title text fields accused hands actors handler_contact work replies "
     "items clocks note_unit note_hands note_requester rating_missing links"},
    {'R',
     "place published title text files author_name~ author_contact~ subject fields accused hands "
     "actors handler_contact work replies items clocks note_unit note_requester "
     "rating_answers rating_missing links"},
    {'C',
     "place published title text files author_name~ author_contact~ subject fields accused hands "
     "actors~ replies items clocks note_requester"},
    {'G', "place published title"},
    {'A', "place published title"},
    {'T',
     "place published title text files author_name~ author_contact~ subject fields hands actors "
     "handler_contact~ work replies items clocks note_unit note_hands note_requester links"},
    {'Q',
     "place published title text files author_name author_contact subject fields accused hands "
     "actors~ replies items clocks note_requester rating_answers rating_missing reveals"},
    {'W',
     "place published title text files author_name author_contact subject fields accused hands "
     "actors~ replies items clocks note_requester"},
    {'J', "place published title text fields hands replies clocks"},
    {'P', "place published"},
};
const std::map<char, Sight> sight_by{
    {'O', Sight::full},
    {'H', Sight::full},
    {'S', Sight::masked},
    {'R', Sight::masked},
    {'C', Sight::masked},
    {'G', Sight::listed},
    {'A', Sight::listed},
    {'T', Sight::masked},
    {'Q', Sight::full},
    {'W', Sight::masked},
    {'J', Sight::masked},
    {'P', Sight::listed},
};

std::string eyes_of_record(Who who, const Subject& subject) {
    if (who == Who::key_records) {
        return "T";
    }
    if (firms.contains(who) || outsiders.contains(who) || keys.contains(who) ||
        who == Who::stranger_on_behalf) {
        return "";
    }
    const bool may_look =
        !administrators.contains(who) || directory_kinds.contains(subject.kind->name);
    return may_look ? "T" : "";
}

std::string eyes_of(Who who, const Subject& subject) {
    const State& state = subject.state;
    const Told& told = told_of(subject.kind->name);
    if (told.is_record) {
        return eyes_of_record(who, subject);
    }
    std::string eyes;
    for (const Eyes& row : eyes_of_matters) {
        if (row.who == who) {
            eyes = state.protection == Protection::wrong_done    ? row.wrong_done
                   : state.protection == Protection::bad_service ? row.bad_service
                                                                 : row.please_do;
        }
    }
    const bool is_party = who == Who::requester || who == Who::author || who == Who::cosigner ||
                          who == Who::collector;
    const bool is_handler = who == Who::handler || who == Who::handler_deputy;
    if ((is_party && state.parties.empty()) || (is_handler && !subject.has_hand)) {
        eyes.clear();
    }
    if (eyes == "S" && state.protection == Protection::bad_service &&
        subject.turn == Turn::agreed) {
        eyes = "H";
    }
    const bool is_leader_of_none = who == Who::unit_leader && !subject.has_hand;
    if (told.lookers.contains(who) && !is_leader_of_none) {
        eyes += 'R';
    }
    if (who == Who::nobody && subject.turn == Turn::published &&
        state.protection != Protection::wrong_done) {
        eyes = "P";
    }
    return eyes;
}

/// The unit that worked on it, or the office when it answered itself.
bool is_rated(Who who, const Subject& subject) {
    const bool is_office = who == Who::office_clerk || who == Who::office_deputy ||
                           who == Who::office_secretary || who == Who::office_but_accused ||
                           who == Who::key_matters;
    const bool is_unit = who == Who::handler || who == Who::handler_deputy;
    return (is_unit && subject.has_hand) || (is_office && subject.turn == Turn::direct);
}

Shown expected(const std::string& group, Who who, const Subject& subject) {
    const std::string eyes = eyes_of(who, subject);
    const bool is_identity = group == "author_name" || group == "author_contact" ||
                             group == "subject" || group == "joiners" || group == "files";
    if (is_identity && (keys.contains(who) || (eyes == "H" && subject.turn == Turn::hidden_name))) {
        return Shown::absent;
    }
    if (is_rated(who, subject) && !eyes.empty() && !subject.state.is_record) {
        if (group == "rating_answers") {
            return subject.turn == Turn::agreed ? Shown::shown : Shown::absent;
        }
        if (group == "rating_missing") {
            return subject.turn == Turn::redone ? Shown::shown : Shown::absent;
        }
    }
    Shown most = Shown::absent;
    for (const char eye : eyes) {
        std::istringstream words(seen_by.at(eye));
        for (std::string word; words >> word;) {
            if (word == group) {
                most = Shown::shown;
            } else if (word == group + "~") {
                most = std::max(most, Shown::masked);
            }
        }
    }
    return most;
}

Sight expected_sight(Who who, const Subject& subject) {
    Sight most = Sight::hidden;
    for (const char eye : eyes_of(who, subject)) {
        most = std::max(most, sight_by.at(eye));
    }
    return keys.contains(who) ? std::min(most, Sight::masked) : most;
}

Persons expected_reveal(Who who, const Subject& subject) {
    const std::string eyes = eyes_of(who, subject);
    const State& state = subject.state;
    if (state.parties.empty() || state.is_record || keys.contains(who) || outsiders.contains(who)) {
        return Persons::none;
    }
    const bool is_hand = eyes == "H" && subject.turn != Turn::hidden_name;
    if (eyes == "O" || who == Who::callback) {
        return eyes.empty()                                 ? Persons::none
               : state.protection == Protection::wrong_done ? Persons::two
                                                            : Persons::one;
    }
    return is_hand ? Persons::one : Persons::none;
}

class Matrix {
  public:
    void expect_same(auto got, auto wanted, const std::string& what) {
        ++cells;
        if (got != wanted) {
            ++off;
            if (off <= shown_max) {
                ADD_FAILURE() << what << ": is " << name_of(got) << ", should be "
                              << name_of(wanted);
            }
        }
    }
    void expect_yes_no(bool got, bool wanted, const std::string& what) {
        ++cells;
        if (got != wanted) {
            ++off;
            if (off <= shown_max) {
                ADD_FAILURE() << what << ": is " << got << ", should be " << wanted;
            }
        }
    }
    std::size_t cells = 0, off = 0;

  private:
    static constexpr std::size_t shown_max = 20;
};

void compare(Matrix& matrix, const Cells& cells, Who who, const Subject& subject) {
    const Viewer viewer = cells.viewer(who, subject);
    const Context context = cells.context();
    const State& state = subject.state;
    const std::string name = std::string(name_of(who)) + " at " + subject.name();
    const Sight sight = expected_sight(who, subject);
    matrix.expect_same(sight_of(state, viewer, context), sight, name + " sight");
    for (const VisibleField& field : visible_fields(state, viewer, context)) {
        matrix.expect_same(
            field.shown,
            expected(std::string(name_of(field.group)), who, subject),
            name + " " + field.name
        );
    }
    const bool is_listed = sight >= Sight::listed && viewer.kind != ViewerKind::party;
    matrix.expect_yes_no(may_see_in_list(state, viewer, context), is_listed, name + " list");
    matrix.expect_yes_no(may_count(state, viewer, context), is_listed, name + " count");
    matrix.expect_same(
        may_reveal(state, viewer, context), expected_reveal(who, subject), name + " reveal"
    );
    const bool is_exported = sight >= Sight::masked && viewer.kind == ViewerKind::post &&
                             state.protection != Protection::wrong_done;
    matrix.expect_yes_no(may_export(state, viewer, context), is_exported, name + " export");
}

TEST(access_matrix, every_cell_is_what_the_rules_say) {
    const Cells cells(ZT_SOURCE_DIR "/kinds");
    Matrix matrix;
    std::set<std::string> kinds;
    for (const Subject& subject : cells.subjects()) {
        kinds.insert(subject.kind->name);
        for (std::size_t who = 0; who < who_count; ++who) {
            compare(matrix, cells, static_cast<Who>(who), subject);
        }
    }
    std::printf(
        "%zu cells: %zu viewers, %zu matters and records of %zu kinds; %zu off\n",
        matrix.cells,
        who_count,
        cells.subjects().size(),
        kinds.size(),
        matrix.off
    );
    EXPECT_EQ(matrix.off, 0U);
    EXPECT_GE(matrix.cells, 20'000U);
    EXPECT_GE(kinds.size(), 19U);
}

TEST(access_matrix, administrators_have_their_own_duties_and_no_others) {
    const Cells cells(ZT_SOURCE_DIR "/kinds");
    const std::map<Who, std::set<std::string>> duties{
        {Who::system_admin, {"people_and_posts", "calendars", "kinds_and_packs", "settings"}},
        {Who::security_admin, {"accounts", "sessions", "api_keys", "approvals"}},
        {Who::audit_admin, {"audit_reading", "audit_export"}},
    };
    const Subject& subject = cells.subjects().front();
    for (std::size_t who = 0; who < who_count; ++who) {
        for (const AdministrationRow& row : administration_rows()) {
            const auto own = duties.find(static_cast<Who>(who));
            const bool may =
                own != duties.end() && own->second.contains(std::string(name_of(row.what)));
            EXPECT_EQ(
                may_administer(
                    row.what, cells.viewer(static_cast<Who>(who), subject), cells.context()
                ),
                may
            ) << name_of(static_cast<Who>(who))
              << " " << name_of(row.what);
        }
    }
}

TEST(access_matrix, every_answer_comes_with_reasons) {
    const Cells cells(ZT_SOURCE_DIR "/kinds");
    for (const Subject& subject : cells.subjects()) {
        for (std::size_t who = 0; who < who_count; ++who) {
            const Viewer viewer = cells.viewer(static_cast<Who>(who), subject);
            const Access access = access_of(subject.state, viewer, cells.context());
            ASSERT_FALSE(access.reasons.empty());
            const bool is_taken = access.reasons.back().takes_away;
            ASSERT_TRUE(access.sight > Sight::hidden || is_taken)
                << name_of(static_cast<Who>(who)) << " at " << subject.name();
        }
    }
}

}  // namespace
}  // namespace zt::cells
