#pragma once
// The command line: one row a command. A command lies in commands/<name>.cpp, which registers its
// options and says what runs. To add one: write the file, declare its function here and add a row
// in command_line.cpp; its help stands in text/*.yaml under `cli.<group>.<name>`.
//
// Exit codes: 0 fine, 1 refused or falls short, 2 wrong use.

#include "app/definitions.hpp"
#include "app/texts.hpp"
#include "base/world.hpp"

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming): the library's own name
namespace CLI {
class App;
}

namespace zt::app {

inline constexpr int exit_fine = 0;
inline constexpr int exit_falls_short = 1;
inline constexpr int exit_wrong_use = 2;

class Operated;

/// What only the machine has. All borrowed.
struct Surroundings {
    WallClock* clock = nullptr;
    Random* random = nullptr;
    std::ostream* out = nullptr;
    std::ostream* err = nullptr;
    bool is_terminal = false;  ///< someone watches `err`: progress may be drawn
    /// The place of the server that runs the command; then there are only the commands that may be
    /// run so. Null: the command opens its data directory itself.
    Operated* operated = nullptr;
};

/// What a command runs with.
struct Request {
    Surroundings world;
    Language language = Language::zh;
    bool is_json = false;
    std::vector<std::string> words = {};  ///< as they were typed
    std::string kinds_folder;  ///< --kinds; empty: ./kinds when present, else what is built in

    [[nodiscard]] const Texts& texts() const { return texts_of(language); }
    [[nodiscard]] std::ostream& out() const { return *world.out; }
    [[nodiscard]] std::ostream& err() const { return *world.err; }
    [[nodiscard]] std::string text(std::string_view key, const TextValues& values = {}) const {
        return texts().get(key, values);
    }
};

/// What a command does; gives the exit code. An error is printed and gives 1, or 2 for bad_usage.
using Run = std::function<Result<int>(const Request&)>;

/// The place where a command's options are registered.
struct Registration {
    CLI::App& app;
    Run& run;            ///< what runs when this command is the one that was typed
    const Texts& texts;  ///< for help
    std::string prefix;  ///< "cli.due": help of an option is prefix + "." + its key

    [[nodiscard]] std::string help(std::string_view key) const {
        return texts.get(prefix + "." + std::string(key));
    }
};

struct CommandRow {
    std::string_view group, name;  ///< "kinds", "check"; group empty: stands by itself
    void (*add)(const Registration&);
    /// May also run in the server that has the data directory open.
    bool is_forwarded = false;
};

/// All commands in the order of help.
[[nodiscard]] std::span<const CommandRow> command_rows();

/// in: the words after the program's name. out: the exit code.
[[nodiscard]] int
run_command_line(const std::vector<std::string>& words, const Surroundings& world);

/// Has the server that serves this data directory run the command. errors: not_found (none does),
/// io_failed.
[[nodiscard]] Result<int> forward_to_server(const Request& request, const std::string& folder);

/// One line per error on `err`, each `place: what is wrong (code)`; gives the exit code.
[[nodiscard]] int print_errors(const Request& request, std::span<const Error> errors);
/// A JSON value as indented text and a line break.
void print_json(const Request& request, const Json& value);

}  // namespace zt::app
