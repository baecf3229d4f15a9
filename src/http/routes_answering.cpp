// Answering a questionnaire: by a link, with a one-time code, signed in, or on paper that the
// office enters. None of it is an event, and no answer of the server tells of an answer given.

#include "http/pages/asking.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t sheet_bytes_max = std::size_t{64} << 10U;
constexpr std::size_t browser_token_characters_min = 16;

using From = service::AnswerToken::From;

Result<Reply> get_open_ones(World& world, const Call& call) {
    TRY(const auto ones, world.papers->answers->open_ones());
    TRY(auto desk, world.served->desk());
    api::QuestionnaireList list;
    for (const MatterId matter : ones) {
        TRY(const State state, desk->state(matter));
        TRY(const auto poll, world.papers->answers->find(matter));
        TRY(const auto questions, questions_of(poll));
        // Others are reached by what was handed to those who are asked.
        if (questions.access == name_of(AnswerAccess::open) &&
            takes_answers(state, poll, today_in(world, call))) {
            list.questionnaires.push_back(
                {state.number,
                 state.field("title").as_string(),
                 state.field("audience").as_string(),
                 state.field("closes_on").as_string()}
            );
        }
    }
    std::ranges::sort(list.questionnaires, {}, &api::QuestionnaireLine::number);
    return json_reply(to_json(list));
}

Result<Reply> get_one(World& world, const Call& call) {
    TRY(const auto one, asked_one(world, call));
    api::QuestionnairePage page;
    page.number = one.state.number;
    page.title = one.state.field("title").as_string();
    page.audience = one.state.field("audience").as_string();
    page.closes_on = one.state.field("closes_on").as_string();
    page.is_open = one.is_open;
    TRY(page.questions, questions_of(one.poll));
    return json_reply(to_json(page));
}

Result<Reply> take(
    World& world,
    const Call& call,
    const AskedOne& one,
    const service::AnswerToken& token,
    const Json& sheet
) {
    if (!one.is_open) {
        return fail(Errc::wrong_stage, "no answers are taken now");
    }
    TRY(const auto taken,
        world.papers->answers->answer(one.state.id, token, sheet, today_in(world, call)));
    return reply_of(taken);
}

Result<Reply> post_answers(World& world, const Call& call) {
    TRY(const auto body, read_body<api::AnswerSheet>(call));
    TRY(const auto one, asked_one(world, call));
    TRY(const auto questions, questions_of(one.poll));
    if (questions.access == name_of(AnswerAccess::staff)) {
        return fail(Errc::not_signed_in, "only who is signed in is asked");
    }
    const bool is_invited = questions.access == name_of(AnswerAccess::invited);
    if (!is_invited && body.token.size() < browser_token_characters_min) {
        return fail(Errc::bad_value, "16 to 64 characters, drawn by chance", "/token");
    }
    return take(
        world, call, one, {is_invited ? From::code : From::browser, body.token}, body.answers
    );
}

Result<Reply> post_staff_answers(World& world, const Call& call) {
    TRY(const auto body, read_body<api::StaffSheet>(call));
    TRY(const auto one, asked_one(world, call));
    TRY(const auto questions, questions_of(one.poll));
    if (questions.access != name_of(AnswerAccess::staff)) {
        return fail(Errc::bad_value, "it is answered by its link", "/answers");
    }
    return take(
        world, call, one, {From::person, std::to_string(call.caller.person.value)}, body.answers
    );
}

Result<Reply> post_paper(World& world, const Call& call) {
    TRY(const auto body, read_body<api::PaperSheet>(call));
    TRY(const auto seen, see_questionnaire(world, call));
    TRY_VOID(may_do(seen, call, Verb::sign_off));
    TRY(const auto one, asked_one(world, call));
    return take(world, call, one, {From::paper, body.form}, body.answers);
}

}  // namespace

std::vector<Route> answering_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/portal/questionnaires",
         .role = For(Role::anybody),
         .summary = "Questionnaires that everybody may answer today",
         .body = none(),
         .answer = schema_of<api::QuestionnaireList>(),
         .handler = Answering(get_open_ones)},
        {.method = Method::get,
         .path = "/api/v1/portal/questionnaires/{number}",
         .role = For(Role::anybody),
         .summary = "The questions of one that was opened",
         .body = none(),
         .answer = schema_of<api::QuestionnairePage>(),
         .handler = Answering(get_one)},
        {.method = Method::post,
         .path = "/api/v1/portal/questionnaires/{number}/answers",
         .role = For(Role::anybody),
         .summary = "Answer once, with the browser's own token or a one-time code",
         .body = schema_of<api::AnswerSheet>(),
         .answer = schema_of<api::SheetTaken>(),
         .handler = Answering(post_answers),
         .limits = {.body_bytes = sheet_bytes_max, .per_minute_anybody = 30},
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/questionnaires/{number}/answers",
         .role = For(Role::in_post),
         .summary = "Answer once, as somebody signed in; who it was is not kept beside the answer",
         .body = schema_of<api::StaffSheet>(),
         .answer = schema_of<api::SheetTaken>(),
         .handler = Answering(post_staff_answers),
         .limits = {.body_bytes = sheet_bytes_max},
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/questionnaires/{number}/paper",
         .role = For(Role::in_post),
         .summary = "Enter a sheet of paper, once by the number of its form",
         .body = schema_of<api::PaperSheet>(),
         .answer = schema_of<api::SheetTaken>(),
         .handler = Answering(post_paper),
         .limits = {.body_bytes = sheet_bytes_max},
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
