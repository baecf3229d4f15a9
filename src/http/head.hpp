#pragma once
// Head: the request line and fields of a request, read more strictly than RFC 9112 asks. Whatever
// two programs on the way could read differently is refused, since that is what request smuggling
// lives on; the connection is closed then.

#include "base/result.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::http {

inline constexpr std::size_t head_fields_max = 100;

struct Head {
    std::string_view method, target;
    bool is_version_1_1 = true;
    std::vector<std::pair<std::string_view, std::string_view>> fields;  ///< values trimmed
    std::optional<std::uint64_t> content_length;
    bool is_chunked = false;
    bool expects_continue = false;
    bool keeps_alive = true;

    /// The value of the field, "" without one. in: the name as people write it.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
};

/// in: everything up to and with the empty line; the head borrows it. errors: bad_request: a line
/// not ended by CR LF, a folded line, white space before a colon, a control character, a field that
/// may come once twice, no Host or two, both lengths, a coding other than chunked, an Expect other
/// than 100-continue, another version than 1.0 and 1.1.
[[nodiscard]] Result<Head> parse_head(std::string_view text);
/// Equal but for the case of ASCII letters.
[[nodiscard]] bool is_same_word(std::string_view left, std::string_view right);
/// "a, b;q=0.5" has "b", but not with q=0.
[[nodiscard]] bool lists_word(std::string_view list, std::string_view word);

}  // namespace zt::http
