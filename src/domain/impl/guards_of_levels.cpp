// Predicates about levels: where the acting unit stands in the tree, and which level is above
// which.

#include "domain/impl/guard_rows.hpp"

#include <algorithm>
#include <string_view>

namespace zt {

namespace {

using namespace guards;

/// From the top; the nation is no org of any place and only a level that things are sent to.
constexpr std::array<std::string_view, 6> levels{
    "national", "province", "city", "county", "township", "village"
};

/// How far down it stands; levels.size() for what is no level.
std::size_t depth_of(std::string_view level) {
    const auto found = std::ranges::find(levels, level);
    return static_cast<std::size_t>(found - levels.begin());
}

/// A unit without a level of its own is of its government's.
std::string_view level_of(const Frame& f, OrgId org) {
    constexpr int steps_max = 8;
    const Org* one = f.directory().org(org);
    for (int i = 0; one != nullptr && i < steps_max; ++i) {
        if (one->level != Level::none) {
            return name_of(one->level);
        }
        one = f.directory().org(one->parent);
    }
    return name_of(Level::none);
}

bool at_level(const Frame& f, const Args& a) {
    return std::ranges::find(a, level_of(f, f.org)) != a.end();
}

bool own_level(const Frame& f, const Args& a) {
    return f.value(a.front()).as_string() == level_of(f, f.org);
}

bool is_above(const Frame& f, const Args& a) {
    const std::string_view lower =
        a.size() > 1 ? std::string_view(f.value(a[1]).as_string()) : level_of(f, f.after.office);
    return depth_of(f.value(a[0]).as_string()) < depth_of(lower);
}

constexpr std::array one_or_two_fields{A::field, A::field};

const std::array rows{
    GuardRow{
        {"at_level",
         one_value,
         0,
         Errc::wrong_level,
         G::role,
         "单位属该层级",
         "the acting unit is of one of those levels"},
        at_level
    },
    GuardRow{
        {"own_level",
         one_field,
         0,
         Errc::wrong_level,
         G::role,
         "是本级",
         "the level named in the field is that of the acting unit"},
        own_level
    },
    GuardRow{
        {"is_above",
         one_or_two_fields,
         1,
         Errc::wrong_level,
         G::role,
         "是上级",
         "the level named in the field is above that of the second field, or of the competent office without one"
        },
        is_above
    },
};

}  // namespace

std::span<const GuardRow> guards_of_levels() { return rows; }

}  // namespace zt
