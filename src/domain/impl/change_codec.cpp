// Changes as canonical JSON: one array per change, its short name first, then its members in the
// order below. Trailing members that stand at their defaults are left out. One list of members
// serves writing and reading, so they cannot drift apart; the names and the order are on disk and
// never change, new members go to the end.

#include "base/text.hpp"
#include "domain/change.hpp"

#include <array>
#include <string>
#include <unordered_map>
#include <utility>

namespace zt {

namespace {

// --- members, in the order of the disk ---
void members(auto& v, auto&, calendar::Pause& x) { v(x.from), v(x.until), v(x.reason); }
void members(auto& v, auto&, Party& x) {
    v(x.no), v(x.role), v(x.state), v(x.is_named), v(x.is_hidden), v(x.org), v(x.post);
}
void members(auto& v, auto&, Hand& x) {
    v(x.no), v(x.role), v(x.org), v(x.state), v(x.since), v(x.post), v(x.parent), v(x.turn),
        v(x.reply_class);
}
void members(auto& v, auto&, Item& x) {
    v(x.no), v(x.list), v(x.title), v(x.owner), v(x.planned), v(x.state), v(x.amount),
        v(x.evidence), v(x.finished);
}
void members(auto& v, auto&, Clock& x) {
    v(x.no), v(x.name), v(x.start), v(x.due), v(x.length.count), v(x.length.unit), v(x.of),
        v(x.part), v(x.turn);
    v(x.is_final), v(x.is_provisional), v(x.is_fixed), v(x.state), v(x.stopped), v(x.lapsed),
        v(x.extensions);
    v(x.pauses);
}
void members(auto& v, auto&, Answer& x) { v(x.question), v(x.value); }
void members(auto& v, auto&, Rating& x) {
    v(x.by_party), v(x.by_hand), v(x.about), v(x.turn), v(x.answers), v(x.weight_millionths),
        v(x.is_bad);
}
void members(auto& v, auto&, Link& x) { v(x.type), v(x.to), v(x.is_hidden); }

void members(auto& v, auto&, Began& x) {
    v(x.kind), v(x.kind_version), v(x.pack), v(x.office), v(x.registered_by), v(x.is_record);
}
void members(auto& v, auto&, StageEntered& x) { v(x.stage), v(x.counts); }
void members(auto& v, auto&, Numbered& x) { v(x.number); }
void members(auto& v, auto&, FieldSet& x) { v(x.name), v(x.value); }
void members(auto& v, auto&, Sealed& x) { v(x.name); }
void members(auto& v, auto& self, PartyAdded& x) { members(v, self, x.party); }
void members(auto& v, auto&, PartyMoved& x) { v(x.no), v(x.state); }
void members(auto& v, auto& self, HandAdded& x) { members(v, self, x.hand); }
void members(auto& v, auto&, HandMoved& x) { v(x.no), v(x.state), v(x.turn), v(x.reply_class); }
void members(auto& v, auto& self, ItemAdded& x) { members(v, self, x.item); }
void members(auto& v, auto&, ItemMoved& x) { v(x.no), v(x.state), v(x.evidence), v(x.owner); }
void members(auto& v, auto& self, ClockStarted& x) { members(v, self, x.clock); }
void members(auto& v, auto&, ClockStopped& x) { v(x.no), v(x.state), v(x.at); }
void members(auto& v, auto&, ClockLapsed& x) { v(x.no); }
void members(auto& v, auto&, ClockRedated& x) {
    v(x.no), v(x.due), v(x.why), v(x.is_extension), v(x.is_provisional);
}
void members(auto& v, auto&, ClockPaused& x) { v(x.no), v(x.reason), v(x.from); }
void members(auto& v, auto&, ClockResumed& x) {
    v(x.no), v(x.until), v(x.due), v(x.is_provisional);
}
void members(auto& v, auto&, ClockRunsOn& x) { v(x.no); }
void members(auto& v, auto&, Marked& x) { v(x.what), v(x.part), v(x.turn); }
void members(auto& v, auto& self, Rated& x) { members(v, self, x.rating); }
void members(auto& v, auto&, TurnRaised& x) { v(x.turn); }
void members(auto& v, auto& self, Linked& x) { members(v, self, x.link); }
void members(auto& v, auto&, Unlinked& x) { v(x.type), v(x.to); }
void members(auto& v, auto&, Answered& x) { v(x.workdays); }
void members(auto&, auto&, AskedToRate&) {}
void members(auto& v, auto&, Tallied& x) { v(x.what), v(x.by); }
void members(auto& v, auto&, Noticed& x) { v(x.role), v(x.text), v(x.part), v(x.org); }
void members(auto& v, auto&, Counted& x) { v(x.indicator), v(x.amount), v(x.subject), v(x.org); }
void members(auto& v, auto&, ReactionRefused& x) { v(x.verb), v(x.code); }
void members(auto& v, auto&, Published& x) { v(x.is_published); }
void members(auto&, auto&, Erased&) {}
void members(auto& v, auto&, PaperNumbered& x) { v(x.field), v(x.number); }

/// Short names on disk, in the order of the variant.
constexpr std::array<std::string_view, std::variant_size_v<Change>> short_names{
    "began",
    "stage",
    "number",
    "field",
    "sealed",
    "party+",
    "party",
    "hand+",
    "hand",
    "item+",
    "item",
    "clock+",
    "clock-stop",
    "clock-lapse",
    "clock-date",
    "clock-pause",
    "clock-resume",
    "clock-on",
    "mark",
    "rated",
    "turn",
    "link",
    "unlink",
    "answered",
    "ask-rating",
    "tally",
    "notice",
    "count",
    "reaction-refused",
    "published",
    "erased",
    "paper-number"
};

// --- enums by name, so that a ledger can be read by people ---
std::string_view enum_name(calendar::Unit unit) {
    static constexpr std::array<std::string_view, 5> names{"h", "sh", "wd", "d", "mo"};
    return names[static_cast<std::size_t>(unit)];
}
std::string_view enum_name(ClockOf of) {
    static constexpr std::array<std::string_view, 3> names{"matter", "hand", "item"};
    return names[static_cast<std::size_t>(of)];
}
std::string_view enum_name(PartyState state) {
    static constexpr std::array<std::string_view, 3> names{"asked", "confirmed", "declined"};
    return names[static_cast<std::size_t>(state)];
}
std::string_view enum_name(auto value) { return name_of(value); }

template <class Enum>
bool parse_enum(std::string_view text, Enum& out, int count) {
    for (int i = 0; i < count; ++i) {
        if (enum_name(static_cast<Enum>(i)) == text) {
            out = static_cast<Enum>(i);
            return true;
        }
    }
    return false;
}
bool parse_enum(std::string_view text, calendar::Unit& out) { return parse_enum(text, out, 5); }
bool parse_enum(std::string_view text, ClockOf& out) { return parse_enum(text, out, 3); }
bool parse_enum(std::string_view text, PartyState& out) { return parse_enum(text, out, 3); }
bool parse_enum(std::string_view text, HandState& out) { return parse_enum(text, out, 9); }
bool parse_enum(std::string_view text, ItemState& out) { return parse_enum(text, out, 4); }
bool parse_enum(std::string_view text, ClockState& out) { return parse_enum(text, out, 6); }
bool parse_enum(std::string_view text, Counts& out) { return parse_enum(text, out, 3); }

template <class T>
concept EnumValue = std::is_enum_v<T>;
template <class T>
concept Integer = std::is_integral_v<T> && !std::is_same_v<T, bool>;

/// Writes values as canonical text, each behind a comma, straight into the payload.
class TextWriter {
  public:
    explicit TextWriter(std::string& out) : out_(out) {}

