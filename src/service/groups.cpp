// Groups of a ledger: what is decided together, written with one sync, and settled.

#include "base/check.hpp"
#include "service/codec.hpp"
#include "service/impl/group.hpp"

#include <algorithm>

namespace zt::service {

namespace {

store::AuditRow audit_row(const Submit& submit, const Error& refusal, UtcMs now) {
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

/// What the audit hears of though it was allowed: looks at who handed in, and every change of
/// people, posts and units. It stands in the same transaction as the event.
bool is_watched(const Command& command, const State& after) {
    return command.verb == Verb::reveal || Directory::is_directory_kind(after.kind);
}

store::AuditRow allowed_row(const Command& command, const State& after, UtcMs now) {
    const bool is_reveal = command.verb == Verb::reveal;
    Json text = Json::object();
    text.set("what", is_reveal ? "revealed" : "directory_changed")
        .set("verb", row_of(command.verb).name)
        .set("at", std::int64_t{now.time_since_epoch().count()})
        .set("post", command.actor.post.value)
        .set("person", command.actor.person.value)
        .set("matter", after.id.value);
    if (command.actor.on_behalf) {
        text.set("on_behalf", command.actor.on_behalf.value);
    }
    if (is_reveal && command.fields["reason"].is_string()) {
        text.set("reason", command.fields["reason"]);
    }
    store::AuditRow row;
    row.text = to_canonical(text);
    return row;
}

void seal(Event& event, const Unsealed& one) {
    for (std::size_t i = 0; i < one.texts.size(); ++i) {
        const Personal& part = one.texts[i];
        auto sealed = vault::seal(*one.key, part.name, part.text, one.chances[i]);
        event.commitments.push_back({part.name, std::move(sealed.commitment)});
        event.sealed.push_back({part.name, std::move(sealed.bytes)});
    }
}

void note_allowed(const Submit& submit, const Answer& answer, Group& group) {
    for (std::size_t i = 0; i < submit.commands.size(); ++i) {
        const auto after = group.work.states.find(answer.rows[i].matter);
        if (after != group.work.states.end() && is_watched(submit.commands[i], *after->second)) {
            group.audit.push_back(allowed_row(submit.commands[i], *after->second, group.now));
        }
    }
}

void chain(std::vector<store::AuditRow>& audit, store::Head& head) {
    for (store::AuditRow& row : audit) {
        row.seq = ++head.audit_seq;
        const std::string_view previous(
            reinterpret_cast<const char*>(head.audit_hash.data()), head.audit_hash.size()
        );
        const std::array<std::string_view, 2> parts{previous, row.text};
        head.audit_hash = row.hash = hash_of(head.algorithm, parts);
    }
}

}  // namespace

bool prepare_next(Group& group) {
    Workspace& work = group.work;
    const std::size_t next = group.rows.size();
    if (next == work.events.size()) {
        return false;
    }
    Committed& one = work.events[next];
    if (group.sealed < work.unsealed.size() && work.unsealed[group.sealed].event == next) {
        seal(one.event, work.unsealed[group.sealed++]);
    }
    group.rows.push_back(row_of_event(one.event, one.before ? one.before->last_seq : 0));
    return true;
}

std::shared_ptr<Group> Ledger::begin_group(UtcMs now) {
    CHECK(under_way_.size() < 2);
    last_recorded_ = now = std::max(now, last_recorded_);
    auto group = under_way_.empty() ? std::make_shared<Group>(*this, now)
                                    : std::make_shared<Group>(*under_way_.back(), now);
    under_way_.push_back(group.get());
    return group;
}

void Ledger::decide_into(Group& group, const Submit& submit) {
    group.answers.push_back(run_submit(submit, group.now, group.work));
    const Result<Answer>& answer = group.answers.back();
    const bool is_signed_in =
        !submit.commands.empty() && submit.commands.front().actor.kind == ActorKind::post;
    if (!answer && is_signed_in) {
        group.audit.push_back(audit_row(submit, answer.error(), group.now));
    }
    if (answer && is_signed_in && !answer->is_repeated) {
        note_allowed(submit, *answer, group);
    }
}

Result<std::int64_t> Ledger::lapse_into(Group& group, std::size_t matters_max) {
    // The open set knows nothing yet of clocks that a group under way lapses.
    if (parts_.open_set == nullptr || std::ranges::any_of(under_way_, &Group::has_lapses)) {
        return 0;
    }
    std::int64_t lapsed = 0;
    for (const MatterId matter : parts_.open_set->due_until(group.now, matters_max)) {
        group.work.origin_ = Origin::live;
        TRY(const std::int64_t some, group.work.lapse(matter, group.now));
        lapsed += some;
    }
    group.has_lapses = lapsed > 0;
    return lapsed;
}

bool Ledger::has_due(UtcMs now) const {
    if (parts_.open_set == nullptr) {
        return false;
    }
    const auto next = parts_.open_set->next_due();
    return next && *next <= now;
}

store::Batch Ledger::batch_of(Group& group) const {
    Workspace& work = group.work;
    while (prepare_next(group)) {
    }
    store::Batch batch;
    for (std::size_t i = 0; i < work.events.size(); ++i) {
        Event& event = work.events[i].event;
        store::EventRow& row = group.rows[i];
        event.previous = group.head.hash;
        row.hash = hash_of_row(row, event.previous, group.head.algorithm);
        event.hash = group.head.hash = row.hash;
        group.head.seq = event.seq;
    }
    batch.events = std::move(group.rows);
    for (const auto& [id, state] : work.states) {
        batch.matters.push_back(row_of_state(*state));
    }
    batch.keys = work.keys;
    batch.claims = std::move(work.claim_log);
    for (const auto& [name, value] : work.sequences) {
        batch.sequences.push_back({name, value});
    }
    for (auto& [matter, wrapped] : work.seal_keys) {
        batch.seal_keys.push_back({matter, std::move(wrapped)});
    }
    chain(group.audit, group.head);
    batch.audit = std::move(group.audit);
    batch.last_matter = group.head.last_matter = work.last_matter;
    return batch;
}

Result<void> Ledger::write_group(Group& group) {
    group.head = written_;
    const store::Batch batch = batch_of(group);
    if (!batch.empty()) {
        TRY_VOID(parts_.store->append(batch));
    }
    written_ = group.head;
    return {};
}

std::vector<Result<Answer>> Ledger::settle_group(Group& group) {
    CHECK(!under_way_.empty() && under_way_.front() == &group);
    under_way_.erase(under_way_.begin());
    head_ = group.head;
    for (const store::KeyRow& row : group.work.keys) {
        keys_.add(row);
    }
    for (const auto& [id, state] : group.work.states) {
        remember(id, state);
    }
    const auto& lists = group.work.new_duty_lists;
    duty_lists_.insert(duty_lists_.end(), lists.begin(), lists.end());
    fold_group(group);
    if (!under_way_.empty()) {
        under_way_.front()->work.stand_on_ledger();
    }
    if (listener_) {
        for (const auto& one : group.work.events) {
            listener_(one);
        }
    }
    return std::move(group.answers);
}

void Ledger::fold_group(Group& group) {
    const std::lock_guard folding(views_guard_);
    if (group.work.changed_directory) {
        directory_ = group.work.changed_directory;
    }
    for (const auto& one : group.work.events) {
        if (parts_.figures == nullptr) {
            unseen_.push_back(one);
        } else {
            settle_views(one);
        }
    }
}

void Ledger::settle_views(const Committed& one) {
    const auto facts = facts_of(one.before.get(), one.event, *one.after, rules_->calendar.offset);
    const views::Step step{one.before.get(), &one.event, one.after.get(), facts};
    parts_.figures->fold(step);
    parts_.open_set->fold(step);
}

void Ledger::attach(views::Figures& figures, views::OpenSet& open_set) {
    parts_.figures = &figures;
    parts_.open_set = &open_set;
    for (const Committed& one : std::exchange(unseen_, {})) {
        settle_views(one);
    }
}

Result<std::vector<Result<Answer>>> Ledger::commit(Group& group) {
    TRY_VOID(write_group(group));
    return settle_group(group);
}

}  // namespace zt::service
