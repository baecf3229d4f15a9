#pragma once
// Scores of a period, unit by unit: readings from the facts, points by domain/score.hpp, ranks.
//
// Each rate is read as the bulletin reads it: by matters, not by days, and of matters that were
// refused or that ended without being closed only what tells against the unit.

#include "domain/score.hpp"
#include "views/bulletin.hpp"

namespace zt::views {

struct ScoreQuery {
    Period period;
    std::optional<Seq> known_at{};
};

struct ScoreTable {
    Score score;
    Period period;
    Seq seq = 0;
    std::vector<ScoreLine> lines;  ///< best first; those not ranked last
    /// Of every number of all lines by org id, with the score's text, the days and the seq: the
    /// same for ever, whatever units are called later.
    Hash lines_hash{};
    std::vector<std::string> names;  ///< of the units, line by line
    bool operator==(const ScoreTable&) const = default;
};

/// Units of which the facts of the period say anything. cost: a pass over the facts concerned.
[[nodiscard]] ScoreTable scores_of(
    const Figures& figures,
    const Score& score,
    const ScoreQuery& query,
    const std::function<std::string(OrgId)>& name_of
);

[[nodiscard]] std::string to_text(const ScoreTable& table, Language language);
/// {"score","version","hash","period","from","until","seq","lines_hash","ranked":[{"rank",
/// "org_id","org","raw","full","normalised","n","fair","fair_rank","peers","peer_rank",
/// "groups":{NAME:points},"indicators":{NAME:{"judged","numerator","denominator","value","points",
/// "full"}}}],"not_ranked":[…]}. Of what rests on too few only the denominator is given; peers only
/// where the score has classes, groups where it has groups.
[[nodiscard]] std::string to_json(const ScoreTable& table);

}  // namespace zt::views
