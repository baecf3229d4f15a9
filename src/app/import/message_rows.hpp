#pragma once
// Messages of people in a file: JSON Lines or CSV, plain or gzip, whatever its columns are called.

#include "app/import/row_reader.hpp"

#include <functional>
#include <span>

namespace zt::app {

/// Columns to read, parted by commas: the first that a row has. Empty: those that our files and the
/// message boards use.
struct MessageColumns {
    std::string title, text, category, id, day, reply;
};

struct MessageRow {
    std::string title, text, category, id, day,
        reply;  ///< as they stand; empty where there is none
};

[[nodiscard]] MessageRow message_of(const Row& row, const MessageColumns& columns);
/// errors: those of open_rows; the refusal of the first row that cannot be read, with file and
/// line.
[[nodiscard]] Result<void> each_message(
    const std::string& file,
    const MessageColumns& columns,
    const std::function<Result<void>(MessageRow)>& visit
);

}  // namespace zt::app
