// The audit: the second chain, read and exported by the audit administrator, who reads no matters.

#include "http/api_files.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/stamp.hpp"
#include "http/route_lists.hpp"
#include "service/audit_reading.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

constexpr std::size_t rows_usual = 100;
constexpr std::int64_t rows_max = 500;
/// Members that have a column of their own.
constexpr std::array<std::string_view, 5> columns{"what", "at", "person", "post", "matter"};

Result<std::optional<std::int64_t>> number_of(const Call& call, std::string_view name) {
    const std::string* text = call.query_value(name);
    if (text == nullptr || text->empty()) {
        return std::optional<std::int64_t>{};
    }
    const auto number = parse_int(*text);
    if (!number || *number < 1) {
        return fail(Errc::bad_value, "a whole number is expected", "/" + std::string(name));
    }
    return std::optional(*number);
}

/// The beginning of a day in office time, or an instant.
Result<std::optional<UtcMs>>
instant_of(const Call& call, std::string_view name, OfficeOffset offset) {
    const std::string* text = call.query_value(name);
    if (text == nullptr || text->empty()) {
        return std::optional<UtcMs>{};
    }
    const bool is_day =
        text->find('T') == std::string::npos && text->find(' ') == std::string::npos;
    const auto at = parse_instant(is_day ? *text + "T00:00" : *text, offset);
    if (!at) {
        return fail(Errc::bad_date, at.error().detail, "/" + std::string(name));
    }
    return std::optional(*at);
}

Result<service::AuditFilter> filter_of(const Call& call, Looking& looking) {
    const OfficeOffset offset = looking.context.calendar->offset;
    service::AuditFilter filter;
    TRY(filter.from, instant_of(call, "from", offset));
    TRY(filter.until, instant_of(call, "until", offset));
    TRY(const auto person, number_of(call, "person"));
    if (person) {
        filter.person = PersonId{*person};
    }
    if (const std::string* what = call.query_value("what"); what != nullptr && !what->empty()) {
        filter.what = split(*what, ',');
    }
    if (const std::string* number = call.query_value("matter")) {
        // A number that nothing has finds nothing: whether it is there is no business of the audit.
        filter.matter = looking.desk->find_number(*number).value_or(MatterId{-1});
    }
    return filter;
}

api::AuditLine line_of(const service::AuditEntry& entry, Looking& looking) {
    const Json& text = entry.text;
    const Directory& directory = *looking.directory;
    api::AuditLine line;
    line.seq = entry.seq;
    line.at = UtcMs{Millis{text["at"].as_int()}};
    line.what = text["what"].as_string();
    line.person = text["person"].as_int();
    if (const Post* post = directory.post(PostId{text["post"].as_int()})) {
        line.post = post->title;
        line.unit = pages::org_name(post->org, directory);
    }
    if (text["matter"].as_int() > 0) {
        const auto row = looking.desk->reader().matter(MatterId{text["matter"].as_int()});
        const auto found = row.value_or(std::nullopt);
        line.matter = found ? found->number : std::string();
    }
    for (const auto& [name, value] : text.members()) {
        if (std::ranges::find(columns, name) == columns.end()) {
            line.more.set(name, value);
        }
    }
    line.hash = entry.hash;
    return line;
}

AdministrationReport::Mode mode_of(const Looking& looking, const Call& call) {
    const Date today = office_date(call.now, looking.context.calendar->offset);
    return administration_of(*looking.directory, today).mode;
}

std::string banner_of(AdministrationReport::Mode mode, const World& world, const Call& call) {
    return world.texts(call.language).get("audit.mode." + std::string(name_of(mode)));
}

Result<Reply> get_audit(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const auto filter, filter_of(call, looking));
    TRY(const auto before, number_of(call, "before"));
    TRY(const auto limit, number_of(call, "limit"));
    if (limit.value_or(1) > rows_max) {
        return fail(Errc::bad_value, "1 to " + std::to_string(rows_max), "/limit");
    }
    TRY(const auto page,
        service::read_audit(
            looking.desk->reader(),
            filter,
            before,
            static_cast<std::size_t>(limit.value_or(rows_usual))
        ));
    api::AuditList list;
    const auto mode = mode_of(looking, call);
    list.mode = name_of(mode);
    list.banner = banner_of(mode, world, call);
    list.last = page.last;
    for (const auto& entry : page.rows) {
        list.rows.push_back(line_of(entry, looking));
    }
    if (page.next) {
        list.next = std::to_string(*page.next);
    }
    return stamped(json_reply(to_json(list)), looking, call);
}

