#include "app/demo/digests.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array ends{"closed", "instructed", "dropped"};
constexpr std::array<std::pair<const char*, int>, 4> held{
    {{"draft", 1}, {"signed", 2}, {"reported", 3}, {"instructed", 5}}
};

}  // namespace

void Digests::plan(int count) {
    auto& chance = world_.chance();
    const auto add = [&](UtcMs at, std::string goal, bool is_held) {
        auto digest = std::make_shared<DigestStory>();
        digest->goal = std::move(goal);
        digest->is_held = is_held;
        world_.plan(at, [this, digest] { return draw_up(digest); });
    };
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        const std::size_t end = nth < ends.size() ? nth : chance.weighted({60, 30, 10});
        // Not before enough has come in.
        const int percent = nth < ends.size() ? chance.between(40, 55) : chance.between(25, 92);
        add(world_.at_desk(world_.begin() + span * percent / 100 + minutes{chance.between(0, 900)}),
            ends[end],
            false);
    }
    for (const auto& [stage, workdays] : held) {
        add(world_.workday_before_end(workdays), stage, true);
    }
}

/// The newest appeals of the category that this desk has most of.
std::vector<KnownAppeal> Digests::common_problem(std::size_t desk) const {
    constexpr std::size_t newest = 120, linked_max = 6;
    std::map<std::string, std::vector<KnownAppeal>> found;
    const auto& all = registry_.assigned;
    for (std::size_t i = all.size() > newest ? all.size() - newest : 0; i < all.size(); ++i) {
        auto& list = found[all[i].category];
        const bool is_known = std::ranges::find(list, all[i].id, &KnownAppeal::id) != list.end();
        if ((desk == 0 || all[i].desk == desk) && !is_known && list.size() < linked_max) {
            list.push_back(all[i]);
        }
    }
    std::vector<KnownAppeal> best;
    for (auto& [category, list] : found) {
        if (list.size() > best.size()) {
            best = std::move(list);
        }
    }
    return best;
}

Result<void> Digests::draw_up(const DigestPtr& digest) {
    std::size_t number = world_.chance().index_of(world_.scene().desks.size());
    auto appeals = common_problem(number);
    if (appeals.size() < 2) {
        number = 0;
        appeals = common_problem(0);
    }
    if (appeals.size() < 2) {
        return {};
    }
    const Desk& desk = world_.scene().desks[number];
    Json matters = Json::array();
    for (const auto& one : appeals) {
        matters.push(one.id.value);
    }
    const Kind* kind = world_.rules().kinds.newest("appeal");
    const auto category =
        std::ranges::find(kind->categories, appeals.front().category, &Category::key);
    const std::string title =
        category == kind->categories.end() ? std::string("企业经营") : category->title.zh;
    Json fields = Json::object();
    fields.set("title", desk.title + "企业反映“" + title + "”共性问题综述").set("category", title);
    fields.set("text", "近期同类诉求较集中，建议统筹研究。").set("matters", std::move(matters));
    TRY(digest->id, world_.start(world_.post(desk.office, "clerk"), "digest", std::move(fields)));
    if (!digest->is_held || digest->goal != "draft") {
        world_.plan(world_.in_service(60, 400), [this, digest] { return go_on(digest); });
    }
    return {};
}

Result<void> Digests::go_on(const DigestPtr& digest) {
    TRY(auto state, world_.see(digest->id));
    const Actor clerk = world_.post(state->office, "clerk"),
                chief = world_.post(state->office, "chief");
    if (state->stage == "draft" && digest->goal == "dropped") {
        return world_.act(
            digest->id, chief, Verb::terminate, Json::object().set("text", "问题已解决，不再报送。")
        );
    }
    if (state->stage == "draft") {
        TRY_VOID(world_.act(digest->id, chief, Verb::sign_off));
    } else if (state->stage == "signed") {
        static constexpr std::array<const char*, 3> readers{"secretary", "mayor", "both"};
        TRY_VOID(world_.act(
            digest->id,
            clerk,
            Verb::report_up,
            Json::object().set("reported_to", world_.chance().one_of(readers))
        ));
    } else if (state->stage == "reported" && digest->goal != "closed") {
        const Desk& desk = world_.scene().desks[world_.desk_of(*state)];
        TRY_VOID(world_.act(
            digest->id,
            world_.post(desk.government, "head"),
            Verb::instruct,
            Json::object()
                .set("text", world_.say(Phrase::instructed))
                .set("item_title", "落实批示：研究解决共性问题")
                .set("planned", to_string(world_.today() + days{world_.chance().between(10, 30)}))
        ));
    } else {
        return end(digest, *state);
    }
    TRY(state, world_.see(digest->id));
    if (!digest->is_held || digest->goal != state->stage) {
        world_.plan(world_.in_service(60, digest->is_held ? 240 : 800), [this, digest] {
            return go_on(digest);
        });
    }
    return {};
}

Result<void> Digests::end(const DigestPtr& digest, const State& state) {
    if (state.stage != "reported" && state.stage != "instructed") {
        return {};
    }
    const Actor clerk = world_.post(state.office, "clerk");
    if (world_.chance().hits(600)) {
        TRY_VOID(world_.act(
            digest->id,
            clerk,
            Verb::put_to_use,
            Json::object().set("text", "建议写入下季度工作安排。")
        ));
    }
    TRY_VOID(
        world_.act(digest->id, clerk, Verb::close, Json::object().set("text", "办理情况已反馈。"))
    );
    return world_.chance().hits(300)
               ? world_.act(
                     digest->id,
                     clerk,
                     Verb::publish,
                     Json::object().set("public_text", "有关共性问题已统筹解决。")
                 )
               : Result<void>{};
}

}  // namespace zt::app::demo
