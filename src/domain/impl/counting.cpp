// Figures that a kind declares: what an event adds to them, and for which unit.

#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

bool is_counted(const IndicatorRule& rule, std::string_view on, const Frame& frame) {
    return rule.on == on && std::ranges::all_of(rule.conditions, [&](const Word& word) {
               return holds(word, frame);
           });
}

}  // namespace

OrgId counted_for(const Frame& frame) {
    const Verb verb = frame.command->verb;
    if (verb == Verb::rate && !frame.kind->has_requester && rating_sides(frame).by_hand != 0) {
        return frame.after.registered_by;
    }
    const Hand* hand = frame.acting_hand();
    return hand != nullptr && is_lead_role(frame, hand->role) ? hand->org : OrgId{};
}

void count_stage(Frame& frame, const std::string& stage, std::int64_t amount) {
    for (const auto& rule : frame.kind->indicators) {
        if (is_counted(rule, "stage " + stage, frame)) {
            frame.emit(Counted{rule.name, amount, MatterId{}, OrgId{}});
        }
    }
}

void count_verb(Frame& frame) {
    const std::string_view verb = row_of(frame.command->verb).name;
    for (const auto& rule : frame.kind->indicators) {
        if (!is_counted(rule, verb, frame)) {
            continue;
        }
        Counted counted{rule.name, 1, MatterId{}, counted_for(frame)};
        if (!rule.amount_field.empty()) {
            counted.amount = frame.value(rule.amount_field).as_int();
        }
        if (!rule.subject_field.empty()) {
            counted.subject = MatterId{frame.value(rule.subject_field).as_int()};
        }
        frame.emit(std::move(counted));
    }
}

}  // namespace zt
