// The importer against the shipped kinds in a place in memory, with the shipped maps on invented
// rows.

#include "app/import/importer.hpp"
#include "base/text.hpp"
#include "build/story.hpp"
#include "service/codec.hpp"
#include "service/verify.hpp"
#include "unit/app/scratch.hpp"

#include <gmock/gmock.h>

namespace zt::app {
namespace {

using test::Scratch;
using testing::HasSubstr;

const std::string source_folder = ZT_SOURCE_DIR;

kindfile::ImportMap shipped(const std::string& name) {
    const auto text = kindfile::read_text_file(source_folder + "/maps/" + name + ".yaml");
    auto map = kindfile::read_map_file(text.value_or(""), "maps/" + name + ".yaml");
    EXPECT_TRUE(map) << name;
    return map ? *std::move(map) : kindfile::ImportMap{};
}

ImportSummary run(build::Story& story, const kindfile::ImportMap& map, ImportOptions options) {
    options.now = story.now();
    auto summary = import_rows(story.ledger(), map, options, {});
    EXPECT_TRUE(summary) << to_string(summary.error());
    return summary ? *std::move(summary) : ImportSummary{};
}

ImportOptions of_sample(const Scratch& scratch, const std::string& name) {
    ImportOptions options;
    options.input = source_folder + "/tests/import/" + name;
    options.rejects = scratch.file("rejected.jsonl");
    return options;
}

std::vector<Event> events_of(build::Story& story, const std::string& number) {
    std::vector<Event> events;
    const auto row = story.store().matter_by_number(number);
    EXPECT_TRUE(row && *row) << number;
    const auto rows = story.store().events_of(**row);
    for (const auto& one : rows.value_or(std::vector<store::EventRow>{})) {
        events.push_back(service::event_of_row(one).value_or(Event{}));
    }
    return events;
}

/// "register 2019-04-25 09:32:09 accept …"; lapses and what follows from them are left out.
std::string life_of(build::Story& story, const std::string& number) {
    std::string life;
    for (const auto& event : events_of(story, number)) {
        if (event.verb != Verb::lapse && event.cause == 0) {
            life += (life.empty() ? "" : ", ") + std::string(row_of(event.verb).name) + " " +
                    to_office_string(event.at);
            life += event.marks.is_estimated ? "~" : "";
        }
    }
    return life;
}

std::int64_t figure(build::Story& story, const std::string& name) {
    const auto matters = story.figures().list(name, {});
    return matters ? static_cast<std::int64_t>(matters->size()) : -1;
}

TEST(import_messages, each_row_is_one_life_at_its_own_times) {
    const Scratch scratch;
    build::Story story;
    const auto summary = run(story, shipped("messages"), of_sample(scratch, "messages.jsonl"));
    EXPECT_EQ(summary.rows, 9);
    EXPECT_EQ(summary.imported, 4);
    EXPECT_EQ(summary.repeated, 1) << "a row that stands twice";
    EXPECT_EQ(summary.rejected, 4);
    EXPECT_EQ(
        life_of(story, "ZT-2019-000001"),
        "register 2019-04-25 09:32:09, accept 2019-04-25 09:32:09, assign 2019-04-25 09:32:09, reply 2019-05-10 14:56:53, "
        "close 2019-05-10 14:56:53"
    );
    EXPECT_THAT(
        life_of(story, "ZT-2018-000001"),
        HasSubstr("reply 2018-04-24 12:00, close 2018-04-24 12:00")
    ) << "the number's year is that of the hand-in; a day alone takes the map's hour";
    EXPECT_THAT(life_of(story, "ZT-2019-000002"), HasSubstr("reply 2019-07-01 15:00, close"))
        << "but never before the step ahead";
    const State& open = story.state(*story.ledger().find_number("ZT-2019-000003"));
    EXPECT_EQ(open.stage, "handling");
    EXPECT_EQ(open.channel, "web");
    EXPECT_EQ(open.hands.at(0).org, story.org("office"))
        << "the unit of the place with the function intake";
    EXPECT_FALSE(open.past.was_asked_to_rate);
}

TEST(import_messages, what_the_source_does_not_carry_is_marked_and_refuses_nothing) {
    const Scratch scratch;
    build::Story story;
    const auto summary = run(story, shipped("messages"), of_sample(scratch, "messages.jsonl"));
    EXPECT_EQ(
        summary.irregular_by_code, (std::map<std::string, std::int64_t>{{"not_in_source", 6}})
    );
    EXPECT_EQ(summary.irregular, 6) << "reply and close of three rows";
    for (const auto& event : events_of(story, "ZT-2019-000001")) {
        EXPECT_EQ(event.origin, Origin::import);
        EXPECT_EQ(event.actor.kind, ActorKind::system);
        EXPECT_EQ(event.recorded, story.now());
    }
    const auto events = events_of(story, "ZT-2019-000001");
    EXPECT_EQ(events.front().actor.on_behalf, story.post("office.clerk"));
}

TEST(import_messages, rejected_rows_lie_in_the_side_file_with_line_id_and_reason) {
    const Scratch scratch;
    build::Story story;
    const auto options = of_sample(scratch, "messages.jsonl");
    const auto summary = run(story, shipped("messages"), options);
    EXPECT_EQ(
        summary.rejected_by_code,
        (std::map<std::string, std::int64_t>{
            {"bad_date", 1}, {"bad_json", 1}, {"missing_field", 1}, {"time_went_back", 1}
        })
    );
    EXPECT_EQ(summary.rejects, options.rejects);
    std::map<std::int64_t, std::string> codes;
    for (const auto& line : split(test::text_of(options.rejects), '\n')) {
        if (const auto json = parse_canonical(line)) {
            codes[(*json)["line"].as_int()] =
                (*json)["code"].as_string() + " " + (*json)["id"].as_string();
            EXPECT_FALSE((*json)["reason"].as_string().empty());
            EXPECT_THAT((*json)["row"].as_string(), HasSubstr("留言编号"));
        }
    }
    EXPECT_EQ(
        codes,
        (std::map<std::int64_t, std::string>{
            {5, "bad_date 14"}, {6, "time_went_back 15"}, {7, "bad_json "}, {10, "missing_field "}
        })
    );
    EXPECT_EQ(std::filesystem::status(options.rejects).permissions(), std::filesystem::perms(0600));
}

TEST(import_messages, running_it_twice_adds_nothing) {
    const Scratch scratch;
    build::Story story;
    const auto map = shipped("messages");
    const auto options = of_sample(scratch, "messages.jsonl");
    run(story, map, options);
    const Seq seq = story.ledger().seq();
    const auto again = run(story, map, options);
    EXPECT_EQ(again.imported, 0);
    EXPECT_EQ(again.repeated, 5);
    EXPECT_EQ(again.events, 0);
    EXPECT_EQ(story.ledger().seq(), seq);
}

TEST(import_messages, a_row_that_changed_since_is_told) {
    const Scratch scratch;
    build::Story story;
    const auto map = shipped("messages");
    auto options = of_sample(scratch, "messages.jsonl");
    run(story, map, options);
    std::string text = test::text_of(options.input);
    text.replace(text.find("已换好灯泡"), std::string("已换好灯泡").size(), "已换新灯泡");
    options.input = scratch.write("changed.jsonl", text);
    EXPECT_EQ(run(story, map, options).rejected_by_code.at("key_reused"), 1);
}

TEST(import_messages, clocks_lapse_until_the_newest_time_of_the_file_or_the_day_asked) {
    const Scratch scratch;
    build::Story one;
    const auto map = shipped("messages");
    auto options = of_sample(scratch, "messages.jsonl");
    const auto to_newest = run(one, map, options);
    EXPECT_EQ(to_newest.until, parse_instant("2019-07-08 09:00").value_or(UtcMs{}));
    EXPECT_FALSE(one.state(*one.ledger().find_number("ZT-2019-000003")).is_overdue());
    build::Story other;
    options.until = parse_instant("2019-07-31 12:00").value_or(UtcMs{});
    const auto later = run(other, map, options);
    EXPECT_GT(later.lapsed, to_newest.lapsed);
    const State& open = other.state(*other.ledger().find_number("ZT-2019-000003"));
    EXPECT_TRUE(open.is_overdue());
    EXPECT_EQ(open.final_clock()->lapsed, parse_instant("2019-07-16 00:00").value_or(UtcMs{}));
    const auto events = events_of(other, "ZT-2019-000003");
    EXPECT_EQ(events.back().origin, Origin::import);
    EXPECT_EQ(events.back().recorded, other.now());
}

TEST(import_messages, clocks_of_live_matters_stay_live) {
    const Scratch scratch;
    build::Story story;
    const MatterId own = story.appeal_in("handling");
    story.at("2022-09-01 09:00");
    ImportOptions options = of_sample(scratch, "messages.jsonl");
    options.until = story.now();
    run(story, shipped("messages"), options);
    for (const auto& event : events_of(story, story.state(own).number)) {
        EXPECT_EQ(event.origin, Origin::live);
    }
    EXPECT_TRUE(story.state(own).is_overdue());
}

TEST(import_messages, a_rehearsal_says_the_same_and_keeps_nothing) {
    const Scratch scratch;
    build::Story story;
    const auto map = shipped("messages");
    auto options = of_sample(scratch, "messages.jsonl");
    const Seq seq = story.ledger().seq();
    options.mode = ImportMode::rehearse;
    const auto rehearsed = run(story, map, options);
    EXPECT_EQ(story.ledger().seq(), seq);
    EXPECT_EQ(figure(story, "received"), 0);
    options.mode = ImportMode::commit;
    const auto imported = run(story, map, options);
    EXPECT_EQ(rehearsed.rejected_by_code, imported.rejected_by_code);
    EXPECT_EQ(imported.irregular, 6);
    EXPECT_EQ(rehearsed.irregular, 8)
        << "a row that stands twice is decided twice: nothing is kept from group to group";
    EXPECT_EQ(rehearsed.imported, 5);
}

TEST(import_messages, the_figures_follow_and_everything_equals_a_replay) {
    const Scratch scratch;
    build::Story story;
    run(story, shipped("messages"), of_sample(scratch, "messages.jsonl"));
    EXPECT_EQ(figure(story, "received"), 4);
    EXPECT_EQ(figure(story, "closed"), 3);
    EXPECT_EQ(figure(story, "in_progress"), 1);
    EXPECT_EQ(figure(story, "asked_to_rate"), 0);
    EXPECT_TRUE(service::verify_all(story.store(), {&story.figures(), nullptr}, {}));
}

TEST(import_messages, a_map_with_an_unknown_column_imports_nothing) {
    const Scratch scratch;
    build::Story story;
    auto map = shipped("messages");
    map.steps[0].take[0].column.name = "留言主提";
    ImportOptions options = of_sample(scratch, "messages.jsonl");
    options.now = story.now();
    const auto summary = import_rows(story.ledger(), map, options, {});
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().code, Errc::unknown_column);
    EXPECT_THAT(summary.error().at, HasSubstr("maps/messages.yaml:"));
    EXPECT_THAT(
        summary.error().detail,
        testing::AllOf(HasSubstr("留言主提"), HasSubstr("did you mean 留言主题"))
    );
    EXPECT_EQ(figure(story, "received"), 0);
}

TEST(import_messages, an_org_that_the_place_lacks_is_told_before_the_first_row) {
    const Scratch scratch;
    build::Story story;
    auto map = shipped("messages");
    map.org = "nobody";
    ImportOptions options = of_sample(scratch, "messages.jsonl");
    options.now = story.now();
    const auto summary = import_rows(story.ledger(), map, options, {});
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().code, Errc::unknown_org);
    EXPECT_THAT(summary.error().at, HasSubstr("maps/messages.yaml:"));
}

