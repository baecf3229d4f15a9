#include "vault/second_factor.hpp"

#include "base/check.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <algorithm>
#include <liboath/oath.h>
#include <span>

namespace zt::vault {
namespace {

// Numbers of the keys derived for second factors; a purpose keeps its number for ever. The context
// keeps them apart from the keys that key.cpp derives.
enum class Purpose : std::uint8_t { totp = 1, recovery = 2 };
constexpr char derivation_context[crypto_kdf_CONTEXTBYTES + 1] = "ztfactor";

/// Base32 of Crockford: no I, L, O, U.
constexpr std::string_view code_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t recovery_groups = 6;
constexpr std::size_t one_time_groups = 4;
constexpr std::size_t group_letters = 4;

Secret derive(const MasterKey& master, Purpose purpose);
std::string context_of(std::int64_t owner);
std::string random_code(Random& random, std::size_t groups);
std::string without_spaces(std::string_view typed);

}  // namespace

TotpSecret::~TotpSecret() { sodium_memzero(bytes_.data(), bytes_.size()); }

TotpSecret TotpSecret::make(Random& random) {
    TotpSecret secret;
    random.fill(secret.bytes_);
    return secret;
}

std::string_view TotpSecret::view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

std::string TotpSecret::base32() const {
    // RFC 4648; 20 bytes are 32 characters without filling.
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    constexpr unsigned bits_of_letter = 5;
    std::string text;
    unsigned rest = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes_) {
        rest = (rest << 8U) | byte;
        bits += 8;
        while (bits >= bits_of_letter) {
            bits -= bits_of_letter;
            text += letters[(rest >> bits) & 31U];
        }
        rest &= (1U << bits) - 1U;
    }
    return text;
}

std::string
seal_totp(const MasterKey& master, std::int64_t owner, const TotpSecret& secret, Random& random) {
    std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce{};
    random.fill(nonce);
    const Secret key = derive(master, Purpose::totp);
    return impl::close_box({key, master.tag()}, context_of(owner), secret.view(), nonce);
}

Result<TotpSecret> open_totp(const MasterKey& master, std::int64_t owner, std::string_view sealed) {
    const std::string at = "second factor of account " + std::to_string(owner);
    if (sealed.size() != TotpSecret::size + impl::box_overhead_bytes) {
        return fail(Errc::damaged, "it has " + std::to_string(sealed.size()) + " bytes", at);
    }
    const Secret key = derive(master, Purpose::totp);
    TotpSecret secret;
    const auto opened =
        impl::open_box({key, master.tag()}, context_of(owner), sealed, secret.bytes_);
    if (!opened) {
        return fail(opened.error().code, opened.error().detail, at);
    }
    return secret;
}

std::int64_t totp_step_at(UtcMs at) { return at.time_since_epoch() / totp_step_length; }

std::string totp_code(const TotpSecret& secret, std::int64_t step) {
    static const int started = ::oath_init();
    CHECK(started == OATH_OK);
    CHECK(step >= 0);
    std::array<char, totp_digits + 1> code{};
    const int made = ::oath_hotp_generate(
        secret.view().data(),
        secret.view().size(),
        static_cast<std::uint64_t>(step),
        static_cast<unsigned>(totp_digits),
        false,
        OATH_HOTP_DYNAMIC_TRUNCATION,
        code.data()
    );
    CHECK(made == OATH_OK);
    return {code.data(), totp_digits};
}

std::optional<std::int64_t>
match_totp(const TotpSecret& secret, std::string_view typed, UtcMs now, std::int64_t last_step) {
    const std::string code = without_spaces(typed);
    if (code.size() != totp_digits) {
        return std::nullopt;
    }
    std::optional<std::int64_t> found;
    const std::int64_t present = totp_step_at(now);
    for (std::int64_t step = std::max<std::int64_t>(present - totp_window, 0);
         step <= present + totp_window;
         ++step) {
        const bool is_same =
            sodium_memcmp(totp_code(secret, step).data(), code.data(), totp_digits) == 0;
        if (is_same && step > last_step && !found) {
            found = step;
        }
    }
    return found;
}

std::string make_recovery_code(Random& random) { return random_code(random, recovery_groups); }

std::string make_one_time_password(Random& random) { return random_code(random, one_time_groups); }

Hash recovery_hash(const MasterKey& master, std::int64_t owner, std::string_view typed) {
    std::string code = context_of(owner) + ":";
    for (const char one : typed) {
        const char upper = one >= 'a' && one <= 'z' ? static_cast<char>(one - 'a' + 'A') : one;
        switch (upper) {
        case ' ':
        case '-': break;
        case 'O': code += '0'; break;
        case 'I':
        case 'L': code += '1'; break;
        default: code += upper;
        }
    }
    const Secret key = derive(master, Purpose::recovery);
    const Hash hash = keyed_hash(key.view(), code);
    sodium_memzero(code.data(), code.size());
    return hash;
}

namespace {

Secret derive(const MasterKey& master, Purpose purpose) {
    impl::start_sodium();
    Secret derived;
    CHECK(
        crypto_kdf_derive_from_key(
            derived.data(),
            Secret::size,
            static_cast<std::uint64_t>(purpose),
            derivation_context,
            master.secret().data()
        ) == 0
    );
    return derived;
}

std::string context_of(std::int64_t owner) { return "zhitong.factor." + std::to_string(owner); }

std::string random_code(Random& random, std::size_t groups) {
    std::string code;
    std::array<std::uint8_t, group_letters> bytes{};
    for (std::size_t group = 0; group < groups; ++group) {
        random.fill(bytes);
        code += group == 0 ? "" : "-";
        for (const std::uint8_t byte : bytes) {
            code += code_letters[byte % code_letters.size()];
        }
    }
    sodium_memzero(bytes.data(), bytes.size());
    return code;
}

std::string without_spaces(std::string_view typed) {
    std::string code(typed.substr(0, 2 * totp_digits));
    std::erase(code, ' ');
    return code;
}

}  // namespace
}  // namespace zt::vault
