#include "kindfile/graph.hpp"

#include "base/text.hpp"
#include "kindfile/impl/edges.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

int index_of(const Kind& kind, const std::string& stage) {
    const auto found = std::ranges::find(kind.stages, stage, &StageRule::name);
    return found == kind.stages.end() ? beginning : static_cast<int>(found - kind.stages.begin());
}

void add_edge(std::vector<Edge>& edges, int from, int to, const std::string& label) {
    auto found = std::ranges::find_if(edges, [&](const Edge& edge) {
        return edge.from == from && edge.to == to;
    });
    if (found == edges.end()) {
        edges.push_back({from, to, {}});
        found = edges.end() - 1;
    }
    if (std::ranges::find(found->labels, label) == found->labels.end()) {
        found->labels.push_back(label);
    }
}

/// Quotes and line ends would end a Mermaid text.
std::string plain(std::string text) {
    std::ranges::replace(text, '"', '\'');
    std::ranges::replace(text, '\n', ' ');
    std::ranges::replace(text, ':', ' ');
    return text;
}

}  // namespace

const std::string& in(const Title& title, Language language) {
    const std::string& own = language == Language::zh ? title.zh : title.en;
    const std::string& other = language == Language::zh ? title.en : title.zh;
    return own.empty() ? other : own;
}

std::string title_of(const Transition& row, Language language) {
    const std::string& own = in(row.title, language);
    if (!own.empty()) {
        return own;
    }
    return std::string(language == Language::zh ? row_of(row.verb).zh : row_of(row.verb).name);
}

std::vector<Edge> edges_of(const Kind& kind, Language language) {
    std::vector<Edge> edges;
    for (const Transition& row : kind.transitions) {
        const std::string label = title_of(row, language);
        for (const Target& target : row.to) {
            const int to = index_of(kind, target.stage);
            if (row.from.empty() && to != beginning) {
                add_edge(edges, beginning, to, label);
            }
            for (const std::string& from : row.from) {
                if (to != beginning && target.stage != from) {
                    add_edge(edges, index_of(kind, from), to, label);
                }
            }
        }
    }
    return edges;
}

std::string mermaid_of(const Kind& kind, Language language) {
    std::string out = "stateDiagram-v2\n";
    for (const StageRule& stage : kind.stages) {
        out += "    state \"" + plain(in(stage.title, language)) + "\" as " + stage.name + "\n";
    }
    for (const Edge& edge : edges_of(kind, language)) {
        const std::string from =
            edge.from == beginning ? "[*]" : kind.stages[static_cast<std::size_t>(edge.from)].name;
        out += "    " + from + " --> " + kind.stages[static_cast<std::size_t>(edge.to)].name +
               ": " + plain(join(edge.labels, " / ")) + "\n";
    }
    for (const StageRule& stage : kind.stages) {
        if (stage.counts == Counts::ended ||
            (stage.counts == Counts::closed && kind.life == Life::matter)) {
            out += "    " + stage.name + " --> [*]\n";
        }
    }
    return out;
}

}  // namespace zt::kindfile
