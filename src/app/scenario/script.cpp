#include "app/scenario/script.hpp"

#include "base/text.hpp"
#include "base/time.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <optional>

namespace zt::app::scenario {

namespace {

/// A line as written, with those that continue it.
struct Logical {
    int line = 0;
    std::vector<std::pair<int, std::string>> parts;  ///< number and text of each
};

/// A word with the line it stands in.
struct Token {
    Word word;
    int line = 0;
    bool is_arrow = false, is_plus = false;
};

std::unexpected<Error> wrong(const std::string& file, int line, std::string what) {
    return fail(Errc::bad_value, std::move(what), file + ":" + std::to_string(line));
}

/// Lines that begin with white space continue the one before; comments and empty lines go.
std::vector<Logical> logical_lines(std::string_view text) {
    std::vector<Logical> lines;
    int number = 0;
    for (const auto& line : split(text, '\n')) {
        ++number;
        const std::string_view content = trim(line);
        if (content.empty() || content.front() == '#') {
            continue;
        }
        const bool continues = (line.front() == ' ' || line.front() == '\t') && !lines.empty();
        if (!continues) {
            lines.push_back({number, {}});
        }
        lines.back().parts.emplace_back(number, std::string(content));
    }
    return lines;
}

class Lexer {
  public:
    Lexer(const std::string& file, int line, std::string_view text)
        : file_(file), line_(line), text_(text) {}

    Result<std::vector<Token>> run() {
        std::vector<Token> tokens;
        for (;;) {
            while (place_ < text_.size() && (text_[place_] == ' ' || text_[place_] == '\t')) {
                ++place_;
            }
            if (place_ == text_.size() || text_[place_] == '#') {
                return tokens;
            }
            TRY(auto token, next());
            tokens.push_back(std::move(token));
        }
    }

  private:
    Result<Token> next() {
        Token token;
        token.line = line_;
        std::string part;
        bool is_value = false;
        while (place_ < text_.size() && text_[place_] != ' ' && text_[place_] != '\t') {
            const char c = text_[place_];
            if (c == '"') {
                TRY(part, quoted(std::move(part)));
                token.word.is_quoted = true;
            } else if (c == '=' && !is_value) {
                token.word.key = std::exchange(part, {});
                is_value = true;
                ++place_;
            } else {
                part += c;
                ++place_;
            }
        }
        token.word.has_value = is_value;
        (is_value ? token.word.value : token.word.key) = std::move(part);
        token.is_arrow = !is_value && !token.word.is_quoted && token.word.key == "->";
        token.is_plus = !is_value && !token.word.is_quoted && token.word.key == "+";
        return token;
    }

    Result<std::string> quoted(std::string part) {
        for (++place_; place_ < text_.size(); ++place_) {
            if (text_[place_] == '"') {
                ++place_;
                return part;
            }
            if (text_[place_] == '\\' && place_ + 1 < text_.size()) {
                ++place_;
            }
            part += text_[place_];
        }
        return wrong(file_, line_, "a quote is not closed");
    }

    const std::string& file_;
    int line_;
    std::string_view text_;
    std::size_t place_ = 0;
};

/// The words of one line, taken from the front.
class Words {
  public:
    Words(const std::string& file, int line, std::vector<Token> tokens)
        : file_(file), line_(line), tokens_(tokens.begin(), tokens.end()) {}

    [[nodiscard]] bool empty() const { return tokens_.empty(); }
    [[nodiscard]] const Token& front() const { return tokens_.front(); }
    Token take() {
        Token token = std::move(tokens_.front());
        tokens_.pop_front();
        return token;
    }
    Result<std::string> plain(std::string_view what) {
        if (tokens_.empty() || tokens_.front().word.has_value || tokens_.front().is_arrow) {
            return wrong(file_, line_, std::string(what) + " is expected");
        }
        return take().word.key;
    }
    /// 2022-08-01 09:00, 2022-08-01T09:00, or a date alone.
    Result<std::string> time() {
        TRY(std::string text, plain("a time such as 2022-08-01 09:00"));
        const bool has_hour =
            !tokens_.empty() && tokens_.front().word.key.find(':') != std::string::npos &&
            tokens_.front().word.key.size() <= 8 && !tokens_.front().word.has_value;
        if (has_hour) {
            text += " " + take().word.key;
        }
        if (!parse_instant(text)) {
            return wrong(
                file_, line_, "'" + text + "' is no time; right would be 2022-08-01 09:00"
            );
        }
        return text;
    }
    [[nodiscard]] std::unexpected<Error> refuse(std::string what) const {
        return wrong(file_, line_, std::move(what));
    }
    [[nodiscard]] int line() const { return line_; }

