#pragma once
// Directory: orgs, posts, people, areas as a dated, immutable value. Folded from the built-in
// record kinds org, post, person, area; decide gets it as part of its context. Names are looked up
// for the day asked.

#include "base/geo.hpp"
#include "domain/state.hpp"

#include <memory>
#include <optional>
#include <span>

namespace zt {

enum class Level : std::uint8_t { none, province, city, county, township, village };
[[nodiscard]] std::string_view name_of(Level level);
[[nodiscard]] std::optional<Level> parse_level(std::string_view name);

/// [from, until): days on which an entry holds.
struct Span {
    Date from = Date{std::chrono::days{-7670}};  ///< 1949-01-01
    std::optional<Date> until;
    [[nodiscard]] bool holds(Date day) const { return day >= from && (!until || day < *until); }
    bool operator==(const Span&) const = default;
};

struct Org {
    OrgId id;
    std::string code;  ///< short stable key, unique: "office", "供电公司"
    std::string name;
    OrgId parent;
    Level level = Level::none;
    AreaId area;
    std::vector<std::string> functions;  ///< office, intake, callback, supervision, place, digest …
    bool is_outside = false;  ///< outside the local tree (power company, banks): can be assigned
    OrgId successor;
    Span span;
    bool operator==(const Org&) const = default;
};

/// Functions of orgs that stand outside with people of their own, and the words of their posts.
inline constexpr std::string_view firm_function = "firm";
inline constexpr std::string_view association_function = "association";
inline constexpr std::string_view agent_word = "agent";
inline constexpr std::string_view firm_administrator_word = "firm_admin";
/// It hands in for itself, or as an association for its members, and follows that. It is no unit of
/// the place: it gets no work and sees nothing else.
[[nodiscard]] bool is_firm(const Org& org);
[[nodiscard]] bool is_association(const Org& org);

struct Post {
    PostId id;
    OrgId org;
    std::string key;  ///< unique within the org: "clerk"
    std::string title;
    std::vector<std::string>
        words;  ///< what kinds ask for: clerk, handler, signer, callback, supervisor, head …
    std::vector<OrgId> leads;  ///< orgs it heads or has in charge (分管)
    PersonId holder, deputy;   ///< who acts in it; 0 while empty
    PersonId secretary;        ///< acts on its behalf from a post of their own; 0 for none
    Span span;
    bool operator==(const Post&) const = default;
};

/// Name and contact are sealed parts of the person's own record.
struct Person {
    PersonId id;
    std::string code;
    bool operator==(const Person&) const = default;
};

struct Area {
    AreaId id;
    std::string code, name;
    AreaId parent;
    Level level = Level::none;
    Span span{};
    std::optional<GeoPoint> point{};  ///< its centre, as its source has it
    /// Shared by all copies of the directory; null while none is known, and of an area that ended.
    std::shared_ptr<const GeoShape> shape{};
    std::string map_source{};  ///< of point and shape, with their licence
    bool operator==(const Area&) const = default;
};

class Directory {
  public:
    /// Takes a record of kind org, post, person or area in; other kinds are ignored. A second state
    /// of the same id replaces the first. cost: O(log n).
    void fold(const State& record);
    [[nodiscard]] static bool is_directory_kind(std::string_view kind);

