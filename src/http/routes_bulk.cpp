// Bulk verbs: the same steps on many matters, each of them a submit of its own, answered row by
// row. A row that is refused leaves the others alone.
//
// One key stands for the whole; each row has a key made of it and of the matter's number, so that a
// retry does what was left out and nothing twice.

#include "base/check.hpp"
#include "http/codec.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/rows.hpp"
#include "http/route_lists.hpp"
#include "service/answer.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>

namespace zt::http {

namespace {

constexpr std::size_t rows_max = 200;
constexpr std::size_t deeds_max = 16;

/// Of the time of the whole's key, so that it lies beside it.
Uuid key_of_row(const Uuid& whole, std::string_view number) {
    std::int64_t ms = 0;
    for (std::size_t index = 0; index < 6; ++index) {
        ms = ms * 256 + whole.bytes[index];
    }
    return uuid7_from_text(
        UtcMs{Millis{ms}}, "bulk\n" + to_string(whole) + "\n" + std::string(number)
    );
}

const std::vector<api::Deed>& deeds_of(const api::Bulk& bulk, const api::BulkRow& row) {
    static const std::vector<api::Deed> none;
    return row.deeds ? *row.deeds : bulk.deeds ? *bulk.deeds : none;
}

std::string place_of(std::size_t row) { return "/rows/" + std::to_string(row); }

Result<void> check_shape(const api::Bulk& bulk) {
    if (bulk.rows.empty() || bulk.rows.size() > rows_max) {
        return fail(
            Errc::bad_value, "1 to " + std::to_string(rows_max) + " rows go together", "/rows"
        );
    }
    std::set<std::string_view> numbers;
    for (std::size_t index = 0; index < bulk.rows.size(); ++index) {
        const auto& row = bulk.rows[index];
        const auto& deeds = deeds_of(bulk, row);
        if (!numbers.insert(row.number).second) {
            return fail(
                Errc::bad_value, "each matter stands in one row", place_of(index) + "/number"
            );
        }
        if (deeds.empty() || deeds.size() > deeds_max) {
            return fail(
                Errc::bad_value,
                "1 to " + std::to_string(deeds_max) + " deeds go together",
                row.deeds ? place_of(index) + "/deeds" : "/deeds"
            );
        }
        for (const auto& deed : deeds) {
            if (deed.number || deed.kind) {
                return fail(
                    Errc::bad_value,
                    "in bulk a deed is about the matter of its row: no number, no kind",
                    row.deeds ? place_of(index) + "/deeds" : "/deeds"
                );
            }
        }
    }
    return {};
}

/// The submit of one row. errors: unknown_matter, also where the caller may not see it;
/// unknown_verb.
Result<Submit>
submit_of(const api::Bulk& bulk, const api::BulkRow& row, const Call& call, Looking& looking) {
    TRY(const MatterId matter, looking.desk->find_number(row.number));
    TRY(const State state, looking.desk->state(matter));
    if (sight_of(state, call.caller, looking.context) == Sight::hidden) {
        return fail(Errc::unknown_matter, "no matter has the number '" + row.number + "'");
    }
    Submit submit;
    submit.credential = "person " + std::to_string(call.caller.person.value);
    for (const auto& deed : deeds_of(bulk, row)) {
        Command command;
        TRY(command.verb, parse_verb(deed.verb));
        command.matter = matter;
        command.actor = actor_of(call.caller);
        command.fields = deed.fields;
        if (deed.happened) {
            command.at = *deed.happened;
            command.is_at_given = true;
        }
        command.expected_version = submit.commands.empty() ? row.version.value_or(-1) : -1;
        submit.commands.push_back(std::move(command));
    }
    return submit;
}

/// Answers as they come from the deciding thread.
struct Answers {
    explicit Answers(std::size_t count) : answers(count), missing(count) {}

    void put(std::size_t row, Result<service::Answer> answer) {
        const std::lock_guard lock(mutex);
        answers[row] = std::move(answer);
        if (--missing == 0) {
            all_came.notify_one();
        }
    }
    void wait() {
        std::unique_lock lock(mutex);
        all_came.wait(lock, [this] { return missing == 0; });
    }

