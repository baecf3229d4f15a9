#include "views/burden.hpp"

#include "base/text.hpp"
#include "domain/facts.hpp"
#include "views/impl/json_text.hpp"
#include "views/text_table.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace zt::views {

namespace {

struct ClassRow {
    std::string_view kind;
    Demand demand;
};
/// Kinds whose hands ask for something else than work on a matter.
constexpr std::array classes{
    ClassRow{"criticism", Demand::report},
    ClassRow{"digest", Demand::report},
    ClassRow{"entry", Demand::inspection},
    ClassRow{"information", Demand::report},
    ClassRow{"inspection", Demand::inspection},
    ClassRow{"learning", Demand::meeting},
    ClassRow{"meeting", Demand::meeting},
    ClassRow{"patrol", Demand::inspection},
    ClassRow{"review_session", Demand::report},
    ClassRow{"submission", Demand::report},
};

struct ColumnRow {
    std::string_view json, zh, en;
};
constexpr std::array<ColumnRow, demand_count> columns{
    ColumnRow{"orders", "交办", "orders"},
    ColumnRow{"reports", "报送", "reports"},
    ColumnRow{"inspections", "检查", "inspections"},
    ColumnRow{"meetings", "会议", "meetings"},
    ColumnRow{"items", "清单事项", "items"},
    ColumnRow{"urgings", "催办", "urgings"},
    ColumnRow{"supervision_orders", "督办单", "supervision"},
};

Demand demand_of(std::string_view kind) {
    const auto* found = std::ranges::find(classes, kind, &ClassRow::kind);
    return found == classes.end() ? Demand::order : found->demand;
}

std::string in(Language language, std::string_view zh, std::string_view en) {
    return std::string(language == Language::zh ? zh : en);
}

using Key = std::tuple<OrgId, std::string, OrgId>;  ///< unit, month, sender

std::map<Key, BurdenRow>
read(const Figures& figures, const FactWindow& window, const OrgOfPost& org_of) {
    std::map<Key, BurdenRow> out;
    const auto take = [&](std::string_view counter, std::optional<Demand> demand) {
        figures.visit(counter, window, [&](const FactRow& fact) {
            const PostId post{fact.subject.value};
            const OrgId sender = post ? org_of(post) : OrgId{};
            if (sender && sender == fact.org) {
                return;
            }
            const std::string month = to_string(fact.day).substr(0, 7);
            BurdenRow& row = out[{fact.org, month, sender}];
            row.counts[static_cast<std::size_t>(demand.value_or(demand_of(fact.kind)))] +=
                fact.amount;
        });
    };
    take(demanded_hand, std::nullopt);
    take(demanded_item, Demand::item);
    take(demanded_urge, Demand::urging);
    take(demanded_supervision, Demand::supervision);
    return out;
}

/// The busiest month of a unit first, and in it whoever asked most.
void sort(std::vector<BurdenRow>& rows) {
    std::map<std::pair<OrgId, std::string>, std::int64_t> sums;
    for (const BurdenRow& row : rows) {
        sums[{row.unit, row.month}] += row.total();
    }
    std::ranges::sort(rows, [&](const BurdenRow& one, const BurdenRow& other) {
        const auto key = [&](const BurdenRow& row) {
            return std::tuple(
                -sums[{row.unit, row.month}], row.unit, row.month, -row.total(), row.sender
            );
        };
        return key(one) < key(other);
    });
}

TextTable table_of(const BurdenTable& table, Language language) {
    TextTable out;
    out.head = {
        in(language, "单位", "unit"),
        in(language, "月份", "month"),
        in(language, "派出单位", "sender")
    };
    for (const ColumnRow& column : columns) {
        out.head.push_back(in(language, column.zh, column.en));
    }
    out.head.push_back(in(language, "合计", "total"));
    out.align.assign(out.head.size(), Align::right);
    out.align[0] = out.align[1] = out.align[2] = Align::left;
    for (const BurdenRow& row : table.rows) {
        std::vector<std::string> cells = {
            row.unit_name,
            row.month,
            row.sender ? row.sender_name : in(language, "系统（到期）", "system (a clock)")
        };
        for (const std::int64_t count : row.counts) {
            cells.push_back(std::to_string(count));
        }
        cells.push_back(std::to_string(row.total()));
        out.rows.push_back(std::move(cells));
    }
    return out;
}

}  // namespace

std::int64_t BurdenRow::total() const {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

BurdenTable burden_of(
    const Figures& figures, const Period& period, const OrgOfPost& org_of, const NameOfOrg& name_of
) {
    BurdenTable out{period, figures.position(), {}};
    for (auto& [key, row] : read(figures, {period.from, period.until, {}, {}}, org_of)) {
        std::tie(row.unit, row.month, row.sender) = key;
        row.unit_name = name_of(row.unit);
        row.sender_name = row.sender ? name_of(row.sender) : std::string();
        out.rows.push_back(std::move(row));
    }
    sort(out.rows);
    return out;
}

std::string to_text(const BurdenTable& table, Language language) {
    return table.period.text + "\n" + to_text(table_of(table, language));
}

std::string to_csv(const BurdenTable& table, Language language) {
    return to_csv(table_of(table, language));
}

std::string to_json(const BurdenTable& table) {
    std::vector<std::string> rows;
    for (const BurdenRow& row : table.rows) {
        impl::JsonObject out;
        out.number("unit_id", row.unit.value).text("unit", row.unit_name).text("month", row.month);
        out.number("sender_id", row.sender.value).text("sender", row.sender_name);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            out.number(columns[i].json, row.counts[i]);
        }
        rows.push_back(out.number("total", row.total()).str());
    }
    return impl::JsonObject()
        .text("period", table.period.text)
        .text("from", to_string(table.period.from))
        .text("until", to_string(table.period.until))
        .number("seq", table.seq)
        .raw("rows", "[" + join(rows, ",") + "]")
        .str();
}

}  // namespace zt::views
