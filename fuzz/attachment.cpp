// links: base calendar domain vault store views kindfile service
// Whatever somebody sends: examining it gives a refusal, or facts of a type that is taken, with a
// size that is safe to decode, and headers that cannot be broken out of.
#include "service/attachment.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace service = zt::service;
    if (size == 0) {
        return 0;
    }
    // The first byte says how many of the rest are the claimed name.
    const std::string_view all(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const std::size_t name_size = std::min<std::size_t>(bytes[0] % 32, all.size());
    const std::string_view content = all.substr(name_size);
    const auto facts =
        service::look_at(content, all.substr(0, name_size), service::all_file_groups());
    if (!facts) {
        return 0;
    }
    const service::FileType* const type = service::find_file_type(facts->type);
    CHECK(type != nullptr);
    CHECK(std::int64_t{facts->width} * std::int64_t{facts->height} <= service::picture_pixels_max);
    const service::Serving serving = service::serving_of(*facts);
    CHECK(std::ranges::all_of(serving.disposition, [](char letter) {
        return letter >= ' ' && letter <= '~';
    }));
    // Small ones through the decoders as well; large ones would only slow the search down.
    constexpr std::int64_t fuzz_pixels_max = 65'536;
    if (std::int64_t{facts->width} * std::int64_t{facts->height} <= fuzz_pixels_max) {
        const auto cleaned = service::clean(content, *facts);
        CHECK(!cleaned || cleaned->facts.bytes == static_cast<std::int64_t>(cleaned->bytes.size()));
    }
    return 0;
}
