#include "views/same_replies.hpp"

#include "views/impl/same_texts.hpp"

#include <algorithm>

namespace zt::views {

namespace {

/// Pairs that begin at four characters in a row cover five.
std::vector<SearchTerm> runs_of(std::string_view text) {
    constexpr std::size_t terms_a_run = 4;
    const auto terms = search_terms(text);
    std::vector<SearchTerm> out;
    for (std::size_t begin = 0; begin + terms_a_run <= terms.size(); ++begin) {
        SearchTerm run;
        run.is_pair = true;
        for (std::size_t at = begin; at < begin + terms_a_run; ++at) {
            run.text += terms[at].text;
        }
        out.push_back(std::move(run));
    }
    return out;
}

}  // namespace

std::vector<std::vector<std::size_t>>
same_replies(std::span<const std::string> replies, const SameReplyRules& rules) {
    impl::SameTexts same(rules.likeness_min);
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t index = 0; index < replies.size(); ++index) {
        auto signature = impl::signature_of(runs_of(replies[index]));
        if (signature.terms < rules.runs_min) {
            continue;
        }
        const std::size_t group = same.add(std::move(signature));
        groups.resize(std::max(groups.size(), group + 1));
        groups[group].push_back(index);
    }
    std::erase_if(groups, [&](const auto& one) { return one.size() < rules.size_min; });
    std::ranges::sort(groups, [](const auto& one, const auto& other) {
        return std::pair(other.size(), one.front()) < std::pair(one.size(), other.front());
    });
    return groups;
}

}  // namespace zt::views
