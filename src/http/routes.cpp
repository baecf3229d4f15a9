#include "http/route_lists.hpp"

#include <algorithm>

namespace zt::http {

std::span<const Route> routes() {
    static const std::vector<Route> all = [] {
        std::vector<Route> rows;
        for (auto list : {code_routes(),           open311_routes(),   proof_routes(),
                          official_paper_routes(), published_routes(), account_routes(),
                          administration_routes(), api_key_routes(),   directory_change_routes(),
                          hand_over_routes(),      bulk_routes(),      job_routes(),
                          answering_routes(),      area_routes(),      audit_routes(),
                          file_routes(),           firm_routes(),      instruction_routes(),
                          kind_routes(),           list_routes(),      matter_routes(),
                          notice_routes(),         place_routes(),     portal_routes(),
                          questionnaire_routes(),  score_routes(),     topic_routes(),
                          suggestion_routes(),     search_routes(),    session_routes(),
                          similar_routes(),        note_routes(),      record_routes(),
                          saved_view_routes(),     upload_routes()}) {
            std::ranges::move(list, std::back_inserter(rows));
        }
        std::ranges::sort(rows, {}, [](const Route& row) {
            return std::pair(row.path, row.method);
        });
        return rows;
    }();
    return all;
}

}  // namespace zt::http
