// links: base calendar
// Dates, instants and lengths: what is accepted reads back as itself.
#include "base/check.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "calendar/calendar.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto length = zt::calendar::parse_length(text)) {
        CHECK(zt::calendar::parse_length(zt::calendar::to_string(*length)) == length);
    }
    if (const auto day = zt::parse_date(text)) {
        CHECK(zt::parse_date(zt::to_string(*day)) == day);
    }
    if (const auto instant = zt::parse_instant(text)) {
        CHECK(zt::parse_instant(zt::to_iso_utc(*instant)) == instant);
    }
    if (const auto uuid = zt::parse_uuid(text)) {
        CHECK(zt::parse_uuid(zt::to_string(*uuid)) == uuid);
    }
    return 0;
}
