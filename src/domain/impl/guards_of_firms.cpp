// Predicates about firms and associations: which org is one, and who binds whom to it.

#include "domain/credit_code.hpp"
#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

bool says_only(const Json& list, std::string_view word) {
    const auto& words = list.as_array();
    return words.size() == 1 && words.front().as_string() == word;
}

bool is_firm_record(const Frame& f, const Args&) {
    const Json& functions = f.value("functions");
    return says_only(functions, firm_function) || says_only(functions, association_function);
}

bool credit_code(const Frame& f, const Args& a) {
    return is_credit_code(f.value(a.front()).as_string());
}

/// Commands name units by their names too: a firm must not be found for one.
bool name_free(const Frame& f, const Args& a) {
    const Org* other = f.directory().find_org(f.value(a.front()).as_string(), f.day());
    return other == nullptr || other->id.value == f.after.id.value;
}

OrgId firm_named(const Frame& f) { return OrgId{f.value("org").as_int()}; }

bool binds_to_firm(const Frame& f, const Args&) {
    const Org* firm = f.directory().org(firm_named(f));
    const Json& words = f.value("words");
    return firm != nullptr && is_firm(*firm) && firm->span.holds(f.day()) &&
           (says_only(words, agent_word) || says_only(words, firm_administrator_word));
}

bool own_firm(const Frame& f, const Args&) { return f.org && firm_named(f) == f.org; }

bool is_administrator(const Post& post) {
    return std::ranges::find(post.words, firm_administrator_word) != post.words.end();
}

/// Another administrator holds on the day on which this binding ends.
bool administrator_stays(const Frame& f, const Args& a) {
    if (!says_only(f.value("words"), firm_administrator_word)) {
        return true;
    }
    // A binding that is retired ends today, whatever last day it names.
    const auto named = parse_date(f.given(a.front()).as_string());
    const bool is_later = named && f.command->verb == Verb::amend && *named > f.day();
    const auto posts = f.directory().posts_of(firm_named(f), is_later ? *named : f.day());
    return std::ranges::any_of(posts, [&](const Post* post) {
        return post->id.value != f.after.id.value && post->holder && is_administrator(*post);
    });
}

const std::array rows{
    GuardRow{
        {"is_firm",
         {},
         0,
         Errc::wrong_role,
         G::role,
         "是企业或商会",
         "the org's only function is firm or association"},
        is_firm_record
    },
    GuardRow{
        {"credit_code",
         one_field,
         0,
         Errc::credit_code_wrong,
         G::shape,
         "是统一社会信用代码",
         "the field is a credit code whose last character checks the others (GB 32100-2015)"},
        credit_code
    },
    GuardRow{
        {"name_free",
         one_field,
         0,
         Errc::duplicate_claim,
         G::role,
         "名称未被单位使用",
         "no other org of that day has the name in the field"},
        name_free
    },
    GuardRow{
        {"binds_to_firm",
         {},
         0,
         Errc::wrong_role,
         G::role,
         "绑定到企业或商会",
         "the post stands at a firm or association and its only word is agent or firm_admin"},
        binds_to_firm
    },
    GuardRow{
        {"own_firm",
         {},
         0,
         Errc::not_own_firm,
         G::role,
         "是本企业",
         "the post stands at the actor's own firm or association"},
        own_firm
    },
    GuardRow{
        {"administrator_stays",
         one_field,
         0,
         Errc::last_administrator,
         G::count,
         "企业仍有管理员",
         "on the day in the field another administrator of the firm is bound; agents may always go"
        },
        administrator_stays
    },
};

}  // namespace

std::span<const GuardRow> guards_of_firms() { return rows; }

}  // namespace zt
