#include "service/submit_key.hpp"

#include "base/hash.hpp"

#include <algorithm>

namespace zt::service {

std::array<std::uint8_t, 16> submit_key(std::string_view credential, const Uuid& key) {
    constexpr std::size_t time_bytes = 6;
    const std::string_view bytes(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
    const std::array<std::string_view, 3> parts{credential, std::string_view("\n"), bytes};
    const Hash hash = hash_of(HashAlgorithm::sha256, parts);
    std::array<std::uint8_t, 16> row{};
    std::copy_n(key.bytes.begin(), time_bytes, row.begin());
    std::copy_n(hash.begin(), row.size() - time_bytes, row.begin() + time_bytes);
    return row;
}

}  // namespace zt::service
