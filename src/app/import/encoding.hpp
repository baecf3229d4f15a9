#pragma once
// Encodings of row files: UTF-8, or GB18030 (with GBK and GB2312 in it) converted by ICU. Which one
// is a property of the file, found by its first part that is not plain ASCII; each row is then
// checked by itself.

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace zt::app {

enum class Encoding : std::uint8_t { undecided, utf8, gb18030 };

/// The encoding that fits the lines of this part of a file better; undecided while all is ASCII.
/// in: whole lines but for the last, which is left aside when there are others.
[[nodiscard]] Encoding detect_encoding(std::string_view part);

/// Texts of one file. threads: one.
class Decoder {
  public:
    Decoder();
    ~Decoder();
    Decoder(Decoder&&) noexcept;
    Decoder& operator=(Decoder&&) noexcept;

    [[nodiscard]] Encoding encoding() const { return encoding_; }
    void set_encoding(Encoding encoding) { encoding_ = encoding; }
    /// The text in UTF-8. A row of a GB18030 file that is valid UTF-8 is taken as such; a row of a
    /// UTF-8 file that is not is refused, since GB18030 would make some other text of almost any
    /// bytes. errors: bad_encoding.
    [[nodiscard]] Result<std::string> decode(std::string bytes);

  private:
    struct Converter;
    Encoding encoding_ = Encoding::undecided;
    std::unique_ptr<Converter> converter_;
};

/// What can be shown of bytes in no known encoding: each wrong one as U+FFFD.
[[nodiscard]] std::string readable(std::string_view bytes);

}  // namespace zt::app
