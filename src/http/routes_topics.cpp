// Hot topics: each asker sees those of which five matters may be seen, and counts of these alone.

#include "http/api_topics.hpp"
#include "http/codec.hpp"
#include "http/pages/rows.hpp"
#include "http/route_lists.hpp"
#include "service/learning.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t topics_max = 50, seen_min = 5, examples_max = 3;
constexpr std::chrono::milliseconds first_count{1500};

using Rows = std::vector<const views::ListRow*>;

/// Rows of a topic that the caller may be counted, newest first.
Rows seen_rows(const service::TopicBook& book, const service::HotTopic& topic, RowSight& sight) {
    Rows out;
    for (const std::size_t index : topic.messages) {
        if (sight.sees(book.rows[index])) {
            out.push_back(&book.rows[index]);
        }
    }
    return out;
}

/// Those that are most like all others, as far as they are seen, then the newest: as they stand
/// now.
Result<std::vector<views::ListRow>> examples_of(
    const views::Lists& lists,
    const service::TopicBook& book,
    const service::HotTopic& topic,
    const Rows& seen,
    RowSight& sight
) {
    std::vector<MatterId> wanted;
    for (const std::size_t index : topic.examples) {
        wanted.push_back(book.rows[index].id);
    }
    for (const views::ListRow* row : seen) {
        wanted.push_back(row->id);
    }
    std::vector<views::ListRow> out;
    for (const MatterId id : wanted) {
        const bool is_there = std::ranges::find(out, id, &views::ListRow::id) != out.end();
        if (is_there || out.size() == examples_max) {
            continue;
        }
        TRY(auto row, lists.find(id));
        if (row && !row->is_erased && sight.sees(*row)) {
            out.push_back(*std::move(row));
        }
    }
    return out;
}

api::TopicLine line_of(
    const Looking& looking,
    const service::TopicBook& book,
    const service::HotTopic& topic,
    const Rows& seen
) {
    const auto facts = service::facts_of(seen, {office_date(book.counted), book.days});
    api::TopicLine line;
    line.words = topic.words;
    line.count = std::ssize(seen);
    line.open = facts.open;
    line.recent = facts.rise.recent;
    line.usual_thousandths = facts.rise.usual;
    line.heat_thousandths = facts.rise.heat;
    line.first = facts.first;
    line.last = facts.last;
    for (const auto& [id, count] : facts.places) {
        const Area* area = looking.directory->area(id);
        line.places.push_back({id.value, area == nullptr ? std::string() : area->name, count});
    }
    return line;
}

Result<Reply> get_topics(World& world, const Call& call) {
    TRY_VOID(await_asked(world, call));
    api::TopicList list;
    const auto book = world.learning == nullptr ? nullptr : world.learning->topics(first_count);
    if (book == nullptr) {
        return json_reply(to_json(list));
    }
    list.counted = book->counted;
    list.days = book->days;
    TRY(auto looking, look(world, call));
    RowSight sight(viewer_of(call.caller), looking.context);
    std::vector<std::vector<views::ListRow>> examples;
    const auto read = [&](const views::Lists& lists) -> Result<void> {
        for (const auto& topic : book->topics) {
            const Rows seen = seen_rows(*book, topic, sight);
            if (seen.size() >= seen_min && list.rows.size() < topics_max) {
                list.rows.push_back(line_of(looking, *book, topic, seen));
                TRY(auto of_topic, examples_of(lists, *book, topic, seen, sight));
                examples.push_back(std::move(of_topic));
            }
        }
        return {};
    };
    TRY(const auto standing, world.readers->with_lists(read));
    ignore(standing, "topics are counted by the hour");
    for (std::size_t index = 0; index < examples.size(); ++index) {
        TRY(const auto lines, Showing(world, looking, sight, call.language).lines(examples[index]));
        for (const auto& one : lines) {
            list.rows[index].examples.push_back({one.line.number, one.line.title});
        }
    }
    std::ranges::sort(list.rows, [](const api::TopicLine& one, const api::TopicLine& other) {
        return std::tuple(-one.heat_thousandths, -one.count, one.words) <
               std::tuple(-other.heat_thousandths, -other.count, other.words);
    });
    return json_reply(to_json(list));
}

}  // namespace

std::vector<Route> topic_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/topics",
         .role = For(Role::in_post),
         .summary = "What many matters are about, by rise: words, places, examples, never people",
         .body = none(),
         .answer = schema_of<api::TopicList>(),
         .handler = Answering(get_topics),
         .query = {{"after_seq", "`seq` of an answer: waits up to 1 s until lists have it"}}},
    };
}

}  // namespace zt::http
