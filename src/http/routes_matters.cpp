// The desk: inbox, list, one matter, its timeline, what may be done, and doing it.

#include "http/codec.hpp"
#include "http/pages/deeds.hpp"
#include "http/pages/directory_change.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/papers.hpp"
#include "http/pages/rows.hpp"
#include "http/pages/stamp.hpp"
#include "http/route_lists.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t inbox_rows_max = 200;
constexpr std::size_t deeds_max = 16;

std::size_t limit_of(const Call& call, std::size_t most) {
    constexpr std::size_t usual = 50;
    const std::string* text = call.query_value("limit");
    if (text == nullptr) {
        return usual;
    }
    const auto number = parse_int(*text).value_or(0);
    return number <= 0 ? usual : std::min<std::size_t>(static_cast<std::size_t>(number), most);
}

views::OpenFilter filter_of(const Call& call, const Context& context) {
    views::OpenFilter filter;
    const auto words = [&call](std::string_view name) {
        const std::string* text = call.query_value(name);
        return text == nullptr || text->empty() ? std::vector<std::string>() : split(*text, ',');
    };
    filter.kinds = words("kind");
    filter.stages = words("stage");
    filter.categories = words("category");
    for (const auto& word : words("lamp")) {
        for (const Lamp lamp :
             {Lamp::green, Lamp::amber, Lamp::red, Lamp::paused, Lamp::supervised, Lamp::none}) {
            if (name_of(lamp) == word) {
                filter.lamps.push_back(lamp);
            }
        }
    }
    filter.may_see = [viewer = viewer_of(call.caller), context](const State& outline) {
        return may_see_in_list(outline, viewer, context);
    };
    return filter;
}

/// Whether a matter belongs on the list that was asked for: with field_work=yes those alone that
/// are done outside. Asked of the kind as it is now.
bool is_wanted(const Call& call, const Kinds& kinds, const State& outline) {
    const std::string* asked = call.query_value("field_work");
    if (asked == nullptr || *asked != "yes") {
        return true;
    }
    const Kind* kind = kinds.newest(outline.kind);
    return kind != nullptr && kind->is_field_work;
}

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

Result<std::vector<api::MatterLine>>
lines_of(Looking& looking, const std::vector<views::OpenRow>& rows, const Call& call) {
    std::vector<api::MatterLine> lines;
    for (const auto& row : rows) {
        TRY(auto title, title_of(looking, row.id));
        lines.push_back(pages::line_of(row, std::move(title), looking.context, call.language));
    }
    return lines;
}

Result<Reply> get_inbox(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    const PostId post = call.caller.on_behalf ? call.caller.on_behalf : call.caller.post;
    views::OpenPage page;
    api::Inbox inbox;
    TRY_VOID(world.served->with_open_set([&](const views::OpenSet& set, const views::Reading& now) {
        views::OpenFilter filter = filter_of(call, looking.context);
        filter.may_see = [&call, &looking, seen = filter.may_see](const State& outline) {
            return is_wanted(call, *looking.context.kinds, outline) && seen(outline);
        };
        page = set.inbox(post, filter, now, limit_of(call, inbox_rows_max));
        views::OpenFilter own = filter;
        own.org = looking.directory->post(post)->org;
        own.lamps.clear();
        // Lamps are what clocks tell: only of matters whose clocks the post may see.
        own.may_see = [&call,
                       viewer = viewer_of(call.caller),
                       &context = looking.context](const State& outline) {
            return is_wanted(call, *context.kinds, outline) &&
                   may_see_in_list(outline, viewer, context) &&
                   shown(FieldGroup::clocks, outline, viewer, context) == Shown::shown;
        };
        inbox.lamps = lamps_of(set.count_lamps(own, now));
        inbox.seq = set.position();
    }));
    TRY(inbox.rows, lines_of(looking, page.rows, call));
    inbox.count = static_cast<std::int64_t>(page.count);
    return stamped(json_reply(to_json(inbox)), looking, call);
}

Result<Reply> get_matter(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    TRY(const auto page, pages::whole_page(seen, call));
    Reply reply = json_reply(to_json(page));
    reply.etag = std::to_string(seen.loaded.state.version);
    return stamped(std::move(reply), seen.looking, call);
}

Result<Reply> get_timeline(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    Reply reply = json_reply(to_json(pages::timeline_of(seen.subject(call.language))));
    return stamped(std::move(reply), seen.looking, call);
}

Result<Reply> get_options(World& world, const Call& call) {
    TRY(const auto seen, see(world, call));
    api::Options options;
    options.options = pages::options_of(
        seen.subject(call.language),
        actor_of(call.caller),
        [&](const Error& error) { return in_words(error, world, call); }
    );
    options.version = seen.loaded.state.version;
    return json_reply(to_json(options));
}

