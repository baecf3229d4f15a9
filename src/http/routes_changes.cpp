// Changes of people, posts, orgs and areas: the system administrator prepares, the security
// administrator approves, and then it happens in one step: with it all open work moves to whoever
// goes on with it. Neither reads matters.
//
// Safe to send twice: the same change that waits already is the same; an approval goes to the
// ledger under the key of the change, so it happens once.

#include "base/text.hpp"
#include "http/api_admin.hpp"
#include "http/codec.hpp"
#include "http/pages/directory_change.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/numbers.hpp"
#include "http/route_lists.hpp"
#include "service/approvals.hpp"

#include <algorithm>

namespace zt::http {

namespace {

using service::ChangeId;
using service::PreparedChange;

constexpr std::size_t deeds_max = 16, posts_on_page_max = 200;
constexpr std::size_t why_characters_max = 500;

Reply no_content() {
    Reply reply;
    reply.status = 204;
    return reply;
}

Result<void> check_administrator(const World& world, const Call& call) {
    const bool is_one = world.holds && (world.holds(call.caller, Role::system_admin) ||
                                        world.holds(call.caller, Role::security_admin));
    return is_one ? Result<void>{} : fail(Errc::forbidden, "the role is another one");
}

/// Errors point into the deed.
Result<Command> command_of(const api::Deed& deed, const Call& call, service::Desk& desk) {
    Command command;
    TRY(command.verb, parse_verb(deed.verb));
    command.actor = actor_of(call.caller);
    command.fields = deed.fields;
    command.kind = deed.kind.value_or("");
    if (deed.happened) {
        command.at = *deed.happened;
        command.is_at_given = true;
    }
    if (deed.number) {
        TRY(command.matter, desk.find_number(*deed.number));
    }
    TRY(const bool is_fit, pages::is_directory_change(command, desk));
    if (!is_fit) {
        return fail(Errc::bad_value, "a record of an org, post, person or area is expected");
    }
    return command;
}

Result<std::vector<Command>>
commands_of(const std::vector<api::Deed>& deeds, const Call& call, service::Desk& desk) {
    if (deeds.empty() || deeds.size() > deeds_max) {
        return fail(
            Errc::bad_value, "1 to " + std::to_string(deeds_max) + " deeds go together", "/deeds"
        );
    }
    std::vector<Command> commands;
    for (const auto& deed : deeds) {
        auto command = command_of(deed, call, desk);
        if (!command) {
            Error error = std::move(command).error();
            error.at = "/deeds/" + std::to_string(commands.size()) + error.at;
            return std::unexpected(std::move(error));
        }
        commands.push_back(*std::move(command));
    }
    return commands;
}

/// Whether the ledger would take it as things stand: what cannot be is told to who prepares it.
Result<void> rehearse(World& world, const std::vector<Command>& commands, UtcMs now) {
    Submit submit;
    submit.credential = "rehearsal";
    submit.key = uuid7_from_text(now, "rehearsal");
    submit.commands = commands;
    Result<std::vector<Result<service::Answer>>> outcome;
    world.served->writer().perform([&] {
        const auto see = [](const service::Committed&) {};
        outcome = world.served->ledger().rehearse_group({submit}, now, see);
    });
    TRY_VOID(outcome);
    return outcome->front() ? Result<void>{} : std::unexpected(outcome->front().error());
}

api::Deed deed_of(const Command& command, service::Desk& desk) {
    api::Deed deed;
    deed.verb = row_of(command.verb).name;
    deed.fields = command.fields;
    if (command.matter) {
        const auto state = desk.state(command.matter);
        deed.number = state ? state->number : std::string();
        deed.kind = state ? state->kind : std::string();
    } else {
        deed.kind = command.kind;
    }
    if (command.is_at_given) {
        deed.happened = command.at;
    }
    return deed;
}

/// A post, org, person or area as it is called today.
std::string title_of(MatterId record, const Directory& directory) {
    if (const Post* post = directory.post(PostId{record.value})) {
        return pages::org_name(post->org, directory) + "·" + post->title;
    }
    if (const Org* org = directory.org(OrgId{record.value})) {
        return org->name;
    }
    if (const Person* person = directory.person(PersonId{record.value})) {
        return person->code;
    }
    const Area* area = directory.area(AreaId{record.value});
    return area == nullptr ? std::string() : area->name;
}

api::ChangeLine line_of(const PreparedChange& change, Looking& looking) {
    api::ChangeLine line;
    line.change = change.id.value;
    line.state = name_of(change.state);
    line.why = change.why;
    for (const Command& command : change.submit.commands) {
        line.deeds.push_back(deed_of(command, *looking.desk));
        line.about.push_back(title_of(command.matter, *looking.directory));
    }
    const Post* post = looking.directory->post(change.prepared_in);
    line.prepared_in = {change.prepared_in.value, post == nullptr ? std::string() : post->title};
    line.prepared_by = change.prepared_by.value;
    line.closed_by = change.closed_by.value;
    line.seq = change.seq;
    line.prepared = change.prepared;
    line.closed = change.closed;
    return line;
}

Result<Reply> post_change(World& world, const Call& call) {
    TRY(auto body, read_body<api::PrepareChange>(call));
    if (trim(body.why).empty() || count_characters(body.why) > why_characters_max) {
        return fail(Errc::reason_missing, "who approves it reads why, in a few words", "/why");
    }
    TRY(auto looking, look(world, call));
    TRY(auto commands, commands_of(body.deeds, call, *looking.desk));
    TRY_VOID(rehearse(world, commands, call.now));
    TRY(const auto change,
        world.approvals->prepare(std::move(commands), std::move(body.why), call.now));
    return json_reply(to_json(line_of(change, looking)), 201);
}

Result<Reply> get_changes(World& world, const Call& call) {
    TRY_VOID(check_administrator(world, call));
    TRY(auto looking, look(world, call));
    api::ChangeList list;
    for (const auto& change : world.approvals->list(call.now)) {
        list.changes.push_back(line_of(change, looking));
    }
    return json_reply(to_json(list));
}

Result<ChangeId> change_of(const Call& call) {
    const auto id = parse_int(call.path_value("change"));
    return id ? Result<ChangeId>(ChangeId{*id}) : fail(Errc::not_found, "there is no such change");
}

service::Approver approver_of(const Call& call) { return {call.caller.person, call.caller.post}; }

/// Runs on a worker, which waits for the ledger.
Result<Reply> post_approval(World& world, const Call& call) {
    TRY(const ChangeId id, change_of(call));
    const auto directory = world.served->directory();
    const auto report =
        administration_of(*directory, office_date(call.now, world.served->rules().calendar.offset));
    TRY(const auto change, world.approvals->begin_approval(id, approver_of(call), report.mode));
    TRY(const auto answer, world.served->submit(change.submit));
    world.approvals->approved(id, approver_of(call), answer.seq, call.now);
    api::AllDone all;
    for (const auto& row : answer.rows) {
        all.rows.push_back({row.number, row.stage, row.stage, row.version, row.seq});
    }
    all.seq = answer.seq;
    all.is_repeated = answer.is_repeated;
    return json_reply(to_json(all));
}

Result<Reply> post_withdrawal(World& world, const Call& call) {
    TRY_VOID(check_administrator(world, call));
    TRY(const ChangeId id, change_of(call));
    TRY_VOID(world.approvals->withdraw(id, approver_of(call), call.now));
    return no_content();
}

// ---- posts as they stand ------------------------------------------------------------------------

std::optional<api::Reference> person_of(PersonId id, const Directory& directory) {
    const Person* person = directory.person(id);
    return person == nullptr ? std::nullopt : std::optional(api::Reference{id.value, person->code});
}

Result<api::PostRecord> record_of(const Post& post, Looking& looking) {
    const Directory& directory = *looking.directory;
    TRY(const auto row, looking.desk->reader().matter(MatterId{post.id.value}));
    api::PostRecord record;
    record.id = post.id.value;
    record.number = row ? row->number : std::string();
    record.org = pages::org_name(post.org, directory);
    record.key = post.key;
    record.title = post.title;
    record.words = post.words;
    for (const OrgId org : post.leads) {
        record.leads.push_back({org.value, pages::org_name(org, directory)});
    }
    record.holder = person_of(post.holder, directory);
    record.deputy = person_of(post.deputy, directory);
    record.secretary = person_of(post.secretary, directory);
    return record;
}

Result<Reply> get_posts(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    const Date today = office_date(call.now, world.served->rules().calendar.offset);
    const std::string* text = call.query_value("after");
    const PostId after{text == nullptr ? 0 : parse_int(*text).value_or(0)};
    std::vector<const Post*> posts;
    for (const Org* org : looking.directory->orgs()) {
        for (const Post* post : looking.directory->posts_of(org->id, today)) {
            if (post->id > after) {
                posts.push_back(post);
            }
        }
    }
    std::ranges::sort(posts, {}, &Post::id);
    api::PostRecords list;
    for (const Post* post : posts) {
        if (list.posts.size() == pages::limit_of(call, posts_on_page_max)) {
            list.next = list.posts.back().id;
            break;
        }
        TRY(auto record, record_of(*post, looking));
        list.posts.push_back(std::move(record));
    }
    return json_reply(to_json(list));
}

}  // namespace

std::vector<Route> directory_change_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/admin/posts",
         .role = For(Role::system_admin),
         .summary = "Posts with who acts in them, by codes",
         .body = none(),
         .answer = schema_of<api::PostRecords>(),
         .handler = Answering(get_posts),
         .query = {{"after", "`next` of the page before"}, {"limit", "rows, 50 if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/admin/changes",
         .role = For(Role::in_post),
         .summary = "Changes of people, posts and orgs that wait or were made this week",
         .body = none(),
         .answer = schema_of<api::ChangeList>(),
         .handler = Answering(get_changes)},
        {.method = Method::post,
         .path = "/api/v1/admin/changes",
         .role = For(Role::system_admin),
         .summary = "Prepare one: appoint, leave with a successor, end, found; nothing happens yet",
         .body = schema_of<api::PrepareChange>(),
         .answer = schema_of<api::ChangeLine>(),
         .handler = Answering(post_change),
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/admin/changes/{change}/approve",
         .role = For(Role::security_admin),
         .summary = "Approve what another prepared; it happens now, with all open work",
         .body = none(),
         .answer = schema_of<api::AllDone>(),
         .handler = Answering(post_approval),
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/admin/changes/{change}/withdraw",
         .role = For(Role::in_post),
         .summary = "Take it back, or refuse it",
         .body = none(),
         .answer = none(),
         .handler = Answering(post_withdrawal),
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
