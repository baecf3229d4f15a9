#pragma once
// A bulletin in the form that was asked for: JSON, CSV, XLSX, or PDF as an official paper.

#include "domain/directory.hpp"
#include "http/call.hpp"
#include "service/bulletin_paper.hpp"

namespace zt::http {

/// in: query value `format`: json (also when left out), csv, xlsx, pdf. errors: bad_value; those of
/// drawing.
[[nodiscard]] Result<Reply> bulletin_reply(
    const views::Bulletin& bulletin, const std::string* format, const service::BulletinIssue& issue
);
/// Name of the office that publishes what the place amounts to; empty when there is none.
[[nodiscard]] std::string publishing_office(const Directory& directory, Date today);
/// For the rows of routes.
inline constexpr const char* format_help = "json, csv, xlsx or pdf; json if left out";
/// So that a browser saves it under that name.
void name_file(Reply& reply, const std::string& name);

}  // namespace zt::http
