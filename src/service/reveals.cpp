#include "service/reveals.hpp"

#include <algorithm>

namespace zt::service {

namespace {

constexpr std::string_view asked_mark = "reveal_asked";

/// What an event of the verb means.
enum class Step : std::uint8_t { none, direct, asked, confirmed, ended };

Step step_of(const Event& event) {
    if (event.verb != Verb::reveal) {
        return Step::none;
    }
    const bool is_asked = std::ranges::any_of(event.changes, [](const Change& change) {
        const auto* marked = std::get_if<Marked>(&change);
        return marked != nullptr && marked->what == asked_mark && marked->turn > 0;
    });
    if (is_asked) {
        return Step::asked;
    }
    const Json& granted = event.input["granted"];
    if (!granted.is_null() || event.actor.kind == ActorKind::system) {
        return granted.as_bool() ? Step::confirmed : Step::ended;
    }
    return Step::direct;
}

PostId authority_of(const Actor& actor) { return actor.on_behalf ? actor.on_behalf : actor.post; }

OrgId org_of(const Actor& actor, const Directory& directory) {
    const Post* post = directory.post(authority_of(actor));
    return post == nullptr ? OrgId{} : post->org;
}

/// Calls with each look that was allowed: who looks, the event that says why, the one that allows.
void each_allowed(std::span<const Event> events, const auto& see) {
    const Event* asked = nullptr;
    for (const Event& event : events) {
        switch (step_of(event)) {
        case Step::none: break;
        case Step::direct: see(event, event); break;
        case Step::asked: asked = &event; break;
        case Step::ended: asked = nullptr; break;
        case Step::confirmed:
            if (asked != nullptr) {
                see(*asked, event);
            }
            asked = nullptr;
            break;
        }
    }
}

}  // namespace

std::vector<RevealRow> reveals_of(std::span<const Event> events, const Directory& directory) {
    std::vector<RevealRow> rows;
    each_allowed(events, [&](const Event& asked, const Event& allowed) {
        RevealRow row;
        row.at = allowed.at;
        row.org = org_of(asked.actor, directory);
        if (const Post* post = directory.post(authority_of(asked.actor))) {
            row.word = post->words.empty() ? post->key : post->words.front();
        }
        row.reason = asked.input["reason"].as_string();
        row.confirmed_by = &asked == &allowed ? OrgId{} : org_of(allowed.actor, directory);
        row.seq = allowed.seq;
        rows.push_back(std::move(row));
    });
    return rows;
}

std::optional<RevealRequest> pending_reveal(std::span<const Event> events) {
    std::optional<RevealRequest> pending;
    for (const Event& event : events) {
        const Step step = step_of(event);
        if (step == Step::asked) {
            pending =
                RevealRequest{event.seq, event.at, event.actor, event.input["reason"].as_string()};
        } else if (step == Step::confirmed || step == Step::ended) {
            pending.reset();
        }
    }
    return pending;
}

bool may_see_identity(std::span<const Event> events, const Actor& actor, UtcMs now) {
    bool may = false;
    each_allowed(events, [&](const Event& asked, const Event& allowed) {
        const bool is_same =
            asked.actor.person == actor.person && authority_of(asked.actor) == authority_of(actor);
        const bool is_fresh = allowed.at <= now && now - allowed.at < reveal_lasts;
        may = may || (is_same && is_fresh && actor.kind == ActorKind::post);
    });
    return may;
}

}  // namespace zt::service
