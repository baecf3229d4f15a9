// What a GeoReport client posted, as a hand-in.

#include "base/text.hpp"
#include "http/pages/georeport.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace zt::http::pages {

namespace {

constexpr std::size_t description_characters_max = 4000;  // GeoReport v2, POST Service Request
constexpr std::size_t title_characters_max = 60;
constexpr std::size_t place_characters_max = 400;

/// Parameters that may come and are looked at elsewhere or, for the last two, kept nowhere: they
/// tell a device or an account, and nothing here is asked of either.
constexpr std::array<std::string_view, 5> looked_at_elsewhere{
    "service_code", "jurisdiction_id", "api_key", "device_id", "account_id"
};

struct Sent {
    std::string latitude, longitude, address_string, address_id;
    std::string email, phone, first_name, last_name, description, media_url;
    /// Code and values, in order of first coming.
    std::vector<std::pair<std::string, std::vector<std::string>>> attributes;
};

std::string* parameter(Sent& sent, std::string_view name) {
    const std::array<std::pair<std::string_view, std::string*>, 10> all{{
        {"lat", &sent.latitude},
        {"long", &sent.longitude},
        {"address_string", &sent.address_string},
        {"address_id", &sent.address_id},
        {"email", &sent.email},
        {"phone", &sent.phone},
        {"first_name", &sent.first_name},
        {"last_name", &sent.last_name},
        {"description", &sent.description},
        {"media_url", &sent.media_url},
    }};
    const auto found =
        std::ranges::find(all, name, &std::pair<std::string_view, std::string*>::first);
    return found == all.end() ? nullptr : found->second;
}

/// The code of "attribute[code]" or "attribute[code][]"; empty for another name.
std::string attribute_code(std::string_view name) {
    constexpr std::string_view before = "attribute[";
    if (name.ends_with("[]")) {
        name.remove_suffix(2);
    }
    if (!name.starts_with(before) || !name.ends_with(']')) {
        return {};
    }
    return std::string(name.substr(before.size(), name.size() - before.size() - 1));
}

void add_attribute(Sent& sent, const std::string& code, std::string value) {
    auto found =
        std::ranges::find_if(sent.attributes, [&](const auto& one) { return one.first == code; });
    if (found == sent.attributes.end()) {
        sent.attributes.emplace_back(code, std::vector<std::string>{});
        found = std::prev(sent.attributes.end());
    }
    found->second.push_back(std::move(value));
}

Result<Sent> sorted(const Pairs& pairs) {
    Sent sent;
    for (const auto& [name, raw] : pairs) {
        std::string value(trim(raw));
        const std::string code = attribute_code(name);
        std::string* known = parameter(sent, name);
        if (known == nullptr && code.empty() &&
            std::ranges::find(looked_at_elsewhere, name) == looked_at_elsewhere.end()) {
            return fail(Errc::unknown_field, "there is no parameter '" + name + "'", "/" + name);
        }
        if (value.empty()) {
            continue;
        }
        if (known != nullptr) {
            *known = std::move(value);
        } else if (!code.empty()) {
            add_attribute(sent, code, std::move(value));
        }
    }
    return sent;
}

Result<void> check_coordinate(const std::string& text, double limit, std::string_view name) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    // Written so that what is no number fails too.
    const bool is_fine =
        read.ec == std::errc{} && read.ptr == end && value >= -limit && value <= limit;
    if (!is_fine) {
        return fail(
            Errc::bad_field,
            "'" + text + "' is no coordinate in degrees (WGS 84)",
            "/" + std::string(name)
        );
    }
    return {};
}

/// The specification asks for one way to say where: coordinates, address_string or address_id.
Result<std::string> place_of(const Sent& sent) {
    if (sent.latitude.empty() != sent.longitude.empty()) {
        return fail(Errc::missing_field, "lat and long go together", "/lat");
    }
    std::vector<std::string> parts;
    for (const auto& part : {sent.address_string, sent.address_id}) {
        if (count_characters(part) > place_characters_max) {
            return fail(Errc::bad_field, "at most 400 characters", "/address_string");
        }
        if (!part.empty()) {
            parts.push_back(part);
        }
    }
    if (!sent.latitude.empty()) {
        constexpr double lat_max = 90, long_max = 180;
        TRY_VOID(check_coordinate(sent.latitude, lat_max, "lat"));
        TRY_VOID(check_coordinate(sent.longitude, long_max, "long"));
        parts.push_back(sent.latitude + ", " + sent.longitude);
    }
    if (parts.empty()) {
        return fail(
            Errc::missing_field,
            "lat and long, address_string or address_id is needed",
            "/address_string"
        );
    }
    return join(parts, "; ");
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char one) {
        return static_cast<unsigned char>(one) < 0x80;
    });
}

