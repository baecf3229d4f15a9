#include "vault/password.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <optional>
#include <utility>
#include <vector>

namespace zt::vault {
namespace {

constexpr std::size_t digest_bytes = 32;
constexpr std::size_t bytes_per_kib = 1024;
constexpr int base64_form = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
static_assert(sizeof(PasswordSalt) == crypto_pwhash_argon2id_SALTBYTES);

std::string
stored_text(const PasswordSalt& salt, const std::array<std::uint8_t, digest_bytes>&, PasswordCost);
std::string in_base64(std::span<const std::uint8_t> bytes);
std::optional<PasswordCost> cost_of(std::string_view stored);

}  // namespace

PasswordSalt make_password_salt(Random& random) {
    PasswordSalt salt{};
    random.fill(salt);
    return salt;
}

Password::Password(std::string&& text) : text_(text) {
    // Copied, not moved: a short text lies inside the string object and would stay behind there.
    sodium_memzero(text.data(), text.size());
    text.clear();
}

Password::Password(Password&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }

Password& Password::operator=(Password&& other) noexcept {
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        other.wipe();
    }
    return *this;
}

Password::~Password() { wipe(); }

void Password::wipe() {
    // To the capacity: what was moved away has size 0, but its bytes may still lie in the object.
    text_.resize(text_.capacity());
    sodium_memzero(text_.data(), text_.size());
    text_.clear();
}

Result<std::string>
hash_password(const Password& password, const PasswordSalt& salt, PasswordCost cost) {
    impl::start_sodium();
    std::array<std::uint8_t, digest_bytes> digest{};
    const int done = crypto_pwhash(
        digest.data(),
        digest.size(),
        password.view().data(),
        password.view().size(),
        salt.data(),
        cost.passes,
        std::size_t{cost.memory_kib} * bytes_per_kib,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (done != 0) {
        return fail(Errc::overloaded, "there is no memory to hash a password; try again later");
    }
    return stored_text(salt, digest, cost);
}

Result<PasswordCheck>
verify_password(const Password& password, std::string_view stored, PasswordCost cost) {
    impl::start_sodium();
    const auto found = cost_of(stored);
    if (!found) {
        return fail(Errc::damaged, "a stored password has another form than this program writes");
    }
    // The library asks for a text that ends with zero, and takes its parameters from it.
    const std::string text(stored);
    PasswordCheck check;
    check.matches =
        crypto_pwhash_str_verify(text.c_str(), password.view().data(), password.view().size()) == 0;
    check.is_outdated = check.matches && *found != cost;
    return check;
}

std::string unmatchable_hash(Random& random, PasswordCost cost) {
    std::array<std::uint8_t, digest_bytes> digest{};
    random.fill(digest);
    return stored_text(make_password_salt(random), digest, cost);
}

namespace {

std::string stored_text(
    const PasswordSalt& salt,
    const std::array<std::uint8_t, digest_bytes>& digest,
    PasswordCost cost
) {
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
           ",t=" + std::to_string(cost.passes) + ",p=1$" + in_base64(salt) + "$" +
           in_base64(digest);
}

std::string in_base64(std::span<const std::uint8_t> bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), base64_form), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64_form);
    text.pop_back();  // the zero that the library counts
    return text;
}

/// The number behind `mark`, within 1 … max.
std::optional<std::uint32_t>
number_behind(std::string_view part, std::string_view mark, std::uint32_t max) {
    if (!part.starts_with(mark)) {
        return std::nullopt;
    }
    const auto number = parse_int(part.substr(mark.size()));
    if (!number || *number < 1 || *number > std::int64_t{max}) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(*number);
}

std::optional<PasswordCost> cost_of(std::string_view stored) {
    const auto parts = split(stored, '$');
    if (parts.size() != 6 || parts[1] != "argon2id" || parts[2] != "v=19") {
        return std::nullopt;
    }
    const auto numbers = split(parts[3], ',');
    if (numbers.size() != 3 || numbers[2] != "p=1") {
        return std::nullopt;
    }
    const auto memory = number_behind(numbers[0], "m=", password_cost_max.memory_kib);
    const auto passes = number_behind(numbers[1], "t=", password_cost_max.passes);
    if (!memory || !passes) {
        return std::nullopt;
    }
    return PasswordCost{*passes, *memory};
}

}  // namespace
}  // namespace zt::vault
