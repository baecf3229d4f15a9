// What a cursor takes is what the tree of the same text holds; what it refuses stays refused.
#include "base/json_cursor.hpp"

#include <gtest/gtest.h>

namespace zt {
namespace {

std::string why(const JsonCursor& cursor) { return to_string(cursor.error()); }

TEST(json_cursor, takes_values_in_the_order_of_the_text) {
    JsonCursor cursor("[\"\xe4\xb8\x80\",\"a\\\"b\",-7,true,null,{\"x\":[1,{}]},[],[2]]");
    JsonElements all(cursor);
    std::string text;
    std::string_view view;
    std::int64_t number = 0;
    bool is_so = false;
    Json json;
    ASSERT_TRUE(all.next() && cursor.read(text));
    EXPECT_EQ(text, "\xe4\xb8\x80");
    ASSERT_TRUE(all.next() && cursor.read(view));
    EXPECT_EQ(view, "a\"b");
    ASSERT_TRUE(all.next() && !cursor.take_null() && cursor.read(number));
    EXPECT_EQ(number, -7);
    ASSERT_TRUE(all.next() && cursor.read(is_so));
    EXPECT_TRUE(is_so);
    ASSERT_TRUE(all.next() && cursor.take_null());
    ASSERT_TRUE(all.next() && cursor.read(json));
    EXPECT_EQ(to_canonical(json), R"({"x":[1,{}]})");
    ASSERT_TRUE(all.next());
    JsonElements none(cursor);
    EXPECT_FALSE(none.next());
    EXPECT_FALSE(none.next());
    ASSERT_TRUE(all.next() && cursor.pass_over());
    EXPECT_FALSE(all.next());
    EXPECT_TRUE(cursor.at_end());
}

TEST(json_cursor, names_are_asked_for_in_order_and_others_passed_over) {
    JsonCursor cursor(R"({"a":1,"b":[{"c":0}],"d":"x","e":2})");
    JsonNames names(cursor);
    std::int64_t number = 0;
    std::string text;
    EXPECT_FALSE(names.has("Z"));
    ASSERT_TRUE(names.has("a") && cursor.read(number));
    EXPECT_EQ(number, 1);
    EXPECT_FALSE(names.has("c"));
    ASSERT_TRUE(names.has("d") && cursor.read(text));
    EXPECT_EQ(text, "x");
    names.finish();
    EXPECT_FALSE(names.has("z"));
    EXPECT_TRUE(cursor.at_end());
}

TEST(json_cursor, objects_that_are_none_are_refused) {
    for (const char* text :
         {"",
          "[]",
          "{",
          R"({"a")",
          R"({"a":)",
          R"({"a":1)",
          R"({"a":1,})",
          R"({"a":1,"a":2})",
          R"({"b":1,"a":2})",
          R"({"\n":1})",
          R"({a:1})",
          R"({"a":1}{)",
          R"({"a":01})"}) {
        JsonCursor cursor(text);
        JsonNames names(cursor);
        std::int64_t number = 0;
        if (names.has("a")) {
            ignore(cursor.read(number), "what stays is looked at below");
        }
        names.finish();
        EXPECT_FALSE(cursor.at_end()) << text;
        EXPECT_TRUE(cursor.has_failed()) << text;
    }
}

TEST(json_cursor, after_a_refusal_nothing_is_taken_and_the_first_reason_stays) {
    JsonCursor cursor(R"(["a",1,2])");
    JsonElements all(cursor);
    std::int64_t number = 0;
    ASSERT_TRUE(all.next());
    EXPECT_FALSE(cursor.read(number));
    const std::string first = why(cursor);
    EXPECT_NE(first.find("byte 1"), std::string::npos) << first;
    EXPECT_FALSE(all.next());
    EXPECT_FALSE(cursor.read(number));
    EXPECT_FALSE(cursor.take_null());
    EXPECT_FALSE(cursor.at_end());
    EXPECT_EQ(why(cursor), first);
}

TEST(json_cursor, its_user_may_refuse_a_value) {
    JsonCursor cursor(R"(["a",1])");
    JsonElements all(cursor);
    std::string_view text;
    ASSERT_TRUE(all.next() && cursor.read(text));
    EXPECT_FALSE(cursor.refuse("not this word"));
    EXPECT_FALSE(all.next());
    EXPECT_NE(why(cursor).find("not this word"), std::string::npos);
}

}  // namespace
}  // namespace zt