    [[nodiscard]] const Org* org(OrgId id) const;
    [[nodiscard]] const Post* post(PostId id) const;
    [[nodiscard]] const Person* person(PersonId id) const;
    [[nodiscard]] const Area* area(AreaId id) const;
    /// By code, else by name, among those that hold on that day.
    [[nodiscard]] const Org* find_org(std::string_view code_or_name, Date day) const;
    /// The firm or association in which the post stands; null for posts of units.
    [[nodiscard]] const Org* firm_of(PostId post) const;
    [[nodiscard]] const Area* find_area(std::string_view code_or_name) const;
    /// The area above, those beside it under the same one, and all below; without itself. cost: of
    /// those.
    [[nodiscard]] std::vector<AreaId> areas_near(AreaId id) const;
    /// The area itself and all below it, by id; empty for one that is unknown. cost: of those.
    [[nodiscard]] std::vector<AreaId> areas_within(AreaId id) const;
    /// The lowest area whose shape has the point in it; null when none has. cost: O(points of all
    /// shapes).
    [[nodiscard]] const Area* area_at(GeoPoint point) const;
    [[nodiscard]] std::vector<const Area*> areas() const;
    /// "clerk" of an org: by key, else by word.
    [[nodiscard]] const Post* find_post(OrgId org, std::string_view key_or_word, Date day) const;
    [[nodiscard]] const Person* find_person(std::string_view code) const;
    [[nodiscard]] std::vector<const Org*> orgs() const;
    [[nodiscard]] std::vector<const Post*> posts_of(OrgId org, Date day) const;
    /// On any day: those that ended and those that begin later too.
    [[nodiscard]] std::vector<const Post*> posts_at(OrgId org) const;

    /// True for the org itself and everything below it on any day: however the tree is moved.
    [[nodiscard]] bool is_at_or_below(OrgId org, OrgId ancestor) const;
    /// The same by the tree as it stands: what gives sight, where the one above takes it away.
    [[nodiscard]] bool stands_under(OrgId org, OrgId ancestor) const;
    /// Orgs that stand directly under it, by id, on any day.
    [[nodiscard]] std::span<const OrgId> children_of(OrgId org) const;
    /// The org itself and those that stand under it, upper ones first; no more than `most`.
    [[nodiscard]] std::vector<OrgId> orgs_within(OrgId org, std::size_t most) const;
    /// The org itself or the nearest above it with that function; when none in line, the nearest
    /// org with the function among the children of its ancestors; null when the place has none.
    [[nodiscard]] const Org* nearest_with(OrgId from, std::string_view function, Date day) const;
    /// The first org with that function, by id; null when none.
    [[nodiscard]] const Org* first_with(std::string_view function, Date day) const;
    /// Orgs that have or ever had the function, by id.
    [[nodiscard]] std::vector<const Org*> with_function(std::string_view function) const;
    [[nodiscard]] bool leads(PostId post, OrgId org) const;
    /// It has the org in charge, or once had it: protection does not end with a change of duties.
    [[nodiscard]] bool leads_ever(PostId post, OrgId org) const;
    /// As holder or deputy, while the post exists.
    [[nodiscard]] bool holds(PersonId person, PostId post, Date day) const;
    /// As deputy or secretary, while the post exists: from a post of their own, both names kept.
    [[nodiscard]] bool acts_for(PersonId person, PostId post, Date day) const;
    /// Posts that the person holds or acts for, by id; empty for nobody. cost: O(posts of it).
    [[nodiscard]] std::vector<const Post*> posts_of(PersonId person, Date day) const;

  private:
    void fold_org(const State& record);
    void fold_post(const State& record);
    void fold_person(const State& record);
    void fold_area(const State& record);
    std::map<OrgId, Org> orgs_;
    std::map<PostId, Post> posts_;
    std::map<PersonId, Person> people_;
    std::map<AreaId, Area> areas_;
    std::map<std::string, std::vector<OrgId>, std::less<>> org_by_text_;
    std::map<std::string, std::vector<AreaId>, std::less<>> area_by_text_;
    std::map<std::string, PersonId, std::less<>> person_by_code_;
    std::map<OrgId, std::vector<PostId>> posts_by_org_;
    /// Every post that a person was ever named in; posts_of asks the post itself.
    std::map<PersonId, std::vector<PostId>> posts_by_person_;
    /// The tree as it stands; of the top: 0.
    std::map<OrgId, std::vector<OrgId>> orgs_below_;
    std::map<AreaId, std::vector<AreaId>> areas_below_;
    /// Every parent that an org ever had and every org that a post ever had in charge: protection
    /// looks at all of them.
    std::map<OrgId, std::vector<OrgId>> parents_ever_;
    std::map<PostId, std::vector<OrgId>> leads_ever_;
    std::map<std::string, std::vector<OrgId>, std::less<>> by_function_;
};

}  // namespace zt
