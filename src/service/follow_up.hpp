#pragma once
// Follow-up without an account: number and code, or number and phone code. Says yes or no and
// nothing else: an unknown number, a matter without a code, a slip and a wrong code are one answer,
// and take the same work. Wrong tries are counted by number, in a table of fixed size.
//
// A right 24-character code is let in even while its number is slowed down: it cannot be guessed,
// so a stranger's tries must not lock out whoever has it. Phone codes wait like everybody.

#include "base/time.hpp"
#include "base/world.hpp"
#include "vault/follow_code.hpp"
#include "vault/phone_code.hpp"
#include "vault/puzzle.hpp"

#include <mutex>
#include <vector>

namespace zt::service {

/// Fields of a matter that hold what is kept of its codes; set by the writer alone.
inline constexpr const char* follow_field = "follow_code";
inline constexpr const char* phone_field = "phone_code";

struct AttemptRules {
    std::int32_t free_tries = 5;         ///< slips of the pen
    Millis first_delay = Millis{2'000};  ///< doubles with each further wrong try
    Millis longest_delay = Millis{900'000};
    Millis forgotten_after = Millis{86'400'000};
    std::size_t places = std::size_t{1} << 16U;  ///< numbers counted at once: 2 MB
};

/// Wrong tries by number. The table holds keyed hashes of numbers, four places a bucket; when a
/// bucket is full the number with the fewest wrong tries gives way, so that a flood of tries on
/// other numbers does not wash away the count of one that is being attacked.
/// threads: any.
class Attempts {
  public:
    Attempts(AttemptRules rules, Random& random);

    /// How long the number has to wait before its next try; 0: not at all.
    [[nodiscard]] Millis wait(std::string_view number, UtcMs now) const;
    void failed(std::string_view number, UtcMs now);
    void succeeded(std::string_view number);

  private:
    struct Place {
        std::uint64_t mark = 0;  ///< 0: free
        UtcMs last;
        std::int32_t failures = 0;
    };
    [[nodiscard]] std::uint64_t mark_of(std::string_view number) const;
    [[nodiscard]] std::span<Place> bucket(std::uint64_t mark) const;
    [[nodiscard]] Millis delay_of(std::int32_t failures) const;

    const AttemptRules rules_;
    const vault::Secret key_;
    mutable std::mutex mutex_;
    mutable std::vector<Place> places_;  // guarded by mutex_
};

/// What somebody from outside asks with.
struct FollowTry {
    std::string_view number, code;
    std::string_view kept;  ///< the field of the matter of that number; empty: there is none
};

class FollowUps {
  public:
    /// Borrows all.
    FollowUps(const vault::LookupKeys& keys, vault::SlowHashes& hashes, Attempts& attempts)
        : keys_(keys), hashes_(hashes), attempts_(attempts) {}

    /// in: kept is the matter's follow_field. errors: code_wrong; too_often while the number is
    /// slowed down (ask `attempts().wait` how long).
    [[nodiscard]] Result<void> check(const FollowTry& one, UtcMs now);
    /// in: kept is the matter's phone_field; the puzzle of that number was taken already.
    /// errors: code_wrong, too_often, overloaded. cost: a slow hash; not on the writer's thread.
    [[nodiscard]] Result<void> check_phone(const FollowTry& one, UtcMs now);

    [[nodiscard]] const Attempts& attempts() const { return attempts_; }

  private:
    const vault::LookupKeys& keys_;
    vault::SlowHashes& hashes_;
    Attempts& attempts_;
};

}  // namespace zt::service
