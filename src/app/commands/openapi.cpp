// `openapi`: the API as a document, or as a client in TypeScript.

#include "http/openapi.hpp"

#include "app/commands/all.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct OpenapiOptions {
    bool is_typescript = false;
};

Result<int> run_openapi(const Request& request, const OpenapiOptions& options) {
    std::vector<http::Route> routes(http::routes().begin(), http::routes().end());
    const auto operating = http::operating_routes();
    routes.insert(routes.end(), operating.begin(), operating.end());
    if (options.is_typescript) {
        request.out() << http::typescript_of(routes);
    } else {
        request.out() << to_pretty(http::openapi_of(routes, ZT_VERSION)) << "\n";
    }
    return exit_fine;
}

}  // namespace

void add_openapi(const Registration& here) {
    const auto options = std::make_shared<OpenapiOptions>();
    here.app.add_flag("--typescript", options->is_typescript, here.help("typescript"));
    here.run = [options](const Request& request) { return run_openapi(request, *options); };
}

}  // namespace zt::app
