#include "vault/phone_code.hpp"

#include "base/hash.hpp"
#include "vault/impl/box.hpp"
#include "vault/impl/slow_hash.hpp"
#include "vault/impl/typed.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace zt::vault {
namespace {

constexpr std::size_t group_digits = 4;
constexpr std::uint64_t codes_there_are = 10'000'000'000'000'000;

}  // namespace

/// One of the few that may work; waits for it and gives it back.
class SlowHashes::Turn {
  public:
    explicit Turn(SlowHashes& pool) : pool_(pool) {
        std::unique_lock lock(pool_.mutex_);
        if (pool_.working_ >= pool_.at_once_ && pool_.waiting_ >= pool_.waiting_max_) {
            return;
        }
        ++pool_.waiting_;
        pool_.somebody_left_.wait(lock, [&] { return pool_.working_ < pool_.at_once_; });
        --pool_.waiting_;
        ++pool_.working_;
        has_begun_ = true;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        if (has_begun_) {
            const std::lock_guard lock(pool_.mutex_);
            --pool_.working_;
            pool_.somebody_left_.notify_one();
        }
    }
    [[nodiscard]] Result<void> check() const {
        return has_begun_ ? Result<void>{}
                          : fail(Errc::overloaded, "too many codes are being looked at");
    }

  private:
    SlowHashes& pool_;
    bool has_begun_ = false;
};

std::string phone_code(const LookupKeys& keys, const Uuid& idempotency_key) {
    const std::string whole =
        "phone." + std::string(
                       reinterpret_cast<const char*>(idempotency_key.bytes.data()),
                       idempotency_key.bytes.size()
                   );
    const Hash hash = keyed_hash(keys.codes.view(), whole);
    // 64 bits over 10^16 codes: the first ones are likelier by less than one in a thousand.
    std::uint64_t value = 0;
    std::memcpy(&value, hash.data(), sizeof value);
    std::string digits = std::to_string(value % codes_there_are);
    return std::string(phone_code_digits - digits.size(), '0') + digits;
}

std::string grouped_phone_code(std::string_view code) {
    std::string text;
    for (std::size_t index = 0; index < code.size(); ++index) {
        text += index > 0 && index % group_digits == 0 ? " " : "";
        text += code[index];
    }
    return text;
}

Result<std::string> read_phone_code(std::string_view typed) {
    std::string code = impl::typed_characters(typed);
    const bool is_digits =
        std::ranges::all_of(code, [](char letter) { return letter >= '0' && letter <= '9'; });
    if (code.size() != phone_code_digits || !is_digits) {
        return fail(Errc::bad_value, "a phone code has 16 digits, as 4821 0937 5526 1048");
    }
    return code;
}

Result<std::string> SlowHashes::make(std::string_view code, Random& random) {
    impl::SlowHash one{.passes = cost_.passes, .memory_bytes = cost_.memory_bytes};
    random.fill(one.salt);
    TRY(one.hash, run(code, one));
    return impl::slow_hash_text(one);
}

Result<bool> SlowHashes::matches(std::string_view code, std::string_view kept) {
    const auto parsed = impl::read_slow_hash(kept);
    const impl::SlowHash one =
        parsed.value_or(impl::SlowHash{.passes = cost_.passes, .memory_bytes = cost_.memory_bytes});
    TRY(const auto hash, run(code, one));
    return sodium_memcmp(hash.data(), one.hash.data(), hash.size()) == 0 && parsed.has_value();
}

Result<std::array<std::uint8_t, 32>>
SlowHashes::run(std::string_view code, const impl::SlowHash& one) {
    impl::start_sodium();
    const Turn turn(*this);
    TRY_VOID(turn.check());
    std::array<std::uint8_t, 32> hash{};
    const int made = crypto_pwhash(
        hash.data(),
        hash.size(),
        code.data(),
        code.size(),
        one.salt.data(),
        one.passes,
        one.memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (made != 0) {
        return fail(Errc::overloaded, "there is no memory for a slow hash");
    }
    return hash;
}

}  // namespace zt::vault
