#include "domain/verbs/mechanisms.hpp"

#include "domain/impl/succession.hpp"
#include "domain/permission.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace verbs;

Result<void> accept(Frame& f) {
    f.mark("accepted");
    return {};
}

/// The party that acts; or the one whose paper answer the office enters; or, when their time is
/// over, all that have not answered.
Result<void> answer_party(Frame& f, PartyState state) {
    const PartNo acting = acting_party(f);
    const bool is_party = f.command->actor.kind == ActorKind::party || acting != 0;
    const Json& named = f.given("party");
    const auto parties = f.after.parties;
    bool is_any = false;
    for (const auto& party : parties) {
        const bool is_meant = is_party         ? party.no == acting
                              : named.is_int() ? party.no == named.as_int()
                                               : true;
        if (is_meant && party.state == PartyState::asked) {
            f.emit(PartyMoved{party.no, state});
            is_any = true;
        }
    }
    return is_any ? Result<void>{}
                  : fail(Errc::not_asked, "nobody meant is still asked", "/fields/party");
}

Result<void> confirm(Frame& f) { return answer_party(f, PartyState::confirmed); }

Result<void> decline(Frame& f) { return answer_party(f, PartyState::declined); }

Result<void> refuse(Frame& f) {
    f.mark("refused");
    return {};
}

Result<void> merge(Frame& f) {
    // The link itself is the row's effect link(merged_into,into).
    return f.given("into").is_null()
               ? fail(Errc::missing_field, "name the matter it goes into", "/fields/into")
               : Result<void>{};
}

Result<PartNo> need_hand(const Frame& f) {
    const Hand* hand = f.acting_hand();
    if (hand == nullptr || !is_open(hand->state)) {
        return fail(Errc::not_open_hand, "no open hand is meant; name it by field hand or org");
    }
    return hand->no;
}

Result<void> sign_for(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    const HandState state = f.after.hand(no)->state;
    if (state != HandState::assigned && state != HandState::offered) {
        return fail(Errc::not_open_hand, "it has been signed for");
    }
    f.move_hand(no, HandState::signed_for);
    return {};
}

/// The office sends the reply of a unit back: the hand works on in the same turn, and nothing
/// counts as answered.
Result<void> send_reply_back(Frame& f, PartNo no) {
    if (f.after.hand(no)->org == f.org) {
        return fail(Errc::not_open_hand, "a hand that has replied cannot be sent back");
    }
    const bool has_arrived = f.after.is_marked("arrived", no);
    f.move_hand(no, has_arrived ? HandState::arrived : HandState::signed_for);
    f.emit(Marked{"answered", 0, 0});
    f.emit(Marked{"signed_off", no, 0});
    return {};
}

Result<void> send_back(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    if (f.after.hand(no)->state == HandState::replied) {
        return send_reply_back(f, no);
    }
    f.move_hand(no, HandState::sent_back);
    f.emit(Tallied{"send_backs", 1});
    return {};
}

Result<void> transfer(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    const Hand old = *f.after.hand(no);
    const OrgId to{f.given("to").as_int()};
    if (is_excluded(f.after, to, f.directory())) {
        return fail(
            Errc::excluded_by_protection, "an accused unit cannot be given a hand", "/fields/to"
        );
    }
    f.move_hand(no, HandState::withdrawn);
    add_hand(f, old.role, to, old.parent);
    f.emit(Tallied{"transfers", 1});
    return {};
}

Result<void> release_hand(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    f.move_hand(no, HandState::withdrawn);
    return {};
}

Result<void> contact(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    if (!f.given("reached").is_null() && !f.given("reached").as_bool()) {
        // Attempts that are shown count: nobody may be kept from an answer by a telephone that
        // nobody takes.
        f.mark(f.given("evidence").is_null() ? "tried" : "unreachable", no);
        return {};
    }
    if (const HandState state = f.after.hand(no)->state; state != HandState::replied) {
        f.move_hand(no, HandState::contacted);
    }
    f.mark("contacted", no);
    return {};
}

Result<void> arrive(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    const HandState state = f.after.hand(no)->state;
    if (state == HandState::arrived || state == HandState::replied) {
        return fail(Errc::not_open_hand, "it is on the spot already");
    }
    f.move_hand(no, HandState::arrived);
    f.mark("arrived", no);
    return {};
}

Result<void> give_opinion(Frame& f) {
    TRY(const PartNo no, need_hand(f));
    f.move_hand(no, HandState::replied);
    return {};
}

Result<void> plan(Frame& f) {
    const ItemListRule* list = nullptr;
    for (const auto& one : f.kind->item_lists) {
        if (f.given("list").is_null() || one.name == f.given("list").as_string()) {
            list = &one;
            break;
        }
    }
    if (list == nullptr) {
        return fail(
            Errc::bad_field,
            "this kind has no list '" + f.given("list").as_string() + "'",
            "/fields/list"
        );
    }
    Item item;
    item.no = static_cast<PartNo>(f.after.items.size()) + 1;
    item.list = list->name;
    if (list->is_personal_title) {
        f.personal.push_back(
            {"item." + std::to_string(item.no) + ".title", f.given("item_title").as_string()}
        );
    } else {
        item.title = f.given("item_title").as_string();
    }
    const Hand* hand = f.acting_hand();
    item.owner = f.given("owner").is_int() ? OrgId{f.given("owner").as_int()}
                 : hand != nullptr         ? hand->org
                                           : OrgId{};
    if (const auto day = parse_date(f.given("planned").as_string())) {
        item.planned = *day;
    }
    item.amount = f.given("amount").as_int();
    f.touched_items.push_back(item.no);
    f.emit(ItemAdded{std::move(item)});
    return {};
}

