// Tables by two dimensions over the facts of many lives.
//
// A place of 125 units, 60 areas, 12 categories and 10 channels, of which 4,000 combinations occur,
// some much more often than others. A matter is received and accepted at the office, goes to a unit
// and is answered and closed there after some days; some are rated. The generator is seeded: two
// runs have the same facts.

#include "base/check.hpp"
#include "bench/measure.hpp"
#include "views/figures.hpp"

#include <array>
#include <deque>
#include <random>
#include <utility>

namespace zt::bench {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr int days = 730;
constexpr int days_until_due = 15;
constexpr int days_until_closed_max = 40;
constexpr std::size_t place_count = 4'000;
constexpr OrgId office{1};

/// What a matter is counted by, at the office and at its unit.
struct Place {
    std::string kind, channel, category;
    OrgId org;
    AreaId area;
};

/// A matter on its way to the day on which it is closed.
struct OpenMatter {
    std::uint32_t matter = 0;
    std::uint32_t place = 0;
    std::int64_t answer_ms = 0;
};

class Lives {
  public:
    explicit Lives(views::Figures& figures);
    /// So many matters, spread over two years.
    void fold(std::int64_t count);

  private:
    void begin(std::uint32_t matter, int day);
    void end(const OpenMatter& matter, int day);
    /// A fact of the event that is folded next.
    void add(std::string_view indicator, std::int64_t amount = 1);
    void fold_event();
    /// 0 … below.
    [[nodiscard]] std::size_t draw(std::size_t below) { return random_() % below; }

