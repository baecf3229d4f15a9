// links: base calendar domain
// Whatever a damaged ledger holds, reading gives an error or an event that reads back as itself.
#include "base/check.hpp"
#include "domain/event.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using Reader = zt::Result<void> (*)(zt::Event&, std::string_view);
using Writer = std::string (*)(const zt::Event&);

void reads_back(Reader read, Writer write, std::string_view text) {
    zt::Event first;
    if (!read(first, text)) {
        return;
    }
    zt::Event second;
    CHECK(read(second, write(first)).has_value());
    CHECK(write(second) == write(first));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    switch (bytes[0] % 3) {
    case 0: reads_back(zt::read_payload, zt::payload_text, text); break;
    case 1: reads_back(zt::read_envelope, zt::envelope_text, text); break;
    default: reads_back(zt::read_sealed, zt::sealed_text, text); break;
    }
    return 0;
}
