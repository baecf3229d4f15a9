#include "vault/key.hpp"

#include "base/check.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <algorithm>

namespace zt::vault {
namespace {

// Numbers of the derived keys; a purpose keeps its number for ever.
enum class Purpose : std::uint8_t { wrapping = 1, claims = 2, check = 3, matter_tag = 4 };

constexpr char derivation_context[crypto_kdf_CONTEXTBYTES + 1] = "zhitong1";
constexpr std::size_t check_bytes = 16;

Secret derive(const Secret& secret, Purpose purpose);
KeyTag tag_of(const Secret& derived);
std::string context_of(MatterId owner);
void append_counted(std::string& out, std::string_view part);

}  // namespace

static_assert(wrapped_key_bytes == Secret::size + impl::box_overhead_bytes);
static_assert(crypto_kdf_KEYBYTES == Secret::size);

Secret::~Secret() { sodium_memzero(bytes_.data(), bytes_.size()); }

Secret Secret::make(Random& random) {
    Secret secret;
    random.fill(secret.bytes_);
    return secret;
}

std::string_view Secret::view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
}

MasterKey::MasterKey(const Secret& secret)
    : secret_(secret),
      wrapping_(derive(secret, Purpose::wrapping)),
      claims_(derive(secret, Purpose::claims)) {
    const Secret check = derive(secret, Purpose::check);
    tag_ = tag_of(check);
    std::array<char, check_bytes * 2 + 1> digits{};
    sodium_bin2hex(digits.data(), digits.size(), check.data(), check_bytes);
    check_value_ = digits.data();
}

MasterKey MasterKey::make(Random& random) { return MasterKey(Secret::make(random)); }

Result<void> MasterKey::check(std::string_view stored_check_value) const {
    if (stored_check_value == check_value_) {
        return {};
    }
    return fail(
        Errc::key_wrong,
        "this key belongs to another data directory; give the key file that `init` made for this one "
        "with --key FILE"
    );
}

Hash MasterKey::claim_hash(std::string_view kind, std::string_view claim, std::string_view value)
    const {
    std::string whole;
    append_counted(whole, kind);
    append_counted(whole, claim);
    append_counted(whole, value);
    return keyed_hash(claims_.view(), whole);
}

MatterKey::MatterKey(const Secret& secret)
    : secret_(secret), tag_(tag_of(derive(secret, Purpose::matter_tag))) {}

MatterKey MatterKey::make(Random& random) { return MatterKey(Secret::make(random)); }

std::string wrap(const MasterKey& master, MatterId owner, const MatterKey& key, Random& random) {
    std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce{};
    random.fill(nonce);
    return impl::close_box(
        {master.wrapping(), master.tag()}, context_of(owner), key.secret().view(), nonce
    );
}

Result<MatterKey> unwrap(const MasterKey& master, MatterId owner, std::string_view wrapped) {
    const std::string at = "key of matter " + std::to_string(owner.value);
    if (is_erased(wrapped)) {
        return fail(
            Errc::not_found, "it was erased; what was sealed under it can no longer be opened", at
        );
    }
    if (wrapped.size() != wrapped_key_bytes) {
        return fail(
            Errc::damaged,
            "it has " + std::to_string(wrapped.size()) + " bytes instead of " +
                std::to_string(wrapped_key_bytes),
            at
        );
    }
    Secret secret;
    const Result<void> opened = impl::open_box(
        {master.wrapping(), master.tag()},
        context_of(owner),
        wrapped,
        std::span(secret.data(), Secret::size)
    );
    if (!opened) {
        return fail(opened.error().code, opened.error().detail, at);
    }
    return MatterKey(secret);
}

std::string erased_key() { return std::string(wrapped_key_bytes, '\0'); }

bool is_erased(std::string_view wrapped) { return wrapped == erased_key(); }

namespace {

Secret derive(const Secret& secret, Purpose purpose) {
    impl::start_sodium();
    Secret derived;
    CHECK(
        crypto_kdf_derive_from_key(
            derived.data(),
            Secret::size,
            static_cast<std::uint64_t>(purpose),
            derivation_context,
            secret.data()
        ) == 0
    );
    return derived;
}

KeyTag tag_of(const Secret& derived) {
    KeyTag tag{};
    std::copy_n(derived.data(), tag.size(), tag.begin());
    return tag;
}

std::string context_of(MatterId owner) { return "zhitong.key." + std::to_string(owner.value); }

/// With its length ahead, so that no two lists of parts give the same bytes.
void append_counted(std::string& out, std::string_view part) {
    out += std::to_string(part.size());
    out += ':';
    out += part;
}

}  // namespace
}  // namespace zt::vault
