#include "domain/event.hpp"

#include <array>
#include <unordered_map>

namespace zt {

namespace {

constexpr std::size_t usual_payload_bytes = 1024, usual_envelope_bytes = 384;

/// Members of a canonical object, given in the order of their names.
class ObjectText {
  public:
    explicit ObjectText(std::string& out) : out_(out) { out_ += '{'; }

    ObjectText& name(std::string_view key) {
        out_ += is_first_ ? "\"" : ",\"";
        is_first_ = false;
        out_ += key;
        out_ += "\":";
        return *this;
    }
    ObjectText& text(std::string_view key, std::string_view value) {
        name(key);
        append_canonical(out_, value);
        return *this;
    }
    ObjectText& number(std::string_view key, std::int64_t value) {
        name(key);
        append_canonical(out_, value);
        return *this;
    }
    ObjectText& number_unless_0(std::string_view key, std::int64_t value) {
        return value == 0 ? *this : number(key, value);
    }
    void close() { out_ += '}'; }

  private:
    std::string& out_;
    bool is_first_ = true;
};

std::string_view name_of(ActorKind kind) {
    switch (kind) {
    case ActorKind::system: return "system";
    case ActorKind::post: return "post";
    case ActorKind::party: return "party";
    }
    return {};
}

void append_actor(std::string& out, const Actor& actor) {
    ObjectText object(out);
    object.text("by", name_of(actor.kind)).number_unless_0("for", actor.on_behalf.value);
    object.number_unless_0("party", actor.party).number_unless_0("person", actor.person.value);
    object.number_unless_0("post", actor.post.value).close();
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
    std::string out;
    out.reserve(usual_payload_bytes);
    ObjectText object(out);
    if (!event.commitments.empty()) {
        object.name("c");
        char before = '[';
        for (const auto& one : event.commitments) {
            out += before;
            out += '[';
            append_canonical(out, std::string_view(one.name));
            out += ',';
            append_canonical(out, std::string_view(one.value));
            out += ']';
            before = ',';
        }
        out += ']';
    }
    if (!event.changes.empty()) {
        object.name("do");
        char before = '[';
        for (const auto& one : event.changes) {
            out += before;
            append_change(out, one);
            before = ',';
        }
        out += ']';
    }
    if (!event.input.members().empty()) {
        object.name("in");
        append_canonical(out, event.input);
    }
    object.close();
    return out;
}

std::string envelope_text(const Event& event) {
    std::string out;
    out.reserve(usual_envelope_bytes);
    ObjectText object(out);
    object.name("actor");
    append_actor(out, event.actor);
    object.number("at", event.at.time_since_epoch().count());
    object.number_unless_0("cause", event.cause);
    if (event.key) {
        object.text("key", to_string(event.key));
    }
    object.number("kind", event.kind_version);
    if (const Json marks = marks_json(event.marks); !marks.as_array().empty()) {
        object.name("marks");
        append_canonical(out, marks);
    }
    object.number("matter", event.matter.value).text("origin", zt::name_of(event.origin));
    object.text("pack", event.pack);
    if (event.key) {
        object.number("part", event.key_part);
    }
    object.number("recorded", event.recorded.time_since_epoch().count());
    object.number("seq", event.seq).text("tenant", event.tenant);
    object.text("type", row_of(event.verb).event).number("v", event.type_version);
    object.number("version", event.version).close();
    return out;
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

namespace {

/// The members of an object, asked for in the order in which canonical text has them.
class SortedMembers {
  public:
    explicit SortedMembers(const Json& object) : members_(object.members()) {}

    /// Null when there is none of that name. in: a name behind the one asked for before.
    const Json& operator()(std::string_view name) {
        static const Json none;
        while (next_ < members_.size() && members_[next_].first < name) {
            ++next_;
        }
        const bool is_there = next_ < members_.size() && members_[next_].first == name;
        return is_there ? members_[next_].second : none;
    }

  private:
    const JsonMembers& members_;
    std::size_t next_ = 0;
};

const std::unordered_map<std::string_view, Verb>& verbs_by_event() {
    static const auto verbs = [] {
        std::unordered_map<std::string_view, Verb> all;
        for (const auto& row : verb_rows()) {
            all.emplace(row.event, row.verb);
        }
        return all;
    }();
    return verbs;
}

}  // namespace

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
    SortedMembers take(json);
    event.actor = actor_from(take("actor"));
    event.at = UtcMs{Millis{take("at").as_int()}};
    event.cause = take("cause").as_int();
    if (const Json& key = take("key"); key.is_string()) {
        TRY(event.key, parse_uuid(key.as_string()));
    }
    event.kind_version = static_cast<std::uint32_t>(take("kind").as_int());
    event.marks = marks_from(take("marks"));
    event.matter.value = take("matter").as_int();
    const std::string& origin_name = take("origin").as_string();
    const auto origin = parse_origin(origin_name);
    if (!origin) {
        return fail(Errc::damaged, "unknown origin '" + origin_name + "'");
    }
    event.origin = *origin;
    event.pack = take("pack").as_string();
    event.key_part = static_cast<std::int32_t>(take("part").as_int());
    event.recorded = UtcMs{Millis{take("recorded").as_int()}};
    event.seq = take("seq").as_int();
    event.tenant = take("tenant").as_string();
    const std::string& type = take("type").as_string();
    event.type_version = static_cast<std::uint8_t>(take("v").as_int());
    event.version = take("version").as_int();
    const auto verb = verbs_by_event().find(type);
    if (verb == verbs_by_event().end()) {
        return fail(Errc::damaged, "unknown event type '" + type + "'");
    }
    event.verb = verb->second;
    return {};
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
