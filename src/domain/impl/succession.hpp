#pragma once
// Succession: a unit or post ends and its open work goes on at another; a person leaves and their
// posts get another holder. All in the submit that ends it, so that nothing is ever left without
// somebody who has it.

#include "domain/impl/frame.hpp"

namespace zt {

/// Effect move_work of a unit's or post's record. Each matter of the reads that it works on, is the
/// office of, or owns an open item of, is told to go on at field successor. A verb that does not
/// end it (no retire, no last day set or moved forward) moves nothing. errors: missing_field when
/// there is such work and no successor.
[[nodiscard]] Result<void> move_work(Frame& frame, const std::vector<std::string>& args);
/// Effect move_posts of a person's record: field successor holds from now on what the person held.
/// errors: as above.
[[nodiscard]] Result<void> move_posts(Frame& frame, const std::vector<std::string>& args);
/// The matter's side of move_work: a system's settle with from_org and to_org, or from_post and
/// to_post. States, marks, items and clocks go over as they stand; no due date moves.
void take_over(Frame& frame);

}  // namespace zt
