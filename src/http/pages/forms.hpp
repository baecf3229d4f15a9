#pragma once
// Forms of kinds: what a page has to ask for a verb, drawn from the kind file alone.

#include "domain/decide.hpp"
#include "domain/vocabulary.hpp"
#include "http/api.hpp"

#include <functional>
#include <string_view>

namespace zt::http::pages {

[[nodiscard]] const std::string& in_language(const Title& title, std::string_view language);
/// The title of a stage, verb row, clock; the name itself where the kind gives none.
[[nodiscard]] std::string
stage_title(const Kind* kind, const std::string& stage, std::string_view language);
/// As the requester reads it.
[[nodiscard]] std::string
public_stage_title(const Kind* kind, const std::string& stage, std::string_view language);
[[nodiscard]] std::string argument_title(const ArgumentRow& row, std::string_view language);
[[nodiscard]] std::string verb_title(Verb verb, std::string_view language);
[[nodiscard]] std::string row_title(const Transition& row, std::string_view language);
[[nodiscard]] std::string
clock_title(const Kind* kind, const std::string& clock, std::string_view language);

[[nodiscard]] api::Form form_of(const Kind& kind, const Transition& row, std::string_view language);
/// Forms by which a matter begins, for those roles that `may_begin` lets pass.
[[nodiscard]] std::vector<api::Form> beginning_forms(
    const Kind& kind,
    std::string_view language,
    const std::function<bool(const RoleRule&)>& may_begin
);
/// Likely next steps of the stage that a beginning leads to, for posts that may take them anywhere:
/// who registers may do them in the same breath, such as a danger put right on the spot.
[[nodiscard]] std::vector<api::Form> following_forms(
    const Kind& kind,
    std::string_view language,
    const std::function<bool(const RoleRule&)>& may_begin
);
/// What the kind declares, as a page words it.
[[nodiscard]] std::vector<api::Field> fields_of(const Kind& kind, std::string_view language);
[[nodiscard]] bool is_for_public(const RoleRule& role);
[[nodiscard]] api::KindLine kind_line(const Kind& kind, std::string_view language);
[[nodiscard]] api::KindPage kind_page(
    const Kind& kind,
    std::string_view language,
    const std::function<bool(const RoleRule&)>& may_begin
);

}  // namespace zt::http::pages
