// links: base http
// Any bytes as an address and as a header: refused, or without what could climb or begin a line.
#include "base/check.hpp"
#include "http/head.hpp"
#include "http/target.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto target = zt::http::parse_target(text)) {
        for (const auto& segment : target->segments) {
            CHECK(segment != "." && segment != "..");
            CHECK(segment.find_first_of(std::string_view("/\\\0\r\n", 5)) == std::string::npos);
        }
    }
    if (const auto head = zt::http::parse_head(text)) {
        CHECK(!head->is_chunked || !head->content_length);
        for (const auto& [name, value] : head->fields) {
            CHECK(!name.empty() && value.find_first_of("\r\n") == std::string_view::npos);
        }
    }
    return 0;
}
