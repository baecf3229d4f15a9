#include "domain/import_right.hpp"

#include <algorithm>

namespace zt {

namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

bool may_import(const Viewer& viewer, const Context& context) {
    const Date day = office_date(context.now, context.calendar->offset);
    const Post* post = context.directory->post(viewer.post);
    if (viewer.kind != ViewerKind::post || viewer.on_behalf || post == nullptr ||
        !post->span.holds(day) || (viewer.person && post->holder != viewer.person)) {
        return false;
    }
    const Org* org = context.directory->org(post->org);
    const bool is_hand = post->key == "clerk" || post->key == "signer" ||
                         has(post->words, "clerk") || has(post->words, "signer");
    const bool is_administrator =
        std::ranges::any_of(administration_rows(), [&](const AdministrationRow& row) {
            return has(post->words, row.post_word);
        });
    return org != nullptr && org->span.holds(day) && has(org->functions, "intake") && is_hand &&
           !is_administrator;
}

}  // namespace zt
