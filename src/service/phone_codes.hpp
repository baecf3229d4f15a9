#pragma once
// Phone codes from outside: 16 digits, given on request at hand-in or when the office calls back
// after a lost code. Looking one up costs the asker a proof of work and the server a slow hash, so
// it is done once: a right code is changed into a ticket, good for half an hour of following and
// answering. A ticket is bound to what is kept of the code, so it dies when the code is renewed,
// and to this process, so it dies with it. Nothing of a ticket is kept.

#include "service/follow_up.hpp"

#include <mutex>
#include <string>

namespace zt::service {

inline constexpr Millis ticket_valid{1'800'000};

struct Puzzle {
    std::string text;  ///< given to the asker as it is
    unsigned zero_bits = 0;
};

struct PhoneTry {
    std::string_view number, code;
    std::string_view kept;  ///< the matter's phone_field; empty: there is none
    std::string_view puzzle, solution;
};

/// threads: any.
class PhoneCodes {
  public:
    /// Borrows all; nobody else may use `random`.
    PhoneCodes(const vault::LookupKeys& keys, vault::SlowHashes& hashes, Random& random);

    /// For any number, whether or not there is such a matter.
    [[nodiscard]] Puzzle puzzle(std::string_view number, UtcMs now);
    /// The digits. in: the idempotency key of the hand-in, as the client sent it.
    [[nodiscard]] std::string code(const Uuid& idempotency_key) const;
    /// What the ledger keeps of that code. cost: a slow hash. errors: overloaded.
    [[nodiscard]] Result<std::string> kept(const Uuid& idempotency_key);
    /// Uses the puzzle up and compares. out: a ticket. cost: a slow hash. errors: puzzle_unsolved,
    /// code_wrong, too_often, overloaded.
    [[nodiscard]] Result<std::string> open(const PhoneTry& one, FollowUps& follow_ups, UtcMs now);
    /// in: kept is the matter's phone_field as it stands now; empty is no ticket's.
    [[nodiscard]] bool is_ticket(
        std::string_view number, std::string_view ticket, std::string_view kept, UtcMs now
    ) const;

  private:
    [[nodiscard]] std::string
    ticket(std::string_view number, std::string_view kept, std::string_view until) const;

    const vault::LookupKeys& keys_;
    vault::SlowHashes& hashes_;
    std::mutex random_guard_;
    Random& random_;  // guarded by random_guard_
    const vault::Secret ticket_key_;
    vault::Puzzles puzzles_;
};

}  // namespace zt::service