  private:
    const std::string& file_;
    int line_;
    std::deque<Token> tokens_;
};

Result<ScriptActor> read_actor(Words& words) {
    TRY(const std::string form,
        words.plain("as ORG.POST, requester NAME, author NAME, party N NAME, public, system or tick"
        ));
    ScriptActor actor;
    if (form == "as") {
        actor.form = ActorForm::post;
        TRY(actor.name, words.plain("ORG.POST"));
        if (actor.name.find('.') == std::string::npos) {
            return words.refuse("'" + actor.name + "' is no ORG.POST, as office.clerk");
        }
        if (!words.empty() && words.front().word == Word{"behalf", "", false, false}) {
            words.take();
            TRY(actor.on_behalf, words.plain("ORG.POST"));
        }
    } else if (form == "requester" || form == "author") {
        actor.form = form == "author" ? ActorForm::author : ActorForm::requester;
        TRY(actor.name, words.plain("a name"));
    } else if (form == "party") {
        actor.form = ActorForm::party;
        TRY(const std::string number, words.plain("the number of the party"));
        actor.party = parse_int(number).value_or(0);
        if (actor.party < 1) {
            return words.refuse("'" + number + "' is no number of a party");
        }
        TRY(actor.name, words.plain("a name"));
    } else if (form == "public") {
        actor.form = ActorForm::stranger;
    } else if (form != "system") {
        return words.refuse(
            "'" + form +
            "': as ORG.POST, requester NAME, author NAME, party N NAME, public, system or tick is expected"
        );
    }
    return actor;
}

Result<std::vector<ScriptCommand>> read_commands(Words& words) {
    std::vector<ScriptCommand> commands;
    do {
        ScriptCommand command;
        TRY(command.verb, words.plain("a verb"));
        const bool has_name = !words.empty() && !words.front().word.has_value &&
                              !words.front().is_arrow && !words.front().is_plus;
        if (has_name) {
            command.matter = words.take().word.key;
        } else if (commands.empty()) {
            return words.refuse("after '" + command.verb + "' the name of a matter is expected");
        } else {
            command.matter = commands.back().matter;
        }
        while (!words.empty() && !words.front().is_arrow && !words.front().is_plus) {
            Token token = words.take();
            if (!token.word.has_value) {
                return words.refuse(
                    "'" + token.word.key + "': field=value is expected (quote values with spaces)"
                );
            }
            command.fields.push_back(std::move(token.word));
        }
        commands.push_back(std::move(command));
    } while (!words.empty() && words.front().is_plus && (words.take(), true));
    return commands;
}

void read_arrow(Words& words, ScriptLine& line) {
    if (!words.empty() && words.front().is_arrow) {
        line.arrow_line = words.take().line;
        while (!words.empty()) {
            line.expected.push_back(words.take().word);
        }
    }
}

Result<void> read_at(Words& words, ScriptLine& line) {
    TRY(line.at, words.time());
    const Word tick{"tick", "", false, false};
    const Word rounds{"rounds", "", false, false};
    if (!words.empty() && (words.front().word == tick || words.front().word == rounds)) {
        line.form = words.take().word == tick ? LineForm::tick : LineForm::rounds;
    } else {
        TRY(line.actor, read_actor(words));
        TRY(line.commands, read_commands(words));
    }
    read_arrow(words, line);
    if (!words.empty()) {
        return words.refuse("'" + words.front().word.text() + "' is not expected here");
    }
    return {};
}

std::optional<LineForm> form_of(std::string_view word) {
    struct Row {
        std::string_view name;
        LineForm form;
    };
    static constexpr Row rows[] = {
        {"expect", LineForm::expect},
        {"notices", LineForm::notices},
        {"suppressed", LineForm::suppressed},
        {"figures", LineForm::figures},
        {"name", LineForm::name},
        {"coverage", LineForm::coverage},
    };
    const auto* found = std::ranges::find(rows, word, &Row::name);
    return found == std::end(rows) ? std::nullopt : std::optional(found->form);
}

/// `name t1 = a1 spawned`: the equals sign stands by itself or against a word.
std::vector<Word> without_equals(const std::vector<Word>& words) {
    std::vector<Word> out;
    for (const auto& word : words) {
        if (!word.key.empty()) {
            out.push_back({word.key, "", false, word.is_quoted});
        }
        if (!word.value.empty()) {
            out.push_back({word.value, "", false, word.is_quoted});
        }
    }
    return out;
}

class Parser {
  public:
    Parser(std::string_view text, std::string file) {
        script_.file = std::move(file);
        script_.text = text;
    }

    Result<Script> run() {
        if (!is_utf8(script_.text)) {
            return fail(Errc::bad_utf8, "the script is not valid UTF-8", script_.file);
        }
        for (const auto& logical : logical_lines(script_.text)) {
            TRY(auto tokens, tokens_of(logical, ""));
            if (tokens.empty()) {
                continue;
            }
            if (tokens.front().word == Word{"for", "", false, false}) {
                TRY_VOID(read_for(logical, tokens));
            } else {
                TRY_VOID(read_line(logical.line, std::move(tokens), ""));
            }
        }
        return std::move(script_);
    }

