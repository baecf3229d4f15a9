// Topics in four steps: texts become nodes of weighted terms; nodes that share telling terms become
// neighbours; neighbours become groups; a group is told by the words that run through it.

#include "views/topics.hpp"

#include "base/check.hpp"
#include "views/impl/average_linkage.hpp"
#include "views/impl/same_texts.hpp"
#include "views/impl/topic_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace zt::views {

namespace {

using impl::Edge;
using impl::Node;
using Term = std::uint32_t;

/// Terms and pairs in both ÷ in either, in millionths, from where on two texts are the same one.
constexpr std::int64_t same_text = 600'000;
/// Pairs of texts below this share of `alike_min` are taken as not alike at all.
constexpr double neighbour_share = 2.0 / 3;
/// Texts of which nobody knows yet what is common among them.
constexpr std::size_t common_min = 300;
/// Terms of a text that neighbours are looked up by, how many of them two must share to be
/// compared, and how many texts are looked up by one.
constexpr std::size_t leading_max = 16, shared_min = 2, compared_max = 500;
constexpr std::size_t examples_max = 3;

struct Weighted {
    Term term;
    float weight;
};
using Vector = std::vector<Weighted>;  // in order of terms

/// A text, or several that are nearly the same.
struct Said {
    std::vector<std::size_t> texts;
    std::uint32_t form = 0;
    Vector counts;  ///< how often each term stands in the first of them
};

struct Words {
    std::vector<std::string> names;
    std::unordered_map<std::string, Term> numbers;
    Term number(const std::string& name) {
        if (const auto found = numbers.find(name); found != numbers.end()) {
            return found->second;
        }
        names.push_back(name);
        return numbers.emplace(name, static_cast<Term>(names.size() - 1)).first->second;
    }
};

Vector counted(std::vector<Term> terms, std::vector<Term> of_title, double title_weight) {
    std::ranges::sort(terms);
    std::ranges::sort(of_title);
    Vector out;
    for (std::size_t at = 0, title = 0; at < terms.size();) {
        const std::size_t begin = at;
        while (at < terms.size() && terms[at] == terms[begin]) {
            ++at;
        }
        float count = static_cast<float>(at - begin);
        for (; title < of_title.size() && of_title[title] <= terms[begin]; ++title) {
            count += static_cast<float>(title_weight) - 1;
        }
        out.push_back({terms[begin], count});
    }
    return out;
}

std::vector<Said> read(std::span<const TopicText> texts, const TopicRules& rules, Words& words) {
    std::vector<Said> out;
    impl::SameTexts same(same_text);
    for (std::size_t index = 0; index < texts.size(); ++index) {
        const auto title_size = texts[index].title.size();
        const auto terms = search_terms(texts[index].title + "\n" + texts[index].text);
        auto signature = impl::signature_of(terms);
        if (signature.terms == 0) {
            continue;
        }
        if (const std::size_t node = same.add(std::move(signature)); node < out.size()) {
            out[node].texts.push_back(index);
            continue;
        }
        std::vector<Term> all, of_title;
        for (const SearchTerm& term : terms) {
            if (impl::tells(term)) {
                all.push_back(words.number(term.text));
                if (term.begin < title_size) {
                    of_title.push_back(all.back());
                }
            }
        }
        out.push_back(
            {{index},
             texts[index].form,
             counted(std::move(all), std::move(of_title), rules.title_weight)}
        );
    }
    return out;
}

/// In how many texts of each form a term stands.
class Holding {
  public:
    Holding(const std::vector<Said>& nodes, std::size_t terms) : all_(terms) {
        for (const Said& node : nodes) {
            Form& form = forms_[node.form];
            ++form.nodes;
            form.with.resize(terms);
            for (const Weighted& one : node.counts) {
                ++form.with[one.term];
                ++all_[one.term];
            }
        }
    }
    [[nodiscard]] const std::vector<std::size_t>& all() const { return all_; }
    /// Texts of that form say it as a matter of form.
    [[nodiscard]] bool is_phrase(std::uint32_t form, Term term) const {
        constexpr std::size_t nodes_min = 50;  // of fewer nobody knows what is usual
        const Form& its = forms_.at(form);
        return its.nodes >= nodes_min && std::size_t{its.with[term]} * 3 >= its.nodes;
    }

