#pragma once
// RouteTree: the rows of the API as a tree of segments, made once.

#include "http/route.hpp"

#include <map>
#include <memory>

namespace zt::http {

/// threads: any, once made.
class RouteTree {
  public:
    struct Found {
        const Route* route = nullptr;
        Pairs values;  ///< of the segments in braces
    };

    /// Borrows the routes. Two of one method and shape, or a path not of the form "/a/{b}", are a
    /// bug.
    explicit RouteTree(std::span<const Route> routes);
    /// A written segment wins over one in braces, the leftmost first; what ends in ".{format}" over
    /// what takes the dot as its own. in: decoded segments.
    [[nodiscard]] Found find(Method method, std::span<const std::string> segments) const;

  private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> written;
        std::unique_ptr<Node> value;
        std::unique_ptr<Node> with_format;  ///< the same place, with ".{format}" cut off
        std::vector<const Route*> routes;
    };
    struct Search;
    void add(const Route& route);
    static bool descend(const Node& node, std::size_t depth, Search& search);
    static bool descend_below(const Node& node, std::string_view segment, Search& search);
    static bool ends_at(const Node& node, Search& search);

    Node root_;
};

}  // namespace zt::http
