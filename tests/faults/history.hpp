#pragma once
// What producers write down of each request before and after: the only witness that survives the
// killed process, and all that the judge believes of what was acknowledged.
//
//   invoke KEY CREDENTIAL WHAT…     before the submit
//   ok KEY CREDENTIAL NUMBER SEQ    number of its first matter, last event of the submit
//   fail KEY CREDENTIAL CODE        it was not done
//
// An invoke without an answer behind it is unknown: the same key asks again.

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zt::faults {

struct Line {
    enum class Word : std::uint8_t { invoke, ok, fail };
    Word word = Word::invoke;
    Uuid key;
    std::string credential;
    std::string text;  ///< WHAT, NUMBER or CODE
    Seq seq = 0;       ///< of ok
    bool operator==(const Line&) const = default;
};

[[nodiscard]] std::string text_of(const Line& line);
/// errors: bad_file, naming the line.
[[nodiscard]] Result<Line> read_line(std::string_view text);
/// Whole lines only: the last may have been cut by the kill. errors: bad_file, io_failed.
[[nodiscard]] Result<std::vector<Line>> read_history(const std::string& file);
/// Files as named and those of folders, in the order in which they were written.
[[nodiscard]] std::vector<std::string> history_files(const std::vector<std::string>& named);
/// The requests without an answer, in order.
[[nodiscard]] std::vector<Line> unknown_in(const std::vector<Line>& lines);

/// One producer's history, appended with one write(2) a line.
class History {
  public:
    /// Cuts a half line off the end first. errors: io_failed.
    [[nodiscard]] static Result<History> open(const std::string& file);
    History(History&& other) noexcept;
    History& operator=(History&& other) = delete;
    History(const History&) = delete;
    History& operator=(const History&) = delete;
    ~History();
    void add(const Line& line) const;

  private:
    explicit History(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace zt::faults
