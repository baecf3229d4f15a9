#include "vault/impl/box.hpp"

#include "base/check.hpp"

#include <sodium.h>

#include <algorithm>

namespace zt::vault::impl {
namespace {

constexpr std::uint8_t format = 1;  // on disk; a new layout is a new number
constexpr std::size_t tag_at = 1;
constexpr std::size_t nonce_at = tag_at + sizeof(KeyTag);
constexpr std::size_t cipher_at = nonce_at + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

static_assert(
    cipher_at + crypto_aead_xchacha20poly1305_ietf_ABYTES == box_overhead_bytes &&
    crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Secret::size
);

}  // namespace

std::string close_box(
    BoxKey key,
    std::string_view context,
    std::string_view plain,
    std::span<const std::uint8_t, 24> nonce
) {
    start_sodium();
    std::string box(plain.size() + box_overhead_bytes, '\0');
    auto* const out = reinterpret_cast<std::uint8_t*>(box.data());
    out[0] = format;
    std::ranges::copy(key.tag, out + tag_at);
    std::ranges::copy(nonce, out + nonce_at);
    CHECK(
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            out + cipher_at,
            nullptr,
            bytes_of(plain),
            plain.size(),
            bytes_of(context),
            context.size(),
            nullptr,
            nonce.data(),
            key.secret.data()
        ) == 0
    );
    return box;
}

Result<void>
open_box(BoxKey key, std::string_view context, std::string_view box, std::span<std::uint8_t> out) {
    start_sodium();
    TRY(const std::size_t size, plain_size(box));
    CHECK(out.size() == size);
    const std::uint8_t* const in = bytes_of(box);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out.data(),
        nullptr,
        nullptr,
        in + cipher_at,
        box.size() - cipher_at,
        bytes_of(context),
        context.size(),
        in + nonce_at,
        key.secret.data()
    );
    // The tag is told apart only after the fact: it is not authenticated, so it must not decide
    // anything else.
    if (opened == 0 && std::equal(key.tag.begin(), key.tag.end(), in + tag_at)) {
        return {};
    }
    sodium_memzero(out.data(), out.size());
    if (!std::equal(key.tag.begin(), key.tag.end(), in + tag_at)) {
        return fail(Errc::key_wrong, "it was sealed under another key");
    }
    return fail(Errc::damaged, "its bytes were altered, or it was moved here from another place");
}

KeyTag tag_in(std::string_view box) {
    KeyTag tag{};
    if (box.size() >= box_overhead_bytes) {
        std::copy_n(bytes_of(box) + tag_at, tag.size(), tag.begin());
    }
    return tag;
}

Result<std::size_t> plain_size(std::string_view box) {
    if (box.size() < box_overhead_bytes) {
        return fail(
            Errc::damaged,
            "it has " + std::to_string(box.size()) + " bytes, the shortest has " +
                std::to_string(box_overhead_bytes)
        );
    }
    const auto found = static_cast<std::uint8_t>(box[0]);
    if (found != format) {
        return fail(
            Errc::damaged,
            "its format is " + std::to_string(found) +
                ", this program knows format 1: it is damaged, " + "or a newer version wrote it"
        );
    }
    return box.size() - box_overhead_bytes;
}

void start_sodium() {
    static const int started = sodium_init();
    CHECK(started >= 0);
}

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace zt::vault::impl
