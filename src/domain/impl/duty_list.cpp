// The three-list guard (DOMAIN 3.15): what a township's duty list says about the category of a
// matter.

#include "base/text.hpp"
#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

/// Where a category stands on a list, and the county unit that leads it.
struct Duty {
    std::string list;  ///< basic, assist, taken_back; empty when it stands nowhere
    OrgId county;
};

Duty duty_on(const Frame& f, const State& lists) {
    const std::string& category = f.value("category").as_string();
    for (const char* name : {"taken_back", "assist", "basic"}) {
        for (const auto& entry : lists.field(name).as_array()) {
            const auto parts = split(entry.as_string(), ':');
            if (parts.empty() || parts[0] != category) {
                continue;
            }
            const Org* county =
                parts.size() > 1 ? f.directory().find_org(parts[1], f.day()) : nullptr;
            return {name, county == nullptr ? OrgId{} : county->id};
        }
    }
    return {};
}

/// A list that was retired says nothing any more.
Duty duty_of(const Frame& f, OrgId township) {
    for (const State* one : f.context->reads) {
        if (one != nullptr && one->kind == "duty_list" && one->counts == Counts::open &&
            one->field("org").as_int() == township.value) {
            return duty_on(f, *one);
        }
    }
    return {};
}

/// Units that the command gives the lead to.
std::vector<OrgId> leads_given(const Frame& f) {
    std::vector<OrgId> leads;
    for (const char* name : {"lead", "split"}) {
        for (const auto& one : f.given(name).as_array()) {
            leads.push_back(OrgId{one.as_int()});
        }
    }
    const Hand* acting = f.acting_hand();
    if (f.given("to").is_int() && acting != nullptr && is_lead_role(f, acting->role)) {
        leads.push_back(OrgId{f.given("to").as_int()});
    }
    return leads;
}

}  // namespace

std::optional<Errc> duty_refusal(const Frame& f) {
    const auto leads = leads_given(f);
    for (const OrgId one : leads) {
        const Duty duty = duty_of(f, one);
        if (duty.list == "taken_back") {
            return Errc::list_three_taken_back;
        }
        const bool has_county = duty.county && std::ranges::find(leads, duty.county) != leads.end();
        if (duty.list == "assist" && !has_county) {
            return Errc::list_two_needs_county;
        }
    }
    return std::nullopt;
}

}  // namespace zt
