// The place: its directory and what townships must do, what everybody may know of it, due dates
// with their proof, figures and bulletins.

#include "base/text.hpp"
#include "http/bulletin_file.hpp"
#include "http/codec.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/listed.hpp"
#include "http/pages/living.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/numbers.hpp"
#include "http/pages/public_place.hpp"
#include "http/pages/stamp.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"
#include "views/bulletin.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t orgs_max = 2000;

std::vector<std::string> words_of(const Call& call, std::string_view name) {
    const std::string* text = call.query_value(name);
    return text == nullptr || text->empty() ? std::vector<std::string>() : split(*text, ',');
}

Result<std::optional<Date>> day_of(const Call& call, std::string_view name) {
    const std::string* text = call.query_value(name);
    if (text == nullptr || text->empty()) {
        return std::optional<Date>{};
    }
    auto day = parse_date(*text);
    if (!day) {
        return fail(Errc::bad_date, day.error().detail, "/" + std::string(name));
    }
    return std::optional(*day);
}

api::OrgLine line_of(const Org& org, const Directory& directory, Date day) {
    api::OrgLine line{
        org.id.value,
        org.code,
        org.name,
        org.parent.value,
        std::string(name_of(org.level)),
        org.is_outside,
        !directory.children_of(org.id).empty(),
        {}
    };
    for (const Post* post : directory.posts_of(org.id, day)) {
        line.posts.push_back({post->id.value, post->key, post->title});
    }
    return line;
}

/// By id. Of a large place whole levels are asked for, never all.
Result<std::vector<const Org*>> orgs_asked(const Call& call, const Directory& directory) {
    std::vector<OrgId> ids;
    for (const std::string& text : words_of(call, "ids")) {
        TRY(const std::int64_t id, parse_int(text));
        ids.push_back(OrgId{id});
    }
    if (const std::string* text = call.query_value("post"); text != nullptr && !text->empty()) {
        TRY(const std::int64_t id, parse_int(*text));
        const Post* post = directory.post(PostId{id});
        ids.push_back(post == nullptr ? OrgId{} : post->org);
    }
    const std::string* under = call.query_value("under");
    if (under != nullptr && !under->empty()) {
        TRY(const std::int64_t id, parse_int(*under));
        const auto children = directory.children_of(OrgId{id});
        ids.assign(children.begin(), children.end());
    } else if (ids.empty()) {
        return directory.orgs();
    }
    std::vector<const Org*> orgs;
    for (const OrgId id : ids) {
        if (const Org* org = directory.org(id)) {
            orgs.push_back(org);
        }
    }
    std::ranges::sort(orgs, {}, &Org::id);
    return orgs;
}

Result<Reply> get_orgs(World& world, const Call& call) {
    const auto directory = world.served->directory();
    TRY(const auto asked, day_of(call, "day"));
    const Date day = asked.value_or(office_date(call.now, world.served->rules().calendar.offset));
    TRY(const auto orgs, orgs_asked(call, *directory));
    const std::string* after = call.query_value("after");
    const OrgId from{after == nullptr ? 0 : parse_int(*after).value_or(0)};
    const std::string* words = call.query_value("words");
    const std::size_t limit =
        call.query_value("limit") == nullptr ? orgs_max : pages::limit_of(call, orgs_max);
    api::OrgList list;
    for (const Org* org : orgs) {
        const bool is_named = words == nullptr || org->name.contains(*words);
        if (org->id <= from || !is_named || !org->span.holds(day) || is_firm(*org)) {
            continue;
        }
        if (list.orgs.size() == limit) {
            list.has_more = true;
            break;
        }
        list.orgs.push_back(line_of(*org, *directory, day));
    }
    return json_reply(to_json(list));
}

// ---- what townships must do ---------------------------------------------------------------------

void add_duties(api::DutyLists& lists, const State& record, const Looking& looking, Date day) {
    const Directory& directory = *looking.directory;
    const OrgId org{record.field("org").as_int()};
    for (const char* name : {"basic", "assist", "taken_back"}) {
        for (const Json& entry : record.field(name).as_array()) {
            // CATEGORY or CATEGORY:CODE of the county unit.
            const auto parts = split(entry.as_string(), ':');
            const Org* lead = parts.size() > 1 ? directory.find_org(parts[1], day) : nullptr;
            api::DutyLine line{
                {org.value, pages::org_name(org, directory)}, name, std::string(parts[0]), {}
            };
            if (lead != nullptr) {
                line.lead = {lead->id.value, lead->name};
            }
            lists.duties.push_back(std::move(line));
        }
    }
}

