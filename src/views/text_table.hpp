#pragma once
// Tables for the terminal and for files: columns aligned by display width (a Chinese character is
// two columns wide), and CSV as RFC 4180 has it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::views {

enum class Align : std::uint8_t { left, right };

struct TextTable {
    std::vector<std::string> head;
    std::vector<Align> align;  ///< one a column
    std::vector<std::vector<std::string>> rows;
};

/// Columns of a terminal that the text takes: wide and full-width characters 2, combining ones and
/// controls 0.
[[nodiscard]] std::size_t display_width(std::string_view text);
/// Lines with two spaces between columns and none at the end; in: each row has as many cells as the
/// head.
[[nodiscard]] std::string to_text(const TextTable& table);
/// Head and rows, CRLF, quotes only where needed. A cell that a spreadsheet would take for a
/// formula gets a ' in front.
[[nodiscard]] std::string to_csv(const TextTable& table);

}  // namespace zt::views
