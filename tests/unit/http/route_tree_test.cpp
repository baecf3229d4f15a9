#include "base/text.hpp"
#include "http/route_tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <deque>
#include <set>

namespace zt::http {
namespace {

Result<Reply> nothing(World&, const Call&) { return Reply{}; }

Route row(Method method, std::string_view path) {
    return {method, path, For(Role::anybody), "", none(), none(), Answering(nothing)};
}

std::string found(const RouteTree& tree, Method method, const std::string& path) {
    const auto segments = split(path.substr(1), '/');
    const auto one = tree.find(method, segments);
    std::string text = one.route == nullptr ? "-" : std::string(one.route->path);
    for (const auto& [name, value] : one.values) {
        text += " " + name + "=" + value;
    }
    return text;
}

TEST(route_tree, written_segments_win_over_values) {
    const std::array rows{
        row(Method::get, "/m/{number}"),
        row(Method::post, "/m/{number}"),
        row(Method::get, "/m/new"),
        row(Method::get, "/m/{number}/notes/{note}"),
        row(Method::get, "/m/new/drafts"),
    };
    const RouteTree tree(rows);
    EXPECT_EQ(found(tree, Method::get, "/m/new"), "/m/new");
    EXPECT_EQ(found(tree, Method::get, "/m/7"), "/m/{number} number=7");
    EXPECT_EQ(found(tree, Method::post, "/m/new"), "/m/{number} number=new");
    EXPECT_EQ(
        found(tree, Method::get, "/m/new/notes/1"), "/m/{number}/notes/{note} number=new note=1"
    );
    EXPECT_EQ(found(tree, Method::put, "/m/7"), "-");
    EXPECT_EQ(found(tree, Method::put, "/m/new"), "-");
    EXPECT_EQ(found(tree, Method::get, "/m/"), "-");
    EXPECT_EQ(found(tree, Method::get, "/m"), "-");
    EXPECT_EQ(found(tree, Method::get, "/m/7/x"), "-");
}

TEST(route_tree, what_stands_behind_the_last_dot_is_the_format) {
    const std::array rows{
        row(Method::get, "/s.{format}"),
        row(Method::get, "/s/{code}.{format}"),
        row(Method::get, "/s/{code}/{part}"),
        row(Method::get, "/n/{name}"),
    };
    const RouteTree tree(rows);
    EXPECT_EQ(found(tree, Method::get, "/s.json"), "/s.{format} format=json");
    EXPECT_EQ(found(tree, Method::get, "/s/a.b.xml"), "/s/{code}.{format} code=a.b format=xml");
    EXPECT_EQ(found(tree, Method::get, "/s/a.b/c"), "/s/{code}/{part} code=a.b part=c");
    EXPECT_EQ(found(tree, Method::get, "/n/a.json"), "/n/{name} name=a.json") << "it takes the dot";
    EXPECT_EQ(found(tree, Method::post, "/s.json"), "-");
    for (const char* none : {"/s", "/s.", "/.json", "/s/.json", "/s/a", "/s/a.", "/t.json"}) {
        EXPECT_EQ(found(tree, Method::get, none), "-") << none;
    }
}

[[nodiscard]] bool fits(std::string_view path, const std::vector<std::string>& segments) {
    const auto pattern = split(path.substr(1), '/');
    if (pattern.size() != segments.size()) {
        return false;
    }
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const bool is_value = pattern[index].starts_with('{');
        if (is_value ? segments[index].empty() : pattern[index] != segments[index]) {
            return false;
        }
    }
    return true;
}

/// Of those that fit, the one whose first difference is a written segment: '{' sorts behind
/// letters.
RC_GTEST_PROP(route_tree, finds_what_a_walk_over_all_rows_finds, ()) {
    const auto word = rc::gen::element<std::string>("a", "b", "{x}");
    const auto shapes = *rc::gen::container<std::set<std::vector<std::string>>>(
        rc::gen::nonEmpty(rc::gen::resize(4, rc::gen::container<std::vector<std::string>>(word)))
    );
    std::deque<std::string> paths;
    std::vector<Route> rows;
    for (const auto& shape : shapes) {
        paths.push_back("/" + join(shape, "/"));
        rows.push_back(row(Method::get, paths.back()));
    }
    const RouteTree tree(rows);
    const auto asked = *rc::gen::nonEmpty(rc::gen::resize(
        4, rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("a", "b", ""))
    ));
    std::string best;
    for (const auto& path : paths) {
        if (fits(path, asked) && (best.empty() || path < best)) {
            best = path;
        }
    }
    const auto one = tree.find(Method::get, asked);
    RC_ASSERT((one.route == nullptr ? std::string() : std::string(one.route->path)) == best);
}

}  // namespace
}  // namespace zt::http
