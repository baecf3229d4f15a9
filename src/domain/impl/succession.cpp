#include "domain/impl/succession.hpp"

#include <algorithm>

namespace zt {

namespace {

/// From whom to whom: units, or posts with their units.
struct Heirs {
    OrgId from_org, to_org;
    PostId from_post, to_post;
};

bool is_of(const Hand& hand, const Heirs& heirs) {
    return is_open(hand.state) && (heirs.from_post ? hand.post == heirs.from_post
                                                   : !hand.post && hand.org == heirs.from_org);
}

bool is_of(const Item& item, const Heirs& heirs) {
    return heirs.from_org && item.state == ItemState::open && item.owner == heirs.from_org;
}

bool concerns(const State& state, const Heirs& heirs) {
    const bool is_office =
        heirs.from_org && state.office == heirs.from_org && state.counts != Counts::ended;
    const auto is_heirs = [&](const auto& part) { return is_of(part, heirs); };
    return !state.is_record && (is_office || (state.counts != Counts::ended &&
                                              (std::ranges::any_of(state.hands, is_heirs) ||
                                               std::ranges::any_of(state.items, is_heirs))));
}

bool is_kept_out(const Frame& f, const Heirs& heirs) {
    return heirs.to_post
               ? is_excluded(f.after, ActingPosts{{}, heirs.to_post, {}}, f.directory(), f.day())
               : is_excluded(f.after, heirs.to_org, f.directory());
}

void move_clocks(Frame& f, PartNo from, PartNo to) {
    const auto clocks = f.after.clocks;
    for (const Clock& clock : clocks) {
        if (clock.of != ClockOf::hand || clock.part != from || !is_waiting(clock.state)) {
            continue;
        }
        f.emit(ClockStopped{clock.no, ClockState::cancelled, f.at()});
        Clock heir = clock;
        heir.no = static_cast<PartNo>(f.after.clocks.size()) + 1;
        heir.part = to;
        f.emit(ClockStarted{std::move(heir)});
    }
}

void move_marks(Frame& f, PartNo from, PartNo to) {
    const auto marks = f.after.past.marks;
    for (const Mark& mark : marks) {
        if (mark.part == from && mark.turn > 0) {
            f.emit(Marked{mark.what, to, mark.turn});
        }
    }
}

void move_seats(Frame& f, PartNo from, PartNo to) {
    const auto fields = f.after.fields;
    for (const auto& [name, value] : fields) {
        if (name.starts_with("slot.") && value.as_int() == from) {
            f.emit(FieldSet{name, to});
        }
    }
}

void move_one(Frame& f, const Hand& hand, const Heirs& heirs) {
    if (is_kept_out(f, heirs)) {
        // The office gives it to somebody impartial; the one who ends it must not learn why.
        f.move_hand(hand.no, HandState::withdrawn);
        cancel_clocks_of(f, ClockOf::hand, hand.no);
        send_notice(f, "office", "notice.sent_back");
        return;
    }
    Hand heir = hand;
    heir.no = static_cast<PartNo>(f.after.hands.size()) + 1;
    heir.org = heirs.to_org;
    heir.post = heirs.to_post;
    const PartNo to = heir.no;
    f.emit(HandAdded{std::move(heir)});
    move_clocks(f, hand.no, to);
    move_marks(f, hand.no, to);
    move_seats(f, hand.no, to);
    f.move_hand(hand.no, HandState::withdrawn);
}

void move_office(Frame& f, const Heirs& heirs) {
    const Org* next = f.directory().org(heirs.to_org);
    if (is_excluded(f.after, heirs.to_org, f.directory())) {
        next = competent_or_outside(
            f.after, heirs.to_org, f.kind->office_function, f.directory(), f.day()
        );
    }
    if (next != nullptr) {
        f.emit(FieldSet{"office", next->id.value});
    }
}

/// Of what the heir must not see the office becomes the owner: it gives it on.
void move_items(Frame& f, const Heirs& heirs) {
    const OrgId owner = is_kept_out(f, heirs) ? f.after.office : heirs.to_org;
    const auto items = f.after.items;
    for (const Item& item : items) {
        if (is_of(item, heirs)) {
            f.emit(ItemMoved{item.no, item.state, {}, owner});
        }
    }
}

/// What ends, ends; and an amendment ends it that sets a last day, or an earlier one.
bool is_ending(const Frame& f) {
    if (f.command->verb == Verb::retire) {
        return true;
    }
    const Json& until = f.given("until");
    const std::string& before =
        f.before == nullptr ? until.as_string() : f.before->field("until").as_string();
    return until.is_string() && (before.empty() || until.as_string() < before);
}

Reaction told(const Frame& f, MatterId matter, const Heirs& heirs) {
    Reaction reaction;
    reaction.is_must = true;
    reaction.command = system_command(f, Verb::settle, matter);
    Json& fields = reaction.command.fields;
    if (heirs.from_post) {
        fields.set("from_post", heirs.from_post.value).set("to_post", heirs.to_post.value);
    } else {
        fields.set("from_org", heirs.from_org.value).set("to_org", heirs.to_org.value);
    }
    return reaction;
}

Error no_successor() {
    return Error{
        Errc::missing_field, "it has open work: name who takes it over", "/fields/successor"
    };
}

}  // namespace

Result<void> move_work(Frame& f, const std::vector<std::string>&) {
    if (!is_ending(f)) {
        return {};
    }
    const Json& successor = f.value("successor");
    Heirs heirs;
    if (f.kind->name == "post") {
        heirs.from_post = PostId{own_id(f).value};
        heirs.to_post = PostId{successor.as_int()};
    } else {
        heirs.from_org = OrgId{own_id(f).value};
        heirs.to_org = OrgId{successor.as_int()};
    }
    for (const State* read : f.context->reads) {
        if (read == nullptr || !concerns(*read, heirs)) {
            continue;
        }
        if (!successor.is_int()) {
            return std::unexpected(no_successor());
        }
        f.reactions.push_back(told(f, read->id, heirs));
    }
    return {};
}

Result<void> move_posts(Frame& f, const std::vector<std::string>&) {
    if (!is_ending(f)) {
        return {};
    }
    const PersonId person{own_id(f).value};
    const Json& successor = f.value("successor");
    for (const Post* post : f.directory().posts_of(person, f.day())) {
        if (post->holder != person) {
            continue;
        }
        if (!successor.is_int()) {
            return std::unexpected(no_successor());
        }
        Reaction reaction;
        reaction.is_must = true;
        reaction.command = system_command(f, Verb::amend, MatterId{post->id.value});
        reaction.command.fields.set("holder", successor.as_int());
        f.reactions.push_back(std::move(reaction));
    }
    return {};
}

void take_over(Frame& f) {
    Heirs heirs;
    heirs.from_org = OrgId{f.given("from_org").as_int()};
    heirs.to_org = OrgId{f.given("to_org").as_int()};
    heirs.from_post = PostId{f.given("from_post").as_int()};
    heirs.to_post = PostId{f.given("to_post").as_int()};
    if (const Post* post = f.directory().post(heirs.to_post)) {
        heirs.to_org = post->org;
    }
    if (heirs.from_org && f.after.office == heirs.from_org) {
        move_office(f, heirs);
    }
    const auto hands = f.after.hands;
    for (const Hand& hand : hands) {
        if (is_of(hand, heirs)) {
            move_one(f, hand, heirs);
        }
    }
    move_items(f, heirs);
}

}  // namespace zt
