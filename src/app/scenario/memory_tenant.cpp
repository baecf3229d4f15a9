#include "app/scenario/memory_tenant.hpp"

#include "base/text.hpp"
#include "domain/apply.hpp"
#include "service/genesis.hpp"
#include "store/memory.hpp"

#include <algorithm>
#include <array>

namespace zt::app::scenario {

using service::Committed;

namespace {

std::string event_name(const Committed& one) {
    return "event " + std::to_string(one.event.seq) + " (" +
           std::string(row_of(one.event.verb).name) + " of " +
           (one.after->number.empty() ? std::to_string(one.after->id.value) : one.after->number) +
           ")";
}

Result<void> check_apply(const Committed& one) {
    State replayed = one.before ? *one.before : State{};
    apply(replayed, one.event);
    if (replayed != *one.after) {
        return fail(Errc::fold_differs, "apply gives another state than decide", event_name(one));
    }
    const std::int64_t version = one.before ? one.before->version + 1 : 1;
    const bool is_in_time = !one.before || one.event.at >= one.before->changed;
    if (one.event.version != version || !is_in_time || one.event.at > one.event.recorded) {
        return fail(
            Errc::fold_differs,
            "version or time does not go on from the event before",
            event_name(one)
        );
    }
    return {};
}

bool says_so(const Event& event, PartNo clock) {
    return std::ranges::any_of(event.changes, [&](const Change& change) {
        if (const auto* redated = std::get_if<ClockRedated>(&change)) {
            return redated->no == clock;
        }
        const auto* resumed = std::get_if<ClockResumed>(&change);
        return resumed != nullptr && resumed->no == clock;
    });
}

Result<void> check_dues(const Committed& one) {
    if (!one.before) {
        return {};
    }
    for (const auto& clock : one.before->clocks) {
        const Clock* now = one.after->clock(clock.no);
        if (now == nullptr || (now->due != clock.due && !says_so(one.event, clock.no))) {
            return fail(
                Errc::check_failed,
                "the due of '" + clock.name + "' moved without saying so",
                event_name(one)
            );
        }
    }
    return {};
}

/// A guarantee that can be seen in the event that closes a matter.
struct ClosingRule {
    std::string_view guarantee;
    bool (*holds)(const State&);
    std::string_view what;
};

constexpr std::array closing_rules{
    ClosingRule{
        "answered_before_closed",
        [](const State& state) { return state.is_marked("answered"); },
        "closed without an answer in this turn"
    },
    ClosingRule{
        "evidence_before_closed",
        [](const State& state) {
            const auto has_evidence = [](const Item& item) { return !item.evidence.empty(); };
            return state.is_marked("evidence") || std::ranges::any_of(state.items, has_evidence);
        },
        "closed without evidence"
    },
    ClosingRule{
        "verified_before_closed",
        [](const State& state) {
            return state.is_marked("verified") || state.is_marked("reviewed");
        },
        "closed without verification"
    },
};

Result<void> check_guarantees(const Committed& one, const service::Rules& rules) {
    const bool was_closed = one.before && one.before->counts == Counts::closed;
    const Kind* kind = rules.kinds.version(one.after->kind, one.after->kind_version);
    if (kind == nullptr || was_closed || one.after->counts != Counts::closed ||
        one.event.origin == Origin::import) {
        return {};
    }
    for (const auto& rule : closing_rules) {
        const bool is_promised =
            std::ranges::find(kind->guarantees, rule.guarantee, &Guarantee::name) !=
            kind->guarantees.end();
        if (is_promised && !rule.holds(*one.after)) {
            return fail(
                Errc::check_failed,
                std::string(rule.guarantee) + ": " + std::string(rule.what),
                event_name(one)
            );
        }
    }
    return {};
}

}  // namespace

MemoryTenant::MemoryTenant(std::uint64_t seed)
    : random_(seed), key_(vault::MasterKey::make(random_)), store_(store::open_memory()) {}

MemoryTenant::~MemoryTenant() = default;

Result<std::unique_ptr<MemoryTenant>> MemoryTenant::make(const Beginning& beginning) {
    service::SharedRules rules = beginning.rules;
    if (!rules) {
        TRY(rules,
            service::build_rules(
                beginning.definitions, beginning.pack, beginning.calendar, beginning.place.name
            ));
    }
    std::unique_ptr<MemoryTenant> tenant(new MemoryTenant(beginning.seed));
    service::declare_indicators(tenant->figures_, rules->kinds);
    service::LedgerParts parts;
    parts.store = tenant->store_.get();
    parts.key = &tenant->key_;
    parts.random = &tenant->random_;
    parts.figures = &tenant->figures_;
    parts.open_set = &tenant->open_set_;
    TRY(tenant->ledger_, service::Ledger::open(parts, std::move(rules)));
    TRY(const auto genesis,
        service::write_genesis(
            *tenant->ledger_, beginning.place, beginning.at, Origin::live, beginning.at
        ));
    ignore(genesis, "counts are for people");
    MemoryTenant* raw = tenant.get();
    raw->ledger_->on_commit([raw](const Committed& one) { raw->history_.push_back(one); });
    return tenant;
}

Uuid MemoryTenant::fresh_key(UtcMs at) {
    std::array<std::uint8_t, 10> rest{};
    random_.fill(rest);
    return uuid7(at, rest);
}

Result<void> MemoryTenant::check_steps(std::size_t from) const {
    for (std::size_t index = from; index < history_.size(); ++index) {
        TRY_VOID(check_committed(history_[index], ledger_->rules()));
    }
    return {};
}

Result<void> check_committed(const Committed& one, const service::Rules& rules) {
    TRY_VOID(check_apply(one));
    TRY_VOID(check_dues(one));
    return check_guarantees(one, rules);
}

Result<void> MemoryTenant::check_views() {
    TRY(const auto proof, service::verify_all(*store_, {&figures_, nullptr}, offset()));
    ignore(proof, "only whether it holds");
    views::OpenSet replayed;
    service::Replayer replayer(*store_);
    TRY_VOID(replayer.run(1, ledger_->seq(), [&](const service::Replayed& one) -> Result<void> {
        replayed.fold({one.before, &one.event, one.after.get(), {}});
        return {};
    }));
    if (const auto difference = open_set_.difference(replayed)) {
        return fail(Errc::fold_differs, "the open set differs from a replay: " + *difference);
    }
    return {};
}

Result<Actor> find_actor(const Directory& directory, std::string_view org_and_post, Date day) {
    const std::size_t dot = org_and_post.rfind('.');
    const std::string_view org_name = org_and_post.substr(0, dot);
    const Org* org = directory.find_org(org_name, day);
    if (org == nullptr) {
        return fail(
            Errc::unknown_org,
            "no org is called '" + std::string(org_name) + "' on " + to_string(day)
        );
    }
    const std::string_view key =
        dot == std::string_view::npos ? std::string_view() : org_and_post.substr(dot + 1);
    const Post* post = directory.find_post(org->id, key, day);
    if (post == nullptr) {
        std::vector<std::string> keys;
        for (const Post* one : directory.posts_of(org->id, day)) {
            keys.push_back(one->key);
        }
        return fail(
            Errc::unknown_post,
            "'" + org->code + "' has no post '" + std::string(key) + "' on " + to_string(day) +
                "; it has: " + join(keys, ", ")
        );
    }
    Actor actor;
    actor.kind = ActorKind::post;
    actor.post = post->id;
    actor.person = post->holder;
    return actor;
}

std::string name_of(const Directory& directory, OrgId org) {
    const Org* one = directory.org(org);
    return one == nullptr ? std::to_string(org.value) : one->code;
}

std::string name_of(const Directory& directory, PostId post) {
    const Post* one = directory.post(post);
    return one == nullptr ? std::to_string(post.value)
                          : name_of(directory, one->org) + "." + one->key;
}

}  // namespace zt::app::scenario
