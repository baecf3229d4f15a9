#include "kindfile/kind_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::kindfile {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string tests = std::string(ZT_SOURCE_DIR) + "/tests/";

Kind complaint() {
    const auto text = read_text_file(tests + "kinds_good/complaint.yaml");
    EXPECT_TRUE(text.has_value());
    auto kind = read_kind(*text, "complaint.yaml");
    EXPECT_TRUE(kind.has_value()) << (kind ? "" : to_string(kind.error()));
    return kind ? *kind : Kind{};
}

const Transition& row_of_line(const Kind& kind, Verb verb, std::size_t nth) {
    std::size_t seen = 0;
    for (const Transition& row : kind.transitions) {
        if (row.verb == verb && seen++ == nth) {
            return row;
        }
    }
    ADD_FAILURE() << "no such row";
    return kind.transitions.front();
}

TEST(kind_file, head_fields_and_roles_are_read) {
    const Kind kind = complaint();
    EXPECT_EQ(kind.name, "complaint");
    EXPECT_EQ(kind.title.en, "Complaint");
    EXPECT_EQ(kind.number.digits, 5);
    EXPECT_TRUE(kind.has_requester && kind.unnamed_allowed && kind.protects_by_purpose);
    EXPECT_EQ(kind.office_function, "office");
    EXPECT_NE(kind.text_hash, Hash{});
    ASSERT_NE(kind.field("purpose"), nullptr);
    EXPECT_EQ(kind.field("purpose")->type, FieldType::choice);
    EXPECT_EQ(kind.field("purpose")->choices.size(), 2U);
    EXPECT_TRUE(kind.field("title")->is_personal);
    ASSERT_NE(kind.role("signer"), nullptr);
    EXPECT_EQ(kind.role("signer")->where, RoleRule::Where::leads_hand);
    EXPECT_EQ(kind.role("callback")->where, RoleRule::Where::not_involved);
    EXPECT_EQ(kind.role("callback")->post_word, "callback");
    EXPECT_EQ(kind.role("supervisor")->where, RoleRule::Where::over_office);
    EXPECT_EQ(kind.categories[1].parent, "power");
}

TEST(kind_file, clocks_are_read_with_all_their_rules) {
    const Kind kind = complaint();
    const ClockRule& handle = *kind.clock("handle");
    EXPECT_THAT(handle.starts, ElementsAre(Verb::accept, Verb::redo));
    EXPECT_EQ(handle.length.by_field, "purpose");
    EXPECT_EQ(
        handle.length.by_value.at("inquiry"), (calendar::Length{1, calendar::Unit::working_days})
    );
    ASSERT_TRUE(handle.redo_length.has_value());
    EXPECT_EQ(handle.redo_length->part_of, "handle");
    EXPECT_EQ(handle.redo_length->denominator, 2);
    EXPECT_EQ(handle.redo_length->minimum, (calendar::Length{3, calendar::Unit::working_days}));
    EXPECT_TRUE(handle.is_final);
    EXPECT_EQ(handle.stop_if->name, "all_lead_replied");
    EXPECT_EQ(handle.extensions_max, 1);
    EXPECT_THAT(handle.pause_reasons, ElementsAre("supplement", "expert"));
    EXPECT_EQ(handle.lapse.action, "urge");
    EXPECT_EQ(handle.protects, Protects::requester);
    const ClockRule& sign = *kind.clock("sign");
    EXPECT_EQ(sign.of, ClockOf::hand);
    EXPECT_EQ(sign.hand_role, "lead");
    EXPECT_EQ(sign.lapse.action, "notify");
    EXPECT_EQ(sign.length.fixed, (calendar::Length{120, calendar::Unit::service_hours}));
}

TEST(kind_file, rows_are_read_with_field_uses_words_and_targets) {
    const Kind kind = complaint();
    const Transition& begin = kind.transitions.front();
    EXPECT_TRUE(begin.from.empty());
    EXPECT_TRUE(begin.fields[0].is_required);
    EXPECT_EQ(begin.fields[2].preset, "complaint");
    EXPECT_EQ(begin.source, kind.source);
    const Transition& reply = row_of_line(kind, Verb::reply, 1);
    ASSERT_EQ(reply.to.size(), 2U);
    EXPECT_EQ(reply.to[0].condition->name, "all_lead_replied");
    EXPECT_EQ(reply.to[0].stage, "verifying");
    EXPECT_FALSE(reply.to[1].condition.has_value());
    EXPECT_EQ(reply.to[1].stage, "same");
    const Transition& opinion = row_of_line(kind, Verb::give_opinion, 0);
    EXPECT_TRUE(opinion.if_->is_negated);
    EXPECT_EQ(opinion.if_->name, "is_lead");
    EXPECT_EQ(opinion.to.front().stage, "same");
}

TEST(kind_file, stage_groups_are_spelled_out_in_the_order_of_stages) {
    const Kind kind = complaint();
    EXPECT_THAT(
        row_of_line(kind, Verb::urge, 0).from,
        ElementsAre("registered", "accepted", "handling", "verifying")
    );
    EXPECT_THAT(row_of_line(kind, Verb::redo, 1).from, ElementsAre("closed"));
}

