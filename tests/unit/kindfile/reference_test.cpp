// Pages and drawings made from tables: fresh, and about what they should be about.

#include "kindfile/check.hpp"
#include "kindfile/explain.hpp"
#include "kindfile/graph.hpp"
#include "kindfile/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace zt::kindfile {
namespace {

using testing::HasSubstr;

const std::string source = ZT_SOURCE_DIR;

void expect_fresh(const std::string& name, const std::string& text) {
    const std::string path = source + "/docs/reference/" + name;
    if (std::getenv("ZHITONG_WRITE_REFERENCE") != nullptr) {
        std::ofstream(path, std::ios::binary) << text;
    }
    EXPECT_EQ(read_text_file(path).value_or(""), text)
        << name
        << " is stale; write it anew: "
           "ZHITONG_WRITE_REFERENCE=1 kindfile_test --gtest_filter='reference.*'";
}

TEST(reference, schemas_and_words_are_fresh) {
    expect_fresh("kind.schema.json", kind_schema());
    expect_fresh("pack.schema.json", pack_schema());
    expect_fresh("place.schema.json", place_schema());
    expect_fresh("score.schema.json", score_schema());
    expect_fresh("map.schema.json", map_schema());
    expect_fresh("words.md", words_page());
}

TEST(reference, the_picture_of_an_appeal_is_fresh) {
    const auto text = read_text_file(source + "/kinds/appeal.yaml");
    const auto kind = read_kind(text.value_or(""), "appeal.yaml");
    ASSERT_TRUE(kind);
    expect_fresh("../kinds/appeal.svg", svg_of(*kind));
}

TEST(reference, schema_knows_every_key_and_the_words_of_options) {
    const std::string schema = kind_schema();
    for (const KeyRow& row : kind_shape().keys) {
        EXPECT_THAT(schema, HasSubstr("\"" + std::string(row.name) + "\": {"));
    }
    EXPECT_THAT(schema, HasSubstr("\"long_text\""));
    EXPECT_THAT(place_schema(), HasSubstr("\"$ref\": \"#/$defs/org\""));
}

Kind complaint() {
    const auto text = read_text_file(source + "/tests/kinds_good/complaint.yaml");
    return read_kind(text.value_or(""), "complaint.yaml").value_or(Kind{});
}

TEST(graph, mermaid_has_every_stage_and_its_ways) {
    const std::string text = mermaid_of(complaint());
    EXPECT_THAT(text, HasSubstr("stateDiagram-v2\n"));
    EXPECT_THAT(text, HasSubstr("state \"已登记\" as registered\n"));
    EXPECT_THAT(text, HasSubstr("[*] --> registered: 登记\n"));
    EXPECT_THAT(text, HasSubstr("verifying --> closed: 办结\n"));
    EXPECT_THAT(text, HasSubstr("closed --> [*]\n"));
    EXPECT_THAT(mermaid_of(complaint(), Language::en), HasSubstr("state \"In hand\" as handling"));
}

TEST(graph, svg_is_whole_and_draws_every_stage_once) {
    const Kind kind = complaint();
    const std::string svg = svg_of(kind);
    EXPECT_TRUE(svg.starts_with("<svg xmlns="));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    std::size_t boxes = 0;
    for (std::size_t at = svg.find("rx=\""); at != std::string::npos;
         at = svg.find("rx=\"", at + 1)) {
        ++boxes;
    }
    EXPECT_EQ(boxes, kind.stages.size());
    for (const StageRule& stage : kind.stages) {
        EXPECT_THAT(svg, HasSubstr(">" + stage.title.zh + "</text>"));
    }
}

TEST(graph, svg_escapes_titles) {
    Kind kind = complaint();
    kind.stages[0].title.zh = "<b>&\"";
    EXPECT_THAT(svg_of(kind), HasSubstr("&lt;b&gt;&amp;&quot;"));
}

TEST(explain, names_stages_roles_clocks_and_ratings_in_both_languages) {
    const std::string zh = explain(complaint(), Language::zh);
    EXPECT_THAT(zh, HasSubstr("主管办公室的受理员"));
    EXPECT_THAT(zh, HasSubstr("5个工作日"));
    EXPECT_THAT(zh, HasSubstr("不满意（差评）"));
    EXPECT_THAT(zh, HasSubstr("最终时限"));
    const std::string en = explain(complaint(), Language::en);
    EXPECT_THAT(en, HasSubstr("clerk of the competent office"));
    EXPECT_THAT(en, HasSubstr("1 working days"));
    EXPECT_THAT(en, HasSubstr("if not: the acting hand is of a lead role"));
}

}  // namespace
}  // namespace zt::kindfile