    void operator()(const std::string& x) { add(std::string_view(x)); }
    void operator()(bool x) { word(x ? "true" : "false"); }
    void operator()(const Json& x) {
        comma();
        append_canonical(out_, x);
    }
    void operator()(UtcMs x) { add(std::int64_t{x.time_since_epoch().count()}); }
    void operator()(Date x) { add(std::int64_t{x.time_since_epoch().count()}); }
    template <Integer T>
    void operator()(T x) {
        add(static_cast<std::int64_t>(x));
    }
    template <EnumValue T>
    void operator()(T x) {
        add(std::string_view(enum_name(x)));
    }
    template <class Tag>
    void operator()(Id<Tag> x) {
        add(x.value);
    }
    template <class T>
    void operator()(const std::optional<T>& x) {
        if (x) {
            (*this)(*x);
        } else {
            word("null");
        }
    }
    template <class T>
    void operator()(std::vector<T>& list) {
        comma();
        out_ += '[';
        bool is_first = true;
        for (auto& one : list) {
            out_ += is_first ? "[" : ",[";
            is_first = false;
            const std::size_t begin = out_.size();
            TextWriter inner(out_);
            members(inner, inner, one);
            out_.erase(begin, out_.size() > begin ? 1 : 0);  // the comma before its first value
            out_ += ']';
        }
        out_ += ']';
    }

    /// Where each value begins, its comma included.
    std::vector<std::size_t>* begins = nullptr;

