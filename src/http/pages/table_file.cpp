#include "http/pages/table_file.hpp"

#include "base/text.hpp"
#include "http/impl/zip_stream.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

/// Spreadsheet programs take a CSV file without it for one of the local encoding.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view xml_head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";

// Names of ECMA-376, put together from their parts.
const std::string schemas = "http://schemas.openxmlformats.org";
const std::string packages = schemas + "/package/2006";
const std::string relations = schemas + "/officeDocument/2006/relationships";
const std::string main_words = schemas + "/spreadsheetml/2006/main";
const std::string type_of_relationships =
    "application/vnd.openxmlformats-package.relationships+xml";
const std::string type_of_parts = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

class CsvFile final : public TableFile {
  public:
    explicit CsvFile(Write write) : write_(std::move(write)) { put(byte_order_mark); }

    void row(std::span<const std::string> cells) override {
        std::string line;
        for (std::size_t index = 0; index < cells.size(); ++index) {
            line += (index == 0 ? "" : ",") + csv_cell(cells[index]);
        }
        put(line + "\r\n");
    }
    void finish() override {}
    [[nodiscard]] bool is_wanted() const override { return is_wanted_; }

  private:
    void put(std::string_view bytes) { is_wanted_ = is_wanted_ && write_(bytes); }

    Write write_;
    bool is_wanted_ = true;
};

/// Signs that begin a formula, those of full width too: some programs fold them.
constexpr std::array formula_signs{
    std::string_view("="),
    std::string_view("+"),
    std::string_view("-"),
    std::string_view("@"),
    std::string_view("\t"),
    std::string_view("\r"),
    std::string_view("\n"),
    std::string_view("\0", 1),
    std::string_view("＝"),
    std::string_view("＋"),
    std::string_view("－"),
    std::string_view("＠"),
};

/// Blanks before it do not keep a spreadsheet program from taking it for a formula.
bool begins_formula(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
    return std::ranges::any_of(formula_signs, [text](std::string_view sign) {
        return text.starts_with(sign);
    });
}

/// "A", …, "Z", "AA".
std::string column_name(std::size_t index) {
    std::string name;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return name;
}

/// A part of the archive and what it is.
std::string part_of_type(const std::string& name, const std::string& type) {
    return "<Override PartName=\"" + name + "\" ContentType=\"" + type_of_parts + type + "\"/>";
}

/// The list of relations that names one part.
std::string related(const std::string& what, const std::string& part) {
    return "<Relationships xmlns=\"" + packages +
           "/relationships\"><Relationship Id=\"r1\" Type=\"" + relations + "/" + what +
           "\" Target=\"" + part + "\"/></Relationships>";
}

// ECMA-376, part 1, 18: the least that a workbook of one sheet of strings has.
class XlsxFile final : public TableFile {
  public:
    XlsxFile(std::string_view title, Write write) : zip_(std::move(write)) {
        file(
            "[Content_Types].xml",
            "<Types xmlns=\"" + packages + "/content-types\">" +
                "<Default Extension=\"rels\" ContentType=\"" + type_of_relationships + "\"/>" +
                part_of_type("/xl/workbook.xml", "sheet.main+xml") +
                part_of_type("/xl/worksheets/sheet1.xml", "worksheet+xml") + "</Types>"
        );
        file("_rels/.rels", related("officeDocument", "xl/workbook.xml"));
        file(
            "xl/workbook.xml",
            "<workbook xmlns=\"" + main_words + "\" xmlns:r=\"" + relations +
                "\"><sheets><sheet name=\"" + xml_text(title) +
                "\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
        );
        file("xl/_rels/workbook.xml.rels", related("worksheet", "worksheets/sheet1.xml"));
        zip_.begin("xl/worksheets/sheet1.xml");
        zip_.add(std::string(xml_head) + "<worksheet xmlns=\"" + main_words + "\"><sheetData>");
    }

    void row(std::span<const std::string> cells) override {
        const std::string number = std::to_string(++rows_);
        std::string line = "<row r=\"" + number + "\">";
        for (std::size_t index = 0; index < cells.size(); ++index) {
            line += "<c r=\"" + column_name(index) + number +
                    R"(" t="inlineStr"><is><t xml:space="preserve">)" + xml_text(cells[index]) +
                    "</t></is></c>";
        }
        zip_.add(line + "</row>");
    }
    void finish() override {
        zip_.add("</sheetData></worksheet>");
        zip_.finish();
    }
    [[nodiscard]] bool is_wanted() const override { return zip_.is_wanted(); }

  private:
    void file(std::string name, const std::string& xml) {
        zip_.begin(std::move(name));
        zip_.add(std::string(xml_head) + xml);
    }

    ZipStream zip_;
    std::int64_t rows_ = 0;
};

}  // namespace

std::optional<TableFormat> parse_table_format(std::string_view name) {
    return name == "csv"    ? std::optional(TableFormat::csv)
           : name == "xlsx" ? std::optional(TableFormat::xlsx)
                            : std::nullopt;
}

std::string_view content_type_of(TableFormat format) {
    switch (format) {
    case TableFormat::csv: return "text/csv; charset=utf-8";
    case TableFormat::xlsx:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    return "application/octet-stream";
}

std::unique_ptr<TableFile>
TableFile::make(TableFormat format, std::string_view title, Write write) {
    if (format == TableFormat::csv) {
        return std::make_unique<CsvFile>(std::move(write));
    }
    return std::make_unique<XlsxFile>(title, std::move(write));
}

std::string csv_cell(std::string_view text) {
    const std::string cut = first_characters(text, cell_characters_max);
    std::string out = begins_formula(cut) ? "'" : "";
    for (const char one : cut) {
        out += one == '"' ? "\"\"" : std::string(1, one);
    }
    const bool needs_quotes = out.find_first_of(",\"\r\n\t;") != std::string::npos;
    return needs_quotes ? "\"" + out + "\"" : out;
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char one : first_characters(text, cell_characters_max)) {
        switch (one) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default:
            if (static_cast<unsigned char>(one) >= 0x20 || one == '\n' || one == '\t') {
                out += one;
            }
        }
    }
    return out;
}

}  // namespace zt::http
