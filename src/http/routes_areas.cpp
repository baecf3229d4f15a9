// Areas on a map: their shapes, lamps of open matters by area, published matters by area.

#include "http/api_areas.hpp"
#include "http/codec.hpp"
#include "http/pages/area_tree.hpp"
#include "http/pages/published.hpp"
#include "http/pages/published_query.hpp"
#include "http/pages/rows.hpp"
#include "http/route_lists.hpp"
#include "views/figures.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace zt::http {

namespace {

/// The area that a map is asked for: the top when it is left out; null where the place has several.
Result<const Area*> within_of(const Call& call, const pages::AreaTree& tree) {
    const std::string* text = call.query_value("within");
    if (text == nullptr || text->empty()) {
        return tree.top();
    }
    const auto number = parse_int(*text);
    const Area* area = number ? tree.find(AreaId{*number}) : nullptr;
    if (area == nullptr) {
        return fail(Errc::bad_value, "no area has the number '" + *text + "'", "/within");
    }
    return area;
}

Date today_of(const World& world, const Call& call) {
    return office_date(call.now, world.served->rules().calendar.offset);
}

api::AreaOnMap on_map(const Area& area, const pages::AreaTree& tree) {
    api::AreaOnMap out;
    out.id = area.id.value;
    out.name = area.name;
    out.level = name_of(area.level);
    out.parent = area.parent.value;
    out.has_below = tree.has_below(area.id);
    if (area.shape != nullptr) {
        // Seats of counties lie beside one another at a border; names need the room within.
        out.shape = to_string(*area.shape);
        out.point = to_string(inner_point(*area.shape));
    } else if (area.point) {
        out.point = to_string(*area.point);
    }
    return out;
}

/// Shapes change once in years, but one that was just imported should be seen: kept for minutes,
/// then asked for again by its tag.
constexpr std::string_view map_kept = "public, max-age=300";

Result<Reply> get_map(World& world, const Call& call) {
    const auto directory = world.served->directory();
    const pages::AreaTree tree(*directory, today_of(world, call));
    TRY(const Area* within, within_of(call, tree));
    api::AreaMap map;
    std::set<std::string> sources;
    const auto take = [&](const Area& area) {
        if (!area.map_source.empty()) {
            sources.insert(area.map_source);
        }
        return on_map(area, tree);
    };
    if (within != nullptr) {
        map.within = take(*within);
        for (const Area* area : tree.above(*within)) {
            map.above.push_back({area->id.value, area->name});
        }
    }
    for (const Area* area : tree.below(within)) {
        map.areas.push_back(take(*area));
    }
    map.sources.assign(sources.begin(), sources.end());
    if (!world.tiles.url.empty()) {
        map.tiles = api::TileServer{world.tiles.url, world.tiles.attribution};
    }
    Reply reply = tagged(to_json(map));
    reply.cache_control = map_kept;
    return reply;
}

/// What is open in one area alone.
struct OpenThere {
    api::Lamps lamps;
    std::int64_t count = 0;
};
using OpenByArea = std::map<AreaId, OpenThere>;

OpenThere open_there(const views::LampCounts& counts) {
    const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
    OpenThere there;
    there.lamps = {
        number(counts.green),
        number(counts.amber),
        number(counts.red),
        number(counts.paused),
        number(counts.supervised),
        number(counts.none)
    };
    there.count = number(
        counts.green + counts.amber + counts.red + counts.paused + counts.supervised + counts.none
    );
    return there;
}

void add(api::AreaLamps& sum, const OpenThere& there) {
    sum.lamps.green += there.lamps.green;
    sum.lamps.amber += there.lamps.amber;
    sum.lamps.red += there.lamps.red;
    sum.lamps.paused += there.lamps.paused;
    sum.lamps.supervised += there.lamps.supervised;
    sum.lamps.none += there.lamps.none;
    sum.count += there.count;
}

/// Every area right below is told, also one where nothing is open: a map without holes.
api::AreaLampList
lamp_list(const OpenByArea& open, const pages::AreaTree& tree, const Area* within) {
    api::AreaLampList list;
    std::map<AreaId, std::size_t> places;
    for (const Area* area : tree.below(within)) {
        places[area->id] = list.areas.size();
        list.areas.push_back({{area->id.value, area->name}, {}, 0});
    }
    api::AreaLamps* whole = nullptr;
    if (within != nullptr) {
        whole = &list.within.emplace(api::AreaLamps{{within->id.value, within->name}, {}, 0});
    }
    for (const auto& [area, there] : open) {
        if (!area) {
            add(list.unplaced, there);
            continue;
        }
        const Area* branch = tree.branch_of(area, within);
        if (branch != nullptr) {
            add(list.areas[places[branch->id]], there);
        }
        if (whole != nullptr && (branch != nullptr || area == within->id)) {
            add(*whole, there);
        }
    }
    return list;
}

std::int64_t count_of(const views::FigureRow& row, std::string_view indicator) {
    const auto found = std::ranges::find(row.values, indicator, [](const auto& one) {
        return std::string_view(one.first);
    });
    return found == row.values.end() ? 0 : parse_int(found->second.count).value_or(0);
}

/// A past day is told by the figures, which everybody at the desk reads; lamps themselves are never
/// kept.
Result<OpenByArea>
open_on(const views::Figures& figures, Date day, const std::vector<std::string>& kinds) {
    views::FigureQuery query;
    query.as_of = day;
    query.by = {"area"};
    query.kinds = kinds;
    TRY(const auto table, figures.table(query));
    OpenByArea open;
    for (const auto& row : table.rows) {
        OpenThere& there = open[AreaId{parse_int(row.by.front().second).value_or(0)}];
        there.count += count_of(row, "in_progress");
        there.lamps.red += count_of(row, "open_past_due");
    }
    return open;
}

Result<std::optional<Date>> past_day_of(const Call& call, Date today) {
    const std::string* text = call.query_value("as_of");
    if (text == nullptr || text->empty()) {
        return std::optional<Date>{};
    }
    const auto day = parse_date(*text);
    if (!day) {
        return fail(Errc::bad_date, day.error().detail, "/as_of");
    }
    return *day < today ? std::optional(*day) : std::optional<Date>{};
}

Result<Reply> get_lamps(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    const pages::AreaTree tree(*looking.directory, today_of(world, call));
    TRY(const Area* within, within_of(call, tree));
    Pairs asked_for;
    if (const std::string* kinds = call.query_value("kind")) {
        asked_for.emplace_back("kind", *kinds);
    }
    TRY(const ListAsked asked, list_asked(asked_for, looking));
    TRY(const auto day, past_day_of(call, today_of(world, call)));
    Result<OpenByArea> open = OpenByArea{};
    Seq seq = 0;
    if (day) {
        TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
            open = open_on(figures, *day, asked.filter.kinds);
            seq = figures.position();
        }));
    } else {
        const auto filter =
            open_filter(asked, viewer_of(call.caller), looking.context, AsksWhere::yes);
        TRY_VOID(world.served->with_open_set([&](const views::OpenSet& set,
                                                 const views::Reading& now) {
            for (const auto& [area, lamps] : set.lamps_by_area(filter, now)) {
                open->emplace(area, open_there(lamps));
            }
            seq = set.position();
        }));
    }
    TRY_VOID(open);
    api::AreaLampList list = lamp_list(*open, tree, within);
    list.as_of = day;
    list.seq = seq;
    return tagged(to_json(list));
}

