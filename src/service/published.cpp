#include "service/published.hpp"

namespace zt::service {

namespace {

/// As the rows of permission say of the public: nothing of reports of wrong-doing.
constexpr Protection highest_public = Protection::bad_service;

views::ListFilter narrowed(const PublishedFilter& filter) {
    views::ListFilter all;
    all.kinds = filter.kinds;
    all.categories = filter.categories;
    all.counts = filter.counts;
    all.areas = filter.areas;
    all.from = filter.from;
    all.until = filter.until;
    all.is_record = false;
    all.is_published = true;
    all.highest_protection = highest_public;
    return all;
}

}  // namespace

Result<const views::Lists*> Published::lists() {
    const std::int64_t now = followers_.generation(FollowingView::lists);
    if (now == 0) {
        return fail(Errc::overloaded, "the lists are still being made; try again");
    }
    if (!lists_ || generation_ != now) {
        lists_.reset();
        TRY(auto opened, views::Lists::open(file_, views::ListAccess::read));
        lists_.emplace(std::move(opened));
        generation_ = now;
    }
    return &*lists_;
}

/// A file that turned out damaged is made anew by the followers; until then it is not read.
template <class T>
Result<T> Published::judged(Result<T> answer) {
    if (!answer && answer.error().code == Errc::damaged) {
        lists_.reset();
        followers_.found_damaged(FollowingView::lists);
        return fail(Errc::overloaded, "the lists are being made anew; try again");
    }
    return answer;
}

Result<views::ListPage> Published::page(
    const PublishedFilter& filter, const std::optional<views::ListKey>& after, std::size_t limit
) {
    const std::lock_guard lock(mutex_);
    TRY(const auto* lists, judged(this->lists()));
    return judged(lists->page(narrowed(filter), after, limit));
}

Result<views::ListCount> Published::count(const PublishedFilter& filter) {
    const std::lock_guard lock(mutex_);
    TRY(const auto* lists, judged(this->lists()));
    return judged(lists->count(narrowed(filter)));
}

Result<std::map<AreaId, std::int64_t>> Published::count_by_area(const PublishedFilter& filter) {
    const std::lock_guard lock(mutex_);
    TRY(const auto* lists, judged(this->lists()));
    return judged(lists->count_by_area(narrowed(filter)));
}

Result<views::ListKey> Published::key_of(std::string_view number) {
    const std::lock_guard lock(mutex_);
    TRY(const auto* lists, judged(this->lists()));
    TRY(const auto row, judged(lists->find_number(number)));
    if (!row || !row->is_published || row->is_record || row->protection > highest_public) {
        return fail(Errc::not_found, "nothing published has this number", "/after");
    }
    return views::ListKey{row->registered, row->id};
}

}  // namespace zt::service
