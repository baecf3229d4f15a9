#include "http/codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::http {
namespace {

enum class Urgency : std::uint8_t { normal, urgent, register_ };
BOOST_DESCRIBE_ENUM(Urgency, normal, urgent, register_)

struct Place {
    std::string name;
    std::optional<std::int64_t> x;
    bool operator==(const Place&) const = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (name, x))

struct HandIn {
    std::string title;
    Urgency urgency = Urgency::normal;
    std::optional<Place> where;
    std::vector<std::string> words;
    std::map<std::string, std::int64_t> counts;
    std::uint8_t small = 0;
    bool is_open = false;
    UtcMs at;
    Date day;
    Uuid key;
    PostId post;
    Json fields;
    bool operator==(const HandIn&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    HandIn, (), (title, urgency, where, words, counts, small, is_open, at, day, key, post, fields)
)
constexpr auto field_rows(const HandIn*) {
    return std::array{
        FieldRow{.name = "title", .help = "One line.", .min = 1, .max = 10},
        FieldRow{.name = "words", .max = 3, .items_max = 2},
        FieldRow{.name = "small", .max = 9},
    };
}

/// Holds itself.
struct Tree {
    std::string name;
    std::vector<Tree> below;
    bool operator==(const Tree&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (name, below))

constexpr const char* whole =
    R"({"title":"停电","urgency":"register","where":{"name":"东街"},"words":["a"],)"
    R"("counts":{"x":1},"small":9,"is_open":true,"at":"2022-08-01T01:00:00.000Z",)"
    R"("day":"2022-08-01","key":"0182d4c0-1000-7000-8000-000000000001","post":7,)"
    R"("fields":{"any":[1,null]}})";

Json with(std::string_view name, Json value) {
    Json json = parse_json(whole).value();
    return json.set(std::string(name), std::move(value));
}

std::string refusal(const Json& json) {
    const auto read = from_json<HandIn>(json);
    return read ? "accepted" : std::string(name_of(read.error().code)) + " " + read.error().at;
}

std::string refusal(std::string_view text) {
    const auto read = parse_json(text);
    return read ? "accepted" : std::string(name_of(read.error().code)) + " " + read.error().at;
}

TEST(codec, a_whole_body_is_read_and_written_back) {
    const auto read = from_json<HandIn>(parse_json(whole).value());
    ASSERT_TRUE(read.has_value()) << to_string(read.error());
    EXPECT_EQ(read->title, "停电");
    EXPECT_EQ(read->urgency, Urgency::register_);
    EXPECT_EQ(read->where, (Place{"东街", std::nullopt}));
    EXPECT_EQ(read->post, PostId{7});
    EXPECT_EQ(to_json(*read), parse_json(whole).value());
}

TEST(codec, what_does_not_fit_is_refused_with_its_pointer) {
    EXPECT_EQ(refusal(with("title", "")), "bad_field /title");
    EXPECT_EQ(refusal(with("title", "一二三四五六七八九十")), "accepted");
    EXPECT_EQ(refusal(with("title", "一二三四五六七八九十百")), "bad_field /title");
    EXPECT_EQ(refusal(with("title", nullptr)), "bad_field /title");
    EXPECT_EQ(refusal(with("urgency", "soon")), "bad_field /urgency");
    EXPECT_EQ(refusal(with("where", Json::object())), "missing_field /where/name");
    EXPECT_EQ(refusal(with("where", nullptr)), "accepted");
    EXPECT_EQ(refusal(with("words", Json::array().push("a").push(1))), "bad_field /words/1");
    EXPECT_EQ(refusal(with("words", Json::array().push("abcd"))), "bad_field /words/0");
    EXPECT_EQ(
        refusal(with("words", Json::array().push("a").push("b").push("c"))), "bad_field /words"
    );
    EXPECT_EQ(refusal(with("counts", Json::object().set("a/b", "x"))), "bad_field /counts/a~1b");
    EXPECT_EQ(refusal(with("small", 10)), "bad_field /small");
    EXPECT_EQ(refusal(with("small", -1)), "bad_field /small");
    EXPECT_EQ(refusal(with("is_open", 1)), "bad_field /is_open");
    EXPECT_EQ(refusal(with("at", "yesterday")), "bad_field /at");
    EXPECT_EQ(refusal(with("day", "2022-02-30")), "bad_field /day");
    EXPECT_EQ(refusal(with("key", "x")), "bad_field /key");
    EXPECT_EQ(refusal(with("post", 0)), "bad_field /post");
    EXPECT_EQ(refusal(with("tilte", "x")), "unknown_field /tilte");
    EXPECT_EQ(refusal(Json::array()), "bad_field ");
    Json without = parse_json(whole).value();
    without.erase("fields");
    EXPECT_EQ(refusal(without), "missing_field /fields");
}

TEST(parse_json, refuses_what_is_no_strict_json) {
    EXPECT_EQ(refusal(std::string_view(R"({"a":1,"b":{"c":1,"c":2}})")), "bad_json /b/c");
    EXPECT_EQ(refusal(std::string_view(R"({"a":[0,1.5]})")), "bad_json /a/1");
    EXPECT_EQ(refusal(std::string_view("1e2")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("9223372036854775807")), "accepted");
    EXPECT_EQ(refusal(std::string_view("9223372036854775808")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("-9223372036854775808")), "accepted");
    EXPECT_EQ(refusal(std::string_view("-9223372036854775809")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("{} {}")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view(" {} \n")), "accepted");
    EXPECT_EQ(refusal(std::string_view("{}x")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("[1,]")), "bad_json /1");
    EXPECT_EQ(refusal(std::string_view("{'a':1}")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("[1 /*x*/]")), "bad_json /1");
    EXPECT_EQ(refusal(std::string_view("NaN")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("\"\xC0\xAF\"")), "bad_utf8 ");
    EXPECT_EQ(refusal(std::string_view(R"("\ud800")")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view(R"({"a":"\u0000"})")), "bad_json /a");
    EXPECT_EQ(refusal(std::string_view("\"a\nb\"")), "bad_json ");
    EXPECT_EQ(refusal(std::string_view("\xEF\xBB\xBF{}")), "bad_json ");
}

TEST(parse_json, nesting_ends_where_canonical_text_ends) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_EQ(refusal(std::string_view(nested(json_depth_max))), "accepted");
    EXPECT_TRUE(refusal(std::string_view(nested(json_depth_max + 1))).starts_with("bad_json"));
    EXPECT_TRUE(refusal(std::string_view(nested(100'000))).starts_with("bad_json"));
}

TEST(codec, a_schema_tells_the_rows) {
    Components into;
    const Json schema = schema_of<HandIn>().describe(into);
    EXPECT_EQ(to_canonical(schema), R"({"$ref":"#/components/schemas/HandIn"})");
    const Json& described = into.schemas().find("HandIn")->second;
    EXPECT_EQ(
        to_canonical(described["properties"]["title"]),
        R"({"description":"One line.","maxLength":10,"minLength":1,"type":"string"})"
    );
    EXPECT_EQ(
        to_canonical(described["properties"]["words"]),
        R"({"items":{"maxLength":3,"type":"string"},"maxItems":2,"type":"array"})"
    );
    EXPECT_EQ(
        to_canonical(described["properties"]["urgency"]),
        R"({"enum":["normal","urgent","register"],"type":"string"})"
    );
    EXPECT_EQ(described["required"].as_array().size(), 11U);
    EXPECT_TRUE(into.schemas().contains("Place"));
}

TEST(codec, a_struct_that_holds_itself_is_described_once) {
    Components into;
    EXPECT_FALSE(schema_of<Tree>().is_none());
    ignore(schema_of<Tree>().describe(into), "only what it adds is looked at");
    EXPECT_EQ(into.schemas().size(), 1U);
    const Tree tree{"a", {{"b", {}}, {"c", {{"d", {}}}}}};
    EXPECT_EQ(from_json<Tree>(to_json(tree)).value(), tree);
}

TEST(codec, names_of_components_lose_their_namespaces) {
    EXPECT_EQ(component_name("f() [T = zt::http::(anonymous namespace)::Row]"), "Row");
    EXPECT_EQ(component_name("f() [T = zt::Page<zt::http::Row>]"), "Page_Row");
}

TEST(codec, a_body_is_read_only_as_json) {
    Call call;
    call.body = R"({"name":"a","below":[]})";
    const auto code = [&call](std::string_view type) {
        call.content_type = type;
        const auto read = read_body<Tree>(call);
        return read ? "accepted" : std::string(name_of(read.error().code));
    };
    EXPECT_EQ(code("application/json"), "accepted");
    EXPECT_EQ(code("Application/JSON; charset=utf-8"), "accepted");
    EXPECT_EQ(code("text/plain"), "media_type_unsupported");
    EXPECT_EQ(code("application/jsonx"), "media_type_unsupported");
    EXPECT_EQ(code(""), "media_type_unsupported");
}

RC_GTEST_PROP(codec, what_is_written_reads_back_as_itself, ()) {
    HandIn one;
    one.title = std::to_string(*rc::gen::inRange(0, 1'000'000));
    one.urgency = *rc::gen::element(Urgency::normal, Urgency::urgent, Urgency::register_);
    if (*rc::gen::arbitrary<bool>()) {
        one.where = Place{*rc::gen::element<std::string>("", "直通", "\"\\\x01"), std::nullopt};
        if (*rc::gen::arbitrary<bool>()) {
            one.where->x = *rc::gen::arbitrary<std::int64_t>();
        }
    }
    one.words = *rc::gen::element(std::vector<std::string>{}, std::vector<std::string>{"a", "直"});
    one.counts[*rc::gen::element<std::string>("", "a~/b")] = *rc::gen::arbitrary<std::int64_t>();
    one.small = *rc::gen::inRange<std::uint8_t>(0, 10);
    one.at = UtcMs(Millis(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)));
    one.day = Date(std::chrono::days(*rc::gen::inRange(0, 40'000)));
    one.post.value = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    one.key = uuid7_from_text(one.at, "key");
    one.fields = Json::array().push(one.small);
    const std::string text = to_canonical(to_json(one));
    RC_ASSERT(from_json<HandIn>(parse_json(text).value()).value() == one);
}

RC_GTEST_PROP(parse_json, takes_all_canonical_text_without_nul, ()) {
    Json value = Json::array();
    const auto texts = *rc::gen::arbitrary<std::vector<std::string>>();
    for (const auto& text : texts) {
        std::string ascii;
        for (const char one : text) {
            ascii += static_cast<char>(one == 0 ? 1 : one & 0x7F);
        }
        std::erase(ascii, '\0');
        value.push(Json::object().set(ascii, *rc::gen::arbitrary<std::int64_t>()));
    }
    RC_ASSERT(parse_json(to_canonical(value)).value() == value);
}

}  // namespace
}  // namespace zt::http
