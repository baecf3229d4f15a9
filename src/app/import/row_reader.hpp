#pragma once
// Rows of a file: JSON Lines or CSV, plain or gzip, UTF-8 or GB18030. A row that cannot be read
// comes with the reason; reading goes on behind it. Memory does not grow with the file.

#include "app/import/line_reader.hpp"
#include "kindfile/map_file.hpp"

namespace zt::app {

struct Row {
    std::int64_t line = 0;  ///< where it begins
    std::string text;       ///< as it stands in the file, in UTF-8 where that can be
    std::optional<Error> refusal;
    std::shared_ptr<const std::vector<std::string>> columns;
    std::vector<std::string> values;  ///< one a column; empty for null

    /// The value of a column; empty when the row has no such column.
    [[nodiscard]] std::string_view value(std::string_view column) const;
};

class RowReader {
  public:
    virtual ~RowReader() = default;
    /// The next row; empty at the end. errors: bad_file, of the whole file.
    [[nodiscard]] virtual Result<std::optional<Row>> next() = 0;
    /// The columns that are known before any row; null when only rows name them.
    [[nodiscard]] virtual std::shared_ptr<const std::vector<std::string>> header() const {
        return nullptr;
    }
    /// For progress: bytes of the file read, and all that it has.
    [[nodiscard]] virtual const ByteSource& source() const = 0;
};

struct RowFile {
    std::string path;
    kindfile::RowFormat format = kindfile::RowFormat::jsonl;
    char separator = ',';
};

/// errors: bad_file; bad_encoding for UTF-16; bad_csv when the header cannot be read.
[[nodiscard]] Result<std::unique_ptr<RowReader>> open_rows(const RowFile& file);

/// Rows of JSON Lines need not name every column; so many from the beginning are asked which there
/// are.
inline constexpr int probed_rows = 100;
/// All columns that the first rows name, in order of appearance. errors: those of open_rows;
/// bad_file when not one of the first rows can be read.
[[nodiscard]] Result<std::vector<std::string>> probe_columns(const RowFile& file);

}  // namespace zt::app