TEST(import_orders, passing_on_is_spread_and_days_lead_to_the_reply) {
    const Scratch scratch;
    build::Story story;
    const auto summary = run(story, shipped("orders"), of_sample(scratch, "orders.jsonl"));
    EXPECT_EQ(summary.imported, 3);
    EXPECT_EQ(
        summary.rejected_by_code,
        (std::map<std::string, std::int64_t>{{"bad_number", 1}, {"bad_value", 1}})
    );
    EXPECT_EQ(summary.estimated, 5);
    EXPECT_EQ(summary.irregular_by_code.at("same_org"), 5);
    EXPECT_EQ(
        life_of(story, "ZT-2020-000001"),
        "register 2020-09-03 12:00, accept 2020-09-03 12:00, assign 2020-09-03 12:00, transfer 2020-09-05 12:00~, "
        "transfer 2020-09-07 12:00~, reply 2020-09-09 12:00, close 2020-09-09 12:00"
    );
    EXPECT_THAT(life_of(story, "ZT-2016-000001"), HasSubstr("reply 2016-12-08 12:00"))
        << "12/08 is the 8th of December";
    const State& open = story.state(*story.ledger().find_number("ZT-2020-000002"));
    EXPECT_EQ(open.past.transfers, 3);
    EXPECT_EQ(open.purpose, "report");
    EXPECT_EQ(open.protection, Protection::wrong_done);
    EXPECT_EQ(open.counts, Counts::open);
}