  private:
    /// in: what stands for $NAME, as "i=17".
    Result<std::vector<Token>> tokens_of(const Logical& logical, const std::string& iteration) {
        std::vector<Token> tokens;
        const std::size_t equals = iteration.find('=');
        for (const auto& [number, text] : logical.parts) {
            std::string filled = text;
            if (equals != std::string::npos) {
                const std::string name = "$" + iteration.substr(0, equals);
                for (std::size_t at = filled.find(name); at != std::string::npos;
                     at = filled.find(name, at)) {
                    filled.replace(at, name.size(), iteration.substr(equals + 1));
                }
            }
            TRY(auto more, Lexer(script_.file, number, filled).run());
            std::ranges::move(more, std::back_inserter(tokens));
        }
        return tokens;
    }

    /// for i in 1..339 LINE
    Result<void> read_for(const Logical& logical, const std::vector<Token>& tokens) {
        const auto refuse = [&] {
            return wrong(
                script_.file,
                logical.line,
                "`for NAME in FIRST..LAST LINE` is expected, as `for i in 1..339 at …`"
            );
        };
        if (tokens.size() < 5 || tokens[2].word.key != "in") {
            return refuse();
        }
        const std::string range = tokens[3].word.key;
        const std::size_t dots = range.find("..");
        const auto first =
            dots == std::string::npos ? Result<std::int64_t>(0) : parse_int(range.substr(0, dots));
        const auto last =
            dots == std::string::npos ? Result<std::int64_t>(0) : parse_int(range.substr(dots + 2));
        if (dots == std::string::npos || !first || !last || *last < *first ||
            *last - *first >= repeats_max) {
            return refuse();
        }
        for (std::int64_t value = *first; value <= *last; ++value) {
            const std::string iteration = tokens[1].word.key + "=" + std::to_string(value);
            TRY(auto filled, tokens_of(logical, iteration));
            filled.erase(filled.begin(), filled.begin() + 4);
            TRY_VOID(read_line(logical.line, std::move(filled), iteration));
        }
        return {};
    }

    Result<void> read_line(int number, std::vector<Token> tokens, const std::string& iteration) {
        ScriptLine line;
        line.line = number;
        line.iteration = iteration;
        Words words(script_.file, number, std::move(tokens));
        TRY(const std::string first, words.plain("a word such as at, expect, figures"));
        if (first == "at") {
            TRY_VOID(read_at(words, line));
        } else if (const auto form = form_of(first)) {
            line.form = *form;
            while (!words.empty()) {
                line.words.push_back(words.take().word);
            }
            if (line.form == LineForm::name) {
                line.words = without_equals(line.words);
            }
            if (line.words.empty()) {
                return words.refuse("'" + first + "' needs more words");
            }
        } else {
            return read_header(first, words);
        }
        script_.lines.push_back(std::move(line));
        return {};
    }

    Result<void> read_header(const std::string& first, Words& words) {
        if (!script_.lines.empty()) {
            return words.refuse(
                "'" + first +
                "' is no line of a script; there are at, expect, notices, suppressed, figures, name, "
                "coverage, for, and before them kind, pack, calendar, place, origin"
            );
        }
        std::string key = first;
        for (;;) {
            TRY(const std::string value, words.plain("a name after '" + key + "'"));
            if (key == "kind") {
                script_.kind = value;
            } else if (key == "pack") {
                script_.pack = value;
            } else if (key == "calendar") {
                script_.calendar = value;
            } else if (key == "place") {
                script_.place = value;
            } else if (const auto origin = parse_origin(value); key == "origin" && origin) {
                script_.origin = *origin;
            } else {
                return words.refuse(fmt::format(
                    "'{} {}': kind, pack, calendar, place with a name, or origin live, import, "
                    "demo",
                    key,
                    value
                ));
            }
            if (words.empty()) {
                return {};
            }
            TRY(key, words.plain("kind, pack, calendar, place or origin"));
        }
    }

    Script script_;
};

std::string quoted(const std::string& text) {
    if (!text.empty() && text.find_first_of(" \t\"#") == std::string::npos) {
        return text;
    }
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += c;
    }
    return out + '"';
}

}  // namespace

std::string Word::text() const { return has_value ? key + "=" + quoted(value) : quoted(key); }

std::string to_string(const std::vector<Word>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word.text();
    }
    return text;
}

Result<Script> parse_script(std::string_view text, std::string file) {
    return Parser(text, std::move(file)).run();
}

}  // namespace zt::app::scenario
