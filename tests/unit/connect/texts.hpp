#pragma once
// The shipped catalogue of texts, as far as messages need it: "section.key" → text.

#include <fstream>
#include <map>
#include <string>

namespace zt::connect {

inline std::map<std::string, std::string, std::less<>> shipped_texts() {
    std::map<std::string, std::string, std::less<>> out;
    std::ifstream file(std::string(ZT_SOURCE_DIR) + "/text/zh.yaml");
    std::string line, section;
    while (std::getline(file, line)) {
        const std::size_t colon = line.find(':');
        if (line.empty() || line[0] == '#' || colon == std::string::npos) {
            continue;
        }
        if (line[0] != ' ') {
            section = line.substr(0, colon);
            continue;
        }
        std::string value = line.size() > colon + 2 ? line.substr(colon + 2) : "";
        if (value.size() >= 2 && value.front() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        out[section + "." + line.substr(2, colon - 2)] = value;
    }
    return out;
}

}  // namespace zt::connect
