// Notes: for the writing unit, for all units at hand, for the requester. For whom a note is stands
// with it from the beginning and is never left out.

#include "http/api_files.hpp"
#include "http/pages/deeds.hpp"
#include "http/pages/papers.hpp"
#include "http/pages/stamp.hpp"
#include "http/route_lists.hpp"

namespace zt::http {

namespace {

Result<Reply> get_notes(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    api::NoteList list{pages::notes_of(seen.subject(call.language)), seen.loaded.state.version};
    if (const std::string* only = call.query_value("visibility")) {
        if (!parse_note_visibility(*only)) {
            return fail(Errc::bad_value, "unit, hands or requester is expected", "/visibility");
        }
        std::erase_if(list.notes, [only](const api::NoteLine& note) {
            return note.visibility != *only;
        });
    }
    return stamped(json_reply(to_json(list)), seen.looking, call);
}

Result<Pending> post_note(World& world, const Call& call) {
    TRY(auto body, read_body<api::NewNote>(call));
    if (!parse_note_visibility(body.visibility)) {
        return fail(Errc::bad_value, "unit, hands or requester is expected", "/visibility");
    }
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, looking.desk->find_number(call.path_value("number")));
    TRY_VOID(check_sight(looking, call, matter));
    Command command;
    command.verb = Verb::note;
    command.matter = matter;
    command.actor = actor_of(call.caller);
    command.fields.set("note", std::move(body.text)).set("visibility", std::move(body.visibility));
    TRY(const auto version, expected_version(call));
    command.expected_version = version.value_or(-1);
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = credential_of(call.caller);
    pending.submit.commands.push_back(std::move(command));
    pending.answer = [](const service::Answer& answer, service::Ledger&) {
        const auto& row = answer.rows.front();
        constexpr int created = 201;
        return json_reply(
            to_json(api::Done{row.number, row.stage, {}, row.version, row.seq}),
            answer.is_repeated ? 200 : created
        );
    };
    return pending;
}

}  // namespace

std::vector<Route> note_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/notes",
         .role = For(Role::in_post),
         .summary = "Notes that the caller may read, oldest first",
         .body = none(),
         .answer = schema_of<api::NoteList>(),
         .handler = Answering(get_notes),
         .query = {{"visibility", "only those for unit, hands or requester"}}},
        {.method = Method::post,
         .path = "/api/v1/matters/{number}/notes",
         .role = For(Role::in_post),
         .summary = "A note for the own unit, for all units at hand, or for the requester",
         .body = schema_of<api::NewNote>(),
         .answer = schema_of<api::Done>(),
         .handler = ReadingFirst{post_note}},
    };
}

}  // namespace zt::http
