#pragma once
// What is fair to units with few matters: a rate that rests on few says little, so each is drawn
// towards the rate of all units together, the more the fewer it rests on (a beta prior worth
// `fair_strength` matters). The raw rank stays beside it. And ranks among peers: units of a like
// volume.
//
// One more appeal handled well never lowers a fair score: it raises the own rate and that of all
// (SYSTEMS.md, never 5). source: DOMAIN.md 5.3.

#include "domain/score.hpp"

namespace zt {

/// Gives n, fair scores, fair ranks and ranks among peers to those that are ranked.
/// in: lines of that score that rank() has ordered. out: in the same order.
void rank_fairly(const Score& score, std::vector<ScoreLine>& lines);

}  // namespace zt
