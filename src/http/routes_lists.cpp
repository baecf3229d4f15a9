// Lists of all matters, open and not, and the matters behind a figure.

#include "http/codec.hpp"
#include "http/pages/rows.hpp"
#include "http/route_lists.hpp"
#include "views/figures.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace zt::http {

namespace {

constexpr std::size_t rows_max = 200;
/// Matters behind one figure that are told: more is what the list is for.
constexpr std::size_t behind_max = 10'000;

api::Lamps lamps_of(const views::LampCounts& counts) {
    const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
    return {
        number(counts.green),
        number(counts.amber),
        number(counts.red),
        number(counts.paused),
        number(counts.supervised),
        number(counts.none)
    };
}

/// "1659315600000-12", "-12" for one without a due date.
std::string text_of_urgency(const views::OpenRow& row) {
    const std::string due =
        row.next_due ? std::to_string(row.next_due->time_since_epoch().count()) : "";
    return due + "-" + std::to_string(row.id.value);
}

Result<std::optional<views::UrgencyKey>> urgency_in(const Call& call) {
    const std::string* text = call.query_value("after");
    if (text == nullptr || text->empty()) {
        return std::optional<views::UrgencyKey>{};
    }
    const std::size_t dash = text->rfind('-');
    const auto id = dash == std::string::npos ? fail(Errc::bad_number)
                                              : parse_int(std::string_view(*text).substr(dash + 1));
    const auto due = parse_int(std::string_view(*text).substr(0, dash));
    if (!id || (dash != 0 && !due)) {
        return fail(Errc::bad_value, "`next` of the page before is expected", "/after");
    }
    views::UrgencyKey key{std::nullopt, MatterId{*id}};
    if (dash != 0) {
        key.next_due = UtcMs{Millis{*due}};
    }
    return std::optional(key);
}

Result<void> refuse_with_urgency(const ListAsked& asked) {
    const views::ListFilter& filter = asked.filter;
    if (filter.from || filter.until || filter.is_published) {
        return fail(
            Errc::bad_value,
            "days and published filter the lists by day of registration alone",
            "/sort"
        );
    }
    return {};
}

Result<api::ListedMatter>
urgent_line(const views::OpenRow& row, Looking& looking, const Call& call) {
    api::ListedMatter out;
    TRY(auto title, title_of(looking, row.id));
    out.line = pages::line_of(row, std::move(title), looking.context, call.language);
    out.counts = name_of(Counts::open);
    out.changed = row.changed;
    return out;
}

Result<Reply> urgent(World& world, const Call& call, Looking& looking, const ListAsked& asked) {
    TRY_VOID(refuse_with_urgency(asked));
    TRY(const std::size_t limit, limit_in(call, rows_max));
    const Viewer viewer = viewer_of(call.caller);
    views::OpenFilter filter = open_filter(asked, viewer, looking.context);
    TRY(filter.after, urgency_in(call));
    views::OpenPage page;
    api::MatterRows out;
    TRY_VOID(world.served->with_open_set([&](const views::OpenSet& set, const views::Reading& now) {
        page = set.page(filter, now, 0, limit + 1);
        views::OpenFilter all = filter;
        all.lamps.clear();
        out.lamps = lamps_of(set.count_lamps(all, now));
        out.seq = set.position();
    }));
    if (page.rows.size() > limit) {
        page.rows.resize(limit);
        out.next = text_of_urgency(page.rows.back());
    }
    for (const auto& row : page.rows) {
        TRY(auto line, urgent_line(row, looking, call));
        out.rows.push_back(std::move(line));
    }
    out.count = static_cast<std::int64_t>(page.count);
    return tagged(to_json(out));
}

Result<Reply> get_matters(World& world, const Call& call) {
    TRY_VOID(await_asked(world, call));
    TRY(auto looking, look(world, call));
    TRY(ListAsked asked, list_asked(call.query, looking));
    if (asked.is_urgent) {
        return urgent(world, call, looking, asked);
    }
    TRY(const std::size_t limit, limit_in(call, rows_max));
    TRY(const auto after, key_in(call));
    const Viewer viewer = viewer_of(call.caller);
    RowSight sight(viewer, looking.context);
    narrow(asked.filter, viewer, looking.context);
    asked.filter.is_visible = visible_for(asked, sight);
    views::ListPage page;
    views::ListCount count;
    const auto read = [&](const views::Lists& lists) -> Result<void> {
        TRY(page, lists.page(asked.filter, after, limit, asked.order));
        TRY(count, lists.count(asked.filter));
        return {};
    };
    TRY(const auto standing, world.readers->with_lists(read));
    api::MatterRows out;
    TRY(out.rows, Showing(world, looking, sight, call.language).lines(page.rows));
    if (page.next) {
        out.next = text_of_key(*page.next);
    }
    out.count = count.count;
    out.is_more = count.is_more;
    out.seq = standing.seq;
    out.is_being_made = standing.is_being_made;
    return tagged(to_json(out));
}

// ---- what a figure is made of -------------------------------------------------------------------

/// Counters of what happened to a matter. All others, those of ratings first, tell what a unit that
/// is rated may not know (SYSTEMS.md, never 3).
constexpr std::array open_counters{
    std::string_view("received"),       std::string_view("accepted"),
    std::string_view("refused"),        std::string_view("answered_directly"),
    std::string_view("assigned"),       std::string_view("joint_assigned"),
    std::string_view("closed"),         std::string_view("in_progress"),
    std::string_view("ended"),          std::string_view("answered"),
    std::string_view("sent_back"),      std::string_view("signed_on_time"),
    std::string_view("signed_late"),    std::string_view("responded_on_time"),
    std::string_view("responded_late"), std::string_view("closed_on_time"),
    std::string_view("closed_late"),    std::string_view("open_past_due"),
    std::string_view("due_final"),      std::string_view("first_answer_ms"),
};

/// A cell of a table: which facts are in it.
struct Cell {
    views::FactWindow window;
    std::optional<OrgId> org;
    std::optional<AreaId> area;
    std::string channel, category;
    bool has_channel = false, has_category = false;

