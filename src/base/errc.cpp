#include "base/errc.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

// The names come from the enumerators themselves: the compiler spells a template argument of an
// enum type by its name in __PRETTY_FUNCTION__, and a value without a name as a cast
// ("(zt::Errc)200"). So a new code is one word in errc.hpp and nothing else. Works with clang and
// g++; the static_asserts below fail if a compiler spells otherwise.

namespace zt {
namespace {

template <Errc code>
consteval std::string_view spelled() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("code = ") + std::string_view("code = ").size());
    text = text.substr(0, text.find_first_of(";]"));
    if (text.starts_with('(')) {
        return {};  // a cast: no enumerator has this value
    }
    return text.substr(text.rfind(':') + 1);
}

constexpr std::size_t errc_count_max = 256;  // all values of the underlying byte

template <std::size_t... values>
consteval std::array<std::string_view, errc_count_max> all_spelled(std::index_sequence<values...>) {
    return {spelled<static_cast<Errc>(values)>()...};
}

constexpr std::array<std::string_view, errc_count_max> spellings =
    all_spelled(std::make_index_sequence<errc_count_max>{});

consteval std::size_t count_codes() {
    std::size_t count = 0;
    while (count < errc_count_max && !spellings[count].empty()) {
        ++count;
    }
    return count;
}

constexpr std::size_t errc_count = count_codes();

consteval std::array<ErrcName, errc_count> make_names() {
    std::array<ErrcName, errc_count> names{};
    for (std::size_t index = 0; index < errc_count; ++index) {
        names[index] = {static_cast<Errc>(index), spellings[index]};
    }
    return names;
}

constexpr std::array<ErrcName, errc_count> names = make_names();

static_assert(names[0].name == "bad_date");
static_assert(names[static_cast<std::size_t>(Errc::chain_broken)].name == "chain_broken");
static_assert(
    std::all_of(
        spellings.begin() + errc_count,
        spellings.end(),
        [](std::string_view text) { return text.empty(); }
    ),
    "the codes must be numbered 0, 1, 2 … without a gap"
);

}  // namespace

std::string_view name_of(Errc code) {
    const auto index = static_cast<std::size_t>(code);
    CHECK(index < names.size());
    return names[index].name;
}

std::span<const ErrcName> errc_names() { return names; }

std::optional<Errc> find_errc(std::string_view name) {
    const auto* found = std::ranges::find(names, name, &ErrcName::name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return found->code;
}

bool retry_may_help(Errc code) {
    constexpr std::array passing = {
        Errc::in_use,
        Errc::disk_full,
        Errc::io_failed,
        Errc::overloaded,
        Errc::in_flight,
    };
    return std::ranges::find(passing, code) != passing.end();
}

}  // namespace zt
