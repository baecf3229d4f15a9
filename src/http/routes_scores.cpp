// Scores of units, and what units are asked for: inside only. Who leads or supervises sees all
// units; everybody else sees the own unit and those below it, with the rank among all.

#include "base/text.hpp"
#include "http/codec.hpp"
#include "http/pages/looking.hpp"
#include "http/route_lists.hpp"
#include "views/burden.hpp"
#include "views/scores.hpp"

#include <algorithm>

namespace zt::http {

namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// Head of the place, or of the unit that supervises. A unit's own head sees the unit.
bool sees_all(const Post& post, const Directory& directory) {
    const Org* org = directory.org(post.org);
    if (org == nullptr) {
        return false;
    }
    const bool leads = post.key == "head" || has(post.words, "head");
    const bool supervises = post.key == "supervisor" || has(post.words, "supervisor") ||
                            has(org->functions, "supervision");
    return (leads && has(org->functions, "place")) || supervises;
}

bool is_own(OrgId org, const Post& post, const Directory& directory) {
    return org == post.org || directory.stands_under(org, post.org) ||
           directory.leads(post.id, org);
}

void keep_own(views::ScoreTable& table, const Post& post, const Directory& directory) {
    views::ScoreTable kept = table;
    kept.lines.clear();
    kept.names.clear();
    for (std::size_t index = 0; index < table.lines.size(); ++index) {
        if (is_own(table.lines[index].org, post, directory)) {
            kept.lines.push_back(table.lines[index]);
            kept.names.push_back(table.names[index]);
        }
    }
    table = std::move(kept);
}

Result<views::Period> period_of(const Call& call) {
    const std::string* period = call.query_value("period");
    if (period == nullptr || period->empty()) {
        return fail(Errc::missing_field, "which period: 2022-08, 2022-Q3, 2022", "/period");
    }
    auto parsed = views::parse_period(*period);
    if (!parsed) {
        return fail(parsed.error().code, parsed.error().detail, "/period");
    }
    return parsed;
}

Result<const Post*> post_of(const Call& call, const Directory& directory) {
    const Post* post =
        directory.post(call.caller.on_behalf ? call.caller.on_behalf : call.caller.post);
    if (post == nullptr) {
        return fail(Errc::not_in_post, "this is seen from a post");
    }
    return post;
}

Result<Reply> get_scores(World& world, const Call& call) {
    views::ScoreQuery query;
    TRY(query.period, period_of(call));
    if (const std::string* text = call.query_value("known_at"); text != nullptr && !text->empty()) {
        const auto seq = parse_int(*text);
        if (!seq || *seq < 1) {
            return fail(Errc::bad_value, "a seq is expected", "/known_at");
        }
        query.known_at = *seq;
    }
    const std::string* name = call.query_value("score");
    if (name == nullptr || name->empty()) {
        return fail(Errc::missing_field, "one of " + join(world.scores.names, ", "), "/score");
    }
    const auto score = world.scores.find(*name);
    if (!score) {
        return fail(score.error().code, score.error().detail, "/score");
    }
    TRY(const auto looking, look(world, call));
    const Directory& directory = *looking.directory;
    TRY(const Post* post, post_of(call, directory));
    views::ScoreTable table;
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        table = views::scores_of(figures, *score, query, [&](OrgId org) {
            return pages::org_name(org, directory);
        });
    }));
    if (!sees_all(*post, directory)) {
        keep_own(table, *post, directory);
    }
    Reply reply;
    reply.body = views::to_json(table);
    return reply;
}

Result<Reply> get_burden(World& world, const Call& call) {
    TRY(const auto period, period_of(call));
    TRY(const auto looking, look(world, call));
    const Directory& directory = *looking.directory;
    TRY(const Post* post, post_of(call, directory));
    views::BurdenTable table;
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        table = views::burden_of(
            figures,
            period,
            [&](PostId sender) {
                const Post* one = directory.post(sender);
                return one == nullptr ? OrgId{} : one->org;
            },
            [&](OrgId org) { return org ? pages::org_name(org, directory) : std::string(); }
        );
    }));
    if (!sees_all(*post, directory)) {
        std::erase_if(table.rows, [&](const views::BurdenRow& row) {
            return !is_own(row.unit, *post, directory);
        });
    }
    Reply reply;
    reply.body = views::to_json(table);
    return reply;
}

}  // namespace

std::vector<Route> score_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/scores",
         .role = For(Role::in_post),
         .summary = "Scores of a period: all units for who leads or supervises, else the own",
         .body = none(),
         .answer = any_json(),
         .handler = Answering(get_scores),
         .query =
             {{"period", "2022-08, 2022-Q3, 2022"},
              {"score", "name of the score: jungar"},
              {"known_at", "seq that was known"}}},
        {.method = Method::get,
         .path = "/api/v1/burden",
         .role = For(Role::in_post),
         .summary =
             "What units were asked for by month and sender: all for who leads or supervises",
         .body = none(),
         .answer = any_json(),
         .handler = Answering(get_burden),
         .query = {{"period", "2022-08, 2022-Q3, 2022"}}},
    };
}

}  // namespace zt::http
