// Ratings: answers to named questions in a turn, by the requester about the lead, or by the two
// sides of a matter without a requester about each other.

#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

PartNo rater_of(const Frame& frame) {
    if (const PartNo party = acting_party(frame); party != 0) {
        return party;
    }
    // Paper and telephone: entered by the desk for the requester.
    const Party* requester = frame.after.requester();
    return requester == nullptr ? 0 : requester->no;
}

}  // namespace

const Hand* rated_hand(const Frame& frame) {
    if (!frame.given("org").is_int()) {
        return frame.after.lead();
    }
    const OrgId org{frame.given("org").as_int()};
    const Hand* newest = nullptr;
    for (const auto& hand : frame.after.hands) {
        const bool has_worked =
            hand.state != HandState::sent_back && hand.state != HandState::withdrawn;
        if (hand.org == org && is_lead_role(frame, hand.role) && has_worked) {
            newest = &hand;
        }
    }
    return newest;
}

RatingSides rating_sides(const Frame& frame) {
    if (frame.kind->has_requester) {
        const Hand* about = rated_hand(frame);
        return {rater_of(frame), 0, about == nullptr ? 0 : about->no};
    }
    const Hand* hand = frame.acting_hand();
    if (hand == nullptr) {
        return {};
    }
    const bool is_own = hand->org == frame.org;
    return {0, is_own ? hand->no : 0, is_own ? 0 : hand->no};
}

std::int64_t
weight_of(const Frame& frame, const RatingQuestion& question, const std::string& answer) {
    const auto& weights = frame.context->pack->weights;
    const auto found = weights.find(frame.kind->name + "." + question.name);
    if (found == weights.end()) {
        return 0;
    }
    const auto weight = found->second.find(answer);
    return weight == found->second.end() ? 0 : weight->second;
}

Result<void> take_rating(Frame& frame) {
    const RatingSides sides = rating_sides(frame);
    Rating rating;
    rating.turn = frame.after.turn;
    rating.by_party = sides.by_party;
    rating.by_hand = sides.by_hand;
    rating.about = sides.about;
    if (sides.about == 0 && frame.given("org").is_int()) {
        return fail(Errc::not_lead, "that unit does not lead this matter", "/fields/org");
    }
    for (const auto& question : frame.kind->ratings) {
        const Json& given = frame.given(question.name);
        if (given.is_null()) {
            if (question.is_required && frame.command->verb == Verb::rate && !frame.is_import()) {
                return fail(
                    Errc::missing_field,
                    "the question '" + question.name + "' wants an answer",
                    "/fields/" + question.name
                );
            }
            continue;
        }
        const std::string& answer = given.as_string();
        rating.answers.push_back({question.name, answer});
        rating.is_bad =
            rating.is_bad || std::ranges::find(question.bad, answer) != question.bad.end();
        if (question.counts_satisfaction) {
            rating.weight_millionths = weight_of(frame, question, answer);
        }
    }
    if (rating.answers.empty()) {
        return {};
    }
    const bool is_bad = rating.is_bad;
    frame.emit(Rated{std::move(rating)});
    if (is_bad) {
        frame.emit(Tallied{"bad_ratings", 1});
    }
    return {};
}

}  // namespace zt
