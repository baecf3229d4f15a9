#include "vault/puzzle.hpp"

#include "base/hash.hpp"

#include <sodium.h>

#include <array>
#include <charconv>

namespace zt::vault {
namespace {

constexpr std::size_t mark_digits = 32;
constexpr std::size_t solution_bytes_max = 64;

std::string hex_of(const std::array<std::uint8_t, 16>& bytes);
std::string mark_of(const Secret& key, std::string_view subject, std::string_view text);

}  // namespace

std::string Puzzles::issue(std::string_view subject, UtcMs now, Random& random) const {
    std::array<std::uint8_t, 16> chance{};
    random.fill(chance);
    const auto end = (now + rules_.valid).time_since_epoch().count();
    std::string text = std::to_string(end) + "-" + hex_of(chance);
    return text + "-" + mark_of(key_, subject, text);
}

Result<void> Puzzles::take(
    std::string_view subject, std::string_view puzzle, std::string_view solution, UtcMs now
) {
    const auto refuse = [](const char* why) { return fail(Errc::puzzle_unsolved, why, "/puzzle"); };
    const std::size_t dash = puzzle.rfind('-');
    if (dash == std::string_view::npos || puzzle.size() - dash - 1 != mark_digits) {
        return refuse("it is no puzzle of this server");
    }
    const std::string_view text = puzzle.substr(0, dash);
    const std::string mark = mark_of(key_, subject, text);
    if (sodium_memcmp(mark.data(), puzzle.data() + dash + 1, mark_digits) != 0) {
        return refuse("it is no puzzle of this server for this number");
    }
    std::int64_t end = 0;
    std::from_chars(text.data(), text.data() + text.size(), end);
    const UtcMs until{Millis{end}};
    if (now >= until) {
        return refuse("it is over; ask for another");
    }
    if (!is_solution(puzzle, solution, rules_.zero_bits)) {
        return refuse("it is not solved");
    }
    const std::lock_guard lock(mutex_);
    std::erase_if(solved_, [now](const auto& one) { return one.second <= now; });
    if (solved_.contains(mark)) {
        return refuse("it was used before; ask for another");
    }
    if (solved_.size() >= rules_.solved_max) {
        return fail(Errc::overloaded, "too many look-ups in the last minutes");
    }
    solved_.emplace(mark, until);
    return {};
}

std::size_t Puzzles::remembered() const {
    const std::lock_guard lock(mutex_);
    return solved_.size();
}

bool is_solution(std::string_view puzzle, std::string_view solution, unsigned zero_bits) {
    if (solution.empty() || solution.size() > solution_bytes_max) {
        return false;
    }
    const std::array parts = {puzzle, std::string_view(":"), solution};
    const Hash hash = hash_of(HashAlgorithm::sha256, parts);
    for (unsigned bit = 0; bit < zero_bits; ++bit) {
        if (((hash[bit / 8] >> (7U - bit % 8)) & 1U) != 0) {
            return false;
        }
    }
    return true;
}

namespace {

std::string hex_of(const std::array<std::uint8_t, 16>& bytes) {
    std::string digits(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.pop_back();
    return digits;
}

std::string mark_of(const Secret& key, std::string_view subject, std::string_view text) {
    const std::string whole = std::string(subject) + ":" + std::string(text);
    return to_hex(keyed_hash(key.view(), whole)).substr(0, mark_digits);
}

}  // namespace
}  // namespace zt::vault
