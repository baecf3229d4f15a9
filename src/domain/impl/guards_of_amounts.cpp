// Predicates about numbers: what is given with what the matter has, progress with its plan, hashes.

#include "base/text.hpp"
#include "domain/impl/amounts.hpp"
#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

/// A row is chosen by its `if` before the fields are read: a number may still be text there.
std::optional<std::int64_t> number_in(const Frame& f, std::string_view field) {
    const Json& value = f.value(field);
    if (value.is_int()) {
        return value.as_int();
    }
    const auto read = parse_int(value.as_string());
    return read ? std::optional(*read) : std::nullopt;
}

bool at_most_field(const Frame& f, const Args& a) {
    const auto number = number_in(f, a[0]);
    const auto limit = number_in(f, a[1]);
    return number && limit && *number <= *limit;
}

bool behind_plan(const Frame& f, const Args& a) {
    const auto points = points_behind(f, a[0], a[1], a[2]);
    return points && *points >= parse_int(a[3]).value_or(0);
}

/// Empty is another guard's business.
bool is_hash(const Frame& f, const Args& a) {
    constexpr std::size_t hash_digits = 64;
    const std::string& text = f.value(a.front()).as_string();
    return text.empty() || (text.size() == hash_digits &&
                            text.find_first_not_of("0123456789abcdef") == std::string::npos);
}

constexpr std::array two_fields{A::field, A::field};
constexpr std::array plan_number{A::field, A::field, A::field, A::number};

const std::array rows{
    GuardRow{
        {"at_most_field",
         two_fields,
         0,
         Errc::cap_reached,
         G::count,
         "数额不超过另一项",
         "the number in the first field is not above that in the second"},
        at_most_field
    },
    GuardRow{
        {"behind_plan",
         plan_number,
         0,
         Errc::bad_field,
         G::count,
         "进度落后计划达到",
         "progress in the first field, in per cent, is so many points or more below the share of days that have gone from the day in the second field to that in the third"
        },
        behind_plan
    },
    GuardRow{
        {"is_hash",
         one_field,
         0,
         Errc::bad_field,
         G::shape,
         "是校验值",
         "the field is empty or a hash: 64 digits, 0 to 9 and a to f"},
        is_hash
    },
};

}  // namespace

std::optional<std::int64_t> points_behind(
    const Frame& frame, std::string_view progress, std::string_view from, std::string_view until
) {
    const auto first = parse_date(frame.value(from).as_string());
    const auto last = parse_date(frame.value(until).as_string());
    const auto reached = number_in(frame, progress);
    if (!first || !last || *last <= *first || !reached) {
        return std::nullopt;
    }
    const std::int64_t whole = (*last - *first).count();
    const std::int64_t gone = std::clamp<std::int64_t>((frame.day() - *first).count(), 0, whole);
    const std::int64_t planned = gone * 100 / whole;
    return std::max<std::int64_t>(planned - *reached, 0);
}

std::span<const GuardRow> guards_of_amounts() { return rows; }

}  // namespace zt
