#include "service/follow_up.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace zt::service {

namespace {

constexpr std::size_t bucket_size = 4;

std::unexpected<Error> wrong() {
    return fail(Errc::code_wrong, "number and code do not belong together", "/code");
}

std::unexpected<Error> too_often() {
    return fail(Errc::too_often, "too many wrong tries for this number; wait a little", "/code");
}

}  // namespace

Attempts::Attempts(AttemptRules rules, Random& random)
    : rules_(rules), key_(vault::Secret::make(random)), places_(rules.places) {
    CHECK(std::has_single_bit(rules.places) && rules.places >= bucket_size);
}

Millis Attempts::wait(std::string_view number, UtcMs now) const {
    const std::uint64_t mark = mark_of(number);
    const std::lock_guard lock(mutex_);
    for (const Place& place : bucket(mark)) {
        if (place.mark == mark && now - place.last < rules_.forgotten_after) {
            const UtcMs until = place.last + delay_of(place.failures);
            return until > now ? until - now : Millis{0};
        }
    }
    return Millis{0};
}

void Attempts::failed(std::string_view number, UtcMs now) {
    const std::uint64_t mark = mark_of(number);
    const std::lock_guard lock(mutex_);
    const auto places = bucket(mark);
    for (Place& place : places) {
        if (place.mark != 0 && now - place.last >= rules_.forgotten_after) {
            place = Place{};
        }
    }
    auto found = std::ranges::find(places, mark, &Place::mark);
    if (found == places.end()) {
        found = std::ranges::min_element(places, {}, &Place::failures);
        *found = Place{mark, now, 0};
    }
    found->last = now;
    found->failures = std::min(found->failures + 1, 1000);
}

void Attempts::succeeded(std::string_view number) {
    const std::uint64_t mark = mark_of(number);
    const std::lock_guard lock(mutex_);
    for (Place& place : bucket(mark)) {
        if (place.mark == mark) {
            place = Place{};
        }
    }
}

std::uint64_t Attempts::mark_of(std::string_view number) const {
    const Hash hash = keyed_hash(key_.view(), number);
    std::uint64_t mark = 0;
    std::memcpy(&mark, hash.data(), sizeof mark);
    return mark == 0 ? 1 : mark;
}

std::span<Attempts::Place> Attempts::bucket(std::uint64_t mark) const {
    const std::size_t buckets = places_.size() / bucket_size;
    return std::span(places_).subspan((mark % buckets) * bucket_size, bucket_size);
}

Millis Attempts::delay_of(std::int32_t failures) const {
    Millis delay = rules_.first_delay;
    for (std::int32_t index = rules_.free_tries; index < failures; ++index) {
        if (index > rules_.free_tries) {
            delay *= 2;
        }
        if (delay >= rules_.longest_delay) {
            return rules_.longest_delay;
        }
    }
    return failures > rules_.free_tries ? delay : Millis{0};
}

Result<void> FollowUps::check(const FollowTry& one, UtcMs now) {
    const auto code = vault::read_follow_code(one.code);
    // A slip is compared too, with what no code can be, so that it takes as long.
    const std::string& given = code ? *code : std::string(vault::follow_code_characters, '?');
    if (vault::is_follow_code(keys_, one.number, given, one.kept)) {
        attempts_.succeeded(one.number);
        return {};
    }
    const bool is_slowed = attempts_.wait(one.number, now) > Millis{0};
    attempts_.failed(one.number, now);
    return is_slowed ? Result<void>(too_often()) : Result<void>(wrong());
}

Result<void> FollowUps::check_phone(const FollowTry& one, UtcMs now) {
    if (attempts_.wait(one.number, now) > Millis{0}) {
        return too_often();
    }
    const auto code = vault::read_phone_code(one.code);
    TRY(const bool is_right,
        hashes_.matches(code ? *code : std::string(vault::phone_code_digits, '?'), one.kept));
    if (!is_right) {
        attempts_.failed(one.number, now);
        return wrong();
    }
    attempts_.succeeded(one.number);
    return {};
}

}  // namespace zt::service