  private:
    void comma() {
        if (begins != nullptr) {
            begins->push_back(out_.size());
        }
        out_ += ',';
    }
    void word(std::string_view text) {
        comma();
        out_ += text;
    }
    void add(std::string_view text) {
        comma();
        append_canonical(out_, text);
    }
    void add(std::int64_t number) {
        comma();
        append_canonical(out_, number);
    }
    std::string& out_;
};

/// Fills values from the elements that follow; those that are left out keep their defaults.
class ElementsReader {
  public:
    ElementsReader(JsonCursor& in, JsonElements& elements) : in_(in), elements_(elements) {}

    template <class T>
    void operator()(T& x) {
        if (elements_.next()) {
            take(x);
        }
    }
    /// A later release may have added members behind those known here.
    void pass_over_rest() {
        while (elements_.next()) {
            ignore(in_.pass_over(), "a failure stays in the cursor");
        }
    }

  private:
    void note(bool is_read) { ignore(is_read, "a failure stays in the cursor"); }
    void take(std::string& x) { note(in_.read(x)); }
    void take(bool& x) { note(in_.read(x)); }
    void take(Json& x) { note(in_.read(x)); }
    void take(UtcMs& x) { x = UtcMs{Millis{integer()}}; }
    void take(Date& x) { x = Date{std::chrono::days{static_cast<int>(integer())}}; }
    template <Integer T>
    void take(T& x) {
        x = static_cast<T>(integer());
    }
    template <EnumValue T>
    void take(T& x) {
        std::string_view name;
        if (in_.read(name) && !parse_enum(name, x)) {
            note(in_.refuse("a word that is none of those that may stand here"));
        }
    }
    template <class Tag>
    void take(Id<Tag>& x) {
        x.value = integer();
    }
    template <class T>
    void take(std::optional<T>& x) {
        if (in_.take_null()) {
            x.reset();
        } else {
            take(x.emplace());
        }
    }
    template <class T>
    void take(std::vector<T>& list) {
        JsonElements all(in_);
        while (all.next()) {
            JsonElements one(in_);
            ElementsReader inner(in_, one);
            members(inner, inner, list.emplace_back());
            inner.pass_over_rest();
        }
    }
    std::int64_t integer() {
        std::int64_t value = 0;
        note(in_.read(value));
        return value;
    }

    JsonCursor& in_;
    JsonElements& elements_;
};

/// The texts of a change with nothing set: the tail that may be left out.
template <class T>
const std::vector<std::string>& default_texts() {
    static const std::vector<std::string> texts = [] {
        std::string all;
        std::vector<std::size_t> begins;
        TextWriter writer(all);
        writer.begins = &begins;
        T unset{};
        members(writer, writer, unset);
        std::vector<std::string> pieces;
        for (std::size_t i = 0; i < begins.size(); ++i) {
            const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : all.size();
            pieces.push_back(all.substr(begins[i], end - begins[i]));
        }
        return pieces;
    }();
    return texts;
}

template <class T>
void append(std::string& out, const T& change, std::string_view name) {
    out += '[';
    append_canonical(out, name);
    std::vector<std::size_t> begins;
    begins.reserve(default_texts<T>().size());
    TextWriter writer(out);
    writer.begins = &begins;
    // The one list of members takes what it visits as something to fill; a writer fills nothing.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): see above
    members(writer, writer, const_cast<T&>(change));
    while (!begins.empty()) {
        const std::string_view last = std::string_view(out).substr(begins.back());
        if (last != default_texts<T>()[begins.size() - 1]) {
            break;
        }
        out.resize(begins.back());
        begins.pop_back();
    }
    out += ']';
}

template <std::size_t index>
void read_as(JsonCursor& in, JsonElements& elements, std::vector<Change>& out) {
    ElementsReader reader(in, elements);
    members(reader, reader, std::get<index>(out.emplace_back(std::in_place_index<index>)));
    reader.pass_over_rest();
}

using Read = void (*)(JsonCursor&, JsonElements&, std::vector<Change>&);

template <std::size_t... index>
std::unordered_map<std::string_view, Read> readers(std::index_sequence<index...>) {
    return {{short_names[index], read_as<index>}...};
}

}  // namespace

void append_change(std::string& out, const Change& change) {
    std::visit([&](const auto& one) { append(out, one, short_names[change.index()]); }, change);
}

Result<void> read_change(JsonCursor& in, std::vector<Change>& out) {
    static const auto by_name = readers(std::make_index_sequence<std::variant_size_v<Change>>());
    JsonElements elements(in);
    std::string_view name;
    if (elements.next() && in.read(name)) {
        const auto found = by_name.find(name);
        if (found == by_name.end()) {
            return fail(Errc::damaged, "unknown change '" + std::string(name) + "'");
        }
        found->second(in, elements, out);
    } else if (!in.has_failed()) {
        return fail(Errc::damaged, "a change must be an array that begins with its name");
    }
    if (in.has_failed()) {
        return fail(Errc::damaged, to_string(in.error()));
    }
    return {};
}

}  // namespace zt
