#include "vault/chunks.hpp"

#include "base/check.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace zt::vault {
namespace {

constexpr char derivation_context[crypto_kdf_CONTEXTBYTES + 1] = "zhitongF";
constexpr std::uint64_t purpose_files = 1;  // keeps its number for ever
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

static_assert(nonce_bytes == sizeof(NonceStart) + sizeof(std::uint64_t));
static_assert(chunk_overhead_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

Secret files_key_of(const Secret& secret);
std::array<std::uint8_t, nonce_bytes> nonce_of(const NonceStart& start, std::uint64_t number);
std::string bound_to(const std::string& context, ChunkPlace place);

}  // namespace

NonceStart make_nonce_start(Random& random) {
    NonceStart start{};
    random.fill(start);
    return start;
}

ChunkSealer::ChunkSealer(const MatterKey& key, const NonceStart& start, std::string context)
    : key_(files_key_of(key.secret())), start_(start), context_(std::move(context)) {}

std::string
ChunkSealer::seal(std::uint64_t number, ChunkPlace place, std::string_view plain) const {
    const std::string bound = bound_to(context_, place);
    const auto nonce = nonce_of(start_, number);
    std::string sealed(plain.size() + chunk_overhead_bytes, '\0');
    CHECK(
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            reinterpret_cast<std::uint8_t*>(sealed.data()),
            nullptr,
            impl::bytes_of(plain),
            plain.size(),
            impl::bytes_of(bound),
            bound.size(),
            nullptr,
            nonce.data(),
            key_.data()
        ) == 0
    );
    return sealed;
}

Result<std::string>
ChunkSealer::open(std::uint64_t number, ChunkPlace place, std::string_view sealed) const {
    const std::string at = "chunk " + std::to_string(number);
    if (sealed.size() < chunk_overhead_bytes) {
        return fail(Errc::damaged, "it is too short", at);
    }
    const std::string bound = bound_to(context_, place);
    const auto nonce = nonce_of(start_, number);
    std::string plain(sealed.size() - chunk_overhead_bytes, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<std::uint8_t*>(plain.data()),
        nullptr,
        nullptr,
        impl::bytes_of(sealed),
        sealed.size(),
        impl::bytes_of(bound),
        bound.size(),
        nonce.data(),
        key_.data()
    );
    if (opened != 0) {
        return fail(Errc::damaged, "its bytes were altered, or it stood elsewhere", at);
    }
    return plain;
}

namespace {

Secret files_key_of(const Secret& secret) {
    impl::start_sodium();
    Secret derived;
    CHECK(
        crypto_kdf_derive_from_key(
            derived.data(), Secret::size, purpose_files, derivation_context, secret.data()
        ) == 0
    );
    return derived;
}

std::array<std::uint8_t, nonce_bytes> nonce_of(const NonceStart& start, std::uint64_t number) {
    std::array<std::uint8_t, nonce_bytes> nonce{};
    std::ranges::copy(start, nonce.begin());
    for (std::size_t byte = 0; byte < sizeof number; ++byte) {
        nonce[start.size() + byte] = static_cast<std::uint8_t>(number >> (8 * byte));
    }
    return nonce;
}

std::string bound_to(const std::string& context, ChunkPlace place) {
    return "zhitong.chunk." + context + (place == ChunkPlace::last ? ".last" : ".more");
}

}  // namespace
}  // namespace zt::vault
