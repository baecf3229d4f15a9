// Goal: what the ledger writes it reads back, whatever the change. Method: for every change one
// value with nothing set and one with everything set, through canonical text and back.

#include "domain/apply.hpp"

#include <gtest/gtest.h>

namespace zt {
namespace {

using calendar::Length;
using calendar::Unit;

UtcMs at(std::int64_t ms) { return UtcMs{Millis{ms}}; }

Clock full_clock() {
    Clock clock;
    clock.no = 3;
    clock.name = "handle";
    clock.of = ClockOf::hand;
    clock.part = 2;
    clock.turn = 2;
    clock.start = at(1000);
    clock.length = Length{5, Unit::working_days};
    clock.due = at(2000);
    clock.is_provisional = true;
    clock.is_final = true;
    clock.is_fixed = true;
    clock.state = ClockState::paused;
    clock.stopped = at(1500);
    clock.lapsed = at(1600);
    clock.extensions = 1;
    clock.pauses = {{at(1), at(2), "supplement"}, {at(3), std::nullopt, "expert"}};
    return clock;
}

std::vector<Change> full_changes() {
    Rating rating{1, 2, 3, 2, {{"satisfaction", "satisfied"}}, 800'000, true};
    Item item{
        2,
        "promises",
        "修路",
        OrgId{7},
        Date{std::chrono::days{19000}},
        at(5),
        ItemState::verified,
        "given",
        12
    };
    return {
        Began{"appeal", 2, true, "county-default", OrgId{1}, OrgId{2}},
        StageEntered{"closed", Counts::closed},
        Numbered{"ZT-2022-000001"},
        FieldSet{"channel", Json("web")},
        Sealed{"title"},
        PartyAdded{{2, "beneficiary", PartyState::asked, true, true, OrgId{4}, PostId{5}}},
        PartyMoved{2, PartyState::declined},
        HandAdded{{1, "lead", OrgId{9}, PostId{3}, 4, 2, HandState::replied, at(77), "B"}},
        HandMoved{1, HandState::done, 2, "A"},
        ItemAdded{item},
        ItemMoved{2, ItemState::dropped, "given", OrgId{7}},
        ClockStarted{full_clock()},
        ClockStopped{3, ClockState::late, at(9)},
        ClockLapsed{3},
        ClockRedated{3, at(10), true, "extension 5wd", true},
        ClockPaused{3, "expert", at(11)},
        ClockResumed{3, at(12), at(13), true},
        ClockRunsOn{3},
        Marked{"verified", 1, 2},
        Rated{rating},
        TurnRaised{2},
        Linked{{"about", MatterId{8}, true}},
        Unlinked{"about", MatterId{8}},
        Answered{3},
        AskedToRate{},
        Tallied{"redos", 2},
        Noticed{"requester", "notice.closed", 1, OrgId{2}},
        Counted{"premises", 758, MatterId{3}, OrgId{}},
        ReactionRefused{"urge", "wrong_stage"},
        Published{false},
        Erased{},
        PaperNumbered{"order_number", "督办〔2022〕1号"},
    };
}

template <std::size_t... index>
std::vector<Change> empty_changes(std::index_sequence<index...>) {
    return {Change(std::in_place_index<index>)...};
}

std::string text_of(const Change& change) {
    std::string text;
    append_change(text, change);
    return text;
}

Result<Change> change_of(std::string_view text) {
    JsonCursor in(text);
    std::vector<Change> changes;
    TRY_VOID(read_change(in, changes));
    return changes.at(0);
}

void expect_round_trip(const Change& change) {
    const std::string text = text_of(change);
    const auto back = change_of(text);
    ASSERT_TRUE(back) << text << ": " << back.error().detail;
    EXPECT_EQ(*back, change) << text;
}

TEST(event_codec, every_change_has_a_full_sample) {
    const auto all = full_changes();
    ASSERT_EQ(all.size(), std::variant_size_v<Change>);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].index(), i);
    }
}

TEST(event_codec, full_changes_come_back) {
    for (const auto& change : full_changes()) {
        expect_round_trip(change);
    }
}

TEST(event_codec, empty_changes_come_back_and_are_short) {
    for (const auto& change :
         empty_changes(std::make_index_sequence<std::variant_size_v<Change>>())) {
        expect_round_trip(change);
        EXPECT_EQ(parse_canonical(text_of(change))->as_array().size(), 1U) << text_of(change);
    }
}

