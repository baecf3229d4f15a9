#include "app/import/row_submit.hpp"

#include "domain/vocabulary.hpp"

#include <algorithm>

namespace zt::app {

Result<RowSubmitter>
RowSubmitter::make(const kindfile::ImportMap& map, const service::Ledger& ledger) {
    if (const auto errors = kindfile::check_map(map, ledger.rules().kinds); !errors.empty()) {
        return std::unexpected(errors.front());
    }
    RowSubmitter submitter(map, ledger, *ledger.rules().kinds.newest(map.kind));
    const auto orgs = ledger.directory().orgs();
    const bool is_known = std::ranges::any_of(orgs, [&](const Org* org) {
        return org->code == map.org || org->name == map.org ||
               std::ranges::find(org->functions, map.org) != org->functions.end();
    });
    if (!is_known) {
        return fail(
            Errc::unknown_org,
            "the place has no unit with the code, name or function '" + map.org +
                "'; name one under `org`",
            map.org_at
        );
    }
    return submitter;
}

/// By code or name, else by function: a map names `intake` without knowing what the place calls it.
const Org* RowSubmitter::org_of(std::string_view text, Date day) const {
    const Directory& directory = *directory_;
    const Org* org = directory.find_org(text, day);
    return org != nullptr ? org : directory.first_with(text, day);
}

Result<Json> RowSubmitter::org_value(const std::string& text, Date day) {
    const Org* org = org_of(text, day);
    if (org == nullptr) {
        org = org_of(map_->org, day);
        ++unknown_orgs_;
    }
    if (org == nullptr) {
        return fail(
            Errc::unknown_org,
            "neither '" + text + "' nor '" + map_->org + "' is a unit of the place on " +
                to_string(day)
        );
    }
    return Json(org->id.value);
}

FieldType RowSubmitter::type_of(std::string_view field) const {
    if (const FieldRule* rule = kind_->field(field)) {
        return rule->type;
    }
    if (kind_->hand(field) != nullptr) {
        return FieldType::orgs;
    }
    const ArgumentRow* argument = find_argument(field);
    return argument == nullptr ? FieldType::text : argument->type;
}

Result<Json> RowSubmitter::value_of(const PlannedField& field, UtcMs at) {
    const FieldType type = type_of(field.name);
    const Date day = office_date(at, rules_->calendar.offset);
    if (type == FieldType::org || type == FieldType::orgs) {
        TRY(auto org, org_value(field.text, day));
        return type == FieldType::org ? std::move(org) : Json::array().push(std::move(org));
    }
    if (field.formats != nullptr && (type == FieldType::instant || type == FieldType::date)) {
        auto written = kindfile::read_time(field.text, *field.formats);
        if (!written) {
            return fail(written.error().code, written.error().detail, "/fields/" + field.name);
        }
        if (type == FieldType::date) {
            return Json(to_string(written->day));
        }
        return Json(
            std::int64_t{instant_of(*map_, *written, UtcMs::min()).time_since_epoch().count()}
        );
    }
    return Json(field.text);
}

/// The post that the kind asks for this verb, in the office or with the lead; none when nobody of
/// that word is there.
PostId RowSubmitter::post_for(Verb verb, OrgId lead, Date day) const {
    using Where = RoleRule::Where;
    const Org* office = org_of(map_->org, day);
    for (const auto& row : kind_->transitions) {
        if (row.verb != verb) {
            continue;
        }
        for (const auto& name : row.by) {
            const RoleRule* role = kind_->role(name);
            if (role == nullptr || role->post_word.empty()) {
                continue;
            }
            const bool is_of_hand =
                role->where == Where::at_hand || role->where == Where::leads_hand;
            const OrgId org = is_of_hand ? lead : office == nullptr ? OrgId{} : office->id;
            if (const Post* post =
                    org ? directory_->find_post(org, role->post_word, day) : nullptr) {
                return post->id;
            }
        }
    }
    return {};
}

Result<Submit> RowSubmitter::submit_of(const RowPlan& plan) {
    Submit submit;
    submit.origin = Origin::import;
    submit.credential = "import:" + map_->source;
    submit.key = uuid7_from_text(plan.steps.front().at, map_->source + "\n" + plan.id);
    OrgId lead;
    for (const auto& step : plan.steps) {
        OrgId next_lead;  // who transfers is the one who has it
        Command command;
        command.verb = step.verb;
        command.at = step.at;
        command.is_at_given = true;
        command.is_estimated = step.is_estimated;
        command.actor.kind = ActorKind::system;
        if (step.verb == Verb::register_) {
            command.kind = map_->kind;
        }
        for (const auto& field : step.fields) {
            TRY(auto value, value_of(field, step.at));
            const HandRule* hand = kind_->hand(field.name);
            if (hand != nullptr && hand->is_lead) {
                lead = OrgId{value.as_array().front().as_int()};
            } else if (step.verb == Verb::transfer && field.name == "to") {
                next_lead = OrgId{value.as_int()};
            }
            command.fields.set(field.name, std::move(value));
        }
        command.actor.on_behalf =
            post_for(step.verb, lead, office_date(step.at, rules_->calendar.offset));
        submit.commands.push_back(std::move(command));
        lead = next_lead ? next_lead : lead;
    }
    return submit;
}

}  // namespace zt::app
