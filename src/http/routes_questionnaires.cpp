// Questionnaires at the desk: their questions, opening and closing, one-time codes, results. The
// steps are events of the matter, which carry hashes and counts; questions and answers lie in a
// store of their own (service/answers.hpp).

#include "http/pages/asking.hpp"
#include "http/pages/deeds.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/table_file.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"
#include "service/answer.hpp"
#include "views/answer_tables.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t questions_bytes_max = std::size_t{1} << 20U;
/// More days than that are told as months, so that the text of the event has an end.
constexpr std::size_t days_told_max = 200;

std::string_view name_of(service::PollPhase phase) {
    switch (phase) {
    case service::PollPhase::draft: return "draft";
    case service::PollPhase::open: return "open";
    case service::PollPhase::closed: return "closed";
    }
    return "draft";
}

/// None when nothing was drafted yet.
Result<std::optional<service::Poll>> poll_of(World& world, const State& state) {
    auto poll = world.papers->answers->find(state.id);
    if (!poll && poll.error().code == Errc::not_found) {
        return std::optional<service::Poll>{};
    }
    if (!poll) {
        return std::unexpected(std::move(poll).error());
    }
    return std::optional(*std::move(poll));
}

bool matches_ledger(const State& state, const service::Poll& poll) {
    if (poll.phase == service::PollPhase::draft) {
        return true;
    }
    if (poll.phase == service::PollPhase::open) {
        return is_on_record(state, poll);
    }
    return is_on_record(state, poll) && state.field("answers").as_int() == poll.let_in() &&
           state.field("answers_hash").as_string() == poll.answers_hash;
}

Result<Reply> state_reply(World& world, const Call& call, const Seen& seen) {
    const State& state = seen.loaded.state;
    api::QuestionnaireState told;
    told.number = state.number;
    told.title = state.field("title").as_string();
    told.stage = state.stage;
    told.phase = "none";
    told.may_edit = state.stage == "draft" && may_do(seen, call, Verb::amend).has_value();
    told.may_close = may_do(seen, call, Verb::sign_off).has_value();
    told.may_enter = told.may_close;
    TRY(const auto poll, poll_of(world, state));
    told.matches_ledger = true;
    if (poll) {
        told.phase = name_of(poll->phase);
        TRY(told.questions, questions_of(*poll));
        told.received = poll->received;
        told.let_in = poll->let_in();
        told.codes_given = poll->codes_given;
        for (const auto& one : poll->days) {
            told.days.push_back({one.day, one.answers});
        }
        told.questions_hash = service::questions_hash(poll->definition);
        told.answers_hash = poll->answers_hash;
        told.matches_ledger = matches_ledger(state, *poll);
        told.may_open = may_do(seen, call, Verb::report_progress).has_value();
    }
    return json_reply(to_json(told));
}

Result<Reply> get_state(World& world, const Call& call) {
    TRY(const auto seen, see_questionnaire(world, call));
    return state_reply(world, call, seen);
}

Result<Reply> put_questions(World& world, const Call& call) {
    TRY(const auto body, read_body<api::Questions>(call));
    TRY(const auto seen, see_questionnaire(world, call));
    TRY_VOID(may_do(seen, call, Verb::amend));
    if (seen.loaded.state.stage != "draft") {
        return fail(Errc::wrong_stage, "take it back first: its questions were reviewed");
    }
    TRY_VOID(world.papers->answers->put(seen.loaded.state.id, to_json(body)));
    return state_reply(world, call, seen);
}

Pending pending_step(World& world, const Call& call, Command command) {
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = credential_of(call.caller);
    pending.submit.commands.push_back(std::move(command));
    pending.answer = [&kinds = world.served->rules().kinds, language = std::string(call.language)](
                         const service::Answer& answer, service::Ledger& ledger
                     ) {
        const auto& row = answer.rows.front();
        const auto state = ledger.state(row.matter);
        const Kind* const kind =
            state ? kinds.version((*state)->kind, (*state)->kind_version) : nullptr;
        return json_reply(to_json(api::Done{
            row.number,
            row.stage,
            pages::stage_title(kind, row.stage, language),
            row.version,
            row.seq
        }));
    };
    return pending;
}

