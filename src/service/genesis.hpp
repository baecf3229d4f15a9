#pragma once
// Genesis: the place file as ordinary commands of the system actor. Until somebody holds
// admin.system, only system acts.

#include "kindfile/place_file.hpp"
#include "service/ledger.hpp"

namespace zt::service {

struct Genesis {
    std::int64_t areas = 0, orgs = 0, posts = 0, people = 0, duty_lists = 0;
};

/// Registers areas, people, orgs, posts and duty lists of the place, in that order.
/// in: at and origin of the events (a demo place begins in its past).
/// errors: any refusal, with the place file's line.
[[nodiscard]] Result<Genesis>
write_genesis(Ledger& ledger, const kindfile::Place& place, UtcMs at, Origin origin, UtcMs now);

}  // namespace zt::service
