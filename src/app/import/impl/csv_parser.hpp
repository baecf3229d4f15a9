#pragma once
// One CSV record after RFC 4180, fed line by line: quotes, quotes within quotes doubled, line
// breaks within quotes.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::app {

class CsvParser {
  public:
    explicit CsvParser(char separator) : separator_(separator) {}

    /// in: a line without its end, and the end. out: whether the record is complete; false: it goes
    /// on in the next line. errors: bad_csv, a quote that neither begins nor ends a field.
    [[nodiscard]] Result<bool> feed(std::string_view line, std::string_view end);
    /// The fields of a complete record; the parser is as new.
    [[nodiscard]] std::vector<std::string> take();
    void reset();

  private:
    enum class Place : std::uint8_t { field_begin, plain, quoted, quote_seen };
    char separator_;
    Place place_ = Place::field_begin;
    std::string field_;
    std::vector<std::string> fields_;
};

}  // namespace zt::app
