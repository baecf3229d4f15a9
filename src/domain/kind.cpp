#include "domain/kind.hpp"

#include <algorithm>
#include <ranges>

namespace zt {

namespace {

template <class Rows, class Member>
auto find_named(const Rows& rows, std::string_view name, Member member) -> decltype(rows.data()) {
    const auto found = std::ranges::find(rows, name, member);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const StageRule* Kind::stage(std::string_view stage_name) const {
    return find_named(stages, stage_name, &StageRule::name);
}
const RoleRule* Kind::role(std::string_view role_name) const {
    return find_named(roles, role_name, &RoleRule::name);
}
const ClockRule* Kind::clock(std::string_view clock_name) const {
    return find_named(clocks, clock_name, &ClockRule::name);
}
const FieldRule* Kind::field(std::string_view field_name) const {
    return find_named(fields, field_name, &FieldRule::name);
}
const HandRule* Kind::hand(std::string_view hand_role) const {
    return find_named(hands, hand_role, &HandRule::role);
}

void Kinds::add(Kind kind) {
    auto& versions = kinds_[kind.name];
    const auto place = std::ranges::lower_bound(versions, kind.version, {}, &Kind::version);
    if (place != versions.end() && place->version == kind.version) {
        *place = std::move(kind);
    } else {
        versions.insert(place, std::move(kind));
    }
}

const Kind* Kinds::newest(std::string_view name) const {
    const auto found = kinds_.find(name);
    return found == kinds_.end() ? nullptr : &found->second.back();
}

const Kind* Kinds::version(std::string_view name, std::uint32_t version) const {
    const auto found = kinds_.find(name);
    if (found == kinds_.end()) {
        return nullptr;
    }
    const auto place = std::ranges::find(found->second, version, &Kind::version);
    return place == found->second.end() ? nullptr : &*place;
}

std::string Kind::text_key(std::string_view key) const {
    return texts.contains(key) ? name + "." + std::string(key) : std::string(key);
}

const Title* Kinds::text(std::string_view key) const {
    const std::size_t dot = key.find('.');
    const auto kind = kinds_.find(key.substr(0, dot));
    if (dot == std::string_view::npos || kind == kinds_.end()) {
        return nullptr;
    }
    // A notice of an older version may be worded by that alone.
    for (const Kind& version : kind->second | std::views::reverse) {
        if (const auto text = version.texts.find(key.substr(dot + 1));
            text != version.texts.end()) {
            return &text->second;
        }
    }
    return nullptr;
}

std::vector<const Kind*> Kinds::all_newest() const {
    std::vector<const Kind*> all;
    for (const auto& [name, versions] : kinds_) {
        all.push_back(&versions.back());
    }
    return all;
}

}  // namespace zt
