#pragma once
// Hot topics: what many people speak of just now, by their words, where, and how much more often
// than usual. Never who: cells under five are hidden (SYSTEMS.md, never 7).

#include "service/own_messages.hpp"
#include "views/topics.hpp"

namespace zt::service {

/// What is told of a topic beside its words.
struct TopicFacts {
    std::vector<std::pair<AreaId, std::int64_t>> places;  ///< each of at least five
    views::Rise rise;
    std::int64_t open = 0;
    Date first, last;
};

struct HotTopic {
    std::vector<std::size_t> messages;  ///< indexes, newest first
    std::vector<std::size_t> examples;  ///< at most three
    std::vector<std::string> words;
    TopicFacts facts;
};

struct HotTopicsQuery {
    Date today;
    int days = 30;  ///< that count as "now"
};

/// in: at least one row. What one asker sees of a topic is made of the rows that one may see.
[[nodiscard]] TopicFacts
facts_of(const std::vector<const views::ListRow*>& rows, const HotTopicsQuery& query);
/// The hottest first; of equals the larger.
[[nodiscard]] std::vector<HotTopic>
hot_topics(std::span<const OwnMessage> messages, const HotTopicsQuery& query);

}  // namespace zt::service
