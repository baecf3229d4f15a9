// Words about who sees what of whoever handed in, and what may be published.

#include "domain/impl/guard_rows.hpp"
#include "domain/masking.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

/// Neither who asked, nor anybody in the same post, nor who acts on behalf of it; nor a post that
/// the one who asked leads, since who can be told to confirm does not confirm.
bool other_person(const Frame& f, const Args& a) {
    const PersonId asker{f.after.field(a.front() + "_person").as_int()};
    const PostId asker_post{f.after.field(a.front() + "_post").as_int()};
    const Actor& actor = f.command->actor;
    const bool is_same = (asker && actor.person == asker) || actor.post == asker_post ||
                         actor.on_behalf == asker_post;
    const Post* post = f.directory().post(asker_post);
    const bool is_led =
        post != nullptr && f.org && std::ranges::find(post->leads, f.org) != post->leads.end();
    return f.after.is_marked(a.front()) && asker_post && !is_same && !is_led;
}

/// What is published with this command holds no number of a person that nobody confirmed.
bool numbers_masked(const Frame& f, const Args&) {
    std::vector<std::string> may_stand;
    for (const auto& one : f.given("public_numbers").as_array()) {
        may_stand.push_back(one.as_string());
    }
    return std::ranges::all_of(f.kind->published, [&](const std::string& name) {
        const Json& text = f.value(name);
        return !text.is_string() || is_confirmed(text.as_string(), may_stand);
    });
}

const std::array rows{
    GuardRow{
        {"other_person",
         one_value,
         0,
         Errc::same_person,
         G::role,
         "由另一人确认",
         "another person, in a post independent of the one who asked, does it"},
        other_person
    },
    GuardRow{
        {"numbers_masked",
         {},
         0,
         Errc::number_unmasked,
         G::shape,
         "公开文本已脱敏",
         "no private number is published but those in field public_numbers"},
        numbers_masked
    },
};

}  // namespace

std::span<const GuardRow> guards_of_protection() { return rows; }

}  // namespace zt
