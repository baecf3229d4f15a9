#include "app/demo/graft.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

/// The demo has its own three.
constexpr std::array administrators{"admin", "security_admin", "audit_admin"};

bool is_city_wide(Level level) { return level == Level::city || level == Level::province; }

class Grafting {
  public:
    Grafting(Scene& scene, const kindfile::Place& from, std::string prefix, std::string county)
        : place_(scene.place),
          from_(from),
          prefix_(std::move(prefix)),
          county_(std::move(county)) {}

    Grafted graft() {
        for (const auto& area : from_.areas) {
            add_area(area);
        }
        for (const auto& person : from_.people) {
            const std::string code = prefix_ + person.code;
            done_.people.emplace(person.code, code);
        }
        for (const auto& org : from_.orgs) {
            add_org(org);
        }
        for (const auto& post : from_.posts) {
            add_post(post);
        }
        for (const auto& list : from_.duty_lists) {
            add_duty_list(list);
        }
        return std::move(done_);
    }

  private:
    void add_area(const kindfile::PlaceArea& area) {
        if (is_city_wide(area.level)) {
            done_.areas.emplace(area.code, place_.areas.front().code);
            return;
        }
        kindfile::PlaceArea own = area;
        own.code = prefix_ + area.code;
        own.parent = area.parent.empty() ? place_.areas.front().code : done_.areas.at(area.parent);
        if (area.level == Level::county) {
            own.name = county_;
        }
        done_.areas.emplace(area.code, own.code);
        place_.areas.push_back(std::move(own));
    }

    /// Of the whole city: itself, or below something that is, without a level of its own.
    [[nodiscard]] bool is_of_city(const kindfile::PlaceOrg& org) const {
        const kindfile::PlaceOrg* at = &org;
        while (at != nullptr && at->level == Level::none) {
            const auto above = std::ranges::find(from_.orgs, at->parent, &kindfile::PlaceOrg::code);
            at = above == from_.orgs.end() ? nullptr : &*above;
        }
        return at != nullptr && is_city_wide(at->level);
    }

    /// The demo's own org that does the same for the city.
    [[nodiscard]] const kindfile::PlaceOrg* same_of_city(const kindfile::PlaceOrg& org) const {
        const auto is_same = [&](const kindfile::PlaceOrg& own) {
            const bool is_above = own.level == org.level && !is_city_wide(org.level);
            return (is_city_wide(own.level) || is_above) && !own.code.starts_with(prefix_) &&
                   std::ranges::any_of(own.functions, [&](const std::string& function) {
                       return std::ranges::find(org.functions, function) != org.functions.end();
                   });
        };
        const auto found = std::ranges::find_if(place_.orgs, is_same);
        return found == place_.orgs.end() ? nullptr : &*found;
    }

    void add_org(const kindfile::PlaceOrg& org) {
        const bool is_city = is_of_city(org);
        if (is_city) {
            if (const auto* same = same_of_city(org)) {
                done_.orgs.emplace(org.code, same->code);
                return;
            }
        }
        kindfile::PlaceOrg own = org;
        own.code = prefix_ + org.code;
        own.name = name_of(org.name, is_city);
        own.parent = org.parent.empty()
                         ? (org.is_outside ? std::string() : place_.orgs.front().code)
                         : done_.orgs.at(org.parent);
        own.area = org.area.empty() ? std::string() : done_.areas.at(org.area);
        done_.orgs.emplace(org.code, own.code);
        place_.orgs.push_back(std::move(own));
    }

    /// "县教育局" is that of this county.
    [[nodiscard]] std::string name_of(const std::string& name, bool is_city) const {
        static constexpr std::string_view county = "县", city = "市";
        if (!is_city && name.starts_with(county)) {
            return county_ + name.substr(county.size());
        }
        if (is_city && name.starts_with(city)) {
            return place_.areas.front().name + name.substr(city.size());
        }
        const std::size_t at = name.find(from_.title.zh);
        return at == std::string::npos
                   ? name
                   : name.substr(0, at) + county_ + name.substr(at + from_.title.zh.size());
    }

    void add_post(const kindfile::PlacePost& post) {
        const std::string org = done_.orgs.at(post.org);
        const std::string from = post.org + "." + post.key;
        if (std::ranges::find(administrators, post.key) != administrators.end()) {
            return;
        }
        for (const auto& own : place_.posts) {
            if (own.org == org && own.key == post.key) {
                done_.posts.emplace(from, org + "." + own.key);
                return;
            }
        }
        kindfile::PlacePost own = post;
        own.org = org;
        for (auto& led : own.leads) {
            led = done_.code(led);
        }
        own.person = add_person(post.person);
        own.secretary = add_person(post.secretary);
        done_.posts.emplace(from, org + "." + own.key);
        place_.posts.push_back(std::move(own));
    }

    std::string add_person(const std::string& code) {
        const auto found = std::ranges::find(from_.people, code, &kindfile::PlacePerson::code);
        if (found == from_.people.end()) {
            return {};
        }
        const std::string own = prefix_ + code;
        if (std::ranges::find(place_.people, own, &kindfile::PlacePerson::code) ==
            place_.people.end()) {
            kindfile::PlacePerson person = *found;
            person.code = own;
            place_.people.push_back(std::move(person));
        }
        return own;
    }

    void add_duty_list(const kindfile::PlaceDutyList& list) {
        kindfile::PlaceDutyList own = list;
        own.org = done_.code(list.org);
        for (auto* lines : {&own.assist, &own.taken_back}) {
            for (auto& line : *lines) {
                const std::size_t colon = line.find(':');
                if (colon != std::string::npos) {
                    line = line.substr(0, colon + 1) + done_.code(line.substr(colon + 1));
                }
            }
        }
        place_.duty_lists.push_back(std::move(own));
    }

    kindfile::Place& place_;
    const kindfile::Place& from_;
    std::string prefix_, county_;
    Grafted done_;
};

}  // namespace

std::string Grafted::code(const std::string& of_script) const {
    for (const auto* codes : {&orgs, &areas}) {
        if (const auto found = codes->find(of_script); found != codes->end()) {
            return found->second;
        }
    }
    return of_script;
}

Grafted graft(
    Scene& scene, const kindfile::Place& from, const std::string& prefix, const std::string& county
) {
    return Grafting(scene, from, prefix, county).graft();
}

}  // namespace zt::app::demo
