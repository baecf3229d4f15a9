#pragma once
// Published: the lists as the public may ask them. Whatever the filter says, only matters that were
// published and whose protection class the public may see are in a page or a count, so that a count
// tells no more than the rows do (domain/permission, SYSTEMS.md protection).

#include "service/followers.hpp"

#include <map>
#include <mutex>
#include <optional>

namespace zt::service {

/// Empty members let everything pass.
struct PublishedFilter {
    std::vector<std::string> kinds{}, categories{};
    std::optional<Counts> counts{};
    std::vector<AreaId> areas{};           ///< any of these
    std::optional<UtcMs> from{}, until{};  ///< registered, from ≤ t < until
};

/// Reads the lists through a reader of its own, as they follow the ledger (within a second).
/// threads: any; one read at a time.
class Published {
  public:
    /// Borrows the followers. in: file as they were given it.
    Published(Followers& followers, std::string file)
        : followers_(followers), file_(std::move(file)) {}

    /// in: limit ≤ views::list_page_max; after: `next` of the page before. errors: overloaded (the
    /// lists are being made), io_failed.
    [[nodiscard]] Result<views::ListPage> page(
        const PublishedFilter& filter, const std::optional<views::ListKey>& after, std::size_t limit
    );
    [[nodiscard]] Result<views::ListCount> count(const PublishedFilter& filter);
    /// How many each area has; 0 for those that name none.
    [[nodiscard]] Result<std::map<AreaId, std::int64_t>> count_by_area(const PublishedFilter& filter
    );
    /// Where a page goes on behind the matter of that number. errors: not_found, also for one that
    /// is not published; as page.
    [[nodiscard]] Result<views::ListKey> key_of(std::string_view number);

  private:
    [[nodiscard]] Result<const views::Lists*> lists();
    template <class T>
    [[nodiscard]] Result<T> judged(Result<T> answer);

    Followers& followers_;
    const std::string file_;
    std::mutex mutex_;
    std::optional<views::Lists> lists_;  // guarded by mutex_
    std::int64_t generation_ = 0;        // guarded by mutex_: of the file that is open
};

}  // namespace zt::service
