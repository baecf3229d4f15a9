#include "service/hot_topics.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace zt::service {

namespace {

constexpr std::int64_t cell_min = 5;

/// Those that are large enough to be told, the largest first.
template <class Key>
std::vector<std::pair<Key, std::int64_t>> told(const std::map<Key, std::int64_t>& counts) {
    std::vector<std::pair<Key, std::int64_t>> out;
    for (const auto& [key, count] : counts) {
        if (count >= cell_min && key != Key{}) {
            out.emplace_back(key, count);
        }
    }
    std::ranges::sort(out, [](const auto& one, const auto& other) {
        return std::pair(other.second, one.first) < std::pair(one.second, other.first);
    });
    return out;
}

HotTopic
hot_topic(views::Topic topic, std::span<const OwnMessage> messages, const HotTopicsQuery& query) {
    std::ranges::sort(topic.texts, [&](std::size_t one, std::size_t other) {
        return std::pair(messages[other].row.registered, one) <
               std::pair(messages[one].row.registered, other);
    });
    std::vector<const views::ListRow*> rows;
    for (const std::size_t index : topic.texts) {
        rows.push_back(&messages[index].row);
    }
    HotTopic out;
    out.facts = facts_of(rows, query);
    out.messages = std::move(topic.texts);
    out.examples = std::move(topic.examples);
    out.words = std::move(topic.words);
    return out;
}

}  // namespace

TopicFacts facts_of(const std::vector<const views::ListRow*>& rows, const HotTopicsQuery& query) {
    std::map<AreaId, std::int64_t> places;
    std::vector<Date> days;
    TopicFacts out;
    for (const views::ListRow* row : rows) {
        days.push_back(office_date(row->registered));
        ++places[row->area];
        out.open += row->counts == Counts::open ? 1 : 0;
    }
    out.places = told(places);
    out.rise = views::rise_of(days, query.today, query.days);
    const auto [first, last] = std::ranges::minmax(days);
    out.first = first;
    out.last = last;
    return out;
}

std::vector<HotTopic>
hot_topics(std::span<const OwnMessage> messages, const HotTopicsQuery& query) {
    std::vector<views::TopicText> texts;
    texts.reserve(messages.size());
    std::map<std::string_view, std::uint32_t> forms;
    for (const auto& one : messages) {
        const auto next = static_cast<std::uint32_t>(forms.size());
        texts.push_back({one.title, one.text, forms.emplace(one.row.kind, next).first->second});
    }
    std::vector<HotTopic> out;
    for (auto& topic : views::topics_of(texts, {})) {
        out.push_back(hot_topic(std::move(topic), messages, query));
    }
    std::ranges::sort(out, [](const HotTopic& one, const HotTopic& other) {
        const auto rank = [](const HotTopic& topic) {
            return std::tuple(
                -topic.facts.rise.heat, -std::ssize(topic.messages), topic.messages.front()
            );
        };
        return rank(one) < rank(other);
    });
    return out;
}

}  // namespace zt::service
