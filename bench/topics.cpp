// Topics over many messages: words by Zipf's law, so that few are in most messages and most are in
// few; every twentieth is about one of 200 things in a place of its own.

#include "views/topics.hpp"

#include "base/seeded_random.hpp"
#include "bench/measure.hpp"
#include "views/search_text.hpp"

#include <algorithm>

namespace zt::bench {

namespace {

constexpr std::uint64_t seed = 20'261'123;
constexpr std::size_t words_known = 20'000;
constexpr std::size_t things = 200;

std::string utf8(std::uint32_t code) {
    return {
        static_cast<char>(0xE0U | (code >> 12U)),
        static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
        static_cast<char>(0x80U | (code & 0x3FU))
    };
}

/// Two or three characters.
std::string word_of(std::size_t rank) {
    SeededRandom random(seed + rank);
    constexpr std::uint32_t first_han = 0x4E00, common_han = 3000;
    std::string out;
    const std::uint64_t characters = 2 + random.below(2);
    for (std::uint64_t at = 0; at < characters; ++at) {
        out += utf8(first_han + static_cast<std::uint32_t>(random.below(common_han)));
    }
    return out;
}

class Messages {
  public:
    Messages() {
        for (std::size_t rank = 0; rank < words_known; ++rank) {
            words_.push_back(word_of(rank));
            sum_ += 1.0 / static_cast<double>(rank + 1);
            sums_.push_back(sum_);
        }
    }
    views::TopicText next() {
        views::TopicText out{sentence(6), ""};
        constexpr int sentences = 6;
        for (int count = 0; count < sentences; ++count) {
            out.text += sentence(12) + "，";
        }
        if (random_.below(20) == 0) {
            const std::size_t thing = random_.below(things);
            const std::string& place = words_[words_known - 1 - thing];
            const std::string& what = words_[words_known - 1 - things - thing];
            out.title = place + what + "，" + sentence(3);
            out.text += place + what + "，" + sentence(4) + "，" + what;
        }
        return out;
    }

  private:
    std::string sentence(int words) {
        std::string out;
        for (int count = 0; count < words; ++count) {
            constexpr std::uint64_t steps = 1'000'000'000;
            const double at = static_cast<double>(random_.below(steps)) / steps * sum_;
            const auto found = std::ranges::lower_bound(sums_, at);
            out += words_[static_cast<std::size_t>(found - sums_.begin())];
        }
        return out;
    }

    std::vector<std::string> words_;
    std::vector<double> sums_;
    double sum_ = 0;
    SeededRandom random_{seed};
};

}  // namespace

void run_topics(const Options& options) {
    Messages messages;
    std::vector<views::TopicText> texts;
    std::size_t bytes = 0;
    for (std::int64_t count = 0; count < options.count; ++count) {
        texts.push_back(messages.next());
        bytes += texts.back().title.size() + texts.back().text.size();
    }
    std::size_t terms = 0;
    const Watch bare;
    for (const auto& text : texts) {
        terms += views::search_terms(text.title + "\n" + text.text).size();
    }
    const double bare_seconds = bare.seconds();
    const Watch watch;
    const auto topics = views::topics_of(texts, {});
    const double seconds = watch.seconds();
    std::size_t gathered = 0;
    for (const auto& topic : topics) {
        gathered += topic.texts.size();
    }
    Figures()
        .add("messages", static_cast<double>(options.count))
        .add("characters_each", static_cast<double>(bytes) / 3 / static_cast<double>(texts.size()))
        .add("terms", static_cast<double>(terms))
        .add("topics", static_cast<double>(topics.size()))
        .add("gathered", static_cast<double>(gathered))
        .add("topics_seconds", seconds)
        .add("terms_alone_seconds", bare_seconds)
        .add("topics_vs_terms_alone", seconds / bare_seconds)
        .print();
}

}  // namespace zt::bench
