#include "app/import/row_reader.hpp"

#include "app/import/impl/csv_reader.hpp"
#include "app/import/impl/jsonl_reader.hpp"

#include <algorithm>

namespace zt::app {

std::string_view Row::value(std::string_view column) const {
    if (columns == nullptr) {
        return {};
    }
    const auto found = std::ranges::find(*columns, column);
    const auto index = static_cast<std::size_t>(found - columns->begin());
    return index < values.size() ? std::string_view(values[index]) : std::string_view();
}

Result<std::unique_ptr<RowReader>> open_rows(const RowFile& file) {
    TRY(auto lines, LineReader::open(file.path));
    if (file.format == kindfile::RowFormat::jsonl) {
        return std::make_unique<JsonlReader>(std::move(lines));
    }
    return CsvReader::open(std::move(lines), file);
}

Result<std::vector<std::string>> probe_columns(const RowFile& file) {
    TRY(const auto reader, open_rows(file));
    const auto header = reader->header();
    std::vector<std::string> columns = header ? *header : std::vector<std::string>();
    bool is_any_read = false;
    std::optional<Error> refusal;
    std::shared_ptr<const std::vector<std::string>> last;
    for (int count = 0; count < probed_rows; ++count) {
        TRY(const auto row, reader->next());
        if (!row) {
            break;
        }
        if (row->refusal) {
            refusal = refusal ? refusal : row->refusal;
            continue;
        }
        is_any_read = true;
        if (row->columns == header || row->columns == last) {
            continue;
        }
        last = row->columns;
        for (const auto& name : *row->columns) {
            if (std::ranges::find(columns, name) == columns.end()) {
                columns.push_back(name);
            }
        }
    }
    if (!is_any_read && refusal) {
        return fail(
            Errc::bad_file,
            "none of the first rows can be read; the first says: " + to_string(*refusal),
            file.path
        );
    }
    return columns;
}

}  // namespace zt::app
