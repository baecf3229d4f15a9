#include "kindfile/place_file.hpp"

#include "base/text.hpp"
#include "kindfile/impl/check_place_file.hpp"
#include "kindfile/kind_file.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

Date date_at(const Yaml& map, std::string_view key) {
    const auto value = map.find(key);
    const auto day = value ? value->date() : parse_date(place_from_default);
    return day.value_or(Date{});
}

void read_areas(const std::vector<Yaml>& items, const std::string& parent, Place& place) {
    for (const Yaml& item : items) {
        PlaceArea area;
        area.code = text_at(item, "code");
        area.name = text_at(item, "name");
        area.parent = parent;
        area.level = parse_level(text_at(item, "level")).value_or(Level::none);
        area.line = item.line();
        if (const auto point = parse_point(text_at(item, "point"))) {
            area.point = *point;
        }
        place.areas.push_back(area);
        read_areas(items_at(item, "below"), area.code, place);
    }
}

/// A key of `people`, or a name that gets a code of its own. Equal names are one person.
std::string person_code(const std::string& given, int line, Place& place) {
    for (const PlacePerson& person : place.people) {
        if (!given.empty() && (person.code == given || person.name == given)) {
            return person.code;
        }
    }
    if (given.empty()) {
        return {};
    }
    PlacePerson person{"p" + std::to_string(place.people.size() + 1), given, {}, line};
    place.people.push_back(person);
    return person.code;
}

void read_posts(const Yaml& org, const std::string& code, Place& place) {
    for (const Yaml& item : items_at(org, "posts")) {
        PlacePost post;
        post.org = code;
        post.key = text_at(item, "key");
        post.title = text_at(item, "title");
        post.words = names_at(item, "words");
        if (post.words.empty()) {
            post.words = {post.key};
        }
        post.leads = names_at(item, "leads");
        post.line = item.line();
        post.person = person_code(text_at(item, "person"), post.line, place);
        post.secretary = person_code(text_at(item, "secretary"), post.line, place);
        post.from = date_at(item, "from");
        place.posts.push_back(std::move(post));
    }
}

void read_orgs(const std::vector<Yaml>& items, const PlaceOrg* above, Place& place) {
    for (const Yaml& item : items) {
        PlaceOrg org;
        org.code = text_at(item, "code");
        org.name = text_at(item, "name");
        org.parent = above != nullptr ? above->code : text_at(item, "parent");
        org.level = parse_level(text_at(item, "level"))
                        .value_or(above != nullptr ? above->level : place.level);
        org.area = item.find("area") || above == nullptr ? text_at(item, "area") : above->area;
        org.functions = names_at(item, "functions");
        org.is_outside = flag_at(item, "outside");
        org.from = date_at(item, "from");
        if (item.find("until")) {
            org.until = date_at(item, "until");
        }
        org.line = item.line();
        place.orgs.push_back(org);
        read_posts(item, org.code, place);
        read_orgs(items_at(item, "below"), &org, place);
    }
}

void read_people(const Yaml& root, Place& place) {
    for (const YamlEntry& entry : entries_at(root, "people")) {
        place.people.push_back(
            {entry.key,
             text_at(entry.value, "name"),
             text_at(entry.value, "contact"),
             line_of(entry)}
        );
    }
}

void read_duty_lists(const Yaml& root, Place& place) {
    for (const Yaml& item : items_at(root, "duty_lists")) {
        PlaceDutyList list{
            text_at(item, "org"),
            names_at(item, "basic"),
            {},
            names_at(item, "taken_back"),
            item.line()
        };
        for (const YamlEntry& entry : entries_at(item, "assist")) {
            list.assist.push_back(entry.key + ":" + entry.value.text().value_or(""));
        }
        place.duty_lists.push_back(std::move(list));
    }
}

Place build(const Yaml& root) {
    Place place;
    place.name = text_at(root, "place");
    place.title = title_at(root, "title");
    place.level = parse_level(text_at(root, "level")).value_or(Level::county);
    place.pack = text_at(root, "pack");
    place.calendar = text_at(root, "calendar");
    place.kinds = names_at(root, "kinds");
    place.intake = text_at(root, "intake");
    read_people(root, place);
    read_areas(items_at(root, "areas"), {}, place);
    read_orgs(items_at(root, "orgs"), nullptr, place);
    read_duty_lists(root, place);
    for (const Yaml& item : items_at(root, "outlines")) {
        place.outlines.push_back(
            {text_at(item, "file"), text_at(item, "coordinates"), text_at(item, "source")}
        );
    }
    for (const Yaml& item : items_at(root, "legal_ways")) {
        place.legal_ways.push_back(
            {text_at(item, "way"),
             text_at(item, "authority"),
             text_at(item, "address"),
             text_at(item, "telephone"),
             text_at(item, "within"),
             item.line()}
        );
    }
    return place;
}

/// Orgs with `parent` may stand before their parent; what remains unplaced goes in a circle.
void sort_orgs(std::vector<PlaceOrg>& orgs) {
    std::vector<PlaceOrg> sorted;
    bool is_moving = true;
    while (is_moving && !orgs.empty()) {
        is_moving = false;
        for (std::size_t i = 0; i < orgs.size();) {
            const std::string& parent = orgs[i].parent;
            const bool is_ready =
                parent.empty() ||
                std::ranges::find(sorted, parent, &PlaceOrg::code) != sorted.end();
            if (is_ready) {
                sorted.push_back(std::move(orgs[i]));
                orgs.erase(orgs.begin() + static_cast<std::ptrdiff_t>(i));
                is_moving = true;
            } else {
                ++i;
            }
        }
    }
    sorted.insert(sorted.end(), orgs.begin(), orgs.end());
    orgs = std::move(sorted);
}

}  // namespace

Checked<Place> read_place(std::string_view text, std::string file) {
    const auto root = parse_yaml(text, std::move(file));
    if (!root) {
        return std::unexpected(Errors{root.error()});
    }
    Errors errors;
    check_shape(*root, place_shape(), errors);
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    Place place = build(*root);
    sort_orgs(place.orgs);
    check_place_file(place, *root, errors);
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return place;
}

Checked<Place> load_place(const std::filesystem::path& file) {
    const auto text = read_text_file(file);
    if (!text) {
        return std::unexpected(Errors{text.error()});
    }
    return read_place(*text, file.string());
}

}  // namespace zt::kindfile
