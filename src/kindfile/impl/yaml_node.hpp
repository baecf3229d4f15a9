#pragma once
// The tree behind kindfile/yaml.hpp.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace zt::kindfile {

enum class YamlForm : std::uint8_t { null, plain, quoted, list, map };

struct YamlNode {
    struct Child {
        std::string key;  ///< empty in a list
        int key_line = 0;
        std::shared_ptr<const YamlNode> value;
    };

    YamlForm form = YamlForm::null;
    int line = 1;
    std::shared_ptr<const std::string> file;
    std::string path;
    std::string text;
    std::vector<Child> children;
};

}  // namespace zt::kindfile
