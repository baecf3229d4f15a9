#include "connect/courier.hpp"

#include "base/check.hpp"
#include "connect/hand_over.hpp"
#include "connect/impl/composer.hpp"
#include "connect/notices.hpp"
#include "connect/quiet.hpp"
#include "service/codec.hpp"
#include "service/replay.hpp"

#include <algorithm>

namespace zt::connect {

using impl::Composer;
using impl::Letter;
using impl::Outcome;
using impl::Prepared;
using impl::Reply;
using views::Message;
using views::MessageState;
using views::Settled;
using views::Way;

namespace {

constexpr long status_ok = 200, status_redirect = 300, status_refused = 400, status_failed = 500;
/// Refusals that pass: not yet, too many.
constexpr std::array<long, 3> passing_refusals{408, 425, 429};

/// How a try ended, in one of the closed words of `reason`.
struct Verdict {
    MessageState state = MessageState::done;
    std::string_view reason{};
};

Verdict verdict_on_mail(const Reply& reply) {
    if (reply.status == 0) {
        return {};
    }
    return reply.status >= status_failed ? Verdict{MessageState::dead, "refused"}
                                         : Verdict{MessageState::waiting, "busy"};
}

Verdict verdict_on(const Letter& letter, const Reply& reply) {
    if (reply.outcome == Outcome::stopped) {
        return {MessageState::due, {}};
    }
    if (reply.outcome == Outcome::private_address || reply.outcome == Outcome::bad_request) {
        return {MessageState::dead, name_of(reply.outcome)};
    }
    if (reply.outcome != Outcome::answered) {
        return {MessageState::waiting, name_of(reply.outcome)};
    }
    if (letter.way == Way::mail) {
        return verdict_on_mail(reply);
    }
    if (reply.status >= status_failed || reply.status < status_ok) {
        return {MessageState::waiting, "server_error"};
    }
    if (reply.status >= status_refused) {
        const bool passes =
            std::ranges::find(passing_refusals, reply.status) != passing_refusals.end();
        return passes ? Verdict{MessageState::waiting, "busy"}
                      : Verdict{MessageState::dead, "refused"};
    }
    if (reply.status >= status_redirect) {
        return {MessageState::dead, "redirected"};
    }
    if (reply.body.find(letter.answer_contains) == std::string::npos) {
        return {MessageState::waiting, "answer_differs"};
    }
    return {};
}

std::string header_of(const Reply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers) {
        if (key.size() == name.size() &&
            std::equal(key.begin(), key.end(), name.begin(), [](char one, char two) {
                return one == (two >= 'A' && two <= 'Z' ? static_cast<char>(two - 'A' + 'a') : two);
            })) {
            return value;
        }
    }
    return {};
}

}  // namespace

class Courier::Work {
  public:
    Work(const CourierParts& parts, service::SharedRules rules, Channels channels, Doors doors)
        : parts_(parts),
          channels_(std::move(channels)),
          doors_(std::move(doors)),
          outgoing_(channels_.outgoing),
          rules_(std::move(rules)) {}

    [[nodiscard]] Result<bool> follow();
    [[nodiscard]] Result<std::size_t> send();
    void change_rules(service::SharedRules rules) { rules_ = std::move(rules); }
    void stop() {
        stopping_ = true;
        outgoing_.wake();
    }
    [[nodiscard]] CourierCounts counts() const {
        const std::lock_guard lock(mutex_);
        return counts_;
    }
    [[nodiscard]] Result<void> load_directory();

  private:
    [[nodiscard]] Composer composer() const { return {*parts_.reader, channels_, doors_, *rules_}; }
    [[nodiscard]] Deriving deriving() const;
    [[nodiscard]] Result<void>
    gather(std::vector<Message>& out, const service::Replayed& one, Seq rebuilt_until);
    /// Digests wait for their hour, the rest for the end of quiet hours.
    [[nodiscard]] Result<void> schedule(Message& message) const;
    void put_aside_if_old(Message& message, const Event& event, Seq rebuilt_until) const;
    /// Settles what needs no sending.
    [[nodiscard]] Result<std::optional<Letter>>
    prepare(const Message& message, std::vector<Settled>& settled);
    [[nodiscard]] Result<void> warn(const Message& message, std::vector<Settled>& settled);
    [[nodiscard]] Result<void> find_somebody(const Message& message, std::vector<Settled>& settled);
    [[nodiscard]] Settled judge(const Message& message, const Letter& letter, const Reply& reply);
    void tell(std::span<const Message> messages) const;
    [[nodiscard]] Verdict
    take_receipt(const Message& message, const Letter& letter, const Reply& reply);

