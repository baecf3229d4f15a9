#include "service/ledger.hpp"

#include "base/check.hpp"
#include "service/impl/workspace.hpp"

#include <algorithm>
#include <cstring>

namespace zt::service {

namespace {

/// 6 bytes of the key's time, then 10 of its hash with the credential: rows of one time lie
/// together.
std::array<std::uint8_t, 16> key_of(const Submit& submit) {
    std::array<std::uint8_t, 16> key{};
    const std::string_view bytes(
        reinterpret_cast<const char*>(submit.key.bytes.data()), submit.key.bytes.size()
    );
    const std::array<std::string_view, 3> parts{submit.credential, std::string_view("\n"), bytes};
    const Hash hash = hash_of(HashAlgorithm::sha256, parts);
    std::copy_n(submit.key.bytes.begin(), 6, key.begin());
    std::copy_n(hash.begin(), 10, key.begin() + 6);
    return key;
}

/// A keyed hash, so that the row tells nothing of a short body.
std::array<std::uint8_t, 8> body_of(const Submit& submit, const vault::MasterKey* master) {
    std::string text;
    for (const auto& command : submit.commands) {
        text += row_of(command.verb).name;
        text += ' ' + command.kind + ' ' + std::to_string(command.matter.value) + ' ';
        append_canonical(text, command.fields);
        text += '\n';
    }
    const Hash hash =
        keyed_hash(master == nullptr ? std::string_view("-") : master->secret().view(), text);
    std::array<std::uint8_t, 8> body{};
    std::copy_n(hash.begin(), body.size(), body.begin());
    return body;
}

bool is_in_open_set(const State& state) {
    return state.is_record ? state.counts != Counts::ended : state.counts == Counts::open;
}

}  // namespace

Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(LedgerParts parts, SharedRules rules) {
    std::unique_ptr<Ledger> ledger(new Ledger(parts, std::move(rules)));
    TRY(ledger->head_, parts.store->head());
    if (ledger->head_.seq > 0) {
        TRY(const auto last, parts.store->event(ledger->head_.seq));
        if (last) {
            TRY(const Event event, event_of_row(*last));
            ledger->last_recorded_ = event.recorded;
        }
    }
    TRY_VOID(ledger->load_directory());
    return ledger;
}

Result<void> Ledger::load_directory() {
    std::vector<store::MatterRow> records;
    TRY_VOID(parts_.store->scan_matters([&](const store::MatterRow& row) {
        if (Directory::is_directory_kind(row.kind) || row.kind == "duty_list") {
            records.push_back(row);
        }
        return true;
    }));
    auto directory = std::make_shared<Directory>();
    for (const auto& row : records) {
        TRY(const auto rows, parts_.store->events_of(row));
        TRY(const State state, fold(rows));
        directory->fold(state);
        if (row.kind == "duty_list") {
            duty_lists_.push_back(row.id);
        }
    }
    directory_ = std::move(directory);
    return {};
}

Context Ledger::context(UtcMs now, Origin origin) const {
    Context context;
    context.now = now;
    context.kinds = &rules_->kinds;
    context.pack = &rules_->pack;
    context.calendar = &rules_->calendar;
    context.directory = directory_.get();
    context.origin = origin;
    return context;
}

Result<std::shared_ptr<const State>> Ledger::state(MatterId matter) {
    if (const auto found = cache_.find(matter); found != cache_.end()) {
        recent_.splice(recent_.begin(), recent_, found->second.place);
        return found->second.state;
    }
    TRY(const auto row, parts_.store->matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, parts_.store->events_of(*row));
    TRY(State state, fold(rows));
    auto shared = std::make_shared<const State>(std::move(state));
    remember(matter, shared);
    return shared;
}

void Ledger::remember(MatterId matter, std::shared_ptr<const State> state) {
    if (const auto found = cache_.find(matter); found != cache_.end()) {
        found->second.state = std::move(state);
        recent_.splice(recent_.begin(), recent_, found->second.place);
        return;
    }
    recent_.push_front(matter);
    cache_.emplace(matter, Cached{std::move(state), recent_.begin()});
    if (cache_.size() > states_cached_max) {
        cache_.erase(recent_.back());
        recent_.pop_back();
    }
}

Result<MatterId> Ledger::find_number(std::string_view number) {
    TRY(const auto row, parts_.store->matter_by_number(number));
    if (!row) {
        return fail(Errc::unknown_matter, "no matter has the number '" + std::string(number) + "'");
    }
    return row->id;
}

Result<std::optional<Answer>> Ledger::repeated(const Submit& submit, Workspace& group) {
    const auto key = key_of(submit);
    const store::KeyRow* pending = group.key_row(key);
    std::optional<store::KeyRow> row;
    if (pending != nullptr) {
        row = *pending;
    } else {
        TRY(row, parts_.store->key(key));
    }
    if (!row) {
        return std::optional<Answer>{};
    }
    if (row->body != body_of(submit, parts_.key)) {
        return fail(Errc::key_reused, "this key was used with other content", "/key");
    }
    if (pending != nullptr) {
        return fail(Errc::in_flight, "the same key is being worked on", "/key");
    }
    Answer answer;
    answer.seq = row->last_seq;
    answer.is_repeated = true;
    std::int32_t part = -1;
    for (Seq seq = row->first_seq; seq <= row->last_seq; ++seq) {
        TRY(const auto stored, parts_.store->event(seq));
        if (!stored) {
            return fail(
                Errc::damaged,
                "an event of an answered submit is missing",
                "event " + std::to_string(seq)
            );
        }
        TRY(const Event event, event_of_row(*stored));
        if (event.cause != 0 || event.verb == Verb::lapse || event.key_part == part) {
            continue;
        }
        part = event.key_part;
        TRY(const auto now_stands, state(event.matter));
        answer.rows.push_back(
            {event.matter, now_stands->number, now_stands->stage, event.version, event.seq}
        );
    }
    return std::optional(std::move(answer));
}

Result<Answer> Ledger::run_submit(const Submit& submit, UtcMs now, Workspace& group) {
    if (submit.commands.empty() || submit.commands.size() > commands_max) {
        return fail(
            Errc::bad_usage, "a submit has 1 to " + std::to_string(commands_max) + " commands"
        );
    }
    if (submit.key) {
        TRY(auto answered, repeated(submit, group));
        if (answered) {
            return *std::move(answered);
        }
    }
    Workspace work(group, submit.origin);
    Answer answer;
    std::int32_t part = 0;
    for (const auto& command : submit.commands) {
        Command one = command;
        if (!one.is_at_given) {
            one.at = now;
        }
        auto row = work.run(std::move(one), submit, part++);
        if (!row) {
            return std::unexpected(std::move(row).error());
        }
        answer.rows.push_back(*std::move(row));
    }
    answer.seq = work.seq();
    if (submit.key && !work.events.empty()) {
        work.keys.push_back(
            {key_of(submit),
             body_of(submit, parts_.key),
             work.events.front().event.seq,
             work.events.back().event.seq}
        );
    }
    group.merge(std::move(work));
    return answer;
}

store::AuditRow Ledger::audit_row(const Submit& submit, const Error& refusal, UtcMs now) {
    const Command& command = submit.commands.front();
    Json text = Json::object();
    text.set("what", "refused")
        .set("code", name_of(refusal.code))
        .set("verb", row_of(command.verb).name);
    text.set("at", std::int64_t{now.time_since_epoch().count()})
        .set("post", command.actor.post.value);
    text.set("person", command.actor.person.value).set("matter", command.matter.value);
    store::AuditRow row;
    row.text = to_canonical(text);
    return row;
}

std::vector<Result<Answer>>
Ledger::run_group(const std::vector<Submit>& group, UtcMs now, Workspace& work) {
    std::vector<Result<Answer>> answers;
    answers.reserve(group.size());
    for (const auto& submit : group) {
        answers.push_back(run_submit(submit, now, work));
    }
    return answers;
}

Result<std::vector<Result<Answer>>>
Ledger::submit_group(const std::vector<Submit>& group, UtcMs now) {
    now = std::max(now, last_recorded_);
    Workspace work(*this, now, Origin::live);
    auto answers = run_group(group, now, work);
    std::vector<store::AuditRow> audit;
    for (std::size_t i = 0; i < group.size(); ++i) {
        const bool is_signed_in =
            !group[i].commands.empty() && group[i].commands.front().actor.kind == ActorKind::post;
        if (!answers[i] && is_signed_in) {
            audit.push_back(audit_row(group[i], answers[i].error(), now));
        }
    }
    TRY_VOID(commit(work, std::move(audit)));
    last_recorded_ = now;
    return answers;
}

Result<std::vector<Result<Answer>>> Ledger::rehearse_group(
    const std::vector<Submit>& group, UtcMs now, const std::function<void(const Committed&)>& see
) {
    now = std::max(now, last_recorded_);
    Workspace work(*this, now, Origin::live);
    auto answers = run_group(group, now, work);
    for (const auto& one : work.events) {
        see(one);
    }
    return answers;
}

Result<Answer> Ledger::submit(const Submit& one, UtcMs now) {
    TRY(auto answers, submit_group({one}, now));
    return std::move(answers.front());
}

Result<std::int64_t> Ledger::tick(UtcMs now, Origin origin) {
    now = std::max(now, last_recorded_);
    return lapse_until(now, now, [origin](const State&) { return origin; });
}

Result<std::int64_t> Ledger::tick_import(UtcMs until, UtcMs now) {
    now = std::max(now, last_recorded_);
    return lapse_until(std::min(until, now), now, [](const State& state) {
        return state.origin == Origin::import ? Origin::import : Origin::live;
    });
}

Result<std::int64_t> Ledger::tick_some(UtcMs now, std::size_t matters_max) {
    now = std::max(now, last_recorded_);
    const auto due = parts_.open_set->due_until(now, matters_max);
    return lapse_of(due, now, now, [](const State&) { return Origin::live; });
}

Result<std::int64_t> Ledger::lapse_until(UtcMs until, UtcMs now, const OriginOf& origin_of) {
    constexpr std::size_t group_size = 512;
    std::int64_t lapsed = 0;
    for (;;) {
        const auto due = parts_.open_set->due_until(until, group_size);
        if (due.empty()) {
            return lapsed;
        }
        TRY(const std::int64_t some, lapse_of(due, until, now, origin_of));
        lapsed += some;
    }
}

Result<std::int64_t> Ledger::lapse_of(
    const std::vector<MatterId>& due, UtcMs until, UtcMs now, const OriginOf& origin_of
) {
    std::int64_t lapsed = 0;
    Workspace work(*this, now, Origin::live);
    for (const MatterId matter : due) {
        TRY(const auto before, state(matter));
        work.origin_ = origin_of(*before);
        TRY(const std::int64_t some, work.lapse(matter, until));
        // The open set holds only clocks that can lapse, so each call gets further.
        CHECK(some > 0);
        lapsed += some;
    }
    TRY_VOID(commit(work, {}));
    last_recorded_ = now;
    return lapsed;
}

Result<Answer> Ledger::erase(MatterId matter, UtcMs now) {
    TRY(const auto stands, state(matter));
    if (stands->is_erased) {
        return fail(Errc::not_found, "matter " + stands->number + " was erased before");
    }
    Submit submit;
    submit.credential = "operator";
    Command command;
    command.verb = Verb::erase;
    command.matter = matter;
    command.actor.kind = ActorKind::system;
    submit.commands.push_back(std::move(command));
    now = std::max(now, last_recorded_);
    Workspace work(*this, now, Origin::live);
    TRY(Answer answer, run_submit(submit, now, work));
    work.seal_keys[matter] = vault::erased_key();
    TRY_VOID(commit(work, {}));
    last_recorded_ = now;
    TRY_VOID(parts_.store->scrub());
    return answer;
}

Result<std::int64_t> Ledger::change_rules(SharedRules rules, UtcMs now) {
    rules_ = std::move(rules);
    now = std::max(now, last_recorded_);
    std::vector<MatterId> open;
    TRY_VOID(parts_.store->scan_matters([&](const store::MatterRow& row) {
        if (row.is_open) {
            open.push_back(row.id);
        }
        return true;
    }));
    Workspace work(*this, now, Origin::live);
    std::int64_t moved = 0;
    for (const MatterId matter : open) {
        TRY(const auto before, state(matter));
        Command command;
        command.verb = Verb::settle;
        command.matter = matter;
        command.at = now;
        TRY(Decision decision, decide(before.get(), command, context(now)));
        if (!decision.event.changes.empty()) {
            TRY_VOID(work.take(std::move(decision), before, 0));
            ++moved;
        }
    }
    TRY_VOID(commit(work, {}));
    last_recorded_ = now;
    return moved;
}

Result<void> Ledger::commit(Workspace& group, std::vector<store::AuditRow> audit) {
    store::Batch batch;
    Hash previous = head_.hash;
    for (auto& one : group.events) {
        const Seq prev_seq = one.before ? one.before->last_seq : 0;
        one.event.previous = previous;
        batch.events.push_back(row_of_event(one.event, prev_seq, previous, head_.algorithm));
        previous = batch.events.back().hash;
        one.event.hash = previous;
    }
    for (const auto& [id, state] : group.states) {
        batch.matters.push_back(
            {id, state->version, state->last_seq, state->kind, state->number, is_in_open_set(*state)
            }
        );
    }
    batch.keys = group.keys;
    batch.claims = group.claim_log;
    for (const auto& [name, value] : group.sequences) {
        batch.sequences.push_back({name, value});
    }
    for (const auto& [matter, wrapped] : group.seal_keys) {
        batch.seal_keys.push_back({matter, wrapped});
    }
    Hash audit_hash = head_.audit_hash;
    std::int64_t audit_seq = head_.audit_seq;
    for (auto& row : audit) {
        row.seq = ++audit_seq;
        const std::array<std::string_view, 2> parts{
            std::string_view(reinterpret_cast<const char*>(audit_hash.data()), audit_hash.size()),
            row.text
        };
        audit_hash = row.hash = hash_of(head_.algorithm, parts);
    }
    batch.audit = std::move(audit);
    batch.last_matter = group.last_matter;
    if (batch.empty()) {
        return {};
    }
    TRY_VOID(parts_.store->append(batch));
    head_.seq = group.seq_;
    head_.hash = previous;
    head_.last_matter = group.last_matter;
    head_.audit_seq = audit_seq;
    head_.audit_hash = audit_hash;
    for (const auto& [id, state] : group.states) {
        remember(id, state);
    }
    if (group.changed_directory) {
        directory_ = group.changed_directory;
    }
    duty_lists_.insert(duty_lists_.end(), group.new_duty_lists.begin(), group.new_duty_lists.end());
    for (const auto& one : group.events) {
        const auto facts =
            facts_of(one.before.get(), one.event, *one.after, rules_->calendar.offset);
        const views::Step step{one.before.get(), &one.event, one.after.get(), facts};
        parts_.figures->fold(step);
        parts_.open_set->fold(step);
        if (listener_) {
            listener_(one);
        }
    }
    return {};
}

}  // namespace zt::service
