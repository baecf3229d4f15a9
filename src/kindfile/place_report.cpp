// Who fills each role of a kind in a place, and where a separation cannot hold.

#include "base/text.hpp"
#include "kindfile/check.hpp"
#include "kindfile/explain.hpp"

#include <algorithm>
#include <set>

namespace zt::kindfile {

namespace {

struct Filled {
    const Org* org;
    const Post* post;
};

bool is_judgement(Verb verb) {
    return verb == Verb::call_back || verb == Verb::verify || verb == Verb::review;
}

class Reporter {
  public:
    Reporter(const Kind& kind, const Directory& directory, Date day)
        : kind_(kind), directory_(directory), day_(day) {}

    PlaceReport run() {
        for (const Org* org : directory_.orgs()) {
            if (org->span.holds(day_) &&
                std::ranges::find(org->functions, kind_.office_function) != org->functions.end()) {
                report_office(*org);
            }
        }
        const bool needs_office = std::ranges::any_of(kind_.roles, is_of_office);
        if (needs_office && report_.lines.empty()) {
            report_.missing.push_back(
                kind_.name + ": no org has the function " + kind_.office_function
            );
        }
        report_open_roles();
        return std::move(report_);
    }

  private:
    [[nodiscard]] std::vector<Filled> posts_with(const std::string& word) const {
        std::vector<Filled> found;
        for (const Org* org : directory_.orgs()) {
            for (const Post* post : directory_.posts_of(org->id, day_)) {
                if (post->key == word ||
                    std::ranges::find(post->words, word) != post->words.end()) {
                    found.push_back({org, post});
                }
            }
        }
        return found;
    }

    [[nodiscard]] bool is_at(const RoleRule& role, const Org& office, const Org& org) const {
        const Org* parent = directory_.org(office.parent);
        switch (role.where) {
        case RoleRule::Where::at_office: return org.id == office.id;
        case RoleRule::Where::over_office:
            return org.id == office.id || directory_.is_at_or_below(office.id, org.id) ||
                   (parent != nullptr && org.parent == parent->id);
        case RoleRule::Where::above_office:
            return org.id != office.id && parent != nullptr &&
                   !directory_.is_at_or_below(org.id, parent->id);
        default: return false;
        }
    }

    [[nodiscard]] static bool is_of_office(const RoleRule& role) {
        return role.where == RoleRule::Where::at_office ||
               role.where == RoleRule::Where::over_office ||
               role.where == RoleRule::Where::above_office;
    }

    void report_office(const Org& office) {
        for (const RoleRule& role : kind_.roles) {
            if (!is_of_office(role)) {
                continue;
            }
            std::vector<std::string> names;
            for (const Filled& one : posts_with(role.post_word)) {
                if (is_at(role, office, *one.org)) {
                    names.push_back(one.org->code + "." + one.post->key);
                }
            }
            tell(office.code, role, names);
        }
    }

    void
    tell(const std::string& where, const RoleRule& role, const std::vector<std::string>& names) {
        const std::string what = kind_.name + " @ " + where + ": " + role.name + " (" +
                                 name_of(role, Language::zh) + ")";
        report_.lines.push_back(what + " = " + (names.empty() ? "-" : join(names, ", ")));
        const bool is_top = role.where == RoleRule::Where::above_office;
        if (names.empty()) {
            report_.missing.push_back(
                what + ": nobody; " +
                (is_top ? "there is no office above this one"
                        : "give a post the word " + role.post_word)
            );
        }
    }

    [[nodiscard]] bool judges(const RoleRule& role) const {
        return std::ranges::any_of(kind_.transitions, [&](const Transition& row) {
            return is_judgement(row.verb) && std::ranges::find(row.by, role.name) != row.by.end();
        });
    }

    /// Roles outside the office: any post with the word; those who must stand apart need an org
    /// that handles nothing.
    void report_open_roles() {
        for (const RoleRule& role : kind_.roles) {
            // Who holds a seat is named matter by matter; firms come later, by themselves.
            const bool is_filled_later =
                role.post_word == "seat" || role.post_word == firm_administrator_word;
            if (role.post_word.empty() || is_filled_later || is_of_office(role)) {
                continue;
            }
            const auto filled = posts_with(role.post_word);
            std::vector<std::string> names;
            for (const Filled& one : filled) {
                names.push_back(one.org->code + "." + one.post->key);
            }
            tell("*", role, names);
            if (role.where == RoleRule::Where::not_involved && !filled.empty()) {
                report_separation(role, filled);
            }
        }
    }

    /// A desk under (or over) a unit that works on matters cannot judge what that unit did.
    void report_separation(const RoleRule& role, const std::vector<Filled>& desks) {
        for (const Filled& worker : posts_with("handler")) {
            const bool has_other = std::ranges::any_of(desks, [&](const Filled& desk) {
                return !directory_.is_at_or_below(worker.org->id, desk.org->id) &&
                       !directory_.is_at_or_below(desk.org->id, worker.org->id);
            });
            if (!has_other && told_.insert(worker.org->code + "/" + role.name).second) {
                report_.missing.push_back(
                    kind_.name + ": when " + worker.org->code + " works on a matter no " +
                    role.name + " stands apart from it; " +
                    (judges(role) ? "the judging step moves to the level above"
                                  : "name another desk")
                );
            }
        }
    }

    const Kind& kind_;
    const Directory& directory_;
    Date day_;
    PlaceReport report_;
    std::set<std::string> told_;
};

}  // namespace

PlaceReport check_place(const Kind& kind, const Directory& directory, Date day) {
    return Reporter(kind, directory, day).run();
}

}  // namespace zt::kindfile