Command step_of(const Seen& seen, const Call& call, Verb verb) {
    Command command;
    command.verb = verb;
    command.matter = seen.loaded.state.id;
    command.actor = actor_of(call.caller);
    return command;
}

/// The same step by the same key, asked again after its answer was lost: the writer knows it.
bool was_taken(const Seen& seen, const Call& call) {
    return call.key && std::ranges::any_of(seen.loaded.events, [&](const Event& event) {
               return event.key == *call.key;
           });
}

Result<Pending> post_open(World& world, const Call& call) {
    TRY(const auto seen, see_questionnaire(world, call));
    auto& answers = *world.papers->answers;
    if (!was_taken(seen, call)) {
        TRY_VOID(may_do(seen, call, Verb::report_progress));
        TRY_VOID(answers.begin(seen.loaded.state.id));
    }
    TRY(const auto poll, answers.find(seen.loaded.state.id));
    Command command = step_of(seen, call, Verb::report_progress);
    command.fields.set("questions_hash", service::questions_hash(poll.definition));
    return pending_step(world, call, std::move(command));
}

/// "2026-11-23 10, 2026-11-24 20".
std::string days_in_words(const std::vector<service::PollDay>& days) {
    const std::size_t characters =
        days.size() > days_told_max ? std::string_view("2026-11").size() : std::string::npos;
    std::vector<std::pair<std::string, std::int64_t>> told;
    for (const auto& one : days) {
        const std::string day = to_string(one.day).substr(0, characters);
        if (told.empty() || told.back().first != day) {
            told.emplace_back(day, 0);
        }
        told.back().second += one.answers;
    }
    std::vector<std::string> words;
    for (const auto& [day, count] : told) {
        words.push_back(day + " " + std::to_string(count));
    }
    return join(words, ", ");
}

/// First the store, then the ledger: what was closed stays so, and a second try gives the same
/// count and hash.
Result<Pending> post_close(World& world, const Call& call) {
    TRY(const auto seen, see_questionnaire(world, call));
    if (!was_taken(seen, call)) {
        TRY_VOID(may_do(seen, call, Verb::sign_off));
    }
    TRY(const auto poll, world.papers->answers->close(seen.loaded.state.id, today_in(world, call)));
    Command command = step_of(seen, call, Verb::sign_off);
    command.fields.set("answers", poll.let_in());
    command.fields.set("answers_hash", poll.answers_hash);
    if (!poll.days.empty()) {
        command.fields.set("answers_by_day", days_in_words(poll.days));
    }
    return pending_step(world, call, std::move(command));
}

Result<Reply> post_codes(World& world, const Call& call) {
    TRY(const auto body, read_body<api::CodesWanted>(call));
    TRY(const auto seen, see_questionnaire(world, call));
    TRY_VOID(may_do(seen, call, Verb::sign_off));
    TRY(auto codes, world.papers->answers->make_codes(seen.loaded.state.id, body.count));
    Reply reply = json_reply(to_json(api::CodesGiven{std::move(codes)}), 201);
    reply.holds_secret = true;
    return reply;
}

struct LetIn {
    Questionnaire questionnaire;
    std::vector<Json> sheets;
};

Result<LetIn> let_in_of(World& world, const State& state) {
    TRY(const auto poll, world.papers->answers->find(state.id));
    LetIn all;
    TRY(const Json definition, parse_canonical(poll.definition));
    TRY(all.questionnaire, read_questionnaire(definition));
    TRY(const auto answers, world.papers->answers->let_in(state.id));
    for (const auto& one : answers) {
        TRY(auto sheet, parse_canonical(one));
        all.sheets.push_back(std::move(sheet));
    }
    return all;
}

views::VoteWords vote_words(const World& world, std::string_view language) {
    const auto& texts = world.texts(language);
    return {
        texts.get("questionnaire.agree"),
        texts.get("questionnaire.disagree"),
        texts.get("questionnaire.pass")
    };
}

