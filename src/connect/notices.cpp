#include "connect/notices.hpp"

#include "domain/access.hpp"

#include <algorithm>
#include <array>

namespace zt::connect {

using views::Choice;
using views::Message;
using views::NoticeClass;
using views::Way;

namespace {

/// Numbers of warnings begin here, above those of any event's notices.
constexpr std::int64_t warnings_from = std::int64_t{1} << 40U;

/// Numbers kept for the people of one warning; far more than hands of a matter.
constexpr std::int64_t holders_max = 1'000'000;

/// Which posts of an org a role of a notice means.
struct RoleWord {
    std::string_view role, word;
};
constexpr std::array role_words{
    RoleWord{"signer", "signer"},
    RoleWord{"supervision", "supervisor"},
    RoleWord{"supervisor", "supervisor"},
    RoleWord{"callback", "callback"},
    RoleWord{"place", "head"},
    RoleWord{"head", "head"},
    RoleWord{"office", "clerk"},
    RoleWord{"registrar", "clerk"},
};
/// Roles of hands: whoever handles.
constexpr std::string_view handler_word = "handler";

struct VerbClass {
    Verb verb;
    NoticeClass what;
};
/// What the news of a verb is; of all others it is something else.
constexpr std::array verb_classes{
    VerbClass{Verb::register_, NoticeClass::received},
    VerbClass{Verb::accept, NoticeClass::accepted},
    VerbClass{Verb::refuse, NoticeClass::refused},
    VerbClass{Verb::refer, NoticeClass::refused},
    VerbClass{Verb::hand_over, NoticeClass::refused},
    VerbClass{Verb::assign, NoticeClass::assigned},
    VerbClass{Verb::add_hand, NoticeClass::assigned},
    VerbClass{Verb::transfer, NoticeClass::assigned},
    VerbClass{Verb::grant_extension, NoticeClass::deadline_moved},
    VerbClass{Verb::pause, NoticeClass::deadline_moved},
    VerbClass{Verb::resume, NoticeClass::deadline_moved},
    VerbClass{Verb::shelve, NoticeClass::deadline_moved},
    VerbClass{Verb::settle, NoticeClass::deadline_moved},
    VerbClass{Verb::reply, NoticeClass::answered},
    VerbClass{Verb::close, NoticeClass::closed},
    VerbClass{Verb::reopen, NoticeClass::reopened},
    VerbClass{Verb::redo, NoticeClass::reopened},
    VerbClass{Verb::lapse, NoticeClass::overdue},
    VerbClass{Verb::urge, NoticeClass::urged},
    VerbClass{Verb::order_supervision, NoticeClass::ordered},
    VerbClass{Verb::instruct, NoticeClass::instructed},
    VerbClass{Verb::escalate, NoticeClass::escalated},
    VerbClass{Verb::hold_to_account, NoticeClass::escalated},
};

/// Rules may have lost the version that a matter began under; the newest speaks for it then.
const Kind* kind_of(const State& state, const Deriving& deriving) {
    const Kind* kind = deriving.rules->kinds.version(state.kind, state.kind_version);
    return kind != nullptr ? kind : deriving.rules->kinds.newest(state.kind);
}

std::string_view word_of(std::string_view role) {
    const auto* const found = std::ranges::find(role_words, role, &RoleWord::role);
    return found == role_words.end() ? handler_word : found->word;
}

/// One party or org that is told one thing.
struct Told {
    PartNo party = 0;
    Addressee addressee;
    NoticeClass what = NoticeClass::other;
    std::string text;
    bool operator==(const Told& other) const {
        return party == other.party && addressee.org == other.addressee.org &&
               addressee.post == other.addressee.post && text == other.text &&
               (party != 0 || word_of(addressee.role) == word_of(other.addressee.role));
    }
};

bool is_party_role(const Kind* kind, std::string_view role) {
    if (role == "requester" || role == "author") {
        return true;
    }
    const RoleRule* rule = kind == nullptr ? nullptr : kind->role(role);
    return rule != nullptr && rule->where == RoleRule::Where::party;
}

Told told_of(const Noticed& noticed, const views::Step& step, const Kind* kind) {
    Told out;
    out.text = noticed.text;
    out.what = class_of(step.event->verb);
    out.addressee = {noticed.org, {}, noticed.role};
    if (is_party_role(kind, noticed.role)) {
        const Party* party = step.after->party(noticed.part);
        // A collector stands in the matter with a post and is told at the desk.
        if (party != nullptr && party->post) {
            out.addressee.post = party->post;
        } else {
            out.party = noticed.part;
        }
    } else if (const Hand* hand = step.after->hand(noticed.part)) {
        out.addressee.post = hand->post;
    }
    return out;
}

/// Deadlines that move with the calendar: no verb of the kind, so no rule of it speaks.
bool is_moved_by_calendar(const views::Step& step) {
    return step.event->verb == Verb::settle &&
           std::ranges::any_of(step.event->changes, [&](const Change& change) {
               const auto* redated = std::get_if<ClockRedated>(&change);
               const Clock* clock = redated == nullptr ? nullptr : step.after->clock(redated->no);
               return clock != nullptr && clock->is_final;
           });
}

std::vector<Told> all_told(const views::Step& step, const Kind* kind) {
    std::vector<Told> out;
    const auto add = [&](Told one) {
        if (std::ranges::find(out, one) == out.end()) {
            out.push_back(std::move(one));
        }
    };
    for (const Change& change : step.event->changes) {
        if (const auto* noticed = std::get_if<Noticed>(&change)) {
            add(told_of(*noticed, step, kind));
        }
    }
    const Party* requester = step.after->requester();
    if (requester != nullptr && is_moved_by_calendar(step)) {
        add(told_of(
            Noticed{"requester", "message.calendar", requester->no, requester->org}, step, kind
        ));
    }
    return out;
}

/// The new due of the clock that this event moved, if it moved one.
std::optional<UtcMs> moved_due(const views::Step& step) {
    std::optional<UtcMs> out;
    for (const Change& change : step.event->changes) {
        if (const auto* redated = std::get_if<ClockRedated>(&change)) {
            out = redated->due;
        } else if (const auto* resumed = std::get_if<ClockResumed>(&change)) {
            out = resumed->due;
        }
    }
    return out;
}

/// "list/key" of a reason that a verb of the kind was given: the same key may stand in several
/// lists with different titles, and the row's guard names the one that is meant.
std::string listed_reason(const Kind* kind, Verb verb, const std::string& key, const Pack& pack) {
    const auto has_key = [&](const std::string& list) {
        const auto found = pack.reasons.find(list);
        return found != pack.reasons.end() &&
               std::ranges::any_of(found->second, [&](const auto& reason) {
                   return reason.first == key;
               });
    };
    if (kind == nullptr || key.empty()) {
        return {};
    }
    for (const Transition& row : kind->transitions) {
        for (const Word& guard : row.when) {
            const bool names_list =
                row.verb == verb && guard.name == "reason_in" && !guard.args.empty();
            if (names_list && has_key(guard.args.front())) {
                return guard.args.front() + "/" + key;
            }
        }
    }
    // Pauses are judged by their clock's own choice from this list.
    return verb == Verb::pause && has_key("pause") ? "pause/" + key : std::string();
}

std::string why_of(const views::Step& step, const Deriving& deriving, const Kind* kind) {
    const Event& event = *step.event;
    const Pack& pack = deriving.rules->pack;
    if (event.verb == Verb::settle) {
        return "calendar";
    }
    if (event.verb == Verb::grant_extension) {
        if (!moved_due(step)) {
            return {};
        }
        const std::string asked =
            listed_reason(kind, Verb::ask_extension, deriving.asked_reason, pack);
        return asked.empty() ? "granted" : asked;
    }
    return listed_reason(kind, event.verb, event.input["reason"].as_string(), pack);
}

/// What all messages of an event have in common.
Message draft_of(const views::Step& step, const Deriving& deriving, const Kind* kind) {
    const State& state = *step.after;
    Message out;
    out.id.seq = step.event->seq;
    out.matter = state.id;
    out.number = state.number;
    out.at = step.event->at;
    out.not_before = step.event->recorded;
    out.is_neutral = state.protection == Protection::wrong_done;
    const NoticeClass what = class_of(step.event->verb);
    if (what == NoticeClass::deadline_moved || what == NoticeClass::refused) {
        out.why = why_of(step, deriving, kind);
    }
    if (what == NoticeClass::deadline_moved) {
        out.due = moved_due(step);
    }
    return out;
}

bool is_muted(const Choice& choice, NoticeClass what) {
    return !views::is_escalating(what) &&
           std::ranges::find(choice.muted, what) != choice.muted.end();
}

Message with_way(Message message, Way way, std::int64_t rank) {
    message.way = way;
    message.id.n = rank * views::ways_max + static_cast<std::int64_t>(way);
    return message;
}

/// Somebody of the place: a line of the inbox, and what they chose besides.
Result<void> add_person(
    std::vector<Message>& out, const Message& message, std::int64_t rank, const Deriving& deriving
) {
    TRY(const Choice choice, deriving.choice({message.person, {}, 0}));
    if (is_muted(choice, message.what)) {
        return {};
    }
    out.push_back(with_way(message, Way::in_app, rank));
    const bool goes_out =
        choice.way == Way::mail || choice.way == Way::sms || choice.way == Way::chat;
    if (goes_out) {
        Message outgoing = with_way(message, *choice.way, rank);
        outgoing.is_at_once = choice.is_at_once;
        outgoing.is_digest = choice.digest_minute && !views::is_escalating(message.what);
        out.push_back(std::move(outgoing));
    }
    return {};
}

Result<void> add_party(
    std::vector<Message>& out, const Message& message, std::int64_t rank, const Deriving& deriving
) {
    TRY(const Choice choice, deriving.choice({{}, message.matter, message.party}));
    if (is_muted(choice, message.what)) {
        return {};
    }
    // The rank alone names it: how it goes is settled when the contact is opened.
    Message outgoing = with_way(message, Way::contact, rank);
    outgoing.way = choice.way.value_or(Way::contact);
    outgoing.is_at_once = choice.is_at_once;
    out.push_back(std::move(outgoing));
    return {};
}

/// The messages of one event as they come, each with the next rank.
struct Gathering {
    const Deriving& deriving;
    const State& state;
    std::int64_t rank = 0;
    std::vector<Message> messages{};
};

Result<void> add_told(Gathering& gathering, const Told& told, Message message) {
    message.what = told.what;
    message.text = told.text;
    message.role = told.addressee.role;
    message.org = told.addressee.org;
    const Deriving& deriving = gathering.deriving;
    if (told.party != 0) {
        message.party = told.party;
        return add_party(gathering.messages, message, gathering.rank++, deriving);
    }
    const Date day = office_date(message.at, deriving.rules->calendar.offset);
    const auto people = people_of(told.addressee, gathering.state, *deriving.directory, day);
    for (const PersonId person : people) {
        message.person = person;
        TRY_VOID(add_person(gathering.messages, message, gathering.rank++, deriving));
    }
    if (people.empty()) {
        message.state = views::MessageState::dead;
        message.reason = "nobody";
        gathering.messages.push_back(with_way(message, Way::in_app, gathering.rank++));
    }
    return {};
}

/// Clocks that this event started or moved, each once.
std::vector<PartNo> clocks_moved(const Event& event) {
    std::vector<PartNo> out;
    for (const Change& change : event.changes) {
        if (const auto* started = std::get_if<ClockStarted>(&change)) {
            out.push_back(started->clock.no);
        } else if (const auto* redated = std::get_if<ClockRedated>(&change)) {
            out.push_back(redated->no);
        } else if (const auto* resumed = std::get_if<ClockResumed>(&change)) {
            out.push_back(resumed->no);
        } else if (const auto* runs_on = std::get_if<ClockRunsOn>(&change)) {
            out.push_back(runs_on->no);
        }
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// When to warn of a running clock; empty when its kind does not, or it has less time than that.
std::optional<UtcMs> warned_from(const Clock* clock, const Kind* kind, const Deriving& deriving) {
    const ClockRule* rule =
        clock == nullptr || kind == nullptr ? nullptr : kind->clock(clock->name);
    if (rule == nullptr || !rule->warn_before || clock->state != ClockState::running ||
        clock->is_provisional || clock->due == calendar::never) {
        return std::nullopt;
    }
    const UtcMs from =
        calendar::before_due(deriving.rules->calendar, clock->due, *rule->warn_before);
    return from <= clock->start ? std::nullopt : std::optional(from);
}

void add_warnings(
    Gathering& gathering, const Message& draft, const Event& event, const Kind* kind
) {
    for (const PartNo no : clocks_moved(event)) {
        const Clock* clock = gathering.state.clock(no);
        const auto from = warned_from(clock, kind, gathering.deriving);
        if (!from) {
            continue;
        }
        Message warning = draft;
        warning.id.n = warnings_from + no;
        warning.what = NoticeClass::nearly_due;
        warning.text = "message.nearly_due";
        warning.role = "holder";
        warning.clock = no;
        warning.due = clock->due;
        warning.why.clear();
        warning.not_before = std::max(*from, event.recorded);
        gathering.messages.push_back(std::move(warning));
    }
}

/// Who has to act before the clock runs out: its hand, else whoever holds the stage.
std::vector<Addressee> holders_of(const State& state, const Clock& clock, const Kind& kind) {
    std::vector<Addressee> out;
    if (const Hand* hand = clock.of == ClockOf::hand ? state.hand(clock.part) : nullptr) {
        return {{hand->org, hand->post, hand->role}};
    }
    const StageRule* stage = kind.stage(state.stage);
    const RoleRule* holder = stage == nullptr ? nullptr : kind.role(stage->holder);
    if (holder != nullptr && holder->where == RoleRule::Where::at_hand) {
        for (const Hand& hand : state.hands) {
            if (is_open(hand.state) && hand.state != HandState::replied) {
                out.push_back({hand.org, hand.post, hand.role});
            }
        }
    }
    if (out.empty()) {
        out.push_back({state.office, {}, "office"});
    }
    return out;
}

}  // namespace

NoticeClass class_of(Verb verb) {
    const auto* const found = std::ranges::find(verb_classes, verb, &VerbClass::verb);
    return found == verb_classes.end() ? NoticeClass::other : found->what;
}

std::vector<PersonId>
people_of(const Addressee& addressee, const State& state, const Directory& directory, Date day) {
    std::vector<const Post*> posts;
    if (addressee.post) {
        if (const Post* post = directory.post(addressee.post)) {
            posts.push_back(post);
        }
    } else {
        posts = directory.posts_of(addressee.org, day);
        const std::string_view word = word_of(addressee.role);
        const auto does_it = [&](const Post* post) {
            return std::ranges::find(post->words, word) != post->words.end();
        };
        // An org without a post for this work has its people do it together.
        if (std::ranges::any_of(posts, does_it)) {
            std::erase_if(posts, [&](const Post* post) { return !does_it(post); });
        }
    }
    std::vector<PersonId> out;
    for (const Post* post : posts) {
        const PersonId person = post->holder ? post->holder : post->deputy;
        const bool is_new = std::ranges::find(out, person) == out.end();
        if (person && is_new && !is_excluded(state, post->id, directory)) {
            out.push_back(person);
        }
    }
    return out;
}

Result<std::vector<Message>> messages_of(const views::Step& step, const Deriving& deriving) {
    const Event& event = *step.event;
    if (event.origin != Origin::live) {
        return std::vector<Message>{};
    }
    const State& state = *step.after;
    const Kind* kind = kind_of(state, deriving);
    const Message draft = draft_of(step, deriving, kind);
    Gathering gathering{deriving, state};
    for (const Told& told : all_told(step, kind)) {
        TRY_VOID(add_told(gathering, told, draft));
    }
    if (event.verb == Verb::hand_over) {
        Message outgoing = with_way(draft, Way::hand_over, gathering.rank++);
        outgoing.what = NoticeClass::refused;
        outgoing.role = "partner";
        outgoing.text = event.input["body"].as_string();
        outgoing.is_at_once = true;
        gathering.messages.push_back(std::move(outgoing));
    }
    add_warnings(gathering, draft, event, kind);
    return std::move(gathering.messages);
}

Result<std::vector<Message>>
warnings_of(const Message& warning, const State& state, const Deriving& deriving) {
    std::vector<Message> out;
    const Clock* clock = state.clock(warning.clock);
    const Kind* kind = kind_of(state, deriving);
    if (clock == nullptr || kind == nullptr || clock->state != ClockState::running ||
        clock->due != warning.due) {
        return out;
    }
    Message message = warning;
    message.clock = 0;
    message.state = views::MessageState::due;
    message.is_neutral = state.protection == Protection::wrong_done;
    const Date day = office_date(warning.not_before, deriving.rules->calendar.offset);
    std::int64_t rank = warnings_from + std::int64_t{warning.clock} * holders_max;
    for (const Addressee& holder : holders_of(state, *clock, *kind)) {
        message.role = holder.role;
        message.org = holder.org;
        for (const PersonId person : people_of(holder, state, *deriving.directory, day)) {
            message.person = person;
            TRY_VOID(add_person(out, message, rank++, deriving));
        }
    }
    return out;
}

}  // namespace zt::connect
