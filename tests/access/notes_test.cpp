// Notes at three visibilities, and who fills the administrators' posts.

#include "build/permission_cells.hpp"

#include <gtest/gtest.h>

namespace zt::cells {
namespace {

const Subject& handled_appeal(const Cells& cells) {
    for (const Subject& subject : cells.subjects()) {
        if (subject.kind->name == "appeal" && subject.has_hand && subject.turn == Turn::plain) {
            return subject;
        }
    }
    return cells.subjects().front();
}

Event note_by(std::int64_t post, const char* visibility) {
    Event event;
    event.verb = Verb::note;
    event.actor.kind = ActorKind::post;
    event.actor.post = PostId{post};
    if (visibility != nullptr) {
        event.input.set("visibility", visibility);
    }
    return event;
}

class Notes : public ::testing::Test {
  protected:
    [[nodiscard]] bool reads(Who who, const Event& note) const {
        return sees_note(note, subject_.state, cells_.viewer(who, subject_), cells_.context());
    }
    Cells cells_{ZT_SOURCE_DIR "/kinds"};
    const Subject& subject_ = handled_appeal(cells_);
};

TEST_F(Notes, of_a_unit_are_read_by_that_unit_alone) {
    for (const char* visibility : {static_cast<const char*>(nullptr), "unit"}) {
        const Event note = note_by(151, visibility);
        EXPECT_TRUE(reads(Who::handler, note));
        EXPECT_TRUE(reads(Who::handler_deputy, note));
        EXPECT_FALSE(reads(Who::office_clerk, note));
        EXPECT_FALSE(reads(Who::requester, note));
        EXPECT_FALSE(reads(Who::callback, note));
    }
    EXPECT_FALSE(reads(Who::handler, note_by(101, "unit")));
    EXPECT_TRUE(reads(Who::office_secretary, note_by(101, "unit")));
}

TEST_F(Notes, for_all_hands_are_read_by_the_office_and_units_at_hand) {
    const Event note = note_by(101, "hands");
    EXPECT_TRUE(reads(Who::office_clerk, note));
    EXPECT_TRUE(reads(Who::handler, note));
    EXPECT_FALSE(reads(Who::callback, note));
    EXPECT_FALSE(reads(Who::stranger, note));
    EXPECT_FALSE(reads(Who::requester, note));
    EXPECT_FALSE(reads(Who::system_admin, note));
}

TEST_F(Notes, for_the_requester_are_read_outside_too) {
    const Event note = note_by(101, "requester");
    EXPECT_TRUE(reads(Who::requester, note));
    EXPECT_TRUE(reads(Who::handler, note));
    EXPECT_FALSE(reads(Who::other_requester, note));
    EXPECT_FALSE(reads(Who::cosigner, note));
    EXPECT_FALSE(reads(Who::nobody, note));
    EXPECT_FALSE(reads(Who::stranger, note));
}

State post(std::int64_t id, const char* word, std::int64_t holder) {
    State state;
    state.id = MatterId{id};
    state.kind = "post";
    state.is_record = true;
    state.fields["org"] = Json(std::int64_t{1});
    state.fields["key"] = Json(std::string(word) + std::to_string(id));
    state.fields["words"] = Json::array().push(word);
    state.fields["holder"] = Json(holder);
    return state;
}

AdministrationReport::Mode mode_of(std::int64_t system, std::int64_t security, std::int64_t audit) {
    Directory directory;
    State org;
    org.id = MatterId{1};
    org.kind = "org";
    org.is_record = true;
    org.fields["code"] = Json("office");
    directory.fold(org);
    directory.fold(post(11, "admin", system));
    directory.fold(post(12, "security_admin", security));
    directory.fold(post(13, "audit_admin", audit));
    return administration_of(directory, Date{std::chrono::days{19'200}}).mode;
}

TEST(administration, is_three_or_two_persons_and_never_one) {
    using Mode = AdministrationReport::Mode;
    EXPECT_EQ(mode_of(21, 22, 23), Mode::three);
    EXPECT_EQ(mode_of(21, 21, 23), Mode::small_place);
    EXPECT_EQ(mode_of(21, 22, 22), Mode::unsound) << "who audits security is not security";
    EXPECT_EQ(mode_of(21, 22, 21), Mode::unsound);
    EXPECT_EQ(mode_of(21, 22, 0), Mode::unsound) << "nobody audits";
}

}  // namespace
}  // namespace zt::cells