std::vector<api::CountedQuestion> counted(
    const Questionnaire& questionnaire,
    const std::vector<views::Tally>& tallies,
    const views::VoteWords& votes
) {
    std::vector<api::CountedQuestion> questions;
    for (const auto& tally : tallies) {
        const Question* const question = questionnaire.find(tally.question);
        const auto words = views::countable_answers(*question, votes);
        api::CountedQuestion told;
        told.id = question->id;
        told.title = question->title;
        told.type = zt::name_of(question->type);
        told.answered = tally.answered;
        for (const auto& row : tally.rows) {
            const auto named = std::ranges::find(question->rows, row.row, &QuestionChoice::id);
            api::CountedRow counts{
                row.row, named == question->rows.end() ? std::string() : named->title, {}
            };
            for (std::size_t index = 0; index < words.size(); ++index) {
                counts.counts.push_back({words[index].id, words[index].title, row.counts[index]});
            }
            told.rows.push_back(std::move(counts));
        }
        for (const auto& text : tally.texts) {
            told.texts.push_back({text.text, text.count});
        }
        questions.push_back(std::move(told));
    }
    return questions;
}

Result<Reply> get_results(World& world, const Call& call) {
    TRY(const auto seen, see_questionnaire(world, call));
    TRY(const auto all, let_in_of(world, seen.loaded.state));
    const auto votes = vote_words(world, call.language);
    api::QuestionnaireResults results;
    results.let_in = static_cast<std::int64_t>(all.sheets.size());
    results.questions =
        counted(all.questionnaire, views::tally_of(all.questionnaire, all.sheets), votes);
    const std::string* const by = call.query_value("by");
    if (by != nullptr && !by->empty()) {
        TRY(const auto groups, views::tally_by(all.questionnaire, all.sheets, *by));
        const auto words = views::countable_answers(*all.questionnaire.find(*by), votes);
        for (std::size_t index = 0; index < groups.size(); ++index) {
            const auto& group = groups[index];
            results.groups.push_back(
                {group.answer,
                 words[index].title,
                 group.people,
                 group.is_hidden,
                 counted(all.questionnaire, group.tallies, votes)}
            );
        }
    }
    return json_reply(to_json(results));
}

std::vector<std::string> ids_of(const std::vector<std::size_t>& indexes, const Question& question) {
    std::vector<std::string> ids;
    for (const std::size_t index : indexes) {
        ids.push_back(question.rows[index].id);
    }
    return ids;
}

std::vector<api::OpinionShare>
shares_of(const std::vector<std::pair<std::size_t, std::int64_t>>& rows, const Question& question) {
    std::vector<api::OpinionShare> shares;
    for (const auto& [index, permille] : rows) {
        shares.push_back({question.rows[index].id, question.rows[index].title, permille});
    }
    return shares;
}

Result<Reply> get_opinions(World& world, const Call& call) {
    TRY(const auto seen, see_questionnaire(world, call));
    TRY(const auto all, let_in_of(world, seen.loaded.state));
    const std::string* const asked = call.query_value("question");
    const Question* const question = asked == nullptr ? nullptr : all.questionnaire.find(*asked);
    if (question == nullptr || question->type != QuestionType::statements) {
        return fail(Errc::bad_value, "a question of statements is expected", "/question");
    }
    const auto found = views::opinions_of(views::votes_of(*question, all.sheets), {});
    api::OpinionList list;
    list.people = found.people;
    list.silhouette = found.silhouette;
    for (const auto& group : found.groups) {
        api::OpinionCamp camp;
        camp.people = group.people;
        for (std::size_t index = 0; index < group.statements.size(); ++index) {
            const auto& [agree, disagree, pass] = group.statements[index];
            camp.statements.push_back({question->rows[index].id, agree, disagree, pass});
        }
        camp.agreed = ids_of(group.agreed, *question);
        camp.disagreed = ids_of(group.disagreed, *question);
        list.groups.push_back(std::move(camp));
    }
    list.consensus = shares_of(found.consensus, *question);
    list.dividing = shares_of(found.dividing, *question);
    return json_reply(to_json(list));
}

