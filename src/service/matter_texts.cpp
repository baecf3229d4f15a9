#include "service/matter_texts.hpp"

#include "domain/apply.hpp"
#include "service/codec.hpp"
#include "vault/seal.hpp"

#include <algorithm>
#include <array>

namespace zt::service {

using views::Section;

namespace {

/// Whose texts are the requester's own words, and whose are for the requester. All others belong to
/// those who work on the matter: a new verb is hidden rather than shown.
constexpr std::array said_by_requester{
    Verb::register_, Verb::amend, Verb::supplement, Verb::withdraw, Verb::contest, Verb::object
};
constexpr std::array told_requester{
    Verb::reply, Verb::refuse, Verb::refer, Verb::hand_over, Verb::ask_supplement
};

/// None when the matter was erased or nothing of it was sealed.
Result<std::optional<vault::MatterKey>>
key_of(store::Reader& reader, const vault::MasterKey* key, MatterId matter);
/// Public texts of the state: what stands in the fields now.
void add_public_texts(views::SearchDocument& document, const State& state, const Kind* kind);
Result<void>
add_sealed_texts(views::SearchDocument& document, const Event& event, const vault::MatterKey& key);
/// The title of a kind that publishes it as it stands: answers, policies, guides.
void publish_own_title(PublishedTexts& texts, const State& state, const Kind* kind);
/// A title that is given again replaces the one before.
void put_title(views::SearchDocument& document, std::string text);

}  // namespace

std::optional<Section> section_of(Verb verb, std::string_view name) {
    if (verb == Verb::rate) {
        return std::nullopt;  // the unit that is rated may not even find it (SYSTEMS.md, never 3)
    }
    if (name == "title") {
        return Section::title;
    }
    if (name == "note") {
        return Section::note;
    }
    if (name.starts_with("item.") && name.ends_with(".title")) {
        return Section::work;
    }
    if (name != "text" && name != "evidence" && name != "opinion" && name != "promise") {
        return std::nullopt;
    }
    const auto is_one_of = [verb](const auto& verbs) {
        return std::ranges::find(verbs, verb) != verbs.end();
    };
    return is_one_of(said_by_requester) ? Section::text
           : is_one_of(told_requester)  ? Section::reply
           : verb == Verb::note         ? Section::note
                                        : Section::work;
}

void read_published(PublishedTexts& into, const Event& event, const State& after) {
    for (const auto& [name, part] :
         {std::pair("public_title", &into.title), std::pair("public_text", &into.text)}) {
        if (const Json* given = event.input.find(name); given != nullptr && given->is_string()) {
            *part = given->as_string();
        } else if (after.field(name).is_string()) {
            *part = after.field(name).as_string();
        }
    }
}

Result<Followed> follow_matter(
    store::Reader& reader, const vault::MasterKey* key, const Kinds& kinds, MatterId matter
) {
    TRY(const auto row, reader.matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, reader.events_of(*row));
    TRY(const auto opener, key_of(reader, key, matter));
    Followed out;
    PublishedTexts published;
    for (const auto& one : rows) {
        TRY(const Event event, event_of_row(one));
        if (event.version != out.state.version + 1) {
            return fail(
                Errc::quarantined,
                "version " + std::to_string(event.version) + " is out of order",
                "event " + std::to_string(event.seq)
            );
        }
        apply(out.state, event);
        read_published(published, event, out.state);
        if (opener) {
            TRY_VOID(add_sealed_texts(out.document, event, *opener));
        }
    }
    out.document.row = views::document_of(out.state).row;
    if (out.state.is_erased) {
        out.document.texts.clear();
    } else {
        const Kind* kind = kinds.version(out.state.kind, out.state.kind_version);
        kind = kind != nullptr ? kind : kinds.newest(out.state.kind);
        if (out.state.is_published) {
            publish_own_title(published, out.state, kind);
            out.document.texts.push_back({Section::published, std::move(published.title)});
            out.document.texts.push_back({Section::published, std::move(published.text)});
        }
        add_public_texts(out.document, out.state, kind);
    }
    return out;
}

namespace {

Result<std::optional<vault::MatterKey>>
key_of(store::Reader& reader, const vault::MasterKey* key, MatterId matter) {
    if (key == nullptr) {
        return std::optional<vault::MatterKey>{};
    }
    TRY(const auto wrapped, reader.seal_key(matter));
    if (!wrapped || vault::is_erased(*wrapped)) {
        return std::optional<vault::MatterKey>{};
    }
    TRY(auto opened, vault::unwrap(*key, matter, *wrapped));
    return std::optional(std::move(opened));
}

void add_public_texts(views::SearchDocument& document, const State& state, const Kind* kind) {
    for (const auto& [name, value] : state.fields) {
        if (!value.is_string()) {
            continue;
        }
        if (name == "title" || name == "name") {
            put_title(document, value.as_string());
            continue;
        }
        if (name == "public_title" || name == "public_text") {
            continue;  // section published, once it is
        }
        const FieldRule* rule = kind == nullptr ? nullptr : kind->field(name);
        if (rule != nullptr && rule->type == FieldType::long_text) {
            document.texts.push_back({Section::text, value.as_string()});
        }
    }
}

Result<void>
add_sealed_texts(views::SearchDocument& document, const Event& event, const vault::MatterKey& key) {
    for (const SealedPart& part : event.sealed) {
        const auto section = section_of(event.verb, part.name);
        if (!section) {
            continue;
        }
        TRY(auto opened, vault::unseal(key, part.name, part.bytes));
        if (*section == Section::title) {
            put_title(document, std::move(opened.text));
        } else {
            document.texts.push_back({*section, std::move(opened.text)});
        }
    }
    return {};
}

void publish_own_title(PublishedTexts& texts, const State& state, const Kind* kind) {
    const Json& own = state.field("title");
    if (kind != nullptr && texts.title.empty() && own.is_string() &&
        std::ranges::find(kind->published, "title") != kind->published.end()) {
        texts.title = own.as_string();
    }
}

void put_title(views::SearchDocument& document, std::string text) {
    const auto found =
        std::ranges::find(document.texts, Section::title, &views::SearchText::section);
    if (found != document.texts.end()) {
        found->text = std::move(text);
    } else {
        document.texts.insert(document.texts.begin(), {Section::title, std::move(text)});
    }
}

}  // namespace
}  // namespace zt::service
