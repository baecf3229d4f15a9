// The portal: hand in, follow and answer without an account, by number and code.

#include "domain/attaching.hpp"
#include "http/api_place.hpp"
#include "http/codec.hpp"
#include "http/handing_in.hpp"
#include "http/pages/deeds.hpp"
#include "http/pages/following.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/listed.hpp"
#include "http/route_lists.hpp"
#include "service/phone_codes.hpp"
#include "service/reveals.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t portal_deeds_max = 4;

Result<Pending> post_matter(World& world, const Call& call) {
    TRY(auto body, read_body<api::HandIn>(call));
    return hand_in(
        world,
        call,
        std::move(body),
        [](const api::Receipt& receipt, const service::Answer& answer) {
            return json_reply(to_json(receipt), answer.is_repeated ? 200 : 201);
        }
    );
}

std::string reason_title(const Pack& pack, const std::string& reason, const std::string& language) {
    const auto list = pack.reasons.find("reveal");
    if (list != pack.reasons.end()) {
        for (const auto& [key, title] : list->second) {
            if (key == reason) {
                return pages::in_language(title, language);
            }
        }
    }
    return reason;
}

std::vector<api::Look> looks_of(
    const Loaded& loaded, const Directory& directory, const Pack& pack, const std::string& language
) {
    std::vector<api::Look> looks;
    for (const auto& row : service::reveals_of(loaded.events, directory)) {
        looks.push_back(
            {row.at,
             pages::org_name(row.org, directory),
             row.word,
             reason_title(pack, row.reason, language)}
        );
    }
    return looks;
}

Result<Reply> get_follow(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, followed(world, call, *looking.desk));
    TRY(const auto loaded, load(looking, matter));
    const Viewer viewer = follower_of(loaded.state, call, *looking.directory);
    const pages::Subject subject{
        loaded.state, loaded.events, loaded.texts, looking.context, viewer, call.language
    };
    api::Follow follow = pages::follow_of(subject);
    follow.looks =
        looks_of(loaded, *looking.directory, *looking.context.pack, std::string(call.language));
    Reply reply = json_reply(to_json(follow));
    reply.etag = std::to_string(loaded.state.version);
    reply.holds_secret = true;
    return reply;
}

/// The list of the pack that says how an inquiry may end.
constexpr std::string_view outcomes_list = "accountability_outcomes";

/// An objection may change how one ended: the later outcome stands.
std::vector<api::Proceeding>
proceedings_of(const std::vector<Event>& events, const std::vector<api::Word>& outcomes) {
    std::vector<api::Proceeding> proceedings;
    for (const auto& event : events) {
        if (event.verb == Verb::hold_to_account) {
            proceedings.push_back({event.at, {}, {}});
            continue;
        }
        const Json* outcome = event.verb == Verb::mark ? event.input.find("outcome") : nullptr;
        if (outcome == nullptr || !outcome->is_string() || proceedings.empty()) {
            continue;
        }
        const auto word = std::ranges::find(outcomes, outcome->as_string(), &api::Word::name);
        proceedings.back().ended = event.at;
        proceedings.back().outcome = word == outcomes.end() ? outcome->as_string() : word->title;
    }
    return proceedings;
}

Result<Reply> get_proceedings(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, followed(world, call, *looking.desk));
    TRY(const auto events, looking.desk->events(matter));
    const auto outcomes = pages::words_of_list(*looking.context.pack, outcomes_list, call.language);
    Reply reply = json_reply(to_json(api::ProceedingList{proceedings_of(events, outcomes)}));
    reply.holds_secret = true;
    return reply;
}

Result<Pending> post_verbs(World& world, const Call& call) {
    TRY(const auto body, read_body<api::Deeds>(call));
    if (body.deeds.empty() || body.deeds.size() > portal_deeds_max) {
        return fail(
            Errc::bad_value,
            "1 to " + std::to_string(portal_deeds_max) + " deeds go together",
            "/deeds"
        );
    }
    TRY(auto desk, world.served->desk());
    TRY(const MatterId matter, followed(world, call, *desk));
    TRY(const State state, desk->state(matter));
    const bool is_firm = is_for_firm(call);
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = is_firm ? credential_of(call.caller) : outside_credential;
    for (const auto& deed : body.deeds) {
        Command command;
        TRY(command.verb, parse_verb(deed.verb));
        command.matter = matter;
        // Which of its people acted stands in the ledger, for the firm to answer for.
        command.actor = is_firm ? actor_of(call.caller)
                                : acting_follower(state, call, *world.served->directory());
        command.fields = deed.fields;
        if (is_attaching(command) || is_disclosing(command)) {
            return fail(
                Errc::unknown_field,
                "files are put to a matter at its address /files",
                "/deeds/fields/files"
            );
        }
        const Kinds& kinds = world.served->rules().kinds;
        if (const Kind* kind = kinds.version(state.kind, state.kind_version)) {
            TRY_VOID(resolve_from_outside(command, *kind, kinds, *desk));
        }
        pending.submit.commands.push_back(std::move(command));
    }
    pending.answer = [&kinds = world.served->rules().kinds, language = std::string(call.language)](
                         const service::Answer& answer, service::Ledger& ledger
                     ) {
        const auto state = ledger.state(answer.rows.back().matter);
        const Kind* kind = state ? kinds.version((*state)->kind, (*state)->kind_version) : nullptr;
        const auto& last = answer.rows.back();
        return json_reply(to_json(api::Done{
            last.number,
            last.stage,
            pages::public_stage_title(kind, last.stage, language),
            last.version,
            last.seq
        }));
    };
    return pending;
}

}  // namespace

std::vector<Route> portal_routes() {
    return {
        {.method = Method::post,
         .path = "/api/v1/portal/matters",
         .role = For(Role::anybody),
         .summary = "Hand in: number, follow-up code and promised date come back",
         .body = schema_of<api::HandIn>(),
         .answer = schema_of<api::Receipt>(),
         .handler = Submitting(post_matter),
         .limits = {.per_minute_anybody = 20}},
        {.method = Method::get,
         .path = "/api/v1/portal/matters/{number}",
         .role = For(Role::follower),
         .summary = "How it stands, for whoever holds the code",
         .body = none(),
         .answer = schema_of<api::Follow>(),
         .handler = Answering(get_follow)},
        {.method = Method::get,
         .path = "/api/v1/portal/matters/{number}/proceedings",
         .role = For(Role::follower),
         .summary = "What was opened against the units and how it ended, not against whom",
         .body = none(),
         .answer = schema_of<api::ProceedingList>(),
         .handler = Answering(get_proceedings)},
        {.method = Method::post,
         .path = "/api/v1/portal/matters/{number}/verbs",
         .role = For(Role::follower),
         .summary = "Supplement, rate, contest, withdraw, urge",
         .body = schema_of<api::Deeds>(),
         .answer = schema_of<api::Done>(),
         .handler = ReadingFirst{post_verbs}},
    };
}

}  // namespace zt::http
