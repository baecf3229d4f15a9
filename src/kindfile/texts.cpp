#include "kindfile/texts.hpp"

#include "kindfile/yaml.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

using Flat = std::map<std::string, std::string, std::less<>>;

Result<void> flatten(const Yaml& value, const std::string& path, Flat& out) {
    if (!value.is_map()) {
        TRY(out[path], value.text());
        return {};
    }
    TRY(const auto entries, value.entries());
    for (const auto& entry : entries) {
        TRY_VOID(flatten(entry.value, path.empty() ? entry.key : path + "." + entry.key, out));
    }
    return {};
}

}  // namespace

Result<Texts> Texts::read(std::string_view yaml, std::string file) {
    TRY(const auto root, parse_yaml(yaml, std::move(file)));
    Texts texts;
    TRY_VOID(flatten(root, "", texts.texts_));
    return texts;
}

const std::string* Texts::find(std::string_view key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? nullptr : &found->second;
}

std::string Texts::get(std::string_view key, const TextValues& values) const {
    const std::string* text = find(key);
    if (text == nullptr) {
        return std::string(key);
    }
    std::string filled;
    std::size_t from = 0;
    while (from < text->size()) {
        const std::size_t open = text->find('{', from);
        const std::size_t close = open == std::string::npos ? open : text->find('}', open);
        if (close == std::string::npos) {
            break;
        }
        filled.append(*text, from, open - from);
        const std::string_view name = std::string_view(*text).substr(open + 1, close - open - 1);
        const auto found = std::ranges::find(values, name, &TextValues::value_type::first);
        filled += found == values.end() ? "{" + std::string(name) + "}" : found->second;
        from = close + 1;
    }
    filled.append(*text, from);
    return filled;
}

std::vector<std::string> Texts::keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, text] : texts_) {
        keys.push_back(key);
    }
    return keys;
}

}  // namespace zt::kindfile