    CourierParts parts_;
    const Channels channels_;
    const Doors doors_;
    impl::Outgoing outgoing_;
    service::SharedRules rules_;
    std::optional<Directory> directory_;  ///< as it stood at the outbox's position
    UtcMs forgotten_;                     ///< when old messages were dropped last
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    CourierCounts counts_;  // guarded by mutex_
};

Courier::Courier(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Courier::~Courier() = default;

Result<std::unique_ptr<Courier>> Courier::open(
    const CourierParts& parts, service::SharedRules rules, Channels channels, Doors doors
) {
    auto work =
        std::make_unique<Work>(parts, std::move(rules), std::move(channels), std::move(doors));
    TRY_VOID(work->load_directory());
    return std::unique_ptr<Courier>(new Courier(std::move(work)));
}

Result<bool> Courier::follow() { return work_->follow(); }
Result<std::size_t> Courier::send() { return work_->send(); }
void Courier::change_rules(service::SharedRules rules) { work_->change_rules(std::move(rules)); }
void Courier::stop() { work_->stop(); }
CourierCounts Courier::counts() const { return work_->counts(); }

// ---- Following --------------------------------------------------------------------------------

Result<void> Courier::Work::load_directory() {
    std::vector<store::MatterRow> records;
    TRY_VOID(parts_.reader->scan_matters([&](const store::MatterRow& row) {
        if (Directory::is_directory_kind(row.kind)) {
            records.push_back(row);
        }
        return true;
    }));
    const Seq position = parts_.outbox->position();
    Directory directory;
    for (const auto& row : records) {
        TRY(auto rows, parts_.reader->events_of(row));
        std::erase_if(rows, [&](const store::EventRow& event) { return event.seq > position; });
        if (!rows.empty()) {
            TRY(const State state, service::fold(rows));
            directory.fold(state);
        }
    }
    directory_ = std::move(directory);
    const std::lock_guard lock(mutex_);
    counts_.position = position;
    return {};
}

Deriving Courier::Work::deriving() const {
    Deriving out;
    CHECK(directory_.has_value());
    out.rules = rules_.get();
    out.directory = &*directory_;
    out.choice = [this](const views::Chooser& who) { return parts_.outbox->choice(who); };
    return out;
}

Result<bool> Courier::Work::follow() {
    TRY(const auto head, parts_.reader->head());
    const Seq from = parts_.outbox->position() + 1;
    if (from > head.seq) {
        return false;
    }
    if (!directory_) {
        TRY_VOID(load_directory());
    }
    TRY(const Seq rebuilt_until, parts_.outbox->rebuilt_until(from == 1 ? head.seq : 0));
    const Seq until = std::min(head.seq, from + follow_max - 1);
    std::vector<Message> messages;
    service::Replayer replayer(*parts_.reader);
    auto outcome = replayer.run(from, until, [&](const service::Replayed& one) {
        return gather(messages, one, rebuilt_until);
    });
    if (outcome) {
        outcome = parts_.outbox->take_in(messages, until, parts_.clock->now());
    }
    if (!outcome) {
        directory_.reset();  // it may be ahead of the position
        return std::unexpected(outcome.error());
    }
    {
        const std::lock_guard lock(mutex_);
        counts_.position = until;
    }
    tell(messages);
    return true;
}

/// Lines that wait for a digest are told when it comes.
void Courier::Work::tell(std::span<const Message> messages) const {
    if (!doors_.told) {
        return;
    }
    std::vector<PersonId> people;
    const UtcMs now = parts_.clock->now();
    for (const Message& message : messages) {
        const bool is_new = message.way == Way::in_app && message.person && message.clock == 0 &&
                            message.state == MessageState::due && message.not_before <= now;
        if (is_new) {
            people.push_back(message.person);
        }
    }
    std::ranges::sort(people);
    const auto doubles = std::ranges::unique(people);
    people.erase(doubles.begin(), doubles.end());
    doors_.told(people);
}

Result<void>
Courier::Work::gather(std::vector<Message>& out, const service::Replayed& one, Seq rebuilt_until) {
    Deriving with = deriving();
    if (one.event.verb == Verb::grant_extension && one.event.origin == Origin::live) {
        TRY(with.asked_reason, composer().asked_reason(one.event));
    }
    TRY(auto some, messages_of({one.before, &one.event, one.after.get(), {}}, with));
    for (Message& message : some) {
        TRY_VOID(schedule(message));
        put_aside_if_old(message, one.event, rebuilt_until);
        out.push_back(std::move(message));
    }
    CHECK(directory_.has_value());
    directory_->fold(*one.after);
    return {};
}

Result<void> Courier::Work::schedule(Message& message) const {
    const OfficeOffset offset = rules_->calendar.offset;
    if (message.is_digest) {
        TRY(const auto choice, parts_.outbox->choice({message.person, {}, 0}));
        message.not_before =
            next_minute(message.not_before, choice.digest_minute.value_or(0), offset);
    } else if (message.way != Way::in_app && !message.is_at_once) {
        message.not_before = open_from(message.not_before, channels_.quiet, offset);
    }
    return {};
}

void Courier::Work::put_aside_if_old(Message& message, const Event& event, Seq rebuilt_until)
    const {
    const bool is_old = event.recorded + channels_.age_max < parts_.clock->now();
    if (!is_old || message.clock != 0 || message.state != MessageState::due) {
        return;
    }
    if (event.seq <= rebuilt_until) {
        message.state = MessageState::moot;
        message.reason = "rebuilt";
    } else if (message.way != Way::in_app) {
        message.state = MessageState::dead;
        message.reason = "too_old";
    }
}

// ---- Sending ----------------------------------------------------------------------------------

Result<std::size_t> Courier::Work::send() {
    const UtcMs now = parts_.clock->now();
    if (now - forgotten_ > std::chrono::days{1}) {
        TRY_VOID(parts_.outbox->forget_before(now - channels_.kept_for));
        forgotten_ = now;
    }
    if (stopping_) {
        return std::size_t{0};
    }
    TRY(const auto due, parts_.outbox->take_due(now, send_max));
    std::vector<Settled> settled;
    std::vector<Letter> letters;
    std::vector<const Message*> messages;
    for (const Message& message : due) {
        TRY(auto letter, prepare(message, settled));
        if (letter) {
            letters.push_back(*std::move(letter));
            messages.push_back(&message);
        }
    }
    std::vector<impl::Request> requests;
    requests.reserve(letters.size());
    for (Letter& letter : letters) {
        requests.push_back(std::move(letter.request));
    }
    const auto replies = outgoing_.exchange(requests, stopping_);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        settled.push_back(judge(*messages[i], letters[i], replies[i]));
    }
    TRY_VOID(parts_.outbox->settle(settled, parts_.clock->now()));
    return due.size();
}

