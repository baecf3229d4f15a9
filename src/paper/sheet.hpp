#pragma once
// Sheet: an official paper as texts, and its drawing as PDF after GB/T 9704-2012: A4, margins 37 mm
// above and 28 mm left, text area 156 x 225 mm with 22 lines of 28 characters.

#include "base/result.hpp"

#include <string>
#include <vector>

namespace zt::paper {

/// More bytes of text in one sheet are refused: about two hundred pages.
inline constexpr std::size_t sheet_bytes_max = 400'000;

enum class Colour : std::uint8_t { red, yellow, blue };

/// Rows over as many pages as it takes, the head again on each. Cells wrap; columns are as wide as
/// their weights say.
struct Table {
    struct Column {
        std::string title;
        int weight = 1;
        bool is_number = false;  ///< set to the right
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>>
        rows;  ///< as many cells as columns; others are left empty
};

/// All texts are UTF-8. Control characters and marks that turn the direction of writing are left
/// out, so that nothing on paper reads otherwise than it was written.
struct Sheet {
    std::string head;  ///< who issues it and what it is, in colour over the rule
    Colour colour = Colour::red;
    std::string number;  ///< under the head, in the middle
    std::string mark;    ///< upper right: A, B, C, D; empty for none
    std::string title;
    std::string addressee;            ///< without colon; empty for none
    std::vector<std::string> body;    ///< paragraphs
    std::string issuer, date;         ///< lower right of the body
    std::vector<std::string> record;  ///< lines between the rules at the foot of the last page
    std::string created;              ///< ISO 8601 in UTC; the date that the file carries
    std::string drawn_for;            ///< who drew it; unseen in the file, so that it leads back
    Table table;                      ///< between body and issuer; no columns: none
};

/// out: the file. errors: not_found (a font is not installed; names its package), too_large,
/// bad_utf8, io_failed. threads: any.
/// source: GB/T 9704-2012, 5 to 7.
[[nodiscard]] Result<std::string> draw_pdf(const Sheet& sheet);

}  // namespace zt::paper
