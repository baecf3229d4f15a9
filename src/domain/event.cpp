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

/// Members of an object by name, those that are left out at their defaults. A failure stays in the
/// cursor.
class NamedReader {
  public:
    explicit NamedReader(JsonCursor& in) : in_(in), names_(in) {}

    [[nodiscard]] bool has(std::string_view name) { return names_.has(name); }
    [[nodiscard]] std::int64_t number(std::string_view name) {
        std::int64_t value = 0;
        if (names_.has(name)) {
            ignore(in_.read(value), stays);
        }
        return value;
    }
    /// out: valid until the next call.
    [[nodiscard]] std::string_view text(std::string_view name) {
        std::string_view value;
        if (names_.has(name)) {
            ignore(in_.read(value), stays);
        }
        return value;
    }
    void finish() { names_.finish(); }

  private:
    static constexpr const char* stays = "a failure stays in the cursor";
    JsonCursor& in_;
    JsonNames names_;
};

Actor read_actor(JsonCursor& in) {
    Actor actor;
    NamedReader take(in);
    const std::string_view by = take.text("by");
    actor.kind = by == "post"    ? ActorKind::post
                 : by == "party" ? ActorKind::party
                                 : ActorKind::system;
    actor.on_behalf.value = take.number("for");
    actor.party = static_cast<PartNo>(take.number("party"));
    actor.person.value = take.number("person");
    actor.post.value = take.number("post");
    take.finish();
    return actor;
}

Marks read_marks(JsonCursor& in) {
    constexpr std::string_view irregular = "irregular:";
    Marks marks;
    JsonElements all(in);
    for (std::string_view text; all.next() && in.read(text);) {
        if (text == "back_dated") {
            marks.is_back_dated = true;
        } else if (text == "estimated") {
            marks.is_estimated = true;
        } else if (text.starts_with(irregular)) {
            marks.irregular.emplace_back(text.substr(irregular.size()));
        }
    }
    return marks;
}

std::vector<Commitment> read_commitments(JsonCursor& in) {
    std::vector<Commitment> out;
    JsonElements all(in);
    while (all.next()) {
        JsonElements pair(in);
        auto& one = out.emplace_back();
        const bool is_pair = pair.next() && in.read(one.name) && pair.next() && in.read(one.value);
        if (!is_pair || pair.next()) {
            in.refuse("a commitment must be a pair of name and value");
        }
    }
    return out;
}

/// Nothing failed and nothing stands behind.
Result<void> at_end_of(JsonCursor& in) {
    return in.at_end() ? Result<void>{} : fail(Errc::damaged, to_string(in.error()));
}

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
    constexpr std::size_t usual_changes = 8;
    JsonCursor in(payload);
    NamedReader take(in);
    event.commitments.clear();
    if (take.has("c")) {
        event.commitments = read_commitments(in);
    }
    event.changes.clear();
    if (take.has("do")) {
        event.changes.reserve(usual_changes);
        JsonElements all(in);
        while (all.next()) {
            TRY_VOID(read_change(in, event.changes));
        }
    }
    event.input = Json::object();
    if (take.has("in") && in.read(event.input) && !event.input.is_object()) {
        in.refuse("the input must be an object");
    }
    take.finish();
    return at_end_of(in);
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
    JsonCursor in(envelope);
    NamedReader take(in);
    event.actor = take.has("actor") ? read_actor(in) : Actor{};
    event.at = UtcMs{Millis{take.number("at")}};
    event.cause = take.number("cause");
    if (take.has("key")) {
        if (std::string_view key; in.read(key)) {
            TRY(event.key, parse_uuid(key));
        }
    }
    event.kind_version = static_cast<std::uint32_t>(take.number("kind"));
    event.marks = take.has("marks") ? read_marks(in) : Marks{};
    event.matter.value = take.number("matter");
    const std::string_view origin_name = take.text("origin");
    const auto origin = parse_origin(origin_name);
    if (!origin && !in.has_failed()) {
        return fail(Errc::damaged, "unknown origin '" + std::string(origin_name) + "'");
    }
    event.origin = origin.value_or(Origin::live);
    event.pack = take.text("pack");
    event.key_part = static_cast<std::int32_t>(take.number("part"));
    event.recorded = UtcMs{Millis{take.number("recorded")}};
    event.seq = take.number("seq");
    event.tenant = take.text("tenant");
    const std::string_view type = take.text("type");
    const auto verb = verbs_by_event().find(type);
    if (verb == verbs_by_event().end() && !in.has_failed()) {
        return fail(Errc::damaged, "unknown event type '" + std::string(type) + "'");
    }
    event.verb = verb == verbs_by_event().end() ? Verb::register_ : verb->second;
    event.type_version = static_cast<std::uint8_t>(take.number("v"));
    event.version = take.number("version");
    take.finish();
    return at_end_of(in);
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
