#pragma once
// CSV with a header. A record whose quotes are broken, or that has another number of fields than
// the header, is refused by its first line only, and reading goes on with the next line: a quote
// that was never closed would otherwise take all that follows with it.

#include "app/import/impl/csv_parser.hpp"
#include "app/import/row_reader.hpp"

namespace zt::app {

/// A record that goes on longer is taken for one whose quote was never closed.
inline constexpr std::size_t record_lines_max = 2000;
inline constexpr std::size_t record_bytes_max = 1U << 20U;

class CsvReader final : public RowReader {
  public:
    [[nodiscard]] static Result<std::unique_ptr<RowReader>>
    open(LineReader lines, const RowFile& file);
    [[nodiscard]] Result<std::optional<Row>> next() override;
    [[nodiscard]] std::shared_ptr<const std::vector<std::string>> header() const override {
        return columns_;
    }
    [[nodiscard]] const ByteSource& source() const override { return lines_.source(); }

  private:
    CsvReader(LineReader lines, char separator) : lines_(std::move(lines)), parser_(separator) {}
    /// Lines of one record. out: why it is none, if so; the caller decides what becomes of the
    /// lines.
    [[nodiscard]] Result<std::optional<Error>> gather(std::vector<Line>& record, Row& row);
    [[nodiscard]] std::optional<Error> take_fields(Row& row);

    LineReader lines_;
    CsvParser parser_;
    std::shared_ptr<const std::vector<std::string>> columns_;
};

}  // namespace zt::app