TEST(event_codec, an_unknown_change_is_damage) {
    const auto change = change_of(R"(["teleported",1])");
    ASSERT_FALSE(change);
    EXPECT_EQ(change.error().code, Errc::damaged);
}

TEST(event_codec, a_value_of_another_type_is_damage) {
    for (const char* text :
         {R"(["turn","two"])",
          R"("turn")",
          R"([])",
          R"([1])",
          R"(["stage","late","never"])",
          R"(["hand+",1,2])"}) {
        const auto change = change_of(text);
        ASSERT_FALSE(change) << text;
        EXPECT_EQ(change.error().code, Errc::damaged) << text;
    }
}

TEST(event_codec, members_of_a_later_release_are_passed_over) {
    EXPECT_EQ(change_of(R"(["turn",2,[{"new":1}],null])").value(), Change(TurnRaised{2}));
    Event event;
    EXPECT_TRUE(read_payload(event, R"({"do":[["turn",2]],"elsewhere":{"a":[1]}})"));
    EXPECT_EQ(event.changes.size(), 1U);
}

TEST(event_codec, a_payload_that_is_not_one_is_damage) {
    for (const char* text :
         {"",
          "[]",
          "{",
          R"({"do":{}})",
          R"({"in":[]})",
          R"({"in":{},"do":[]})",
          R"({}x)",
          R"({"c":[["a","b","c"]]})",
          R"({"c":[["a"]]})",
          R"({"c":["a"]})"}) {
        Event event;
        const auto read = read_payload(event, text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, Errc::damaged) << text;
    }
}

Event full_event() {
    Event event;
    event.tenant = "example";
    event.seq = 12;
    event.matter = MatterId{5};
    event.version = 3;
    event.verb = Verb::reply;
    event.at = at(1'659'315'600'000);
    event.recorded = at(1'659'315'600'001);
    event.actor = {ActorKind::post, PersonId{3}, PostId{4}, PostId{6}, 0};
    event.cause = 11;
    event.origin = Origin::import;
    event.marks = {true, true, {"not_in_source", "window_over"}};
    event.kind_version = 2;
    event.pack = "county-default";
    event.key = uuid7_from_text(event.at, "key");
    event.key_part = 1;
    event.input.set("reply_class", "A");
    event.changes = full_changes();
    event.commitments = {{"text", std::string(64, 'a')}};
    event.sealed = {{"text", std::string("\0\x01\xff sealed", 9)}, {"note", ""}};
    return event;
}

TEST(event_codec, events_come_back_from_their_three_texts) {
    const Event event = full_event();
    Event back;
    ASSERT_TRUE(read_envelope(back, envelope_text(event)));
    ASSERT_TRUE(read_payload(back, payload_text(event)));
    ASSERT_TRUE(read_sealed(back, sealed_text(event)));
    EXPECT_EQ(back, event);
}

TEST(event_codec, sealed_parts_that_are_cut_short_are_damage) {
    const std::string sealed = sealed_text(full_event());
    for (std::size_t size = 1; size < sealed.size(); ++size) {
        Event back;
        const auto read = read_sealed(back, std::string_view(sealed).substr(0, size));
        if (read) {
            EXPECT_EQ(sealed_text(back).size(), size)
                << "a cut between two parts is the only one that reads";
        }
    }
}

TEST(event_codec, the_hash_covers_every_text_and_the_algorithm) {
    const Hash previous{};
    const Hash base = event_hash(HashAlgorithm::sha256, previous, "e", "p", "s");
    EXPECT_NE(base, event_hash(HashAlgorithm::sm3, previous, "e", "p", "s"));
    EXPECT_NE(base, event_hash(HashAlgorithm::sha256, base, "e", "p", "s"));
    EXPECT_NE(base, event_hash(HashAlgorithm::sha256, previous, "ep", "", "s"));
    EXPECT_NE(base, event_hash(HashAlgorithm::sha256, previous, "e", "p2", "s"));
    EXPECT_NE(base, event_hash(HashAlgorithm::sha256, previous, "e", "p", "s2"));
}

}  // namespace
}  // namespace zt
