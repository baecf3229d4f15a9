// The shape of a command: which fields it may carry, of what type, and where they go.

#include "base/geo.hpp"
#include "base/text.hpp"
#include "domain/impl/frame.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

Error bad(const std::string& name, std::string detail, Errc code = Errc::bad_field) {
    return Error{code, "field '" + name + "': " + std::move(detail), "/fields/" + name};
}

/// A firm is a unit to nobody but its own posts: no work is given to it.
bool is_unit(const Org* org, const Frame& frame) {
    return org != nullptr && (frame.kind->name == "post" || !is_firm(*org));
}

Result<Json> normal_org(const Json& value, const std::string& name, const Frame& frame) {
    if (value.is_int()) {
        if (!is_unit(frame.directory().org(OrgId{value.as_int()}), frame)) {
            return std::unexpected(
                bad(name, "no org has id " + std::to_string(value.as_int()), Errc::unknown_org)
            );
        }
        return value;
    }
    const Org* org = frame.directory().find_org(value.as_string(), frame.day());
    if (!is_unit(org, frame)) {
        return std::unexpected(
            bad(name,
                "no org is called '" + value.as_string() + "' on " + to_string(frame.day()),
                Errc::unknown_org)
        );
    }
    return Json(org->id.value);
}

Result<Json> normal_list(const Json& value, const std::string& name, const Frame& frame) {
    Json out = Json::array();
    if (value.is_array()) {
        for (const auto& one : value.as_array()) {
            TRY(auto id, normal_org(one, name, frame));
            out.push(std::move(id));
        }
        return out;
    }
    if (value.is_int()) {
        out.push(value);
        return out;
    }
    for (const auto& one : split(value.as_string(), ',')) {
        TRY(auto id, normal_org(Json(one), name, frame));
        out.push(std::move(id));
    }
    return out;
}

Result<Json> normal_texts(const Json& value, const std::string& name) {
    if (value.is_array()) {
        return value;
    }
    if (!value.is_string()) {
        return std::unexpected(bad(name, "a list is expected"));
    }
    Json out = Json::array();
    for (const auto& one : split(value.as_string(), ',')) {
        out.push(one);
    }
    return out;
}

Result<Json> normal_integer(const Json& value, const std::string& name) {
    if (value.is_int()) {
        return value;
    }
    const auto number = parse_int(value.as_string());
    if (!number) {
        return std::unexpected(bad(name, "'" + value.as_string() + "' is not a whole number"));
    }
    return Json(*number);
}

/// By number, or by code: who was registered in the same submit has no number yet.
Result<Json> normal_person(const Json& value, const std::string& name, const Frame& frame) {
    const Person* person = frame.directory().find_person(value.as_string());
    return person != nullptr ? Result<Json>(Json(person->id.value)) : normal_integer(value, name);
}

Result<Json> normal_instant(const Json& value, const std::string& name, const Frame& frame) {
    if (value.is_int()) {
        return value;
    }
    const auto at = parse_instant(value.as_string(), frame.context->calendar->offset);
    if (!at) {
        return std::unexpected(
            bad(name, "'" + value.as_string() + "' is no instant; right would be 2022-08-01T09:00")
        );
    }
    return Json(std::int64_t{at->time_since_epoch().count()});
}

Result<Json> normal_date(const Json& value, const std::string& name) {
    const auto day = parse_date(value.as_string());
    if (!day) {
        return std::unexpected(
            bad(name, "'" + value.as_string() + "' is no date; right would be 2022-08-01")
        );
    }
    return Json(to_string(*day));
}

Result<Json> normal_yes_no(const Json& value, const std::string& name) {
    if (value.is_bool()) {
        return value;
    }
    if (value.as_string() == "yes" || value.as_string() == "no") {
        return Json(value.as_string() == "yes");
    }
    return std::unexpected(bad(name, "yes or no is expected"));
}

Result<Json> normal_area(const Json& value, const std::string& name, const Frame& frame) {
    if (value.is_int()) {
        return value;
    }
    const Area* area = frame.directory().find_area(value.as_string());
    if (area == nullptr) {
        return std::unexpected(bad(name, "no area is called '" + value.as_string() + "'"));
    }
    return Json(area->id.value);
}

Result<Json> normal_text(const Json& value, const std::string& name) {
    if (!value.is_string()) {
        return std::unexpected(bad(name, "a text is expected"));
    }
    if (!is_utf8(value.as_string())) {
        return std::unexpected(bad(name, "the text is not valid UTF-8", Errc::bad_utf8));
    }
    return value;
}

