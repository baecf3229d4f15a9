#include "http/pages/stamp.hpp"

#include <algorithm>

namespace zt::http {

namespace {

/// The person's name, opened from their record; the number of the record when it was erased or
/// cannot be opened, since a page without any mark would be worse.
Result<std::string> name_of_person(Looking& looking, PersonId person) {
    std::string number = "#" + std::to_string(person.value);
    const auto events = looking.desk->events(MatterId{person.value});
    if (!events) {
        return events.error().code == Errc::unknown_matter ? Result<std::string>(number)
                                                           : std::unexpected(events.error());
    }
    for (auto event = events->rbegin(); event != events->rend(); ++event) {
        const auto texts = looking.desk->open_texts(*event);
        if (!texts) {
            return number;
        }
        const auto name = std::ranges::find(*texts, "name", &Personal::name);
        if (name != texts->end()) {
            return name->text;
        }
    }
    return number;
}

/// All but letters, digits and some marks by their bytes.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char letter : text) {
        if (plain.find(letter) != std::string_view::npos) {
            out += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    return out;
}

}  // namespace

Result<service::Watermark> watermark_of(Looking& looking, const Call& call) {
    service::Viewer viewer;
    TRY(viewer.person, name_of_person(looking, call.caller.person));
    const Directory& directory = *looking.directory;
    const Post* post = directory.post(call.caller.post);
    if (post != nullptr) {
        viewer.org = pages::org_name(post->org, directory);
        viewer.post = post->title;
    }
    if (const Post* other = directory.post(call.caller.on_behalf)) {
        viewer.post += " → " + other->title;
    }
    return service::watermark_for(viewer, call.now, looking.context.calendar->offset);
}

std::pair<std::string, std::string> stamp(const service::Watermark& mark) {
    return {
        "Zhitong-Watermark", "UTF-8''" + percent_encoded(mark.text) + "; mark=" + mark.short_mark
    };
}

Result<Reply> stamped(Reply reply, Looking& looking, const Call& call) {
    TRY(const auto mark, watermark_of(looking, call));
    reply.headers.push_back(stamp(mark));
    return reply;
}

}  // namespace zt::http
