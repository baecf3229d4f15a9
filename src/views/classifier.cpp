#include "views/classifier.hpp"

#include "base/hash.hpp"
#include "views/impl/bytes.hpp"
#include "views/impl/files.hpp"
#include "views/impl/linear_machine.hpp"
#include "views/impl/same_texts.hpp"
#include "views/search_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace zt::views {

namespace {

using impl::LinearMachine;
using impl::SparseVector;

constexpr std::int64_t schema = 1;
constexpr std::size_t words_max = 3, version_digits = 12;

/// A term of the title also stands for itself: what a message is called says more than what is told
/// in it.
constexpr char title_mark = '\x02';

using Counts = std::map<std::string, std::int32_t, std::less<>>;

bool is_learned(const SearchTerm& term) { return term.is_pair || term.is_word; }

Counts counts_of(const MessageText& message) {
    Counts out;
    for (const auto& term : search_terms(message.title)) {
        if (is_learned(term)) {
            ++out[term.text];
            ++out[title_mark + term.text];
        }
    }
    for (const auto& term : search_terms(message.text)) {
        if (is_learned(term)) {
            ++out[term.text];
        }
    }
    return out;
}

}  // namespace

struct Classifier::Parts {
    struct Term {
        std::int32_t index = 0;
        float rarity = 0;  ///< idf
    };
    std::vector<std::string> categories;
    std::map<std::string, Term, std::less<>> terms;
    LinearMachine machine;
    double steepness = 1;  ///< of the scores, so that `permille` is how often it is right
    std::int64_t messages = 0;
    std::string version;

    [[nodiscard]] SparseVector vector_of(const Counts& counts) const {
        SparseVector out;
        double length = 0;
        for (const auto& [text, count] : counts) {
            const auto term = terms.find(text);
            if (term == terms.end()) {
                continue;
            }
            const double value = (1 + std::log(count)) * static_cast<double>(term->second.rarity);
            out.push_back({term->second.index, value});
            length += value * value;
        }
        for (auto& [index, value] : out) {
            value /= std::sqrt(length);
        }
        std::ranges::sort(out, {}, &std::pair<std::int32_t, double>::first);
        return out;
    }

    void learn_terms(const std::vector<Counts>& counts, std::int32_t messages_min) {
        std::map<std::string_view, std::int32_t> standing;
        for (const auto& one : counts) {
            for (const auto& [text, count] : one) {
                ++standing[text];
            }
        }
        const double all = static_cast<double>(counts.size());
        std::int32_t next = 0;
        for (const auto& [text, in] : standing) {
            if (in >= messages_min) {
                const double rarity = std::log((1 + all) / (1 + in)) + 1;
                terms[std::string(text)] = {next++, static_cast<float>(rarity)};
            }
        }
    }
};

namespace {

std::vector<double> shares_of(const std::vector<double>& scores, double steepness) {
    const double best = *std::ranges::max_element(scores);
    std::vector<double> out;
    double sum = 0;
    for (const double score : scores) {
        out.push_back(std::exp((score - best) * steepness));
        sum += out.back();
    }
    for (double& share : out) {
        share /= sum;
    }
    return out;
}

/// Categories with enough messages, in order of name.
std::vector<std::string>
learned_categories(std::span<const SortedMessage> messages, std::int32_t category_min) {
    std::map<std::string, std::int32_t> counts;
    for (const auto& one : messages) {
        ++counts[one.category];
    }
    std::vector<std::string> out;
    for (const auto& [name, count] : counts) {
        if (count >= category_min && !name.empty()) {
            out.push_back(name);
        }
    }
    return out;
}

struct Learned {
    std::vector<SparseVector> vectors;
    std::vector<std::int32_t> classes;
};

/// The steepness under which what was held back is likeliest.
double fitted_steepness(const Learned& all, std::int32_t terms, std::int32_t classes, double cost) {
    constexpr std::size_t every = 5;
    Learned seen, held;
    for (std::size_t i = 0; i < all.vectors.size(); ++i) {
        Learned& into = i % every == 0 ? held : seen;
        into.vectors.push_back(all.vectors[i]);
        into.classes.push_back(all.classes[i]);
    }
    const auto machine = LinearMachine::train(seen.vectors, seen.classes, {terms, classes, cost});
    double best = 1, least = std::numeric_limits<double>::infinity();
    for (double steepness = 0.5; steepness <= 16; steepness *= 1.1892071150027210667) {
        double loss = 0;
        for (std::size_t i = 0; i < held.vectors.size(); ++i) {
            const auto shares = shares_of(machine.scores(held.vectors[i]), steepness);
            loss -= std::log(std::max(shares[static_cast<std::size_t>(held.classes[i])], 1e-12));
        }
        if (loss < least) {
            least = loss;
            best = steepness;
        }
    }
    return best;
}

}  // namespace

