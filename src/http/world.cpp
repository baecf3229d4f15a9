#include "http/world.hpp"

namespace zt::http {

World* Worlds::find(std::string_view host) const {
    if (by_host.empty()) {
        return worlds.front();
    }
    // "[::1]:8311" keeps its brackets; a colon outside them begins the port.
    const std::size_t bracket = host.rfind(']');
    const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    std::string name(host.substr(0, colon));
    for (char& one : name) {
        one = one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    }
    if (name.ends_with('.')) {
        name.pop_back();  // the name as DNS writes it in full
    }
    const auto found = by_host.find(name);
    return found == by_host.end() ? nullptr : found->second;
}

}  // namespace zt::http
