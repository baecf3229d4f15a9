#include "app/place_settings.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <toml++/toml.h>

namespace zt::app {

std::string place_settings_text(const kindfile::Place& place) {
    toml::array ways;
    for (const auto& one : place.legal_ways) {
        toml::table table;
        const auto put = [&table](const char* key, const std::string& text) {
            if (!text.empty()) {
                table.insert(key, text);
            }
        };
        put("way", one.way);
        put("authority", one.authority);
        put("address", one.address);
        put("telephone", one.telephone);
        put("within", one.within);
        ways.push_back(std::move(table));
    }
    if (ways.empty()) {
        return {};
    }
    toml::table settings;
    settings.insert("legal_ways", std::move(ways));
    std::ostringstream text;
    text << settings << '\n';
    return text.str();
}

Result<std::string> write_place_settings(const std::string& folder, const kindfile::Place& place) {
    std::string path = std::filesystem::path(folder).lexically_normal().string();
    if (path.ends_with('/')) {
        path.pop_back();
    }
    path += ".toml";
    const std::string text = place_settings_text(place);
    if (text.empty() || std::filesystem::exists(path)) {
        return path;
    }
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    return file ? Result<std::string>(path)
                : fail(Errc::io_failed, "the settings cannot be written", path);
}

}  // namespace zt::app
