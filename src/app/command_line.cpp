#include "app/command_line.hpp"

#include "app/commands/all.hpp"
#include "base/json.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

namespace zt::app {

namespace {

constexpr CommandRow rows[] = {
    {"", "init", add_init},
    {"", "demo", add_demo},
    {"", "import", add_import},
    {"", "areas", add_areas},
    {"", "serve", add_serve},
    {"", "openapi", add_openapi},
    {"", "stats", add_stats},
    {"", "bulletin", add_bulletin},
    {"", "scores", add_scores},
    {"", "burden", add_burden},
    {"", "show", add_show},
    {"", "paper", add_paper},
    {"", "train", add_train},
    {"", "suggest", add_suggest},
    {"", "topics", add_topics},
    {"", "replies", add_replies},
    {"", "systems", add_systems},
    {"", "due", add_due},
    {"", "verify", add_verify},
    {"", "replay", add_replay},
    {"", "backup", add_backup},
    {"", "restore", add_restore},
    {"", "erase", add_erase},
    {"", "retention", add_retention},
    {"", "doctor", add_doctor},
    {"admin", "create", add_admin_create, true},
    {"admin", "list", add_admin_list, true},
    {"admin", "disable", add_admin_disable, true},
    {"admin", "enable", add_admin_enable, true},
    {"admin", "reset", add_admin_reset, true},
    {"key", "check", add_key_check},
    {"key", "split", add_key_split},
    {"key", "combine", add_key_combine},
    {"key", "drill", add_key_drill},
    {"key", "rotate", add_key_rotate},
    {"receipt", "verify", add_receipt_verify},
    {"roots", "list", add_roots_list},
    {"roots", "verify", add_roots_verify},
    {"access", "explain", add_access_explain},
    {"kinds", "check", add_kinds_check},
    {"kinds", "graph", add_kinds_graph},
    {"kinds", "explain", add_kinds_explain},
    {"kinds", "test", add_kinds_test},
    {"kinds", "rehearse", add_kinds_rehearse},
    {"packs", "check", add_packs_check},
};

/// --lang decides in which language help and errors are, so it is looked for before anything is
/// parsed.
Language language_of(const std::vector<std::string>& words) {
    for (std::size_t index = 0; index < words.size(); ++index) {
        const std::string& word = words[index];
        if (word == "--lang" && index + 1 < words.size()) {
            return parse_language(words[index + 1]).value_or(Language::zh);
        }
        if (word.starts_with("--lang=")) {
            return parse_language(word.substr(7)).value_or(Language::zh);
        }
    }
    return Language::zh;
}

void translate(CLI::App& app, const Texts& texts) {
    const auto formatter = std::make_shared<CLI::Formatter>();
    for (const char* label :
         {"Usage",
          "Options",
          "Option Group",
          "Subcommands",
          "Subcommand",
          "SUBCOMMAND",
          "OPTIONS",
          "Positionals",
          "REQUIRED",
          "TEXT",
          "INT",
          "Needs",
          "Excludes"}) {
        std::string key = std::string("cli.labels.") + label;
        std::ranges::replace(key, ' ', '_');
        if (const std::string* text = texts.find(key)) {
            formatter->label(label, *text);
        }
    }
    app.formatter(formatter);
    app.option_defaults()->group(texts.get("cli.labels.Options"));
    app.set_help_flag("-h,--help", texts.get("cli.help"));
}

void add_general(CLI::App& app, Request& request, std::string& language) {
    const Texts& texts = request.texts();
    app.set_version_flag(
        "--version", std::string("zhitong ") + ZT_VERSION, texts.get("cli.version")
    );
    app.add_option("--lang", language, texts.get("cli.lang"))->check(CLI::IsMember({"zh", "en"}));
    app.add_flag("--json", request.is_json, texts.get("cli.json"));
    app.add_option("--kinds", request.kinds_folder, texts.get("cli.kinds_folder"));
}

CLI::App& group_of(CLI::App& app, std::string_view group, const Texts& texts) {
    if (group.empty()) {
        return app;
    }
    const std::string name(group);
    for (CLI::App* one : app.get_subcommands({})) {
        if (one->get_name() == name) {
            return *one;
        }
    }
    CLI::App* made = app.add_subcommand(name, texts.get("cli." + name + ".about"));
    made->require_subcommand(1);
    made->group(texts.get("cli.labels.Subcommands"));
    made->fallthrough();
    return *made;
}

void add_commands(CLI::App& app, const Request& request, Run& chosen) {
    for (const auto& row : rows) {
        if (request.world.operated != nullptr && !row.is_forwarded) {
            continue;
        }
        CLI::App& group = group_of(app, row.group, request.texts());
        std::string prefix = "cli.";
        if (!row.group.empty()) {
            prefix += std::string(row.group) + ".";
        }
        prefix += row.name;
        CLI::App* command =
            group.add_subcommand(std::string(row.name), request.texts().get(prefix + ".about"));
        command->fallthrough();
        command->group(request.texts().get("cli.labels.Subcommands"));
        // Each command registers what it would run; the one that was typed takes the place.
        const auto run = std::make_shared<Run>();
        row.add(Registration{*command, *run, request.texts(), prefix});
        command->final_callback([run, &chosen] { chosen = *run; });
    }
}

int wrong_use(const Request& request, const CLI::ParseError& error) {
    request.err() << request.text("cli.wrong_use", {{"what", error.what()}}) << '\n';
    return exit_wrong_use;
}

}  // namespace

std::span<const CommandRow> command_rows() { return rows; }

int run_command_line(const std::vector<std::string>& words, const Surroundings& world) {
    Request request;
    request.world = world;
    request.language = language_of(words);
    request.words = words;
    std::string language;
    Run chosen;
    CLI::App app(request.text("cli.about"), "zhitong");
    translate(app, request.texts());
    add_general(app, request, language);
    app.require_subcommand(1);
    add_commands(app, request, chosen);
    try {
        std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        const CLI::App* deepest = &app;
        std::string above;
        while (!deepest->get_subcommands().empty()) {
            above += (above.empty() ? "" : " ") + deepest->get_name();
            deepest = deepest->get_subcommands().front();
        }
        request.out() << deepest->help(above);
        return exit_fine;
    } catch (const CLI::CallForVersion& version) {
        request.out() << version.what() << '\n';
        return exit_fine;
    } catch (const CLI::ParseError& error) {
        return wrong_use(request, error);
    }
    const auto code = chosen(request);
    if (!code) {
        return print_errors(request, std::span(&code.error(), 1));
    }
    return *code;
}

int print_errors(const Request& request, std::span<const Error> errors) {
    int code = exit_fine;
    for (const auto& error : errors) {
        request.err() << to_line(error, request.language) << '\n';
        const bool is_use = error.code == Errc::bad_usage && code == exit_fine;
        code = is_use ? exit_wrong_use : exit_falls_short;
    }
    return code;
}

void print_json(const Request& request, const Json& value) {
    request.out() << to_pretty(value) << '\n';
}

}  // namespace zt::app
