#include "service/ledger.hpp"

#include "base/check.hpp"
#include "service/codec.hpp"
#include "service/impl/group.hpp"
#include "service/submit_key.hpp"
#include "vault/follow_code.hpp"

#include <algorithm>
#include <cstring>

namespace zt::service {

namespace {

std::array<std::uint8_t, 16> key_of(const Submit& submit) {
    return submit_key(submit.credential, submit.key);
}

/// A keyed hash, so that the row tells nothing of a short body.
std::array<std::uint8_t, 8> body_of(const Submit& submit, std::string_view key) {
    std::string text;
    for (const auto& command : submit.commands) {
        text += row_of(command.verb).name;
        text += ' ' + command.kind + ' ' + std::to_string(command.matter.value) + ' ';
        append_canonical(text, command.fields);
        text += '\n';
    }
    const Hash hash = keyed_hash(key, text);
    std::array<std::uint8_t, 8> body{};
    std::copy_n(hash.begin(), body.size(), body.begin());
    return body;
}

std::string_view body_key(const vault::MasterKey* master) {
    return master == nullptr ? std::string_view("-") : master->lookup().bodies.view();
}

/// Rows of before there were lookup keys were made under the master key itself.
bool is_body(const store::KeyRow& row, const Submit& submit, const vault::MasterKey* master) {
    return row.body == body_of(submit, body_key(master)) ||
           (master != nullptr && row.body == body_of(submit, master->secret().view()));
}

}  // namespace

Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(LedgerParts parts, SharedRules rules) {
    std::unique_ptr<Ledger> ledger(new Ledger(parts, std::move(rules)));
    TRY(ledger->head_, parts.store->head());
    ledger->written_ = ledger->head_;
    if (ledger->head_.seq > 0) {
        TRY(const auto last, parts.store->event(ledger->head_.seq));
        if (last) {
            TRY(const Event event, event_of_row(*last));
            ledger->last_recorded_ = event.recorded;
        }
    }
    TRY(const auto last_key, parts.store->last_key());
    ledger->keys_.begin(last_key);
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
    TRY(const auto row, reads().matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, reads().events_of(*row));
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
    TRY(const auto row, reads().matter_by_number(number));
    if (!row) {
        return fail(Errc::unknown_matter, "no matter has the number '" + std::string(number) + "'");
    }
    return row->id;
}

Result<std::optional<store::KeyRow>> Ledger::stored_key(const std::array<std::uint8_t, 16>& key) {
    if (!keys_.knows_of(key)) {
        return reads().key(key);
    }
    const store::KeyRow* row = keys_.find(key);
    return row == nullptr ? std::nullopt : std::optional(*row);
}

Result<std::optional<Answer>> Ledger::repeated(const Submit& submit, Workspace& group) {
    const auto key = key_of(submit);
    const store::KeyRow* pending = group.key_row(key);
    std::optional<store::KeyRow> row;
    if (pending != nullptr) {
        row = *pending;
    } else {
        TRY(row, stored_key(key));
    }
    if (!row) {
        return std::optional<Answer>{};
    }
    if (!is_body(*row, submit, parts_.key)) {
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
        TRY(const auto stored, reads().event(seq));
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
    CHECK(!submit.follow || submit.key == vault::blinded(submit.follow->raw));
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
             body_of(submit, body_key(parts_.key)),
             work.events.front().event.seq,
             work.events.back().event.seq}
        );
    }
    group.merge(std::move(work));
    return answer;
}

Result<std::vector<Result<Answer>>>
Ledger::submit_group(const std::vector<Submit>& group, UtcMs now) {
    const auto one = begin_group(now);
    for (const Submit& submit : group) {
        decide_into(*one, submit);
    }
    return commit(*one);
}

