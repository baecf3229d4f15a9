#include "app/texts.hpp"

#include "app/embedded.hpp"
#include "base/check.hpp"
#include "kindfile/yaml.hpp"

#include <algorithm>
#include <optional>

namespace zt::app {

namespace {

using Flat = std::map<std::string, std::string, std::less<>>;

Result<void> flatten(const kindfile::Yaml& value, const std::string& path, Flat& out) {
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

Texts read_built_in(std::string_view name) {
    const EmbeddedFile* file = find_embedded(name);
    CHECK(file != nullptr);
    auto texts = Texts::read(file->text, std::string(file->path));
    CHECK(texts.has_value());
    return *std::move(texts);
}

}  // namespace

std::optional<Language> parse_language(std::string_view name) {
    if (name == "zh") {
        return Language::zh;
    }
    return name == "en" ? std::optional(Language::en) : std::nullopt;
}

Result<Texts> Texts::read(std::string_view yaml, std::string file) {
    TRY(const auto root, kindfile::parse_yaml(yaml, std::move(file)));
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

const Texts& texts_of(Language language) {
    static const Texts zh = read_built_in("text/zh.yaml");
    static const Texts en = read_built_in("text/en.yaml");
    return language == Language::zh ? zh : en;
}

std::string to_line(const Error& error, Language language) {
    std::string line = error.at.empty() ? std::string() : error.at + ": ";
    line += texts_of(language).get("errors." + std::string(name_of(error.code)));
    if (!error.detail.empty()) {
        line += (language == Language::zh ? "：" : ": ") + error.detail;
    }
    return line + " (" + std::string(name_of(error.code)) + ")";
}

}  // namespace zt::app
