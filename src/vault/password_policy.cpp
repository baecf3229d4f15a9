#include "base/text.hpp"
#include "vault/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace zt::vault {
namespace {

/// Those of the published lists of leaked passwords that are long enough to pass, and what is known
/// to be common in Chinese: runs of the keyboard, years, 520 and 1314, a word with a run behind it.
/// All in lower case.
constexpr std::array<std::string_view, 112> commonest = {
    "0000000000",     "00000000000",   "0123456789",   "01234567890",  "0987654321",
    "1111111111",     "11111111111",   "111111111111", "1111122222",   "1112223334",
    "1122334455",     "112233445566",  "1212121212",   "1213141516",   "12341234123",
    "123412341234",   "1234512345",    "1234554321",   "1234567809",   "123456123456",
    "1234567890",     "12345678900",   "12345678901",  "123456789012", "1234567890a",
    "1234567890q",    "1234567891",    "12345678910",  "123456789a",   "123456789abc",
    "123456789q",     "123456789z",    "123456abcd",   "123456qwerty", "1234qwerasdf",
    "1234qwerty",     "123abc123abc",  "123qweasdzxc", "1314520520",   "1314520131",
    "13145201314",    "147258369a",    "1472583690",   "147852369a",   "1q2w3e4r5t",
    "1q2w3e4r5t6y",   "1qaz1qaz1qaz",  "1qaz2wsx3edc", "1qaz2wsx3e",   "1qazxsw23edc",
    "2222222222",     "3.1415926535",  "3141592653",   "5201314520",   "52013145201314",
    "5201314aaa",     "6666666666",    "7758521521",   "8888888888",   "88888888888",
    "9876543210",     "9999999999",    "a123456789",   "a1234567890",  "a1b2c3d4e5",
    "aa123456789",    "aa12345678",    "aaaaaaaaaa",   "abc1234567",   "abc123456789",
    "abc12345678",    "abcd123456",    "abcd12345678", "abcde12345",   "abcdefghij",
    "abcdefg123",     "abcdefg123456", "admin12345",   "admin123456",  "admin888888",
    "administrator",  "asd123456789",  "asdasdasdasd", "asdfghjkl;",   "asdfghjkl1",
    "asdfghjkl123",   "changeme123",   "china123456",  "computer123",  "iloveyou123",
    "iloveyou1314",   "letmein123",    "p@ssw0rd123",  "p@ssword123",  "passw0rd123",
    "password01",     "password11",    "password12",   "password123",  "password1234",
    "password123456", "q1w2e3r4t5",    "q1w2e3r4t5y6", "qazwsxedcrfv", "qwer123456",
    "qwerasdfzxcv",   "qwerty12345",   "qwerty123456", "qwertyuiop",   "qwertyuiop123",
    "woaini1314520",  "woaini521521",
};

/// A name with no more than this before or behind it is the name: `zhangwei01`.
constexpr std::size_t name_rest_max = 4;

std::string folded(std::string_view text);
bool is_name_again(std::string_view text, std::string_view name);
bool has_control_character(std::string_view text);

}  // namespace

Result<void> check_password(const Password& password, std::string_view sign_in_name) {
    const std::string_view text = password.view();
    if (!is_utf8(text) || has_control_character(text)) {
        return fail(Errc::password_weak, "letters, digits, marks and spaces only", "text");
    }
    const std::size_t characters = count_characters(text);
    if (characters < password_characters_min || characters > password_characters_max) {
        return fail(
            Errc::password_weak,
            "it has " + std::to_string(characters) + " characters; it needs " +
                std::to_string(password_characters_min) + " to " +
                std::to_string(password_characters_max),
            "length"
        );
    }
    std::string lower = folded(text);
    const bool is_name = is_name_again(lower, sign_in_name);
    const bool is_common = std::ranges::find(commonest, lower) != commonest.end();
    sodium_memzero(lower.data(), lower.size());
    if (is_name) {
        return fail(Errc::password_weak, "it is the sign-in name, or nearly so", "name");
    }
    if (is_common) {
        return fail(Errc::password_weak, "it is one of those that are tried first", "common");
    }
    return {};
}

namespace {

std::string folded(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    return lower;
}

bool is_name_again(std::string_view text, std::string_view name) {
    if (name.empty() || text.size() < name.size()) {
        return false;
    }
    const bool stands_there = text.starts_with(name) || text.ends_with(name);
    return stands_there && text.size() - name.size() <= name_rest_max;
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text, [](char one) {
        const auto byte = static_cast<unsigned char>(one);
        return byte < 0x20 || byte == 0x7F;
    });
}

}  // namespace
}  // namespace zt::vault
