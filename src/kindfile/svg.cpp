// The SVG of a kind. Stages stand in one column in their declared order, so that every drawing of a
// kind looks alike and small changes stay small. A step to the next stage is an arrow between the
// two; steps that skip ahead run in lanes to the right, steps back in lanes to the left. A lane
// holds edges that do not overlap in height, and is as wide as its longest label; shorter edges lie
// nearer to the column.

#include "kindfile/graph.hpp"
#include "kindfile/impl/edges.hpp"

#include <algorithm>
#include <tuple>

namespace zt::kindfile {

namespace {

constexpr int box_height = 40;
constexpr int gap = 58;
constexpr int margin = 16;
constexpr int line_height = 16;
constexpr int lane_space = 18;
constexpr int port_step = 7;
constexpr int ports_max = 4;

/// Pixels of a text at 13 px: wide for CJK, narrow for the rest.
int width_of(std::string_view text) {
    int width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0xE0) {
            width += 14;
        } else if (byte < 0x80 || byte >= 0xC0) {
            width += 8;
        }
    }
    return width;
}

std::string escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string number(int value) { return std::to_string(value); }

struct LanedEdge {
    Edge edge;
    int lane = 0;
    int port = 0;  ///< where on the side of the boxes it begins and ends

    [[nodiscard]] int top() const { return std::min(edge.from, edge.to); }
    [[nodiscard]] int bottom() const { return std::max(edge.from, edge.to); }
    [[nodiscard]] int width() const {
        int width = 0;
        for (const std::string& label : edge.labels) {
            width = std::max(width, width_of(label));
        }
        return width;
    }
};

/// The lanes of one side.
class Side {
  public:
    void add(const Edge& edge) { edges_.push_back({edge}); }

    void settle() {
        std::ranges::sort(edges_, {}, [](const LanedEdge& e) {
            return std::tuple(e.bottom() - e.top(), e.top(), e.edge.from);
        });
        for (std::size_t i = 0; i < edges_.size(); ++i) {
            edges_[i].lane = free_lane(i);
            edges_[i].port = static_cast<int>(i) % ports_max;
            const auto lane = static_cast<std::size_t>(edges_[i].lane);
            widths_.resize(std::max(widths_.size(), lane + 1));
            widths_[lane] = std::max(widths_[lane], edges_[i].width());
        }
    }

    /// Distance of a lane's middle from the boxes.
    [[nodiscard]] int offset_of(int lane) const {
        int offset = 0;
        for (int i = 0; i < lane; ++i) {
            offset += widths_[static_cast<std::size_t>(i)] + lane_space;
        }
        return offset + lane_space + widths_[static_cast<std::size_t>(lane)] / 2;
    }

    [[nodiscard]] int width() const {
        int width = 0;
        for (const int one : widths_) {
            width += one + lane_space;
        }
        return width + lane_space;
    }

    [[nodiscard]] const std::vector<LanedEdge>& edges() const { return edges_; }

  private:
    [[nodiscard]] int free_lane(std::size_t index) const {
        for (int lane = 0;; ++lane) {
            const bool is_free = std::none_of(
                edges_.begin(),
                edges_.begin() + static_cast<std::ptrdiff_t>(index),
                [&](const LanedEdge& other) {
                    return other.lane == lane && other.top() < edges_[index].bottom() &&
                           edges_[index].top() < other.bottom();
                }
            );
            if (is_free) {
                return lane;
            }
        }
    }

    std::vector<LanedEdge> edges_;
    std::vector<int> widths_;
};

class Drawing {
  public:
    Drawing(const Kind& kind, Language language) : kind_(kind), language_(language) {
        for (const StageRule& stage : kind.stages) {
            box_width_ = std::max(box_width_, width_of(in(stage.title, language)) + 32);
        }
        for (const Edge& edge : edges_of(kind, language)) {
            if (edge.to == edge.from + 1) {
                straight_.push_back(edge);
            } else {
                (edge.to > edge.from ? right_ : left_).add(edge);
            }
        }
        right_.settle();
        left_.settle();
    }

    std::string draw() {
        const int width = left_edge() + box_width_ + right_width() + margin;
        const int height = top_of(static_cast<int>(kind_.stages.size()) - 1) + box_height + margin;
        out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " +
               number(height) + "\" width=\"" + number(width) + "\" height=\"" + number(height) +
               "\" font-family=\"'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif\" "
               "font-size=\"13\">\n"
               "<title>" +
               escape(in(kind_.title, language_)) +
               "</title>\n"
               "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" "
               "refY=\"4\" markerWidth=\"8\" "
               "markerHeight=\"8\" orient=\"auto\">"
               "<path d=\"M0 0 L8 4 L0 8 z\" fill=\"#555\"/></marker></defs>\n"
               "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
        out_ += "<circle cx=\"" + number(middle()) + "\" cy=\"" + number(start_y()) +
                "\" r=\"7\" fill=\"#333\"/>\n";
        draw_straight();
        draw_side(right_, 1);
        draw_side(left_, -1);
        draw_boxes();
        return out_ + "</svg>\n";
    }

