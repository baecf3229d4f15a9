#pragma once
// Physical lines of a row file with their numbers; lines can be put back, so that a reader may try
// again after a row that turned out broken.

#include "app/import/byte_source.hpp"
#include "app/import/encoding.hpp"

#include <deque>
#include <optional>
#include <vector>

namespace zt::app {

/// Longer lines are refused, so that memory stays constant whatever the file.
inline constexpr std::size_t line_bytes_max = 4U << 20U;

struct Line {
    std::int64_t number = 0;   ///< from 1
    std::string bytes;         ///< without its end; as in the file, not decoded
    std::string end;           ///< "\n", "\r\n", or "" at the end of the file
    bool is_too_long = false;  ///< bytes holds its beginning
};

class LineReader {
  public:
    /// errors: bad_file; bad_encoding for UTF-16.
    [[nodiscard]] static Result<LineReader> open(const std::string& path);

    /// The next line; empty at the end. errors: bad_file.
    [[nodiscard]] Result<std::optional<Line>> next();
    /// These lines come again, in this order, before all others.
    void put_back(std::vector<Line> lines);
    [[nodiscard]] Decoder& decoder() { return decoder_; }
    [[nodiscard]] const ByteSource& source() const { return source_; }

  private:
    explicit LineReader(ByteSource source) : source_(std::move(source)) {}
    /// Another part of the file behind what is left. out: whether there was more.
    [[nodiscard]] Result<bool> load();
    [[nodiscard]] Result<void> look_at_mark(const std::string& path);
    [[nodiscard]] Result<std::optional<Line>> cut();

    ByteSource source_;
    Decoder decoder_;
    std::string buffer_;
    std::size_t from_ = 0;  ///< where the next line begins in buffer_
    bool is_at_end_ = false;
    bool is_foreign_ =
        false;  ///< something beyond ASCII was loaded, so that the encoding can be told
    std::int64_t number_ = 0;
    std::deque<Line> waiting_;
};

}  // namespace zt::app
