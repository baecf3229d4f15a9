#include "vault/key.hpp"

#include "base/check.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <algorithm>

namespace zt::vault {
namespace {

// Numbers of the derived keys; a purpose keeps its number for ever.
enum class Purpose : std::uint8_t {
    wrapping = 1,
    claims = 2,
    check = 3,
    matter_tag = 4,
    bodies = 5,
    codes = 6
};

constexpr char derivation_context[crypto_kdf_CONTEXTBYTES + 1] = "zhitong1";
constexpr std::size_t check_bytes = 16;
constexpr std::size_t lookup_bytes = 3 * Secret::size;
constexpr std::string_view lookup_context = "zhitong.lookup";

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
      lookup_{
          derive(secret, Purpose::claims),
          derive(secret, Purpose::bodies),
          derive(secret, Purpose::codes)
      } {
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
    return keyed_hash(lookup_.claims.view(), whole);
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

bool is_wrapped_by(const MasterKey& master, std::string_view wrapped) {
    return impl::tag_in(wrapped) == master.tag();
}

std::string seal_lookup(const MasterKey& master, const LookupKeys& keys, Random& random) {
    std::string whole;
    whole.reserve(lookup_bytes);
    for (const Secret* secret : {&keys.claims, &keys.bodies, &keys.codes}) {
        whole += secret->view();
    }
    std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce{};
    random.fill(nonce);
    const std::string box =
        impl::close_box({master.wrapping(), master.tag()}, lookup_context, whole, nonce);
    sodium_memzero(whole.data(), whole.size());
    std::string digits(box.size() * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), impl::bytes_of(box), box.size());
    digits.pop_back();
    return digits;
}

Result<LookupKeys> open_lookup(const MasterKey& master, std::string_view sealed) {
    constexpr std::size_t box_bytes = lookup_bytes + impl::box_overhead_bytes;
    std::string box(box_bytes, '\0');
    std::size_t decoded = 0;
    const bool is_hex =
        sealed.size() == box_bytes * 2 && sodium_hex2bin(
                                              reinterpret_cast<std::uint8_t*>(box.data()),
                                              box.size(),
                                              sealed.data(),
                                              sealed.size(),
                                              nullptr,
                                              &decoded,
                                              nullptr
                                          ) == 0;
    if (!is_hex || decoded != box_bytes) {
        return fail(Errc::damaged, "the sealed lookup keys are incomplete", "setting lookup_keys");
    }
    std::array<std::uint8_t, lookup_bytes> whole{};
    const Result<void> opened =
        impl::open_box({master.wrapping(), master.tag()}, lookup_context, box, whole);
    if (!opened) {
        return fail(opened.error().code, opened.error().detail, "setting lookup_keys");
    }
    LookupKeys keys;
    std::size_t at = 0;
    for (Secret* secret : {&keys.claims, &keys.bodies, &keys.codes}) {
        std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(at), Secret::size, secret->data());
        at += Secret::size;
    }
    sodium_memzero(whole.data(), whole.size());
    return keys;
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
