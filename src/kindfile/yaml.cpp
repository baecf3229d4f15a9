#include "kindfile/yaml.hpp"

#include "base/text.hpp"
#include "kindfile/impl/yaml_node.hpp"

#include <algorithm>
#include <utility>

namespace zt::kindfile {

namespace {

std::string place(const std::string& file, int line) { return file + ":" + std::to_string(line); }

std::string_view form_of(const YamlNode& node) {
    switch (node.form) {
    case YamlForm::null: return "empty";
    case YamlForm::plain: return "a single value";
    case YamlForm::quoted: return "a quoted text";
    case YamlForm::list: return "a list";
    case YamlForm::map: return "a map";
    }
    return "";
}

Result<void> refuse_unknown(const Yaml& map, const std::vector<std::string>& keys) {
    TRY(const auto entries, map.entries());
    for (const YamlEntry& entry : entries) {
        if (std::ranges::find(keys, entry.key) != keys.end()) {
            continue;
        }
        const std::string near = nearest(entry.key, keys);
        std::string detail = "unknown key `" + entry.key + "`";
        if (!map.path().empty()) {
            detail += " in " + map.path();
        }
        detail += near.empty() ? "; allowed: " + join(keys, ", ") : "; did you mean " + near + "?";
        return zt::fail(Errc::unknown_key, std::move(detail), entry.key_at);
    }
    return {};
}

}  // namespace

Yaml::Yaml() {
    auto node = std::make_shared<YamlNode>();
    node->form = YamlForm::map;
    node->file = std::make_shared<const std::string>();
    node_ = std::move(node);
}

bool Yaml::is_map() const { return node_->form == YamlForm::map; }
bool Yaml::is_list() const { return node_->form == YamlForm::list; }
bool Yaml::is_scalar() const {
    return node_->form == YamlForm::plain || node_->form == YamlForm::quoted;
}
bool Yaml::is_null() const { return node_->form == YamlForm::null; }

std::string Yaml::at() const { return place(*node_->file, node_->line); }
const std::string& Yaml::file() const { return *node_->file; }
int Yaml::line() const { return node_->line; }
const std::string& Yaml::path() const { return node_->path; }

std::unexpected<Error> Yaml::fail(Errc code, std::string_view detail) const {
    std::string text = node_->path;
    if (!text.empty()) {
        text += ": ";
    }
    return zt::fail(code, text.append(detail), at());
}

Result<std::string> Yaml::text() const {
    if (!is_scalar()) {
        return fail(Errc::bad_value, "is " + std::string(form_of(*node_)) + ", a text is needed");
    }
    return node_->text;
}

Result<std::int64_t> Yaml::integer() const {
    if (node_->form == YamlForm::plain) {
        if (const auto value = parse_int(node_->text)) {
            return *value;
        }
        return fail(
            Errc::bad_number,
            "`" + node_->text + "` is not a whole number; write digits only, as in 15"
        );
    }
    return fail(
        Errc::bad_number,
        "is " + std::string(form_of(*node_)) + ", a whole number without quotes is needed"
    );
}

Result<bool> Yaml::boolean() const {
    if (node_->form == YamlForm::plain && (node_->text == "true" || node_->text == "false")) {
        return node_->text == "true";
    }
    return fail(Errc::bad_value, "must be true or false, without quotes");
}

Result<Date> Yaml::date() const {
    if (!is_scalar()) {
        return fail(
            Errc::bad_date, "is " + std::string(form_of(*node_)) + ", a date YYYY-MM-DD is needed"
        );
    }
    const auto value = parse_date(node_->text);
    if (!value) {
        return fail(
            Errc::bad_date, "`" + node_->text + "` is not a date of the calendar; write YYYY-MM-DD"
        );
    }
    return *value;
}

Result<std::vector<Yaml>> Yaml::items() const {
    if (!is_list()) {
        return fail(Errc::bad_value, "is " + std::string(form_of(*node_)) + ", a list is needed");
    }
    std::vector<Yaml> all;
    all.reserve(node_->children.size());
    for (const auto& child : node_->children) {
        all.emplace_back(child.value);
    }
    return all;
}

Result<std::vector<std::string>> Yaml::texts() const {
    TRY(const auto list, items());
    std::vector<std::string> all;
    all.reserve(list.size());
    for (const Yaml& item : list) {
        TRY(auto text, item.text());
        all.push_back(std::move(text));
    }
    return all;
}

Result<std::vector<YamlEntry>> Yaml::entries() const {
    if (!is_map()) {
        return fail(Errc::bad_value, "is " + std::string(form_of(*node_)) + ", a map is needed");
    }
    std::vector<YamlEntry> all;
    all.reserve(node_->children.size());
    for (const auto& child : node_->children) {
        all.push_back({child.key, Yaml(child.value), place(*node_->file, child.key_line)});
    }
    return all;
}

Result<std::vector<std::string>> Yaml::map_keys() const {
    TRY(auto all, entries());
    std::vector<std::string> keys;
    keys.reserve(all.size());
    for (YamlEntry& entry : all) {
        keys.push_back(std::move(entry.key));
    }
    return keys;
}

Result<void> Yaml::allow(std::initializer_list<std::string_view> keys) const {
    return refuse_unknown(*this, std::vector<std::string>(keys.begin(), keys.end()));
}

Result<void> Yaml::allow(const std::vector<std::string>& keys) const {
    return refuse_unknown(*this, keys);
}

Result<Yaml> Yaml::get(std::string_view key) const {
    if (!is_map()) {
        return fail(
            Errc::bad_value,
            "is " + std::string(form_of(*node_)) + ", a map with the key `" + std::string(key) +
                "` is needed"
        );
    }
    if (auto value = find(key)) {
        return *std::move(value);
    }
    return fail(Errc::missing_key, "the key `" + std::string(key) + "` is missing or has no value");
}

std::optional<Yaml> Yaml::find(std::string_view key) const {
    if (!is_map()) {
        return std::nullopt;
    }
    for (const auto& child : node_->children) {
        if (child.key == key && child.value->form != YamlForm::null) {
            return Yaml(child.value);
        }
    }
    return std::nullopt;
}

Result<std::string> Yaml::text_of(std::string_view key) const {
    TRY(const auto value, get(key));
    return value.text();
}

Result<std::int64_t> Yaml::integer_of(std::string_view key) const {
    TRY(const auto value, get(key));
    return value.integer();
}

Result<std::string> Yaml::text_or(std::string_view key, std::string otherwise) const {
    const auto value = find(key);
    return value ? value->text() : Result<std::string>(std::move(otherwise));
}

Result<std::int64_t> Yaml::integer_or(std::string_view key, std::int64_t otherwise) const {
    const auto value = find(key);
    return value ? value->integer() : Result<std::int64_t>(otherwise);
}

Result<bool> Yaml::boolean_or(std::string_view key, bool otherwise) const {
    const auto value = find(key);
    return value ? value->boolean() : Result<bool>(otherwise);
}

Result<std::vector<Yaml>> Yaml::items_of(std::string_view key) const {
    const auto value = find(key);
    return value ? value->items() : Result<std::vector<Yaml>>(std::vector<Yaml>{});
}

Result<std::vector<std::string>> Yaml::texts_of(std::string_view key) const {
    const auto value = find(key);
    return value ? value->texts() : Result<std::vector<std::string>>(std::vector<std::string>{});
}

Result<std::vector<YamlEntry>> Yaml::entries_of(std::string_view key) const {
    const auto value = find(key);
    return value ? value->entries() : Result<std::vector<YamlEntry>>(std::vector<YamlEntry>{});
}

}  // namespace zt::kindfile
