#include "connect/signature.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

namespace zt::connect {

namespace {

/// Looks at every byte whatever the first difference is.
bool are_equal(std::string_view one, std::string_view two) {
    if (one.size() != two.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(two[i]);
    }
    return difference == 0;
}

}  // namespace

std::string sign(std::string_view secret, std::string_view seconds, std::string_view body) {
    std::string signed_text(seconds);
    signed_text += '.';
    signed_text += body;
    return "v1=" + to_hex(keyed_hash(secret, signed_text));
}

Headers signed_headers(std::string_view secret, UtcMs now, std::string_view body) {
    const std::string seconds = std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count()
    );
    return {
        {std::string(time_header), seconds},
        {std::string(signature_header), sign(secret, seconds, body)}
    };
}

Result<void>
verify(std::string_view secret, const Signature& signature, std::string_view body, UtcMs now) {
    if (!are_equal(sign(secret, signature.seconds, body), signature.value)) {
        return fail(Errc::bad_value, "the signature is not of this body and time");
    }
    TRY(const std::int64_t seconds, parse_int(signature.seconds));
    // The signature stands, so the number is the sender's own and far from overflow.
    const UtcMs at{std::chrono::seconds{seconds}};
    if (at > now + signature_age_max) {
        return fail(Errc::in_the_future, "the sender's clock is ahead");
    }
    if (at < now - signature_age_max) {
        return fail(Errc::too_late, "it was signed too long ago");
    }
    return {};
}

}  // namespace zt::connect
