#include "views/bulletin.hpp"

#include "base/text.hpp"
#include "views/impl/fact_nets.hpp"

#include <map>

namespace zt::views {
namespace {

using Lines = std::map<OrgId, BulletinLine>;
using impl::Matters;
using impl::matters_of;
using impl::Nets;
using impl::nets_of;

/// One run: what it reads and where it writes.
struct Run {
    const Figures& figures;
    const BulletinQuery& query;
    Lines lines;

    [[nodiscard]] FactWindow within() const {
        return {query.period.from, query.period.until, query.known_at, query.kinds};
    }
    [[nodiscard]] FactWindow by_end() const {
        return {{}, query.period.until, query.known_at, query.kinds};
    }
    [[nodiscard]] FactWindow ever() const { return {{}, {}, query.known_at, query.kinds}; }
};

void add_flow(
    Run& run,
    std::string_view counter,
    std::int64_t BulletinLine::* column,
    const FactWindow& window
);
void add_closing(Run& run);
void add_timeliness(Run& run);
void add_satisfaction(Run& run);
BulletinLine total_of(const Lines& lines);
bool is_blank(const BulletinLine& line);
std::optional<Period> parse_months(std::string_view text);
Result<Period> parse_days(std::string_view text);
Date last_day(int year, unsigned month);

}  // namespace

Result<Period> parse_period(std::string_view text) {
    if (const auto months = parse_months(text)) {
        return *months;
    }
    auto days = parse_days(text);
    if (!days) {
        return fail(
            Errc::bad_date,
            "\"" + std::string(text) +
                "\" is no period; write 2022, 2022-Q3, 2022-08, 2022-08-01 or " +
                "2022-08-01..2022-08-22 (" + days.error().detail + ")",
            "--period"
        );
    }
    return days;
}

Bulletin bulletin_of(
    const Figures& figures,
    const BulletinQuery& query,
    const std::function<std::string(OrgId)>& name_of
) {
    Run run{figures, query, {}};
    add_flow(run, "received", &BulletinLine::received, run.within());
    add_flow(run, "accepted", &BulletinLine::accepted, run.within());
    add_flow(run, "answered_directly", &BulletinLine::answered_directly, run.within());
    add_flow(run, "assigned", &BulletinLine::assigned, run.within());
    add_flow(run, "closed", &BulletinLine::closed, run.within());
    add_flow(run, "in_progress", &BulletinLine::open, run.by_end());
    add_closing(run);
    add_timeliness(run);
    add_satisfaction(run);
    Bulletin out;
    out.period = query.period;
    out.seq = std::min(query.known_at.value_or(figures.position()), figures.position());
    out.total = total_of(run.lines);
    for (auto& [org, line] : run.lines) {
        if (is_blank(line)) {
            continue;
        }
        line.org = org;
        line.name = name_of ? name_of(org) : std::to_string(org.value);
        line.hides_satisfaction = line.satisfaction.denominator < ratings_shown_min;
        out.units.push_back(std::move(line));
    }
    return out;
}

namespace {

void add_flow(
    Run& run,
    std::string_view counter,
    std::int64_t BulletinLine::* column,
    const FactWindow& window
) {
    run.figures.visit(counter, window, [&](const FactRow& fact) {
        run.lines[fact.org].*column += fact.amount;
    });
}

void add_closing(Run& run) {
    const Matters accepted = matters_of(run.figures, "accepted", run.within());
    // An accepted matter is closed, in progress or ended, and the unit that it counts for is the
    // unit that carries it.
    for (const std::string_view counter : {"closed", "in_progress", "ended"}) {
        for (const auto& [holder, amount] : nets_of(run.figures, counter, run.by_end(), accepted)) {
            if (amount > 0) {
                Share& closing = run.lines[holder.org].closing;
                closing.denominator += 1;
                closing.numerator += counter == "closed" ? 1 : 0;
            }
        }
    }
}

void add_timeliness(Run& run) {
    const Matters due = matters_of(run.figures, "due_final", run.within());
    for (const std::string_view counter : {"closed_on_time", "closed_late", "open_past_due"}) {
        for (const auto& [holder, amount] : nets_of(run.figures, counter, run.ever(), due)) {
            if (amount > 0) {
                BulletinLine& line = run.lines[holder.org];
                const bool is_on_time = counter == "closed_on_time";
                (is_on_time ? line.on_time : line.late) += 1;
                line.timeliness.numerator += is_on_time ? 1 : 0;
                line.timeliness.denominator += 1;
            }
        }
    }
}

void add_satisfaction(Run& run) {
    const Matters rated =
        impl::changed_in(run.figures, {"rating_valid", "rating_weight"}, run.within());
    const Nets weights = nets_of(run.figures, "rating_weight", run.by_end(), rated);
    for (const auto& [holder, valid] : nets_of(run.figures, "rating_valid", run.by_end(), rated)) {
        if (valid <= 0) {
            continue;
        }
        Share& satisfaction = run.lines[holder.org].satisfaction;
        satisfaction.unit = millionths;
        satisfaction.denominator += valid;
        const auto weight = weights.find(holder);  // a weight of 0 leaves no fact
        satisfaction.numerator += weight == weights.end() ? 0 : weight->second;
    }
}

BulletinLine total_of(const Lines& lines) {
    BulletinLine total;
    const auto add = [](Share& sum, const Share& part) {
        sum.numerator += part.numerator;
        sum.denominator += part.denominator;
        sum.unit = std::max(sum.unit, part.unit);
    };
    for (const auto& [org, line] : lines) {
        total.received += line.received;
        total.answered_directly += line.answered_directly;
        total.accepted += line.accepted;
        total.assigned += line.assigned;
        total.closed += line.closed;
        total.on_time += line.on_time;
        total.late += line.late;
        total.open += line.open;
        add(total.closing, line.closing);
        add(total.timeliness, line.timeliness);
        add(total.satisfaction, line.satisfaction);
    }
    return total;
}

bool is_blank(const BulletinLine& line) { return line == BulletinLine{}; }

std::optional<Period> parse_months(std::string_view text) {
    const auto number = [](std::string_view digits) {
        const auto value = parse_int(digits);
        return value && digits.find_first_not_of("0123456789") == std::string_view::npos
                   ? static_cast<int>(*value)
                   : 0;
    };
    const int year = text.size() >= 4 ? number(text.substr(0, 4)) : 0;
    if (year < 1 || (text.size() > 4 && text[4] != '-')) {
        return std::nullopt;
    }
    int first = 0, last = 0;
    if (text.size() == 4) {
        first = 1, last = 12;
    } else if (text.size() == 7 && text[5] == 'Q') {
        const int quarter = number(text.substr(6));
        first = quarter >= 1 && quarter <= 4 ? quarter * 3 - 2 : 0;
        last = first + 2;
    } else if (text.size() == 7) {
        first = last = number(text.substr(5));
    }
    if (first < 1 || last > 12) {
        return std::nullopt;
    }
    const auto month = [year](int value) { return std::chrono::year{year} / value; };
    return Period{
        Date{month(first) / 1}, last_day(year, static_cast<unsigned>(last)), std::string(text)
    };
}

Result<Period> parse_days(std::string_view text) {
    const std::size_t dots = text.find("..");
    const bool is_range = dots != std::string_view::npos;
    TRY(const Date from, parse_date(text.substr(0, dots)));
    TRY(const Date until, parse_date(is_range ? text.substr(dots + 2) : text));
    if (until < from) {
        return fail(Errc::bad_date, "it ends before it begins");
    }
    return Period{from, until, std::string(text)};
}

Date last_day(int year, unsigned month) {
    return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::last};
}

}  // namespace
}  // namespace zt::views
