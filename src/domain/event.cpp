#include "domain/event.hpp"

#include <array>

namespace zt {

namespace {

Json actor_json(const Actor& actor) {
    Json out = Json::object();
    switch (actor.kind) {
    case ActorKind::system: out.set("by", "system"); break;
    case ActorKind::post: out.set("by", "post"); break;
    case ActorKind::party: out.set("by", "party"); break;
    }
    const auto add = [&](const char* name, std::int64_t value) {
        if (value != 0) {
            out.set(name, value);
        }
    };
    add("person", actor.person.value);
    add("post", actor.post.value);
    add("for", actor.on_behalf.value);
    add("party", actor.party);
    return out;
}

Actor actor_from(const Json& json) {
    Actor actor;
    const auto& by = json["by"].as_string();
    actor.kind = by == "post"    ? ActorKind::post
                 : by == "party" ? ActorKind::party
                                 : ActorKind::system;
    actor.person.value = json["person"].as_int();
    actor.post.value = json["post"].as_int();
    actor.on_behalf.value = json["for"].as_int();
    actor.party = static_cast<PartNo>(json["party"].as_int());
    return actor;
}

Json marks_json(const Marks& marks) {
    Json out = Json::array();
    if (marks.is_back_dated) {
        out.push("back_dated");
    }
    if (marks.is_estimated) {
        out.push("estimated");
    }
    for (const auto& code : marks.irregular) {
        out.push("irregular:" + code);
    }
    return out;
}

Marks marks_from(const Json& json) {
    Marks marks;
    for (const auto& one : json.as_array()) {
        const std::string& text = one.as_string();
        if (text == "back_dated") {
            marks.is_back_dated = true;
        } else if (text == "estimated") {
            marks.is_estimated = true;
        } else if (text.starts_with("irregular:")) {
            marks.irregular.push_back(text.substr(10));
        }
    }
    return marks;
}

void append_size(std::string& out, std::size_t size) {
    for (int shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<char>((size >> shift) & 0xff));
    }
}

bool take_piece(std::string_view& in, std::string& out) {
    if (in.size() < 4) {
        return false;
    }
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        size |= static_cast<std::size_t>(static_cast<std::uint8_t>(in[i])) << (8 * i);
    }
    in.remove_prefix(4);
    if (in.size() < size) {
        return false;
    }
    out.assign(in.substr(0, size));
    in.remove_prefix(size);
    return true;
}

std::string_view view_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

std::string payload_text(const Event& event) {
    Json out = Json::object();
    if (!event.commitments.empty()) {
        Json list = Json::array();
        for (const auto& one : event.commitments) {
            Json pair = Json::array();
            pair.push(one.name).push(one.value);
            list.push(std::move(pair));
        }
        out.set("c", std::move(list));
    }
    if (!event.changes.empty()) {
        Json list = Json::array();
        for (const auto& one : event.changes) {
            list.push(to_json(one));
        }
        out.set("do", std::move(list));
    }
    if (!event.input.members().empty()) {
        out.set("in", event.input);
    }
    return to_canonical(out);
}

std::string envelope_text(const Event& event) {
    Json out = Json::object();
    out.set("actor", actor_json(event.actor));
    out.set("at", std::int64_t{event.at.time_since_epoch().count()});
    if (event.cause != 0) {
        out.set("cause", event.cause);
    }
    if (event.key) {
        out.set("key", to_string(event.key));
        out.set("part", event.key_part);
    }
    out.set("kind", static_cast<std::int64_t>(event.kind_version));
    if (const Json marks = marks_json(event.marks); !marks.as_array().empty()) {
        out.set("marks", marks);
    }
    out.set("matter", event.matter.value);
    out.set("origin", name_of(event.origin));
    out.set("pack", event.pack);
    out.set("recorded", std::int64_t{event.recorded.time_since_epoch().count()});
    out.set("seq", event.seq);
    out.set("tenant", event.tenant);
    out.set("type", row_of(event.verb).event);
    out.set("v", event.type_version);
    out.set("version", event.version);
    return to_canonical(out);
}

std::string sealed_text(const Event& event) {
    std::string out;
    for (const auto& part : event.sealed) {
        append_size(out, part.name.size());
        out += part.name;
        append_size(out, part.bytes.size());
        out += part.bytes;
    }
    return out;
}

Result<void> read_payload(Event& event, std::string_view payload) {
    TRY(const Json json, parse_canonical(payload));
    event.changes.clear();
    event.commitments.clear();
    for (const auto& one : json["do"].as_array()) {
        TRY(auto change, change_from_json(one));
        event.changes.push_back(std::move(change));
    }
    for (const auto& one : json["c"].as_array()) {
        if (one.as_array().size() != 2) {
            return fail(Errc::damaged, "a commitment must be a pair of name and value");
        }
        event.commitments.push_back({one.as_array()[0].as_string(), one.as_array()[1].as_string()});
    }
    event.input = json["in"].is_object() ? json["in"] : Json::object();
    return {};
}

Result<void> read_sealed(Event& event, std::string_view sealed) {
    event.sealed.clear();
    while (!sealed.empty()) {
        SealedPart part;
        if (!take_piece(sealed, part.name) || !take_piece(sealed, part.bytes)) {
            return fail(
                Errc::damaged,
                "the sealed parts of event " + std::to_string(event.seq) + " are cut short"
            );
        }
        event.sealed.push_back(std::move(part));
    }
    return {};
}

Result<void> read_envelope(Event& event, std::string_view envelope) {
    TRY(const Json json, parse_canonical(envelope));
    event.actor = actor_from(json["actor"]);
    event.at = UtcMs{Millis{json["at"].as_int()}};
    event.recorded = UtcMs{Millis{json["recorded"].as_int()}};
    event.cause = json["cause"].as_int();
    event.kind_version = static_cast<std::uint32_t>(json["kind"].as_int());
    event.marks = marks_from(json["marks"]);
    event.matter.value = json["matter"].as_int();
    event.pack = json["pack"].as_string();
    event.seq = json["seq"].as_int();
    event.tenant = json["tenant"].as_string();
    event.version = json["version"].as_int();
    event.type_version = static_cast<std::uint8_t>(json["v"].as_int());
    event.key_part = static_cast<std::int32_t>(json["part"].as_int());
    const auto origin = parse_origin(json["origin"].as_string());
    if (!origin) {
        return fail(Errc::damaged, "unknown origin '" + json["origin"].as_string() + "'");
    }
    event.origin = *origin;
    if (const Json* key = json.find("key")) {
        TRY(event.key, parse_uuid(key->as_string()));
    }
    for (const auto& row : verb_rows()) {
        if (row.event == json["type"].as_string()) {
            event.verb = row.verb;
            return {};
        }
    }
    return fail(Errc::damaged, "unknown event type '" + json["type"].as_string() + "'");
}

Hash event_hash(
    HashAlgorithm algorithm,
    const Hash& previous,
    std::string_view envelope,
    std::string_view payload,
    std::string_view sealed
) {
    const char algorithm_byte = static_cast<char>(algorithm);
    const Hash of_envelope = hash_of(algorithm, envelope);
    const Hash of_payload = hash_of(algorithm, payload);
    const Hash of_sealed = hash_of(algorithm, sealed);
    const std::array<std::string_view, 5> parts{
        std::string_view(&algorithm_byte, 1),
        view_of(previous),
        view_of(of_envelope),
        view_of(of_payload),
        view_of(of_sealed)
    };
    return hash_of(algorithm, parts);
}

}  // namespace zt