    [[nodiscard]] bool holds(const views::FactRow& fact) const {
        return (!org || fact.org == *org) && (!area || fact.area == *area) &&
               (!has_channel || fact.channel == channel) &&
               (!has_category || fact.category == category);
    }
};

Result<std::optional<Date>> day_of(const Call& call, std::string_view name) {
    const std::string* text = call.query_value(name);
    if (text == nullptr || text->empty()) {
        return std::optional<Date>{};
    }
    const auto day = parse_date(*text);
    if (!day) {
        return fail(Errc::bad_date, day.error().detail, "/" + std::string(name));
    }
    return std::optional(*day);
}

Result<Cell> cell_of(const Call& call, const Looking& looking) {
    // The names of units and areas are read as a list reads them.
    Pairs named;
    for (const auto& [name, text] : call.query) {
        if (name == "org") {
            named.emplace_back("office", text);
        } else if (name == "area" || name == "kind") {
            named.emplace_back(name, text);
        }
    }
    TRY(auto asked, list_asked(named, looking));
    Cell cell;
    cell.org = asked.filter.office;
    cell.area = asked.filter.area;
    cell.window.kinds = std::move(asked.filter.kinds);
    TRY(cell.window.from, day_of(call, "from"));
    TRY(cell.window.until, day_of(call, "until"));
    if (!cell.window.until) {
        TRY(cell.window.until, day_of(call, "as_of"));
    }
    if (const std::string* text = call.query_value("known_at")) {
        TRY(cell.window.known_at, parse_int(*text));
    }
    if (const std::string* text = call.query_value("channel")) {
        cell.channel = *text;
        cell.has_channel = true;
    }
    if (const std::string* text = call.query_value("category")) {
        cell.category = *text;
        cell.has_category = true;
    }
    return cell;
}

/// Matters whose facts in the cell do not add up to nothing, the newest first.
Result<std::vector<MatterId>> matters_in(World& world, const Call& call, const Cell& cell) {
    const std::string& counter = call.path_value("counter");
    std::map<MatterId, std::int64_t> sums;
    Result<std::vector<MatterId>> known = fail(Errc::overloaded);
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        views::FigureQuery empty;
        empty.as_of = Date{};
        known = figures.list(counter, empty);  // says whether there is such a counter
        if (known) {
            figures.visit(counter, cell.window, [&](const views::FactRow& fact) {
                if (cell.holds(fact)) {
                    sums[fact.matter] += fact.amount;
                }
            });
        }
    }));
    if (!known) {
        return fail(known.error().code, known.error().detail, "/counter");
    }
    std::vector<MatterId> out;
    for (auto one = sums.rbegin(); one != sums.rend(); ++one) {
        if (one->second != 0 && out.size() <= behind_max) {
            out.push_back(one->first);
        }
    }
    return out;
}

