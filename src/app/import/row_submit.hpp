#pragma once
// The plan of a row as a submit to the ledger of a place: units and posts of its directory, the key
// of the row.

#include "app/import/row_plan.hpp"
#include "service/ledger.hpp"

namespace zt::app {

/// Knows map, kind and place. All borrowed.
class RowSubmitter {
  public:
    /// errors: those of check_map; unknown_org when the map's own org is none of the place.
    [[nodiscard]] static Result<RowSubmitter>
    make(const kindfile::ImportMap& map, const service::Ledger& ledger);

    /// out: one register and what follows it, as the system on behalf of the posts concerned.
    /// errors: bad_date of a field that takes a time; unknown_org when not even the map's org
    /// stands on that day.
    [[nodiscard]] Result<Submit> submit_of(const RowPlan& plan);

    /// Units that rows named and the place does not know; the map's org stood for them.
    [[nodiscard]] std::int64_t unknown_orgs() const { return unknown_orgs_; }

  private:
    RowSubmitter(const kindfile::ImportMap& map, const service::Ledger& ledger, const Kind& kind)
        : map_(&map), ledger_(&ledger), kind_(&kind) {}
    [[nodiscard]] const Org* org_of(std::string_view text, Date day) const;
    [[nodiscard]] Result<Json> value_of(const PlannedField& field, UtcMs at);
    [[nodiscard]] Result<Json> org_value(const std::string& text, Date day);
    [[nodiscard]] FieldType type_of(std::string_view field) const;
    [[nodiscard]] PostId post_for(Verb verb, OrgId lead, Date day) const;

    const kindfile::ImportMap* map_;
    const service::Ledger* ledger_;
    const Kind* kind_;
    std::int64_t unknown_orgs_ = 0;
};

}  // namespace zt::app
