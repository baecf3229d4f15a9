#include "service/view_readers.hpp"

namespace zt::service {

using views::ListAccess;

namespace {

/// As many as read at the same time as a rule; more are opened when they are needed.
constexpr std::size_t kept_max = 8;
constexpr std::chrono::milliseconds await_max{1000};

std::unexpected<Error> not_there_yet() {
    return fail(Errc::overloaded, "this view is being made; try again");
}

}  // namespace

ViewReaders::ViewReaders(Followers& followers, const FollowerParts& files) : followers_(followers) {
    lists_.file = files.lists_file;
    search_.file = files.search_file;
    tree_.file = files.tree_file;
}

Result<void> ViewReaders::await(Seq seq) { return followers_.await(seq, await_max); }

template <class View>
Result<ViewReaders::Lent<View>> ViewReaders::take(FollowingView which, Kept<View>& kept) {
    const std::int64_t generation = followers_.generation(which);
    if (generation == 0) {
        return not_there_yet();
    }
    {
        const std::lock_guard lock(mutex_);
        while (!kept.free.empty()) {
            Lent<View> one = std::move(kept.free.back());
            kept.free.pop_back();
            if (one.generation == generation) {
                return one;
            }
        }
    }
    auto opened = [&] {
        if constexpr (std::is_same_v<View, views::ProofTree>) {
            return View::open(kept.file, followers_.algorithm(), ListAccess::read);
        } else {
            return View::open(kept.file, ListAccess::read);
        }
    }();
    if (!opened) {
        // The thread that keeps it makes it anew, or has just done so.
        return not_there_yet();
    }
    return Lent<View>{generation, std::make_unique<View>(*std::move(opened))};
}

template <class View>
Result<ViewStanding> ViewReaders::with(
    FollowingView which, Kept<View>& kept, const std::function<Result<void>(const View&)>& read
) {
    TRY(auto one, take(which, kept));
    // Told before it is read: what is read has at least that.
    ViewStanding standing;
    standing.seq = followers_.position(which);
    standing.is_being_made = standing.seq == 0 && followers_.lag(which).events > 0;
    const auto done = read(*one.view);
    if (!done) {
        if (done.error().code == Errc::damaged) {
            followers_.found_damaged(which);
            return not_there_yet();
        }
        return std::unexpected(done.error());
    }
    const std::lock_guard lock(mutex_);
    if (kept.free.size() < kept_max) {
        kept.free.push_back(std::move(one));
    }
    return standing;
}

Result<ViewStanding>
ViewReaders::with_lists(const std::function<Result<void>(const views::Lists&)>& read) {
    return with(FollowingView::lists, lists_, read);
}

Result<ViewStanding>
ViewReaders::with_search(const std::function<Result<void>(const views::Search&)>& read) {
    return with(FollowingView::search, search_, read);
}

Result<ViewStanding>
ViewReaders::with_proof_tree(const std::function<Result<void>(const views::ProofTree&)>& read) {
    return with(FollowingView::proof_tree, tree_, read);
}

}  // namespace zt::service