api::Done done_of(
    const service::AnswerRow& row,
    const Kinds& kinds,
    const std::string& language,
    service::Ledger& ledger
) {
    const auto state = ledger.state(row.matter);
    const Kind* kind = state ? kinds.version((*state)->kind, (*state)->kind_version) : nullptr;
    return {
        row.number, row.stage, pages::stage_title(kind, row.stage, language), row.version, row.seq
    };
}

Pending pending_of(World& world, const Call& call, std::vector<Command> commands, int status) {
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = credential_of(call.caller);
    pending.submit.commands = std::move(commands);
    pending.answer = [&kinds = world.served->rules().kinds,
                      language = std::string(call.language),
                      status](const service::Answer& answer, service::Ledger& ledger) {
        api::AllDone all;
        for (const auto& row : answer.rows) {
            all.rows.push_back(done_of(row, kinds, language, ledger));
        }
        all.seq = answer.seq;
        all.is_repeated = answer.is_repeated;
        return json_reply(to_json(all), answer.is_repeated ? 200 : status);
    };
    return pending;
}

Result<Pending> post_deeds(World& world, const Call& call) {
    TRY(auto body, read_body<api::Deeds>(call));
    if (body.deeds.empty() || body.deeds.size() > deeds_max) {
        return fail(
            Errc::bad_value, "1 to " + std::to_string(deeds_max) + " deeds go together", "/deeds"
        );
    }
    TRY(auto looking, look(world, call));
    std::vector<Command> commands;
    About about;
    for (const auto& deed : body.deeds) {
        about.begun = deed.kind.value_or(about.begun);
        TRY(auto command, command_of(deed, about, call, looking));
        TRY_VOID(check_sight(looking, call, command.matter));
        TRY_VOID(pages::refuse_directory_change(command, *looking.desk));
        commands.push_back(std::move(command));
    }
    return pending_of(world, call, std::move(commands), 201);
}

Result<Pending> post_verbs(World& world, const Call& call) {
    TRY(auto body, read_body<api::Deeds>(call));
    if (body.deeds.empty() || body.deeds.size() > deeds_max) {
        return fail(
            Errc::bad_value, "1 to " + std::to_string(deeds_max) + " deeds go together", "/deeds"
        );
    }
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, looking.desk->find_number(call.path_value("number")));
    TRY_VOID(check_sight(looking, call, matter));
    TRY(const auto version, expected_version(call));
    std::vector<Command> commands;
    for (const auto& deed : body.deeds) {
        TRY(auto command, command_of(deed, {.matter = matter}, call, looking));
        TRY_VOID(check_sight(looking, call, command.matter));
        TRY_VOID(pages::refuse_directory_change(command, *looking.desk));
        command.expected_version = commands.empty() ? version.value_or(-1) : -1;
        commands.push_back(std::move(command));
    }
    return pending_of(world, call, std::move(commands), 200);
}

const Pairs open_filters{
    {"kind", "kinds, comma between"},
    {"stage", "stages"},
    {"category", "categories"},
    {"lamp", "lamps"},
    {"field_work", "yes: what is done outside alone"},
    {"limit", "rows, 50 if left out"},
};

}  // namespace

std::vector<Route> matter_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/inbox",
         .role = For(Role::in_post),
         .summary = "What waits for the caller's post, most urgent first",
         .body = none(),
         .answer = schema_of<api::Inbox>(),
         .handler = Answering(get_inbox),
         .query = open_filters},
        {.method = Method::get,
         .path = "/api/v1/live",
         .role = For(Role::in_post),
         .summary = "That something changed that the caller may see; never what it says",
         .body = none(),
         .answer = none(),
         .handler = LiveChanges{}},
        {.method = Method::post,
         .path = "/api/v1/matters",
         .role = For(Role::program, "matters.act"),
         .summary = "Register, perhaps with the steps that follow, in one transaction",
         .body = schema_of<api::Deeds>(),
         .answer = schema_of<api::AllDone>(),
         .handler = ReadingFirst{post_deeds}},
        {.method = Method::get,
         .path = "/api/v1/matters/{number}",
         .role = For(Role::program, "matters.read"),
         .summary = "One matter, as far as the caller may see it",
         .body = none(),
         .answer = schema_of<api::MatterPage>(),
         .handler = Answering(get_matter)},
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/timeline",
         .role = For(Role::program, "matters.read"),
         .summary = "What happened to it, oldest first",
         .body = none(),
         .answer = schema_of<api::Timeline>(),
         .handler = Answering(get_timeline)},
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/options",
         .role = For(Role::in_post),
         .summary = "What the caller may do now, and why not the rest",
         .body = none(),
         .answer = schema_of<api::Options>(),
         .handler = Answering(get_options)},
        {.method = Method::post,
         .path = "/api/v1/matters/{number}/verbs",
         .role = For(Role::program, "matters.act"),
         .summary = "One or several verbs on it, in one transaction",
         .body = schema_of<api::Deeds>(),
         .answer = schema_of<api::AllDone>(),
         .handler = ReadingFirst{post_verbs}},
    };
}

}  // namespace zt::http
