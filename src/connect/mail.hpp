#pragma once
// Mail: the text of one message as SMTP carries it (RFC 5322, 2045, 2047). Pure. Whatever comes in,
// no line of a header can be added from outside: names and subjects are encoded words, addresses
// are examined.

#include "base/result.hpp"
#include "base/time.hpp"

#include <string>
#include <string_view>

namespace zt::connect {

struct Mail {
    std::string from, to;  ///< addresses
    std::string place;     ///< name of the sender
    std::string subject, text;
    std::string effect;  ///< becomes the Message-ID, so that a double is seen as one
    UtcMs at;
};

/// Lines end with CRLF; the text is base64 of UTF-8. errors: bad_value when an address or the
/// effect could break a line.
[[nodiscard]] Result<std::string> mail_text(const Mail& mail);
/// RFC 2047, "B" of UTF-8, in words of at most 75 bytes, folded.
[[nodiscard]] std::string encoded_words(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace zt::connect
