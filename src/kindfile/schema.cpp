// JSON Schema out of the shapes. An editor with YAML support uses it for completion; the program
// itself is stricter.

#include "base/json.hpp"
#include "kindfile/map_file.hpp"
#include "kindfile/reference.hpp"
#include "kindfile/shape.hpp"

#include <algorithm>
#include <set>

namespace zt::kindfile {

namespace {

Json typed(std::string_view type) { return Json::object().set("type", type); }
Json refer_to(std::string_view name) {
    return Json::object().set("$ref", "#/$defs/" + std::string(name));
}
Json either(Json one, Json other) {
    return Json::object().set("anyOf", Json::array().push(std::move(one)).push(std::move(other)));
}
Json map_of(Json value) { return typed("object").set("additionalProperties", std::move(value)); }
Json list_of(Json value) { return typed("array").set("items", std::move(value)); }
Json patterned(std::string_view pattern) { return typed("string").set("pattern", pattern); }

/// A single value: YAML readers make numbers and booleans of some.
Json single() {
    return Json::object().set("type", Json::array().push("string").push("number").push("boolean"));
}

Json one_of(std::string_view options) {
    Json all = Json::array();
    for (const std::string& option : options_of(options)) {
        all.push(option);
    }
    return Json::object().set("enum", std::move(all));
}

Json verb_names() {
    Json all = Json::array();
    for (const VerbRow& row : verb_rows()) {
        all.push(row.name);
    }
    return Json::object().set("enum", std::move(all));
}

constexpr std::string_view length_pattern = "^[0-9]+(h|sh|min|smin|wd|d|mo)$";

class Schema {
  public:
    std::string write(const Shape& shape, std::string_view address) {
        add_common();
        Json root = object_of(shape);
        root.set("$schema", "https://json-schema.org/draft/2020-12/schema")
            .set("$id", address)
            .set("title", shape.help);
        root.set("$defs", defs_);
        return to_pretty(root) + "\n";
    }

  private:
    void add_common() {
        const Json text = typed("string");
        defs_ = Json::object();
        defs_.set(
            "title",
            typed("object")
                .set("additionalProperties", false)
                .set("properties", Json::object().set("zh", text).set("en", text))
                .set("required", Json::array().push("zh").push("en"))
        );
        defs_.set("length", patterned(length_pattern));
        defs_.set("length_rule", either(refer_to("length"), typed("object")));
        defs_.set("verb", verb_names());
        // Within flow lists the comma of `word(a,b)` splits the text; the reader joins it again.
        defs_.set("word", typed("string"));
    }

    Json object_of(const Shape& shape) {
        Json properties = Json::object();
        Json required = Json::array();
        for (const KeyRow& row : shape.keys) {
            Json value = value_of(row);
            value.set("description", row.help);
            properties.set(std::string(row.name), std::move(value));
            if (row.need == Need::required) {
                required.push(row.name);
            }
        }
        Json object = typed("object")
                          .set("additionalProperties", false)
                          .set("properties", std::move(properties));
        return required.as_array().empty() ? object : object.set("required", std::move(required));
    }

    /// A shape is written once and referred to: some contain themselves.
    Json part_of(const Shape& shape) {
        std::string name(shape.name);
        std::ranges::replace(name, ' ', '_');
        if (done_.insert(name).second) {
            defs_.set(name, object_of(shape));
        }
        return refer_to(name);
    }

    Json value_of(const KeyRow& row) {
        switch (row.form) {
        case Form::text:
        case Form::name: return single();
        case Form::title: return refer_to("title");
        case Form::note: return either(refer_to("title"), typed("string"));
        case Form::flag:
            return Json::object().set(
                "enum", Json::array().push("yes").push("no").push(true).push(false)
            );
        case Form::integer: return typed("integer");
        case Form::decimal: return single();
        case Form::date: return patterned("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        case Form::length: return refer_to("length");
        case Form::length_rule: return refer_to("length_rule");
        case Form::word: return refer_to("word");
        case Form::words: return either(refer_to("word"), list_of(refer_to("word")));
        case Form::names: return either(single(), list_of(single()));
        case Form::verb: return refer_to("verb");
        case Form::verbs: return either(refer_to("verb"), list_of(refer_to("verb")));
        case Form::option: return one_of(row.options);
        case Form::options: return either(one_of(row.options), list_of(one_of(row.options)));
        case Form::texts: return list_of(single());
        case Form::targets: return either(typed("string"), map_of(typed("string")));
        case Form::text_map: return map_of(single());
        case Form::titles: return map_of(refer_to("title"));
        case Form::lists: return map_of(map_of(refer_to("title")));
        case Form::part: return part_of(*row.shape);
        case Form::part_or_text: return either(typed("string"), part_of(*row.shape));
        case Form::parts: return map_of(part_of(*row.shape));
        case Form::parts_or_texts: return map_of(either(typed("string"), part_of(*row.shape)));
        case Form::rows: return list_of(part_of(*row.shape));
        }
        return Json::object();
    }

    Json defs_;
    std::set<std::string> done_;
};

}  // namespace

std::string kind_schema() { return Schema().write(kind_shape(), "kind.schema.json"); }
std::string pack_schema() { return Schema().write(pack_shape(), "pack.schema.json"); }
std::string place_schema() { return Schema().write(place_shape(), "place.schema.json"); }
std::string score_schema() { return Schema().write(score_shape(), "score.schema.json"); }
std::string map_schema() { return Schema().write(map_shape(), "map.schema.json"); }

}  // namespace zt::kindfile
