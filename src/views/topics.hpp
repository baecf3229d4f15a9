#pragma once
// Topics: matters that are about one thing, found by the words that they share. A pure part: texts
// in, groups of their indexes out. Who wrote them is no part of it (SYSTEMS.md, never 7).
//
// A text is its pairs of characters and words (search_text.hpp), those of the title weighted more,
// all by how rare they are; texts that are nearly the same count as one that was said often; then
// the two groups whose texts are most alike on average become one, until none are alike enough.
// The same texts in the same order give the same topics. docs/operating/topics.md has the figures.
//
// source: average linkage: Sokal and Michener 1958.

#include "base/time.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace zt::views {

struct TopicText {
    std::string title, text;
    /// Texts of one form share phrases that say nothing (关于…的建议): what a third of them have
    /// does not tell.
    std::uint32_t form = 0;
};

struct TopicRules {
    std::size_t size_min = 5;    ///< texts of a topic; fewer are no topic
    double title_weight = 6;     ///< a term of the title counts so many times
    std::size_t terms_max = 40;  ///< of a text, those that tell most
    double alike_min = 0.12;     ///< mean cosine between the texts of two groups that become one
    std::size_t words_max = 5;
};

struct Topic {
    std::vector<std::size_t> texts;  ///< indexes, in order
    /// What they share, each word in at least five of the texts, the most telling first. Texts that
    /// share no word are no topic.
    std::vector<std::string> words;
    /// The three texts that are most like all others, the best first.
    std::vector<std::size_t> examples;
};

/// Most texts first; of equals, the one with the earliest text. cost: 100,000 texts of 200
/// characters take some seconds (zt_bench topics) and 2 kB each.
[[nodiscard]] std::vector<Topic>
topics_of(std::span<const TopicText> texts, const TopicRules& rules);

/// How much a topic grows: what came in the last days beside what usually comes in so many.
struct Rise {
    std::int64_t recent = 0;  ///< in the last `days`
    std::int64_t usual = 0;  ///< in as many days, on average of the eight spans before; thousandths
    std::int64_t heat = 0;   ///< (recent − usual) ÷ √(usual + 1), thousandths
    bool operator==(const Rise&) const = default;
};
/// in: days > 0; those after `today` are not counted.
[[nodiscard]] Rise rise_of(std::span<const Date> registered, Date today, int days);

}  // namespace zt::views
