#include "kindfile/paper_file.hpp"

#include "base/text.hpp"
#include "domain/verb.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

constexpr KeyRow paper_keys[] = {
    {"paper", Form::name, Need::required, "its name, that of the file"},
    {"title", Form::title, Need::required, "what people call it"},
    {"kinds", Form::names, Need::required, "the kinds whose matters it is of"},
    {"verb", Form::verbs, Need::required, "the steps that issue it, each time anew"},
    {"sets", Form::name, Need::optional, "only a step that sets this field"},
    {"only", Form::text_map, Need::optional, "only where these fields have these values"},
    {"number", Form::name, Need::optional, "the field with its number; that of the matter if not"},
    {"colour", Form::name, Need::optional, "the field that names red, yellow or blue"},
    {"clock", Form::name, Need::optional, "the clock that the step starts, for {due}"},
    {"reader",
     Form::option,
     Need::required,
     "whom it goes to; for a unit, numbers of people are masked",
     nullptr,
     "unit|requester|inside"},
    {"head", Form::text, Need::required, "who issues it, over the rule"},
    {"heading", Form::text, Need::optional, "over the text; the title when left out"},
    {"mark", Form::text, Need::optional, "at the upper right"},
    {"to", Form::text, Need::optional, "whom it addresses"},
    {"body",
     Form::texts,
     Need::required,
     "paragraphs; `each(items.LIST): …` and `each(links.TYPE): …` stand once for each"},
    {"record", Form::texts, Need::optional, "lines at the foot of the last page"},
    {"source", Form::text, Need::required, "the rule that it rests on"},
};
constexpr Shape paper_part{"paper", "an official paper", paper_keys};

constexpr std::array<std::string_view, 9> common_values{
    "number", "paper_number", "issuer", "office", "lead", "turn", "colour", "due", "day"
};
constexpr std::array<std::string_view, 6> item_values{
    "n", "item_title", "item_owner", "item_planned", "item_state", "item_text"
};
constexpr std::array<std::string_view, 6> link_values{
    "n", "linked_number", "linked_title", "linked_stage", "linked_unit", "linked_due"
};

PaperReader reader_of(std::string_view name) {
    for (const auto reader : {PaperReader::unit, PaperReader::requester, PaperReader::inside}) {
        if (name_of(reader) == name) {
            return reader;
        }
    }
    return PaperReader::unit;
}

std::vector<std::string> texts_at(const Yaml& root, std::string_view key) {
    std::vector<std::string> out;
    for (const Yaml& one : items_at(root, key)) {
        out.push_back(one.text().value_or(""));
    }
    return out;
}

/// "each(items.agenda): TEXT" or TEXT.
PaperLine line_of(const std::string& text) {
    constexpr std::string_view items = "each(items.", links = "each(links.", end = "): ";
    for (const auto& [opening, each] :
         {std::pair{items, PaperEach::item}, std::pair{links, PaperEach::link}}) {
        const std::size_t close = text.find(end);
        if (text.starts_with(opening) && close != std::string::npos) {
            return {
                each,
                text.substr(opening.size(), close - opening.size()),
                text.substr(close + end.size())
            };
        }
    }
    return {PaperEach::once, "", text};
}

PaperFile paper_at(const Yaml& root) {
    PaperFile out;
    out.name = text_at(root, "paper");
    out.title = title_at(root, "title");
    out.kinds = names_at(root, "kinds");
    for (const auto& name : names_at(root, "verb")) {
        out.verbs.push_back(parse_verb(name).value_or(Verb::note));
    }
    out.sets = text_at(root, "sets");
    for (const YamlEntry& entry : entries_at(root, "only")) {
        out.only[entry.key] = entry.value.text().value_or("");
    }
    out.number = text_at(root, "number");
    out.colour = text_at(root, "colour");
    out.clock = text_at(root, "clock");
    out.reader = reader_of(text_at(root, "reader"));
    out.head = text_at(root, "head");
    out.heading = text_at(root, "heading");
    out.mark = text_at(root, "mark");
    out.to = text_at(root, "to");
    for (const auto& text : texts_at(root, "body")) {
        out.body.push_back(line_of(text));
    }
    out.record = texts_at(root, "record");
    return out;
}

