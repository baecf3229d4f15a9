// Routing of matters that accuse somebody, over random trees that are moved, renamed, given new
// offices, posts, deputies and secretaries, before and after the matter comes in. A naive model
// that forgets nothing says who must be kept out. No leak ever; and a competent office always,
// unless the root or all its offices are accused.
//
// ZHITONG_ROUTINGS sets how many routings, ZHITONG_SEED where to begin; a failure prints its seed.

#include "base/seeded_random.hpp"
#include "domain/permission.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

namespace zt {
namespace {

constexpr std::int64_t routings_default = 5'000;
constexpr std::int64_t orgs_max = 24;
constexpr std::int64_t posts_first = 1000;
constexpr std::int64_t people_first = 5000;
constexpr std::int64_t people_count = 20;
constexpr std::int64_t root = 1;
constexpr std::int64_t root_office = 2;
constexpr std::int64_t outside = 900;
const Date day = Date{std::chrono::days{19'200}};

std::int64_t setting(const char* name, std::int64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoll(text, nullptr, 10);
}

struct OrgModel {
    std::int64_t parent = 0;
    std::set<std::int64_t> parents_ever;
    bool has_office = false;
    int renamed = 0;
};
struct PostModel {
    std::int64_t org = 0;
    std::set<std::int64_t> leads, leads_ever;
    std::int64_t holder = 0, deputy = 0, secretary = 0;
};

/// The place as a naive model, folded into a Directory after each change.
class Place {
  public:
    explicit Place(SeededRandom& random) : random_(random) {
        set_org(root, 0, false);
        set_org(root_office, root, true);
        const auto count = static_cast<std::int64_t>(4 + random_.below(orgs_max - 4));
        for (std::int64_t id = 3; id <= count; ++id) {
            set_org(id, any_org(id - 1), random_.below(3) == 0);
        }
        set_outside();
        for (std::int64_t number = 0; number < count + 4; ++number) {
            PostModel& post = posts[posts_first + number];
            post.org = number < count ? number + 1 : any_org(count);
            change_post(posts_first + number);
        }
    }

    /// One reorganisation: a move, a new office function, a rename, or a post that changes.
    void change() {
        const auto count = static_cast<std::int64_t>(orgs.size());
        switch (random_.below(4)) {
        case 0: {
            const std::int64_t id =
                3 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(count - 2)));
            const std::int64_t parent = any_org(count);
            if (!is_below_now(parent, id)) {
                set_org(id, parent, orgs[id].has_office);
            }
            break;
        }
        case 1: {
            const std::int64_t id = any_org(count);
            if (id > root_office) {
                set_org(id, orgs[id].parent, !orgs[id].has_office);
            }
            break;
        }
        case 2: {
            const std::int64_t id = any_org(count);
            ++orgs[id].renamed;
            set_org(id, orgs[id].parent, orgs[id].has_office);
            break;
        }
        default:
            change_post(posts_first + static_cast<std::int64_t>(random_.below(posts.size())));
            break;
        }
    }

    [[nodiscard]] std::int64_t any_org(std::int64_t count) {
        return 1 + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(count)));
    }

    /// At or below on any day that ever was.
    [[nodiscard]] bool is_below_ever(std::int64_t org, std::int64_t above) const {
        std::set<std::int64_t> seen;
        std::vector<std::int64_t> open{org};
        while (!open.empty()) {
            const std::int64_t one = open.back();
            open.pop_back();
            if (one == above) {
                return true;
            }
            if (const auto found = orgs.find(one); found != orgs.end() && seen.insert(one).second) {
                open.insert(
                    open.end(), found->second.parents_ever.begin(), found->second.parents_ever.end()
                );
            }
        }
        return false;
    }