    std::mutex mutex;
    std::condition_variable all_came;
    std::vector<std::optional<Result<service::Answer>>> answers;  // guarded by mutex
    std::size_t missing;                                          // guarded by mutex
};

api::RowProblem problem_of(const Error& error, const World& world, const Call& call) {
    return {
        status_of(error.code),
        std::string(name_of(error.code)),
        in_words(error, world, call),
        error.at
    };
}

/// One call.
class Doing {
  public:
    Doing(World& world, const Call& call, const api::Bulk& bulk)
        : world_(world),
          call_(call),
          bulk_(bulk),
          answers_(std::make_shared<Answers>(bulk.rows.size())) {}

    /// Hands all rows in before it waits: they share groups and their syncs.
    Result<void> hand_in(const Uuid& key) {
        TRY(auto looking, look(world_, call_));
        for (std::size_t index = 0; index < bulk_.rows.size(); ++index) {
            auto submit = submit_of(bulk_, bulk_.rows[index], call_, looking);
            if (!submit) {
                answers_->put(index, std::unexpected(std::move(submit).error()));
                continue;
            }
            submit->key = key_of_row(key, bulk_.rows[index].number);
            world_.submit(
                *std::move(submit),
                [answers = answers_, index](const Result<service::Answer>& given) {
                    answers->put(index, given);
                }
            );
        }
        return {};
    }

    Result<Reply> answer() {
        answers_->wait();
        TRY(auto looking, look(world_, call_));
        api::BulkDone all;
        for (std::size_t index = 0; index < bulk_.rows.size(); ++index) {
            const auto& given = answers_->answers[index];
            CHECK(given.has_value());
            all.rows.push_back(outcome(bulk_.rows[index].number, *given, looking));
            if (const auto& done = all.rows.back().done) {
                ++all.done;
                all.seq = std::max(all.seq, done->seq);
            } else {
                ++all.refused;
            }
        }
        constexpr int multi_status = 207;
        return json_reply(to_json(all), all.refused == 0 ? 200 : multi_status);
    }

  private:
    api::BulkOutcome outcome(
        const std::string& number, const Result<service::Answer>& given, Looking& looking
    ) const {
        api::BulkOutcome out;
        out.number = number;
        if (!given) {
            out.problem = problem_of(given.error(), world_, call_);
            return out;
        }
        const auto& last = given->rows.back();
        const auto state = looking.desk->state(last.matter);
        const Kind* kind =
            state ? looking.context.kinds->version(state->kind, state->kind_version) : nullptr;
        out.done = api::Done{
            last.number,
            last.stage,
            pages::stage_title(kind, last.stage, call_.language),
            last.version,
            given->seq
        };
        out.is_repeated = given->is_repeated;
        return out;
    }

    World& world_;
    const Call& call_;
    const api::Bulk& bulk_;
    std::shared_ptr<Answers> answers_;
};

Result<Reply> post_bulk(World& world, const Call& call) {
    const Uuid key = call.key.value_or(Uuid{});
    TRY(const auto bulk, read_body<api::Bulk>(call));
    TRY_VOID(check_shape(bulk));
    Doing doing(world, call, bulk);
    TRY_VOID(doing.hand_in(key));
    return doing.answer();
}

}  // namespace

std::vector<Route> bulk_routes() {
    constexpr std::size_t body_bytes = std::size_t{512} * 1024;
    return {
        {.method = Method::post,
         .path = "/api/v1/bulk",
         .role = For(Role::program, "matters.act"),
         .summary = "The same verbs on up to 200 matters, each answered for itself; a retry with "
                    "the same key does nothing twice",
         .body = schema_of<api::Bulk>(),
         .answer = schema_of<api::BulkDone>(),
         .handler = Answering(post_bulk),
         .limits = {.body_bytes = body_bytes, .seconds = 60},
         .key = KeyRule::required},
    };
}

}  // namespace zt::http
