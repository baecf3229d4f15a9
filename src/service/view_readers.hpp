#pragma once
// ViewReaders: lists, search and proof tree as many threads read them while one thread keeps them.
// Each reading gets an object of its own, opened once and lent again; when the view was made anew,
// what was opened before is dropped.

#include "service/followers.hpp"

#include <functional>
#include <mutex>

namespace zt::service {

/// How far a view is, to be told with what is read from it.
struct ViewStanding {
    Seq seq = 0;                 ///< every event up to there is in
    bool is_being_made = false;  ///< from zero: not everything can be found yet
};

class ViewReaders {
  public:
    /// Borrows the followers. in: the files that they keep.
    ViewReaders(Followers& followers, const FollowerParts& files);

    /// errors: overloaded (not there yet, or made anew just now), those of `read`. threads: any.
    [[nodiscard]] Result<ViewStanding>
    with_lists(const std::function<Result<void>(const views::Lists&)>& read);
    [[nodiscard]] Result<ViewStanding>
    with_search(const std::function<Result<void>(const views::Search&)>& read);
    [[nodiscard]] Result<ViewStanding>
    with_proof_tree(const std::function<Result<void>(const views::ProofTree&)>& read);
    /// Waits until lists and search have seen that event: an answer that the caller was given shows
    /// in what is read after. errors: overloaded (they lag by more than a second).
    [[nodiscard]] Result<void> await(Seq seq);

  private:
    template <class View>
    struct Lent {
        std::int64_t generation = 0;
        std::unique_ptr<View> view;
    };
    template <class View>
    struct Kept {
        std::string file;
        std::vector<Lent<View>> free;  // guarded by mutex_
    };
    template <class View>
    [[nodiscard]] Result<ViewStanding> with(
        FollowingView which, Kept<View>& kept, const std::function<Result<void>(const View&)>& read
    );
    template <class View>
    [[nodiscard]] Result<Lent<View>> take(FollowingView which, Kept<View>& kept);

    Followers& followers_;
    std::mutex mutex_;
    Kept<views::Lists> lists_;
    Kept<views::Search> search_;
    Kept<views::ProofTree> tree_;
};

}  // namespace zt::service
