// links: base calendar domain kindfile
// Any text as a kind file: errors with a place, never an exception or a crash.
#include "base/check.hpp"
#include "kindfile/kind_file.hpp"
#include "kindfile/yaml.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto yaml = zt::kindfile::parse_yaml(text, "fuzz.yaml");
    if (!yaml) {
        CHECK(yaml.error().at.starts_with("fuzz.yaml"));
    }
    const auto kind = zt::kindfile::read_kind(text, "fuzz.yaml");
    CHECK(kind.has_value() || !kind.error().detail.empty());
    return 0;
}
