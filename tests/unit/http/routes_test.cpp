// What every row of the interface has to say of itself.

#include "domain/permission.hpp"
#include "http/openapi.hpp"
#include "http/route.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::http {
namespace {

std::string name_of_row(const Route& route) {
    return std::string(name_of(route.method)) + " " + std::string(route.path);
}

TEST(routes, each_change_takes_a_key_or_says_that_it_may_be_sent_twice) {
    for (const Route& route : routes()) {
        const bool is_stated = is_changing(route) || route.key == KeyRule::repeatable;
        EXPECT_EQ(is_stated, route.method != Method::get) << name_of_row(route);
        EXPECT_FALSE(is_changing(route) && route.key == KeyRule::repeatable) << name_of_row(route);
    }
}

TEST(routes, what_is_done_once_names_its_key_in_the_description) {
    const Json document = openapi_of(routes(), "1");
    const Json wanted = Json::object().set("$ref", "#/components/parameters/IdempotencyKey");
    for (const char* const path :
         {"/api/v1/matters/{number}/files",
          "/api/v1/portal/matters/{number}/files",
          "/api/v1/matters/{number}/files/{no}/disclose",
          "/api/v1/bulk",
          "/api/v1/jobs/imports",
          "/api/v1/jobs/exports"}) {
        const JsonArray& named = document["paths"][path]["post"]["parameters"].as_array();
        EXPECT_NE(std::ranges::find(named, wanted), named.end()) << path;
    }
}

TEST(routes, a_scope_is_one_that_the_rules_of_permission_know) {
    for (const Route& route : routes()) {
        if (route.role.role == Role::program) {
            EXPECT_NE(
                std::ranges::find(scope_rows(), route.role.scope, &ScopeRow::scope),
                scope_rows().end()
            ) << name_of_row(route);
        }
    }
}

TEST(routes, what_looks_a_matter_up_is_decoded_on_a_worker) {
    for (const Route& route : routes()) {
        EXPECT_FALSE(
            route.path.find("{number}") != std::string_view::npos &&
            std::holds_alternative<Submitting>(route.handler)
        ) << name_of_row(route)
          << " would make an io thread wait for the disk";
    }
}

}  // namespace
}  // namespace zt::http
