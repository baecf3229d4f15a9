// Scores of a year: 500 units, thirty lines, each of twelve months, over the facts of `count`
// matters that lie evenly in the year. The generator is seeded: two runs have the same facts.

#include "views/scores.hpp"

#include "base/check.hpp"
#include "bench/measure.hpp"

#include <array>
#include <random>

namespace zt::bench {

namespace {

constexpr int units = 500, days = 365, lines = 30, months = 12;
constexpr OrgId office{1};

/// Every rate that a score may read, three questions, and counts.
Score thirty_lines() {
    static constexpr std::array rates{
        "on_time_rate",
        "sign_rate",
        "response_rate",
        "redo_rate",
        "send_back_rate",
        "answered_within_5wd"
    };
    static constexpr std::array questions{"satisfaction", "solved", "attitude"};
    static constexpr std::array counters{
        "assigned", "answered", "closed", "sent_back", "redone", "closed_late", "open_past_due"
    };
    Score score;
    score.name = "year";
    score.kinds = {"appeal"};
    const auto add = [&score](const std::string& word, std::vector<std::string> args) {
        ScoreIndicator line;
        line.name = word + std::to_string(score.indicators.size());
        line.from.name = word;
        line.from.args = std::move(args);
        line.full = line.cap = 10 * score_unit;
        line.target = 100 * score_unit;
        line.slope = score_unit / 10;
        line.min = 1;
        if (word == "rating") {
            line.answers = {{"good", score_unit}, {"fair", score_unit / 2}, {"bad", 0}};
        }
        score.indicators.push_back(std::move(line));
    };
    for (const char* const rate : rates) {
        add(rate, {});
    }
    for (const char* const question : questions) {
        add("rating", {question});
    }
    for (std::size_t i = 0; score.indicators.size() < lines; ++i) {
        add("count", {i < counters.size() ? counters[i] : "appeal.own_" + std::to_string(i)});
    }
    return score;
}

class Year {
  public:
    explicit Year(views::Figures& figures) : figures_(figures) {}

    void fold(std::int64_t count) {
        for (std::int64_t matter = 1; matter <= count; ++matter) {
            live(matter, static_cast<int>((matter - 1) * days / count));
        }
    }

  private:
    void live(std::int64_t matter, int day) {
        const Date today = Date{std::chrono::year{2025} / 1 / 1} + std::chrono::days{day};
        next_.kind = "appeal";
        next_.channel = "web";
        next_.category = "roads";
        next_.matter = MatterId{matter};
        next_.org = office;
        next_.day = today;
        add("accepted");
        step();
        next_.org = OrgId{static_cast<std::int64_t>(2 + random_() % units)};
        add("assigned");
        add(is_one_in(20) ? "signed_late" : "signed_on_time");
        add(is_one_in(15) ? "responded_late" : "responded_on_time");
        if (is_one_in(25)) {
            add("sent_back");
        }
        step();
        next_.day = today + std::chrono::days{4};
        add("due_final");
        add("answered");
        if (is_one_in(2)) {
            add("answered_within_5wd");
        }
        add(is_one_in(12) ? "closed_late" : "closed_on_time");
        add("closed");
        add(("own_" + std::to_string(7 + random_() % 14)));
        step();
        if (is_one_in(3)) {
            for (const char* const question : {"satisfaction", "solved", "attitude"}) {
                add("rating." + std::string(question) + (is_one_in(6) ? ".bad" : ".good"));
            }
            step();
        }
    }
    bool is_one_in(std::uint64_t count) { return random_() % count == 0; }
    void add(const std::string& indicator) {
        next_.indicator = indicator;
        next_.seq = event_.seq + 1;
        facts_.push_back(next_);
    }
    void step() {
        ++event_.seq;
        figures_.fold({nullptr, &event_, nullptr, facts_});
        facts_.clear();
    }

    views::Figures& figures_;
    std::mt19937_64 random_{20261123};
    Fact next_;
    std::vector<Fact> facts_;
    Event event_;
};

}  // namespace

void run_scores(const Options& options) {
    views::Figures figures;
    Year(figures).fold(options.count);
    const Score score = thirty_lines();
    std::vector<double> ms;
    const Watch all;
    for (int month = 1; month <= months; ++month) {
        const Watch one;
        const std::string text =
            std::string("2025-") + (month < 10 ? "0" : "") + std::to_string(month);
        const auto period = views::parse_period(text);
        CHECK(period.has_value());
        const auto table = views::scores_of(figures, score, {*period, std::nullopt}, nullptr);
        CHECK(static_cast<int>(table.lines.size()) >= units);
        ms.push_back(one.seconds() * 1e3);
    }
    Figures()
        .add("matters", static_cast<double>(options.count))
        .add("facts", static_cast<double>(figures.fact_count()))
        .add("units", units)
        .add("lines", lines)
        .add("months", months)
        .add("scores_ms_month", quantile(ms, 0.5))
        .add("scores_ms_worst", quantile(ms, 1))
        .add("scores_ms_year", all.seconds() * 1e3)
        .print();
}

}  // namespace zt::bench
