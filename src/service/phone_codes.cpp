#include "service/phone_codes.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

namespace zt::service {

namespace {

/// Tells a ticket from a follow-up code, which has neither letter nor dash at that place.
constexpr std::string_view ticket_mark = "T.";
constexpr std::size_t ticket_digits = 32;

}  // namespace

PhoneCodes::PhoneCodes(const vault::LookupKeys& keys, vault::SlowHashes& hashes, Random& random)
    : keys_(keys),
      hashes_(hashes),
      random_(random),
      ticket_key_(vault::Secret::make(random)),
      puzzles_(vault::PuzzleRules{}, random) {}

Puzzle PhoneCodes::puzzle(std::string_view number, UtcMs now) {
    const std::lock_guard lock(random_guard_);
    return {puzzles_.issue(number, now, random_), puzzles_.zero_bits()};
}

std::string PhoneCodes::code(const Uuid& idempotency_key) const {
    return vault::phone_code(keys_, idempotency_key);
}

Result<std::string> PhoneCodes::kept(const Uuid& idempotency_key) {
    /// Chance is taken under the lock, the slow hash is made outside it.
    class Locked final : public Random {
      public:
        Locked(std::mutex& guard, Random& from) : guard_(guard), from_(from) {}
        void fill(std::span<std::uint8_t> out) override {
            const std::lock_guard lock(guard_);
            from_.fill(out);
        }

      private:
        std::mutex& guard_;
        Random& from_;
    };
    Locked guarded{random_guard_, random_};
    return hashes_.make(code(idempotency_key), guarded);
}

Result<std::string> PhoneCodes::open(const PhoneTry& one, FollowUps& follow_ups, UtcMs now) {
    TRY_VOID(puzzles_.take(one.number, one.puzzle, one.solution, now));
    TRY_VOID(follow_ups.check_phone({one.number, one.code, one.kept}, now));
    const UtcMs until = now + ticket_valid;
    return ticket(one.number, one.kept, std::to_string(until.time_since_epoch().count()));
}

std::string
PhoneCodes::ticket(std::string_view number, std::string_view kept, std::string_view until) const {
    std::string whole;
    whole.append(number).append("\n").append(kept).append("\n").append(until);
    const std::string mark = to_hex(keyed_hash(ticket_key_.view(), whole));
    return std::string(ticket_mark) + std::string(until) + "." + mark.substr(0, ticket_digits);
}

bool PhoneCodes::is_ticket(
    std::string_view number, std::string_view given, std::string_view kept, UtcMs now
) const {
    if (!given.starts_with(ticket_mark) || kept.empty()) {
        return false;
    }
    const auto parts = split(given.substr(ticket_mark.size()), '.');
    const auto until = parts.size() == 2 ? parse_int(parts.front()) : fail(Errc::bad_number);
    if (!until || now >= UtcMs{Millis{*until}}) {
        return false;
    }
    // Hashes of both are compared, so that how long it takes tells nothing of the right one.
    const std::string right = ticket(number, kept, parts.front());
    return keyed_hash(ticket_key_.view(), right) == keyed_hash(ticket_key_.view(), given);
}

}  // namespace zt::service