/// One text for one place, so that what is equal compares equal.
Result<Json> normal_point(const Json& value, const std::string& name) {
    const auto point = parse_point(value.as_string());
    return point ? Result<Json>(to_string(*point))
                 : std::unexpected(bad(name, point.error().detail));
}

Result<Json> normal_shape(const Json& value, const std::string& name) {
    const auto shape = parse_shape(value.as_string());
    return shape ? Result<Json>(to_string(*shape))
                 : std::unexpected(bad(name, shape.error().detail));
}

Result<Json> normal_matters(const Json& value, const std::string& name) {
    Json list = value.is_array() ? value : Json::array().push(value);
    for (const auto& one : list.as_array()) {
        if (!one.is_int()) {
            return std::unexpected(bad(name, "no matter has the number '" + one.as_string() + "'"));
        }
    }
    return list;
}

Result<Json>
normal(FieldType type, const Json& value, const std::string& name, const Frame& frame) {
    switch (type) {
    case FieldType::org: return normal_org(value, name, frame);
    case FieldType::orgs: return normal_list(value, name, frame);
    case FieldType::integer:
    case FieldType::money:
    case FieldType::post: return normal_integer(value, name);
    case FieldType::person: return normal_person(value, name, frame);
    case FieldType::date: return normal_date(value, name);
    case FieldType::instant: return normal_instant(value, name, frame);
    case FieldType::yes_no: return normal_yes_no(value, name);
    case FieldType::area: return normal_area(value, name, frame);
    case FieldType::choices:
    case FieldType::list: return normal_texts(value, name);
    case FieldType::matters: return normal_matters(value, name);
    case FieldType::point: return normal_point(value, name);
    case FieldType::shape: return normal_shape(value, name);
    case FieldType::matter:
        if (!value.is_int()) {
            return std::unexpected(bad(name, "no matter has the number '" + value.as_string() + "'")
            );
        }
        return value;
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::phone:
    case FieldType::choice: return normal_text(value, name);
    }
    return value;
}

/// Longest texts when the kind says nothing: a line, and an attachment-free letter.
constexpr std::int64_t line_characters_max = 200;
constexpr std::int64_t text_characters_max = 20'000;

Result<void> check_limits(const FieldRule& rule, const Json& value, const Frame& frame) {
    // Of a shape the points are counted where it is read.
    if (value.is_string() && rule.type != FieldType::shape) {
        const auto count = static_cast<std::int64_t>(count_characters(value.as_string()));
        const bool is_long = rule.type == FieldType::long_text;
        const std::int64_t max = rule.max != 0 ? rule.max
                                 : is_long     ? text_characters_max
                                               : line_characters_max;
        if (!frame.is_import() && (count > max || count < rule.min)) {
            return std::unexpected(
                bad(rule.name,
                    std::to_string(count) + " characters; allowed are " + std::to_string(rule.min) +
                        " to " + std::to_string(max))
            );
        }
    }
    if (value.is_int() && (rule.type == FieldType::integer || rule.type == FieldType::money) &&
        (rule.min != 0 || rule.max != 0) &&
        (value.as_int() < rule.min || value.as_int() > rule.max)) {
        return std::unexpected(
            bad(rule.name,
                std::to_string(value.as_int()) + " is outside " + std::to_string(rule.min) +
                    " to " + std::to_string(rule.max))
        );
    }
    if (rule.type == FieldType::choice && !rule.choices.empty()) {
        const bool is_known = std::ranges::any_of(rule.choices, [&](const auto& choice) {
            return choice.first == value.as_string();
        });
        if (!is_known) {
            return std::unexpected(
                bad(rule.name, "'" + value.as_string() + "' is none of its choices")
            );
        }
    }
    return {};
}

/// The key of the category that is named by key or title.
Result<Json> normal_category(const Json& value, const Frame& frame) {
    if (frame.kind->categories.empty() || value.as_string() == "uncategorised") {
        return value;
    }
    for (const auto& category : frame.kind->categories) {
        if (category.key == value.as_string() || category.title.zh == value.as_string()) {
            return Json(category.key);
        }
    }
    return std::unexpected(
        bad("category",
            "'" + value.as_string() + "' is no category of " + frame.kind->name,
            Errc::unknown_category)
    );
}

