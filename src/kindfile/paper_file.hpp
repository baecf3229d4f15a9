#pragma once
// Paper files (papers/*.yaml): which step of which kinds issues a paper, and what stands on it. A
// text names values in braces; a line with a value that is empty is left out.
// docs/operating/papers.md lists the values.

#include "kindfile/kind_file.hpp"
#include "kindfile/shape.hpp"

namespace zt::kindfile {

enum class PaperReader : std::uint8_t {
    unit,       ///< numbers by which people can be reached are masked
    requester,  ///< what goes to whoever handed in
    inside      ///< goes round among those who may read the matter
};
[[nodiscard]] std::string_view name_of(PaperReader reader);

/// What a line stands once for: each item of a list of the matter, or each matter that a link
/// leads to.
enum class PaperEach : std::uint8_t { once, item, link };

struct PaperLine {
    PaperEach each = PaperEach::once;
    std::string of;  ///< item list or type of link
    std::string text;
};

struct PaperFile {
    std::string name;
    Title title;
    std::vector<std::string> kinds;
    std::vector<Verb> verbs;  ///< each of their events issues the paper
    std::string sets;         ///< only an event that sets this field; empty: any
    std::map<std::string, std::string, std::less<>> only;  ///< fields with the value they must have
    std::string number;  ///< the field with the paper's number; empty: that of the matter
    std::string colour;  ///< the field with red, yellow or blue; empty: red
    std::string clock;   ///< of value {due}
    PaperReader reader = PaperReader::unit;
    std::string head, heading, mark, to;  ///< heading empty: the title
    std::vector<PaperLine> body;
    std::vector<std::string> record;
    [[nodiscard]] bool is_of(std::string_view kind) const;
};

[[nodiscard]] const Shape& paper_shape();
/// Values in braces of a text, in order: "关于{number}号" has number.
[[nodiscard]] std::vector<std::string_view> values_in(std::string_view text);
/// out: by name of file. errors: those of the shape; unknown_kind, unknown_verb, unknown_field,
/// unknown_word (a value that there is not), with file and line.
[[nodiscard]] Checked<std::vector<PaperFile>>
load_papers(const NamedTexts& texts, const Kinds& kinds);

}  // namespace zt::kindfile
