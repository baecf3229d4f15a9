#pragma once
// A list as a file: who takes it, when and up to which event stands at its head, and every row is
// asked for before it is written (domain/permission: may_export). Rows are read a page at a time,
// so that neither memory nor a reader is held by a slow connection.

#include "http/pages/rows.hpp"
#include "http/pages/table_file.hpp"
#include "service/jobs.hpp"

namespace zt::http {

/// Who takes it away, as it is kept for the time of the export.
struct Taker {
    Caller caller;
    std::string language;
    Pairs query;  ///< of the list
    TableFormat format = TableFormat::csv;
};

/// errors: incomplete (nobody wants the bytes any more), those of reading the list. out: rows
/// given.
[[nodiscard]] Result<std::int64_t>
export_list(World& world, const Taker& taker, service::JobWatch& watch, Sink& sink);

}  // namespace zt::http
