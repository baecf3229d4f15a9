#include "kindfile/yaml.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

namespace zt::kindfile {
namespace {

Yaml read(std::string_view text) {
    auto root = parse_yaml(text, "kinds/x.yaml");
    if (!root) {
        ADD_FAILURE() << to_string(root.error());
        return {};
    }
    return *root;
}

TEST(yaml, a_map_keeps_the_order_of_its_keys) {
    const Yaml root = read("zeta: 1\nalpha: 2\nmiddle:\n  - a\n  - b\n");
    EXPECT_EQ(root.map_keys().value(), (std::vector<std::string>{"zeta", "alpha", "middle"}));
    EXPECT_EQ(root.texts_of("middle").value(), (std::vector<std::string>{"a", "b"}));
}

TEST(yaml, every_value_knows_its_line_and_path) {
    const Yaml root =
        read("# comment\nclocks:\n  accept:\n    length: 3wd\nlist:\n  - x: 1\n  - x: 2\n");
    const Yaml length = root.get("clocks").value().get("accept").value().get("length").value();
    EXPECT_EQ(length.at(), "kinds/x.yaml:4");
    EXPECT_EQ(length.path(), "/clocks/accept/length");
    const Yaml second = root.items_of("list").value().at(1).get("x").value();
    EXPECT_EQ(second.at(), "kinds/x.yaml:7");
    EXPECT_EQ(second.path(), "/list/1/x");
    EXPECT_EQ(root.entries().value().at(1).key_at, "kinds/x.yaml:5");
}

TEST(yaml, scalars_are_read_as_the_type_that_is_asked_for) {
    const Yaml root =
        read("n: -15\nb: true\nd: 2024-02-29\nt: 春节\nq: \"5\"\nblock: |\n  two\n  lines\n");
    EXPECT_EQ(root.integer_of("n").value(), -15);
    EXPECT_TRUE(root.boolean_or("b", false).value());
    EXPECT_EQ(to_string(root.get("d").value().date().value()), "2024-02-29");
    EXPECT_EQ(root.text_of("t").value(), "春节");
    EXPECT_EQ(root.text_of("n").value(), "-15");
    EXPECT_EQ(root.text_of("q").value(), "5");
    EXPECT_EQ(root.text_of("block").value(), "two\nlines\n");
    EXPECT_EQ(root.integer_or("absent", 7).value(), 7);
    EXPECT_EQ(root.text_or("absent", "x").value(), "x");
    EXPECT_TRUE(root.entries_of("absent").value().empty());
}

TEST(yaml, a_scalar_of_another_type_is_refused_with_its_place) {
    const Yaml root = read("n: 15x\nq: \"5\"\nb: yes\nd: 2023-02-29\nm: {a: 1}\nl: [1]\nnothing:\n"
                           "long: 99999999999999999999\n");
    EXPECT_EQ(
        root.integer_of("n").error(),
        (Error{
            Errc::bad_number,
            "/n: `15x` is not a whole number; write digits only, as in 15",
            "kinds/x.yaml:1"
        })
    );
    EXPECT_EQ(root.integer_of("q").error().code, Errc::bad_number);
    EXPECT_EQ(root.integer_of("long").error().code, Errc::bad_number);
    EXPECT_EQ(root.boolean_or("b", false).error().code, Errc::bad_value);
    EXPECT_EQ(root.get("d").value().date().error().code, Errc::bad_date);
    EXPECT_EQ(root.get("d").value().date().error().at, "kinds/x.yaml:4");
    EXPECT_EQ(root.text_of("m").error().code, Errc::bad_value);
    EXPECT_EQ(root.items_of("m").error().code, Errc::bad_value);
    EXPECT_EQ(root.entries_of("l").error().code, Errc::bad_value);
    EXPECT_EQ(root.texts_of("n").error().code, Errc::bad_value);
    EXPECT_EQ(root.get("l").value().get("k").error().code, Errc::bad_value);
    EXPECT_EQ(root.text_of("nothing").error().code, Errc::missing_key);
    EXPECT_FALSE(root.find("nothing").has_value());
}

TEST(yaml, an_unknown_key_is_refused_at_its_line_with_the_nearest_word) {
    const Yaml root = read("title: x\nstages:\n  open:\n    hold: office\n    colour: red\n");
    EXPECT_TRUE(root.allow({"title", "stages", "verbs"}).has_value());
    const Yaml open = root.get("stages").value().get("open").value();
    const Error error = open.allow({"held", "hold", "counts", "color"}).error();
    EXPECT_EQ(error.code, Errc::unknown_key);
    EXPECT_EQ(error.at, "kinds/x.yaml:5");
    EXPECT_EQ(error.detail.find("unknown key `colour` in /stages/open; did you mean color?"), 0U)
        << error.detail;
    const Error far = open.allow(std::vector<std::string>{"hold", "verbs"}).error();
    EXPECT_EQ(far.detail, "unknown key `colour` in /stages/open; allowed: hold, verbs");
    EXPECT_EQ(root.get("title").value().allow({"a"}).error().code, Errc::bad_value);
}

TEST(yaml, a_missing_key_is_named) {
    const Error error =
        read("stages:\n  open: {}\n").get("stages").value().text_of("first").error();
    EXPECT_EQ(
        error,
        (Error{
            Errc::missing_key,
            "/stages: the key `first` is missing or has no value",
            "kinds/x.yaml:2"
        })
    );
}

struct BadText {
    const char* name;
    std::string text;
    Errc code;
    const char* at;
    const char* says;
};

class refused_yaml : public testing::TestWithParam<BadText> {};

TEST_P(refused_yaml, names_the_line_and_the_cure) {
    const auto root = parse_yaml(GetParam().text, "f");
    ASSERT_FALSE(root.has_value());
    EXPECT_EQ(root.error().code, GetParam().code);
    EXPECT_EQ(root.error().at, GetParam().at) << root.error().detail;
    EXPECT_NE(root.error().detail.find(GetParam().says), std::string::npos) << root.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    table,
    refused_yaml,
    testing::Values(
        BadText{"anchor", "a: 1\nb: &x 2\n", Errc::bad_yaml, "f:2", "anchor"},
        BadText{"anchored_map", "a: 1\nb: &x\n  c: 1\n", Errc::bad_yaml, "f:2", "anchor"},
        BadText{"alias_of_nothing", "a: *x\n", Errc::bad_yaml, "f:1", ""},
        BadText{"tag", "a: !!str 5\n", Errc::bad_yaml, "f:1", "tag"},
        BadText{"own_tag", "a:\n  - !thing {b: 1}\n", Errc::bad_yaml, "f:2", "tag"},
        BadText{"merge", "a: 1\nb:\n  <<: {c: 1}\n", Errc::bad_yaml, "f:3", "merge key"},
        BadText{"duplicate", "a: 1\nb: 2\na: 3\n", Errc::bad_yaml, "f:3", "first in line 1"},
        BadText{"duplicate_in_flow", "a: {b: 1, b: 2}\n", Errc::bad_yaml, "f:1", "twice"},
        BadText{"map_as_key", "{a: 1}: 2\n", Errc::bad_yaml, "f:1", "a key must be a word"},
        BadText{"null_as_key", "~: 2\n", Errc::bad_yaml, "f:1", "a key must be a word"},
        BadText{"second_document", "a: 1\n---\nb: 2\n", Errc::bad_yaml, "f:2", "second document"},
        BadText{"empty", "", Errc::bad_yaml, "f:1", "empty"},
        BadText{"only_comments", "# nothing\n", Errc::bad_yaml, "f:1", "empty"},
        BadText{"open_quote", "春: 节\nb: \"open\nc: 1\n", Errc::bad_yaml, "f:2", "never closed"},
        BadText{
            "open_single_quote",
            "春: '节'\nb: 'it''s\nc: 1\n",
            Errc::bad_yaml,
            "f:2",
            "never closed"
        },
        BadText{"escaped_quote", "b: \"open\\\"\nc: 1\n", Errc::bad_yaml, "f:1", "never closed"},
        BadText{"text_after_quote", "b: \"x\" y\n", Errc::bad_yaml, "f:1", "not YAML"},
        BadText{"bad_indent", "a:\n  b: 1\n c: 2\n", Errc::bad_yaml, "f:3", "not YAML"},
        BadText{"not_utf8", std::string("a: 1\nb: \xb4\xba\n"), Errc::bad_utf8, "f:2", "UTF-8"},
        BadText{
            "too_deep", std::string(40, '[') + std::string(40, ']'), Errc::bad_yaml, "f:1", "deeper"
        },
        BadText{"much_too_deep", std::string(100'000, '['), Errc::bad_yaml, "f:1", ""},
        BadText{"too_long", std::string(yaml_bytes_max + 1, '#'), Errc::bad_yaml, "f:1", "bytes"}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

TEST(yaml, quotes_and_a_byte_order_mark_are_read) {
    const Yaml root =
        read("\xef\xbb\xbf春节: \"a \\\"b\\\" c\"\r\ns: 'it''s'\r\nlist: ['x', \"y\"]\r\n");
    EXPECT_EQ(root.text_of("春节").value(), "a \"b\" c");
    EXPECT_EQ(root.text_of("s").value(), "it's");
    EXPECT_EQ(root.texts_of("list").value(), (std::vector<std::string>{"x", "y"}));
}

TEST(yaml, an_absent_file_reads_as_an_empty_map) {
    const Yaml nothing;
    EXPECT_TRUE(nothing.is_map());
    EXPECT_TRUE(nothing.map_keys().value().empty());
    EXPECT_EQ(nothing.text_or("a", "b").value(), "b");
}

}  // namespace
}  // namespace zt::kindfile
