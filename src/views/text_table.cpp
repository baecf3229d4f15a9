#include "views/text_table.hpp"

#include "base/check.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace zt::views {
namespace {

constexpr std::string_view gap = "  ";

void append_line(
    std::string& out,
    const TextTable& table,
    const std::vector<std::string>& cells,
    const std::vector<std::size_t>& widths
);
void append_csv_line(std::string& out, const std::vector<std::string>& cells);
std::string csv_cell(const std::string& text);
bool is_number(std::string_view text);

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 character = 0;
        U8_NEXT(text.data(), at, size, character);
        const auto category = u_charType(character);
        if (character < 0 || category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
            category == U_FORMAT_CHAR || category == U_CONTROL_CHAR) {
            continue;
        }
        const int east_asian = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
        width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

std::string to_text(const TextTable& table) {
    CHECK(table.align.size() == table.head.size());
    std::vector<std::size_t> widths;
    for (const std::string& title : table.head) {
        widths.push_back(display_width(title));
    }
    for (const auto& row : table.rows) {
        CHECK(row.size() == widths.size());
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], display_width(row[column]));
        }
    }
    std::string out;
    append_line(out, table, table.head, widths);
    for (const auto& row : table.rows) {
        append_line(out, table, row, widths);
    }
    return out;
}

std::string to_csv(const TextTable& table) {
    std::string out;
    append_csv_line(out, table.head);
    for (const auto& row : table.rows) {
        append_csv_line(out, row);
    }
    return out;
}

namespace {

void append_line(
    std::string& out,
    const TextTable& table,
    const std::vector<std::string>& cells,
    const std::vector<std::size_t>& widths
) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        const std::string padding(widths[column] - display_width(cells[column]), ' ');
        line += column == 0 ? "" : gap;
        line +=
            table.align[column] == Align::left ? cells[column] + padding : padding + cells[column];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
}

void append_csv_line(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
        out += column == 0 ? "" : ",";
        out += csv_cell(cells[column]);
    }
    out += "\r\n";
}

std::string csv_cell(const std::string& text) {
    const bool is_formula = !text.empty() &&
                            std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos &&
                            !is_number(text);
    std::string plain = (is_formula ? "'" : "") + text;
    if (plain.find_first_of(",\"\r\n") == std::string::npos) {
        return plain;
    }
    std::string out = "\"";
    for (const char byte : plain) {
        out += byte == '"' ? "\"\"" : std::string(1, byte);
    }
    return out + "\"";
}

bool is_number(std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace
}  // namespace zt::views