Result<std::vector<Result<Answer>>> Ledger::rehearse_group(
    const std::vector<Submit>& group, UtcMs now, const std::function<void(const Committed&)>& see
) {
    const auto one = begin_group(now);
    for (const Submit& submit : group) {
        decide_into(*one, submit);
    }
    for (const auto& committed : one->work.events) {
        see(committed);
    }
    return std::move(one->answers);
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
    const auto group = begin_group(now);
    std::int64_t lapsed = 0;
    for (const MatterId matter : due) {
        TRY(const auto before, state(matter));
        group->work.origin_ = origin_of(*before);
        TRY(const std::int64_t some, group->work.lapse(matter, until));
        // The open set holds only clocks that can lapse, so each call gets further.
        CHECK(some > 0);
        lapsed += some;
    }
    TRY_VOID(commit(*group));
    return lapsed;
}

namespace {

/// Set while bytes of a destroyed key may still lie in the log of the store.
constexpr std::string_view scrub_setting = "scrub_due";

Submit erasure_of(MatterId matter, PostId approved_by) {
    Submit submit;
    submit.credential = "operator";
    Command command;
    command.verb = Verb::erase;
    command.matter = matter;
    command.actor.kind = ActorKind::system;
    command.actor.on_behalf = approved_by;
    submit.commands.push_back(std::move(command));
    return submit;
}

}  // namespace

Result<Answer> Ledger::erase(MatterId matter, UtcMs now) {
    TRY(const auto stands, state(matter));
    if (stands->is_erased) {
        return fail(Errc::not_found, "matter " + stands->number + " was erased before");
    }
    TRY(const auto answers, erase_group({matter}, PostId{}, now));
    return answers.front();
}

Result<std::int64_t>
Ledger::erase_all(const std::vector<MatterId>& matters, PostId approved_by, UtcMs now) {
    CHECK(matters.size() <= commands_max);
    std::vector<MatterId> left;
    for (const MatterId matter : matters) {
        TRY(const auto stands, state(matter));
        if (!stands->is_erased) {
            left.push_back(matter);
        }
    }
    if (left.empty()) {
        return 0;
    }
    TRY(const auto answers, erase_group(left, approved_by, now));
    return static_cast<std::int64_t>(answers.size());
}

/// All are erased, or none.
Result<std::vector<Answer>>
Ledger::erase_group(const std::vector<MatterId>& matters, PostId approved_by, UtcMs now) {
    const auto group = begin_group(now);
    for (const MatterId matter : matters) {
        decide_into(*group, erasure_of(matter, approved_by));
        if (const auto& answer = group->answers.back(); !answer) {
            return std::unexpected(answer.error());
        }
        group->work.seal_keys[matter] = vault::erased_key();
    }
    TRY_VOID(parts_.store->set_setting(scrub_setting, "yes"));
    TRY(auto results, commit(*group));
    std::vector<Answer> answers;
    for (auto& one : results) {
        TRY(Answer answer, std::move(one));
        answers.push_back(std::move(answer));
    }
    TRY_VOID(finish_erase());
    return answers;
}

Result<void> Ledger::finish_erase() {
    TRY(const auto due, parts_.store->setting(scrub_setting));
    if (due.value_or("no") != "yes") {
        return {};
    }
    TRY_VOID(parts_.store->scrub());
    return parts_.store->set_setting(scrub_setting, "no");
}

Result<std::int64_t> Ledger::change_rules(SharedRules rules, UtcMs now) {
    rules_ = std::move(rules);
    std::vector<MatterId> open;
    TRY_VOID(parts_.store->scan_matters([&](const store::MatterRow& row) {
        if (row.is_open) {
            open.push_back(row.id);
        }
        return true;
    }));
    const auto group = begin_group(now);
    std::int64_t moved = 0;
    for (const MatterId matter : open) {
        TRY(const auto before, state(matter));
        Command command;
        command.verb = Verb::settle;
        command.matter = matter;
        command.at = group->now;
        TRY(Decision decision, decide(before.get(), command, context(group->now)));
        if (!decision.event.changes.empty()) {
            TRY_VOID(group->work.take(std::move(decision), before, 0));
            ++moved;
        }
    }
    TRY_VOID(commit(*group));
    return moved;
}

}  // namespace zt::service
