#include "views/figure_text.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "views/impl/json_text.hpp"
#include "views/text_table.hpp"

#include <algorithm>
#include <array>

namespace zt::views {

using impl::JsonObject;

namespace {

std::string json_of(const FigureValue& value);
std::string json_of(const FigureRow& row);
std::string title_of(std::string_view indicator, Language language);
/// "11.1 天", "2.5 小时": a length of time for people, rounded to a tenth.
std::string length_text(std::int64_t ms, Language language);
/// "339", "0.9680 (242/250)", "11.1 天 (p90 42.7 天)".
std::string text_of(const FigureValue& value, Language language);
bool is_zero(const FigureValue& value);
TextTable table_by_indicator(const FigureRow& row, Language language);
TextTable
table_by_row(const FigureTable& table, const std::vector<std::string>& by, Language language);

}  // namespace

std::string to_json(
    const FigureTable& table,
    const std::vector<std::string>& by,
    const std::optional<std::vector<std::string>>& numbers
) {
    JsonObject out;
    out.text("as_of", to_string(table.as_of)).number("seq", table.seq);
    if (by.empty()) {
        CHECK(table.rows.size() == 1);
        out.raw("indicators", json_of(table.rows[0]));
    } else {
        std::vector<std::string> rows;
        for (const FigureRow& row : table.rows) {
            JsonObject dimensions;
            for (const auto& [dimension, value] : row.by) {
                dimensions.text(dimension, value);
            }
            rows.push_back(
                JsonObject().raw("by", dimensions.str()).raw("indicators", json_of(row)).str()
            );
        }
        out.raw("rows", "[" + join(rows, ",") + "]");
    }
    if (numbers) {
        std::vector<std::string> quoted;
        for (const std::string& number : *numbers) {
            quoted.push_back(impl::quoted(number));
        }
        out.raw("numbers", "[" + join(quoted, ",") + "]");
    }
    return out.str();
}

std::string
to_text(const FigureTable& table, const std::vector<std::string>& by, Language language) {
    std::string out;
    if (by.empty()) {
        CHECK(table.rows.size() == 1);
        out = to_text(table_by_indicator(table.rows[0], language));
    } else {
        out = to_text(table_by_row(table, by, language));
    }
    const std::string day = to_string(table.as_of);
    const std::string seq = std::to_string(table.seq);
    return out + (language == Language::zh ? "截至 " + day + "，事件序号 " + seq + "\n"
                                           : "as of " + day + ", seq " + seq + "\n");
}

namespace {

std::string json_of(const FigureValue& value) {
    JsonObject out;
    switch (value.form) {
    case IndicatorForm::rate:
        out.raw("numerator", value.numerator).raw("denominator", value.denominator);
        out.raw("rate", value.rate.value_or("null"));
        break;
    case IndicatorForm::spread:
        out.raw("count", value.count);
        out.raw("median", value.median ? std::to_string(*value.median) : "null");
        out.raw("p90", value.p90 ? std::to_string(*value.p90) : "null");
        break;
    case IndicatorForm::flow:
    case IndicatorForm::stock:
    case IndicatorForm::distinct: out.raw("count", value.count); break;
    }
    return out.str();
}

std::string json_of(const FigureRow& row) {
    JsonObject out;
    for (const auto& [name, value] : row.values) {
        out.raw(name, json_of(value));
    }
    return out.str();
}

std::string title_of(std::string_view indicator, Language language) {
    const IndicatorRow* row = find_indicator(indicator);
    if (row == nullptr) {
        return std::string(indicator);
    }
    return std::string(language == Language::zh ? row->zh : row->en);
}

std::string length_text(std::int64_t ms, Language language) {
    struct Unit {
        std::int64_t ms;
        const char *zh, *en;
    };
    static constexpr std::array<Unit, 3> units{
        {{86'400'000, "天", "days"}, {3'600'000, "小时", "hours"}, {60'000, "分钟", "minutes"}}
    };
    const auto fits = std::ranges::find_if(units, [&](const Unit& unit) { return ms >= unit.ms; });
    const Unit& unit = fits == units.end() ? units.back() : *fits;
    const std::int64_t tenths = (10 * ms + unit.ms / 2) / unit.ms;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " +
           (language == Language::zh ? unit.zh : unit.en);
}

std::string text_of(const FigureValue& value, Language language) {
    if (value.form == IndicatorForm::rate) {
        return value.rate.value_or("–") + " (" + value.numerator + "/" + value.denominator + ")";
    }
    if (value.form == IndicatorForm::spread && value.median) {
        return length_text(*value.median, language) + " (p90 " +
               length_text(value.p90.value_or(0), language) + ")";
    }
    return value.count;
}

bool is_zero(const FigureValue& value) {
    return value.form == IndicatorForm::rate ? value.numerator == "0" && value.denominator == "0"
                                             : value.count == "0";
}

TextTable table_by_indicator(const FigureRow& row, Language language) {
    TextTable out;
    out.head = language == Language::zh ? std::vector<std::string>{"指标", "名称", "数值"}
                                        : std::vector<std::string>{"indicator", "name", "value"};
    out.align = {Align::left, Align::left, Align::right};
    for (const auto& [name, value] : row.values) {
        out.rows.push_back({title_of(name, language), name, text_of(value, language)});
    }
    return out;
}

TextTable
table_by_row(const FigureTable& table, const std::vector<std::string>& by, Language language) {
    TextTable out;
    out.head = by;
    out.align.assign(by.size(), Align::left);
    out.rows.resize(table.rows.size());
    for (std::size_t index = 0; index < table.rows.size(); ++index) {
        for (const auto& [dimension, value] : table.rows[index].by) {
            out.rows[index].push_back(value);
        }
    }
    const std::size_t columns = table.rows.empty() ? 0 : table.rows[0].values.size();
    for (std::size_t column = 0; column < columns; ++column) {
        const auto is_zero_there = [column](const FigureRow& row) {
            return is_zero(row.values[column].second);
        };
        if (std::ranges::all_of(table.rows, is_zero_there)) {
            continue;
        }
        out.head.push_back(title_of(table.rows[0].values[column].first, language));
        out.align.push_back(Align::right);
        for (std::size_t index = 0; index < table.rows.size(); ++index) {
            out.rows[index].push_back(text_of(table.rows[index].values[column].second, language));
        }
    }
    return out;
}

}  // namespace
}  // namespace zt::views