  private:
    struct Form {
        std::size_t nodes = 0;
        std::vector<std::uint32_t> with;
    };
    std::vector<std::size_t> all_;
    std::map<std::uint32_t, Form> forms_;
};

/// Rarity of each term in the natural logarithm; 0 for those that tell nothing: in one text alone,
/// or in a fifth of all.
std::vector<float> rarity(const std::vector<std::size_t>& texts_with, std::size_t nodes) {
    std::vector<float> out(texts_with.size());
    for (std::size_t term = 0; term < out.size(); ++term) {
        const std::size_t count = texts_with[term];
        if (count > 1 && (count * 5 < nodes || count < common_min)) {
            out[term] = std::log(static_cast<float>(nodes + 1) / static_cast<float>(count));
        }
    }
    return out;
}

struct Told {
    Vector terms;               ///< that tell most, of length 1 together
    std::vector<Term> leading;  ///< of these the weightiest: two texts about one thing share some
};

Told weighed(
    const Said& node,
    const std::vector<float>& rarity,
    const Holding& holding,
    std::size_t terms_max
) {
    Told told;
    Vector& out = told.terms;
    for (const auto& [term, count] : node.counts) {
        if (rarity[term] > 0 && !holding.is_phrase(node.form, term)) {
            out.push_back({term, (1 + std::log(count)) * rarity[term]});
        }
    }
    std::ranges::sort(out, [](const Weighted& one, const Weighted& other) {
        return std::pair(-one.weight, one.term) < std::pair(-other.weight, other.term);
    });
    out.resize(std::min(out.size(), terms_max));
    for (const Weighted& one : std::span(out).first(std::min(leading_max, out.size()))) {
        told.leading.push_back(one.term);
    }
    float squares = 0;
    for (const Weighted& one : out) {
        squares += one.weight * one.weight;
    }
    for (Weighted& one : out) {
        one.weight /= std::sqrt(squares);
    }
    std::ranges::sort(out, {}, &Weighted::term);
    return told;
}

double cosine(const Vector& one, const Vector& other) {
    double sum = 0;
    for (auto left = one.begin(), right = other.begin();
         left != one.end() && right != other.end();) {
        if (left->term == right->term) {
            sum += static_cast<double>(left++->weight) * static_cast<double>(right++->weight);
        } else if (left->term < right->term) {
            ++left;
        } else {
            ++right;
        }
    }
    return sum;
}

/// For each node those that are alike, in order. A node is compared with those before it that share
/// leading terms with it.
std::vector<std::vector<Edge>>
neighbours(const std::vector<Said>& nodes, const std::vector<Told>& vectors, double likeness_min) {
    std::unordered_map<Term, std::vector<Node>> led_by;
    std::vector<std::vector<Edge>> out(nodes.size());
    std::vector<std::uint8_t> shared(nodes.size());
    std::vector<Node> touched;
    for (Node node = 0; node < nodes.size(); ++node) {
        for (const Term term : vectors[node].leading) {
            auto& led = led_by[term];
            // The newest of them: what is hot is near in time.
            for (const Node other : std::span(led).last(std::min(led.size(), compared_max))) {
                if (shared[other]++ == 0) {
                    touched.push_back(other);
                }
            }
            led.push_back(node);
        }
        std::erase_if(touched, [&](Node other) {
            return std::exchange(shared[other], 0) < shared_min;
        });
        std::ranges::sort(touched);
        const auto size = static_cast<double>(nodes[node].texts.size());
        for (const Node other : touched) {
            const double alike = cosine(vectors[node].terms, vectors[other].terms);
            if (alike >= likeness_min) {
                const double sum = alike * size * static_cast<double>(nodes[other].texts.size());
                out[node].push_back({other, sum});
                out[other].push_back({node, sum});
            }
        }
        touched.clear();
    }
    return out;
}

/// What runs through the texts of one group.
class Telling {
  public:
    Telling(
        std::span<const TopicText> texts,
        const std::vector<Said>& nodes,
        const std::vector<Told>& vectors,
        const Words& words
    )
        : texts_(texts), nodes_(nodes), vectors_(vectors), words_(words) {}