Result<std::optional<Letter>>
Courier::Work::prepare(const Message& message, std::vector<Settled>& settled) {
    if (message.clock != 0) {
        TRY_VOID(warn(message, settled));
        return std::optional<Letter>();
    }
    if (message.way == Way::in_app) {
        TRY_VOID(find_somebody(message, settled));
        return std::optional<Letter>();
    }
    auto prepared = composer().prepare(message, parts_.clock->now());
    if (!prepared) {
        if (prepared.error().code == Errc::io_failed) {
            return std::unexpected(prepared.error());
        }
        // One matter that cannot be read must not hold up the others.
        Settled dead;
        dead.id = message.id;
        dead.state = MessageState::dead;
        dead.reason = name_of(prepared.error().code);
        settled.push_back(std::move(dead));
        return std::optional<Letter>();
    }
    if (auto* letter = std::get_if<Letter>(&*prepared)) {
        return std::optional(std::move(*letter));
    }
    settled.push_back(std::get<Settled>(*std::move(prepared)));
    return std::optional<Letter>();
}

Result<void> Courier::Work::warn(const Message& message, std::vector<Settled>& settled) {
    TRY(const auto told, composer().read(message.matter));
    TRY(auto warnings, warnings_of(message, told.state, deriving()));
    if (warnings.empty()) {
        Settled moot;
        moot.id = message.id;
        moot.state = MessageState::moot;
        moot.reason = "no_longer";
        settled.push_back(std::move(moot));
        return {};
    }
    for (Message& warning : warnings) {
        TRY_VOID(schedule(warning));
    }
    TRY_VOID(parts_.outbox->expand(message.id, warnings, parts_.clock->now()));
    tell(warnings);
    return {};
}

