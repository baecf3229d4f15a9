// `init`: a data directory with its key, and the place file as its first commands.

#include "app/areas/area_writer.hpp"
#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/place_settings.hpp"
#include "service/genesis.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct InitOptions {
    DataOptions data;
    std::string place = "example", hash = "sha256";
};

Result<service::Definitions> definition_texts(const Definitions& definitions) {
    service::Definitions texts;
    TRY(texts.kinds, definitions.texts_of("kinds"));
    TRY(texts.packs, definitions.texts_of("packs"));
    TRY(texts.calendars, definitions.texts_of("calendars"));
    return texts;
}

/// Shapes and points from the files that the place names: beside it, or built in as it is.
Result<void> add_outlines(
    kindfile::Place& place, const Definitions& definitions, const std::string& place_file
) {
    for (const auto& one : place.outlines) {
        TRY(const auto text, definitions.beside(place_file, one.file));
        const auto coordinates =
            one.coordinates == "gcj02" ? Coordinates::gcj02 : Coordinates::wgs84;
        TRY(const auto entries, read_geojson(text.text, text.file, coordinates));
        TRY_VOID(put_outlines(place, entries, one.source));
    }
    return {};
}

std::string key_file_of(const InitOptions& options) {
    return options.data.key.empty() ? options.data.data + ".key" : options.data.key;
}

/// Directory, key and genesis, or nothing: what was made here is taken away again when the place is
/// refused.
Result<service::Genesis> make_tenant(
    const Request& request,
    const InitOptions& options,
    const service::Creation& creation,
    const kindfile::Place& place
) {
    TRY(auto tenant, service::Tenant::create(creation));
    const UtcMs now = request.world.clock->now();
    // Entries of the directory hold from their own dates; the events say when the place began here.
    auto written = service::write_genesis(tenant->ledger(), place, now, Origin::live, now);
    if (written) {
        TRY_VOID(tenant->save_views());
        return written;
    }
    tenant.reset();
    std::error_code ignored;
    std::filesystem::remove_all(options.data.data, ignored);
    std::filesystem::remove(key_file_of(options), ignored);
    return written;
}

/// Residents read this when nothing here helped: what is missing is said while there is somebody
/// who can add it.
void print_legal_ways(
    const Request& request, const kindfile::Place& place, const std::string& settings
) {
    if (place.legal_ways.empty()) {
        request.out() << request.text("cli.init.no_legal_ways", {{"file", settings}}) << '\n';
        return;
    }
    request.out() << request.text("cli.init.legal_ways", {{"file", settings}}) << '\n';
    for (const auto& one : place.legal_ways) {
        request.out() << "  " << one.way << "  " << one.authority;
        for (const std::string* text : {&one.address, &one.telephone, &one.within}) {
            request.out() << (text->empty() ? "" : " · ") << *text;
        }
        request.out() << '\n';
    }
}

Result<int> run_init(const Request& request, const InitOptions& options) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto place_text, definitions.place(options.place));
    auto place = kindfile::read_place(place_text.text, place_text.file);
    if (!place) {
        return print_errors(request, place.error());
    }
    TRY_VOID(add_outlines(*place, definitions, place_text.file));
    service::Creation creation;
    creation.path = options.data.data;
    creation.key_file = options.data.key;
    TRY(creation.definitions, definition_texts(definitions));
    creation.pack = place->pack;
    creation.calendar = place->calendar;
    creation.tenant = place->name;
    creation.algorithm = options.hash == "sm3" ? HashAlgorithm::sm3 : HashAlgorithm::sha256;
    creation.random = request.world.random;
    TRY(const auto written, make_tenant(request, options, creation, *place));
    TRY(const std::string settings, write_place_settings(options.data.data, *place));
    const std::string key = key_file_of(options);
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("data", options.data.data)
                .set("key", key)
                .set("orgs", written.orgs)
                .set("posts", written.posts)
                .set("people", written.people)
                .set("areas", written.areas)
                .set("settings", settings)
        );
        return exit_fine;
    }
    request.out() << request.text(
                         "cli.init.done",
                         {{"place",
                           request.language == Language::zh ? place->title.zh : place->title.en},
                          {"data", options.data.data},
                          {"key", key},
                          {"orgs", std::to_string(written.orgs)},
                          {"posts", std::to_string(written.posts)},
                          {"people", std::to_string(written.people)}}
                     )
                  << '\n';
    print_legal_ways(request, *place, settings);
    return exit_fine;
}

}  // namespace

void add_init(const Registration& here) {
    const auto options = std::make_shared<InitOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--place", options->place, here.help("place"))->capture_default_str();
    here.app.add_option("--hash", options->hash, here.help("hash"))
        ->check(CLI::IsMember({"sha256", "sm3"}));
    here.run = [options](const Request& request) { return run_init(request, *options); };
}

}  // namespace zt::app
