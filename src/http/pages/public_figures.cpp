#include "http/pages/public_figures.hpp"

#include "base/text.hpp"
#include "domain/facts.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace zt::http::pages {

namespace {

using namespace std::chrono;

/// What a place tells of itself, in this order (SYSTEMS S27).
constexpr std::array<std::string_view, 5> public_counters{
    "received", "accepted", "answered_directly", "assigned", "closed"
};

/// Rates over what moved in the months: of those closed then, and of the ratings given then.
struct PublicRate {
    std::string_view name, numerator;
    std::array<std::string_view, 2> denominator;  ///< summed; the second may be empty
};
constexpr std::array public_rates{
    PublicRate{"on_time_rate", "closed_on_time", {"closed_on_time", "closed_late"}},
    PublicRate{"satisfaction", "rating_weight", {"rating_valid", ""}},
};

struct Window {
    Date from, until;
};

/// The months of the year that have ended; none in a year whose first has not.
std::optional<Window> ended_months(int year_number, Date today) {
    const Date first = sys_days(year(year_number) / January / 1);
    const Date after = sys_days(year(year_number + 1) / January / 1);
    const year_month_day now(today);
    const Date this_month = sys_days(now.year() / now.month() / 1);
    const Date end = std::min(after, this_month);
    return end <= first ? std::nullopt : std::optional(Window{first, end - days{1}});
}

/// How many a cell stands for: of a rate, those that it was made from.
std::int64_t size_of(const api::PublicValue& value) {
    const std::int64_t size = value.count.value_or(value.denominator.value_or(0));
    return size < 0 ? -size : size;
}

void hide(api::PublicValue& value) {
    value.is_hidden = true;
    value.count.reset();
    value.denominator.reset();
    value.numerator.reset();
    value.rate.reset();
}

/// "4.8" as millionths: weights are decimal.
std::int64_t scaled(std::string_view text) {
    constexpr std::size_t places = 6;
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string rest(text.substr(std::min(point + 1, text.size())));
    rest.resize(places, '0');
    return parse_int(std::string(text.substr(0, point)) + rest).value_or(0);
}

std::string count_text(const views::FigureRow& row, std::string_view name) {
    const auto found =
        std::ranges::find_if(row.values, [name](const auto& one) { return one.first == name; });
    return found == row.values.end() || found->second.count.empty() ? "0" : found->second.count;
}

api::PublicValue named(std::string_view name, std::string_view language) {
    api::PublicValue value;
    value.name = name;
    const IndicatorRow* row = find_indicator(name);
    value.title = row == nullptr ? value.name : std::string(language == "en" ? row->en : row->zh);
    return value;
}

api::PublicValue
rate_of(const PublicRate& rate, const views::FigureRow& row, std::string_view language) {
    api::PublicValue value = named(rate.name, language);
    std::int64_t made_from = 0;
    for (const auto& name : rate.denominator) {
        made_from += parse_int(count_text(row, name)).value_or(0);
    }
    const std::string numerator = count_text(row, rate.numerator);
    value.denominator = made_from;
    value.numerator = numerator;
    value.rate = views::rate_text({scaled(numerator), made_from, views::millionths});
    return value;
}

api::PublicRow row_of(const views::FigureRow& figures, std::string_view language) {
    api::PublicRow row;
    for (const auto& [dimension, value] : figures.by) {
        (dimension == "kind" ? row.kind : row.period) = value;
    }
    for (const auto name : public_counters) {
        api::PublicValue value = named(name, language);
        value.count = parse_int(count_text(figures, name)).value_or(0);
        row.values.push_back(std::move(value));
    }
    for (const PublicRate& rate : public_rates) {
        row.values.push_back(rate_of(rate, figures, language));
    }
    return row;
}

/// Cells of one indicator in the months of one kind.
using Cells = std::vector<api::PublicValue*>;

void hide_column(const Cells& cells) {
    std::size_t hidden = 0;
    for (api::PublicValue* cell : cells) {
        const std::int64_t size = size_of(*cell);
        if (size > 0 && size < hidden_below) {
            hide(*cell);
            ++hidden;
        }
    }
    api::PublicValue* smallest = nullptr;
    for (api::PublicValue* cell : cells) {
        const bool is_shown = !cell->is_hidden && size_of(*cell) > 0;
        if (is_shown && (smallest == nullptr || size_of(*cell) < size_of(*smallest))) {
            smallest = cell;
        }
    }
    if (hidden == 1 && smallest != nullptr) {
        hide(*smallest);
    }
}

}  // namespace

