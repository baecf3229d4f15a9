#pragma once
// Answers to questionnaires, so kept that nobody can tell who gave which: not with the whole data
// directory in hand, nor with a copy of it of every day. docs/internals/questionnaires.md has the
// threat model and what remains.
//
// Two tables without order: spent tokens, which say that somebody answered, and answers, which say
// what was answered. A new sheet joins a pool. While fewer than `pool_min` sheets wait in it
// nothing is let in; then `group_size` of them, drawn by chance, become answers, with the day of
// that and no finer time. The pool lies on disk as one sealed block of a fixed size, drawn into a
// new order and sealed anew for each sheet, so that what was acknowledged outlives a crash and the
// disk shows only that something changed. At close all that waits is let in at once, or destroyed
// with all else when there are fewer than `group_size` answers; then the key of the tokens goes.

#include "base/hash.hpp"
#include "base/world.hpp"
#include "domain/questions.hpp"
#include "vault/key.hpp"

#include <memory>
#include <mutex>
#include <span>

namespace zt::service {

namespace impl {
class Database;
struct OpenPoll;
}  // namespace impl

/// Where they lie in a data directory.
[[nodiscard]] inline std::string answers_file(const std::string& data) {
    return data + "/answers.db";
}
/// All of it, for a backup; none when there is no such file. errors: bad_file (`to` is there),
/// damaged, disk_full, io_failed.
[[nodiscard]] Result<void> copy_answers(const std::string& from, const std::string& to);

inline constexpr std::size_t pool_min = 20, group_size = 10;
/// Codes of one questionnaire: an invitation of a township, printed.
inline constexpr std::int64_t codes_max = 20'000;
inline constexpr std::size_t code_characters = 12;

enum class PollPhase : std::uint8_t { draft, open, closed };

struct PollDay {
    Date day;
    std::int64_t answers = 0;  ///< let in on that day
    bool operator==(const PollDay&) const = default;
};

struct Poll {
    std::string definition;  ///< canonical JSON, as read_questionnaire takes it
    PollPhase phase = PollPhase::draft;
    std::int64_t received = 0;     ///< sheets taken, let in or not
    std::int64_t codes_given = 0;  ///< one-time codes made so far
    std::vector<PollDay> days;     ///< in order
    std::string answers_hash;      ///< at close: SHA-256 of the sorted answers, hex
    [[nodiscard]] std::int64_t let_in() const;
};
/// What fixes the questions in the ledger: SHA-256 of the definition, hex.
[[nodiscard]] std::string questions_hash(std::string_view definition);
/// Of answers in canonical form, in any order.
[[nodiscard]] std::string answers_hash(std::vector<std::string> answers);

/// Who answers, as far as it has to be known that they do it once.
struct AnswerToken {
    enum class From : std::uint8_t { browser, code, person, paper };
    From from = From::browser;
    std::string value;  ///< what the browser drew, the code, number of the person or of the form
};

enum class Taken : std::uint8_t {
    taken,
    before  ///< the token was spent: nothing changed, the first sheet counts
};

/// threads: any.
class Answers {
  public:
    /// Makes the file when it is not there. Borrows key and random; random is used under a lock of
    /// this object. errors: damaged (another file), newer_version, read_only, disk_full, io_failed.
    [[nodiscard]] static Result<std::unique_ptr<Answers>>
    open(const std::string& path, const vault::MasterKey& key, Random& random);
    ~Answers();

    /// errors: not_found (nothing was put for that matter), damaged, io_failed.
    [[nodiscard]] Result<Poll> find(MatterId matter);
    /// Those that take answers now.
    [[nodiscard]] Result<std::vector<MatterId>> open_ones();
    /// The questions, while nobody answers. errors: wrong_stage, those of read_questionnaire,
    /// disk_full, io_failed.
    [[nodiscard]] Result<void> put(MatterId matter, const Json& definition);
    /// Answers are taken from now on. Again: the same. errors: not_found, wrong_stage (closed).
    [[nodiscard]] Result<void> begin(MatterId matter);
    /// One-time codes, told once. errors: not_found, wrong_stage, bad_value (not an invitation),
    /// too_large (more than codes_max in all).
    [[nodiscard]] Result<std::vector<std::string>> make_codes(MatterId matter, std::int64_t count);
    /// Durable when it returns. errors: not_found, wrong_stage (not open), code_wrong, cap_reached,
    /// those of check_sheet.
    [[nodiscard]] Result<Taken>
    answer(MatterId matter, const AnswerToken& token, const Json& sheet, Date today);
    /// Ends it; again: the same. errors: not_found, wrong_stage (a draft).
    [[nodiscard]] Result<Poll> close(MatterId matter, Date today);
    /// What was let in, in canonical form, sorted. cost: about 3 µs an answer.
    [[nodiscard]] Result<std::vector<std::string>> let_in(MatterId matter);

  private:
    Answers(std::unique_ptr<impl::Database> database, vault::MatterKey key, Random& random);
    [[nodiscard]] Result<Poll> read(MatterId matter);
    [[nodiscard]] Result<std::vector<std::string>> read_answers(MatterId matter);
    [[nodiscard]] Result<impl::OpenPoll*> opened(MatterId matter);
    [[nodiscard]] Result<impl::OpenPoll> load(MatterId matter, const Poll& poll);
    [[nodiscard]] Result<bool> spend(MatterId matter, const AnswerToken& token, const Hash& spent);
    [[nodiscard]] Result<void>
    let_in_group(MatterId matter, std::vector<std::string>& waiting, std::size_t count, Date day);
    [[nodiscard]] Result<void> keep_waiting(
        MatterId matter, const Questionnaire& questions, const std::vector<std::string>& waiting
    );
    [[nodiscard]] std::string seal(std::string_view name, std::string_view text);
    void shuffle(std::vector<std::string>& sheets);
    void forget_log();

    std::mutex mutex_;  // guards all below
    std::unique_ptr<impl::Database> database_;
    const vault::MatterKey key_;
    Random& random_;
    std::map<MatterId, impl::OpenPoll> open_;
};

}  // namespace zt::service
