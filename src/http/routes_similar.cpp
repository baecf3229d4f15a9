// Similar matters, with the reason in words: at hand-in and at triage.

#include "base/text.hpp"
#include "http/codec.hpp"
#include "http/pages/found.hpp"
#include "http/route_lists.hpp"

namespace zt::http {

namespace {

using views::Section;

constexpr std::size_t similar_rows = 5;
/// Candidates of which the public text is opened to see what it shares.
constexpr std::size_t published_compared = 20;
/// Fewer shared words are chance: greetings make one or two.
constexpr std::size_t shared_min = 3;
constexpr std::size_t shared_told = 8;
constexpr std::size_t similar_text_characters = 4000;

std::string reason_of(const api::SimilarLine& line, const kindfile::Texts& texts) {
    std::vector<std::string> parts;
    if (!line.words.empty()) {
        parts.push_back(texts.get("similar.words", {{"words", join(line.words, " ")}}));
    }
    if (line.is_same_area || line.is_near) {
        parts.push_back(texts.get(line.is_same_area ? "similar.same_area" : "similar.near"));
    }
    parts.push_back(
        line.days_apart == 0
            ? texts.get("similar.same_day")
            : texts.get("similar.days", {{"count", std::to_string(line.days_apart)}})
    );
    return join(parts, texts.get("similar.between"));
}

std::string joined(const std::vector<views::SearchText>& texts) {
    std::string out;
    for (const auto& text : texts) {
        if (text.section == Section::title || text.section == Section::text) {
            out += text.text + "\n";
        }
    }
    return out;
}

/// Open matters like a text; with the reason. The text of a matter is compared only where the
/// caller reads it.
Result<Reply>
similar(World& world, const Call& call, Looking& looking, views::SimilarQuestion question) {
    RowSight sight(viewer_of(call.caller), looking.context);
    question.limit = similar_rows;
    question.near = looking.directory->areas_near(question.area);
    question.is_visible = [&sight](const views::SearchRow& row) {
        return sight.sees(row.matter) && sight.reads_texts(row.matter);
    };
    std::vector<views::SimilarMatter> alike;
    const auto read = [&](const views::Search& search) -> Result<void> {
        TRY(alike, search.similar(question));
        return {};
    };
    TRY(const auto standing, world.readers->with_search(read));
    std::vector<views::ListRow> rows;
    for (const auto& one : alike) {
        rows.push_back(one.row.matter);
    }
    TRY(auto lines, Showing(world, looking, sight, call.language).lines(rows));
    api::SimilarList list;
    for (std::size_t index = 0; index < alike.size(); ++index) {
        TRY(const auto texts, texts_of(looking, rows[index].id));
        api::SimilarLine line;
        line.matter = std::move(lines[index]);
        line.words = views::shared_words(question.text, joined(texts), shared_told);
        line.similarity = alike[index].similarity;
        line.days_apart = alike[index].days_apart;
        line.is_same_area = alike[index].is_same_area;
        line.is_near = alike[index].is_near;
        line.reason = reason_of(line, world.texts(call.language));
        list.rows.push_back(std::move(line));
    }
    list.seq = standing.seq;
    list.is_being_made = standing.is_being_made;
    return json_reply(to_json(list));
}

Result<views::SimilarQuestion> question_of(const api::SimilarTo& to, const Call& call) {
    if (trim(to.text).empty()) {
        return fail(Errc::missing_field, "title and text of what is handed in", "/text");
    }
    views::SimilarQuestion question;
    question.text = first_characters(to.text, similar_text_characters);
    question.registered = call.now;
    question.area = AreaId{to.area.value_or(0)};
    if (to.kind) {
        question.kinds = {*to.kind};
    }
    return question;
}

Result<Reply> post_similar(World& world, const Call& call) {
    TRY(const auto to, read_body<api::SimilarTo>(call));
    TRY(auto question, question_of(to, call));
    TRY(auto looking, look(world, call));
    return similar(world, call, looking, std::move(question));
}

Result<Reply> get_similar(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    const State& state = seen.loaded.state;
    if (seen.subject(call.language).shown(FieldGroup::text) != Shown::shown) {
        return json_reply(to_json(api::SimilarList{}));
    }
    TRY(const auto texts, texts_of(seen.looking, state.id));
    views::SimilarQuestion question;
    question.text = joined(texts);
    question.but = state.id;
    question.area = state.area;
    question.registered = state.registered;
    return similar(world, call, seen.looking, std::move(question));
}

Result<Reply> post_public_similar(World& world, const Call& call) {
    TRY(const auto to, read_body<api::SimilarTo>(call));
    TRY(const auto question, question_of(to, call));
    TRY(auto looking, look(world, call));
    std::vector<std::string> offered;  // answers on the shelf, policies, guides
    for (const Kind* kind : looking.context.kinds->all_newest()) {
        if (kind->is_offered) {
            offered.push_back(kind->name);
        }
    }
    std::vector<views::SearchRow> rows;
    const auto read = [&](const views::Search& search) -> Result<void> {
        TRY(rows,
            search.similar_published({question.text, question.kinds, offered, published_compared}));
        return {};
    };
    TRY(const auto standing, world.readers->with_search(read));
    ignore(standing, "as for the public search");
    api::SimilarPublished list;
    for (const auto& row : rows) {
        TRY(auto line, published_line(looking, row.matter.id, call.language));
        if (!line || list.rows.size() == similar_rows) {
            continue;
        }
        auto words =
            views::shared_words(question.text, line->title + "\n" + line->text, shared_told);
        if (words.size() >= shared_min) {
            std::string reason =
                world.texts(call.language).get("similar.words", {{"words", join(words, " ")}});
            list.rows.push_back({*std::move(line), std::move(reason), std::move(words)});
        }
    }
    return json_reply(to_json(list));
}

}  // namespace

std::vector<Route> similar_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/similar",
         .role = For(Role::in_post),
         .summary = "Open matters like this one, with the reason",
         .body = none(),
         .answer = schema_of<api::SimilarList>(),
         .handler = Answering(get_similar)},
        {.method = Method::post,
         .path = "/api/v1/similar",
         .role = For(Role::in_post),
         .summary = "Open matters like what is about to be registered",
         .body = schema_of<api::SimilarTo>(),
         .answer = schema_of<api::SimilarList>(),
         .handler = Answering(post_similar),
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/portal/similar",
         .role = For(Role::anybody),
         .summary = "Published matters like what is about to be handed in",
         .body = schema_of<api::SimilarTo>(),
         .answer = schema_of<api::SimilarPublished>(),
         .handler = Answering(post_public_similar),
         .limits = {.per_minute_anybody = 20},
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
