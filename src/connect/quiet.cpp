#include "connect/quiet.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>

namespace zt::connect {

namespace {

constexpr Millis one_day = std::chrono::days{1};

bool is_quiet(Millis of_day, const QuietHours& quiet) {
    const Millis from = std::chrono::minutes{quiet.from_minute};
    const Millis until = std::chrono::minutes{quiet.until_minute};
    return from <= until ? of_day >= from && of_day < until : of_day >= from || of_day < until;
}

}  // namespace

UtcMs open_from(UtcMs at, const QuietHours& quiet, OfficeOffset offset) {
    const Millis of_day = time_of_day(at, offset);
    if (!is_quiet(of_day, quiet)) {
        return at;
    }
    Millis wait = std::chrono::minutes{quiet.until_minute} - of_day;
    if (wait <= Millis{0}) {
        wait += one_day;
    }
    return at + wait;
}

UtcMs next_minute(UtcMs at, int minute, OfficeOffset offset) {
    Millis wait = std::chrono::minutes{minute} - time_of_day(at, offset);
    if (wait <= Millis{0}) {
        wait += one_day;
    }
    return at + wait;
}

UtcMs next_try(UtcMs now, std::int64_t attempts, const Retry& retry, Random& random) {
    CHECK(attempts >= 1);
    constexpr std::int64_t doublings_max = 30;
    const std::int64_t doublings = std::min(attempts - 1, doublings_max);
    const Millis full = std::min<Millis>(retry.longest, Millis{retry.first} * (1LL << doublings));
    // Without chance, all that failed together would come back together.
    std::array<std::uint8_t, 4> bytes{};
    random.fill(bytes);
    std::uint32_t draw = 0;
    for (const std::uint8_t byte : bytes) {
        draw = draw << 8U | byte;
    }
    const Millis spread{full.count() * static_cast<std::int64_t>(draw) >> 32U};
    return now + full / 2 + spread;
}

}  // namespace zt::connect
