#include "views/impl/figure_groups.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <numeric>

namespace zt::views::impl {
namespace {

constexpr std::array<std::string_view, 7> dimension_names = {
    "kind", "channel", "org", "area", "category", "month", "year"
};

std::string_view name_of(Dimension dimension);
bool is_time(Dimension dimension);
/// Cells with equal values fall into one part; 0 for months and years.
std::int64_t value_of(const Cell& cell, Dimension dimension);
/// The place of each word among all in the order of their bytes.
std::vector<std::uint32_t> ranks_of(const Words& words);
std::string time_text(std::int32_t time, Dimension dimension);

}  // namespace

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

FigureGroups::FigureGroups(const FactStore& facts, std::vector<Dimension> dimensions)
    : facts_(facts),
      dimensions_(std::move(dimensions)),
      has_time_(std::ranges::any_of(dimensions_, is_time)),
      has_month_(std::ranges::find(dimensions_, Dimension::month) != dimensions_.end()) {
    part_cells();
}

void FigureGroups::part_cells() {
    part_of_cell_.assign(facts_.cells.size(), 0);
    for (const Dimension dimension : dimensions_) {
        KeyNumbers values, parts;
        for (std::size_t cell = 0; cell < facts_.cells.size(); ++cell) {
            const std::uint32_t value =
                values.number_of(static_cast<std::uint64_t>(value_of(facts_.cells[cell], dimension))
                );
            part_of_cell_[cell] =
                parts.number_of(std::uint64_t{part_of_cell_[cell]} << 32U | value);
        }
    }
    for (std::size_t cell = 0; cell < part_of_cell_.size(); ++cell) {
        if (part_of_cell_[cell] == sample_cell_.size()) {
            sample_cell_.push_back(static_cast<std::uint32_t>(cell));
        }
    }
}

FigureGroups::Year::Year(FigureGroups& owner, int year)
    : owner_(owner),
      time_(owner.has_time_ ? year * static_cast<int>(months_a_year) : 0),
      slots_(owner.has_month_ ? months_a_year : 1),
      part_of_cell_(owner.part_of_cell_) {
    std::vector<Group>& groups = owner.groups_[time_];
    groups.resize(owner.sample_cell_.size() * slots_, none);
    groups_ = groups;
}

Group FigureGroups::add_group(std::uint32_t part, std::int32_t time) {
    CHECK(keys_.size() < none);
    keys_.push_back({part, time});
    return static_cast<Group>(keys_.size() - 1);
}

void FigureGroups::sort(std::vector<Group>& groups) const {
    const std::vector<std::uint32_t> ranks = ranks_of(facts_.words);
    std::vector<std::pair<std::vector<std::int64_t>, Group>> ordered;
    ordered.reserve(groups.size());
    for (const Group group : groups) {
        std::vector<std::int64_t> order;
        order.reserve(dimensions_.size());
        for (const Dimension dimension : dimensions_) {
            const bool is_word =
                !is_time(dimension) && dimension != Dimension::org && dimension != Dimension::area;
            const std::int64_t value =
                is_time(dimension) ? keys_[group].time : value_of(cell_of(group), dimension);
            order.push_back(is_word ? ranks[static_cast<std::size_t>(value)] : value);
        }
        ordered.emplace_back(std::move(order), group);
    }
    std::ranges::sort(ordered);
    for (std::size_t index = 0; index < groups.size(); ++index) {
        groups[index] = ordered[index].second;
    }
}

std::vector<std::pair<std::string, std::string>>
FigureGroups::texts(Group group, const FigureNames& names) const {
    std::vector<std::pair<std::string, std::string>> out;
    if (dimensions_.empty()) {
        return out;  // the total of an empty ledger is a group without any cell
    }
    out.reserve(dimensions_.size());
    const Cell& cell = cell_of(group);
    for (const Dimension dimension : dimensions_) {
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
        case Dimension::year: text = time_text(keys_[group].time, dimension); break;
        }
        out.emplace_back(name_of(dimension), std::move(text));
    }
    return out;
}

namespace {

std::string_view name_of(Dimension dimension) {
    return dimension_names[static_cast<std::size_t>(dimension)];
}

bool is_time(Dimension dimension) {
    return dimension == Dimension::month || dimension == Dimension::year;
}

std::int64_t value_of(const Cell& cell, Dimension dimension) {
    switch (dimension) {
    case Dimension::kind: return cell.kind;
    case Dimension::channel: return cell.channel;
    case Dimension::category: return cell.category;
    case Dimension::org: return cell.org.value;
    case Dimension::area: return cell.area.value;
    case Dimension::month:
    case Dimension::year: break;
    }
    return 0;
}

std::vector<std::uint32_t> ranks_of(const Words& words) {
    std::vector<std::uint32_t> ordered(words.size());
    std::iota(ordered.begin(), ordered.end(), 0U);
    std::ranges::sort(ordered, {}, [&words](std::uint32_t word) -> std::string_view {
        return words[word];
    });
    std::vector<std::uint32_t> ranks(words.size());
    for (std::size_t rank = 0; rank < ordered.size(); ++rank) {
        ranks[ordered[rank]] = static_cast<std::uint32_t>(rank);
    }
    return ranks;
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