TEST(import_proposals, rows_are_filed_on_their_day_under_the_class_that_the_map_names) {
    const Scratch scratch;
    build::Story story;
    const auto summary = run(story, shipped("proposals"), of_sample(scratch, "proposals.jsonl"));
    EXPECT_EQ(summary.imported, 3);
    EXPECT_EQ(summary.repeated, 1) << "the first row stands there twice";
    EXPECT_EQ(
        summary.rejected_by_code,
        (std::map<std::string, std::int64_t>{{"bad_date", 1}, {"bad_value", 1}})
    );
    EXPECT_EQ(
        summary.irregular_by_code, (std::map<std::string, std::int64_t>{{"not_in_source", 3}})
    ) << "what the reviewers wrote is not in the rows";
    EXPECT_EQ(
        life_of(story, "TA-2019-0001"),
        "register 2019-01-12 16:04:48, review 2019-01-12 16:04:48, accept 2019-01-12 16:04:48"
    );
    EXPECT_THAT(life_of(story, "TA-2019-0003"), HasSubstr("accept 2019-01-19 12:00"));
    const State& third = story.state(*story.ledger().find_number("TA-2019-0003"));
    EXPECT_EQ(third.stage, "filed");
    EXPECT_EQ(third.category, "environment");
    EXPECT_EQ(third.field("source_number").as_string(), "0003");
    EXPECT_EQ(third.office, story.org("提案委"));
    ASSERT_NE(third.requester(), nullptr);
    EXPECT_TRUE(third.requester()->is_named);
}