Result<Reply> get_duties(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const auto records, pages::living_records(world, "duty_list"));
    const Date today = office_date(call.now, world.served->rules().calendar.offset);
    api::DutyLists lists;
    for (const MatterId id : records) {
        TRY(const State record, looking.desk->state(id));
        if (record.counts == Counts::open) {
            add_duties(lists, record, looking, today);
        }
    }
    return json_reply(to_json(lists));
}

// ---- the place as everybody knows it ------------------------------------------------------------

/// Records of areas that are in force.
Result<std::vector<AreaId>> living_areas(const World& world) {
    TRY(const auto records, pages::living_records(world, "area"));
    std::vector<AreaId> areas;
    for (const MatterId id : records) {
        areas.push_back(AreaId{id.value});
    }
    return areas;
}

Result<Reply> get_public_place(World& world, const Call& call) {
    const service::Rules& rules = world.served->rules();
    const auto directory = world.served->directory();
    TRY(const auto areas, living_areas(world));
    std::vector<const Kind*> kinds = rules.kinds.all_newest();
    std::erase_if(kinds, [](const Kind* kind) {
        return pages::beginning_forms(*kind, "zh", pages::is_for_public).empty();
    });
    pages::PlaceParts parts;
    parts.directory = directory.get();
    parts.kinds = kinds;
    parts.pack = &rules.pack;
    parts.areas = areas;
    parts.today = office_date(call.now, rules.calendar.offset);
    parts.offset = rules.calendar.offset;
    parts.legal_offices = world.legal_offices;
    return json_reply(to_json(pages::public_place(parts, call.language)));
}

Result<Reply> get_words(World& world, const Call& call) {
    const Pack& pack = world.served->rules().pack;
    api::WordLists lists;
    lists.offset_minutes = world.served->rules().calendar.offset.value.count();
    for (const auto& [name, words] : pack.reasons) {
        lists.lists.push_back({name, pages::words_of_list(pack, name, call.language)});
    }
    for (const auto& row : argument_rows()) {
        lists.arguments.push_back({std::string(row.name), pages::argument_title(row, call.language)}
        );
    }
    return json_reply(to_json(lists));
}

Result<Reply> get_due(World& world, const Call& call) {
    const auto& calendar = world.served->rules().calendar;
    const std::string* length_text = call.query_value("length");
    if (length_text == nullptr) {
        return fail(Errc::missing_field, "how long: 5wd, 2h, 15d", "/length");
    }
    auto length = calendar::parse_length(*length_text);
    if (!length) {
        return fail(Errc::bad_value, length.error().detail, "/length");
    }
    UtcMs from = call.now;
    if (const std::string* text = call.query_value("from")) {
        auto instant = parse_instant(*text, calendar.offset);
        if (!instant) {
            return fail(Errc::bad_date, instant.error().detail, "/from");
        }
        from = *instant;
    }
    TRY(const auto proof, calendar::explain(calendar, from, *length));
    api::Due due{proof.due.at, {}, proof.due.provisional, {}};
    due.due_text = pages::due_text_of(calendar, proof.due.at, *length);
    for (const auto& day : proof.days) {
        const std::string why = day.name.empty() ? std::string(name_of(day.kind)) : day.name;
        due.proof.push_back({day.day, std::string(name_of(day.mark)), why, day.counted});
    }
    return json_reply(to_json(due));
}

Result<views::FigureQuery> query_of(const Call& call) {
    views::FigureQuery query;
    TRY(query.as_of, day_of(call, "as_of"));
    TRY(query.from, day_of(call, "from"));
    TRY(query.until, day_of(call, "until"));
    if (const std::string* text = call.query_value("known_at")) {
        TRY(query.known_at, parse_int(*text));
    }
    query.by = words_of(call, "by");
    query.kinds = words_of(call, "kind");
    return query;
}

views::FigureNames names_in(const Directory& directory) {
    views::FigureNames names;
    names.org = [&directory](OrgId id) { return pages::org_name(id, directory); };
    names.area = [&directory](AreaId id) {
        const Area* area = directory.area(id);
        return area == nullptr ? std::to_string(id.value) : area->name;
    };
    return names;
}

