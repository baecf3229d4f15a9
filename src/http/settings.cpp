#include "http/settings.hpp"

#include <algorithm>

namespace zt::http {

namespace {

/// Where the path begins: behind scheme and host. 0: no such address.
std::size_t end_of_origin(std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (url.starts_with(scheme)) {
            const std::size_t end = url.find('/', scheme.size());
            return end == std::string_view::npos || end == scheme.size() ? 0 : end;
        }
    }
    return 0;
}

/// The host goes into the content policy: what could end a source there is no part of a host.
bool is_plain_host(std::string_view origin) {
    const std::string_view host = origin.substr(origin.find("//") + 2);
    return std::ranges::all_of(host, [](char c) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return is_letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
    });
}

}  // namespace

std::string MapTiles::origin() const { return url.substr(0, end_of_origin(url)); }

Result<std::string> tile_url_of(std::string_view text) {
    const std::size_t end = end_of_origin(text);
    bool is_fine = text.empty() || (end != 0 && is_plain_host(text.substr(0, end)));
    for (const std::string_view word : {"{z}", "{x}", "{y}"}) {
        const std::size_t at = text.find(word);
        is_fine = is_fine && (text.empty() || (at != std::string_view::npos && at > end &&
                                               text.find(word, at + 1) == std::string_view::npos));
    }
    if (!is_fine) {
        return fail(
            Errc::bad_value,
            "'" + std::string(text) +
                "' is no tile server; right would be https://host/{z}/{x}/{y}.png"
        );
    }
    return std::string(text);
}

}  // namespace zt::http
