#pragma once
// Tables as files for spreadsheet programs, made while they are sent: CSV and XLSX. What a cell
// holds is always text and never a formula, whatever stands in it.
//
// XLSX is written here, some 100 lines, and not by a library: those that write big files put the
// rows into temporary files on the way, and texts of matters lie in no file (DESIGN.md, 4).

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace zt::http {

enum class TableFormat : std::uint8_t { csv, xlsx };
[[nodiscard]] std::optional<TableFormat> parse_table_format(std::string_view name);
[[nodiscard]] std::string_view content_type_of(TableFormat format);

/// Characters of a cell that spreadsheet programs take; the rest is cut.
inline constexpr std::size_t cell_characters_max = 32'000;

class TableFile {
  public:
    /// Takes bytes in order; false means that nobody wants them any more.
    using Write = std::function<bool(std::string_view)>;
    /// in: title, the name of the sheet (no more than 31 characters).
    [[nodiscard]] static std::unique_ptr<TableFile>
    make(TableFormat format, std::string_view title, Write write);
    virtual ~TableFile() = default;
    /// in: UTF-8.
    virtual void row(std::span<const std::string> cells) = 0;
    virtual void finish() = 0;
    /// False once the bytes are not wanted any more.
    [[nodiscard]] virtual bool is_wanted() const = 0;
};

/// A cell of CSV: in quotes where needed; what a spreadsheet program would take for a formula
/// begins with an apostrophe. source: OWASP CSV injection.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// Text of XML 1.0: characters that it cannot hold are left out.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace zt::http