    Topic topic(const std::vector<Node>& group, std::size_t words_max) const {
        std::map<Term, double> middle;
        Topic out;
        for (const Node node : group) {
            const auto& said = nodes_[node].texts;
            out.texts.insert(out.texts.end(), said.begin(), said.end());
            for (const auto& [term, weight] : vectors_[node].terms) {
                middle[term] += static_cast<double>(weight) * static_cast<double>(said.size());
            }
        }
        std::ranges::sort(out.texts);
        out.examples = examples(group, middle);
        out.words = told(out.texts, middle, words_max);
        return out;
    }

  private:
    std::vector<std::size_t>
    examples(const std::vector<Node>& group, const std::map<Term, double>& middle) const {
        std::vector<std::pair<double, std::size_t>> ranked;
        for (const Node node : group) {
            double likeness = 0;
            for (const auto& [term, weight] : vectors_[node].terms) {
                likeness += static_cast<double>(weight) * middle.at(term);
            }
            ranked.emplace_back(-likeness, nodes_[node].texts.front());
        }
        std::ranges::sort(ranked);
        std::vector<std::size_t> out;
        for (const auto& [likeness, text] : ranked) {
            if (out.size() < examples_max) {
                out.push_back(text);
            }
        }
        return out;
    }

    std::vector<std::string> told(
        const std::vector<std::size_t>& members,
        const std::map<Term, double>& middle,
        std::size_t words_max
    ) const {
        constexpr std::size_t terms_max = 24;
        std::vector<std::pair<double, Term>> heavy;
        for (const auto& [term, weight] : middle) {
            heavy.emplace_back(-weight, term);
        }
        std::ranges::sort(heavy);
        heavy.resize(std::min(heavy.size(), terms_max));
        std::vector<std::string> names;
        for (const auto& [weight, term] : heavy) {
            names.push_back(words_.names[term]);
        }
        std::vector<const TopicText*> texts;
        for (const std::size_t member : members) {
            texts.push_back(&texts_[member]);
        }
        return impl::topic_words(texts, names, words_max);
    }

    std::span<const TopicText> texts_;
    const std::vector<Said>& nodes_;
    const std::vector<Told>& vectors_;
    const Words& words_;
};

}  // namespace

std::vector<Topic> topics_of(std::span<const TopicText> texts, const TopicRules& rules) {
    CHECK(rules.size_min > 0 && rules.alike_min > 0);
    Words words;
    const std::vector<Said> nodes = read(texts, rules, words);
    const Holding holding(nodes, words.names.size());
    const auto rare = rarity(holding.all(), nodes.size());
    std::vector<Told> vectors;
    vectors.reserve(nodes.size());
    for (const Said& node : nodes) {
        vectors.push_back(weighed(node, rare, holding, rules.terms_max));
    }
    std::vector<double> sizes;
    for (const Said& node : nodes) {
        sizes.push_back(static_cast<double>(node.texts.size()));
    }
    const auto groups = impl::average_linkage(
        std::move(sizes),
        neighbours(nodes, vectors, rules.alike_min * neighbour_share),
        rules.alike_min
    );
    const Telling telling(texts, nodes, vectors, words);
    std::vector<Topic> out;
    for (const auto& group : groups) {
        const auto size = std::accumulate(
            group.begin(),
            group.end(),
            std::size_t{0},
            [&](std::size_t sum, Node node) { return sum + nodes[node].texts.size(); }
        );
        if (size < rules.size_min) {
            continue;
        }
        if (auto topic = telling.topic(group, rules.words_max); !topic.words.empty()) {
            out.push_back(std::move(topic));
        }
    }
    std::ranges::sort(out, [](const Topic& one, const Topic& other) {
        return std::pair(other.texts.size(), one.texts.front()) <
               std::pair(one.texts.size(), other.texts.front());
    });
    return out;
}

Rise rise_of(std::span<const Date> registered, Date today, int days) {
    CHECK(days > 0);
    constexpr std::int64_t spans_before = 8;
    Rise out;
    std::int64_t before = 0;
    for (const Date day : registered) {
        const auto age = (today - day).count();
        out.recent += age >= 0 && age < days ? 1 : 0;
        before += age >= days && age < days * (1 + spans_before) ? 1 : 0;
    }
    out.usual = before * 1000 / spans_before;
    const double usual = static_cast<double>(out.usual) / 1000;
    out.heat =
        std::llround((static_cast<double>(out.recent) - usual) / std::sqrt(usual + 1) * 1000);
    return out;
}

}  // namespace zt::views
