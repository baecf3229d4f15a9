#include "kindfile/impl/check_place_file.hpp"

#include "base/text.hpp"
#include "calendar/calendar.hpp"
#include "kindfile/impl/check_scope.hpp"

#include <algorithm>
#include <set>

namespace zt::kindfile {

namespace {

class Checker {
  public:
    Checker(const Place& place, const Yaml& root, Errors& errors)
        : place_(place), root_(root), errors_(errors) {}

    void run() {
        check_title();
        check_once(place_.areas, "area");
        check_once(place_.orgs, "org");
        check_once(place_.people, "person");
        check_areas();
        check_orgs();
        check_posts();
        check_duty_lists();
        check_intake();
        check_legal_ways();
    }

  private:
    void add(int line, std::string detail, Errc code = Errc::not_found) {
        errors_.push_back({code, std::move(detail), root_.file() + ":" + std::to_string(line)});
    }

    void check_title() {
        if (place_.title.zh.empty() || place_.title.en.empty()) {
            const auto title = root_.find("title");
            add(title ? title->line() : 1, "/title needs zh and en", Errc::missing_key);
        }
    }

    template <class Rows>
    void check_once(const Rows& rows, std::string_view noun) {
        std::set<std::string> seen;
        for (const auto& row : rows) {
            if (!seen.insert(row.code).second) {
                add(row.line,
                    std::string(noun) + " " + row.code + " stands twice; codes are unique",
                    Errc::bad_value);
            }
        }
    }

    void check_legal_ways() {
        std::set<std::string> seen;
        for (const PlaceLegalWay& one : place_.legal_ways) {
            if (!seen.insert(one.way).second) {
                add(one.line, "legal way " + one.way + " stands twice", Errc::bad_value);
            }
            if (!one.within.empty() && !calendar::parse_length(one.within)) {
                add(one.line,
                    one.way + ": '" + one.within + "' is no length such as 30d or 6mo",
                    Errc::bad_value);
            }
        }
    }

    void check_areas() {
        for (const PlaceOrg& org : place_.orgs) {
            const auto codes = names_of(place_.areas, &PlaceArea::code);
            if (!org.area.empty() && !contains(codes, org.area)) {
                add(org.line,
                    org.code + ": no area has the code " + org.area + hint(org.area, codes));
            }
        }
    }

    void expect_org(int line, const std::string& who, const std::string& code) {
        const auto codes = names_of(place_.orgs, &PlaceOrg::code);
        if (!contains(codes, code)) {
            add(line, who + ": no org has the code " + code + hint(code, codes));
        }
    }

    void check_orgs() {
        std::set<std::string> placed;
        for (const PlaceOrg& org : place_.orgs) {
            if (!org.parent.empty() && !placed.contains(org.parent)) {
                const auto codes = names_of(place_.orgs, &PlaceOrg::code);
                const bool is_circle = contains(codes, org.parent);
                add(org.line,
                    is_circle
                        ? org.code +
                              " and the orgs above it go in a circle; one of them needs no parent"
                        : org.code + ": no org has the code " + org.parent +
                              hint(org.parent, codes),
                    is_circle ? Errc::bad_value : Errc::not_found);
            }
            placed.insert(org.code);
            if (org.until && *org.until <= org.from) {
                add(org.line, org.code + ": `until` must lie after `from`", Errc::bad_value);
            }
        }
    }

    void check_posts() {
        std::set<std::pair<std::string, std::string>> seen;
        for (const PlacePost& post : place_.posts) {
            if (!seen.insert({post.org, post.key}).second) {
                add(post.line,
                    post.org + " has two posts " + post.key + "; keys are unique in an org",
                    Errc::bad_value);
            }
            for (const std::string& code : post.leads) {
                expect_org(post.line, post.org + "." + post.key + " leads", code);
            }
        }
    }

    void check_duty_lists() {
        for (const PlaceDutyList& list : place_.duty_lists) {
            expect_org(list.line, "duty list", list.org);
            for (const std::string& entry : list.assist) {
                expect_org(
                    list.line, "duty list of " + list.org, entry.substr(entry.find(':') + 1)
                );
            }
        }
    }

    void check_intake() {
        const auto value = root_.find("intake");
        const int line = value ? value->line() : 1;
        const auto found = std::ranges::find(place_.orgs, place_.intake, &PlaceOrg::code);
        if (found == place_.orgs.end()) {
            expect_org(line, "intake", place_.intake);
        } else if (!contains(found->functions, "office")) {
            add(line, "the intake " + place_.intake + " needs the function office", Errc::bad_value
            );
        }
    }

    const Place& place_;
    const Yaml& root_;
    Errors& errors_;
};

}  // namespace

void check_place_file(const Place& place, const Yaml& root, Errors& errors) {
    Checker(place, root, errors).run();
}

}  // namespace zt::kindfile
