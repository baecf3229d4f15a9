#include "app/findings.hpp"

#include "base/json.hpp"

#include <iterator>
#include <ostream>

namespace zt::app {

namespace {

Json errors_json(const kindfile::Errors& errors) {
    Json list = Json::array();
    for (const auto& error : errors) {
        list.push(Json::object()
                      .set("at", error.at)
                      .set("code", name_of(error.code))
                      .set("detail", error.detail));
    }
    return list;
}

}  // namespace

void add_errors(kindfile::Errors& all, kindfile::Errors more) {
    all.insert(
        all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

int print_findings(const Request& request, const kindfile::Errors& errors) {
    if (request.is_json) {
        print_json(
            request, Json::object().set("is_sound", false).set("findings", errors_json(errors))
        );
        return exit_falls_short;
    }
    const int code = print_errors(request, errors);
    request.err() << request.text("cli.found", {{"count", std::to_string(errors.size())}}) << '\n';
    return code;
}

}  // namespace zt::app
