#include "http/pages/georeport.hpp"

#include "base/text.hpp"
#include "domain/vocabulary.hpp"
#include "http/pages/forms.hpp"

#include <algorithm>
#include <array>

namespace zt::http::pages {

namespace {

/// Fields that have parameters of their own (description, names, phone and email), and the way in,
/// which is this one.
constexpr std::array<std::string_view, 4> spoken_otherwise{"text", "for", "contact", "channel"};

FieldType type_of(const Kind& kind, const std::string& name) {
    if (const FieldRule* rule = kind.field(name)) {
        return rule->type;
    }
    const ArgumentRow* argument = find_argument(name);
    return argument == nullptr ? FieldType::text : argument->type;
}

/// Records and people have numbers that nobody outside knows; a point is lat and long.
bool is_sayable(FieldType type) {
    return type != FieldType::matter && type != FieldType::matters && type != FieldType::person &&
           type != FieldType::post && type != FieldType::point && type != FieldType::shape;
}

bool is_category(const Kind& kind, const std::string& name) {
    return name == "category" && !kind.categories.empty();
}

std::string_view datatype_of(const Kind& kind, const std::string& name) {
    if (is_category(kind, name)) {
        return "singlevaluelist";
    }
    switch (type_of(kind, name)) {
    case FieldType::long_text: return "text";
    case FieldType::integer:
    case FieldType::money: return "number";
    case FieldType::date:
    case FieldType::instant: return "datetime";
    case FieldType::yes_no:
    case FieldType::choice: return "singlevaluelist";
    case FieldType::choices: return "multivaluelist";
    case FieldType::text:
    case FieldType::org:
    case FieldType::orgs:
    case FieldType::post:
    case FieldType::person:
    case FieldType::area:
    case FieldType::matter:
    case FieldType::matters:
    case FieldType::phone:
    case FieldType::list:
    case FieldType::point:
    case FieldType::shape: return "string";
    }
    return "string";
}

std::vector<api::GeoValue> values_of(
    const Kind& kind,
    const api::Field& field,
    const kindfile::Texts& texts,
    std::string_view language
) {
    std::vector<api::GeoValue> values;
    if (is_category(kind, field.name)) {
        for (const auto& one : kind.categories) {
            values.push_back({one.key, in_language(one.title, language)});
        }
    } else if (type_of(kind, field.name) == FieldType::yes_no) {
        values = {{"yes", texts.get("open311.answer_yes")}, {"no", texts.get("open311.answer_no")}};
    } else {
        for (const auto& choice : field.choices) {
            values.push_back({choice.name, choice.title});
        }
    }
    return values;
}

std::vector<api::Field> attributes_of(const GeoKind& one) {
    std::vector<api::Field> attributes;
    for (const auto& field : one.form.fields) {
        if (std::ranges::find(spoken_otherwise, field.name) == spoken_otherwise.end() &&
            is_sayable(type_of(*one.kind, field.name))) {
            attributes.push_back(field);
        }
    }
    return attributes;
}

/// The title is made from the description where none is given; what has a preset may be left out.
bool is_required(const api::Field& field) {
    return field.is_required && !field.preset && field.name != "title";
}

bool takes(const GeoKind& one, std::string_view name) {
    return std::ranges::find(one.form.fields, name, &api::Field::name) != one.form.fields.end();
}

}  // namespace

std::optional<GeoKind> geo_kind(const Kind& kind, std::string_view language) {
    auto forms = beginning_forms(kind, language, is_for_public);
    if (kind.life != Life::matter || !kind.unnamed_allowed || forms.empty()) {
        return std::nullopt;
    }
    GeoKind one{&kind, std::move(forms.front())};
    return takes(one, "text") ? std::optional(std::move(one)) : std::nullopt;
}

api::GeoService geo_service(const GeoKind& one, std::string_view language) {
    api::GeoService service;
    service.service_code = one.kind->name;
    service.service_name = in_language(one.kind->title, language);
    service.description = in_language(one.kind->help, language);
    service.metadata = !attributes_of(one).empty();
    service.type = "realtime";
    std::vector<std::string> words;
    for (const auto& category : one.kind->categories) {
        words.push_back(in_language(category.title, language));
    }
    service.keywords = join(words, ", ");
    return service;
}

api::GeoDefinition
geo_definition(const GeoKind& one, const kindfile::Texts& texts, std::string_view language) {
    api::GeoDefinition definition{one.kind->name, {}};
    for (const auto& field : attributes_of(one)) {
        api::GeoAttribute attribute;
        attribute.code = field.name;
        attribute.datatype = datatype_of(*one.kind, field.name);
        attribute.required = is_required(field);
        attribute.datatype_description = field.help;
        attribute.order = static_cast<std::int64_t>(definition.attributes.size()) + 1;
        attribute.description = field.title;
        attribute.values = values_of(*one.kind, field, texts, language);
        definition.attributes.push_back(std::move(attribute));
    }
    return definition;
}

std::string geo_time(Date day, const OfficeOffset& offset) {
    const auto minutes = offset.value.count();
    const auto size = minutes < 0 ? -minutes : minutes;
    const auto two = [](std::int64_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return to_string(day) + "T00:00:00" + (minutes < 0 ? "-" : "+") + two(size / 60) + ":" +
           two(size % 60);
}

api::GeoRequest geo_request(const api::PublishedPage& page, const OfficeOffset& offset) {
    const auto& line = page.line;
    api::GeoRequest request;
    request.service_request_id = line.number;
    request.status = line.is_closed ? "closed" : "open";
    request.status_notes = line.stage_title;
    request.service_name = line.kind_title;
    request.service_code = line.kind;
    request.description = line.text.empty() ? line.title : line.title + "\n" + line.text;
    constexpr std::size_t description_characters_max = 4000;
    request.description = first_characters(request.description, description_characters_max);
    request.agency_responsible = line.office;
    request.requested_datetime = geo_time(line.registered, offset);
    request.updated_datetime = request.requested_datetime;
    for (const auto& step : page.steps) {
        request.updated_datetime = geo_time(step.day, offset);
        request.notes.push_back({request.updated_datetime, step.title});
    }
    return request;
}

}  // namespace zt::http::pages
