#pragma once
// The life of a matter as people read it: what happened, who did it, what it changed, what is due
// and why.

#include "app/data.hpp"

namespace zt::app {

struct LifeOptions {
    bool has_notices = false;  ///< also whom each event told, and whether that was sent
    bool has_proof = false;    ///< also each day that the final clock counted
};

struct Life {
    std::shared_ptr<const State> state;
    std::vector<Event> events;
};

/// errors: unknown_matter, damaged.
[[nodiscard]] Result<Life> life_of(service::Tenant& tenant, MatterId matter);

[[nodiscard]] Json
life_json(const Request& request, service::Tenant& tenant, const Life& life, LifeOptions options);
void print_life(
    const Request& request, service::Tenant& tenant, const Life& life, LifeOptions options
);

}  // namespace zt::app
