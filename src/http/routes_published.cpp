// What everybody may read: published matters, figures and bulletins of months that have ended.

#include "http/bulletin_file.hpp"
#include "http/codec.hpp"
#include "http/exchange.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/public_figures.hpp"
#include "http/pages/public_place.hpp"
#include "http/pages/public_reading.hpp"
#include "http/pages/published_query.hpp"
#include "http/pages/table_file.hpp"
#include "http/route_lists.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t rows_usual = 20, rows_max = 100;
constexpr int first_year = 1949, last_year = 9998;

Result<std::size_t> limit_of(const Call& call) {
    const std::string* text = call.query_value("limit");
    if (text == nullptr) {
        return rows_usual;
    }
    const auto number = parse_int(*text);
    if (!number || *number < 1 || *number > std::int64_t{rows_max}) {
        return fail(Errc::bad_value, "a number from 1 to " + std::to_string(rows_max), "/limit");
    }
    return static_cast<std::size_t>(*number);
}

Result<api::PublishedList> list_of(World& world, const Call& call) {
    TRY(const auto filter, pages::published_filter(call, world));
    TRY(const std::size_t limit, limit_of(call));
    std::optional<views::ListKey> after;
    if (const std::string* number = call.query_value("after"); number != nullptr) {
        TRY(after, world.published->key_of(*number));
    }
    TRY(const auto page, world.published->page(filter, after, limit));
    TRY(const auto count, world.published->count(filter));
    TRY(auto looking, look(world, call));
    api::PublishedList list;
    list.count = count.count;
    list.is_more = count.is_more;
    for (const auto& row : page.rows) {
        TRY(auto one, read_published(looking, row.id, call.language));
        if (one) {
            list.rows.push_back(std::move(one->line));
        }
    }
    if (page.next) {
        list.next = page.rows.back().number;
    }
    return list;
}

Result<Reply> get_list(World& world, const Call& call) {
    TRY(const auto list, list_of(world, call));
    return json_reply(to_json(list));
}

/// RSS 2.0 of what the list says; a reader of feeds wants whole addresses.
Result<Reply> get_feed(World& world, const Call& call) {
    TRY(const auto list, list_of(world, call));
    const std::string site =
        (call.is_secure ? "https://" : "http://") + std::string(call.host) + "/published";
    const std::string title = xml_text(world.texts(call.language).get("portal.feed"));
    std::string items;
    for (const auto& line : list.rows) {
        const std::string link = xml_text(site + "/" + line.number);
        const UtcMs at =
            start_of(line.closed.value_or(line.registered), world.served->rules().calendar.offset);
        items += "<item><title>" + xml_text(line.title) + "</title><link>" + link +
                 "</link><guid>" + link + "</guid><pubDate>" + http_date(at) +
                 "</pubDate><description>" + xml_text(line.text) + "</description></item>\n";
    }
    Reply reply;
    reply.content_type = "application/rss+xml; charset=utf-8";
    reply.body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>" +
        title + "</title><link>" + xml_text(site) + "</link><description>" + title +
        "</description>\n" + items + "</channel></rss>\n";
    return reply;
}

Result<Reply> get_one(World& world, const Call& call) {
    const std::string& number = call.path_value("number");
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, looking.desk->find_number(number));
    TRY(const auto page, read_published(looking, matter, call.language));
    if (!page) {
        return fail(Errc::unknown_matter, "no matter has the number '" + number + "'");
    }
    return json_reply(to_json(*page));
}

/// Kinds whose figures are for everybody: those that everybody may hand in.
std::vector<std::string> public_kinds(const Kinds& kinds) {
    std::vector<std::string> names;
    for (const Kind* kind : kinds.all_newest()) {
        if (!pages::beginning_forms(*kind, "zh", pages::is_for_public).empty()) {
            names.push_back(kind->name);
        }
    }
    return names;
}

Result<int> year_asked(const Call& call, Date today) {
    const std::string* text = call.query_value("year");
    if (text == nullptr || text->empty()) {
        return year_of(today);
    }
    const auto number = parse_int(*text);
    if (!number || *number < first_year || *number > last_year) {
        return fail(Errc::bad_value, "a year as 2022", "/year");
    }
    return static_cast<int>(*number);
}

