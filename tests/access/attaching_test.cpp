// Who may put files to a matter, and for whose eyes.

#include "build/permission_cells.hpp"
#include "domain/apply.hpp"
#include "domain/attaching.hpp"
#include "domain/decide.hpp"

#include <gtest/gtest.h>

namespace zt::cells {
namespace {

const Subject& handled_appeal(
    const Cells& cells, Protection protection = Protection::please_do, Turn turn = Turn::plain
) {
    for (const Subject& subject : cells.subjects()) {
        if (subject.kind->name == "appeal" && subject.has_hand && subject.turn == turn &&
            subject.state.protection == protection) {
            return subject;
        }
    }
    ADD_FAILURE() << "no appeal at hand of that class";
    return cells.subjects().front();
}

AttachedFile a_file(char digit) {
    AttachedFile file;
    file.hash = std::string(64, digit);
    file.type = "text/plain";
    file.name = "证明.txt";
    file.bytes = 5;
    return file;
}

/// So many, each another one.
std::vector<AttachedFile> files(std::size_t from, std::size_t count) {
    std::vector<AttachedFile> list(count, a_file('0'));
    for (std::size_t at = 0; at < count; ++at) {
        const std::string digits = std::to_string(1'000 + from + at);
        list[at].hash.replace(0, digits.size(), digits);
    }
    return list;
}

class Attach : public ::testing::Test {
  protected:
    [[nodiscard]] Actor actor(Who who) const {
        const Viewer viewer = cells_.viewer(who, subject_);
        Actor one;
        one.kind = viewer.kind == ViewerKind::party ? ActorKind::party : ActorKind::post;
        one.person = viewer.person;
        one.post = viewer.post;
        one.on_behalf = viewer.on_behalf;
        one.party = viewer.party;
        return one;
    }
    [[nodiscard]] std::string may(Who who, FilePurpose purpose) const {
        const auto allowed = may_attach(state_, purpose, actor(who), cells_.context());
        return allowed ? "yes" : std::string(name_of(allowed.error().code));
    }
    [[nodiscard]] Result<Decision>
    put(Who who, FilePurpose purpose, std::vector<AttachedFile> files) const {
        Command command = attaching_command({state_.id, actor(who), purpose, std::move(files)});
        command.at = cells_.context().now;
        return decide(&state_, command, cells_.context());
    }
    Cells cells_{ZT_SOURCE_DIR "/kinds"};
    const Subject& subject_ = handled_appeal(cells_);
    State state_ = subject_.state;
};

TEST_F(Attach, is_for_whoever_has_a_part_in_the_matter) {
    EXPECT_EQ(may(Who::requester, FilePurpose::hand_in), "yes");
    EXPECT_EQ(may(Who::requester, FilePurpose::work), "wrong_role");
    EXPECT_EQ(may(Who::requester, FilePurpose::reply), "wrong_role");
    EXPECT_EQ(may(Who::office_clerk, FilePurpose::hand_in), "yes");
    EXPECT_EQ(may(Who::office_clerk, FilePurpose::work), "yes");
    EXPECT_EQ(may(Who::handler, FilePurpose::reply), "yes");
    EXPECT_EQ(may(Who::handler, FilePurpose::hand_in), "wrong_role");
    for (const Who who :
         {Who::stranger, Who::callback, Who::cosigner, Who::nobody, Who::system_admin}) {
        for (const auto purpose : {FilePurpose::hand_in, FilePurpose::work, FilePurpose::reply}) {
            EXPECT_EQ(may(who, purpose), "wrong_role");
        }
    }
}

TEST_F(Attach, ends_with_the_matter) {
    state_.counts = Counts::ended;
    EXPECT_EQ(may(Who::office_clerk, FilePurpose::work), "wrong_stage");
    state_.counts = Counts::closed;
    EXPECT_EQ(may(Who::requester, FilePurpose::hand_in), "yes");
    state_.is_erased = true;
    EXPECT_EQ(may(Who::requester, FilePurpose::hand_in), "wrong_stage");
}

TEST_F(Attach, keeps_what_the_store_names_and_seals_the_name) {
    const auto first = put(Who::requester, FilePurpose::hand_in, {a_file('a'), a_file('b')});
    ASSERT_TRUE(first.has_value()) << to_string(first.error());
    const auto files = attached_files(first->after);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[1].no, 2);
    EXPECT_TRUE(files[1].name.empty());
    EXPECT_EQ(first->personal.size(), 2U);
    EXPECT_EQ(first->personal[1].name, "file.2.name");
    EXPECT_EQ(payload_text(first->event).find("证明"), std::string::npos);
    EXPECT_EQ(first->claims.size(), 2U);
    EXPECT_EQ(first->after.stage, state_.stage);
    EXPECT_TRUE(is_attaching(first->event));

    State replayed = state_;
    apply(replayed, first->event);
    EXPECT_EQ(attached_files(replayed), files);
    state_ = first->after;
    const auto second = put(Who::office_clerk, FilePurpose::work, {a_file('c')});
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(attached_files(second->after).back().no, 3);
}

TEST_F(Attach, refuses_what_no_store_gave_and_too_much) {
    const auto code = [&](std::vector<AttachedFile> files) {
        const auto put_there = put(Who::requester, FilePurpose::hand_in, std::move(files));
        return put_there ? "fine" : std::string(name_of(put_there.error().code));
    };
    AttachedFile no_hash = a_file('a'), no_name = a_file('a'), no_bytes = a_file('a');
    no_hash.hash = "../../etc/passwd";
    no_name.name.clear();
    no_bytes.bytes = 0;
    EXPECT_EQ(code({no_hash}), "bad_field");
    EXPECT_EQ(code({no_name}), "bad_field");
    EXPECT_EQ(code({no_bytes}), "bad_field");
    EXPECT_EQ(code({a_file('a'), a_file('a')}), "duplicate_claim");
    EXPECT_EQ(code(files(0, files_at_once_max)), "fine");
    EXPECT_EQ(code(files(0, files_at_once_max + 1)), "too_many_files");
    for (std::size_t at = 0; attached_files(state_).size() + 1 < attached_files_max; at += 9) {
        const auto more = put(Who::office_clerk, FilePurpose::work, files(at, 9));
        ASSERT_TRUE(more.has_value()) << to_string(more.error());
        state_ = more->after;
    }
    EXPECT_EQ(code({a_file('a'), a_file('b')}), "too_many_files");
    EXPECT_EQ(code({a_file('a')}), "fine");
}

/// Each class of protection × who looks × before and after disclosing: who is told of a file of the
/// hand-in, and of evidence beside it.
TEST(files_of_a_hand_in, are_kept_from_units_that_may_not_learn_who_handed_in) {
    const Cells cells(ZT_SOURCE_DIR "/kinds");
    struct Row {
        Protection protection;
        Turn turn;
        const char* handler;  ///< file of the hand-in: before and after it was disclosed
    };
    const Row rows[] = {
        {Protection::please_do, Turn::plain, "yes yes"},
        {Protection::please_do, Turn::hidden_name, "no yes"},
        {Protection::bad_service, Turn::plain, "no yes"},
        {Protection::bad_service, Turn::agreed, "yes yes"},
        {Protection::wrong_done, Turn::plain, "no yes"},
        {Protection::wrong_done, Turn::agreed, "no yes"},
    };
    for (const Row& row : rows) {
        const Subject& subject = handled_appeal(cells, row.protection, row.turn);
        AttachedFile file = a_file('a'), proof = a_file('b');
        proof.purpose = FilePurpose::work;
        const auto told = [&](Who who) {
            const Viewer viewer = cells.viewer(who, subject);
            std::string words;
            for (const bool is_disclosed : {false, true}) {
                file.is_disclosed = is_disclosed;
                const bool sees = sees_file(file, subject.state, viewer, cells.context());
                words += std::string(words.empty() ? "" : " ") + (sees ? "yes" : "no");
            }
            return words;
        };
        EXPECT_EQ(told(Who::handler), row.handler) << subject.name();
        EXPECT_EQ(told(Who::handler_deputy), row.handler) << subject.name();
        for (const Who who : {Who::office_clerk, Who::callback, Who::requester}) {
            EXPECT_EQ(told(who), "yes yes") << name_of(who) << subject.name();
        }
        EXPECT_EQ(told(Who::cosigner), "no yes") << subject.name();
        for (const Who who : {Who::stranger, Who::below_unit, Who::registrar, Who::nobody}) {
            EXPECT_EQ(told(who), "no no") << name_of(who) << subject.name();
        }
        EXPECT_TRUE(
            sees_file(proof, subject.state, cells.viewer(Who::handler, subject), cells.context())
        ) << "evidence of the units is theirs";
    }
}

TEST_F(Attach, discloses_one_file_by_the_office_once) {
    const auto put_there = put(Who::requester, FilePurpose::hand_in, {a_file('a')});
    ASSERT_TRUE(put_there.has_value());
    state_ = put_there->after;
    const auto proof = put(Who::handler, FilePurpose::work, {a_file('b')});
    ASSERT_TRUE(proof.has_value());
    state_ = proof->after;
    const auto disclose = [&](Who who, std::int64_t file) {
        Command command = disclosing_command(state_.id, actor(who), file);
        command.at = cells_.context().now;
        return decide(&state_, command, cells_.context());
    };
    const auto code = [&](Who who, std::int64_t file) {
        const auto done = disclose(who, file);
        return done ? "fine" : std::string(name_of(done.error().code));
    };
    for (const Who who : {Who::handler, Who::requester, Who::callback, Who::stranger}) {
        EXPECT_EQ(code(who, 1), "wrong_role") << name_of(who);
    }
    EXPECT_EQ(code(Who::office_clerk, 2), "not_found") << "evidence is open to the units anyway";
    EXPECT_EQ(code(Who::office_clerk, 3), "not_found");
    const auto done = disclose(Who::office_clerk, 1);
    ASSERT_TRUE(done.has_value()) << to_string(done.error());
    EXPECT_TRUE(is_disclosing(done->event));
    EXPECT_TRUE(attached_files(done->after).front().is_disclosed);
    EXPECT_FALSE(attached_files(done->after).back().is_disclosed);
    EXPECT_EQ(done->after.stage, state_.stage);
    State replayed = state_;
    apply(replayed, done->event);
    EXPECT_EQ(attached_files(replayed), attached_files(done->after));
    state_ = done->after;
    EXPECT_EQ(code(Who::office_clerk, 1), "duplicate_claim");
    state_.counts = Counts::ended;
    EXPECT_EQ(code(Who::office_clerk, 1), "wrong_stage");
}

TEST_F(Attach, takes_no_file_that_calls_itself_disclosed) {
    AttachedFile file = a_file('a');
    file.is_disclosed = true;
    const auto put_there = put(Who::requester, FilePurpose::hand_in, {file});
    ASSERT_TRUE(put_there.has_value());
    EXPECT_FALSE(attached_files(put_there->after).front().is_disclosed);
}

TEST_F(Attach, is_announced_by_an_empty_list_which_seals_something) {
    const auto announced = put(Who::office_clerk, FilePurpose::work, {});
    ASSERT_TRUE(announced.has_value());
    EXPECT_EQ(announced->personal.size(), 1U);
    EXPECT_TRUE(attached_files(announced->after).empty());
}

}  // namespace
}  // namespace zt::cells