// ---- export -------------------------------------------------------------------------------------

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
std::string cell(std::string text) {
    if (!text.empty() &&
        std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        text.insert(0, "'");
    }
    std::string quoted = "\"";
    for (const char one : text) {
        quoted += one;
        if (one == '"') {
            quoted += '"';
        }
    }
    return quoted + "\"";
}

std::string row_of(const std::vector<std::string>& cells) {
    std::string row;
    for (const auto& one : cells) {
        row += (row.empty() ? "" : ",") + cell(one);
    }
    return row + "\r\n";
}

void note_export(World& world, const Call& call, const std::string& reason) {
    Json text = Json::object();
    text.set("what", "audit_exported").set("at", std::int64_t{call.now.time_since_epoch().count()});
    text.set("person", call.caller.person.value).set("post", call.caller.post.value);
    text.set("reason", reason);
    world.served->writer().note(to_canonical(text));
}

void write_rows(
    Sink& sink, Looking& looking, const service::AuditFilter& filter, OfficeOffset offset
) {
    const auto give = [&](const service::AuditEntry& entry) {
        const auto line = line_of(entry, looking);
        return sink.write(row_of(
            {std::to_string(line.seq),
             to_office_string(line.at, offset),
             line.what,
             line.unit,
             line.post,
             line.person == 0 ? std::string() : std::to_string(line.person),
             line.matter,
             to_canonical(line.more),
             line.hash}
        ));
    };
    if (const auto read = service::for_each_audit(looking.desk->reader(), filter, give); !read) {
        // The head is out already: the file itself has to say that it is not whole.
        ignore(sink.write(row_of({"not whole", to_string(read.error())})), "the caller has gone");
    }
}

Result<Stream> export_audit(World& world, const Call& call) {
    const std::string* reason = call.query_value("reason");
    constexpr std::size_t reason_characters_max = 200;
    if (reason == nullptr || trim(*reason).empty() || !is_utf8(*reason) ||
        count_characters(*reason) > reason_characters_max) {
        return fail(Errc::reason_missing, "say in up to 200 characters what it is for", "/reason");
    }
    TRY(auto looking, look(world, call));
    TRY(const auto filter, filter_of(call, looking));
    TRY(const auto mark, watermark_of(looking, call));
    const auto banner = banner_of(mode_of(looking, call), world, call);
    TRY(const auto head, looking.desk->reader().head());
    note_export(world, call, *reason);
    Stream stream;
    stream.content_type = "text/csv; charset=utf-8";
    stream.headers.emplace_back("Content-Disposition", "attachment; filename=\"audit.csv\"");
    stream.headers.push_back(stamp(mark));
    const auto shared = std::make_shared<Looking>(std::move(looking));
    stream.run = [shared, filter, banner, line = export_line(mark, head.audit_seq)](Sink& sink) {
        const OfficeOffset offset = shared->context.calendar->offset;
        const std::string first =
            "\xEF\xBB\xBF" + row_of({line}) + row_of({banner}) +
            row_of({"seq", "at", "what", "unit", "post", "person", "matter", "more", "hash"});
        if (sink.write(first)) {
            write_rows(sink, *shared, filter, offset);
        }
    };
    return stream;
}

const Pairs audit_values{
    {"from", "day or instant"},
    {"until", "day or instant, not itself"},
    {"person", "number of the person's record"},
    {"matter", "number of a matter"},
    {"what", "sign_in, refused, revealed, directory_changed, file_read …, comma between"},
};

Pairs with(Pairs values, const Pairs& more) {
    values.insert(values.end(), more.begin(), more.end());
    return values;
}

}  // namespace

std::vector<Route> audit_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/audit",
         .role = For(Role::audit_admin),
         .summary = "What matters to security, newest first",
         .body = none(),
         .answer = schema_of<api::AuditList>(),
         .handler = Answering(get_audit),
         .query = with(
             audit_values, {{"before", "what `next` said"}, {"limit", "rows, 100 if left out"}}
         )},
        {.method = Method::get,
         .path = "/api/v1/audit/export",
         .role = For(Role::audit_admin),
         .summary = "The same as CSV, oldest first, with who exports it; itself a row of the audit",
         .body = none(),
         .answer = any_bytes(),
         .handler = Streaming(export_audit),
         .limits = {.seconds = 600},
         .query = with(audit_values, {{"reason", "what it is for"}})},
    };
}

}  // namespace zt::http