std::string csv_of(const api::PublicFigures& figures) {
    views::TextTable table;
    table.head = {
        "kind",
        "kind_title",
        "period",
        "figure",
        "figure_title",
        "count",
        "numerator",
        "denominator",
        "rate",
        "hidden",
        "seq"
    };
    const auto number = [](const std::optional<std::int64_t>& value) {
        return value ? std::to_string(*value) : std::string();
    };
    for (const auto& row : figures.rows) {
        for (const auto& value : row.values) {
            table.rows.push_back(
                {row.kind,
                 row.kind_title,
                 row.period,
                 value.name,
                 value.title,
                 number(value.count),
                 value.numerator.value_or(""),
                 number(value.denominator),
                 value.rate.value_or(""),
                 value.is_hidden ? "yes" : "no",
                 std::to_string(figures.seq)}
            );
        }
    }
    return views::to_csv(table);
}

void hide_small(std::vector<api::PublicRow>& rows) {
    std::map<std::pair<std::string, std::string>, Cells> columns;
    for (auto& row : rows) {
        for (auto& value : row.values) {
            columns[{row.kind, value.name}].push_back(&value);
        }
    }
    for (const auto& [name, cells] : columns) {
        hide_column(cells);
    }
}

Result<api::PublicFigures> public_figures(
    const views::Figures& figures,
    const PublicQuery& query,
    const std::function<std::string(const std::string&)>& kind_title,
    std::string_view language
) {
    api::PublicFigures out;
    out.year = query.year;
    const auto window = ended_months(query.year, query.today);
    if (!window) {
        return out;
    }
    out.until = window->until;
    views::FigureQuery asked;
    asked.kinds = query.kinds;
    asked.from = window->from;
    asked.until = window->until;
    for (const auto& by : {std::vector<std::string>{"kind", "month"}, {"kind"}}) {
        asked.by = by;
        TRY(const auto table, figures.table(asked));
        out.seq = table.seq;
        std::vector<api::PublicRow> rows;
        for (const auto& row : table.rows) {
            rows.push_back(row_of(row, language));
        }
        hide_small(rows);
        for (auto& row : rows) {
            row.kind_title = kind_title(row.kind);
            row.period = row.period.empty() ? std::to_string(query.year) : row.period;
            out.rows.push_back(std::move(row));
        }
    }
    return out;
}

Result<views::Period> ended_month(const std::string* text, Date today) {
    if (text == nullptr) {
        return fail(Errc::missing_field, "which month: 2022-08", "/period");
    }
    auto period = views::parse_period(*text);
    constexpr std::size_t month_characters = 7;
    const bool is_month =
        period && text->size() == month_characters && text->find('Q') == std::string::npos;
    if (!is_month) {
        return fail(
            Errc::bad_date, "'" + *text + "' is no month; right would be 2022-08", "/period"
        );
    }
    if (period->until >= today) {
        return fail(Errc::bad_date, "the month has not ended", "/period");
    }
    return period;
}

void hide_second(views::Bulletin& bulletin) {
    bulletin.total.hides_satisfaction =
        bulletin.total.satisfaction.denominator < views::ratings_shown_min;
    const auto hidden = std::ranges::count_if(bulletin.units, [](const auto& line) {
        return line.hides_satisfaction && line.satisfaction.denominator > 0;
    });
    views::BulletinLine* smallest = nullptr;
    for (auto& line : bulletin.units) {
        const bool is_shown = !line.hides_satisfaction && line.satisfaction.denominator > 0;
        if (is_shown && (smallest == nullptr ||
                         line.satisfaction.denominator < smallest->satisfaction.denominator)) {
            smallest = &line;
        }
    }
    if (hidden == 1 && smallest != nullptr) {
        smallest->hides_satisfaction = true;
    }
}

}  // namespace zt::http::pages
