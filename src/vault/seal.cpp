#include "vault/seal.hpp"

#include "base/hash.hpp"
#include "vault/impl/box.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace zt::vault {
namespace {

static_assert(sealing_overhead_bytes == impl::box_overhead_bytes + sizeof(Salt));

std::string context_of(std::string_view name);
std::string commitment_of_whole(std::string_view salt_and_text);

}  // namespace

SealingChance::~SealingChance() { sodium_memzero(bytes.data(), bytes.size()); }

SealedText seal(
    const MatterKey& key, std::string_view name, std::string_view text, const SealingChance& chance
) {
    constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    static_assert(sizeof(chance.bytes) == nonce_bytes + sizeof(Salt));
    const std::span<const std::uint8_t, sizeof(chance.bytes)> bytes(chance.bytes);
    std::string whole;
    whole.reserve(sizeof(Salt) + text.size());
    whole.append(reinterpret_cast<const char*>(bytes.data()) + nonce_bytes, sizeof(Salt));
    whole += text;
    SealedText sealed;
    sealed.bytes = impl::close_box(
        {key.secret(), key.tag()}, context_of(name), whole, bytes.first<nonce_bytes>()
    );
    sealed.commitment = commitment_of_whole(whole);
    sodium_memzero(whole.data(), whole.size());
    return sealed;
}

Result<OpenedText> unseal(const MatterKey& key, std::string_view name, std::string_view bytes) {
    const auto refuse = [name](Error&& error) {
        return fail(error.code, std::move(error.detail), "sealed part " + std::string(name));
    };
    Result<std::size_t> size = impl::plain_size(bytes);
    if (!size) {
        return refuse(std::move(size).error());
    }
    if (*size < sizeof(Salt)) {
        return refuse(Error{Errc::damaged, "it is too short to hold its salt", {}});
    }
    std::string whole(*size, '\0');
    Result<void> opened = impl::open_box(
        {key.secret(), key.tag()},
        context_of(name),
        bytes,
        std::span(reinterpret_cast<std::uint8_t*>(whole.data()), whole.size())
    );
    if (!opened) {
        return refuse(std::move(opened).error());
    }
    OpenedText text;
    std::copy_n(impl::bytes_of(whole), text.salt.size(), text.salt.begin());
    text.text = whole.substr(sizeof(Salt));
    sodium_memzero(whole.data(), whole.size());
    return text;
}

std::string commitment_of(const Salt& salt, std::string_view text) {
    const std::array parts = {
        std::string_view(reinterpret_cast<const char*>(salt.data()), salt.size()), text
    };
    return to_hex(hash_of(HashAlgorithm::sha256, parts));
}

bool matches(std::string_view commitment, const OpenedText& opened) {
    return commitment == commitment_of(opened.salt, opened.text);
}

namespace {

std::string context_of(std::string_view name) {
    std::string context = "zhitong.part.";
    context += name;
    return context;
}

std::string commitment_of_whole(std::string_view salt_and_text) {
    return to_hex(hash_of(HashAlgorithm::sha256, salt_and_text));
}

}  // namespace
}  // namespace zt::vault
