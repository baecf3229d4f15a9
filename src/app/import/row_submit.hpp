#pragma once
// The plan of a row as a submit to the ledger of a place: units and posts of its directory, the key
// of the row.

#include "app/import/row_plan.hpp"
#include "service/ledger.hpp"

namespace zt::app {

/// Knows map, kind and place. The map is borrowed. threads: one, and not that of the ledger but in
/// make and look_again.
class RowSubmitter {
  public:
    /// Keeps rules and directory as they stand now. errors: those of check_map; unknown_org when
    /// the map's own org is none of the place.
    [[nodiscard]] static Result<RowSubmitter>
    make(const kindfile::ImportMap& map, const service::Ledger& ledger);

    /// Units and posts from now on as the ledger has them now.
    void look_again(const service::Ledger& ledger) { directory_ = ledger.shared_directory(); }
    /// out: one register and what follows it, as the system on behalf of the posts concerned.
    /// errors: bad_date of a field that takes a time; unknown_org when not even the map's org
    /// stands on that day.
    [[nodiscard]] Result<Submit> submit_of(const RowPlan& plan);

    /// Units that rows named and the place does not know; the map's org stood for them.
    [[nodiscard]] std::int64_t unknown_orgs() const { return unknown_orgs_; }

  private:
    RowSubmitter(const kindfile::ImportMap& map, const service::Ledger& ledger, const Kind& kind)
        : map_(&map),
          rules_(ledger.shared_rules()),
          directory_(ledger.shared_directory()),
          kind_(&kind) {}
    [[nodiscard]] const Org* org_of(std::string_view text, Date day) const;
    [[nodiscard]] Result<Json> value_of(const PlannedField& field, UtcMs at);
    [[nodiscard]] Result<Json> org_value(const std::string& text, Date day);
    [[nodiscard]] FieldType type_of(std::string_view field) const;
    [[nodiscard]] PostId post_for(Verb verb, OrgId lead, Date day) const;

    const kindfile::ImportMap* map_;
    service::SharedRules rules_;
    std::shared_ptr<const Directory> directory_;
    const Kind* kind_;
    std::int64_t unknown_orgs_ = 0;
};

}  // namespace zt::app
