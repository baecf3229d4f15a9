#include "views/impl/figure_sums.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <array>

namespace zt::views::impl {
namespace {

constexpr std::array<std::string_view, 7> dimension_names = {
    "kind", "channel", "org", "area", "category", "month", "year"
};

bool is_time(Dimension dimension) {
    return dimension == Dimension::month || dimension == Dimension::year;
}
/// Two cells with equal keys fall into one group.
using CellKey = std::vector<std::int64_t>;
CellKey key_of(const Cell& cell, const std::vector<Dimension>& dimensions);
std::string time_text(std::int32_t time, Dimension dimension);

}  // namespace

std::string_view name_of(Dimension dimension) {
    return dimension_names[static_cast<std::size_t>(dimension)];
}

Result<std::vector<Dimension>> parse_dimensions(const std::vector<std::string>& by) {
    std::vector<Dimension> out;
    const std::vector<std::string> known(dimension_names.begin(), dimension_names.end());
    for (const std::string& name : by) {
        const auto found = std::ranges::find(dimension_names, name);
        if (found == dimension_names.end()) {
            return fail(
                Errc::bad_usage,
                "\"" + name + "\" is no dimension; known are " + join(known, ", "),
                "--by"
            );
        }
        const auto dimension = static_cast<Dimension>(found - dimension_names.begin());
        if (std::ranges::find(out, dimension) != out.end()) {
            return fail(
                Errc::bad_usage,
                "the dimension \"" + name + "\" is named twice; name it once",
                "--by"
            );
        }
        out.push_back(dimension);
    }
    return out;
}

std::vector<bool> cells_of_kinds(const FactStore& facts, const std::vector<std::string>& kinds) {
    std::vector<bool> out(facts.cells.size(), kinds.empty());
    for (std::size_t index = 0; index < out.size() && !kinds.empty(); ++index) {
        out[index] = std::ranges::find(kinds, facts.words[facts.cells[index].kind]) != kinds.end();
    }
    return out;
}

FigureSums::FigureSums(
    const FactStore& facts, const FigureQuery& query, std::vector<Dimension> dimensions
)
    : facts_(facts),
      dimensions_(std::move(dimensions)),
      has_time_(std::ranges::any_of(dimensions_, is_time)),
      has_month_(std::ranges::find(dimensions_, Dimension::month) != dimensions_.end()),
      is_cell_taken_(cells_of_kinds(facts, query.kinds)) {
    bounds_.from = query.from.value_or(Date::min());
    bounds_.until = std::min(query.as_of.value_or(Date::max()), query.until.value_or(Date::max()));
    bounds_.known_at = std::min(query.known_at.value_or(facts.position), facts.position);
    group_cells();
}

void FigureSums::group_cells() {
    std::map<CellKey, std::uint32_t> numbers;
    group_of_cell_.reserve(facts_.cells.size());
    for (std::size_t cell = 0; cell < facts_.cells.size(); ++cell) {
        const auto [found, is_new] = numbers.try_emplace(
            key_of(facts_.cells[cell], dimensions_), static_cast<std::uint32_t>(numbers.size())
        );
        if (is_new) {
            sample_cell_.push_back(static_cast<std::uint32_t>(cell));
        }
        group_of_cell_.push_back(found->second);
    }
}

std::int32_t FigureSums::time_of(Date day) const {
    if (!has_time_) {
        return 0;
    }
    const std::chrono::year_month_day parts{day};
    const int year = static_cast<int>(parts.year());
    return year * 12 +
           (has_month_ ? static_cast<int>(static_cast<unsigned>(parts.month())) - 1 : 0);
}

Bounds FigureSums::bounds_of(IndicatorForm form) const {
    Bounds out = bounds_;
    // A stock is what has come in and not gone out since the beginning; only its movements by time
    // begin with `from`.
    if (form == IndicatorForm::stock && !has_time_) {
        out.from = Date::min();
    }
    return out;
}

void FigureSums::add_counter(const std::string& counter) {
    const IndicatorForm form = facts_.rule_of(counter).form;
    CHECK(form != IndicatorForm::rate);
    auto& sums = sums_[counter];
    auto& spreads = spreads_[counter];
    std::map<std::pair<GroupKey, std::int64_t>, std::int64_t> by_subject;
    facts_.each_segment(counter, [&](int year, const Segment& segment) {
        std::unordered_map<std::uint64_t, std::int64_t>
            part;  // group and time → sum: few, so the loop stays cheap
        each_fact(segment, year, bounds_of(form), is_cell_taken_, [&](std::size_t index, Date day) {
            const GroupKey key{group_of_cell_[segment.cell[index]], time_of(day)};
            if (form == IndicatorForm::spread) {
                spreads[key].add(segment.amount[index]);
            } else if (form == IndicatorForm::distinct) {
                by_subject[{key, segment.subject[index]}] += segment.amount[index];
            } else {
                part[std::uint64_t{key.cell_group} << 32U | static_cast<std::uint32_t>(key.time)] +=
                    segment.amount[index];
            }
        });
        for (const auto& [key, sum] : part) {
            sums[{
                static_cast<std::uint32_t>(key >> 32U), static_cast<std::int32_t>(key & 0xFFFFFFFFU)
            }] += sum;
        }
    });
    for (const auto& [key, amount] : by_subject) {
        sums[key.first] += amount > 0 ? 1 : 0;
    }
    for (const auto& [key, spread] : spreads) {
        sums[key] += spread.count();
    }
}

std::vector<GroupKey> FigureSums::groups() const {
    if (dimensions_.empty()) {
        return {GroupKey{}};  // the total is a row even of an empty ledger
    }
    std::map<std::vector<std::string>, GroupKey> ordered;
    for (const auto& [counter, sums] : sums_) {
        for (const auto& [key, sum] : sums) {
            if (sum == 0) {
                continue;
            }
            std::vector<std::string> order;
            for (const auto& [dimension, text] : texts(key, {})) {
                // Ids in the order of their numbers: "10" after "9".
                order.push_back(
                    dimension == "org" || dimension == "area"
                        ? std::string(20 - text.size(), '0') + text
                        : text
                );
            }
            ordered.emplace(std::move(order), key);
        }
    }
    std::vector<GroupKey> out;
    for (const auto& [order, key] : ordered) {
        out.push_back(key);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>>
FigureSums::texts(const GroupKey& key, const FigureNames& names) const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const Dimension dimension : dimensions_) {
        const Cell& cell = facts_.cells[sample_cell_[key.cell_group]];
        std::string text;
        switch (dimension) {
        case Dimension::kind: text = facts_.words[cell.kind]; break;
        case Dimension::channel: text = facts_.words[cell.channel]; break;
        case Dimension::category: text = facts_.words[cell.category]; break;
        case Dimension::org:
            text = names.org ? names.org(cell.org) : std::to_string(cell.org.value);
            break;
        case Dimension::area:
            text = names.area ? names.area(cell.area) : std::to_string(cell.area.value);
            break;
        case Dimension::month:
        case Dimension::year: text = time_text(key.time, dimension); break;
        }
        out.emplace_back(name_of(dimension), std::move(text));
    }
    return out;
}

std::int64_t FigureSums::sum(std::string_view counter, const GroupKey& key) const {
    const auto sums = sums_.find(counter);
    CHECK(sums != sums_.end());
    const auto found = sums->second.find(key);
    return found == sums->second.end() ? 0 : found->second;
}

const Spread* FigureSums::spread(std::string_view counter, const GroupKey& key) const {
    const auto spreads = spreads_.find(counter);
    CHECK(spreads != spreads_.end());
    const auto found = spreads->second.find(key);
    return found == spreads->second.end() ? nullptr : &found->second;
}

namespace {

CellKey key_of(const Cell& cell, const std::vector<Dimension>& dimensions) {
    CellKey out;
    for (const Dimension dimension : dimensions) {
        switch (dimension) {
        case Dimension::kind: out.push_back(cell.kind); break;
        case Dimension::channel: out.push_back(cell.channel); break;
        case Dimension::category: out.push_back(cell.category); break;
        case Dimension::org: out.push_back(cell.org.value); break;
        case Dimension::area: out.push_back(cell.area.value); break;
        case Dimension::month:
        case Dimension::year: break;
        }
    }
    return out;
}

std::string time_text(std::int32_t time, Dimension dimension) {
    const std::string year = std::to_string(time / 12);
    std::string padded = std::string(year.size() < 4 ? 4 - year.size() : 0, '0') + year;
    if (dimension == Dimension::year) {
        return padded;
    }
    const std::string month = std::to_string(time % 12 + 1);
    return padded + (month.size() < 2 ? "-0" : "-") + month;
}

}  // namespace
}  // namespace zt::views::impl
