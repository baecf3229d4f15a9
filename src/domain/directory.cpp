#include "domain/directory.hpp"

#include <algorithm>

namespace zt {

namespace {

/// Deeper trees than this are a loop that a later correction made.
constexpr int depth_max = 64;

Span span_of(const State& record) {
    Span span;
    if (auto from = parse_date(record.field("from").as_string())) {
        span.from = *from;
    }
    if (auto until = parse_date(record.field("until").as_string())) {
        span.until = *until;
    }
    if (record.past.ended) {
        const Date end = office_date(*record.past.ended);
        span.until = span.until ? std::min(*span.until, end) : end;
    }
    return span;
}

std::vector<std::string> texts_of(const Json& json) {
    std::vector<std::string> texts;
    for (const auto& one : json.as_array()) {
        texts.push_back(one.as_string());
    }
    return texts;
}

std::vector<OrgId> orgs_of(const Json& json) {
    std::vector<OrgId> orgs;
    for (const auto& one : json.as_array()) {
        orgs.push_back(OrgId{one.as_int()});
    }
    return orgs;
}

template <class Value>
void push_once(std::vector<Value>& list, Value value) {
    if (std::ranges::find(list, value) == list.end()) {
        list.push_back(value);
    }
}

template <class Key, class Value>
void add_once(std::map<Key, std::vector<Value>, std::less<>>& index, const Key& key, Value value) {
    push_once(index[key], value);
}

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> const typename Map::mapped_type* {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

/// Takes an entry out from under what was above it and puts it under what is, in order of ids.
template <class Id>
void move_below(std::map<Id, std::vector<Id>>& below, const Id* before, Id parent, Id id) {
    if (before != nullptr && *before == parent) {
        return;
    }
    if (before != nullptr) {
        std::erase(below[*before], id);
    }
    auto& list = below[parent];
    list.insert(std::ranges::upper_bound(list, id), id);
}

/// Itself first, then level by level; a loop that a correction made is gone through once.
template <class Id>
std::vector<Id> all_within(const std::map<Id, std::vector<Id>>& below, Id top, std::size_t most) {
    std::vector<Id> all{top};
    for (std::size_t next = 0; next < all.size() && all.size() < most; ++next) {
        const auto children = below.find(all[next]);
        if (children == below.end()) {
            continue;
        }
        for (const Id id : children->second) {
            if (all.size() < most && id != top) {
                all.push_back(id);
            }
        }
    }
    return all;
}

}  // namespace

bool is_association(const Org& org) {
    return std::ranges::find(org.functions, association_function) != org.functions.end();
}

bool is_firm(const Org& org) {
    return is_association(org) ||
           std::ranges::find(org.functions, firm_function) != org.functions.end();
}

bool Directory::is_directory_kind(std::string_view kind) {
    return kind == "org" || kind == "post" || kind == "person" || kind == "area";
}

void Directory::fold(const State& record) {
    if (record.kind == "org") {
        fold_org(record);
    } else if (record.kind == "post") {
        fold_post(record);
    } else if (record.kind == "person") {
        fold_person(record);
    } else if (record.kind == "area") {
        fold_area(record);
    }
}

void Directory::fold_org(const State& record) {
    Org org;
    org.id = OrgId{record.id.value};
    org.code = record.field("code").as_string();
    org.name = record.field("name").as_string();
    org.parent = OrgId{record.field("parent").as_int()};
    org.level = parse_level(record.field("level").as_string()).value_or(Level::none);
    org.area = AreaId{record.field("area").as_int()};
    org.functions = texts_of(record.field("functions"));
    org.is_outside = record.field("outside").as_bool();
    org.successor = OrgId{record.field("successor").as_int()};
    org.span = span_of(record);
    add_once(org_by_text_, org.code, org.id);
    add_once(org_by_text_, org.name, org.id);
    for (const auto& function : org.functions) {
        auto& with = by_function_[function];
        if (!std::ranges::binary_search(with, org.id)) {
            with.insert(std::ranges::upper_bound(with, org.id), org.id);
        }
    }
    auto& parents = parents_ever_[org.id];
    if (org.parent && std::ranges::find(parents, org.parent) == parents.end()) {
        parents.push_back(org.parent);
    }
    const Org* before = find_in(orgs_, org.id);
    move_below(orgs_below_, before == nullptr ? nullptr : &before->parent, org.parent, org.id);
    orgs_.insert_or_assign(org.id, std::move(org));
}

void Directory::fold_post(const State& record) {
    Post post;
    post.id = PostId{record.id.value};
    post.org = OrgId{record.field("org").as_int()};
    post.key = record.field("key").as_string();
    post.title = record.field("title").as_string();
    post.words = texts_of(record.field("words"));
    post.leads = orgs_of(record.field("leads"));
    post.holder = PersonId{record.field("holder").as_int()};
    post.deputy = PersonId{record.field("deputy").as_int()};
    post.secretary = PersonId{record.field("secretary").as_int()};
    post.span = span_of(record);
    push_once(posts_by_org_[post.org], post.id);
    for (const PersonId person : {post.holder, post.deputy, post.secretary}) {
        if (person) {
            push_once(posts_by_person_[person], post.id);
        }
    }
    for (const OrgId led : post.leads) {
        push_once(leads_ever_[post.id], led);
    }
    posts_.insert_or_assign(post.id, std::move(post));
}

void Directory::fold_person(const State& record) {
    Person person;
    person.id = PersonId{record.id.value};
    person.code = record.field("code").as_string();
    person_by_code_.insert_or_assign(person.code, person.id);
    people_.insert_or_assign(person.id, std::move(person));
}

void Directory::fold_area(const State& record) {
    Area area;
    area.id = AreaId{record.id.value};
    area.code = record.field("code").as_string();
    area.name = record.field("name").as_string();
    area.parent = AreaId{record.field("parent").as_int()};
    area.level = parse_level(record.field("level").as_string()).value_or(Level::none);
    area.span = span_of(record);
    if (!record.past.ended) {
        area.map_source = record.field("map_source").as_string();
        if (const auto point = parse_point(record.field("point").as_string())) {
            area.point = *point;
        }
        if (auto shape = parse_shape(record.field("shape").as_string())) {
            area.shape = std::make_shared<const GeoShape>(*std::move(shape));
        }
    }
    add_once(area_by_text_, area.code, area.id);
    add_once(area_by_text_, area.name, area.id);
    const Area* before = find_in(areas_, area.id);
    move_below(areas_below_, before == nullptr ? nullptr : &before->parent, area.parent, area.id);
    areas_.insert_or_assign(area.id, std::move(area));
}

const Org* Directory::org(OrgId id) const { return find_in(orgs_, id); }
const Post* Directory::post(PostId id) const { return find_in(posts_, id); }
const Person* Directory::person(PersonId id) const { return find_in(people_, id); }
const Area* Directory::area(AreaId id) const { return find_in(areas_, id); }

const Org* Directory::find_org(std::string_view code_or_name, Date day) const {
    const auto found = org_by_text_.find(code_or_name);
    if (found == org_by_text_.end()) {
        return nullptr;
    }
    const Org* by_name = nullptr;
    for (const OrgId id : found->second) {
        const Org* one = org(id);
        if (one == nullptr || !one->span.holds(day)) {
            continue;
        }
        if (one->code == code_or_name) {
            return one;
        }
        by_name = one->name == code_or_name ? one : by_name;
    }
    return by_name;
}

const Org* Directory::firm_of(PostId id) const {
    const Post* one = post(id);
    const Org* at = one == nullptr ? nullptr : org(one->org);
    return at != nullptr && is_firm(*at) ? at : nullptr;
}

const Area* Directory::find_area(std::string_view code_or_name) const {
    const auto found = area_by_text_.find(code_or_name);
    return found == area_by_text_.end() ? nullptr : area(found->second.front());
}

std::vector<AreaId> Directory::areas_within(AreaId id) const {
    if (area(id) == nullptr) {
        return {};
    }
    auto within = all_within(areas_below_, id, areas_.size());
    std::ranges::sort(within);
    return within;
}

const Area* Directory::area_at(GeoPoint point) const {
    const Area* lowest = nullptr;
    for (const auto& [id, one] : areas_) {
        const bool is_lower = lowest == nullptr || one.level > lowest->level;
        if (is_lower && one.shape != nullptr && contains(*one.shape, point)) {
            lowest = &one;
        }
    }
    return lowest;
}

std::vector<const Area*> Directory::areas() const {
    std::vector<const Area*> all;
    for (const auto& [id, one] : areas_) {
        all.push_back(&one);
    }
    return all;
}

std::vector<AreaId> Directory::areas_near(AreaId id) const {
    const Area* here = area(id);
    if (here == nullptr) {
        return {};
    }
    auto near = all_within(areas_below_, id, areas_.size());
    if (here->parent) {
        near.push_back(here->parent);
        const auto* beside = find_in(areas_below_, here->parent);
        near.insert(near.end(), beside->begin(), beside->end());
    }
    std::erase(near, id);
    std::ranges::sort(near);
    return near;
}

std::span<const OrgId> Directory::children_of(OrgId id) const {
    const auto* below = find_in(orgs_below_, id);
    return below == nullptr ? std::span<const OrgId>() : std::span<const OrgId>(*below);
}

std::vector<OrgId> Directory::orgs_within(OrgId id, std::size_t most) const {
    return org(id) == nullptr ? std::vector<OrgId>() : all_within(orgs_below_, id, most);
}

const Post* Directory::find_post(OrgId org_id, std::string_view key_or_word, Date day) const {
    const Post* by_word = nullptr;
    for (const Post* one : posts_of(org_id, day)) {
        if (one->key == key_or_word) {
            return one;
        }
        if (by_word == nullptr && std::ranges::find(one->words, key_or_word) != one->words.end()) {
            by_word = one;
        }
    }
    return by_word;
}

const Person* Directory::find_person(std::string_view code) const {
    const auto found = person_by_code_.find(code);
    return found == person_by_code_.end() ? nullptr : person(found->second);
}

std::vector<const Org*> Directory::orgs() const {
    std::vector<const Org*> all;
    for (const auto& [id, one] : orgs_) {
        all.push_back(&one);
    }
    return all;
}

std::vector<const Post*> Directory::posts_of(OrgId org_id, Date day) const {
    std::vector<const Post*> found;
    if (const auto* ids = find_in(posts_by_org_, org_id)) {
        for (const PostId id : *ids) {
            const Post* one = post(id);
            // A post may have moved: the index keeps every org it ever stood at.
            if (one != nullptr && one->org == org_id && one->span.holds(day)) {
                found.push_back(one);
            }
        }
    }
    return found;
}

std::vector<const Post*> Directory::posts_at(OrgId org_id) const {
    std::vector<const Post*> found;
    if (const auto* ids = find_in(posts_by_org_, org_id)) {
        for (const PostId id : *ids) {
            const Post* one = post(id);
            if (one != nullptr && one->org == org_id) {
                found.push_back(one);
            }
        }
    }
    return found;
}

bool Directory::is_at_or_below(OrgId org_id, OrgId ancestor) const {
    if (!org_id || !ancestor) {
        return false;
    }
    // Units that changed places make this a graph with loops: each is looked at once.
    std::vector<OrgId> seen{org_id};
    for (std::size_t next = 0; next < seen.size(); ++next) {
        if (seen[next] == ancestor) {
            return true;
        }
        if (const auto* parents = find_in(parents_ever_, seen[next])) {
            for (const OrgId parent : *parents) {
                push_once(seen, parent);
            }
        }
    }
    return false;
}

bool Directory::stands_under(OrgId org_id, OrgId ancestor) const {
    int depth = 0;
    for (const Org* at = org(org_id); at != nullptr && depth <= depth_max;
         at = org(at->parent), ++depth) {
        if (at->id == ancestor) {
            return true;
        }
    }
    return false;
}

const Org* Directory::nearest_with(OrgId from, std::string_view function, Date day) const {
    const auto found = by_function_.find(function);
    if (found == by_function_.end()) {
        return nullptr;
    }
    const auto has = [&](const Org& one) {
        return one.span.holds(day) &&
               std::ranges::find(one.functions, function) != one.functions.end();
    };
    int depth = 0;
    for (const Org* at = org(from); at != nullptr && depth <= depth_max;
         at = org(at->parent), ++depth) {
        if (has(*at)) {
            return at;
        }
        // Few have the function, or few stand beside: the shorter list is looked through.
        const auto children = children_of(at->id);
        const std::span<const OrgId> with = found->second;
        for (const OrgId id : children.size() < with.size() ? children : with) {
            const Org* one = org(id);
            if (one != nullptr && one->parent == at->id && has(*one)) {
                return one;
            }
        }
    }
    return nullptr;
}

const Org* Directory::first_with(std::string_view function, Date day) const {
    const auto found = by_function_.find(function);
    if (found == by_function_.end()) {
        return nullptr;
    }
    for (const OrgId id : found->second) {
        const Org* one = org(id);
        if (one != nullptr && one->span.holds(day) &&
            std::ranges::find(one->functions, function) != one->functions.end()) {
            return one;
        }
    }
    return nullptr;
}

std::vector<const Org*> Directory::with_function(std::string_view function) const {
    std::vector<const Org*> found;
    if (const auto ids = by_function_.find(function); ids != by_function_.end()) {
        for (const OrgId id : ids->second) {
            found.push_back(org(id));
        }
    }
    return found;
}

bool Directory::leads(PostId post_id, OrgId org_id) const {
    const Post* one = post(post_id);
    return one != nullptr && std::ranges::find(one->leads, org_id) != one->leads.end();
}

bool Directory::leads_ever(PostId post_id, OrgId org_id) const {
    const auto* led = find_in(leads_ever_, post_id);
    return led != nullptr && std::ranges::find(*led, org_id) != led->end();
}

bool Directory::holds(PersonId person_id, PostId post_id, Date day) const {
    const Post* one = post(post_id);
    return one != nullptr && person_id && one->span.holds(day) &&
           (one->holder == person_id || one->deputy == person_id);
}

bool Directory::acts_for(PersonId person_id, PostId post_id, Date day) const {
    const Post* one = post(post_id);
    return one != nullptr && person_id && one->span.holds(day) &&
           (one->deputy == person_id || one->secretary == person_id);
}

std::vector<const Post*> Directory::posts_of(PersonId person_id, Date day) const {
    std::vector<const Post*> found;
    if (const auto* ids = find_in(posts_by_person_, person_id)) {
        for (const PostId id : *ids) {
            // A post may have changed hands: the index keeps everybody who was ever named.
            if (holds(person_id, id, day) || acts_for(person_id, id, day)) {
                found.push_back(post(id));
            }
        }
    }
    return found;
}

}  // namespace zt