Result<void> move_item(Frame& f, ItemState state) {
    const auto no = static_cast<PartNo>(f.given("item").as_int());
    const Item* item = f.after.item(no);
    if (item == nullptr || item->state == ItemState::dropped) {
        return fail(Errc::bad_field, "there is no item " + std::to_string(no), "/fields/item");
    }
    for (const auto& list : f.kind->item_lists) {
        if (list.name == item->list && list.needs_evidence && f.given("evidence").is_null() &&
            !f.is_import() && state == ItemState::done) {
            return fail(
                Errc::evidence_missing,
                "an item of this list is done with evidence",
                "/fields/evidence"
            );
        }
    }
    f.touched_items.push_back(no);
    f.emit(ItemMoved{no, state, f.given("evidence").is_null() ? std::string() : "given", {}});
    return {};
}

Result<void> done(Frame& f) { return move_item(f, ItemState::done); }

Result<void> review(Frame& f) {
    f.mark("reviewed");
    return {};
}

Result<void> sign_off(Frame& f) {
    f.mark("signed_off", f.acting);
    return {};
}

Result<void> verify(Frame& f) {
    if (!f.given("item").is_null()) {
        return move_item(f, ItemState::verified);
    }
    f.mark("verified");
    return {};
}

Result<void> reply(Frame& f) {
    answer(f);
    return {};
}

Result<void> urge(Frame& f) {
    f.emit(Tallied{"urges", 1});
    return {};
}

Result<void> contest(Frame& f) {
    f.emit(Tallied{"contests", 1});
    f.mark("contested");
    return {};
}

Result<void> object(Frame& f) {
    f.mark("objected");
    return {};
}

Result<void> redo(Frame& f) {
    f.emit(Tallied{"redos", 1});
    return {};
}

Result<void> publish(Frame& f) {
    f.emit(Published{true});
    return {};
}

Result<void> report_progress(Frame& f) {
    f.mark("progress");
    return {};
}

Result<void> erase(Frame& f) {
    f.emit(Erased{});
    return {};
}

/// The calendar changed; or a unit or post ended and another goes on with its work.
Result<void> settle_or_take_over(Frame& f) {
    if (f.given("from_org").is_int() || f.given("from_post").is_int()) {
        take_over(f);
        return {};
    }
    return settle(f);
}

/// For whom it is written is fixed with it; what the requester reads needs a requester.
Result<void> note(Frame& f) {
    const Json& given = f.given("visibility");
    if (given.is_null()) {
        return {};
    }
    const auto visibility = parse_note_visibility(given.as_string());
    if (!visibility) {
        return fail(
            Errc::bad_field, "a note is for unit, hands or requester", "/fields/visibility"
        );
    }
    if (*visibility == NoteVisibility::requester && f.after.requester() == nullptr) {
        return fail(Errc::bad_field, "this matter has no requester", "/fields/visibility");
    }
    return {};
}

/// Evidence stands for the turn, whichever verb of those who work on it brings it.
void keep_evidence(Frame& f) {
    const Verb verb = f.command->verb;
    const bool is_of_requester =
        verb == Verb::register_ || verb == Verb::supplement || verb == Verb::contest;
    if (!f.given("evidence").is_null() && !is_of_requester) {
        f.mark("evidence");
    }
}

/// A promise is an item with a date; the list is the kind's.
Result<void> keep_promise(Frame& f) {
    const bool has_list = std::ranges::find(f.kind->item_lists, "promises", &ItemListRule::name) !=
                          f.kind->item_lists.end();
    if (f.given("promise").is_null() || !has_list) {
        return {};
    }
    return run_effect(Word{"add_item", {"promises", "promise"}}, f);
}

using Function = Result<void> (*)(Frame&);

/// Verbs without a row here do nothing of their own: their fields, effects and target say it all.
Function mechanism_of(Verb verb) {
    switch (verb) {
    case Verb::register_: return begin_matter;
    case Verb::confirm: return confirm;
    case Verb::decline: return decline;
    case Verb::accept: return accept;
    case Verb::refuse: return refuse;
    case Verb::merge: return merge;
    case Verb::assign:
    case Verb::add_hand: return give_hands;
    case Verb::sign_for: return sign_for;
    case Verb::send_back: return send_back;
    case Verb::transfer: return transfer;
    case Verb::release_hand: return release_hand;
    case Verb::contact: return contact;
    case Verb::arrive: return arrive;
    case Verb::give_opinion: return give_opinion;
    case Verb::plan: return plan;
    case Verb::done: return done;
    case Verb::report_progress: return report_progress;
    case Verb::review: return review;
    case Verb::sign_off: return sign_off;
    case Verb::reply: return reply;
    case Verb::verify: return verify;
    case Verb::ask_extension: return ask_extension;
    case Verb::grant_extension: return grant_extension;
    case Verb::pause: return pause;
    case Verb::resume: return resume;
    case Verb::shelve: return shelve;
    case Verb::reopen: return reopen;
    case Verb::settle: return settle_or_take_over;
    case Verb::urge: return urge;
    case Verb::rate:
    case Verb::call_back: return take_rating;
    case Verb::contest: return contest;
    case Verb::object: return object;
    case Verb::redo: return redo;
    case Verb::publish: return publish;
    case Verb::erase: return erase;
    case Verb::note: return note;
    default: return nullptr;
    }
}

}  // namespace

Result<void> run_verb(Frame& frame) {
    if (frame.command->verb != Verb::register_) {
        keep_fields(frame);
    }
    keep_evidence(frame);
    if (const Function function = mechanism_of(frame.command->verb)) {
        TRY_VOID(function(frame));
    }
    return keep_promise(frame);
}

}  // namespace zt
