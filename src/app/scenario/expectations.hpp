#pragma once
// What a script asks for, written down as it is. Each function takes the words of an expectation
// and gives the same words with what really stands there.

#include "app/scenario/stage.hpp"

namespace zt::app::scenario {

/// `STAGE [due CLOCK [ORG] T]… [irregular CODE,…] [reaction VERB:CODE,…]` of a matter after its
/// step.
[[nodiscard]] Result<std::string>
step_text(const Stage& stage, const State& state, const std::vector<Word>& expected);
/// `note:field_missing,…` of the reactions refused since the line began, or `none`. Those of a
/// lapse do not count: what a clock orders may have become moot.
[[nodiscard]] std::string refused_reactions(const Stage& stage);
/// `a1 lapsed sign 供电公司, a2 lapsed accept`, or `nothing`, of what was committed since the line
/// began.
[[nodiscard]] std::string lapses_text(const Stage& stage);
/// `NAME [stage=] [hand ORG=] …`
[[nodiscard]] Result<std::string> expect_text(const Stage& stage, const std::vector<Word>& words);

enum class Sent : std::uint8_t { sent, suppressed };
/// `NAME ROLE=COUNT …`
[[nodiscard]] Result<std::string>
notices_text(const Stage& stage, const std::vector<Word>& words, Sent sent);
/// `[all] [DIMENSION=VALUE]… [as_of=] [from=] [until=] INDICATOR=VALUE …`
[[nodiscard]] Result<std::string> figures_text(const Stage& stage, const std::vector<Word>& words);

}  // namespace zt::app::scenario
