#pragma once
// Cells of the permission matrix: who looks × kind × stage reached × what happened there. Tests
// multiply them by field groups, operations or endpoints. Every kind file of the source tree takes
// part, so a new kind is in the matrix without being named here.

#include "domain/permission.hpp"

#include <functional>
#include <string>
#include <vector>

namespace zt::cells {

/// One way of standing to a matter, as SYSTEMS.md tells people apart.
enum class Who : std::uint8_t {
    office_clerk,
    office_deputy,       ///< of the clerk's post, acting in it
    office_secretary,    ///< from a post in another unit, on behalf of the office's signer
    office_but_accused,  ///< a clerk of the office who also stands in at the accused unit
    handler,             ///< at the unit that works on it
    handler_deputy,      ///< acting in that post
    unit_leader,         ///< has that unit in charge, from the government
    below_unit,          ///< a station under it
    stranger,
    stranger_on_behalf,  ///< claims to act for the office's clerk without being named there
    accused_handler,
    accused_below,
    accused_leader,         ///< has the accused unit in charge
    accused_leader_before,  ///< had it in charge until lately
    accused_deputy,         ///< deputy of the accused unit's head, in an own post elsewhere
    for_accused,            ///< secretary of the accused unit's head, acting on behalf
    registrar,
    registrar_signer,
    collector,
    callback,
    supervisor,  ///< beside the office
    reviewer,
    county_head,
    city_head,
    upper_clerk,   ///< of the office above
    system_admin,  ///< sits in the office, as the other two
    security_admin,
    audit_admin,
    admin_on_behalf,  ///< the system administrator as secretary of the office's signer
    firm_agent,       ///< of a firm that handed none of it in
    association_administrator,
    requester,
    author,
    cosigner,
    accused_party,
    other_requester,  ///< with the code of another matter
    nobody,
    key_without_scope,
    key_matters,
    key_records,
    key_figures,
};
inline constexpr std::size_t who_count = 41;
[[nodiscard]] std::string_view name_of(Who who);

/// What happened beside the stage.
enum class Turn : std::uint8_t { plain, redone, direct, hidden_name, agreed, published };
inline constexpr std::size_t turns_count = 6;

struct Subject {
    const Kind* kind = nullptr;
    std::string stage;
    Turn turn = Turn::plain;
    State state;
    bool has_hand = false;
    [[nodiscard]] std::string name() const;
};

/// A place with everybody of Who in it, and a matter or record of each kind in each stage.
/// errors: CHECK when a kind file cannot be read.
class Cells {
  public:
    explicit Cells(const std::string& kinds_folder);
    [[nodiscard]] const std::vector<Subject>& subjects() const { return subjects_; }
    [[nodiscard]] Viewer viewer(Who who, const Subject& subject) const;
    [[nodiscard]] Context context() const;

  private:
    void build_place();
    void add_subjects(const Kind& kind);

    Kinds kinds_;
    Pack pack_;
    calendar::Calendar calendar_;
    Directory directory_;
    std::vector<Subject> subjects_;
};

}  // namespace zt::cells
