#include "service/answers.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "service/impl/database.hpp"
#include "service/impl/open_poll.hpp"
#include "vault/seal.hpp"

#include <algorithm>

namespace zt::service {

namespace {

/// "ZTan": tells our file from any other database.
constexpr std::int64_t application_number = 0x5A54616E;
constexpr std::int64_t answers_schema = 1;

// Rows lie by random or keyed names, so that their order says nothing of their arrival.
constexpr const char* make_tables = R"(
CREATE TABLE poll(
  matter INTEGER PRIMARY KEY, definition TEXT NOT NULL, phase INTEGER NOT NULL,
  token_key BLOB, waiting BLOB, received INTEGER NOT NULL, codes INTEGER NOT NULL,
  hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE code(
  matter INTEGER NOT NULL, name BLOB NOT NULL, PRIMARY KEY(matter, name)) STRICT, WITHOUT ROWID;
CREATE TABLE spent(
  matter INTEGER NOT NULL, name BLOB NOT NULL, PRIMARY KEY(matter, name)) STRICT, WITHOUT ROWID;
CREATE TABLE answer(
  matter INTEGER NOT NULL, name BLOB NOT NULL, day INTEGER NOT NULL, sealed BLOB NOT NULL,
  PRIMARY KEY(matter, name)) STRICT, WITHOUT ROWID;
)";

constexpr std::string_view answer_name = "answer", waiting_name = "waiting", key_name = "token_key";
constexpr std::string_view code_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

vault::MatterKey key_from(const vault::MasterKey& master) {
    vault::Secret secret;
    const Hash derived = keyed_hash(master.lookup().codes.view(), "zhitong.answers");
    static_assert(vault::Secret::size == std::tuple_size_v<Hash>);
    std::ranges::copy(derived, secret.data());
    return vault::MatterKey(secret);
}

Result<void> begin_file(impl::Database& database) {
    TRY(const std::int64_t tables, database.ask("SELECT count(*) FROM sqlite_schema"));
    TRY(const std::int64_t application, database.ask("PRAGMA application_id"));
    TRY(const std::int64_t schema, database.ask("PRAGMA user_version"));
    if (tables == 0 && application == 0) {
        return database.transaction([&]() -> Result<void> {
            TRY_VOID(database.run(make_tables));
            const std::string marks =
                "PRAGMA application_id=" + std::to_string(application_number) +
                "; PRAGMA user_version=" + std::to_string(answers_schema);
            return database.run(marks.c_str());
        });
    }
    if (application != application_number) {
        return std::unexpected(database.damaged("it is not a file of answers"));
    }
    if (schema > answers_schema) {
        return fail(Errc::newer_version, "a newer program wrote it; use that one", database.path());
    }
    return {};
}

std::string_view name_of(AnswerToken::From from) {
    switch (from) {
    case AnswerToken::From::browser: return "browser";
    case AnswerToken::From::code: return "code";
    case AnswerToken::From::person: return "person";
    case AnswerToken::From::paper: return "paper";
    }
    UNREACHABLE();
}

Hash spent_name(const vault::Secret& key, AnswerToken::From from, std::string_view value) {
    return keyed_hash(key.view(), std::string(name_of(from)) + " " + std::string(value));
}

/// As it was printed: small letters, spaces and dashes are understood; O, I and L are what they
/// look like.
std::string typed_code(std::string_view typed) {
    std::string code;
    for (char one : typed) {
        if (one == ' ' || one == '-') {
            continue;
        }
        one = one >= 'a' && one <= 'z' ? static_cast<char>(one - 'a' + 'A') : one;
        code += one == 'O' ? '0' : one == 'I' || one == 'L' ? '1' : one;
    }
    return code;
}

std::size_t block_bytes(const Questionnaire& questions) {
    constexpr std::size_t around = 64;
    return around + (pool_min - 1) * (sheet_bytes_max(questions) + 1);
}

Result<void> check_room(const impl::OpenPoll& poll) {
    if (poll.questions.answers_max > 0 && poll.received >= poll.questions.answers_max) {
        return fail(Errc::cap_reached, "as many answers as were wanted were given");
    }
    return {};
}

}  // namespace

std::int64_t Poll::let_in() const {
    std::int64_t sum = 0;
    for (const auto& one : days) {
        sum += one.answers;
    }
    return sum;
}

std::string questions_hash(std::string_view definition) {
    return to_hex(hash_of(HashAlgorithm::sha256, definition));
}

std::string answers_hash(std::vector<std::string> answers) {
    std::ranges::sort(answers);
    return to_hex(hash_of(HashAlgorithm::sha256, join(answers, "\n")));
}

Answers::Answers(std::unique_ptr<impl::Database> database, vault::MatterKey key, Random& random)
    : database_(std::move(database)), key_(std::move(key)), random_(random) {}

Answers::~Answers() = default;

Result<std::unique_ptr<Answers>>
Answers::open(const std::string& path, const vault::MasterKey& key, Random& random) {
    TRY(auto database, impl::Database::open(path, impl::DatabaseAccess::write));
    TRY_VOID(begin_file(*database));
    return std::unique_ptr<Answers>(new Answers(std::move(database), key_from(key), random));
}

std::string Answers::seal(std::string_view name, std::string_view text) {
    return vault::seal(key_, name, text, vault::SealingChance(random_)).bytes;
}

/// Fisher and Yates; numbers beyond the last whole multiple are drawn again, so that each order is
/// as likely as any other.
void Answers::shuffle(std::vector<std::string>& sheets) {
    for (std::size_t left = sheets.size(); left > 1; --left) {
        std::uint32_t drawn = 0;
        const auto count = static_cast<std::uint32_t>(left);
        const std::uint32_t limit = std::numeric_limits<std::uint32_t>::max() / count * count;
        do {
            std::array<std::uint8_t, sizeof drawn> bytes{};
            random_.fill(bytes);
            drawn = 0;
            for (const std::uint8_t one : bytes) {
                drawn = drawn << 8U | one;
            }
        } while (drawn >= limit);
        std::swap(sheets[left - 1], sheets[drawn % count]);
    }
}

/// The log holds pages in the order of their writing.
void Answers::forget_log() {
    ignore(
        database_->run("PRAGMA wal_checkpoint(TRUNCATE)"),
        "a copy is being made: the next answer empties the log"
    );
}

Result<Poll> Answers::find(MatterId matter) {
    const std::lock_guard lock(mutex_);
    return read(matter);
}

Result<Poll> Answers::read(MatterId matter) {
    TRY(auto row,
        database_->prepare("SELECT definition, phase, received, codes, hash FROM poll WHERE "
                           "matter = ?"));
    TRY(const bool is_there, row.integer(matter.value).next());
    if (!is_there) {
        return fail(Errc::not_found, "no questions were drafted yet");
    }
    Poll poll;
    poll.definition = row.text_at(0);
    poll.phase = static_cast<PollPhase>(std::clamp<std::int64_t>(row.integer_at(1), 0, 2));
    poll.received = row.integer_at(2);
    poll.codes_given = row.integer_at(3);
    poll.answers_hash = row.text_at(4);
    TRY(auto days,
        database_->prepare("SELECT day, count(*) FROM answer WHERE matter = ? GROUP BY day ORDER "
                           "BY day"));
    TRY(bool has_day, days.integer(matter.value).next());
    while (has_day) {
        const Date day{std::chrono::days{days.integer_at(0)}};
        poll.days.push_back({day, days.integer_at(1)});
        TRY(has_day, days.next());
    }
    return poll;
}

Result<std::vector<MatterId>> Answers::open_ones() {
    const std::lock_guard lock(mutex_);
    std::vector<MatterId> ones;
    TRY(auto rows, database_->prepare("SELECT matter FROM poll WHERE phase = 1"));
    TRY(bool has_row, rows.next());
    while (has_row) {
        ones.push_back(MatterId{rows.integer_at(0)});
        TRY(has_row, rows.next());
    }
    return ones;
}

Result<void> Answers::put(MatterId matter, const Json& definition) {
    TRY(const auto read_once, read_questionnaire(definition));
    ignore(read_once, "it is sound");
    const std::lock_guard lock(mutex_);
    const auto poll = read(matter);
    if (!poll && poll.error().code != Errc::not_found) {
        return std::unexpected(poll.error());
    }
    if (poll && poll->phase != PollPhase::draft) {
        return fail(Errc::wrong_stage, "questions stand once people may answer them");
    }
    TRY(auto write,
        database_->prepare("INSERT OR REPLACE INTO poll VALUES(?, ?, 0, NULL, NULL, 0, 0, '')"));
    const std::string text = to_canonical(definition);
    return write.integer(matter.value).text(text).run();
}

Result<void> Answers::begin(MatterId matter) {
    const std::lock_guard lock(mutex_);
    TRY(const Poll poll, read(matter));
    if (poll.phase == PollPhase::open) {
        return {};
    }
    if (poll.phase == PollPhase::closed) {
        return fail(Errc::wrong_stage, "it was closed");
    }
    TRY(const Json definition, parse_canonical(poll.definition));
    TRY(const auto questions, read_questionnaire(definition));
    return database_->transaction([&]() -> Result<void> {
        const std::string key = seal(key_name, vault::Secret::make(random_).view());
        TRY(auto write,
            database_->prepare("UPDATE poll SET phase = 1, token_key = ? WHERE matter = ?"));
        TRY_VOID(write.bytes(std::string_view(key)).integer(matter.value).run());
        return keep_waiting(matter, questions, {});
    });
}

Result<std::vector<std::string>> Answers::read_answers(MatterId matter) {
    std::vector<std::string> answers;
    TRY(auto rows, database_->prepare("SELECT sealed FROM answer WHERE matter = ?"));
    TRY(bool has_row, rows.integer(matter.value).next());
    while (has_row) {
        TRY(auto opened, vault::unseal(key_, answer_name, rows.text_at(0)));
        answers.push_back(std::move(opened.text));
        TRY(has_row, rows.next());
    }
    std::ranges::sort(answers);
    return answers;
}

Result<std::vector<std::string>> Answers::let_in(MatterId matter) {
    const std::lock_guard lock(mutex_);
    return read_answers(matter);
}

Result<impl::OpenPoll> Answers::load(MatterId matter, const Poll& poll) {
    TRY(auto row, database_->prepare("SELECT token_key, waiting FROM poll WHERE matter = ?"));
    TRY(const bool is_there, row.integer(matter.value).next());
    CHECK(is_there);
    TRY(const auto key, vault::unseal(key_, key_name, row.text_at(0)));
    TRY(const auto block, vault::unseal(key_, waiting_name, row.text_at(1)));
    TRY(const Json waiting, parse_canonical(block.text));
    impl::OpenPoll open;
    if (key.text.size() != vault::Secret::size) {
        return std::unexpected(database_->damaged("the key of the tokens has another length"));
    }
    std::ranges::copy(key.text, open.token_key.data());
    TRY(const Json definition, parse_canonical(poll.definition));
    TRY(open.questions, read_questionnaire(definition));
    open.received = poll.received;
    for (const Json& sheet : waiting["sheets"].as_array()) {
        count_quotas(open.questions, sheet, open.quotas);
        open.waiting.push_back(to_canonical(sheet));
    }
    TRY(const auto answers, read_answers(matter));
    for (const auto& answer : answers) {
        TRY(const Json sheet, parse_canonical(answer));
        count_quotas(open.questions, sheet, open.quotas);
    }
    return open;
}

Result<impl::OpenPoll*> Answers::opened(MatterId matter) {
    const auto found = open_.find(matter);
    if (found != open_.end()) {
        return &found->second;
    }
    TRY(const Poll poll, read(matter));
    if (poll.phase != PollPhase::open) {
        return fail(Errc::wrong_stage, "no answers are taken now");
    }
    TRY(auto open, load(matter, poll));
    return &open_.emplace(matter, std::move(open)).first->second;
}

Result<std::vector<std::string>> Answers::make_codes(MatterId matter, std::int64_t count) {
    const std::lock_guard lock(mutex_);
    TRY(const impl::OpenPoll* open, opened(matter));
    TRY(const Poll poll, read(matter));
    if (open->questions.access != AnswerAccess::invited) {
        return fail(Errc::bad_value, "only an invitation has codes", "/count");
    }
    if (count < 1 || poll.codes_given + count > codes_max) {
        return fail(
            Errc::too_large, "at most " + std::to_string(codes_max) + " codes in all", "/count"
        );
    }
    std::vector<std::string> codes;
    TRY_VOID(database_->transaction([&]() -> Result<void> {
        TRY(auto write, database_->prepare("INSERT OR IGNORE INTO code VALUES(?, ?)"));
        for (std::int64_t number = 0; number < count; ++number) {
            std::array<std::uint8_t, code_characters> bytes{};
            random_.fill(bytes);
            std::string code;
            for (const std::uint8_t one : bytes) {
                code += code_alphabet[one % code_alphabet.size()];
            }
            const Hash name = spent_name(open->token_key, AnswerToken::From::code, code);
            TRY_VOID(write.integer(matter.value).bytes(name).run());
            codes.push_back(std::move(code));
        }
        TRY(auto counted, database_->prepare("UPDATE poll SET codes = codes + ? WHERE matter = ?"));
        return counted.integer(count).integer(matter.value).run();
    }));
    forget_log();
    return codes;
}

/// out: false when it was spent before. errors: code_wrong.
Result<bool> Answers::spend(MatterId matter, const AnswerToken& token, const Hash& spent) {
    TRY(auto known, database_->prepare("SELECT 1 FROM spent WHERE matter = ? AND name = ?"));
    TRY(const bool is_spent, known.integer(matter.value).bytes(spent).next());
    if (is_spent) {
        return false;
    }
    if (token.from == AnswerToken::From::code) {
        TRY(auto given, database_->prepare("SELECT 1 FROM code WHERE matter = ? AND name = ?"));
        TRY(const bool is_given, given.integer(matter.value).bytes(spent).next());
        if (!is_given) {
            return fail(Errc::code_wrong, "no such code was given out", "/token");
        }
    }
    TRY(auto remove, database_->prepare("DELETE FROM code WHERE matter = ? AND name = ?"));
    TRY_VOID(remove.integer(matter.value).bytes(spent).run());
    TRY(auto write, database_->prepare("INSERT INTO spent VALUES(?, ?)"));
    TRY_VOID(write.integer(matter.value).bytes(spent).run());
    TRY(auto count, database_->prepare("UPDATE poll SET received = received + 1 WHERE matter = ?"));
    TRY_VOID(count.integer(matter.value).run());
    return true;
}

/// Takes the last `count` of `waiting`, which was shuffled.
Result<void> Answers::let_in_group(
    MatterId matter, std::vector<std::string>& waiting, std::size_t count, Date day
) {
    TRY(auto write, database_->prepare("INSERT INTO answer VALUES(?, ?, ?, ?)"));
    for (; count > 0; --count) {
        std::array<std::uint8_t, 16> name{};
        random_.fill(name);
        const std::string sealed = seal(answer_name, waiting.back());
        waiting.pop_back();
        TRY_VOID(
            write.integer(matter.value)
                .bytes(std::string_view(reinterpret_cast<const char*>(name.data()), name.size()))
                .integer(day.time_since_epoch().count())
                .bytes(std::string_view(sealed))
                .run()
        );
    }
    return {};
}

/// The block has one size, whatever waits.
Result<void> Answers::keep_waiting(
    MatterId matter, const Questionnaire& questions, const std::vector<std::string>& waiting
) {
    Json sheets = Json::array();
    for (const auto& one : waiting) {
        TRY(auto sheet, parse_canonical(one));
        sheets.push(std::move(sheet));
    }
    Json block = Json::object().set("pad", "").set("sheets", std::move(sheets));
    const std::size_t bytes = to_canonical(block).size();
    CHECK(bytes <= block_bytes(questions));
    block.set("pad", std::string(block_bytes(questions) - bytes, 'x'));
    const std::string sealed = seal(waiting_name, to_canonical(block));
    TRY(auto write, database_->prepare("UPDATE poll SET waiting = ? WHERE matter = ?"));
    return write.bytes(std::string_view(sealed)).integer(matter.value).run();
}

Result<Taken>
Answers::answer(MatterId matter, const AnswerToken& token, const Json& sheet, Date today) {
    const std::lock_guard lock(mutex_);
    TRY(impl::OpenPoll* const open, opened(matter));
    const bool is_code = token.from == AnswerToken::From::code;
    const std::string value = is_code ? typed_code(token.value) : token.value;
    const Hash spent = spent_name(open->token_key, token.from, value);
    TRY(const Json kept, check_sheet(open->questions, sheet));
    bool is_first = false;
    auto waiting = open->waiting;
    TRY_VOID(database_->transaction([&]() -> Result<void> {
        TRY(is_first, spend(matter, token, spent));
        if (!is_first) {
            return {};
        }
        TRY_VOID(check_room(*open));
        TRY_VOID(check_quotas(open->questions, kept, open->quotas));
        waiting.push_back(to_canonical(kept));
        shuffle(waiting);
        if (waiting.size() >= pool_min) {
            TRY_VOID(let_in_group(matter, waiting, group_size, today));
        }
        return keep_waiting(matter, open->questions, waiting);
    }));
    if (!is_first) {
        return Taken::before;
    }
    forget_log();
    open->waiting = std::move(waiting);
    ++open->received;
    count_quotas(open->questions, kept, open->quotas);
    return Taken::taken;
}

Result<Poll> Answers::close(MatterId matter, Date today) {
    const std::lock_guard lock(mutex_);
    TRY(Poll poll, read(matter));
    if (poll.phase == PollPhase::closed) {
        return poll;
    }
    TRY(const impl::OpenPoll* const open, opened(matter));
    TRY_VOID(database_->transaction([&]() -> Result<void> {
        auto waiting = open->waiting;
        shuffle(waiting);
        // Groups of ten leave at least ten behind, so fewer wait only where all are fewer.
        if (waiting.size() >= group_size) {
            TRY_VOID(let_in_group(matter, waiting, waiting.size(), today));
        }
        TRY(const auto answers, read_answers(matter));
        TRY(auto write,
            database_->prepare("UPDATE poll SET phase = 2, token_key = NULL, waiting = NULL, hash "
                               "= ? WHERE matter = ?"));
        const std::string hash = answers_hash(answers);
        TRY_VOID(write.text(hash).integer(matter.value).run());
        for (const char* const table : {"spent", "code"}) {
            TRY(auto remove,
                database_->prepare("DELETE FROM " + std::string(table) + " WHERE matter = ?"));
            TRY_VOID(remove.integer(matter.value).run());
        }
        return {};
    }));
    open_.erase(matter);
    forget_log();
    // Rows are written anew by name, so that no page tells of the order in which it was filled.
    ignore(database_->run("VACUUM"), "there is no room now: the keys are gone all the same");
    forget_log();
    return read(matter);
}

Result<void> copy_answers(const std::string& from, const std::string& to) {
    auto source = impl::Database::open(from, impl::DatabaseAccess::read);
    if (!source && source.error().code == Errc::not_found) {
        return {};
    }
    TRY(const auto original, std::move(source));
    TRY(auto copy_out, original->prepare("VACUUM INTO ?"));
    TRY_VOID(copy_out.text(to).run());
    TRY(const auto copy, impl::Database::open(to, impl::DatabaseAccess::write));
    // A write of its own syncs all that lies in the file.
    const std::string rewrite = "PRAGMA user_version=" + std::to_string(answers_schema);
    TRY_VOID(copy->run(rewrite.c_str()));
    return copy->run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace zt::service
