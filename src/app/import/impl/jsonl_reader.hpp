#pragma once
// JSON Lines: one object a line. Numbers, booleans and inner objects are taken as their text.

#include "app/import/row_reader.hpp"

namespace zt::app {

class JsonlReader final : public RowReader {
  public:
    explicit JsonlReader(LineReader lines) : lines_(std::move(lines)) {}
    [[nodiscard]] Result<std::optional<Row>> next() override;
    [[nodiscard]] const ByteSource& source() const override { return lines_.source(); }

  private:
    [[nodiscard]] Row row_of(const Line& line);
    [[nodiscard]] Result<void> take_members(Row& row);

    LineReader lines_;
    std::shared_ptr<const std::vector<std::string>>
        columns_;  ///< of the row before; rows mostly look alike
};

}  // namespace zt::app