Result<void> Courier::Work::find_somebody(const Message& message, std::vector<Settled>& settled) {
    TRY(const auto told, composer().read(message.matter));
    const UtcMs now = parts_.clock->now();
    CHECK(directory_.has_value());
    const auto people = people_of(
        {message.org, {}, message.role},
        told.state,
        *directory_,
        office_date(now, rules_->calendar.offset)
    );
    if (people.empty()) {
        Settled dead;
        dead.id = message.id;
        dead.state = MessageState::dead;
        dead.reason = "nobody";
        settled.push_back(std::move(dead));
        return {};
    }
    std::vector<Message> lines;
    for (const PersonId person : people) {
        lines.push_back(message);
        lines.back().person = person;
        lines.back().state = MessageState::due;
    }
    TRY_VOID(parts_.outbox->expand(message.id, lines, now));
    tell(lines);
    return {};
}

Settled Courier::Work::judge(const Message& message, const Letter& letter, const Reply& reply) {
    Verdict verdict = verdict_on(letter, reply);
    if (verdict.state == MessageState::done && letter.way == Way::hand_over) {
        verdict = take_receipt(message, letter, reply);
    }
    Settled out;
    out.id = message.id;
    out.way = letter.way;
    out.state = verdict.state;
    out.reason = verdict.reason;
    out.tried = verdict.state == MessageState::due ? 0 : 1;
    const std::lock_guard lock(mutex_);
    if (verdict.state == MessageState::done) {
        counts_.sent.at(static_cast<std::size_t>(letter.way)) += 1;
    } else if (verdict.state != MessageState::due) {
        ++counts_.failed;
    }
    if (verdict.state == MessageState::waiting) {
        const std::int64_t attempts = message.attempts + 1;
        if (attempts >= channels_.retry.attempts_max) {
            out.state = MessageState::dead;
        } else {
            out.not_before =
                next_try(parts_.clock->now(), attempts, channels_.retry, *parts_.random);
        }
    }
    return out;
}

Verdict
Courier::Work::take_receipt(const Message& message, const Letter& letter, const Reply& reply) {
    const Signature signature{header_of(reply, time_header), header_of(reply, signature_header)};
    const auto is_theirs =
        verify(letter.partner->secret, signature, reply.body, parts_.clock->now());
    const auto receipt = read_receipt(reply.body);
    if (!is_theirs || !receipt || receipt->effect != message.id ||
        receipt->tenant != letter.partner->tenant) {
        return {MessageState::waiting, "bad_receipt"};
    }
    const auto noted = doors_.submit(submit_of(*receipt, message.matter, message.at));
    return noted ? Verdict{} : Verdict{MessageState::waiting, "receipt_not_noted"};
}

// ---- Replay -----------------------------------------------------------------------------------

Result<ReplayPage> replay(
    const ReplayAsk& ask,
    const CourierParts& parts,
    const service::Rules& rules,
    const Channels& channels,
    const Doors& doors
) {
    const Composer composer(*parts.reader, channels, doors, rules);
    TRY(const auto page, parts.outbox->sent_since(ask.way, ask.after, ask.limit));
    ReplayPage out;
    out.next = page.next;
    for (Message message : page.messages) {
        message.is_at_once = true;  // it was asked for
        TRY(auto prepared, composer.prepare(message, parts.clock->now()));
        if (auto* letter = std::get_if<Letter>(&prepared); letter && letter->way == ask.way) {
            out.calls.push_back(
                {message.id, std::move(letter->request.headers), std::move(letter->request.body)}
            );
        }
    }
    return out;
}

}  // namespace zt::connect
