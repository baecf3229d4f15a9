#include "property/sums.hpp"

#include <algorithm>
#include <map>

namespace zt::app::walks {

namespace {

std::int64_t count_of(const views::FigureRow& row, std::string_view name) {
    for (const auto& [one, value] : row.values) {
        if (one == name && !value.count.empty()) {
            return std::stoll(value.count);
        }
    }
    return 0;
}

bool accepts(const Kind& kind) {
    return std::ranges::find(kind.transitions, Verb::accept, &Transition::verb) !=
           kind.transitions.end();
}

}  // namespace

Result<void> check_sums(const views::Figures& figures) {
    TRY(const auto total, figures.table({}));
    for (const char* dimension : {"org", "channel", "category", "area", "kind", "year"}) {
        views::FigureQuery query;
        query.by = {dimension};
        TRY(const auto parts, figures.table(query));
        std::map<std::string, std::int64_t> sums;
        for (const auto& row : parts.rows) {
            for (const auto& [name, value] : row.values) {
                const bool adds_up =
                    value.form == IndicatorForm::flow || value.form == IndicatorForm::stock;
                if (adds_up && value.count.find('.') == std::string::npos) {
                    sums[name] += std::stoll(value.count);
                }
            }
        }
        for (const auto& [name, value] : total.rows.front().values) {
            const bool adds_up =
                value.form == IndicatorForm::flow || value.form == IndicatorForm::stock;
            if (adds_up && value.count.find('.') == std::string::npos &&
                sums[name] != std::stoll(value.count)) {
                return fail(
                    Errc::check_failed,
                    name + " is " + value.count + ", by " + dimension + " it sums up to " +
                        std::to_string(sums[name])
                );
            }
        }
    }
    return {};
}

Result<void> check_identity(const views::Figures& figures, const Kind& kind) {
    if (!accepts(kind)) {
        return {};
    }
    views::FigureQuery query;
    query.kinds = {kind.name};
    TRY(const auto table, figures.table(query));
    const auto& row = table.rows.front();
    const auto accepted = count_of(row, "accepted");
    const auto parts =
        count_of(row, "closed") + count_of(row, "in_progress") + count_of(row, "ended");
    if (accepted != parts) {
        return fail(
            Errc::check_failed,
            "accepted is " + std::to_string(accepted) + ", closed + in_progress + ended " +
                std::to_string(parts)
        );
    }
    return {};
}

}  // namespace zt::app::walks
