#pragma once
// Rows of the predicates, by what they look at. A new word is one row in one of these files and its
// test.

#include "domain/impl/frame.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace zt {

struct GuardRow {
    PredicateRow row;
    bool (*function)(const Frame&, const std::vector<std::string>&);
};

/// guards_of_hands.cpp, guards_of_levels.cpp, guards_of_time.cpp, guards_of_judgement.cpp,
/// guards_of_matters.cpp, guards_of_protection.cpp, guards_of_firms.cpp, guards_of_amounts.cpp
[[nodiscard]] std::span<const GuardRow> guards_of_hands();
[[nodiscard]] std::span<const GuardRow> guards_of_levels();
[[nodiscard]] std::span<const GuardRow> guards_of_time();
[[nodiscard]] std::span<const GuardRow> guards_of_judgement();
[[nodiscard]] std::span<const GuardRow> guards_of_matters();
[[nodiscard]] std::span<const GuardRow> guards_of_protection();
[[nodiscard]] std::span<const GuardRow> guards_of_firms();
[[nodiscard]] std::span<const GuardRow> guards_of_amounts();

namespace guards {

using Args = std::vector<std::string>;

inline const Hand* acting(const Frame& f) { return f.acting_hand(); }

inline const Clock* clock_named(const Frame& f, const std::string& name) {
    const Hand* hand = acting(f);
    const Clock* of_hand = hand == nullptr ? nullptr : f.after.newest_clock(name, hand->no);
    return of_hand != nullptr ? of_hand : f.after.newest_clock(name);
}

using A = ArgType;
inline constexpr std::array one_clock{A::clock};
inline constexpr std::array one_hand{A::hand_role};
inline constexpr std::array one_list{A::item_list};
inline constexpr std::array one_reasons{A::reasons};
inline constexpr std::array one_window{A::window};
inline constexpr std::array one_number{A::number};
inline constexpr std::array one_value{A::value};
inline constexpr std::array one_stage{A::stage};
inline constexpr std::array one_field{A::field};
inline constexpr std::array clock_window{A::clock, A::window};
inline constexpr std::array link_field{A::link_type, A::field};
inline constexpr std::array counter_limit{A::counter, A::limit};
inline constexpr std::array one_link{A::link_type};
inline constexpr std::array link_number{A::link_type, A::number};
inline constexpr std::array value_field{A::value, A::field};
inline constexpr std::array field_values{A::field, A::value};

using G = GuardClass;

}  // namespace guards

}  // namespace zt
