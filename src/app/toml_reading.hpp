#pragma once
// TOML as settings are read from it: texts, and tables of one name. Errors name file and line.

#include "base/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace zt::app {

/// errors: bad_file.
[[nodiscard]] Result<toml::table> parse_toml(std::string_view text, const std::string& file);
/// `file:line` of a node.
[[nodiscard]] std::string toml_place(const std::string& file, const toml::node& node);
/// A text, number, yes or no, or a list of them with commas. errors: bad_value.
[[nodiscard]] Result<std::string> toml_text(const toml::node& node, const std::string& at);

/// Tables of one name, each with texts of its own: `[[partners]]`, `[[legal_ways]]`.
template <class Row>
struct Tables {
    std::string_view name;
    std::map<std::string_view, std::string Row::*> members;
};

template <class Row>
Result<std::vector<Row>>
read_tables(const Tables<Row>& tables, const toml::node& node, const std::string& file) {
    const std::string wanted = "[[" + std::string(tables.name) + "]]";
    const auto* list = node.as_array();
    std::vector<Row> rows;
    for (std::size_t index = 0; list != nullptr && index < list->size(); ++index) {
        const toml::table* table = (*list)[index].as_table();
        const std::string at = toml_place(file, (*list)[index]);
        if (table == nullptr) {
            return fail(Errc::bad_value, "a table " + wanted + " is expected", at);
        }
        Row& row = rows.emplace_back();
        for (const auto& [key, value] : *table) {
            const auto member = tables.members.find(key.str());
            if (member == tables.members.end()) {
                std::string known;
                for (const auto& [name, ignored] : tables.members) {
                    known += (known.empty() ? "" : ", ") + std::string(name);
                }
                return fail(Errc::unknown_key, wanted + " has " + known, at);
            }
            TRY(row.*(member->second), toml_text(value, at));
        }
    }
    if (list == nullptr) {
        return fail(Errc::bad_value, "tables " + wanted + " are expected", toml_place(file, node));
    }
    return rows;
}

}  // namespace zt::app
