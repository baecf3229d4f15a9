// The words of the outbox: ways, states, classes of notices, effect ids.

#include "base/text.hpp"
#include "views/outbox.hpp"

#include <algorithm>

namespace zt::views {

namespace {

constexpr std::array<std::string_view, 7> way_names{
    "in_app", "contact", "mail", "sms", "chat", "call", "hand_over"
};
constexpr std::array<std::string_view, message_states> state_names{
    "due", "sending", "waiting", "done", "dead", "moot"
};
constexpr std::array<std::string_view, notice_classes> class_names{
    "received",
    "accepted",
    "refused",
    "assigned",
    "deadline_moved",
    "answered",
    "closed",
    "reopened",
    "nearly_due",
    "overdue",
    "urged",
    "ordered",
    "instructed",
    "escalated",
    "other"
};

template <class Word, std::size_t count>
std::optional<Word>
word_of(const std::array<std::string_view, count>& names, std::string_view name) {
    const auto* const found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<Word>(found - names.begin()));
}

}  // namespace

std::string to_string(EffectId id) { return std::to_string(id.seq) + "-" + std::to_string(id.n); }

Result<EffectId> parse_effect_id(std::string_view text) {
    const auto parts = split(text, '-');
    if (parts.size() == 2) {
        const auto seq = parse_int(parts[0]);
        const auto n = parse_int(parts[1]);
        if (seq && n && *seq > 0 && *n >= 0) {
            return EffectId{*seq, *n};
        }
    }
    return fail(Errc::bad_value, "an effect id is two numbers, as 1234-8");
}

std::string_view name_of(Way way) { return way_names.at(static_cast<std::size_t>(way)); }
std::optional<Way> parse_way(std::string_view name) { return word_of<Way>(way_names, name); }

std::string_view name_of(MessageState state) {
    return state_names.at(static_cast<std::size_t>(state));
}

std::string_view name_of(NoticeClass what) {
    return class_names.at(static_cast<std::size_t>(what));
}
std::optional<NoticeClass> parse_notice_class(std::string_view name) {
    return word_of<NoticeClass>(class_names, name);
}

bool is_escalating(NoticeClass what) {
    return what == NoticeClass::overdue || what == NoticeClass::ordered ||
           what == NoticeClass::instructed || what == NoticeClass::escalated;
}

}  // namespace zt::views
