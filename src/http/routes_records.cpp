// Records: enterprises, areas, units, posts, people, duty lists and whatever other kind lives for
// ever. A record is a matter, so one of them is shown as one, with its history.

#include "http/api_files.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/papers.hpp"
#include "http/pages/stamp.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"
#include "views/lists.hpp"

#include <algorithm>
#include <utility>

namespace zt::http {

namespace {

constexpr std::size_t rows_usual = 50;
constexpr std::int64_t rows_max = 200;
/// Rows that one page looks at when some of them are not for the caller.
constexpr int pages_looked_at_max = 5;

std::string text_of(const views::ListKey& key) {
    return std::to_string(key.registered.time_since_epoch().count()) + "-" +
           std::to_string(key.id.value);
}

Result<std::optional<views::ListKey>> after_of(const Call& call) {
    const std::string* text = call.query_value("after");
    if (text == nullptr || text->empty()) {
        return std::optional<views::ListKey>{};
    }
    const std::size_t dash = text->find('-', 1);
    const auto at = parse_int(std::string_view(*text).substr(0, dash));
    const auto id = dash == std::string::npos ? fail(Errc::bad_number)
                                              : parse_int(std::string_view(*text).substr(dash + 1));
    if (!at || !id) {
        return fail(Errc::bad_value, "what `next` said is expected", "/after");
    }
    return std::optional(views::ListKey{UtcMs{Millis{*at}}, MatterId{*id}});
}

Result<std::size_t> limit_of(const Call& call) {
    const std::string* text = call.query_value("limit");
    if (text == nullptr) {
        return rows_usual;
    }
    const auto number = parse_int(*text);
    if (!number || *number < 1 || *number > rows_max) {
        return fail(Errc::bad_value, "1 to " + std::to_string(rows_max), "/limit");
    }
    return static_cast<std::size_t>(*number);
}

Result<views::ListFilter> filter_of(const Call& call, const Kinds& kinds) {
    views::ListFilter filter;
    filter.is_record = true;
    if (const std::string* name = call.query_value("kind")) {
        const Kind* kind = kinds.newest(*name);
        if (kind == nullptr || kind->life != Life::record) {
            return fail(Errc::unknown_kind, "no records are called '" + *name + "'", "/kind");
        }
        filter.kinds = {*name};
    }
    if (const std::string* counts = call.query_value("counts")) {
        const auto parsed = parse_counts(*counts);
        if (!parsed) {
            return fail(Errc::bad_value, "open or ended is expected", "/counts");
        }
        filter.counts = parsed;
    }
    return filter;
}

/// An administrator reads the directory and no other register; nor are those counted.
bool is_administrator(const Directory& directory, PostId id) {
    const Post* post = directory.post(id);
    return post != nullptr &&
           std::ranges::any_of(administration_rows(), [post](const AdministrationRow& row) {
               return std::ranges::find(post->words, row.post_word) != post->words.end();
           });
}

void leave_directory(views::ListFilter& filter, const Kinds& kinds) {
    std::vector<std::string> names = std::exchange(filter.kinds, {});
    if (names.empty()) {
        for (const Kind* kind : kinds.all_newest()) {
            names.push_back(kind->name);
        }
    }
    std::erase_if(names, [](const std::string& name) {
        return !Directory::is_directory_kind(name);
    });
    // No name at all would let everything pass.
    filter.kinds = names.empty() ? std::vector<std::string>{""} : std::move(names);
}

/// Names of people are nobody's title; what else has a name says it.
std::string title_of(const State& state) {
    for (const std::string_view name : {"name", "title"}) {
        if (const Json& value = state.field(name); value.is_string()) {
            return value.as_string();
        }
    }
    return {};
}

api::RecordLine line_of(const State& state, const Context& context, std::string_view language) {
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    api::RecordLine line;
    line.number = state.number;
    line.kind = state.kind;
    line.kind_title = kind == nullptr ? state.kind : pages::in_language(kind->title, language);
    line.stage = state.stage;
    line.stage_title = pages::stage_title(kind, state.stage, language);
    line.title = title_of(state);
    line.registered = state.registered;
    line.changed = state.changed;
    return line;
}

/// Fills the page with what the caller may see. A row names its record; what is shown comes from
/// the ledger itself.
Result<void>
fill(api::RecordList& list, const views::Lists& lists, Looking& looking, const Call& call) {
    TRY(auto filter, filter_of(call, *looking.context.kinds));
    if (is_administrator(*looking.directory, call.caller.post) ||
        is_administrator(*looking.directory, call.caller.on_behalf)) {
        leave_directory(filter, *looking.context.kinds);
    }
    TRY(auto after, after_of(call));
    TRY(const auto limit, limit_of(call));
    const Viewer viewer = viewer_of(call.caller);
    for (int number = 0; number < pages_looked_at_max && list.rows.size() < limit; ++number) {
        TRY(const auto page, lists.page(filter, after, limit - list.rows.size()));
        for (const auto& row : page.rows) {
            TRY(const State state, looking.desk->state(row.id));
            if (may_see_in_list(state, viewer, looking.context)) {
                list.rows.push_back(line_of(state, looking.context, call.language));
            }
        }
        after = page.next;
        if (!after) {
            break;
        }
    }
    list.next = after ? std::optional(text_of(*after)) : std::nullopt;
    // Every post sees every record of these kinds.
    TRY(const auto count, lists.count(filter));
    list.count = count.count;
    list.is_more = count.is_more;
    list.seq = lists.position();
    return {};
}

Result<Reply> get_records(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    const auto lists = views::Lists::open(world.papers->lists_file, views::ListAccess::read);
    if (!lists) {
        return fail(Errc::overloaded, "the lists are being made; try again");
    }
    api::RecordList list;
    TRY_VOID(fill(list, *lists, looking, call));
    return stamped(json_reply(to_json(list)), looking, call);
}

Result<Seen> see_record(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    if (!seen.loaded.state.is_record) {
        return fail(Errc::unknown_matter, "no record has that number");
    }
    return seen;
}

Result<Reply> get_record(World& world, const Call& call) {
    TRY(auto seen, see_record(world, call));
    TRY(const auto page, pages::whole_page(seen, call));
    Reply reply = json_reply(to_json(page));
    reply.etag = std::to_string(seen.loaded.state.version);
    return stamped(std::move(reply), seen.looking, call);
}

Result<Reply> get_history(World& world, const Call& call) {
    TRY(auto seen, see_record(world, call));
    Reply reply = json_reply(to_json(pages::timeline_of(seen.subject(call.language))));
    return stamped(std::move(reply), seen.looking, call);
}

}  // namespace

std::vector<Route> record_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/records",
         .role = For(Role::program, "records.read"),
         .summary = "Records, newest first",
         .body = none(),
         .answer = schema_of<api::RecordList>(),
         .handler = Answering(get_records),
         .query =
             {{"kind", "enterprise, org, post, person, area …"},
              {"counts", "open: in force; ended: retired"},
              {"after", "what `next` said"},
              {"limit", "rows, 50 if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/records/{number}",
         .role = For(Role::program, "records.read"),
         .summary = "One record",
         .body = none(),
         .answer = schema_of<api::MatterPage>(),
         .handler = Answering(get_record)},
        {.method = Method::get,
         .path = "/api/v1/records/{number}/history",
         .role = For(Role::program, "records.read"),
         .summary = "What happened to it, oldest first",
         .body = none(),
         .answer = schema_of<api::Timeline>(),
         .handler = Answering(get_history)},
    };
}

}  // namespace zt::http