Result<Classifier>
Classifier::train(std::span<const SortedMessage> messages, const ClassifierRules& rules) {
    auto parts = std::make_unique<Parts>();
    parts->categories = learned_categories(messages, rules.category_min);
    if (parts->categories.size() < 2) {
        return fail(
            Errc::not_found,
            "at least two categories with " + std::to_string(rules.category_min) +
                " messages each are needed"
        );
    }
    std::vector<Counts> counts;
    Learned learned;
    for (const auto& one : messages) {
        const auto found = std::ranges::lower_bound(parts->categories, one.category);
        if (found != parts->categories.end() && *found == one.category) {
            counts.push_back(counts_of(one.message));
            learned.classes.push_back(static_cast<std::int32_t>(found - parts->categories.begin()));
        }
    }
    parts->learn_terms(counts, rules.messages_min);
    if (parts->terms.empty()) {
        return fail(Errc::not_found, "the messages have no words in common");
    }
    for (const auto& one : counts) {
        learned.vectors.push_back(parts->vector_of(one));
    }
    const auto terms = static_cast<std::int32_t>(parts->terms.size());
    const auto classes = static_cast<std::int32_t>(parts->categories.size());
    parts->steepness = fitted_steepness(learned, terms, classes, rules.cost);
    parts->machine =
        LinearMachine::train(learned.vectors, learned.classes, {terms, classes, rules.cost});
    parts->messages = static_cast<std::int64_t>(counts.size());
    Classifier out(std::move(parts));
    return Classifier::read(out.bytes());
}

Result<Classifier> Classifier::read(std::string_view bytes) {
    impl::ByteReader in(bytes);
    auto parts = std::make_unique<Parts>();
    TRY(const auto kept, in.get<std::int64_t>());
    if (kept != schema) {
        return fail(Errc::newer_version, "the classifier has another schema");
    }
    TRY(parts->messages, in.get<std::int64_t>());
    TRY(parts->steepness, in.get<double>());
    TRY(const auto categories, in.get<std::int64_t>());
    for (std::int64_t i = 0; i < categories; ++i) {
        TRY(auto name, in.get_text());
        parts->categories.push_back(std::move(name));
    }
    TRY(const auto rarities, in.get_all<float>());
    for (std::size_t i = 0; i < rarities.size(); ++i) {
        TRY(auto text, in.get_text());
        parts->terms[std::move(text)] = {static_cast<std::int32_t>(i), rarities[i]};
    }
    TRY(auto weights, in.get_all<float>());
    const bool is_whole = categories >= 2 && parts->terms.size() == rarities.size() &&
                          weights.size() == rarities.size() * parts->categories.size() &&
                          in.is_at_end();
    if (!is_whole) {
        return fail(Errc::damaged, "the classifier is cut or broken");
    }
    parts->machine = LinearMachine(std::move(weights), static_cast<std::int32_t>(categories));
    parts->version = to_hex(hash_of(HashAlgorithm::sha256, bytes)).substr(0, version_digits);
    return Classifier(std::move(parts));
}

std::string Classifier::bytes() const {
    impl::ByteWriter out;
    out.put(schema);
    out.put(parts_->messages);
    out.put(parts_->steepness);
    out.put(std::int64_t{std::ssize(parts_->categories)});
    for (const auto& name : parts_->categories) {
        out.put_text(name);
    }
    std::vector<float> rarities(parts_->terms.size());
    for (const auto& [text, term] : parts_->terms) {
        rarities[static_cast<std::size_t>(term.index)] = term.rarity;
    }
    out.put_all(rarities);
    for (const auto& [text, term] : parts_->terms) {
        out.put_text(text);
    }
    out.put_all(parts_->machine.weights());
    return out.bytes();
}

Result<void> Classifier::save(const std::string& path) const {
    return impl::replace_whole(path, bytes());
}

Result<Classifier> Classifier::load(const std::string& path) {
    TRY(const std::string bytes, impl::read_whole(path));
    return read(bytes);
}