    [[nodiscard]] bool is_kept_out(std::int64_t org, const std::set<std::int64_t>& accused) const {
        for (const std::int64_t one : accused) {
            if (is_below_ever(org, one)) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool
    is_post_kept_out(const PostModel& post, const std::set<std::int64_t>& accused) const {
        for (const std::int64_t one : accused) {
            if (post.leads_ever.contains(one)) {
                return true;
            }
        }
        return is_kept_out(post.org, accused);
    }

    Directory directory;
    std::map<std::int64_t, OrgModel> orgs;
    std::map<std::int64_t, PostModel> posts;

  private:
    [[nodiscard]] bool is_below_now(std::int64_t org, std::int64_t above) const {
        for (std::int64_t at = org; at != 0; at = orgs.at(at).parent) {
            if (at == above) {
                return true;
            }
        }
        return false;
    }

    static State record(std::int64_t id, const char* kind) {
        State state;
        state.id = MatterId{id};
        state.kind = kind;
        state.is_record = true;
        return state;
    }

    void set_org(std::int64_t id, std::int64_t parent, bool has_office) {
        OrgModel& org = orgs[id];
        org.parent = parent;
        org.has_office = has_office;
        if (parent != 0) {
            org.parents_ever.insert(parent);
        }
        State state = record(id, "org");
        state.fields["code"] = Json("org" + std::to_string(id));
        state.fields["name"] =
            Json("单位" + std::to_string(id) + "." + std::to_string(org.renamed));
        state.fields["parent"] = Json(parent);
        Json functions = Json::array();
        if (has_office) {
            functions.push("office");
        }
        state.fields["functions"] = functions;
        directory.fold(state);
    }

    void set_outside() {
        State state = record(outside, "org");
        state.fields["code"] = Json("outside");
        state.fields["name"] = Json("外部机关");
        state.fields["functions"] = Json::array().push("outside_body");
        directory.fold(state);
    }

    std::int64_t any_person() {
        return people_first + static_cast<std::int64_t>(random_.below(people_count));
    }

    void change_post(std::int64_t id) {
        PostModel& post = posts[id];
        post.holder = any_person();
        post.deputy = random_.below(3) == 0 ? any_person() : 0;
        post.secretary = random_.below(4) == 0 ? any_person() : 0;
        post.leads.clear();
        for (std::uint64_t number = random_.below(3); number > 0; --number) {
            post.leads.insert(any_org(static_cast<std::int64_t>(orgs.size())));
        }
        post.leads_ever.insert(post.leads.begin(), post.leads.end());
        State state = record(id, "post");
        state.fields["org"] = Json(post.org);
        state.fields["key"] = Json("post" + std::to_string(id));
        state.fields["words"] = Json::array().push("clerk").push("handler").push("head");
        state.fields["holder"] = Json(post.holder);
        state.fields["deputy"] = Json(post.deputy);
        state.fields["secretary"] = Json(post.secretary);
        Json leads = Json::array();
        for (const std::int64_t led : post.leads) {
            leads.push(led);
        }
        state.fields["leads"] = leads;
        directory.fold(state);
    }

    SeededRandom& random_;
};

struct Counts {
    std::int64_t routings = 0, looks = 0, kept_out = 0, outside = 0;
};

/// The kind with the widest sight: every role may look.
Kind open_kind() {
    Kind kind;
    kind.name = "report";
    kind.has_requester = true;
    for (const char* word : {"clerk", "handler", "head"}) {
        RoleRule role;
        role.name = word;
        role.post_word = word;
        role.where = RoleRule::Where::at_any;
        kind.roles.push_back(role);
        kind.visible_to.emplace_back(word);
    }
    return kind;
}

class Routing {
  public:
    explicit Routing(std::uint64_t seed) : random_(seed), place_(random_) {
        kinds_.add(open_kind());
        context_.now = *parse_instant("2022-08-01 09:00");
        context_.kinds = &kinds_;
        context_.calendar = &calendar_;
        context_.directory = &place_.directory;
    }

    void run(std::int64_t routings, Counts& counts) {
        for (std::int64_t number = 0; number < routings; ++number) {
            for (std::uint64_t changes = random_.below(4); changes > 0; --changes) {
                place_.change();
            }
            route(counts);
            look(counts);
            place_.change();
            look(counts);
            if (testing::Test::HasFailure()) {
                return;
            }
        }
    }

  private:
    void accuse() {
        state_ = State{};
        state_.kind = "report";
        state_.protection = Protection::wrong_done;
        accused_.clear();
        const auto count = static_cast<std::int64_t>(place_.orgs.size());
        for (std::uint64_t number = 1 + random_.below(2); number > 0; --number) {
            accused_.insert(place_.any_org(count));
        }
        for (const std::int64_t one : accused_) {
            Party party;
            party.no = static_cast<PartNo>(state_.parties.size()) + 1;
            party.role = "accused";
            party.org = OrgId{one};
            state_.parties.push_back(party);
        }
        state_.registered_by = OrgId{place_.any_org(count)};
    }

    /// Some office of the root that may decide.
    [[nodiscard]] bool has_impartial_root() const {
        for (const auto& [id, org] : place_.orgs) {
            const bool is_of_root = id == root || org.parent == root;
            if (is_of_root && org.has_office && !place_.is_kept_out(id, accused_)) {
                return true;
            }
        }
        return false;
    }

    void route(Counts& counts) {
        accuse();
        ++counts.routings;
        const Org* office =
            competent_office(state_, state_.registered_by, "office", place_.directory, day);
        const Org* body =
            competent_or_outside(state_, state_.registered_by, "office", place_.directory, day);
        if (has_impartial_root()) {
            ASSERT_NE(office, nullptr) << "no competent office, though the root has one";
        }
        ASSERT_NE(body, nullptr) << "not even the outside body";
        ASSERT_FALSE(place_.is_kept_out(body->id.value, accused_)) << "routed to the accused";
        if (office == nullptr) {
            ++counts.outside;
            ASSERT_EQ(body->id.value, outside);
        } else {
            ASSERT_EQ(body, office);
            ASSERT_TRUE(place_.orgs.at(office->id.value).has_office);
        }
        state_.office = body->id;
        Hand hand;
        hand.no = 1;
        hand.role = "lead";
        hand.org = OrgId{place_.any_org(static_cast<std::int64_t>(place_.orgs.size()))};
        state_.hands = {hand};
    }

    /// Some posts, each by its holder and its deputy, for themselves and on behalf.
    void look(Counts& counts) {
        constexpr int posts_looked_at = 6;
        find_kept_out();
        for (int number = 0; number < posts_looked_at; ++number) {
            const std::int64_t id =
                posts_first + static_cast<std::int64_t>(random_.below(place_.posts.size()));
            const PostModel& post = place_.posts.at(id);
            for (const std::int64_t person : {post.holder, post.deputy}) {
                if (person != 0) {
                    look_as(counts, id, person);
                }
            }
        }
    }

    /// Whoever has to do with a post that is kept out is kept out.
    void find_kept_out() {
        people_kept_out_.clear();
        for (const auto& [id, post] : place_.posts) {
            if (place_.is_post_kept_out(post, accused_)) {
                people_kept_out_.insert({post.holder, post.deputy, post.secretary});
            }
        }
    }

    void look_as(Counts& counts, std::int64_t post, std::int64_t person) {
        Viewer viewer;
        viewer.kind = ViewerKind::post;
        viewer.person = PersonId{person};
        viewer.post = PostId{post};
        expect(counts, viewer, person);
        for (const auto& [other, model] : place_.posts) {
            if (model.secretary == person || model.deputy == person) {
                viewer.on_behalf = PostId{other};
                expect(counts, viewer, person);
            }
        }
    }

    void expect(Counts& counts, const Viewer& viewer, std::int64_t person) {
        ++counts.looks;
        const Sight sight = sight_of(state_, viewer, context_);
        if (people_kept_out_.contains(person)) {
            ++counts.kept_out;
            ASSERT_EQ(sight, Sight::hidden) << "post " << viewer.post.value << " for "
                                            << viewer.on_behalf.value << " sees what accuses it";
            ASSERT_FALSE(may_count(state_, viewer, context_));
            ASSERT_EQ(may_reveal(state_, viewer, context_), Persons::none);
            return;
        }
        ASSERT_GE(sight, Sight::masked) << "post " << viewer.post.value << " is impartial";
    }

    SeededRandom random_;
    Place place_;
    Kinds kinds_;
    calendar::Calendar calendar_;
    Context context_;
    State state_;
    std::set<std::int64_t> accused_, people_kept_out_;
};

TEST(routing, accusing_matters_reach_an_impartial_office_and_never_those_they_accuse) {
    constexpr std::int64_t routings_per_place = 20;
    const std::int64_t routings = setting("ZHITONG_ROUTINGS", routings_default);
    const auto seed = static_cast<std::uint64_t>(setting("ZHITONG_SEED", 1));
    Counts counts;
    for (std::int64_t number = 0; number * routings_per_place < routings; ++number) {
        const std::uint64_t one = seed + static_cast<std::uint64_t>(number);
        Routing routing(one);
        routing.run(std::min(routings_per_place, routings), counts);
        ASSERT_FALSE(testing::Test::HasFailure())
            << "ZHITONG_SEED=" << one << " ZHITONG_ROUTINGS=" << routings_per_place;
    }
    std::printf(
        "%lld routings, %lld looks, %lld of them kept out, %lld to the outside body; 0 leaks\n",
        static_cast<long long>(counts.routings),
        static_cast<long long>(counts.looks),
        static_cast<long long>(counts.kept_out),
        static_cast<long long>(counts.outside)
    );
    EXPECT_GT(counts.kept_out, 0);
}

}  // namespace
}  // namespace zt
