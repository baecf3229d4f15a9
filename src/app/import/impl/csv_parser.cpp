#include "app/import/impl/csv_parser.hpp"

namespace zt::app {

Result<bool> CsvParser::feed(std::string_view line, std::string_view end) {
    const auto end_field = [&] {
        fields_.push_back(std::move(field_));
        field_.clear();
        place_ = Place::field_begin;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (place_ == Place::quoted) {
            if (c == '"') {
                place_ = Place::quote_seen;
            } else {
                field_ += c;
            }
        } else if (c == separator_) {
            end_field();
        } else if (c == '"' && place_ == Place::field_begin) {
            place_ = Place::quoted;
        } else if (c == '"' && place_ == Place::quote_seen) {
            field_ += c;
            place_ = Place::quoted;
        } else if (c == '"') {
            return fail(
                Errc::bad_csv,
                "a quote within a field that does not begin with one (field " +
                    std::to_string(fields_.size() + 1) + "); right would be \"…\"\"…\""
            );
        } else if (place_ == Place::quote_seen) {
            return fail(
                Errc::bad_csv,
                "behind the closing quote of field " + std::to_string(fields_.size() + 1) +
                    " a separator is expected; a quote within quotes is written twice"
            );
        } else {
            field_ += c;
            place_ = Place::plain;
        }
    }
    if (place_ == Place::quoted) {
        field_ += end;
        return false;
    }
    end_field();
    return true;
}

std::vector<std::string> CsvParser::take() {
    auto fields = std::move(fields_);
    reset();
    return fields;
}

void CsvParser::reset() {
    fields_.clear();
    field_.clear();
    place_ = Place::field_begin;
}

}  // namespace zt::app
