#pragma once
// What was learned from the place's own matters, as one asker sees it: hot topics, and categories
// that are proposed.

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

struct TopicPlace {
    std::int64_t area = 0;
    std::string name;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TopicPlace, (), (area, name, count))

struct TopicMatter {
    std::string number, title;  ///< title: empty where the asker may not read it
};
BOOST_DESCRIBE_STRUCT(TopicMatter, (), (number, title))

/// Counts are of the matters that the asker may see.
struct TopicLine {
    std::vector<std::string> words;  ///< in at least five of its matters
    std::int64_t count = 0, open = 0;
    std::int64_t recent = 0;             ///< of the last days
    std::int64_t usual_thousandths = 0;  ///< in as many days before, on average
    std::int64_t heat_thousandths = 0;   ///< (recent − usual) ÷ √(usual + 1)
    Date first{}, last{};
    std::vector<TopicPlace> places;     ///< with at least five of them
    std::vector<TopicMatter> examples;  ///< at most three
};
BOOST_DESCRIBE_STRUCT(
    TopicLine,
    (),
    (words, count, open, recent, usual_thousandths, heat_thousandths, first, last, places, examples)
)

struct TopicList {
    std::optional<UtcMs> counted;  ///< none: it is being counted, ask again
    std::int64_t days = 0;         ///< that are "recent"
    std::vector<TopicLine> rows;   ///< the hottest first
};
BOOST_DESCRIBE_STRUCT(TopicList, (), (counted, days, rows))

struct SuggestedCategory {
    std::string category;
    std::int64_t permille = 0;       ///< how sure, of all categories together 1000
    std::vector<std::string> words;  ///< of the matter that speak for it most
};
BOOST_DESCRIBE_STRUCT(SuggestedCategory, (), (category, permille, words))

struct SuggestedCategories {
    std::string model;                    ///< its version; empty: nothing was learned yet
    std::vector<SuggestedCategory> rows;  ///< the likeliest first
};
BOOST_DESCRIBE_STRUCT(SuggestedCategories, (), (model, rows))

}  // namespace zt::http::api