Result<Reply> get_published(World& world, const Call& call) {
    const auto directory = world.served->directory();
    const pages::AreaTree tree(*directory, today_of(world, call));
    TRY(const Area* within, within_of(call, tree));
    TRY(auto filter, pages::published_filter(call, world, pages::AsksArea::yes));
    filter.areas.clear();
    TRY(const auto counts, world.published->count_by_area(filter));
    api::AreaCounts list;
    std::map<AreaId, std::size_t> places;
    for (const Area* area : tree.below(within)) {
        // Below a township nothing is told apart.
        if (pages::public_area(area->id, *directory) == area->id) {
            places[area->id] = list.areas.size();
            list.areas.push_back({{area->id.value, area->name}, 0});
        }
    }
    for (const auto& [area, count] : counts) {
        const AreaId shown = pages::public_area(area, *directory);
        if (!shown) {
            list.unplaced += count;
            continue;
        }
        const Area* branch = tree.branch_of(shown, within);
        if (branch != nullptr && places.contains(branch->id)) {
            list.areas[places[branch->id]].count += count;
        }
        if (within == nullptr || branch != nullptr || shown == within->id) {
            list.count += count;
        }
    }
    return json_reply(to_json(list));
}

}  // namespace

std::vector<Route> area_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/portal/map",
         .role = For(Role::anybody),
         .summary = "An area and those right below it with shapes and points, and their sources",
         .body = none(),
         .answer = schema_of<api::AreaMap>(),
         .handler = Answering(get_map),
         .query = {{"within", "number of the area; the top of the place if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/areas/lamps",
         .role = For(Role::program, "matters.read"),
         .summary =
             "Open matters that the caller may list, by area and lamp; of a past day what was "
             "open and overdue",
         .body = none(),
         .answer = schema_of<api::AreaLampList>(),
         .handler = Answering(get_lamps),
         .query =
             {{"within", "number of the area; the top of the place if left out"},
              {"kind", "kinds, comma between"},
              {"as_of", "a past day; now if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/portal/published/areas",
         .role = For(Role::anybody),
         .summary = "How many matters were published in each area, down to townships",
         .body = none(),
         .answer = schema_of<api::AreaCounts>(),
         .handler = Answering(get_published),
         .query =
             {{"within", "number of the area; the top of the place if left out"},
              {"kind", "kinds, comma between"},
              {"category", "categories"},
              {"counts", "open, closed or ended"},
              {"month", "2022-08, of registering"}}},
    };
}

}  // namespace zt::http
