// Search over messages shaped like real ones: titles and sentences of real messages put together
// anew, as long as those are, spread over two years. Questions are drawn from the texts themselves,
// by how common they are: nobody searches for evenly spread words. The generator is seeded.

#include "views/search.hpp"

#include "app/import/row_reader.hpp"
#include "base/check.hpp"
#include "base/text.hpp"
#include "bench/measure.hpp"
#include "bench/place.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <unordered_map>

namespace zt::bench {

namespace {

using views::Search;
using views::SearchDocument;
using views::Section;

constexpr const char* messages = ZT_SOURCE_DIR "/../shared/data/teddycup2020c/dev/";
constexpr std::array files{
    "a2_labelled.jsonl.gz",
    "a3_hotspot.jsonl.gz",
    "a4_replies.jsonl.gz",
    "a2_official_test_unlabelled.jsonl.gz"
};
constexpr std::int64_t days = 730;
constexpr std::size_t batch_size = 2000;
constexpr std::size_t sentences_max = 60;
constexpr std::size_t questions_a_class = 250;
/// Shares of all messages that a word is in: from there on it is called so.
constexpr double common_share = 0.05, medium_share = 0.005;
constexpr std::size_t sampled = 10'000;

struct Message {
    std::string title;
    std::vector<std::string> sentences;
};

std::vector<Message> real_messages();
std::vector<std::string> sentences_of(std::string_view text);

/// Messages without end, in the order of registration.
class Source {
  public:
    Source(std::vector<Message> real, std::int64_t count) : real_(std::move(real)), count_(count) {}
    [[nodiscard]] SearchDocument next();
    /// A text as somebody hands in: title and sentences of one real message, one of another.
    [[nodiscard]] std::string question();
    [[nodiscard]] UtcMs begin() const { return begin_; }

  private:
    [[nodiscard]] const Message& any() { return real_[random_() % real_.size()]; }

