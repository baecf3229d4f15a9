#include "service/impl/workspace.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/apply.hpp"
#include "domain/vocabulary.hpp"

#include <algorithm>

namespace zt::service {

namespace {

int year_of_hand_in(UtcMs at, const calendar::Calendar& calendar) {
    return year_of(office_date(at, calendar.offset));
}

std::string padded(std::int64_t value, int digits) {
    std::string text = std::to_string(value);
    const auto width = static_cast<std::size_t>(digits);
    return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

}  // namespace

Workspace::Workspace(Ledger& ledger, UtcMs now, Origin origin)
    : last_matter(ledger.head_.last_matter),
      ledger_(ledger),
      now_(now),
      origin_(origin),
      seq_(ledger.head_.seq) {}

Workspace::Workspace(Workspace& below, Origin origin) : Workspace(below, below.now_, origin) {}

Workspace::Workspace(Workspace& below, UtcMs now, Origin origin)
    : last_matter(below.last_matter),
      ledger_(below.ledger_),
      below_(&below),
      now_(now),
      origin_(origin),
      seq_(below.seq_) {}

Result<std::shared_ptr<const State>> Workspace::state(MatterId matter) {
    for (Workspace* at = this; at != nullptr; at = at->below_) {
        if (const auto found = at->states.find(matter); found != at->states.end()) {
            return found->second;
        }
    }
    return ledger_.state(matter);
}

const Directory& Workspace::directory() const {
    for (const Workspace* at = this; at != nullptr; at = at->below_) {
        if (at->changed_directory) {
            return *at->changed_directory;
        }
    }
    return *ledger_.directory_;
}

const store::KeyRow* Workspace::key_row(const std::array<std::uint8_t, 16>& key) const {
    for (const Workspace* at = this; at != nullptr; at = at->below_) {
        const auto found = std::ranges::find(at->keys, key, &store::KeyRow::key);
        if (found != at->keys.end()) {
            return &*found;
        }
    }
    return nullptr;
}

Result<AnswerRow> Workspace::run(Command command, const Submit& submit, std::int32_t part) {
    key_ = submit.key;
    follow_ = submit.follow ? &*submit.follow : nullptr;
    part_ = part;
    reactions_ = 0;
    if (!command.matter && command.verb != Verb::register_) {
        command.matter = last_begun_;
    }
    if (command.matter) {
        TRY_VOID(lapse_due(command.matter, std::min(command.at, now_), 0));
    }
    return step(command, 0, 0);
}

Result<std::int64_t> Workspace::lapse(MatterId matter, UtcMs at) {
    reactions_ = 0;
    return lapse_due(matter, at, 0);
}

Result<std::int64_t> Workspace::lapse_due(MatterId matter, UtcMs at, int depth) {
    std::int64_t lapsed = 0;
    for (;;) {
        TRY(auto before, state(matter));
        Context context = ledger_.context(now_, origin_);
        context.directory = &directory();
        auto decision = decide_lapse(*before, at, context);
        if (!decision) {
            return lapsed;
        }
        ++lapsed;
        const auto reactions = std::move(decision->reactions);
        TRY_VOID(take(*std::move(decision), before, 0));
        TRY_VOID(follow(reactions, matter, seq_, depth + 1));
    }
}

Result<AnswerRow> Workspace::step(const Command& command, int depth, Seq cause) {
    std::shared_ptr<const State> before;
    if (command.matter) {
        TRY(before, state(command.matter));
    }
    TRY(const auto reads, reads_of(before.get(), command));
    std::vector<const State*> borrowed;
    borrowed.reserve(reads.size());
    for (const auto& one : reads) {
        borrowed.push_back(one.get());
    }
    Context context = ledger_.context(now_, origin_);
    context.directory = &directory();
    context.reads = borrowed;
    context.fresh = MatterId{last_matter.value + 1};
    TRY(Decision decision, decide(before.get(), command, context));
    const bool begins_followed = !before && follow_ != nullptr && depth == 0;
    decision.gives_code = decision.gives_code || begins_followed;
    if (!before) {
        last_matter = context.fresh;
    }
    const MatterId matter = decision.event.matter;
    const auto reactions = std::move(decision.reactions);
    TRY_VOID(take(std::move(decision), before, cause));
    const Seq own_seq = seq_;
    if (depth == 0 && !before) {
        last_begun_ = matter;
    }
    TRY_VOID(follow(reactions, matter, own_seq, depth + 1));
    TRY(const auto after, state(matter));
    return AnswerRow{matter, after->number, after->stage, after->version, own_seq};
}

Result<void> Workspace::follow(
    const std::vector<Reaction>& reactions, MatterId cause_matter, Seq cause, int depth
) {
    for (const auto& reaction : reactions) {
        if (depth > reaction_depth_max) {
            return fail(Errc::depth_exceeded, "reactions follow each other more than 4 deep");
        }
        if (++reactions_ > reactions_max) {
            return fail(
                Errc::too_many_reactions, "more than 1,000 matters would follow; make it a job"
            );
        }
        const Verb verb = reaction.command.verb;
        auto answer = step(reaction.command, depth, cause);
        if (!answer && reaction.is_must) {
            return std::unexpected(std::move(answer).error());
        }
        Command back;
        back.actor.kind = ActorKind::system;
        back.is_reaction = true;
        back.matter = cause_matter;
        TRY(const auto now_stands, state(cause_matter));
        back.at = now_stands->changed;
        if (!answer) {
            // The cause stands; that its follow-up was refused is itself a fact of the cause.
            State after = *now_stands;
            Decision refused;
            refused.event.matter = cause_matter;
            refused.event.version = now_stands->version + 1;
            refused.event.verb = Verb::settle;
            refused.event.at = back.at;
            refused.event.recorded = now_;
            refused.event.origin = origin_;
            refused.event.kind_version = now_stands->kind_version;
            refused.event.pack = now_stands->pack;
            refused.event.changes.emplace_back(ReactionRefused{
                std::string(row_of(verb).name), std::string(name_of(answer.error().code))
            });
            after.version = refused.event.version;
            refused.after = std::move(after);
            TRY_VOID(take(std::move(refused), now_stands, cause));
        } else if (!reaction.link_back.empty()) {
            back.verb = Verb::link;
            back.fields.set("type", reaction.link_back).set("to", answer->matter.value);
            TRY_VOID(step(back, depth, cause));
        }
    }
    return {};
}

Result<void> Workspace::take(Decision decision, std::shared_ptr<const State> before, Seq cause) {
    TRY_VOID(give_numbers(decision));
    TRY_VOID(give_code(decision));
    TRY_VOID(settle_claims(decision));
    TRY_VOID(keep_unsealed(decision));
    Event& event = decision.event;
    event.tenant = ledger_.rules_->tenant;
    event.seq = ++seq_;
    event.cause = cause;
    event.key = key_;
    event.key_part = part_;
    decision.after.last_seq = event.seq;
    auto after = std::make_shared<const State>(std::move(decision.after));
    states[after->id] = after;
    if (Directory::is_directory_kind(after->kind)) {
        if (!changed_directory) {
            changed_directory = std::make_shared<Directory>(directory());
        }
        changed_directory->fold(*after);
    }
    if (after->kind == "duty_list" && !before) {
        new_duty_lists.push_back(after->id);
    }
    events.push_back({std::move(event), std::move(before), std::move(after)});
    return {};
}

Result<std::int64_t> Workspace::sequence(const std::string& name) {
    for (Workspace* at = this; at != nullptr; at = at->below_) {
        if (const auto found = at->sequences.find(name); found != at->sequences.end()) {
            return found->second;
        }
    }
    return ledger_.reads().sequence(name);
}

Result<MatterId> Workspace::claim(const Hash& hash) {
    for (Workspace* at = this; at != nullptr; at = at->below_) {
        if (const auto found = at->claims.find(hash); found != at->claims.end()) {
            return found->second;
        }
    }
    TRY(const auto stored, ledger_.reads().claim(hash));
    return stored.value_or(MatterId{});
}

Result<std::int64_t> Workspace::next_in(const std::string& name) {
    TRY(const std::int64_t last, sequence(name));
    sequences[name] = last + 1;
    return last + 1;
}

Result<void> Workspace::give_numbers(Decision& decision) {
    const int year = year_of_hand_in(decision.event.at, ledger_.rules_->calendar);
    const auto give = [&decision](Change change) {
        apply_change(decision.after, change, decision.event.at);
        decision.event.changes.push_back(std::move(change));
    };
    if (decision.number) {
        const NumberRule& rule = *decision.number;
        std::string number = rule.prefix + "-";
        std::string name = rule.series;
        if (rule.per_year) {
            name += "/" + std::to_string(year);
            number += std::to_string(year) + "-";
        }
        TRY(const std::int64_t next, next_in(name));
        give(Numbered{number + padded(next, rule.digits)});
    }
    for (const auto& [field, word] : decision.paper_numbers) {
        // No series of a kind has a colon in its name.
        TRY(const std::int64_t next, next_in("paper:" + word + "/" + std::to_string(year)));
        give(PaperNumbered{
            field, word + "〔" + std::to_string(year) + "〕" + std::to_string(next) + "号"
        });
    }
    return {};
}

Result<void> Workspace::settle_claims(const Decision& decision) {
    for (const auto& one : decision.claims) {
        const vault::MasterKey* key = ledger_.parts_.key;
        if (key == nullptr) {
            return fail(
                Errc::key_missing, "a unique value needs the master key; name it with --key FILE"
            );
        }
        const Hash hash = key->claim_hash(one.kind, one.name, one.value);
        if (one.is_release) {
            claims[hash] = MatterId{};
            claim_log.push_back({hash, MatterId{}});
            continue;
        }
        TRY(const MatterId holder, claim(hash));
        if (holder && holder != decision.event.matter) {
            return fail(
                Errc::duplicate_claim,
                "another " + one.kind + " has this value already",
                "/fields/" + one.name
            );
        }
        claims[hash] = decision.event.matter;
        claim_log.push_back({hash, decision.event.matter});
    }
    return {};
}

Result<std::shared_ptr<const vault::MatterKey>> Workspace::key_of(MatterId matter, bool begins) {
    for (Workspace* at = this; at != nullptr; at = at->below_) {
        if (const auto found = at->open_keys_.find(matter); found != at->open_keys_.end()) {
            return found->second;
        }
    }
    const vault::MasterKey* master = ledger_.parts_.key;
    if (master == nullptr) {
        return fail(
            Errc::key_missing,
            "personal text cannot be sealed without the master key; name it with --key FILE"
        );
    }
    std::shared_ptr<const vault::MatterKey> key;
    if (!begins) {
        TRY(const auto wrapped, ledger_.reads().seal_key(matter));
        if (wrapped && !vault::is_erased(*wrapped)) {
            TRY(auto opened, vault::unwrap(*master, matter, *wrapped));
            key = std::make_shared<const vault::MatterKey>(std::move(opened));
        } else if (wrapped) {
            return fail(
                Errc::not_found, "the matter was erased; it takes no personal text any more"
            );
        }
    }
    if (!key) {
        key = std::make_shared<const vault::MatterKey>(vault::MatterKey::make(*ledger_.parts_.random
        ));
        seal_keys[matter] = vault::wrap(*master, matter, *key, *ledger_.parts_.random);
    }
    open_keys_[matter] = key;
    return key;
}

Result<void> Workspace::keep_unsealed(Decision& decision) {
    if (decision.personal.empty()) {
        return {};
    }
    TRY(auto key, key_of(decision.event.matter, decision.event.version == 1));
    Unsealed one{events.size(), std::move(key), std::move(decision.personal), {}};
    for (std::size_t i = 0; i < one.texts.size(); ++i) {
        one.chances.emplace_back(*ledger_.parts_.random);
    }
    unsealed.push_back(std::move(one));
    return {};
}

void Workspace::merge(Workspace&& above) {
    seq_ = above.seq_;
    last_matter = above.last_matter;
    for (Unsealed& one : above.unsealed) {
        one.event += events.size();
        unsealed.push_back(std::move(one));
    }
    std::ranges::move(above.events, std::back_inserter(events));
    std::ranges::move(above.keys, std::back_inserter(keys));
    std::ranges::move(above.claim_log, std::back_inserter(claim_log));
    std::ranges::move(above.new_duty_lists, std::back_inserter(new_duty_lists));
    for (auto& [name, value] : above.sequences) {
        sequences[name] = value;
    }
    for (auto& [hash, matter] : above.claims) {
        claims[hash] = matter;
    }
    for (auto& [matter, wrapped] : above.seal_keys) {
        seal_keys[matter] = std::move(wrapped);
    }
    for (auto& [matter, one] : above.states) {
        states[matter] = std::move(one);
    }
    for (auto& [matter, key] : above.open_keys_) {
        open_keys_[matter] = std::move(key);
    }
    if (above.changed_directory) {
        changed_directory = std::move(above.changed_directory);
    }
}

}  // namespace zt::service
