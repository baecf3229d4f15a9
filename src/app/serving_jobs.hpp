#pragma once
// Work beside the answers: rows of a file through a map, the rules of scores, and what is learned.

#include "app/definitions.hpp"
#include "http/world.hpp"
#include "service/jobs.hpp"
#include "service/learning.hpp"
#include "service/served.hpp"

namespace zt::app {

/// The map is one of maps/, and the rows have its columns. errors: not_found with the names there
/// are, those of probe_columns and check_columns.
[[nodiscard]] Result<void>
check_import(const Definitions& definitions, const http::ImportOrder& order);
/// Takes the rows in, group by group, between what others hand in; stops where it is cancelled.
/// errors: overloaded (the views are not filled yet), those of import_rows.
[[nodiscard]] Result<void> import_served(
    const Definitions& definitions,
    service::Served& served,
    const http::ImportOrder& order,
    service::JobWatch& watch
);
/// What the place learns from its own matters, which it reads as the followers' readers do. errors:
/// io_failed.
[[nodiscard]] Result<std::unique_ptr<service::Learning>> start_learning(
    const service::FollowerParts& like, service::ViewReaders& readers, const std::string& folder
);
/// The scores that there are. Both arguments must outlive it.
[[nodiscard]] http::ScoreBook
score_book(const Definitions& definitions, const service::Served& served);

}  // namespace zt::app
