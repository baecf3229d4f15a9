#pragma once
// What a script has set up so far: its matters by name, its time, and how things are called in it.

#include "app/scenario/memory_tenant.hpp"
#include "app/scenario/script.hpp"

#include <map>

namespace zt::app::scenario {

/// What a step is told in. Borrowed for the call.
struct Telling {
    service::Ledger* ledger = nullptr;
    const std::map<std::string, MatterId>* names = nullptr;
    std::string kind;  ///< of matters that begin without kind=
    Origin origin = Origin::live;
    UtcMs now;
    Uuid key;

    /// errors: unknown_matter with the names there are.
    [[nodiscard]] Result<MatterId> matter(const std::string& name) const;
};

struct Stage {
    const Script* script = nullptr;
    MemoryTenant* tenant = nullptr;
    std::map<std::string, MatterId> names;
    UtcMs now;              ///< of the newest step
    std::size_t begun = 0;  ///< place in the history where the last line began

    [[nodiscard]] const Directory& directory() const { return tenant->ledger().directory(); }
    [[nodiscard]] Date day() const { return office_date(now, tenant->offset()); }
    /// Without a key.
    [[nodiscard]] Telling telling() const;
    /// errors: unknown_matter with the names there are.
    [[nodiscard]] Result<MatterId> matter(const std::string& name) const {
        return telling().matter(name);
    }
    [[nodiscard]] Result<std::shared_ptr<const State>> state(const std::string& name) const;
    /// The name that the script gave, else its number.
    [[nodiscard]] std::string name_of(MatterId matter) const;
    [[nodiscard]] std::string name_of(const Actor& actor) const;

    /// "2022-08-01 11:00" or "2022-08-05" as the day that people are told, in the form of the
    /// example.
    [[nodiscard]] std::string due_text(const Clock& clock, bool with_hour) const;
    /// Compact event log of a matter.
    [[nodiscard]] std::string log(MatterId matter) const;
};

/// A public value as scripts write it: orgs, areas and matters by name.
[[nodiscard]] std::string
value_text(const Stage& stage, const State& state, const std::string& field);

}  // namespace zt::app::scenario