TEST(kind_file, words_with_commas_survive_flow_lists_with_and_without_quotes) {
    const Kind kind = complaint();
    const auto expect = [](const Word& word) {
        EXPECT_EQ(word.name, "at_most");
        EXPECT_EQ(word.args.size(), 2U);
    };
    expect(row_of_line(kind, Verb::send_back, 0).when[1]);
    expect(row_of_line(kind, Verb::contest, 0).when[1]);
}

TEST(kind_file, a_text_with_many_faults_names_each_with_its_line) {
    const auto read = read_kind_file(
        "kind: x\nversion: one\nlife: matter\ntitle: {zh: 甲, en: x}\nhelp: {zh: 甲, en: x}\nsource: s\n"
        "number: {series: x, prefix: X}\nroles: {clerk: clerk at office}\nstages:\n"
        "  open: {title: {zh: 甲, en: x}, count: open, holder: clerk}\n"
        "clocks: {}\nverbs:\n  - {do: regster, by: clerk, to: open}\n",
        "x.yaml"
    );
    ASSERT_FALSE(read.has_value());
    ASSERT_EQ(read.error().size(), 4U);
    EXPECT_EQ(read.error()[0].at, "x.yaml:2");
    EXPECT_EQ(read.error()[0].code, Errc::bad_number);
    EXPECT_EQ(read.error()[1].at, "x.yaml:10");
    EXPECT_EQ(read.error()[2].at, "x.yaml:10");
    EXPECT_THAT(read.error()[1].detail + read.error()[2].detail, HasSubstr("did you mean counts?"));
    EXPECT_EQ(read.error()[3].at, "x.yaml:13");
    EXPECT_THAT(read.error()[3].detail, HasSubstr("register"));
}

TEST(kind_file, load_collects_the_errors_of_all_files) {
    const auto loaded = load_kinds(NamedTexts{{"a.yaml", "kind: a\n"}, {"b.yaml", "&x: 1\n"}});
    ASSERT_FALSE(loaded.has_value());
    bool has_a = false;
    bool has_b = false;
    for (const Error& error : loaded.error()) {
        has_a = has_a || error.at.starts_with("a.yaml:");
        has_b = has_b || error.at.starts_with("b.yaml:");
    }
    EXPECT_TRUE(has_a && has_b);
}

TEST(kind_file, one_kind_in_two_files_is_refused) {
    const std::string text = read_text_file(tests + "kinds_good/firm.yaml").value_or("");
    const auto loaded = load_kinds(NamedTexts{{"a.yaml", text}, {"b.yaml", text}});
    ASSERT_FALSE(loaded.has_value());
    EXPECT_THAT(loaded.error().front().detail, HasSubstr("also stands in a.yaml"));
    EXPECT_EQ(loaded.error().front().at, "b.yaml:2");
}

TEST(kind_file, a_folder_without_files_is_refused) {
    const auto loaded = load_kinds(std::filesystem::path(tests + "no_such_folder"));
    ASSERT_FALSE(loaded.has_value());
    EXPECT_EQ(loaded.error().front().code, Errc::bad_file);
}

TEST(words, forms_are_read_and_written_alike) {
    for (const char* text :
         {"is_lead", "not is_lead", "within(rating_window)", "not at_most(send_backs,max)"}) {
        const auto word = parse_word(text);
        ASSERT_TRUE(word.has_value()) << text;
        EXPECT_EQ(to_string(*word), text);
    }
    EXPECT_EQ(to_string(*parse_word(" at_most( a , b ) ")), "at_most(a,b)");
}

TEST(words, what_is_no_word_is_refused) {
    for (const char* text :
         {"",
          "not",
          "Is_lead",
          "is lead",
          "within(",
          "within()",
          "within(a,)",
          "within(a b)",
          "a(b(c))"}) {
        EXPECT_FALSE(parse_word(text).has_value()) << text;
    }
}

TEST(decimals, are_read_as_millionths) {
    const auto read = [](const std::string& text) {
        const auto root = parse_yaml("v: " + text, "t");
        return read_millionths(root->get("v").value());
    };
    EXPECT_EQ(read("0.8").value(), 800'000);
    EXPECT_EQ(read("1").value(), 1'000'000);
    EXPECT_EQ(read("\"0.333333\"").value(), 333'333);
    for (const char* bad : {"0.3333333", "-1", "x", "1.", ".5", "1e3", "99999999999999999999"}) {
        EXPECT_FALSE(read(bad).has_value()) << bad;
    }
}

RC_GTEST_PROP(kind_file, any_text_is_read_or_refused_but_never_crashes, (std::string text)) {
    const auto read = read_kind_file(text, "any.yaml");
    RC_ASSERT(read.has_value() || !read.error().empty());
}

/// One line of a good file changed to something else: read or refused with a place.
RC_GTEST_PROP(kind_file, a_damaged_line_is_read_or_refused_with_its_place, ()) {
    static const std::string good =
        read_text_file(tests + "kinds_good/complaint.yaml").value_or("");
    std::string text = good;
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const auto count = *rc::gen::inRange<std::size_t>(0, 12);
    const auto put =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("[]{}:,!=\"' \nxyes09-()"))
        );
    text.replace(at, count, put.substr(0, 6));
    const auto read = read_kind_file(text, "c.yaml");
    if (!read) {
        for (const Error& error : read.error()) {
            RC_ASSERT(error.at.starts_with("c.yaml:"));
            RC_ASSERT(!error.detail.empty());
        }
    }
}

}  // namespace
}  // namespace zt::kindfile
