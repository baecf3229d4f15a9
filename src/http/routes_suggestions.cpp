// What category a matter may belong to, as people sorted matters like it: proposed with its words,
// and decided by nobody but who fills the form.

#include "http/api_topics.hpp"
#include "http/codec.hpp"
#include "http/pages/found.hpp"
#include "http/route_lists.hpp"
#include "service/learning.hpp"

namespace zt::http {

namespace {

constexpr std::size_t suggestions_max = 5;

Result<Reply> get_suggested(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    api::SuggestedCategories list;
    const auto model = world.learning == nullptr ? nullptr : world.learning->classifier();
    if (model == nullptr || seen.subject(call.language).shown(FieldGroup::text) != Shown::shown) {
        return json_reply(to_json(list));
    }
    views::MessageText message;
    TRY(const auto texts, texts_of(seen.looking, seen.loaded.state.id));
    for (const auto& text : texts) {
        if (text.section == views::Section::title) {
            message.title = text.text;
        } else if (text.section == views::Section::text) {
            message.text += text.text + "\n";
        }
    }
    list.model = model->version();
    for (auto& one : model->suggest(message, suggestions_max)) {
        list.rows.push_back({std::move(one.category), one.permille, std::move(one.words)});
    }
    return json_reply(to_json(list));
}

}  // namespace

std::vector<Route> suggestion_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/suggested_categories",
         .role = For(Role::in_post),
         .summary = "Categories that people gave matters like this one, with the words for it",
         .body = none(),
         .answer = schema_of<api::SuggestedCategories>(),
         .handler = Answering(get_suggested)},
    };
}

}  // namespace zt::http