    std::vector<Message> real_;
    std::int64_t count_ = 0, made_ = 0;
    UtcMs begin_ = UtcMs{Date{std::chrono::year{2024} / 1 / 1}};
    std::mt19937_64 random_{20260301};
};

/// Words by class: common, medium, rare, and phrases of three or four characters.
struct Words {
    std::vector<std::string> common, medium, rare, phrases;
};
Words words_of(const std::vector<SearchDocument>& documents);

double index_all(Search& search, Source& source, std::int64_t count, Words& words);
void ask_words(const Search& search, const Words& words, Figures& figures);
void ask_similar(const Search& search, Source& source, Figures& figures);

}  // namespace

void run_search(const Options& options) {
    std::vector<Message> real = real_messages();
    Source source(std::move(real), options.count);
    const std::string path = options.dir + "/search.db";
    Figures figures;
    figures.add("messages", static_cast<double>(options.count));
    Words words;
    {
        auto writing = must(Search::open(path, views::ListAccess::write), "open");
        const double seconds = index_all(writing, source, options.count, words);
        figures.add("index_messages_per_s", static_cast<double>(options.count) / seconds);
    }
    figures.add(
        "bytes_per_message",
        static_cast<double>(disk_bytes(options.dir)) / static_cast<double>(options.count)
    );
    const auto reading = must(Search::open(path, views::ListAccess::read), "open");
    ask_words(reading, words, figures);
    ask_similar(reading, source, figures);
    figures.print();
}

namespace {

std::vector<Message> real_messages() {
    std::vector<Message> out;
    for (const char* const file : files) {
        app::RowFile rows;
        rows.path = std::string(messages) + file;
        auto reader = must(app::open_rows(rows), "messages");
        while (true) {
            auto row = must(reader->next(), "messages");
            if (!row) {
                break;
            }
            Message message{
                std::string(row->value("留言主题")), sentences_of(row->value("留言详情"))
            };
            if (!message.title.empty() && !message.sentences.empty()) {
                out.push_back(std::move(message));
            }
        }
    }
    CHECK(out.size() > 1000);
    return out;
}

std::vector<std::string> sentences_of(std::string_view text) {
    std::vector<std::string> out;
    std::string sentence;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t size = 1;
        while (at + size < text.size() &&
               (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) {
            ++size;
        }
        const std::string_view one = text.substr(at, size);
        if (one != "\n" && one != "\t" && one != "\r") {
            sentence += one;
        }
        at += size;
        const bool is_end = one == "。" || one == "！" || one == "？" || one == "；" || one == "\n";
        if ((is_end || at == text.size()) && !trim(sentence).empty()) {
            out.push_back(std::exchange(sentence, {}));
        }
    }
    out.resize(std::min(out.size(), sentences_max));
    return out;
}

SearchDocument Source::next() {
    const std::int64_t number = ++made_;
    SearchDocument out;
    views::ListRow& row = out.row.matter;
    row.id = MatterId{number};
    row.number = "ZT-2024-" + std::to_string(1'000'000 + number);
    row.kind = random_() % 10 < 8 ? "appeal" : "suggestion";
    row.stage = "handling";
    row.channel = "web";
    row.category = "category-" + std::to_string(random_() % 12);
    // Half of the last month is open, next to nothing of the first.
    row.counts =
        random_() % static_cast<std::uint64_t>(2 * count_) < static_cast<std::uint64_t>(number)
            ? Counts::open
            : Counts::closed;
    row.office = OrgId{static_cast<std::int64_t>(1 + random_() % 12)};
    row.lead = OrgId{static_cast<std::int64_t>(20 + random_() % 124)};
    row.area = AreaId{static_cast<std::int64_t>(1 + random_() % 60)};
    row.registered = begin_ + Millis{number * (days * 86'400'000 / count_)};
    row.changed = row.registered;
    row.version = 1;
    out.row.involved = {row.office, row.lead};
    const Message& shape = any();
    std::string text;
    for (const std::string& sentence : shape.sentences) {
        const Message& other = any();
        text += random_() % 2 == 0 ? sentence : other.sentences[random_() % other.sentences.size()];
    }
    out.texts = {{Section::title, any().title}, {Section::text, std::move(text)}};
    return out;
}

std::string Source::question() {
    const Message& one = any();
    std::string out = one.title + "\n";
    for (const std::string& sentence : one.sentences) {
        out += sentence;
    }
    return out + any().sentences.front();
}

Words words_of(const std::vector<SearchDocument>& documents) {
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> in;  // last, how many
    Words out;
    for (std::size_t index = 0; index < documents.size(); ++index) {
        const std::string& text = documents[index].texts[1].text;
        const auto terms = views::search_terms(text);
        for (const auto& term : terms) {
            auto& [last, count] = in[term.text];
            if (term.is_pair && last != index + 1) {
                last = index + 1;
                ++count;
            }
        }
        const std::size_t length = 2 + index % 2;  // pairs in a row: three or four characters
        const std::size_t at = index * 7919 % std::max<std::size_t>(1, terms.size());
        if (at + length <= terms.size() && terms[at].is_pair && terms[at + 1].is_pair &&
            terms[at + length - 1].is_pair) {
            const std::size_t end = terms[at + length - 1].end;
            out.phrases.push_back(text.substr(terms[at].begin, end - terms[at].begin));
        }
    }
    const auto all = static_cast<double>(documents.size());
    for (const auto& [word, seen] : in) {
        const double share = static_cast<double>(seen.second) / all;
        if (seen.second > 0) {
            auto& list = share >= common_share   ? out.common
                         : share >= medium_share ? out.medium
                                                 : out.rare;
            list.push_back(word);
        }
    }
    std::mt19937_64 random(7);
    for (auto* list : {&out.common, &out.medium, &out.rare, &out.phrases}) {
        std::ranges::sort(*list);
        std::ranges::shuffle(*list, random);
        list->resize(std::min(list->size(), questions_a_class));
    }
    return out;
}

double index_all(Search& search, Source& source, std::int64_t count, Words& words) {
    double seconds = 0;
    std::vector<SearchDocument> sample;
    for (std::int64_t made = 0; made < count;) {
        std::vector<SearchDocument> batch;
        while (batch.size() < batch_size && made < count) {
            batch.push_back(source.next());
            ++made;
        }
        const Watch watch;
        must(search.put(batch, made), "put");
        seconds += watch.seconds();
        if (sample.size() < sampled) {
            std::ranges::move(batch, std::back_inserter(sample));
        }
    }
    words = words_of(sample);
    return seconds;
}

void ask_words(const Search& search, const Words& words, Figures& figures) {
    std::vector<double> newest, ranked, counted, seen;
    const std::array<std::pair<const char*, const std::vector<std::string>*>, 4> classes{
        {{"common", &words.common},
         {"medium", &words.medium},
         {"rare", &words.rare},
         {"phrases", &words.phrases}}
    };
    for (const auto& [name, list] : classes) {
        std::vector<double> of_class;
        for (const std::string& word : *list) {
            views::SearchQuery query{.words = word};
            const Watch newest_watch;
            ignore(must(search.newest(query, std::nullopt, 20), "newest"), "only the time counts");
            newest.push_back(newest_watch.seconds() * 1e3);
            const Watch ranked_watch;
            ignore(must(search.ranked(query, 20), "ranked"), "only the time counts");
            ranked.push_back(ranked_watch.seconds() * 1e3);
            of_class.push_back(ranked.back());
            const Watch count_watch;
            ignore(must(search.count(query), "count"), "only the time counts");
            counted.push_back(count_watch.seconds() * 1e3);
            // Somebody of one unit, who sees a hundredth.
            query.is_visible = [](const views::SearchRow& row) {
                return row.involved.back() == OrgId{42};
            };
            const Watch seen_watch;
            ignore(must(search.newest(query, std::nullopt, 20), "newest"), "only the time counts");
            seen.push_back(seen_watch.seconds() * 1e3);
        }
        figures.add(std::string("ranked_p99_ms_") + name, quantile(of_class, 0.99));
    }
    figures.add("questions", static_cast<double>(newest.size()));
    figures.add("newest_p50_ms", quantile(newest, 0.5))
        .add("newest_p99_ms", quantile(newest, 0.99));
    figures.add("ranked_p50_ms", quantile(ranked, 0.5))
        .add("ranked_p99_ms", quantile(ranked, 0.99));
    figures.add("count_p99_ms", quantile(counted, 0.99));
    figures.add("newest_of_one_unit_p99_ms", quantile(seen, 0.99));
}

void ask_similar(const Search& search, Source& source, Figures& figures) {
    constexpr int questions = 500;
    std::vector<double> ms;
    double found = 0;
    for (int number = 0; number < questions; ++number) {
        views::SimilarQuestion question;
        question.text = source.question();
        question.area = AreaId{1 + number % 60};
        question.registered = source.begin() + std::chrono::days{days};
        const Watch watch;
        const auto similar = must(search.similar(question), "similar");
        ms.push_back(watch.seconds() * 1e3);
        found += similar.empty() ? 0 : 1;
    }
    figures.add("similar_p50_ms", quantile(ms, 0.5)).add("similar_p99_ms", quantile(ms, 0.99));
    figures.add("similar_found_share", found / questions);
}

}  // namespace
}  // namespace zt::bench
