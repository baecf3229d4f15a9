// The three-list guard (DOMAIN 3.15): what a township's duty list says about the category of a matter.

#include "base/text.hpp"
#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

/// The entry of a township's duty list for the matter's category: "", basic, assist, taken_back.
std::string duty_entry(const Frame& f, OrgId township, OrgId& county_lead) {
    for (const State* list : f.context->reads) {
        if (list == nullptr || list->kind != "duty_list" || list->field("org").as_int() != township.value) {
            continue;
        }
        const std::string category = f.value("category").as_string();
        for (const char* name : {"taken_back", "assist", "basic"}) {
            for (const auto& entry : list->field(name).as_array()) {
                const auto parts = split(entry.as_string(), ':');
                if (!parts.empty() && parts[0] == category) {
                    const Org* lead = parts.size() > 1 ? f.directory().find_org(parts[1], f.day()) : nullptr;
                    county_lead = lead == nullptr ? OrgId{} : lead->id;
                    return name;
                }
            }
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

/// The three-list guard: an item taken back upward cannot be led by a township; one that it only assists in needs the
/// county department named on the list as lead.
Errc duty_verdict(const Frame& f) {
    for (const OrgId one : leads_given(f)) {
        OrgId county;
        const std::string entry = duty_entry(f, one, county);
        if (entry == "taken_back") {
            return Errc::list_three_taken_back;
        }
        if (entry == "assist") {
            return Errc::list_two_needs_county;
        }
    }
    return Errc{};
}

}  // namespace zt
