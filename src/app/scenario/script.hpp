#pragma once
// A .case file as a value: docs/kinds/scripts.md shows the grammar. Parsing knows the words of the
// grammar, not those of any kind; whatever is wrong names file and line.

#include "app/definitions.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zt::app::scenario {

/// Iterations of one `for` line; figures of a whole county need some hundreds.
inline constexpr std::int64_t repeats_max = 10'000;

/// `a=b` or `a`; quotes are taken off the value.
struct Word {
    std::string key, value;
    bool has_value = false;
    bool is_quoted = false;
    bool operator==(const Word&) const = default;

    /// As it would be written.
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] std::string to_string(const std::vector<Word>& words);

enum class ActorForm : std::uint8_t { post, requester, author, party, stranger, system };

struct ScriptActor {
    ActorForm form = ActorForm::system;
    std::string name;        ///< ORG.POST; of requester and author any label
    std::string on_behalf;   ///< ORG.POST
    std::int64_t party = 0;  ///< its number, of form party
};

struct ScriptCommand {
    std::string verb, matter;
    std::vector<Word> fields;
};

enum class LineForm : std::uint8_t {
    step,
    tick,
    rounds,
    expect,
    notices,
    suppressed,
    figures,
    name,
    coverage
};

struct ScriptLine {
    LineForm form = LineForm::step;
    int line = 0;           ///< of its first word
    int arrow_line = 0;     ///< where `->` stands; 0: there is none
    std::string iteration;  ///< "i=17" in a `for` line
    std::string at;         ///< of steps, ticks and rounds
    ScriptActor actor;
    std::vector<ScriptCommand> commands;
    std::vector<Word> words;     ///< of all other forms: what follows the first word
    std::vector<Word> expected;  ///< what follows `->`
};

struct Script {
    std::string file, text;
    std::string
        kind;  ///< of matters that begin without kind=; may be empty in scripts across kinds
    std::string pack = "county-default", calendar = "cn", place = "small";
    Origin origin = Origin::live;
    std::vector<ScriptLine> lines;
};

/// errors: bad_value at file:line.
[[nodiscard]] Result<Script> parse_script(std::string_view text, std::string file);

}  // namespace zt::app::scenario