Result<std::size_t> offset_in(const Call& call) {
    const std::string* text = call.query_value("after");
    if (text == nullptr || text->empty()) {
        return 0;
    }
    const auto number = parse_int(*text);
    if (!number || *number < 1) {
        return fail(Errc::bad_value, "`next` of the page before is expected", "/after");
    }
    return static_cast<std::size_t>(*number);
}

/// Only those that the caller sees are told and counted: the figure itself may be larger.
Result<Reply> get_behind(World& world, const Call& call) {
    TRY_VOID(await_asked(world, call));
    TRY(auto looking, look(world, call));
    TRY(const Cell cell, cell_of(call, looking));
    TRY(const std::size_t limit, limit_in(call, rows_max));
    TRY(const std::size_t after, offset_in(call));
    TRY(const auto matters, matters_in(world, call, cell));
    RowSight sight(viewer_of(call.caller), looking.context);
    const bool is_open =
        std::ranges::find(open_counters, call.path_value("counter")) != open_counters.end();
    const FieldGroup asked = is_open ? FieldGroup::fields : FieldGroup::rating_answers;
    std::vector<views::ListRow> rows;
    api::MatterRows out;
    const auto read = [&](const views::Lists& lists) -> Result<void> {
        for (const MatterId matter : matters) {
            TRY(auto row, lists.find(matter));
            if (!row || !sight.sees(*row) || !sight.reads(asked, *row)) {
                continue;
            }
            ++out.count;
            // By id, not by place: what comes meanwhile shifts nothing.
            const bool is_wanted = after == 0 || matter.value < static_cast<std::int64_t>(after);
            if (is_wanted && rows.size() <= limit) {
                rows.push_back(*std::move(row));
            }
        }
        return {};
    };
    TRY(const auto standing, world.readers->with_lists(read));
    if (rows.size() > limit) {
        rows.resize(limit);
        out.next = std::to_string(rows.back().id.value);
    }
    TRY(out.rows, Showing(world, looking, sight, call.language).lines(rows));
    out.is_more = matters.size() > behind_max;
    out.seq = standing.seq;
    out.is_being_made = standing.is_being_made;
    return tagged(to_json(out));
}

Pairs with_paging(Pairs values) {
    values.emplace_back("limit", "rows, 50 if left out, at most 200");
    values.emplace_back("after", "`next` of the page before");
    values.emplace_back("after_seq", "`seq` of an answer: waits up to 1 s until it shows");
    return values;
}

Pairs cell_values() {
    return with_paging({
        {"as_of", "day"},
        {"from", "first day of a period"},
        {"until", "last day of a period"},
        {"known_at", "seq that was known"},
        {"kind", "kinds, comma between"},
        {"org", "unit of the cell: code, name or number"},
        {"area", "area of the cell"},
        {"channel", "channel of the cell"},
        {"category", "category of the cell"},
    });
}

}  // namespace

std::vector<Route> list_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/matters",
         .role = For(Role::program, "matters.read"),
         .summary = "Matters that the caller may see, open or not, newest first or most urgent",
         .body = none(),
         .answer = schema_of<api::MatterRows>(),
         .handler = Answering(get_matters),
         .query = with_paging(list_values())},
        {.method = Method::get,
         .path = "/api/v1/figures/{counter}/matters",
         .role = For(Role::in_post),
         .summary = "Matters behind a cell of the figures, as far as the caller may see them",
         .body = none(),
         .answer = schema_of<api::MatterRows>(),
         .handler = Answering(get_behind),
         .query = cell_values()},
    };
}

}  // namespace zt::http
