// links: base
// What the reader of canonical text accepts has exactly that one text.
#include "base/check.hpp"
#include "base/json.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto value = zt::parse_canonical(text);
    if (value) {
        CHECK(zt::to_canonical(*value) == text);
    }
    return 0;
}
