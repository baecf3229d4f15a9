#include "app/texts.hpp"

#include "app/embedded.hpp"
#include "base/check.hpp"

#include <optional>

namespace zt::app {

namespace {

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