TEST(import_us311, due_dates_of_the_source_hold_and_states_lead_where_they_say) {
    const Scratch scratch;
    build::Story story;
    const auto summary = run(story, shipped("us311"), of_sample(scratch, "us311.csv"));
    EXPECT_EQ(summary.imported, 7);
    EXPECT_EQ(summary.rejected_by_code, (std::map<std::string, std::int64_t>{{"bad_csv", 2}}));
    EXPECT_EQ(summary.unknown_orgs, 2) << "Roads is no unit of the place, 供电公司 is";
    const auto stage = [&](const char* number) {
        return story.state(*story.ledger().find_number(number)).stage;
    };
    const State& in_time = story.state(*story.ledger().find_number("ZT-2018-000001"));
    EXPECT_EQ(
        in_time.final_clock()->due, parse_instant("2018-04-13T11:11:26-05:00").value_or(UtcMs{})
    );
    EXPECT_EQ(in_time.final_clock()->state, ClockState::met);
    const State& late = story.state(*story.ledger().find_number("ZT-2018-000002"));
    EXPECT_EQ(late.final_clock()->state, ClockState::late);
    EXPECT_EQ(late.hands.at(0).org, story.org("供电公司"));
    EXPECT_EQ(stage("ZT-2018-000003"), "terminated");
    EXPECT_EQ(stage("ZT-2018-000004"), "referred");
    EXPECT_EQ(stage("ZT-2018-000005"), "handling");
    EXPECT_EQ(stage("ZT-2018-000006"), "accepted");
    EXPECT_EQ(stage("ZT-2018-000007"), "accepted");
}

/// As many rows as the practice's catalogue has (SYSTEMS S11); what the items are is invented.
std::string catalogue_of(int items) {
    std::string rows =
        "事项编码,事项名称,承办单位,办件类型,申请材料,法定工作日,承诺工作日,收费（分）,办理依据,"
        "任一综合窗可受理,可网上办,生效日期\n";
    for (int i = 1; i <= items; ++i) {
        const std::string no = std::to_string(i);
        rows += "SX" + no + ",事项" + no + "," + (i % 2 == 0 ? "市监局" : "住建局") + "," +
                (i % 5 == 0 ? "即办件" : "承诺件") + ",\"申请表,身份证明\",20," +
                std::to_string(i % 20 + 1) + ",0,某条例第" + no + "条,是,否,2022-07-01\n";
    }
    return rows;
}

TEST(import_service_items, a_catalogue_becomes_records_and_bad_rows_say_what_is_wrong) {
    const Scratch scratch;
    build::Story story(store::open_memory(), "k1");
    ImportOptions options;
    options.input = scratch.file("catalogue.csv");
    options.rejects = scratch.file("rejected.jsonl");
    scratch.write(
        "catalogue.csv",
        catalogue_of(736) + "SX900,缺天数,市监局,承诺件,x,x,many,0,x,是,否,2022-07-01\n"
                            "SX1,同一编码,市监局,承诺件,x,20,5,0,x,是,否,2022-07-02\n"
    );
    const auto summary = run(story, shipped("service_items"), options);
    EXPECT_EQ(summary.imported, 736);
    EXPECT_EQ(
        summary.rejected_by_code,
        (std::map<std::string, std::int64_t>{{"bad_field", 1}, {"duplicate_claim", 1}})
    );
    EXPECT_EQ(summary.unknown_orgs, 0);
    const State& item = story.state(*story.ledger().find_number("SX-00007"));
    EXPECT_EQ(item.field("promised_days").as_int(), 8);
    EXPECT_EQ(item.field("materials").as_array().size(), 2U);
    EXPECT_EQ(item.field("unit").as_int(), story.org("住建局").value);
}

}  // namespace
}  // namespace zt::app
