#include "http/pages/steps.hpp"

#include "domain/attaching.hpp"
#include "http/pages/forms.hpp"

#include <algorithm>

namespace zt::http::pages {

std::string post_org(PostId id, const Directory& directory) {
    const Post* post = directory.post(id);
    return post == nullptr ? "" : org_name(post->org, directory);
}

std::string title_of_event(const Event& event, const Transition* row, std::string_view language) {
    if (is_attaching(event)) {
        return language == "en" ? "Files" : "附件";
    }
    if (is_disclosing(event)) {
        return language == "en" ? "File disclosed" : "附件放行";
    }
    return row != nullptr ? row_title(*row, language) : verb_title(event.verb, language);
}

std::vector<std::string> judged_above(const Subject& subject) {
    const Directory& directory = *subject.context.directory;
    std::vector<std::string> units;
    for (const Event& event : subject.events) {
        const bool is_judgement = event.verb == Verb::call_back || event.verb == Verb::verify ||
                                  event.verb == Verb::review;
        const Post* post = directory.post(event.actor.post);
        if (!is_judgement || post == nullptr ||
            !stands_above_office(subject.state, post->org, directory)) {
            continue;
        }
        std::string name = org_name(post->org, directory);
        if (std::ranges::find(units, name) == units.end()) {
            units.push_back(std::move(name));
        }
    }
    return units;
}

void for_each_step(
    const Subject& subject, const std::function<void(const Event&, const Transition*)>& visit
) {
    State before;
    for (const auto& event : subject.events) {
        Context then = subject.context;
        then.now = event.recorded;
        visit(event, row_taken(before.version == 0 ? nullptr : &before, event, then));
        apply(before, event);
    }
}

}  // namespace zt::http::pages