std::string name_of_sender(const Sent& sent) {
    if (sent.first_name.empty() || sent.last_name.empty()) {
        return sent.first_name + sent.last_name;
    }
    // A Chinese name begins with the family's.
    const bool is_western = is_ascii(sent.first_name) && is_ascii(sent.last_name);
    return is_western ? sent.first_name + " " + sent.last_name : sent.last_name + sent.first_name;
}

/// The first sentence, no longer than a title may be.
std::string title_from(const std::string& description) {
    std::size_t end = description.size();
    for (const std::string_view mark : {"\n", "。", "！", "？", ". ", "! ", "? "}) {
        end = std::min(end, description.find(mark));
    }
    return first_characters(trim(description.substr(0, end)), title_characters_max);
}

Result<void> put_attributes(Json& fields, const GeoKind& one, const Sent& sent) {
    const auto definition = geo_definition(one, {}, "zh");
    for (const auto& [code, values] : sent.attributes) {
        const auto found = std::ranges::find(definition.attributes, code, &api::GeoAttribute::code);
        const std::string at = "/attribute[" + code + "]";
        if (found == definition.attributes.end()) {
            return fail(Errc::unknown_field, "the service has no such attribute", at);
        }
        if (found->datatype == "multivaluelist") {
            fields.set(code, join(values, ","));
        } else if (values.size() == 1) {
            fields.set(code, values.front());
        } else {
            return fail(Errc::bad_field, "one value is expected", at);
        }
    }
    for (const auto& attribute : definition.attributes) {
        if (attribute.required && fields.find(attribute.code) == nullptr) {
            return fail(
                Errc::missing_field, "the service asks for it", "/attribute[" + attribute.code + "]"
            );
        }
    }
    return {};
}

void put_sender(Json& fields, const Sent& sent) {
    const std::string name = name_of_sender(sent);
    std::vector<std::string> contacts;
    for (const auto& one : {sent.phone, sent.email}) {
        if (!one.empty()) {
            contacts.push_back(one);
        }
    }
    if (!name.empty()) {
        fields.set("for", name);
    }
    if (!contacts.empty()) {
        fields.set("contact", join(contacts, "; "));
    }
}

/// Where the service keeps one, the point itself beside the line in the text.
void put_point(Json& fields, const GeoKind& one, const Sent& sent) {
    for (const auto& field : one.form.fields) {
        if (field.type == name_of(FieldType::point) && !sent.latitude.empty()) {
            fields.set(field.name, sent.latitude + "," + sent.longitude);
        }
    }
}

}  // namespace

Result<api::HandIn>
geo_hand_in(const GeoKind& one, const Pairs& pairs, const kindfile::Texts& office_words) {
    TRY(const Sent sent, sorted(pairs));
    if (!sent.media_url.empty()) {
        // What stands behind a foreign address may change or vanish, and whoever opens it is seen
        // by its owner; dropping it unsaid would let the sender believe that it arrived.
        return fail(
            Errc::bad_field, "pictures elsewhere are not taken; send it without", "/media_url"
        );
    }
    if (count_characters(sent.description) > description_characters_max) {
        return fail(Errc::bad_field, "at most 4000 characters", "/description");
    }
    TRY(const std::string place, place_of(sent));
    api::HandIn body;
    body.kind = one.kind->name;
    TRY_VOID(put_attributes(body.fields, one, sent));
    put_sender(body.fields, sent);
    put_point(body.fields, one, sent);
    if (body.fields.find("title") == nullptr) {
        std::string title = title_from(sent.description);
        if (title.empty()) {
            return fail(Errc::missing_field, "say what it is about", "/description");
        }
        body.fields.set("title", std::move(title));
    }
    const std::string place_line = office_words.get("open311.place", {{"place", place}});
    body.fields.set(
        "text", sent.description.empty() ? place_line : sent.description + "\n" + place_line
    );
    return body;
}

}  // namespace zt::http::pages
