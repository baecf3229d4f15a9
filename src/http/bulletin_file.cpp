#include "http/bulletin_file.hpp"

#include "http/pages/public_place.hpp"
#include "http/pages/table_file.hpp"

namespace zt::http {

namespace {

Reply xlsx_of(const views::Bulletin& bulletin, const service::BulletinIssue& issue) {
    Reply reply;
    reply.content_type = content_type_of(TableFormat::xlsx);
    const auto file = TableFile::make(
        TableFormat::xlsx,
        issue.texts.get("paper.bulletin.head"),
        [&reply](std::string_view bytes) {
            reply.body += bytes;
            return true;
        }
    );
    const auto table = views::table_of(bulletin, views::Language::zh);
    file->row(table.head);
    for (const auto& row : table.rows) {
        file->row(row);
    }
    file->finish();
    return reply;
}

}  // namespace

std::string publishing_office(const Directory& directory, Date today) {
    return pages::office_name(directory, today);
}

void name_file(Reply& reply, const std::string& name) {
    reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
}

Result<Reply> bulletin_reply(
    const views::Bulletin& bulletin, const std::string* format, const service::BulletinIssue& issue
) {
    const std::string form = format == nullptr || format->empty() ? "json" : *format;
    Reply reply;
    if (form == "json") {
        reply.body = views::to_json(bulletin);
        return reply;
    }
    if (form == "csv") {
        reply.content_type = content_type_of(TableFormat::csv);
        reply.body = views::to_csv(bulletin);
    } else if (form == "xlsx") {
        reply = xlsx_of(bulletin, issue);
    } else if (form == "pdf") {
        TRY(reply.body, service::bulletin_pdf(bulletin, issue));
        reply.content_type = "application/pdf";
    } else {
        return fail(Errc::bad_value, format_help, "/format");
    }
    name_file(reply, "bulletin-" + bulletin.period.text + "." + form);
    return reply;
}

}  // namespace zt::http
