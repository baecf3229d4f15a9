#include "base/json.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>
#include <string>

namespace zt {
namespace {

using namespace std::string_view_literals;

std::string refusal(std::string_view text) {
    const Result<Json> value = parse_canonical(text);
    if (value) {
        return "accepted";
    }
    EXPECT_EQ(value.error().code, Errc::bad_json);
    return value.error().at + ": " + value.error().detail;
}

std::string nested(int depth) {
    const auto count = static_cast<std::size_t>(depth);
    return std::string(count, '[') + std::string(count, ']');
}

TEST(json, canonical_text_has_sorted_keys_and_no_space) {
    Json value = Json::object();
    value.set("b", 1).set("a", "直通").set("c", Json::array().push(true).push(nullptr).push(-7));
    EXPECT_EQ(to_canonical(value), R"({"a":"直通","b":1,"c":[true,null,-7]})");
}

TEST(json, keys_are_sorted_by_bytes_not_by_letters) {
    Json value;
    value.set("é", 3).set("a", 2).set("Z", 1).set("", 0);
    EXPECT_EQ(to_canonical(value), R"({"":0,"Z":1,"a":2,"é":3})");
}

TEST(json, control_characters_have_one_spelling) {
    const Json value("\"\\/\b\t\n\f\r\x01\x1f\x7f\0"sv);
    EXPECT_EQ(to_canonical(value), "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\\u0000\"");
    EXPECT_EQ(parse_canonical(to_canonical(value)).value(), value);
}

TEST(json, set_replaces_and_erase_removes) {
    Json value;
    value.set("a", 1).set("b", 2).set("a", 3);
    EXPECT_EQ(to_canonical(value), R"({"a":3,"b":2})");
    value.erase("a");
    value.erase("absent");
    EXPECT_EQ(to_canonical(value), R"({"b":2})");
}

TEST(json, a_value_of_another_type_reads_as_the_fallback) {
    const Json text("x");
    EXPECT_EQ(text.as_int(5), 5);
    EXPECT_FALSE(text.as_bool());
    EXPECT_TRUE(text.as_array().empty());
    EXPECT_TRUE(text.members().empty());
    EXPECT_TRUE(text["a"].is_null());
    EXPECT_EQ(text.find("a"), nullptr);
    EXPECT_EQ(Json(3).as_string(), "");
}

TEST(json, members_are_found_among_few_and_among_many) {
    Json value;
    for (int number = 0; number < 100; ++number) {
        value.set("k" + std::to_string(number), number);
        for (int earlier = 0; earlier <= number; ++earlier) {
            ASSERT_EQ(value["k" + std::to_string(earlier)].as_int(-1), earlier);
        }
        ASSERT_EQ(value.find("k" + std::to_string(number + 1)), nullptr);
    }
}

TEST(json, pretty_text_is_indented_by_two) {
    const Json value = Json::object()
                           .set("a", Json::array().push(1).push(2))
                           .set("b", Json::object())
                           .set("c", "x");
    EXPECT_EQ(
        to_pretty(value), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"x\"\n}"
    );
}

TEST(json, integers_reach_both_ends_of_64_bits) {
    for (const char* text : {"0", "-1", "9223372036854775807", "-9223372036854775808"}) {
        EXPECT_EQ(to_canonical(parse_canonical(text).value()), text);
    }
    EXPECT_EQ(refusal("9223372036854775808"), "byte 0: the integer is beyond 64 bits");
}

TEST(json, floats_are_refused) {
    for (const char* text : {"1.0", "1e3", "1E3", "-0.5", "0.1"}) {
        EXPECT_NE(refusal(text).find("floats are not allowed"), std::string::npos) << text;
    }
}

TEST(json, a_second_spelling_of_a_number_is_refused) {
    for (const char* text :
         {"-0", "01", "-01", "00", "+1", "0x1", "--1", "-", ".5", "NaN", "Infinity"}) {
        EXPECT_NE(refusal(text), "accepted") << text;
    }
}

TEST(json, keys_out_of_order_or_twice_are_refused) {
    EXPECT_EQ(refusal(R"({"b":1,"a":2})"), "byte 7: keys are not sorted by their bytes");
    EXPECT_EQ(refusal(R"({"a":1,"a":2})"), "byte 7: the key stands twice");
    EXPECT_EQ(refusal(R"([{"a":{"z":1,"y":2}}])"), "byte 13: keys are not sorted by their bytes");
}

TEST(json, white_space_and_trailing_bytes_are_refused) {
    for (const char* text :
         {" 1",
          "1 ",
          "[1, 2]",
          "[ 1]",
          R"({"a": 1})",
          R"({"a" :1})",
          "[1]\n",
          "1,2",
          "{}{}",
          "nullx"}) {
        EXPECT_NE(refusal(text), "accepted") << text;
    }
    EXPECT_EQ(refusal("[1]x"), "byte 3: text goes on behind the value");
    EXPECT_NE(refusal("1\0"sv), "accepted");
}

TEST(json, a_second_spelling_of_a_string_is_refused) {
    constexpr std::array refused = {
        R"("\/")",
        R"("\u0041")",
        R"("\u000a")",
        R"("\u001F")",
        R"("\u00")",
        R"("\u4f60")",
        R"("\ud83d\ude00")",
        R"("\x")",
        R"('a')",
        "\"\t\"",
        "\"\n\"",
        "\"\\",
    };
    for (const char* text : refused) {
        EXPECT_NE(refusal(text), "accepted") << text;
    }
}

TEST(json, strings_that_are_not_utf8_are_refused_at_their_byte) {
    EXPECT_EQ(refusal("\"ab\xFF\""), "byte 3: the text is not UTF-8 here");
    EXPECT_EQ(refusal("{\"\xC0\x80\":1}"), "byte 2: the text is not UTF-8 here");
    EXPECT_EQ(refusal("\"直\xED\xA0\x80\""), "byte 4: the text is not UTF-8 here");
    EXPECT_EQ(refusal("\"\xE7\x9B\""), "byte 1: the text is not UTF-8 here");
}

TEST(json, every_cut_of_a_text_is_refused) {
    const std::string whole = R"({"a":[1,"直\n",{"b":null}],"c":true})";
    ASSERT_EQ(refusal(whole), "accepted");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_NE(refusal(std::string_view(whole).substr(0, size)), "accepted") << size;
    }
}

TEST(json, commas_stand_only_between_values) {
    for (const char* text :
         {"[1,]",
          "[,1]",
          "[1 2]",
          R"({"a":1,})",
          R"({,"a":1})",
          R"({"a"})",
          "[1}",
          R"({"a":1])",
          "{1:2}"}) {
        EXPECT_NE(refusal(text), "accepted") << text;
    }
}

TEST(json, depth_ends_at_the_limit) {
    EXPECT_EQ(refusal(nested(json_depth_max)), "accepted");
    EXPECT_EQ(refusal(nested(json_depth_max + 1)), "byte 32: nested deeper than 32");
    EXPECT_NE(refusal(std::string(1'000'000, '[')), "accepted");
}

TEST(json, size_ends_at_the_limit) {
    const std::string largest = '"' + std::string(json_bytes_max - 2, 'a') + '"';
    EXPECT_EQ(refusal(largest), "accepted");
    EXPECT_NE(refusal(largest + ' ').find("at most 4 MiB"), std::string::npos);
}

TEST(json_death, the_writer_refuses_what_the_reader_would) {
    EXPECT_DEATH((void)to_canonical(Json("\xFF")), "check failed");
    Json deep;
    for (int level = 0; level < json_depth_max; ++level) {
        deep = Json::array().push(std::move(deep));
    }
    EXPECT_EQ(to_canonical(deep).size(), 2U * json_depth_max + 4);  // brackets around one null
    EXPECT_DEATH((void)to_canonical(Json::array().push(deep)), "check failed");
}

std::string any_text() {
    static const std::array<std::string_view, 14> pieces = {
        "a",
        "直通车",
        "é",
        "\"",
        "\\",
        "\n",
        "\x01",
        "\x7f",
        "/",
        "😀",
        "plain ascii words",
        "\0"sv,
        "供电公司",
        " ",
    };
    std::string text;
    for (auto count = *rc::gen::inRange(0, 6); count > 0; --count) {
        text += pieces[*rc::gen::inRange<std::size_t>(0, pieces.size())];
    }
    return text;
}

Json any_json(int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0: return Json();
    case 1: return Json(*rc::gen::arbitrary<bool>());
    case 2: return Json(*rc::gen::arbitrary<std::int64_t>());
    case 3:
    case 4: return Json(any_text());
    case 5: {
        Json array = Json::array();
        for (auto count = *rc::gen::inRange(0, 6); count > 0; --count) {
            array.push(any_json(depth - 1));
        }
        return array;
    }
    default: {
        Json object = Json::object();
        for (auto count = *rc::gen::inRange(0, 12); count > 0; --count) {
            object.set(any_text(), any_json(depth - 1));
        }
        return object;
    }
    }
}

RC_GTEST_PROP(json, what_is_written_reads_back_the_same, ()) {
    const Json value = any_json(4);
    const std::string text = to_canonical(value);
    RC_ASSERT(is_utf8(text));
    const Result<Json> again = parse_canonical(text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == value);
    RC_ASSERT(to_canonical(*again) == text);
}

RC_GTEST_PROP(json, whatever_is_accepted_is_the_one_text_of_its_value, ()) {
    // A changed byte either is refused or makes the canonical text of another value.
    std::string text = to_canonical(any_json(3));
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    const Result<Json> value = parse_canonical(text);
    if (value) {
        RC_ASSERT(to_canonical(*value) == text);
    }
}

}  // namespace
}  // namespace zt
