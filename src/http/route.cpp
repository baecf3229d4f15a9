#include "http/route.hpp"

#include "base/check.hpp"

namespace zt::http {

std::string_view name_of(Role role) {
    switch (role) {
    case Role::anybody: return "anybody";
    case Role::follower: return "follower";
    case Role::signed_in: return "signed_in";
    case Role::in_post: return "in_post";
    case Role::firm: return "firm";
    case Role::program: return "program";
    case Role::system_admin: return "system_admin";
    case Role::security_admin: return "security_admin";
    case Role::audit_admin: return "audit_admin";
    }
    UNREACHABLE();
}

std::vector<std::string> path_names(const Route& route) {
    std::vector<std::string> names;
    std::string_view rest = route.path;
    for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        rest.remove_prefix(open + 1);
        names.emplace_back(rest.substr(0, rest.find('}')));
    }
    return names;
}

bool is_changing(const Route& route) {
    return route.key == KeyRule::required || route.key == KeyRule::made_if_missing ||
           std::holds_alternative<Submitting>(route.handler) ||
           std::holds_alternative<ReadingFirst>(route.handler);
}

}  // namespace zt::http
