#pragma once
// Phone code: 16 digits, on request, for who has to say or type it on a telephone. It looks like a
// number and is easy to read out; it has only 53 bits. So what is kept of it is an Argon2id hash
// (OWASP ASVS 5.0, 6.5.2), each look-up costs the asker a proof of work, and wrong tries slow down
// the number they are for (service/follow_up.hpp).

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <array>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

namespace zt::vault {

namespace impl {
struct SlowHash;
}

inline constexpr std::size_t phone_code_digits = 16;

/// 16 digits, the same for the same hand-in. It does not depend on the number of the matter, which
/// is not known yet when the slow hash is made.
[[nodiscard]] std::string phone_code(const LookupKeys& keys, const Uuid& idempotency_key);

/// "4821 0937 5526 1048".
[[nodiscard]] std::string grouped_phone_code(std::string_view code);

/// The digits of what somebody typed. errors: bad_value when they are not 16.
[[nodiscard]] Result<std::string> read_phone_code(std::string_view typed);

/// How hard a hash is to make.
struct HashCost {
    std::uint64_t passes = 3;
    std::size_t memory_bytes = std::size_t{32} << 20U;  ///< 32 MiB: about 60 ms on one core
};

/// Makes and compares slow hashes, no more than so many at once: each takes the memory of its cost,
/// and a flood must not take it all.
/// threads: any; a call waits for its turn.
class SlowHashes {
  public:
    SlowHashes(HashCost cost, std::size_t at_once, std::size_t waiting_max)
        : cost_(cost), at_once_(at_once), waiting_max_(waiting_max) {}

    /// What is kept: about 97 characters, salt and cost in it.
    /// errors: overloaded when too many wait.
    [[nodiscard]] Result<std::string> make(std::string_view code, Random& random);
    /// in: kept may be empty (no such matter, or no phone code): the same work is done, and the
    /// answer is no. errors: overloaded.
    [[nodiscard]] Result<bool> matches(std::string_view code, std::string_view kept);

  private:
    class Turn;
    [[nodiscard]] Result<std::array<std::uint8_t, 32>>
    run(std::string_view code, const impl::SlowHash& one);

    HashCost cost_;
    std::size_t at_once_, waiting_max_;
    std::mutex mutex_;
    std::condition_variable somebody_left_;
    std::size_t working_ = 0, waiting_ = 0;  // guarded by mutex_
};

}  // namespace zt::vault
