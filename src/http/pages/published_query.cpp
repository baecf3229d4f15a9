#include "http/pages/published_query.hpp"

#include "base/text.hpp"
#include "http/pages/published.hpp"
#include "service/served.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

std::vector<std::string> words_of(const Call& call, std::string_view name) {
    const std::string* text = call.query_value(name);
    return text == nullptr || text->empty() ? std::vector<std::string>() : split(*text, ',');
}

/// "2022-08": registered in that month of office time.
Result<void> put_month(service::PublishedFilter& filter, const Call& call, const World& world) {
    const std::string* text = call.query_value("month");
    if (text == nullptr || text->empty()) {
        return {};
    }
    const auto first = parse_date(*text + "-01");
    if (!first) {
        return fail(
            Errc::bad_date, "'" + *text + "' is no month; right would be 2022-08", "/month"
        );
    }
    const std::chrono::year_month_day day(*first);
    const Date next = std::chrono::sys_days(day + std::chrono::months{1});
    const auto offset = world.served->rules().calendar.offset;
    filter.from = start_of(*first, offset);
    filter.until = start_of(next, offset);
    return {};
}

/// Kinds that publish where their matters are, of those asked for.
void keep_kinds_with_area(std::vector<std::string>& names, const Kinds& kinds) {
    std::vector<std::string> kept;
    for (const Kind* kind : kinds.all_newest()) {
        const bool is_asked = names.empty() || std::ranges::find(names, kind->name) != names.end();
        if (is_asked && std::ranges::find(kind->published, "area") != kind->published.end()) {
            kept.push_back(kind->name);
        }
    }
    // A name that no kind has: an empty list would let all pass.
    names = kept.empty() ? std::vector<std::string>{"none"} : std::move(kept);
}

Result<void> put_areas(service::PublishedFilter& filter, const Call& call, const World& world) {
    const std::string* text = call.query_value("within");
    if (text == nullptr || text->empty()) {
        return {};
    }
    const auto directory = world.served->directory();
    const auto number = parse_int(*text);
    const AreaId area = number ? public_area(AreaId{*number}, *directory) : AreaId{};
    if (!area) {
        return fail(Errc::bad_value, "no area has the number '" + *text + "'", "/within");
    }
    filter.areas = directory->areas_within(area);
    return {};
}

}  // namespace

Result<service::PublishedFilter>
published_filter(const Call& call, const World& world, AsksArea asks_area) {
    service::PublishedFilter filter;
    filter.kinds = words_of(call, "kind");
    filter.categories = words_of(call, "category");
    if (const std::string* text = call.query_value("counts"); text != nullptr && !text->empty()) {
        filter.counts = parse_counts(*text);
        if (!filter.counts) {
            return fail(
                Errc::bad_value, "'" + *text + "' is none of open, closed, ended", "/counts"
            );
        }
    }
    TRY_VOID(put_month(filter, call, world));
    TRY_VOID(put_areas(filter, call, world));
    if (asks_area == AsksArea::yes || !filter.areas.empty()) {
        keep_kinds_with_area(filter.kinds, world.served->rules().kinds);
    }
    return filter;
}

}  // namespace zt::http::pages
