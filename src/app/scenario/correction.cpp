// --accept: expectations of a script written anew, everything else left as it stands.

#include "app/scenario/runner.hpp"
#include "base/text.hpp"

namespace zt::app::scenario {

namespace {

/// The tail of a line that is a comment, with the space before it; quotes are respected.
std::string comment_of(const std::string& line) {
    bool is_quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '"') {
            is_quoted = !is_quoted;
        } else if (line[at] == '#' && !is_quoted && at > 0 &&
                   (line[at - 1] == ' ' || line[at - 1] == '\t')) {
            return "  " + line.substr(at);
        }
    }
    return {};
}

std::string rewritten_line(const std::string& line, const Correction& correction) {
    const std::string comment = comment_of(line);
    const std::size_t arrow = line.find("->");
    if (arrow != std::string::npos && correction.arrow_line != 0) {
        return line.substr(0, arrow) + "-> " + correction.text + comment;
    }
    const std::string content(trim(std::string_view(line).substr(0, line.size() - comment.size())));
    const bool is_step = content.starts_with("at ") || content.starts_with("for ");
    if (is_step) {
        return content + " -> " + correction.text + comment;
    }
    return content.substr(0, content.find(' ')) + " " + correction.text + comment;
}

}  // namespace

std::string corrected(const Script& script, const std::vector<Correction>& corrections) {
    auto lines = split(script.text, '\n');
    for (const auto& one : corrections) {
        const int number = one.arrow_line != 0 ? one.arrow_line : one.line;
        if (!one.is_ambiguous && number > 0 && static_cast<std::size_t>(number) <= lines.size()) {
            std::string& line = lines[static_cast<std::size_t>(number) - 1];
            line = rewritten_line(line, one);
        }
    }
    return join(lines, "\n");
}

}  // namespace zt::app::scenario
