#include "app/toml_reading.hpp"

namespace zt::app {

std::string toml_place(const std::string& file, const toml::node& node) {
    return file + ":" + std::to_string(node.source().begin.line);
}

Result<std::string> toml_text(const toml::node& node, const std::string& at) {
    if (const auto* text = node.as_string()) {
        return text->get();
    }
    if (const auto* number = node.as_integer()) {
        return std::to_string(number->get());
    }
    if (const auto* yes = node.as_boolean()) {
        return std::string(yes->get() ? "on" : "off");
    }
    if (const auto* list = node.as_array()) {
        std::string joined;
        for (const auto& one : *list) {
            TRY(const auto text, toml_text(one, at));
            joined += (joined.empty() ? "" : ",") + text;
        }
        return joined;
    }
    return fail(Errc::bad_value, "a text, a whole number, true, false or a list is expected", at);
}

Result<toml::table> parse_toml(std::string_view text, const std::string& file) {
    try {
        return toml::parse(text, file);
    } catch (const toml::parse_error& error) {
        return fail(
            Errc::bad_file,
            std::string(error.description()),
            file + ":" + std::to_string(error.source().begin.line)
        );
    }
}

}  // namespace zt::app
