#pragma once
// Words by which a name or a title gives away what it counts (SYSTEMS.md, "What it never does").

#include "domain/kind.hpp"

#include <string>
#include <string_view>

namespace zt::kindfile {

/// The words that speak of what a person is or believes; empty when none does.
[[nodiscard]] std::string person_word(std::string_view name, const Title& title);
/// Of "zero complaints" and its like.
[[nodiscard]] std::string silence_word(std::string_view name, const Title& title);
/// Of what people do to be heard: appeals, petitions, contests, bad ratings.
[[nodiscard]] std::string voice_word(std::string_view name, const Title& title);
/// Of logins, time online, forwarding, likes.
[[nodiscard]] std::string presence_word(std::string_view name, const Title& title);
/// Words of choices that are refused even where a field as a whole is not.
[[nodiscard]] std::string person_word_of_choice(const Title& title);

}  // namespace zt::kindfile
