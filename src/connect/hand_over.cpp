#include "connect/hand_over.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::connect {

namespace {

constexpr std::string_view message_format = "zhitong-hand-over-1";
constexpr std::string_view receipt_format = "zhitong-receipt-1";
/// Between the places of a path; no code of a place and no number holds it.
constexpr std::string_view hop_mark = " > ";

Result<Json> read_object(std::string_view text, std::string_view format) {
    if (text.size() > hand_over_bytes_max) {
        return fail(Errc::bad_value, "longer than anything that is handed over");
    }
    TRY(auto json, parse_canonical(text));
    if (json["format"].as_string() != format) {
        return fail(Errc::bad_value, "it is no " + std::string(format), "/format");
    }
    return json;
}

std::optional<Protection> known_protection(const std::string& name) {
    const auto found = parse_protection(name);
    return found == Protection::none ? std::nullopt : found;
}

void set_if_any(Json& fields, const char* name, const std::string& value) {
    if (!value.empty()) {
        fields.set(name, value);
    }
}

bool has_choice(const Kind& kind, std::string_view field, const std::string& value) {
    const FieldRule* rule = kind.field(field);
    return rule != nullptr && std::ranges::any_of(rule->choices, [&](const auto& choice) {
               return choice.first == value;
           });
}

}  // namespace

std::string origin_text(const std::vector<std::string>& path) { return join(path, hop_mark); }

std::vector<std::string> origin_path(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find(hop_mark);
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + hop_mark.size());
    }
    return out;
}

std::string to_text(const HandOver& message) {
    Json json = Json::object();
    JsonArray path;
    for (const std::string& hop : message.path) {
        path.emplace_back(hop);
    }
    json.set("format", message_format)
        .set("effect", to_string(message.effect))
        .set("tenant", message.tenant)
        .set("path", Json(std::move(path)))
        .set("kind", message.kind)
        .set("at", message.at.time_since_epoch().count())
        .set("title", message.title)
        .set("text", message.text)
        .set("reason", message.reason)
        .set("name", message.name)
        .set("contact", message.contact)
        .set("purpose", message.purpose)
        .set("category", message.category)
        .set("protection", message.protection)
        .set("hidden", message.is_hidden);
    return to_canonical(json);
}

std::string to_text(const Receipt& receipt) {
    Json json = Json::object();
    json.set("format", receipt_format)
        .set("effect", to_string(receipt.effect))
        .set("tenant", receipt.tenant)
        .set("number", receipt.number);
    return to_canonical(json);
}

Result<HandOver> read_hand_over(std::string_view text) {
    TRY(const Json json, read_object(text, message_format));
    HandOver out;
    TRY(out.effect, views::parse_effect_id(json["effect"].as_string()));
    for (const Json& hop : json["path"].as_array()) {
        out.path.push_back(hop.as_string());
    }
    if (out.path.empty() || out.path.size() > hops_max) {
        return fail(Errc::bad_value, "it came by no place, or goes round", "/path");
    }
    out.tenant = json["tenant"].as_string();
    out.kind = json["kind"].as_string();
    out.at = UtcMs{Millis{json["at"].as_int()}};
    out.title = json["title"].as_string();
    out.text = json["text"].as_string();
    out.reason = json["reason"].as_string();
    out.name = json["name"].as_string();
    out.contact = json["contact"].as_string();
    out.purpose = json["purpose"].as_string();
    out.category = json["category"].as_string();
    out.protection = json["protection"].as_string();
    out.is_hidden = json["hidden"].as_bool();
    if (out.tenant.empty() || out.kind.empty() || out.title.empty()) {
        return fail(Errc::bad_value, "tenant, kind and title are needed", "/tenant");
    }
    return out;
}

Result<Receipt> read_receipt(std::string_view text) {
    TRY(const Json json, read_object(text, receipt_format));
    Receipt out;
    TRY(out.effect, views::parse_effect_id(json["effect"].as_string()));
    out.tenant = json["tenant"].as_string();
    out.number = json["number"].as_string();
    if (out.tenant.empty() || out.number.empty()) {
        return fail(Errc::bad_value, "tenant and number are needed", "/number");
    }
    return out;
}

Result<Submit> submit_of(const HandOver& message, const Kind& kind) {
    if (kind.field("handed_from") == nullptr) {
        return fail(Errc::bad_value, "this kind takes nothing that is handed over", "/kind");
    }
    Submit out;
    out.credential = "hand_over:" + message.tenant;
    out.key = uuid7_from_text(message.at, message.tenant + " " + to_string(message.effect));
    Command command;
    command.verb = Verb::register_;
    command.kind = kind.name;
    Json& fields = command.fields;
    fields.set("title", message.title).set("handed_from", origin_text(message.path));
    std::vector<std::string> texts;
    for (const std::string* const text : {&message.text, &message.reason}) {
        if (!text->empty()) {
            texts.push_back(*text);
        }
    }
    set_if_any(fields, "text", join(texts, "\n\n"));
    set_if_any(fields, "for", message.name);
    set_if_any(fields, "contact", message.contact);
    if (has_choice(kind, "purpose", message.purpose)) {
        fields.set("purpose", message.purpose);
    }
    // Categories are a place's own; one that is not known here is left to the clerk.
    const bool is_category = std::ranges::any_of(kind.categories, [&](const Category& category) {
        return category.key == message.category;
    });
    if (is_category) {
        fields.set("category", message.category);
    }
    if (const auto protection = known_protection(message.protection)) {
        fields.set("protection", name_of(*protection));
    }
    if (message.is_hidden) {
        fields.set("hide_name", true);
    }
    out.commands.push_back(std::move(command));
    return out;
}

Submit submit_of(const Receipt& receipt, MatterId matter, UtcMs handed_over) {
    Submit out;
    out.credential = "receipt:" + receipt.tenant;
    out.key = uuid7_from_text(handed_over, receipt.tenant + " " + to_string(receipt.effect));
    Command command;
    command.verb = Verb::note;
    command.matter = matter;
    command.fields.set("receipt", receipt.tenant + " " + receipt.number);
    out.commands.push_back(std::move(command));
    return out;
}

}  // namespace zt::connect