/// Looks through one paper; what it names must be there in each of its kinds.
class PaperCheck {
  public:
    PaperCheck(const PaperFile& paper, const Yaml& root, Errors& errors)
        : paper_(paper), root_(root), errors_(errors) {}

    void kinds(const Kinds& all) {
        for (const auto& name : paper_.kinds) {
            const Kind* kind = all.newest(name);
            if (kind == nullptr) {
                add(Errc::unknown_kind, "/kinds: there is no kind " + name);
                continue;
            }
            of_kind(*kind);
        }
    }

  private:
    void add(Errc code, std::string what) {
        errors_.push_back({code, std::move(what), root_.at()});
    }

    void of_kind(const Kind& kind) {
        for (const auto& [name, value] : paper_.only) {
            needs_field(kind, name);
        }
        if (!paper_.number.empty()) {
            needs_field(kind, paper_.number);
        }
        for (const auto& text : {paper_.head, paper_.heading, paper_.mark, paper_.to}) {
            values(kind, text, {});
        }
        for (const auto& line : paper_.body) {
            of_line(kind, line);
        }
        for (const auto& text : paper_.record) {
            values(kind, text, {});
        }
    }

    void of_line(const Kind& kind, const PaperLine& line) {
        if (line.each == PaperEach::item) {
            if (std::ranges::find(kind.item_lists, line.of, &ItemListRule::name) ==
                kind.item_lists.end()) {
                add(Errc::unknown_word, "kind " + kind.name + " has no item list " + line.of);
            }
            values(kind, line.text, item_values);
        } else if (line.each == PaperEach::link) {
            values(kind, line.text, link_values);
        } else {
            values(kind, line.text, {});
        }
    }

    void values(const Kind& kind, std::string_view text, std::span<const std::string_view> more) {
        for (const auto name : values_in(text)) {
            const bool is_known = std::ranges::find(common_values, name) != common_values.end() ||
                                  std::ranges::find(more, name) != more.end();
            if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
                for (const auto& verb : split(name.substr(0, dot), ',')) {
                    if (!parse_verb(verb)) {
                        add(Errc::unknown_verb, "{" + std::string(name) + "}: no verb " + verb);
                    }
                }
            } else if (!is_known) {
                needs_field(kind, name.substr(0, name.find('/')));
            }
        }
    }

    void needs_field(const Kind& kind, std::string_view name) {
        if (kind.field(name) == nullptr) {
            add(Errc::unknown_word,
                "kind " + kind.name + " has no field " + std::string(name) + "; other values are " +
                    join(common_values) + ", VERB.TEXT; of items " + join(item_values) +
                    "; of links " + join(link_values));
        }
    }

    template <std::size_t n>
    static std::string join(const std::array<std::string_view, n>& names) {
        std::string out;
        for (const auto name : names) {
            out += (out.empty() ? "" : ", ") + std::string(name);
        }
        return out;
    }

    const PaperFile& paper_;
    const Yaml& root_;
    Errors& errors_;
};

}  // namespace

std::string_view name_of(PaperReader reader) {
    constexpr std::array<std::string_view, 3> names{"unit", "requester", "inside"};
    return names[static_cast<std::size_t>(reader)];
}

bool PaperFile::is_of(std::string_view kind) const {
    return std::ranges::find(kinds, kind) != kinds.end();
}

const Shape& paper_shape() { return paper_part; }

std::vector<std::string_view> values_in(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
        const std::size_t close = std::min(text.find('}', open), text.size());
        out.push_back(text.substr(open + 1, close - open - 1));
        text.remove_prefix(std::min(close + 1, text.size()));
    }
    return out;
}

Checked<std::vector<PaperFile>> load_papers(const NamedTexts& texts, const Kinds& kinds) {
    Errors errors;
    std::vector<PaperFile> out;
    for (const auto& [file, text] : texts) {
        const auto root = parse_yaml(text, file);
        if (!root) {
            errors.push_back(root.error());
            continue;
        }
        const std::size_t before = errors.size();
        check_shape(*root, paper_part, errors);
        if (errors.size() == before) {
            out.push_back(paper_at(*root));
            PaperCheck(out.back(), *root, errors).kinds(kinds);
        }
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return out;
}

}  // namespace zt::kindfile