    views::Figures& figures_;
    std::mt19937_64 random_{20260301};
    std::vector<Place> places_;
    std::deque<std::vector<OpenMatter>> closing_;  ///< by days from now
    std::vector<Fact> facts_;
    Fact next_;  ///< of which a fact is a copy
    Event event_;
};

Lives::Lives(views::Figures& figures) : figures_(figures), closing_(days_until_closed_max + 1) {
    for (std::size_t number = 0; number < place_count; ++number) {
        places_.push_back(
            {draw(10) < 8 ? "appeal" : "consult",
             "channel-" + std::to_string(draw(10)),
             "category-" + std::to_string(draw(12)),
             OrgId{static_cast<std::int64_t>(2 + draw(124))},
             AreaId{static_cast<std::int64_t>(1 + draw(60))}}
        );
    }
}

void Lives::fold(std::int64_t count) {
    std::int64_t begun = 0;
    for (int day = 0; day < days; ++day) {
        while (begun * days < count * (day + 1)) {
            begin(static_cast<std::uint32_t>(++begun), day);
        }
        for (const OpenMatter& matter : closing_.front()) {
            end(matter, day);
        }
        closing_.pop_front();
        closing_.emplace_back();
    }
}

void Lives::begin(std::uint32_t matter, int day) {
    const double share = static_cast<double>(draw(1'000'000)) / 1e6;
    const auto number = static_cast<std::uint32_t>(share * share * place_count);
    const Place& place = places_[number];
    const Date today = Date{std::chrono::year{2024} / 1 / 1} + std::chrono::days{day};
    next_ = {
        today,
        {},
        place.kind,
        office,
        place.area,
        place.channel,
        place.category,
        {},
        1,
        MatterId{matter},
        0
    };
    add("received");
    fold_event();
    add("accepted");
    add("in_progress");
    next_.day = today + std::chrono::days{days_until_due};
    add("due_final");
    next_.day = today;
    fold_event();
    add("in_progress", -1);
    next_.org = place.org;
    add("assigned");
    add("in_progress");
    fold_event();
    // Some days as a rule, seldom weeks.
    std::exponential_distribution<double> wait(1.0 / 8);
    const double wait_days = std::min<double>(wait(random_), days_until_closed_max - 1);
    closing_[static_cast<std::size_t>(wait_days) + 1].push_back(
        {matter, number, static_cast<std::int64_t>(wait_days * day_ms)}
    );
}

void Lives::end(const OpenMatter& matter, int day) {
    const Place& place = places_[matter.place];
    const Date today = Date{std::chrono::year{2024} / 1 / 1} + std::chrono::days{day};
    next_ = {
        today,
        {},
        place.kind,
        place.org,
        place.area,
        place.channel,
        place.category,
        {},
        1,
        MatterId{matter.matter},
        0
    };
    add("answered");
    add("first_answer_ms", matter.answer_ms);
    fold_event();
    add("in_progress", -1);
    add("closed");
    add(matter.answer_ms <= days_until_due * day_ms ? "closed_on_time" : "closed_late");
    add("asked_to_rate");
    fold_event();
    if (draw(10) < 4) {
        add("rated");
        add("rating_valid");
        add("rating_weight", draw(10) < 8 ? 1'000'000 : 800'000);
        fold_event();
    }
}

void Lives::add(std::string_view indicator, std::int64_t amount) {
    next_.indicator = indicator;
    next_.amount = amount;
    next_.seq = event_.seq + 1;
    facts_.push_back(next_);
}

void Lives::fold_event() {
    ++event_.seq;
    figures_.fold({nullptr, &event_, nullptr, facts_});
    facts_.clear();
}

struct Timing {
    double ms = 0;
    std::size_t rows = 0;
};

/// The median of three.
Timing time_of(const views::Figures& figures, const views::FigureQuery& query) {
    constexpr int runs = 3;
    std::vector<double> ms;
    Timing out;
    for (int run = 0; run < runs; ++run) {
        const Watch watch;
        const auto table = figures.table(query);
        ms.push_back(watch.seconds() * 1e3);
        CHECK(table.has_value());
        out.rows = table->rows.size();
    }
    out.ms = quantile(ms, 0.5);
    return out;
}

/// Tables by every pair of dimensions: median and worst, and the pair of the worst.
void add_pairs(Figures& out, const views::Figures& figures, std::optional<Date> as_of) {
    static constexpr std::array dimensions{
        "kind", "channel", "org", "area", "category", "month", "year"
    };
    std::vector<double> ms;
    Timing worst;
    std::string worst_pair;
    for (std::size_t first = 0; first < dimensions.size(); ++first) {
        for (std::size_t second = first + 1; second < dimensions.size(); ++second) {
            views::FigureQuery query;
            query.as_of = as_of;
            query.by = {dimensions[first], dimensions[second]};
            const Timing timing = time_of(figures, query);
            ms.push_back(timing.ms);
            if (timing.ms > worst.ms) {
                worst = timing;
                worst_pair = query.by[0] + "," + query.by[1];
            }
        }
    }
    const std::string prefix = as_of ? "stats_ms_within_month_" : "stats_ms_";
    out.add(prefix + "median", quantile(ms, 0.5)).add(prefix + "worst", worst.ms);
    if (!as_of) {
        out.add("worst_pair", worst_pair).add("worst_rows", static_cast<double>(worst.rows));
    }
}

}  // namespace

void run_stats(const Options& options) {
    const std::int64_t before = resident_bytes();
    views::Figures figures;
    const Watch folding;
    Lives(figures).fold(options.count);
    const double fold_s = folding.seconds();
    const auto facts = static_cast<double>(figures.fact_count());
    const std::int64_t folded = resident_bytes();
    Figures out;
    out.add("matters", static_cast<double>(options.count)).add("facts", facts);
    out.add("facts_folded_per_s", facts / fold_s);
    const Watch first;
    CHECK(figures.table({}).has_value());
    out.add("first_ms", first.seconds() * 1e3);  // passes over the facts
    const Watch second;
    CHECK(figures.table({}).has_value());
    out.add("second_ms", second.seconds() * 1e3);  // makes the sums
    const std::int64_t summed = resident_bytes();
    add_pairs(out, figures, {});
    add_pairs(out, figures, Date{std::chrono::year{2025} / 11 / 12});
    out.add("bytes_a_fact", static_cast<double>(summed - before) / facts);
    out.add("sums_bytes_a_fact", static_cast<double>(summed - folded) / facts).print();
}

}  // namespace zt::bench