namespace {

struct Run {
    std::size_t begin = 0, end = 0;
    double weight = 0;
};

/// Neighbouring terms that speak for the category, put together: 停车 and 车位 are 停车位.
std::vector<Run>
runs_in(std::string_view text, const std::function<double(const std::string&)>& weight_of) {
    std::vector<Run> runs;
    for (const auto& term : search_terms(text)) {
        const double weight = is_learned(term) ? weight_of(term.text) : 0;
        if (weight <= 0) {
            continue;
        }
        if (!runs.empty() && term.begin < runs.back().end) {
            runs.back().end = term.end;
            runs.back().weight += weight;
        } else {
            runs.push_back({term.begin, term.end, weight});
        }
    }
    return runs;
}

std::vector<std::string> heaviest_words(
    const MessageText& message, const std::function<double(const std::string&)>& weight_of
) {
    std::map<std::string, double> weights;
    for (const std::string* text : {&message.title, &message.text}) {
        for (const Run& run : runs_in(*text, weight_of)) {
            weights[text->substr(run.begin, run.end - run.begin)] += run.weight;
        }
    }
    std::vector<std::pair<double, std::string>> ranked;
    for (auto& [text, weight] : weights) {
        ranked.emplace_back(-weight, text);
    }
    std::ranges::sort(ranked);
    std::vector<std::string> out;
    for (auto& [weight, text] : ranked) {
        if (out.size() == words_max) {
            break;
        }
        out.push_back(std::move(text));
    }
    return out;
}

}  // namespace

std::vector<Suggestion> Classifier::suggest(const MessageText& message, std::size_t limit) const {
    const SparseVector vector = parts_->vector_of(counts_of(message));
    if (vector.empty()) {
        return {};
    }
    const auto scores = parts_->machine.scores(vector);
    const auto shares = shares_of(scores, parts_->steepness);
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&scores](std::size_t a, std::size_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    });
    order.resize(std::min(order.size(), limit));
    std::vector<Suggestion> out;
    for (const std::size_t category : order) {
        std::map<std::int32_t, double> values(vector.begin(), vector.end());
        // What a term gives this category above what it gives all on average.
        const auto weight_of = [&](const std::string& text) {
            const auto term = parts_->terms.find(text);
            if (term == parts_->terms.end()) {
                return 0.0;
            }
            const auto one = parts_->machine.contributions(term->second.index);
            const double mean =
                std::accumulate(one.begin(), one.end(), 0.0) / static_cast<double>(one.size());
            return (one[category] - mean) * values[term->second.index];
        };
        constexpr double thousand = 1000;
        out.push_back(
            {parts_->categories[category],
             static_cast<std::int32_t>(std::lround(shares[category] * thousand)),
             heaviest_words(message, weight_of)}
        );
    }
    return out;
}

std::vector<std::size_t> near_duplicates(std::span<const SortedMessage> messages) {
    constexpr std::int64_t alike = 500'000;
    impl::SameTexts same(alike);
    std::vector<std::size_t> first_of_group, out;
    for (std::size_t index = 0; index < messages.size(); ++index) {
        const auto& [title, text] = messages[index].message;
        const std::size_t group = same.add(impl::signature_of(search_terms(title + "\n" + text)));
        if (group == first_of_group.size()) {
            first_of_group.push_back(index);
        }
        out.push_back(first_of_group[group]);
    }
    return out;
}

namespace {

FoldScore score_of(const Classifier& classifier, const std::vector<const SortedMessage*>& unseen) {
    struct Count {
        double right = 0, told = 0, true_ones = 0;
    };
    std::map<std::string, Count> counts;
    FoldScore out;
    out.messages = unseen.size();
    for (const SortedMessage* one : unseen) {
        const auto told = classifier.suggest(one->message, 1);
        ++counts[one->category].true_ones;
        if (told.empty()) {
            continue;
        }
        ++counts[told.front().category].told;
        if (told.front().category == one->category) {
            ++counts[one->category].right;
            out.accuracy += 1 / static_cast<double>(unseen.size());
        }
    }
    for (const auto& [category, count] : counts) {
        out.macro_f1 +=
            2 * count.right / (count.told + count.true_ones) / static_cast<double>(counts.size());
    }
    return out;
}

}  // namespace

Result<std::vector<FoldScore>> cross_validated(
    std::span<const SortedMessage> messages, const ClassifierRules& rules, std::size_t folds
) {
    const auto first = near_duplicates(messages);
    std::vector<FoldScore> out;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<SortedMessage> seen;
        std::vector<const SortedMessage*> unseen;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (first[i] % folds == fold) {
                unseen.push_back(&messages[i]);
            } else {
                seen.push_back(messages[i]);
            }
        }
        TRY(const auto classifier, Classifier::train(seen, rules));
        out.push_back(score_of(classifier, unseen));
    }
    return out;
}

Classifier::Classifier(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;
Classifier::~Classifier() = default;
const std::string& Classifier::version() const { return parts_->version; }
std::size_t Classifier::messages() const { return static_cast<std::size_t>(parts_->messages); }
const std::vector<std::string>& Classifier::categories() const { return parts_->categories; }

}  // namespace zt::views
