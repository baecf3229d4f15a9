#include "service/approvals.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace zt::service {

std::string_view name_of(ChangeState state) {
    switch (state) {
    case ChangeState::waiting: return "waiting";
    case ChangeState::approved: return "approved";
    case ChangeState::withdrawn: return "withdrawn";
    }
    UNREACHABLE();
}

Result<PreparedChange>
Approvals::prepare(std::vector<Command> commands, std::string why, UtcMs now) {
    const std::lock_guard lock(mutex_);
    drop_old(now);
    const Actor& actor = commands.front().actor;
    for (const auto& [id, change] : changes_) {
        if (change.state == ChangeState::waiting && change.submit.commands == commands) {
            return change;
        }
    }
    if (changes_.size() >= changes_max) {
        return fail(
            Errc::cap_reached,
            std::to_string(changes_max) + " changes wait or were made this week; decide on them"
        );
    }
    PreparedChange change = make(now);
    change.prepared_by = actor.person;
    change.prepared_in = actor.post;
    change.why = std::move(why);
    change.submit.commands = std::move(commands);
    note("directory_change_prepared", change, {actor.person, actor.post}, now);
    return changes_.emplace(change.id, std::move(change)).first->second;
}

PreparedChange Approvals::make(UtcMs now) {
    constexpr std::int64_t numbers = std::int64_t{1} << 47U;  // whole in any reader of JSON
    std::array<std::uint8_t, 10> rest{};
    random_.fill(rest);
    PreparedChange change;
    change.submit.key = uuid7(now, rest);
    change.submit.credential = "approval";
    change.prepared = now;
    do {
        random_.fill(rest);
        std::int64_t drawn = 0;
        for (std::size_t index = 0; index < 6; ++index) {
            drawn = drawn * 256 + rest.at(index);
        }
        change.id = ChangeId{1 + drawn % numbers};
    } while (changes_.contains(change.id));
    return change;
}

std::vector<PreparedChange> Approvals::list(UtcMs now) {
    const std::lock_guard lock(mutex_);
    drop_old(now);
    std::vector<PreparedChange> list;
    for (const auto& [id, change] : changes_) {
        list.push_back(change);
    }
    std::ranges::sort(list, std::ranges::greater{}, &PreparedChange::prepared);
    return list;
}

Result<PreparedChange>
Approvals::begin_approval(ChangeId id, Approver by, AdministrationReport::Mode mode) {
    const std::lock_guard lock(mutex_);
    const PreparedChange* change = find(id);
    if (change == nullptr) {
        return fail(Errc::not_found, "there is no such change");
    }
    if (change->state == ChangeState::withdrawn) {
        return fail(Errc::wrong_stage, "it was withdrawn");
    }
    const bool is_small = mode == AdministrationReport::Mode::small_place;
    if (change->prepared_by == by.person && !is_small) {
        return fail(Errc::same_person, "somebody else than who prepared it approves it");
    }
    return *change;
}

void Approvals::approved(ChangeId id, Approver by, Seq seq, UtcMs now) {
    const std::lock_guard lock(mutex_);
    PreparedChange* change = find(id);
    if (change == nullptr || change->state != ChangeState::waiting) {
        return;
    }
    change->state = ChangeState::approved;
    change->closed_by = by.person;
    change->closed = now;
    change->seq = seq;
    note("directory_change_approved", *change, by, now);
}

Result<void> Approvals::withdraw(ChangeId id, Approver by, UtcMs now) {
    const std::lock_guard lock(mutex_);
    PreparedChange* change = find(id);
    if (change == nullptr) {
        return fail(Errc::not_found, "there is no such change");
    }
    if (change->state == ChangeState::approved) {
        return fail(Errc::wrong_stage, "it has happened");
    }
    if (change->state == ChangeState::waiting) {
        change->state = ChangeState::withdrawn;
        change->closed_by = by.person;
        change->closed = now;
        note("directory_change_withdrawn", *change, by, now);
    }
    return {};
}

void Approvals::drop_old(UtcMs now) {
    std::erase_if(changes_, [now](const auto& one) {
        return one.second.prepared + change_lasts < now;
    });
}

PreparedChange* Approvals::find(ChangeId id) {
    const auto found = changes_.find(id);
    return found == changes_.end() ? nullptr : &found->second;
}

void Approvals::note(std::string_view what, const PreparedChange& change, Approver by, UtcMs now) {
    Json text = Json::object();
    text.set("what", std::string(what))
        .set("at", now.time_since_epoch().count())
        .set("change", change.id.value)
        .set("prepared_by", change.prepared_by.value)
        .set("prepared_in", change.prepared_in.value)
        .set("by", by.person.value)
        .set("post", by.post.value);
    if (change.seq > 0) {
        text.set("seq", change.seq);
    }
    audit_.note(text);
}

}  // namespace zt::service
