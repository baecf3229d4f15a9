#include "domain/credit_code.hpp"

#include <array>

namespace zt {

namespace {

/// I, O, S, V and Z are left out, since they read like figures.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Powers of 3 modulo 31.
constexpr std::array<std::size_t, 17> weights{
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
};

}  // namespace

bool is_credit_code(std::string_view text) {
    if (text.size() != weights.size() + 1) {
        return false;
    }
    std::size_t sum = 0;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        const std::size_t value = alphabet.find(text[index]);
        if (value == std::string_view::npos) {
            return false;
        }
        sum += value * weights[index];
    }
    const std::size_t check = (alphabet.size() - sum % alphabet.size()) % alphabet.size();
    return text.back() == alphabet[check];
}

}  // namespace zt
