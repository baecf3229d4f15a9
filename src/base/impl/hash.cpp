#include "base/hash.hpp"

#include "base/check.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace zt {
namespace {

constexpr std::size_t hmac_block_bytes = 64;  // FIPS 180-4: block of SHA-256

struct FreeDigest {
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// A digest looked up once and a context used again: a look-up by name for each hash costs more
/// than the hash itself.
class Digest {
  public:
    explicit Digest(const char* name)
        : digest_(EVP_MD_fetch(nullptr, name, nullptr)), context_(EVP_MD_CTX_new()) {
        CHECK(digest_ != nullptr && context_ != nullptr);
    }

    [[nodiscard]] Hash of(std::span<const std::string_view> parts) {
        CHECK(EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) == 1);
        for (const std::string_view part : parts) {
            CHECK(EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1);
        }
        Hash hash{};
        CHECK(EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr) == 1);
        return hash;
    }

  private:
    std::unique_ptr<EVP_MD, FreeDigest> digest_;
    std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

Digest& digest_of_this_thread(HashAlgorithm algorithm);
std::string_view bytes_of(std::span<const std::uint8_t> bytes);

}  // namespace

Hash hash_of(HashAlgorithm algorithm, std::string_view bytes) {
    return hash_of(algorithm, std::span(&bytes, 1));
}

Hash hash_of(HashAlgorithm algorithm, std::span<const std::string_view> parts) {
    return digest_of_this_thread(algorithm).of(parts);
}

// RFC 2104 over SHA-256, written out because OpenSSL's own allocates at each call.
Hash keyed_hash(std::string_view key, std::string_view bytes) {
    std::array<std::uint8_t, hmac_block_bytes> pad{};
    if (key.size() > pad.size()) {
        const Hash shorter = hash_of(HashAlgorithm::sha256, key);
        std::ranges::copy(shorter, pad.begin());
    } else {
        std::ranges::transform(key, pad.begin(), [](char byte) {
            return static_cast<std::uint8_t>(byte);
        });
    }
    const auto turn = [&pad](std::uint8_t mask) {
        std::ranges::for_each(pad, [mask](std::uint8_t& byte) {
            byte = static_cast<std::uint8_t>(byte ^ mask);
        });
    };
    turn(0x36);
    const std::array inner_parts = {bytes_of(pad), bytes};
    const Hash inner = hash_of(HashAlgorithm::sha256, inner_parts);
    turn(0x36 ^ 0x5C);
    const std::array outer_parts = {bytes_of(pad), bytes_of(inner)};
    const Hash outer = hash_of(HashAlgorithm::sha256, outer_parts);
    OPENSSL_cleanse(pad.data(), pad.size());
    return outer;
}

std::string to_hex(const Hash& hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(hash.size() * 2);
    for (const std::uint8_t byte : hash) {
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    return out;
}

namespace {

Digest& digest_of_this_thread(HashAlgorithm algorithm) {
    switch (algorithm) {
    case HashAlgorithm::sha256: {
        thread_local Digest sha256("SHA256");
        return sha256;
    }
    case HashAlgorithm::sm3: {
        thread_local Digest sm3("SM3");
        return sm3;
    }
    }
    UNREACHABLE();
}

std::string_view bytes_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace
}  // namespace zt
