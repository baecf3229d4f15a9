#pragma once
// Wording: what a message says. Number, state word, date, and where a deadline moved or something
// was refused the title of the reason from the pack's closed list; never a word of the matter. For
// wrong done a neutral text, in which even the word appeal does not occur.

#include "service/rules.hpp"
#include "views/figure_text.hpp"
#include "views/outbox.hpp"

#include <functional>
#include <utility>

namespace zt::connect {

/// The catalogue of texts: from key to text with {names}; the key itself when there is none.
using TextOf = std::function<std::string(std::string_view key)>;

struct Said {
    std::string subject, text;
    bool operator==(const Said&) const = default;
};

using Values = std::vector<std::pair<std::string_view, std::string>>;
/// The text with each {name} of the list replaced; what is put in is not read again.
[[nodiscard]] std::string filled(std::string_view text, const Values& values);

/// What wording needs, borrowed for the call.
struct Speech {
    const TextOf* texts = nullptr;
    const service::Rules* rules = nullptr;
    views::Language language = views::Language::zh;
    std::string_view place;
};

[[nodiscard]] Said say(const views::Message& message, const Speech& speech);
/// The same for a line of the desk's inbox.
[[nodiscard]] std::string say(const views::InboxLine& line, const Speech& speech);

}  // namespace zt::connect