Result<Reply> get_figures(World& world, const Call& call) {
    TRY(const auto query, query_of(call));
    const auto directory = world.served->directory();
    Result<views::FigureTable> table = fail(Errc::overloaded);
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        table = figures.table(query, names_in(*directory));
    }));
    TRY_VOID(table);
    Reply reply;
    reply.body = views::to_json(*table, query.by);
    return reply;
}

Result<Reply> get_bulletin(World& world, const Call& call) {
    const std::string* text = call.query_value("period");
    if (text == nullptr) {
        return fail(Errc::missing_field, "which period: 2022-08, 2022-Q3, 2022", "/period");
    }
    views::BulletinQuery query;
    TRY(query.period, views::parse_period(*text));
    query.kinds = words_of(call, "kind");
    TRY(auto looking, look(world, call));
    const auto directory = world.served->directory();
    views::Bulletin bulletin;
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        bulletin = views::bulletin_of(figures, query, names_in(*directory).org);
    }));
    std::string drawn_for;
    if (call.caller.person) {  // else a program, whose key stands in the audit
        TRY(const auto mark, watermark_of(looking, call));
        drawn_for = service::export_line(mark, bulletin.seq);
    }
    const Date today = office_date(call.now, world.served->rules().calendar.offset);
    const service::BulletinIssue issue{
        *world.zh, publishing_office(*directory, today), today, drawn_for
    };
    return bulletin_reply(bulletin, call.query_value("format"), issue);
}

const Pairs figure_values{
    {"as_of", "day, the newest if left out"},
    {"from", "first day of a period"},
    {"until", "last day of a period"},
    {"known_at", "seq that was known"},
    {"by", "dimensions: kind, channel, org, area, category, month, year"},
    {"kind", "kinds, comma between"},
};

}  // namespace

std::vector<Route> place_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/directory/orgs",
         .role = For(Role::program, "directory.read"),
         .summary = "Orgs and posts on a day",
         .body = none(),
         .answer = schema_of<api::OrgList>(),
         .handler = Answering(get_orgs),
         .query =
             {{"day", "2022-08-01, today if left out"},
              {"under", "those directly under that org; 0: those at the top"},
              {"ids", "those orgs, comma between"},
              {"post", "the org of that post"},
              {"words", "part of the name"},
              {"after", "id of the last one that was given"},
              {"limit", "orgs, 2,000 if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/directory/duties",
         .role = For(Role::program, "directory.read"),
         .summary = "What each township must do, assists in, and what was taken back upward",
         .body = none(),
         .answer = schema_of<api::DutyLists>(),
         .handler = Answering(get_duties)},
        {.method = Method::get,
         .path = "/api/v1/words",
         .role = For(Role::signed_in),
         .summary =
             "Lists of the place's pack in words: reasons, outcomes, triggers; its office time",
         .body = none(),
         .answer = schema_of<api::WordLists>(),
         .handler = Answering(get_words)},
        {.method = Method::get,
         .path = "/api/v1/portal/place",
         .role = For(Role::anybody),
         .summary = "The place: areas, units, what it promises, the ways to reach it",
         .body = none(),
         .answer = schema_of<api::PublicPlace>(),
         .handler = Answering(get_public_place)},
        {.method = Method::get,
         .path = "/api/v1/calendar/due",
         .role = For(Role::anybody),
         .summary = "When something is due, with each day counted or skipped and why",
         .body = none(),
         .answer = schema_of<api::Due>(),
         .handler = Answering(get_due),
         .query = {{"from", "instant, now if left out"}, {"length", "5wd, 2h, 4sh, 15d, 3mo"}}},
        {.method = Method::get,
         .path = "/api/v1/figures",
         .role = For(Role::program, "figures.read"),
         .summary = "Every indicator as of a day, in all or by dimensions",
         .body = none(),
         .answer = any_json(),
         .handler = Answering(get_figures),
         .query = figure_values},
        {.method = Method::get,
         .path = "/api/v1/bulletins",
         .role = For(Role::program, "figures.read"),
         .summary = "What a month, quarter or year amounts to, unit by unit",
         .body = none(),
         .answer = any_json(),
         .handler = Answering(get_bulletin),
         .query =
             {{"period", "2022-08, 2022-Q3, 2022"},
              {"kind", "kinds, comma between"},
              {"format", format_help}}},
    };
}

}  // namespace zt::http
