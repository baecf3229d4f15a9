#include "http/route_tree.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::string_view format_suffix = ".{format}";

[[nodiscard]] bool is_value(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

}  // namespace

struct RouteTree::Search {
    Method method;
    std::span<const std::string> segments;
    std::vector<std::pair<std::size_t, std::string_view>> values;  ///< segment and what it says
    std::string_view format;
    Found found;
};

RouteTree::RouteTree(std::span<const Route> routes) {
    for (const auto& route : routes) {
        add(route);
    }
}

void RouteTree::add(const Route& route) {
    CHECK(route.path.starts_with('/'));
    std::string_view path = route.path.substr(1);
    const bool has_format = path.ends_with(format_suffix);
    path.remove_suffix(has_format ? format_suffix.size() : 0);
    Node* node = &root_;
    for (const auto& segment : split(path, '/')) {
        auto& below = is_value(segment) ? node->value : node->written[segment];
        if (!below) {
            below = std::make_unique<Node>();
        }
        node = below.get();
    }
    if (has_format) {
        if (!node->with_format) {
            node->with_format = std::make_unique<Node>();
        }
        node = node->with_format.get();
    }
    CHECK(std::ranges::find(node->routes, route.method, &Route::method) == node->routes.end());
    node->routes.push_back(&route);
}

bool RouteTree::ends_at(const Node& node, Search& search) {
    const auto found = std::ranges::find(node.routes, search.method, &Route::method);
    if (found == node.routes.end()) {
        return false;
    }
    search.found.route = *found;
    return true;
}

/// The last segment again without what stands behind its last dot.
bool RouteTree::descend_below(const Node& node, std::string_view segment, Search& search) {
    const std::size_t dot = segment.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == segment.size()) {
        return false;
    }
    const std::string_view stem = segment.substr(0, dot);
    search.format = segment.substr(dot + 1);
    const auto written = node.written.find(stem);
    if (written != node.written.end() && written->second->with_format &&
        ends_at(*written->second->with_format, search)) {
        return true;
    }
    if (node.value && node.value->with_format) {
        search.values.emplace_back(search.segments.size() - 1, stem);
        if (ends_at(*node.value->with_format, search)) {
            return true;
        }
        search.values.pop_back();
    }
    search.format = {};
    return false;
}

bool RouteTree::descend(const Node& node, std::size_t depth, Search& search) {
    if (depth == search.segments.size()) {
        return ends_at(node, search);
    }
    const std::string& segment = search.segments[depth];
    const auto written = node.written.find(segment);
    if (written != node.written.end() && descend(*written->second, depth + 1, search)) {
        return true;
    }
    if (depth + 1 == search.segments.size() && descend_below(node, segment, search)) {
        return true;
    }
    if (!node.value || segment.empty()) {
        return false;
    }
    search.values.emplace_back(depth, segment);
    if (descend(*node.value, depth + 1, search)) {
        return true;
    }
    search.values.pop_back();
    return false;
}

RouteTree::Found RouteTree::find(Method method, std::span<const std::string> segments) const {
    Search search{method, segments, {}, {}, {}};
    Found& found = search.found;
    if (descend(root_, 0, search)) {
        const auto names = split(found.route->path.substr(1), '/');
        for (const auto& [index, value] : search.values) {
            const std::string_view name = names[index];
            found.values.emplace_back(name.substr(1, name.find('}') - 1), value);
        }
        if (!search.format.empty()) {
            found.values.emplace_back("format", search.format);
        }
    }
    return std::move(found);
}

}  // namespace zt::http
