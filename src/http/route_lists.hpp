#pragma once
// The rows of each file of routes; http/routes.cpp puts them together.

#include "http/route.hpp"

#include <vector>

namespace zt::http {

[[nodiscard]] std::vector<Route> account_routes();
[[nodiscard]] std::vector<Route> administration_routes();
[[nodiscard]] std::vector<Route> api_key_routes();
[[nodiscard]] std::vector<Route> directory_change_routes();
[[nodiscard]] std::vector<Route> hand_over_routes();
[[nodiscard]] std::vector<Route> bulk_routes();
[[nodiscard]] std::vector<Route> job_routes();
[[nodiscard]] std::vector<Route> answering_routes();
[[nodiscard]] std::vector<Route> area_routes();
[[nodiscard]] std::vector<Route> audit_routes();
[[nodiscard]] std::vector<Route> file_routes();
[[nodiscard]] std::vector<Route> firm_routes();
[[nodiscard]] std::vector<Route> code_routes();
[[nodiscard]] std::vector<Route> instruction_routes();
[[nodiscard]] std::vector<Route> kind_routes();
[[nodiscard]] std::vector<Route> list_routes();
[[nodiscard]] std::vector<Route> matter_routes();
[[nodiscard]] std::vector<Route> notice_routes();
[[nodiscard]] std::vector<Route> place_routes();
[[nodiscard]] std::vector<Route> portal_routes();
[[nodiscard]] std::vector<Route> questionnaire_routes();
[[nodiscard]] std::vector<Route> score_routes();
[[nodiscard]] std::vector<Route> search_routes();
[[nodiscard]] std::vector<Route> official_paper_routes();
[[nodiscard]] std::vector<Route> open311_routes();
[[nodiscard]] std::vector<Route> proof_routes();
[[nodiscard]] std::vector<Route> published_routes();
[[nodiscard]] std::vector<Route> session_routes();
[[nodiscard]] std::vector<Route> similar_routes();
[[nodiscard]] std::vector<Route> note_routes();
[[nodiscard]] std::vector<Route> record_routes();
[[nodiscard]] std::vector<Route> saved_view_routes();
[[nodiscard]] std::vector<Route> suggestion_routes();
[[nodiscard]] std::vector<Route> topic_routes();
[[nodiscard]] std::vector<Route> upload_routes();

}  // namespace zt::http
