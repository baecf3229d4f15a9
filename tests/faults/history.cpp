#include "faults/history.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <unistd.h>
#include <utility>

namespace zt::faults {

namespace {

const char* word_of(Line::Word word) {
    switch (word) {
    case Line::Word::invoke: return "invoke";
    case Line::Word::ok: return "ok";
    case Line::Word::fail: return "fail";
    }
    return "";
}

/// The word before the next blank, which goes with it.
std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

Result<std::string> read_file(const std::string& file) {
    const std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return fail(Errc::io_failed, "cannot be read", file);
    }
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

}  // namespace

std::string text_of(const Line& line) {
    std::string text = word_of(line.word);
    text += ' ' + to_string(line.key) + ' ' + line.credential + ' ' + line.text;
    if (line.word == Line::Word::ok) {
        text += ' ' + std::to_string(line.seq);
    }
    return text;
}

Result<Line> read_line(std::string_view text) {
    const std::string whole(text);
    const auto bad = [&] { return fail(Errc::bad_file, "not a line of a history: " + whole); };
    Line line;
    const std::string_view word = take_word(text);
    if (word == "ok") {
        line.word = Line::Word::ok;
    } else if (word == "fail") {
        line.word = Line::Word::fail;
    } else if (word != "invoke") {
        return bad();
    }
    TRY(line.key, parse_uuid(take_word(text)));
    line.credential = take_word(text);
    line.text = line.word == Line::Word::ok ? take_word(text) : text;
    if (line.word == Line::Word::ok) {
        TRY(line.seq, parse_int(text));
    }
    return line.credential.empty() || line.text.empty() ? Result<Line>(bad()) : line;
}

Result<std::vector<Line>> read_history(const std::string& file) {
    TRY(const std::string bytes, read_file(file));
    std::vector<Line> lines;
    std::size_t begin = 0;
    for (std::size_t end = bytes.find('\n'); end != std::string::npos;
         begin = end + 1, end = bytes.find('\n', begin)) {
        TRY(auto line, read_line(std::string_view(bytes).substr(begin, end - begin)));
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> history_files(const std::vector<std::string>& named) {
    std::vector<std::string> all;
    for (const auto& name : named) {
        if (!std::filesystem::is_directory(name)) {
            all.push_back(name);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(name)) {
            if (entry.path().extension() == ".history") {
                all.push_back(entry.path().string());
            }
        }
    }
    std::ranges::sort(all);
    return all;
}

std::vector<Line> unknown_in(const std::vector<Line>& lines) {
    std::map<std::pair<Uuid, std::string>, std::size_t> open;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::pair name(lines[i].key, lines[i].credential);
        if (lines[i].word == Line::Word::invoke) {
            open[name] = i;
        } else {
            open.erase(name);
        }
    }
    std::map<std::size_t, Line> in_order;
    for (const auto& [name, at] : open) {
        in_order[at] = lines[at];
    }
    std::vector<Line> unknown;
    for (auto& [at, line] : in_order) {
        unknown.push_back(std::move(line));
    }
    return unknown;
}

Result<History> History::open(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(Errc::io_failed, "cannot be opened", file);
    }
    History history(descriptor);
    TRY(const std::string bytes, read_file(file));
    const std::size_t end = bytes.rfind('\n');
    const std::size_t whole = end == std::string::npos ? 0 : end + 1;
    if (whole != bytes.size() && ::ftruncate(descriptor, static_cast<off_t>(whole)) != 0) {
        return fail(Errc::io_failed, "cannot be cut", file);
    }
    return history;
}

History::History(History&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

History::~History() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void History::add(const Line& line) const {
    const std::string text = text_of(line) + '\n';
    CHECK(::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

}  // namespace zt::faults
