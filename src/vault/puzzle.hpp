#pragma once
// Proof of work: before a phone code is looked at, the asker's machine finds a number whose hash
// with the puzzle begins with so many zero bits. One look-up costs a phone a second or two; trying
// a million codes costs days. The server keeps nothing of a puzzle until it is solved.
//
// Sound because a puzzle carries its end and its subject under a keyed hash of this process, and
// because a solved one is remembered until its end, so that it opens one look-up only.

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace zt::vault {

struct PuzzleRules {
    unsigned zero_bits = 18;          ///< about 260,000 hashes: one second of a small phone
    Millis valid = Millis{300'000};   ///< five minutes to solve it and to type the code
    std::size_t solved_max = 20'000;  ///< remembered at once: some 2 MB
};

/// threads: any.
class Puzzles {
  public:
    /// The key is drawn once a process: puzzles of before a restart are void, which costs the asker
    /// another one.
    Puzzles(PuzzleRules rules, Random& random) : rules_(rules), key_(Secret::make(random)) {}

    /// in: subject, what the solution will be good for (the number of the matter), without ':'.
    /// out: one line of ASCII, given to the asker as it is.
    [[nodiscard]] std::string issue(std::string_view subject, UtcMs now, Random& random) const;

    /// Uses the puzzle up. errors: puzzle_unsolved (of another subject, over, used before, or not
    /// solved), overloaded (too many were solved in the last minutes).
    [[nodiscard]] Result<void>
    take(std::string_view subject, std::string_view puzzle, std::string_view solution, UtcMs now);

    [[nodiscard]] unsigned zero_bits() const { return rules_.zero_bits; }
    [[nodiscard]] std::size_t remembered() const;

  private:
    const PuzzleRules rules_;
    const Secret key_;
    mutable std::mutex mutex_;
    std::map<std::string, UtcMs, std::less<>> solved_;  // guarded by mutex_: mark → end
};

/// SHA-256 of `puzzle ‖ ":" ‖ solution` begins with that many zero bits.
[[nodiscard]] bool
is_solution(std::string_view puzzle, std::string_view solution, unsigned zero_bits);

}  // namespace zt::vault