Result<Reply> get_figures(World& world, const Call& call) {
    const service::Rules& rules = world.served->rules();
    pages::PublicQuery query;
    query.today = office_date(call.now, rules.calendar.offset);
    query.kinds = public_kinds(rules.kinds);
    TRY(query.year, year_asked(call, query.today));
    const auto title_of = [&](const std::string& name) {
        const Kind* kind = rules.kinds.newest(name);
        return kind == nullptr ? name : pages::in_language(kind->title, call.language);
    };
    Result<api::PublicFigures> found = fail(Errc::overloaded);
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        found = pages::public_figures(figures, query, title_of, call.language);
    }));
    TRY_VOID(found);
    const std::string* format = call.query_value("format");
    if (format == nullptr || format->empty() || *format == "json") {
        return json_reply(to_json(*found));
    }
    if (*format != "csv") {
        return fail(Errc::bad_value, "json or csv", "/format");
    }
    Reply reply;
    reply.content_type = content_type_of(TableFormat::csv);
    reply.body = pages::csv_of(*found);
    name_file(reply, "figures-" + std::to_string(found->year) + ".csv");
    return reply;
}

Result<Reply> get_bulletin(World& world, const Call& call) {
    const service::Rules& rules = world.served->rules();
    views::BulletinQuery query;
    TRY(query.period,
        pages::ended_month(call.query_value("period"), office_date(call.now, rules.calendar.offset))
    );
    query.kinds = public_kinds(rules.kinds);
    const auto directory = world.served->directory();
    views::Bulletin bulletin;
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        bulletin = views::bulletin_of(figures, query, [&](OrgId id) {
            return pages::org_name(id, *directory);
        });
    }));
    pages::hide_second(bulletin);
    // Drawn as of the day after the month: whoever asks gets the same bytes.
    const Date day = query.period.until + std::chrono::days{1};
    const service::BulletinIssue issue{*world.zh, publishing_office(*directory, day), day, ""};
    return bulletin_reply(bulletin, call.query_value("format"), issue);
}

}  // namespace

std::vector<Route> published_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/portal/published",
         .role = For(Role::anybody),
         .summary = "Published matters, newest first",
         .body = none(),
         .answer = schema_of<api::PublishedList>(),
         .handler = Answering(get_list),
         .query =
             {{"kind", "kinds, comma between"},
              {"category", "categories"},
              {"counts", "open, closed or ended"},
              {"month", "2022-08, of registering"},
              {"within", "number of an area: with all below it, of kinds that publish theirs"},
              {"after", "`next` of the page before"},
              {"limit", "rows, 20 if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/portal/feed",
         .role = For(Role::anybody),
         .summary = "Published matters as RSS, with the filters of the list",
         .body = none(),
         .answer = any_bytes(),
         .handler = Answering(get_feed),
         .query =
             {{"kind", "kinds, comma between"},
              {"category", "categories"},
              {"counts", "open, closed or ended"},
              {"month", "2022-08, of registering"},
              {"within", "number of an area"},
              {"limit", "rows, 20 if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/portal/published/{number}",
         .role = For(Role::anybody),
         .summary = "One published matter with the days on which its stage changed",
         .body = none(),
         .answer = schema_of<api::PublishedPage>(),
         .handler = Answering(get_one)},
        {.method = Method::get,
         .path = "/api/v1/portal/figures",
         .role = For(Role::anybody),
         .summary = "Figures by kind and month that has ended; cells under five are hidden",
         .body = none(),
         .answer = schema_of<api::PublicFigures>(),
         .handler = Answering(get_figures),
         .query = {{"year", "this one if left out"}, {"format", "json or csv; json if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/portal/bulletin",
         .role = For(Role::anybody),
         .summary = "The bulletin of a month that has ended, unit by unit",
         .body = none(),
         .answer = any_json(),
         .handler = Answering(get_bulletin),
         .query = {{"period", "2022-08"}, {"format", format_help}}},
    };
}

}  // namespace zt::http
