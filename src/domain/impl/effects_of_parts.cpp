// Effects that add a part to a matter.

#include "domain/impl/effects_of_parts.hpp"

namespace zt {

using Args = std::vector<std::string>;

Result<void> add_item(Frame& f, const Args& a) {
    Item item;
    item.no = static_cast<PartNo>(f.after.items.size()) + 1;
    item.list = a[0];
    const Json& title = f.given(a[1]);
    const ArgumentRow* argument = find_argument(a[1]);
    if (argument != nullptr && argument->is_personal) {
        f.personal.push_back({"item." + std::to_string(item.no) + ".title", title.as_string()});
    } else {
        item.title = title.as_string();
    }
    const Hand* hand = f.acting_hand();
    item.owner = f.given("owner").is_int() ? OrgId{f.given("owner").as_int()}
                 : hand != nullptr         ? hand->org
                                           : OrgId{};
    if (const auto day = parse_date(f.given("planned").as_string())) {
        item.planned = *day;
    } else if (const auto by = parse_date(f.given("promise_by").as_string())) {
        item.planned = *by;
    }
    f.touched_items.push_back(item.no);
    f.emit(ItemAdded{std::move(item)});
    return {};
}

Result<void> ask_party(Frame& f, const Args& a) {
    for (const auto& name : f.given(a[1]).as_array()) {
        Party party;
        party.no = static_cast<PartNo>(f.after.parties.size()) + 1;
        party.role = a[0];
        party.state = PartyState::asked;
        party.is_named = true;
        f.personal.push_back({"party." + std::to_string(party.no) + ".name", name.as_string()});
        f.emit(PartyAdded{std::move(party)});
    }
    return {};
}

Result<void> seat(Frame& f, const Args& a) {
    const PostId id{f.given("post").as_int()};
    const Post* post = f.directory().post(id);
    if (post == nullptr || !post->span.holds(f.day())) {
        return fail(Errc::unknown_post, "no such post on " + to_string(f.day()), "/fields/post");
    }
    if (is_excluded(f.after, ActingPosts{{}, id, {}}, f.directory(), f.day())) {
        return fail(
            Errc::excluded_by_protection, "the matter is protected from it", "/fields/post"
        );
    }
    Hand hand;
    hand.no = static_cast<PartNo>(f.after.hands.size()) + 1;
    hand.role = a.front();
    hand.org = post->org;
    hand.post = id;
    hand.turn = f.after.turn;
    hand.since = f.at();
    const PartNo no = hand.no;
    f.touched_hands.push_back(no);
    f.emit(HandAdded{std::move(hand)});
    f.emit(FieldSet{"slot." + f.given("slot").as_string(), no});
    return {};
}

}  // namespace zt