  private:
    [[nodiscard]] int left_edge() const { return margin + left_.width(); }
    [[nodiscard]] int middle() const { return left_edge() + box_width_ / 2; }
    [[nodiscard]] static int start_y() { return margin + 8; }
    [[nodiscard]] static int top_of(int stage) {
        return start_y() + gap - 12 + stage * (box_height + gap);
    }
    /// Labels beside the column may reach further than the lanes.
    [[nodiscard]] int right_width() const {
        int width = right_.width();
        for (const Edge& edge : straight_) {
            for (const std::string& label : edge.labels) {
                width = std::max(width, width_of(label) - box_width_ / 2 + lane_space);
            }
        }
        return width;
    }

    void draw_labels(const Edge& edge, int x, int y, std::string_view anchor) {
        const int count = static_cast<int>(edge.labels.size());
        const int first = y - (count - 1) * line_height / 2 + 4;
        for (int i = 0; i < count; ++i) {
            out_ += "<text x=\"" + number(x) + "\" y=\"" + number(first + i * line_height) +
                    "\" text-anchor=\"" + std::string(anchor) +
                    "\" fill=\"#333\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">" +
                    escape(edge.labels[static_cast<std::size_t>(i)]) + "</text>\n";
        }
    }

    void draw_path(const std::string& path) {
        out_ +=
            "<path d=\"" + path +
            "\" fill=\"none\" stroke=\"#555\" stroke-width=\"1.3\" marker-end=\"url(#arrow)\"/>\n";
    }

    void draw_straight() {
        for (const Edge& edge : straight_) {
            const int from =
                edge.from == beginning ? start_y() + 7 : top_of(edge.from) + box_height;
            const int to = top_of(edge.to);
            draw_path("M" + number(middle()) + " " + number(from) + " V" + number(to - 1));
            draw_labels(edge, middle() + 8, (from + to) / 2, "start");
        }
    }

    /// Out of the box, along the lane, back into the other box.
    void draw_side(const Side& side, int sign) {
        const int edge_x = sign > 0 ? left_edge() + box_width_ : left_edge();
        for (const LanedEdge& one : side.edges()) {
            const int x = edge_x + sign * side.offset_of(one.lane);
            const int shift = one.port * port_step;
            const int from =
                one.edge.from == beginning ? start_y() : top_of(one.edge.from) + 12 + shift;
            const int to = top_of(one.edge.to) + 8 + shift;
            const int from_x = one.edge.from == beginning ? middle() + sign * 7 : edge_x;
            draw_path(
                "M" + number(from_x) + " " + number(from) + " H" + number(x) + " V" + number(to) +
                " H" + number(edge_x + sign)
            );
            draw_labels(one.edge, x, (from + to) / 2, "middle");
        }
    }

    [[nodiscard]] static std::string_view fill_of(Counts counts) {
        switch (counts) {
        case Counts::open: return "#eef4ff";
        case Counts::closed: return "#e9f7ec";
        case Counts::ended: return "#f0f0f0";
        }
        return "#fff";
    }

    void draw_boxes() {
        for (std::size_t i = 0; i < kind_.stages.size(); ++i) {
            const StageRule& stage = kind_.stages[i];
            const int top = top_of(static_cast<int>(i));
            const bool is_end = stage.counts != Counts::open;
            out_ += "<rect x=\"" + number(left_edge()) + "\" y=\"" + number(top) + "\" width=\"" +
                    number(box_width_) + "\" height=\"" + number(box_height) + "\" rx=\"" +
                    (is_end ? "20" : "6") + "\" fill=\"" + std::string(fill_of(stage.counts)) +
                    "\" stroke=\"#456\" stroke-width=\"" + (is_end ? "2" : "1.3") +
                    "\"/>\n<text x=\"" + number(middle()) + "\" y=\"" +
                    number(top + box_height / 2 + 5) + "\" text-anchor=\"middle\" fill=\"#123\">" +
                    escape(in(stage.title, language_)) + "</text>\n";
        }
    }

    const Kind& kind_;
    Language language_;
    int box_width_ = 96;
    std::vector<Edge> straight_;
    Side right_, left_;
    std::string out_;
};

}  // namespace

std::string svg_of(const Kind& kind, Language language) { return Drawing(kind, language).draw(); }

}  // namespace zt::kindfile
