// `serve`: the server, until it is asked to end.

#include "app/commands/all.hpp"
#include "app/demo/sign_ins.hpp"
#include "app/serving.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <sstream>
#include <unistd.h>

namespace zt::app {

namespace {

struct ServeOptions {
    std::vector<std::string> data;
    std::string key, listen, settings;
};

Environment environment_of_process() {
    Environment environment;
    for (char** one = ::environ; *one != nullptr; ++one) {
        const std::string_view text(*one);
        const std::size_t equals = text.find('=');
        if (text.starts_with("ZHITONG_") && equals != std::string_view::npos) {
            environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return environment;
}

Result<std::string> text_of_file(const std::string& file) {
    const std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return fail(Errc::io_failed, "the settings cannot be read", file);
    }
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// The place's own file stands above that of the server; environment and options above both.
Result<ServeSettings> settings_of(const ServeOptions& options, const std::string& folder) {
    ServeSettings settings;
    if (!options.settings.empty()) {
        TRY(const auto text, text_of_file(options.settings));
        TRY_VOID(read_settings(settings, text, options.settings));
    }
    const std::string own = folder + ".toml";
    if (std::filesystem::exists(own)) {
        TRY(const auto text, text_of_file(own));
        TRY_VOID(read_place_settings(settings, text, own));
    }
    TRY_VOID(read_environment(settings, environment_of_process()));
    if (!options.listen.empty()) {
        TRY_VOID(set_setting(settings, "http.listen", options.listen));
    }
    return settings;
}

sigset_t ending_signals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    return signals;
}

/// Until a signal comes or something failed. out: whether all is well.
bool wait_for_end(Serving& serving, const sigset_t& signals) {
    constexpr int upkeep_seconds = 60;
    constexpr timespec a_second{1, 0};
    for (int seconds = 1;; ++seconds) {
        if (::sigtimedwait(&signals, nullptr, &a_second) > 0) {
            return true;
        }
        if (serving.has_failed()) {
            return false;
        }
        if (seconds % upkeep_seconds == 0) {
            serving.upkeep();
        }
    }
}

Result<bool> is_demo_place(service::Tenant& tenant) {
    TRY(const auto setting, tenant.store().setting(demo::demo_setting));
    return setting.has_value();
}

/// The password of a demo place is in every copy of the program.
Result<void> must_stay_here(service::Tenant& tenant, const http::Settings& http) {
    TRY(const bool is_demo, is_demo_place(tenant));
    const bool is_here = http.address.starts_with("127.") || http.address == "::1";
    if (is_demo && !is_here) {
        return fail(
            Errc::bad_usage,
            "a demo place is served on loopback addresses only, since everybody knows its "
            "password; take 127.0.0.1:8311, or make a place of your own by init",
            "http.listen"
        );
    }
    return {};
}

void print_sign_ins(const Request& request) {
    request.out(
    ) << request.text("cli.serve.sign_ins", {{"password", std::string(demo::demo_password)}})
      << '\n';
    for (const auto& row : demo::sign_in_rows()) {
        const auto what = request.language == Language::zh ? row.zh : row.en;
        request.out() << "  " << row.name << std::string(12 - row.name.size(), ' ') << what << '\n';
    }
    request.out() << std::flush;
}

Result<OnePlace>
open_place(const ServeOptions& options, const std::string& folder, Random& random) {
    OnePlace place;
    TRY(place.settings, settings_of(options, folder));
    service::Opening opening;
    opening.path = folder;
    opening.key_file = options.key;
    opening.access = store::Access::write;
    opening.random = &random;
    opening.fills_later = true;
    TRY(place.tenant, service::Tenant::open(opening));
    TRY_VOID(must_stay_here(*place.tenant, place.settings.http));
    return place;
}

std::string address_of(const http::Settings& http, std::uint16_t port) {
    const bool is_secure = !http.certificate_file.empty();
    const bool is_v6 = http.address.find(':') != std::string::npos;
    const std::string address = is_v6 ? "[" + http.address + "]" : http.address;
    return (is_secure ? "https://" : "http://") + address + ":" + std::to_string(port);
}

Result<int> run_serve(const Request& request, const ServeOptions& options) {
    if (options.data.size() > 1 && !options.key.empty()) {
        return fail(Errc::bad_usage, "each of several places has its key beside it", "--key");
    }
    // Before any thread begins: they all leave these signals to this one.
    const sigset_t signals = ending_signals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::vector<OsRandom> randoms(options.data.size());  // one for each ledger's thread
    std::vector<OnePlace> places;
    bool is_demo = false;
    for (const auto& folder : options.data) {
        TRY(auto place, open_place(options, folder, randoms[places.size()]));
        place.settings.kinds_folder = request.kinds_folder;
        TRY(const bool is_one, is_demo_place(*place.tenant));
        is_demo = is_demo || is_one;
        places.push_back(std::move(place));
    }
    const http::Settings http = places.front().settings.http;
    const bool is_alone = places.size() == 1;
    TRY(const auto serving,
        is_alone ? Serving::start(std::move(places.front().tenant), places.front().settings)
                 : Serving::start(std::move(places)));
    request.out(
    ) << request.text("cli.serve.ready", {{"address", address_of(http, serving->port())}})
      << std::endl;
    if (is_demo) {
        print_sign_ins(request);
    }
    if (!wait_for_end(*serving, signals)) {
        return fail(Errc::io_failed, request.text("cli.serve.failed"));
    }
    request.err() << request.text("cli.serve.ending") << std::endl;
    return exit_fine;
}

}  // namespace

void add_serve(const Registration& here) {
    const auto options = std::make_shared<ServeOptions>();
    here.app.add_option("--data", options->data, here.help("data"))->required();
    here.app.add_option("--key", options->key, here.texts.get("cli.key_file"));
    here.app.add_option("--listen", options->listen, here.help("listen"));
    here.app.add_option("--settings", options->settings, here.help("settings"));
    here.run = [options](const Request& request) { return run_serve(request, *options); };
}

}  // namespace zt::app
