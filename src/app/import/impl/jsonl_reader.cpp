#include "app/import/impl/jsonl_reader.hpp"

#include "base/text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace zt::app {

namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_string()) {
        return std::string(value.get_string());
    }
    if (value.is_double()) {
        return fmt::format("{}", value.get_double());  // serialize would write 2.5E0
    }
    return json::serialize(value);
}

}  // namespace

Result<std::optional<Row>> JsonlReader::next() {
    for (;;) {
        TRY(auto line, lines_.next());
        if (!line) {
            return std::optional<Row>{};
        }
        if (!line->is_too_long && trim(line->bytes).empty()) {
            continue;
        }
        return std::optional(row_of(*line));
    }
}

Row JsonlReader::row_of(const Line& line) {
    Row row;
    row.line = line.number;
    if (line.is_too_long) {
        row.text = readable(std::string_view(line.bytes).substr(0, 1000));
        row.refusal = Error{
            Errc::bad_file,
            "the row is longer than " + std::to_string(line_bytes_max >> 20U) + " MiB",
            ""
        };
        return row;
    }
    auto text = lines_.decoder().decode(line.bytes);
    if (!text) {
        row.text = readable(line.bytes);
        row.refusal = std::move(text).error();
        return row;
    }
    row.text = *std::move(text);
    if (const auto taken = take_members(row); !taken) {
        row.refusal = taken.error();
    }
    return row;
}

Result<void> JsonlReader::take_members(Row& row) {
    boost::system::error_code error;
    json::stream_parser parser;
    const std::size_t read = parser.write_some(row.text, error);
    if (!error) {
        parser.finish(error);
    }
    if (error) {
        return fail(
            Errc::bad_json, error.message() + " at byte " + std::to_string(read + 1) + " of the row"
        );
    }
    if (!trim(std::string_view(row.text).substr(read)).empty()) {
        return fail(
            Errc::bad_json,
            "something stands behind the object, from byte " + std::to_string(read + 1)
        );
    }
    const json::value value = parser.release();
    const json::object* members = value.if_object();
    if (members == nullptr) {
        return fail(Errc::bad_json, "a row is one object, as {\"column\": \"value\"}");
    }
    const auto is_alike = [&] {
        return columns_ && std::ranges::equal(*columns_, *members, {}, {}, [](const auto& member) {
                   return std::string_view(member.key());
               });
    };
    if (!is_alike()) {
        std::vector<std::string> names;
        for (const auto& member : *members) {
            names.emplace_back(std::string_view(member.key()));
        }
        columns_ = std::make_shared<const std::vector<std::string>>(std::move(names));
    }
    row.values.reserve(members->size());
    for (const auto& member : *members) {
        row.values.push_back(text_of(member.value()));
    }
    row.columns = columns_;
    return {};
}

}  // namespace zt::app
