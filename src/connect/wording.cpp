#include "connect/wording.hpp"

namespace zt::connect {

using views::Message;
using views::NoticeClass;

namespace {

/// The day of a due instant, with the minute for clocks that end within a day. 24:00 is shown as
/// the day that it ends.
std::string due_text(UtcMs due, OfficeOffset offset) {
    if (time_of_day(due, offset) == Millis{0}) {
        return to_string(office_date(due - Millis{1}, offset));
    }
    return to_office_string(due, offset);
}

std::string reason_title(const std::string& key, const Speech& speech) {
    if (key.empty()) {
        return {};
    }
    const std::size_t slash = key.find('/');
    const auto& lists = speech.rules->pack.reasons;
    if (const auto list = lists.find(key.substr(0, slash));
        slash != std::string::npos && list != lists.end()) {
        for (const auto& [name, title] : list->second) {
            if (name == std::string_view(key).substr(slash + 1)) {
                return speech.language == views::Language::zh ? title.zh : title.en;
            }
        }
    }
    // Why a deadline moves without anybody's reason: the calendar, or time that was granted.
    return key == "calendar" || key == "granted" ? (*speech.texts)("message.why_" + key)
                                                 : std::string();
}

/// What to say of it, without the number of anything that is protected.
const char* frame_of(const Message& message, bool has_why) {
    if (message.count > 1) {
        return "message.digest";
    }
    if (message.is_neutral) {
        return message.party != 0 ? "message.neutral_party" : "message.neutral_staff";
    }
    switch (message.what) {
    case NoticeClass::deadline_moved:
        if (message.due) {
            return has_why ? "message.moved_why" : "message.moved";
        }
        return has_why ? "message.line_why" : "message.line";
    case NoticeClass::refused: return has_why ? "message.refused_why" : "message.refused";
    case NoticeClass::nearly_due: return "message.nearly_due";
    case NoticeClass::received:
    case NoticeClass::accepted:
    case NoticeClass::assigned:
    case NoticeClass::answered:
    case NoticeClass::closed:
    case NoticeClass::reopened:
    case NoticeClass::overdue:
    case NoticeClass::urged:
    case NoticeClass::ordered:
    case NoticeClass::instructed:
    case NoticeClass::escalated:
    case NoticeClass::other: return "message.line";
    }
    return "message.line";
}

}  // namespace

std::string filled(std::string_view text, const Values& values) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        text.remove_prefix(open);
        bool is_known = false;
        for (const auto& [name, value] : values) {
            if (text.substr(1).starts_with(name) && text.substr(1 + name.size()).starts_with('}')) {
                out += value;
                text.remove_prefix(name.size() + 2);
                is_known = true;
                break;
            }
        }
        if (!is_known) {
            out += '{';
            text.remove_prefix(1);
        }
    }
    return out;
}

Said say(const Message& message, const Speech& speech) {
    const OfficeOffset offset = speech.rules->calendar.offset;
    const TextOf& texts = *speech.texts;
    const std::string why = reason_title(message.why, speech);
    const bool is_sum = message.count > 1;
    Values values{
        {"number", message.number},
        {"date", to_string(office_date(message.at, offset))},
        {"due", message.due ? due_text(*message.due, offset) : std::string()},
        {"why", why},
        {"count", std::to_string(message.count)},
        {"place", std::string(speech.place)}
    };
    if (!message.is_neutral && !is_sum) {
        const Title* own = speech.rules->kinds.text(message.text);
        const std::string text = own == nullptr                           ? texts(message.text)
                                 : speech.language == views::Language::zh ? own->zh
                                                                          : own->en;
        values.emplace_back("text", filled(text, {{"number", message.number}}));
    }
    Said out;
    out.text = filled(texts(frame_of(message, !why.empty())), values);
    out.subject = filled(texts(is_sum ? "message.subject_digest" : "message.subject"), values);
    return out;
}

std::string say(const views::InboxLine& line, const Speech& speech) {
    Message message;
    message.what = line.what;
    message.text = line.text;
    message.number = line.number;
    message.at = line.at;
    message.due = line.due;
    message.why = line.why;
    message.is_neutral = line.is_neutral;
    return say(message, speech).text;
}

}  // namespace zt::connect