Result<Stream> get_file(World& world, const Call& call) {
    const std::string* const asked = call.query_value("format");
    const auto format = parse_table_format(asked == nullptr ? "csv" : *asked);
    if (!format) {
        return fail(Errc::bad_value, "csv or xlsx is expected", "/format");
    }
    TRY(const auto seen, see_questionnaire(world, call));
    TRY(auto all, let_in_of(world, seen.loaded.state));
    Stream stream;
    stream.content_type = content_type_of(*format);
    stream.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"" + seen.loaded.state.number +
            (*format == TableFormat::csv ? ".csv\"" : ".xlsx\"")
    );
    stream.headers.emplace_back("Cache-Control", "no-store");
    stream.run = [format,
                  all = std::move(all),
                  title = world.texts(call.language).get("export.sheet"),
                  votes = vote_words(world, call.language)](Sink& sink) {
        const auto table = TableFile::make(*format, title, [&sink](std::string_view bytes) {
            return sink.write(bytes);
        });
        table->row(views::sheet_columns(all.questionnaire));
        for (const Json& sheet : all.sheets) {
            if (!table->is_wanted()) {
                return;
            }
            table->row(views::sheet_cells(all.questionnaire, sheet, votes));
        }
        table->finish();
    };
    return stream;
}

std::vector<Route> step_routes() {
    return {
        {.method = Method::post,
         .path = "/api/v1/questionnaires/{number}/open",
         .role = For(Role::in_post),
         .summary = "Take answers from now on; the hash of the questions goes on record",
         .body = none(),
         .answer = schema_of<api::Done>(),
         .handler = ReadingFirst{post_open}},
        {.method = Method::post,
         .path = "/api/v1/questionnaires/{number}/close",
         .role = For(Role::in_post),
         .summary = "Take no more; count and hash of all answers go on record, the keys go",
         .body = none(),
         .answer = schema_of<api::Done>(),
         .handler = ReadingFirst{post_close}},
        {.method = Method::post,
         .path = "/api/v1/questionnaires/{number}/codes",
         .role = For(Role::in_post),
         .summary = "One-time codes for an invitation, told once; more each time",
         .body = schema_of<api::CodesWanted>(),
         .answer = schema_of<api::CodesGiven>(),
         .handler = Answering(post_codes),
         .key = KeyRule::repeatable},
    };
}

}  // namespace

std::vector<Route> questionnaire_routes() {
    std::vector<Route> rows{
        {.method = Method::get,
         .path = "/api/v1/questionnaires/{number}",
         .role = For(Role::in_post),
         .summary = "Questions and how far it is, for its office",
         .body = none(),
         .answer = schema_of<api::QuestionnaireState>(),
         .handler = Answering(get_state)},
        {.method = Method::put,
         .path = "/api/v1/questionnaires/{number}",
         .role = For(Role::in_post),
         .summary = "Its questions, while it is a draft",
         .body = schema_of<api::Questions>(),
         .answer = schema_of<api::QuestionnaireState>(),
         .handler = Answering(put_questions),
         .limits = {.body_bytes = questions_bytes_max},
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/questionnaires/{number}/results",
         .role = For(Role::in_post),
         .summary = "Counts of the answers that were let in, and by the answer to one question",
         .body = none(),
         .answer = schema_of<api::QuestionnaireResults>(),
         .handler = Answering(get_results),
         .query = {{"by", "a question with choices or a scale"}}},
        {.method = Method::get,
         .path = "/api/v1/questionnaires/{number}/opinions",
         .role = For(Role::in_post),
         .summary = "Groups of people who judge statements alike, consensus and what divides",
         .body = none(),
         .answer = schema_of<api::OpinionList>(),
         .handler = Answering(get_opinions),
         .limits = {.seconds = 60},
         .query = {{"question", "id of a question of statements"}}},
        {.method = Method::get,
         .path = "/api/v1/questionnaires/{number}/answers",
         .role = For(Role::in_post),
         .summary = "The answers that were let in as a table, in no order of giving",
         .body = none(),
         .answer = any_bytes(),
         .handler = Streaming(get_file),
         .limits = {.seconds = 60},
         .query = {{"format", "csv or xlsx"}}},
    };
    std::ranges::move(step_routes(), std::back_inserter(rows));
    return rows;
}

}  // namespace zt::http
