#include "http/pages/public_place.hpp"

#include "http/pages/forms.hpp"
#include "http/pages/listed.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

/// Where hand-ins arrive first: its own office of intake, else the competent one.
const Org* front_office(const Directory& directory, Date today) {
    const Org* intake = directory.first_with("intake", today);
    return intake != nullptr ? intake : directory.first_with("office", today);
}

/// The area of the office, or of the nearest org above it that has one.
std::string name_of_place(const Directory& directory, const Org* office) {
    for (const Org* org = office; org != nullptr; org = directory.org(org->parent)) {
        if (const Area* area = directory.area(org->area)) {
            return area->name;
        }
    }
    return office == nullptr ? std::string() : office->name;
}

std::vector<api::PublicArea> areas_of(const PlaceParts& parts) {
    std::vector<const Area*> found;
    for (const AreaId id : parts.areas) {
        if (const Area* area = parts.directory->area(id)) {
            found.push_back(area);
        }
    }
    std::ranges::sort(found, {}, [](const Area* area) {
        return std::tuple(area->level, area->parent, area->id);
    });
    std::vector<api::PublicArea> areas;
    for (const Area* area : found) {
        areas.push_back(
            {area->id.value, area->name, area->parent.value, std::string(name_of(area->level))}
        );
    }
    return areas;
}

std::vector<api::Reference> units_of(const PlaceParts& parts) {
    std::vector<api::Reference> units;
    for (const Org* org : parts.directory->orgs()) {
        if (org->span.holds(parts.today) && !is_firm(*org)) {
            units.push_back({org->id.value, org->name});
        }
    }
    std::ranges::sort(units, {}, [](const api::Reference& unit) {
        return std::pair(unit.name, unit.id);
    });
    return units;
}

std::string choice_title(
    const Kind& kind, const std::string& field, const std::string& value, std::string_view language
) {
    if (const FieldRule* rule = kind.field(field)) {
        for (const auto& [name, title] : rule->choices) {
            if (name == value) {
                return in_language(title, language);
            }
        }
    }
    return {};
}

/// Lengths that a date or another clock decides are told with the matter itself.
void add_lengths(
    std::vector<api::PromisedLength>& lengths,
    const Kind& kind,
    const ClockRule& clock,
    std::string_view language
) {
    const std::string title = clock_title(&kind, clock.name, language);
    if (clock.length.fixed) {
        lengths.push_back({clock.name, title, {}, to_string(*clock.length.fixed)});
    }
    for (const auto& [value, length] : clock.length.by_value) {
        const std::string when = choice_title(kind, clock.length.by_field, value, language);
        lengths.push_back({clock.name, title, when, to_string(length)});
    }
}

std::vector<api::KindPromises> promises_of(const PlaceParts& parts, std::string_view language) {
    std::vector<api::KindPromises> promises;
    for (const Kind* kind : parts.kinds) {
        api::KindPromises one{kind->name, in_language(kind->title, language), {}};
        for (const ClockRule& clock : kind->clocks) {
            if (clock.protects == Protects::requester && clock.of == ClockOf::matter) {
                add_lengths(one.lengths, *kind, clock, language);
            }
        }
        promises.push_back(std::move(one));
    }
    return promises;
}

/// In the order of the pack's list; what the place says of a way that the list has not is nowhere
/// to be shown.
std::vector<api::LegalWay> legal_ways_of(const PlaceParts& parts, std::string_view language) {
    std::vector<api::LegalWay> ways;
    for (auto& word : words_of_list(*parts.pack, legal_ways_list, language)) {
        api::LegalWay way{std::move(word.name), std::move(word.title), {}, {}, {}, {}};
        const auto office = std::ranges::find(parts.legal_offices, way.name, &LegalOffice::way);
        if (office != parts.legal_offices.end()) {
            way.authority = office->authority;
            way.address = office->address;
            way.telephone = office->telephone;
            way.within = office->within;
        }
        ways.push_back(std::move(way));
    }
    return ways;
}

}  // namespace

std::string office_name(const Directory& directory, Date today) {
    const Org* office = front_office(directory, today);
    return office == nullptr ? std::string() : office->name;
}

api::PublicPlace public_place(const PlaceParts& parts, std::string_view language) {
    const Org* office = front_office(*parts.directory, parts.today);
    api::PublicPlace place;
    place.name = name_of_place(*parts.directory, office);
    place.office = office == nullptr ? std::string() : office->name;
    place.areas = areas_of(parts);
    place.units = units_of(parts);
    place.promises = promises_of(parts, language);
    place.offset_minutes = parts.offset.value.count();
    place.ways_in = words_of_list(*parts.pack, ways_in_list, language);
    place.legal_ways = legal_ways_of(parts, language);
    return place;
}

}  // namespace zt::http::pages
