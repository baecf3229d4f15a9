#include "http/form_body.hpp"
#include "http/pages/xml.hpp"

#include <gtest/gtest.h>

namespace zt::http {
namespace {

Result<Pairs> read(std::string_view body, std::string_view type) {
    Call call;
    call.body = body;
    call.content_type = type;
    return read_form(call);
}

constexpr std::string_view form = "application/x-www-form-urlencoded; charset=utf-8";

TEST(form_body, names_and_values_are_decoded_in_order) {
    const auto pairs = read("a=1&b%5Bc%5D=%E7%81%AF+x%0Ay&&d&=e&a=2", form);
    ASSERT_TRUE(pairs.has_value());
    const Pairs right{{"a", "1"}, {"b[c]", "灯 x\ny"}, {"d", ""}, {"", "e"}, {"a", "2"}};
    EXPECT_EQ(*pairs, right);
}

TEST(form_body, what_is_no_text_is_refused) {
    for (const std::string_view wrong :
         {"a=%", "a=%4", "a=%zz", "a=%00", "a=%1B", "a=%FF", "a=%7f"}) {
        const auto pairs = read(wrong, form);
        ASSERT_FALSE(pairs.has_value()) << wrong;
        EXPECT_EQ(pairs.error().code, Errc::bad_request) << wrong;
    }
    std::string many;
    for (std::size_t index = 0; index <= form_pairs_max; ++index) {
        many += "a=&";
    }
    EXPECT_FALSE(read(many, form).has_value());
    EXPECT_EQ(read("a=1", "text/plain").error().code, Errc::media_type_unsupported);
}

TEST(form_body, an_object_of_texts_says_the_same) {
    const auto pairs = read(R"({"a":"1","b":{"c":["x","y"],"d":true},"e":2})", "application/json");
    ASSERT_TRUE(pairs.has_value());
    const Pairs right{{"a", "1"}, {"b[c]", "x"}, {"b[c]", "y"}, {"b[d]", "true"}, {"e", "2"}};
    EXPECT_EQ(*pairs, right);
    for (const std::string_view wrong :
         {"[]", "1", R"({"a":null})", R"({"a":{"b":{"c":"d"}}})", R"({"a":[["b"]]})"}) {
        EXPECT_FALSE(read(wrong, "application/json").has_value()) << wrong;
    }
}

TEST(xml, lists_are_elements_of_their_singular_and_text_is_escaped) {
    const Json one = Json::object().set("key", "<&>").set("order", 1).set("none", Json());
    const Json list = Json::array().push(Json::object().set("values", Json::array().push(one)));
    EXPECT_EQ(
        pages::to_xml("attributes", list),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<attributes><attribute><values><value><key>&lt;&amp;&gt;</key><none></none>"
        "<order>1</order></value></values></attribute></attributes>\n"
    );
}

TEST(xml, what_xml_cannot_write_is_left_out) {
    const std::string odd = "a\x01\x1F\tb\r\n\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBC\x81";
    EXPECT_EQ(
        pages::to_xml("notes", Json::array().push(odd)),
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<notes><note>a\tb&#13;\n！</note></notes>\n"
    );
}

}  // namespace
}  // namespace zt::http
