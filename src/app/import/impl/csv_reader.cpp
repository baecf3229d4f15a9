#include "app/import/impl/csv_reader.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::app {

Result<std::unique_ptr<RowReader>> CsvReader::open(LineReader lines, const RowFile& file) {
    std::unique_ptr<CsvReader> reader(new CsvReader(std::move(lines), file.separator));
    TRY(auto header, reader->next());
    if (!header) {
        return fail(Errc::bad_csv, "is empty; the first line must name the columns", file.path);
    }
    const std::string at = file.path + ":" + std::to_string(header->line);
    if (header->refusal) {
        return fail(
            header->refusal->code, "the header cannot be read: " + header->refusal->detail, at
        );
    }
    for (auto& name : header->values) {
        name = std::string(trim(name));
        if (std::ranges::count(header->values, name) > 1) {
            return fail(Errc::bad_csv, "two columns are called '" + name + "'", at);
        }
    }
    reader->columns_ = std::make_shared<const std::vector<std::string>>(std::move(header->values));
    return reader;
}

Result<std::optional<Row>> CsvReader::next() {
    std::vector<Line> record;
    Row row;
    TRY(auto refusal, gather(record, row));
    if (record.empty()) {
        return std::optional<Row>{};
    }
    row.line = record.front().number;
    row.refusal = std::move(refusal);
    if (row.refusal) {
        row.values.clear();
        row.text = readable(record.front().bytes);
        record.erase(record.begin());
        lines_.put_back(std::move(record));
    }
    return std::optional(std::move(row));
}

Result<std::optional<Error>> CsvReader::gather(std::vector<Line>& record, Row& row) {
    parser_.reset();
    std::size_t bytes = 0;
    for (;;) {
        TRY(auto line, lines_.next());
        if (!line) {
            return record.empty()
                       ? std::optional<Error>{}
                       : std::optional(
                             Error{Errc::bad_csv, "a quote is opened here and never closed", ""}
                         );
        }
        if (record.empty() && line->bytes.empty() && !line->is_too_long) {
            continue;
        }
        record.push_back(*std::move(line));
        const Line& last = record.back();
        bytes += last.bytes.size();
        if (last.is_too_long || bytes > record_bytes_max || record.size() > record_lines_max) {
            return std::optional(Error{
                Errc::bad_csv,
                "the row is too long; most likely a quote is opened here and never closed",
                ""
            });
        }
        auto text = lines_.decoder().decode(last.bytes);
        if (!text) {
            return std::optional(std::move(text).error());
        }
        auto is_complete = parser_.feed(*text, last.end);
        row.text += (row.text.empty() ? "" : "\n") + *text;
        if (!is_complete) {
            return std::optional(std::move(is_complete).error());
        }
        if (*is_complete) {
            return take_fields(row);
        }
    }
}

std::optional<Error> CsvReader::take_fields(Row& row) {
    row.values = parser_.take();
    row.columns = columns_;
    if (columns_ && row.values.size() != columns_->size()) {
        return Error{
            Errc::bad_csv,
            "the row has " + std::to_string(row.values.size()) + " fields, the header has " +
                std::to_string(columns_->size()),
            ""
        };
    }
    return std::nullopt;
}

}  // namespace zt::app
