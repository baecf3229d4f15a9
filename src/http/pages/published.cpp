#include "http/pages/published.hpp"

#include "domain/apply.hpp"
#include "domain/masking.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/matter.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

const Viewer nobody{};

/// The event by which the matter was published last; null when its fields say all.
const Event* last_publication(const std::vector<Event>& events) {
    const auto found = std::ranges::find_if(events.rbegin(), events.rend(), [](const Event& one) {
        return std::ranges::any_of(one.changes, [](const Change& change) {
            const auto* published = std::get_if<Published>(&change);
            return published != nullptr && published->is_published;
        });
    });
    return found == events.rend() ? nullptr : &*found;
}

/// Numbers that nobody confirmed do not go out, whichever way the text was published.
std::string safe(const std::string& text, const Event* publication) {
    std::vector<std::string> may_stand;
    if (publication != nullptr) {
        for (const auto& one : publication->input["public_numbers"].as_array()) {
            may_stand.push_back(one.as_string());
        }
    }
    return is_confirmed(text, may_stand) ? text : masked(text, find_private(text));
}

std::string choice_title(const FieldRule& rule, const std::string& key, std::string_view language) {
    for (const auto& [name, title] : rule.choices) {
        if (name == key) {
            return in_language(title, language);
        }
    }
    return key;
}

std::string value_text(const PublicSubject& subject, const FieldRule& rule, const Json& value) {
    if (rule.type == FieldType::area) {
        const Directory& directory = *subject.context.directory;
        const Area* area = directory.area(public_area(AreaId{value.as_int()}, directory));
        return area == nullptr ? "" : area->name;
    }
    if (rule.type == FieldType::org) {
        return org_name(OrgId{value.as_int()}, *subject.context.directory);
    }
    if (value.is_string()) {
        return choice_title(rule, value.as_string(), subject.language);
    }
    return value.is_int() ? std::to_string(value.as_int()) : "";
}

std::string category_title(const PublicSubject& subject, const Kind& kind) {
    const std::string& key = subject.state.category;
    const auto found = std::ranges::find(kind.categories, key, &Category::key);
    return found == kind.categories.end() ? key : in_language(found->title, subject.language);
}

/// Names of the published group that are there and shown.
std::vector<std::string> shown_names(const PublicSubject& subject) {
    std::vector<std::string> names;
    for (auto& one : visible_fields(subject.state, nobody, subject.context)) {
        if (one.group == FieldGroup::published && one.shown == Shown::shown &&
            !subject.state.field(one.name).is_null()) {
            names.push_back(std::move(one.name));
        }
    }
    return names;
}

void put_fields(
    api::PublishedPage& page,
    const PublicSubject& subject,
    const Kind& kind,
    const Event* publication
) {
    for (const auto& name : shown_names(subject)) {
        const FieldRule* rule = kind.field(name);
        const Json& value = subject.state.field(name);
        if (rule == nullptr || rule->is_personal || name == "category") {
            continue;
        }
        const std::string text = safe(value_text(subject, *rule, value), publication);
        if (name == "area") {
            const Directory& directory = *subject.context.directory;
            if (const Area* area = directory.area(public_area(AreaId{value.as_int()}, directory))) {
                page.line.area = api::Reference{area->id.value, area->name};
            }
        } else if (name == "public_title" || (name == "title" && page.line.title.empty())) {
            page.line.title = text;
        } else if (name == "public_text") {
            page.line.text = text;
        } else if (!text.empty()) {
            page.fields.push_back({name, in_language(rule->title, subject.language), text});
        }
    }
    if (page.line.text.empty() && publication != nullptr) {
        page.line.text = safe(publication->input["public_text"].as_string(), publication);
    }
    if (page.line.title.empty()) {
        page.line.title = page.line.kind_title;
    }
}

std::vector<api::PublicStep> steps_of(const PublicSubject& subject, const Kind& kind) {
    const auto offset = subject.context.calendar->offset;
    std::vector<api::PublicStep> steps;
    State before;
    for (const auto& event : subject.events) {
        const std::string stage = before.stage;
        const bool was_published = before.is_published;
        apply(before, event);
        const Date day = office_date(event.at, offset);
        if (before.stage != stage) {
            steps.push_back({day, public_stage_title(&kind, before.stage, subject.language)});
        }
        if (before.is_published && !was_published) {
            const VerbRow& verb = row_of(Verb::publish);
            steps.push_back({day, std::string(subject.language == "en" ? verb.event : verb.zh)});
        }
    }
    return steps;
}

}  // namespace

AreaId public_area(AreaId area, const Directory& directory) {
    constexpr int levels_max = 8;
    const Area* found = directory.area(area);
    for (int i = 0; i < levels_max && found != nullptr && found->level > Level::township; ++i) {
        found = directory.area(found->parent);
    }
    return found == nullptr ? AreaId{} : found->id;
}

std::optional<api::PublishedPage> published_page(const PublicSubject& subject) {
    const State& state = subject.state;
    const auto is_shown = [&](FieldGroup group) {
        return shown(group, state, nobody, subject.context) == Shown::shown;
    };
    const Kind* kind = subject.context.kinds->version(state.kind, state.kind_version);
    if (kind == nullptr || !is_shown(FieldGroup::place) || !is_shown(FieldGroup::published)) {
        return std::nullopt;
    }
    const auto offset = subject.context.calendar->offset;
    api::PublishedPage page;
    page.line.number = state.number;
    page.line.kind = state.kind;
    page.line.kind_title = in_language(kind->title, subject.language);
    page.line.category = category_title(subject, *kind);
    page.line.office = org_name(state.office, *subject.context.directory);
    page.line.is_record = state.is_record;
    page.line.stage_title = public_stage_title(kind, state.stage, subject.language);
    page.line.is_closed = state.counts != Counts::open;
    page.line.registered = office_date(state.registered, offset);
    if (state.past.closed && page.line.is_closed) {
        page.line.closed = office_date(*state.past.closed, offset);
    }
    put_fields(page, subject, *kind, last_publication(subject.events));
    page.steps = steps_of(subject, *kind);
    return page;
}

}  // namespace zt::http::pages