/// Names that the row takes, and that imports and reactions may add.
bool is_taken(const Frame& frame, const std::string& name) {
    if (std::ranges::find(frame.row->fields, name, &FieldUse::name) != frame.row->fields.end()) {
        return true;
    }
    // For whom a note is written is said in every kind alike.
    if (name == "visibility" && frame.row->verb == Verb::note) {
        return true;
    }
    const bool is_known = frame.kind->field(name) != nullptr || find_argument(name) != nullptr;
    return is_known && (frame.context->origin != Origin::live || frame.command->is_reaction);
}

Result<void> take_field(Frame& frame, const std::string& name, const Json& value) {
    if (const FieldRule* rule = frame.kind->field(name)) {
        TRY(auto one, normal(rule->type, value, name, frame));
        TRY_VOID(check_limits(*rule, one, frame));
        if (name == "category") {
            TRY(one, normal_category(one, frame));
        }
        frame.fields.set(name, std::move(one));
        return {};
    }
    if (const ArgumentRow* argument = find_argument(name)) {
        TRY(auto one, normal(argument->type, value, name, frame));
        frame.fields.set(name, std::move(one));
        return {};
    }
    if (frame.kind->hand(name) != nullptr) {
        TRY(auto one, normal_list(value, name, frame));
        frame.fields.set(name, std::move(one));
        return {};
    }
    const auto question = std::ranges::find(frame.kind->ratings, name, &RatingQuestion::name);
    if (question == frame.kind->ratings.end()) {
        return std::unexpected(bad(name, "this verb takes no such field", Errc::unknown_field));
    }
    const bool is_known = std::ranges::any_of(question->answers, [&](const auto& answer) {
        return answer.first == value.as_string();
    });
    if (!is_known) {
        return std::unexpected(bad(name, "'" + value.as_string() + "' is none of its answers"));
    }
    frame.fields.set(name, value);
    return {};
}

bool is_empty(const Json& value) {
    return value.is_null() || (value.is_string() && value.as_string().empty()) ||
           (value.is_array() && value.as_array().empty());
}

void seal(Frame& frame, const std::string& name, const Json& value) {
    frame.personal.push_back({name, value.as_string()});
}

void keep_declared(Frame& frame, const FieldRule& rule, const Json& value) {
    if (rule.is_unique) {
        const Json& old = frame.after.field(rule.name);
        if (!old.is_null() && old != value) {
            frame.claims.push_back({frame.kind->name, rule.name, to_canonical(old), true});
        }
        frame.claims.push_back({frame.kind->name, rule.name, to_canonical(value), false});
    }
    if (rule.is_personal && value.is_string()) {
        seal(frame, rule.name, value);
        frame.emit(Sealed{rule.name});
        return;
    }
    if (frame.after.field(rule.name) != value) {
        frame.emit(FieldSet{rule.name, value});
    }
}

}  // namespace

Result<void> check_fields(Frame& frame) {
    for (const auto& [name, value] : frame.command->fields.members()) {
        if (!is_taken(frame, name)) {
            return std::unexpected(bad(
                name,
                "'" + std::string(row_of(frame.command->verb).name) + "' takes no such field here",
                Errc::unknown_field
            ));
        }
        if (!is_empty(value)) {
            TRY_VOID(take_field(frame, name, value));
        }
    }
    for (const auto& use : frame.row->fields) {
        if (frame.fields.find(use.name) != nullptr) {
            continue;
        }
        if (use.preset) {
            TRY_VOID(take_field(frame, use.name, Json(*use.preset)));
        } else if (use.is_required && frame.is_import()) {
            if (std::ranges::find(frame.irregular, "not_in_source") == frame.irregular.end()) {
                frame.irregular.emplace_back("not_in_source");
            }
        } else if (use.is_required) {
            return std::unexpected(bad(use.name, "is missing", Errc::missing_field));
        }
    }
    return {};
}

void keep_fields(Frame& frame) {
    for (const auto& [name, value] : frame.fields.members()) {
        if (const FieldRule* rule = frame.kind->field(name)) {
            keep_declared(frame, *rule, value);
            continue;
        }
        const ArgumentRow* argument = find_argument(name);
        // Names of parties are sealed with the party that they make.
        const bool is_party = name == "for" || name == "contact" || name == "cosigners";
        if (argument != nullptr && argument->is_personal) {
            if (!is_party) {
                seal(frame, name, value);
            }
        } else if (frame.kind->hand(name) == nullptr) {
            frame.input.set(name, value);
        }
    }
}

}  // namespace zt
