// Codes of whoever handed in: the phone code with its puzzle, and a new code after a lost one.

#include "http/api_codes.hpp"
#include "http/codec.hpp"
#include "http/handing_in.hpp"
#include "http/pages/looking.hpp"
#include "http/route_lists.hpp"
#include "service/phone_codes.hpp"

#include <algorithm>

namespace zt::http {

namespace {

/// A number longer than any we give is no subject of a puzzle.
constexpr std::size_t number_characters_max = 64;

Result<Reply> get_puzzle(World& world, const Call& call) {
    const std::string& number = call.path_value("number");
    if (number.size() > number_characters_max || number.contains(':')) {
        return fail(Errc::bad_value, "a number as ZT-2026-000001 is expected", "/number");
    }
    const auto puzzle = world.phone_codes->puzzle(number, call.now);
    return json_reply(to_json(api::PuzzlePage{puzzle.text, puzzle.zero_bits}));
}

/// What is kept of the phone code of that number; empty where there is no such matter or code.
Result<std::string> kept_of(World& world, const std::string& number) {
    TRY(auto desk, world.served->desk());
    const auto matter = desk->find_number(number);
    if (!matter) {
        return matter.error().code == Errc::unknown_matter ? Result<std::string>(std::string())
                                                           : std::unexpected(matter.error());
    }
    TRY(const State state, desk->state(*matter));
    return state.field(service::phone_field).as_string();
}

Result<Reply> post_phone_code(World& world, const Call& call) {
    TRY(const auto body, read_body<api::PhoneCode>(call));
    const std::string& number = call.path_value("number");
    TRY(const std::string kept, kept_of(world, number));
    TRY(auto ticket,
        world.phone_codes->open(
            {number, body.code, kept, body.puzzle, body.solution}, *world.follow_ups, call.now
        ));
    Reply reply =
        json_reply(to_json(api::Ticket{std::move(ticket), call.now + service::ticket_valid}));
    reply.holds_secret = true;
    return reply;
}

/// The row of the kind by which a lost code is replaced; null where the kind has none.
const Transition* renewing_row(const Kind* kind) {
    if (kind == nullptr) {
        return nullptr;
    }
    const auto row = std::ranges::find_if(kind->transitions, [](const Transition& one) {
        return std::ranges::find(one.then, "give_code", &Word::name) != one.then.end();
    });
    return row == kind->transitions.end() ? nullptr : &*row;
}

Result<Command> renewing_command(const Seen& seen, const api::Renew& body, const Call& call) {
    const Transition* row = renewing_row(seen.subject(call.language).kind());
    if (row == nullptr) {
        return fail(Errc::unknown_verb, "this kind has no follow-up code to replace");
    }
    Command command;
    command.verb = row->verb;
    command.matter = seen.loaded.state.id;
    command.actor = actor_of(call.caller);
    command.fields.set("reached", body.reached);
    if (body.text) {
        command.fields.set("text", *body.text);
    }
    return command;
}

Result<Pending> post_code(World& world, const Call& call) {
    TRY(const auto body, read_body<api::Renew>(call));
    TRY(const auto seen, see(world, call));
    TRY(auto command, renewing_command(seen, body, call));
    const NewCodes codes{call.key.value_or(Uuid{}), body.wants_phone_code.value_or(false)};
    Pending pending;
    codes.put_into(world, pending);
    pending.submit.credential = "person " + std::to_string(call.caller.person.value);
    pending.submit.commands.push_back(std::move(command));
    pending.answer = [&world, codes, language = std::string(call.language)](
                         const service::Answer& answer, service::Ledger& ledger
                     ) {
        const auto& row = answer.rows.front();
        const auto state = ledger.state(row.matter);
        if (!state) {
            return problem(state.error(), world.texts(language));
        }
        const auto code = codes.code(world, **state);
        Reply reply = json_reply(to_json(api::Renewed{
            row.number,
            code.value_or(""),
            codes.phone_code(world, **state),
            row.version,
            row.seq,
            !code
        }));
        reply.holds_secret = true;
        return reply;
    };
    return pending;
}

}  // namespace

std::vector<Route> code_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/portal/matters/{number}/puzzle",
         .role = For(Role::anybody),
         .summary = "A puzzle to be solved before the phone code of that number is looked at",
         .body = none(),
         .answer = schema_of<api::PuzzlePage>(),
         .handler = Instant{get_puzzle}},
        {.method = Method::post,
         .path = "/api/v1/portal/matters/{number}/phone-code",
         .role = For(Role::anybody),
         .summary = "Change a phone code into a ticket for following and answering",
         .body = schema_of<api::PhoneCode>(),
         .answer = schema_of<api::Ticket>(),
         .handler = Slow{post_phone_code},
         .limits = {.body_bytes = 4096, .per_minute_anybody = 20},
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/matters/{number}/code",
         .role = For(Role::in_post),
         .summary = "A new follow-up code after calling back; the old one dies",
         .body = schema_of<api::Renew>(),
         .answer = schema_of<api::Renewed>(),
         .handler = ReadingFirst{post_code},
         .limits = {.body_bytes = 16U << 10U}},
    };
}

}  // namespace zt::http
