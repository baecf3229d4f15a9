#pragma once
// The mark: a small file beside the ledger that says how far commits were acknowledged. It is
// written after each commit and never synced, so it can lag behind the ledger and never lead it,
// unless commits that were acknowledged have gone: a log that was lost, cut by a changed bit, or
// an older ledger.db put in its place. SQLite takes each of these for a log that ends early.

#include "store/impl/files.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>

namespace zt::store::sqlite {

struct Mark {
    Seq seq = 0;
    Hash hash{};
    std::int64_t audit_seq = 0;
    Hash audit_hash{};
    bool operator==(const Mark&) const = default;
};

[[nodiscard]] std::string mark_file(const std::string& ledger);
/// Nothing when there is none or it is not whole, as after a power cut.
[[nodiscard]] std::optional<Mark> read_mark(const std::string& ledger);
/// errors: damaged when the ledger ends before the mark or says otherwise where both end.
[[nodiscard]] Result<void>
check_mark(const std::optional<Mark>& mark, const Head& head, const std::string& ledger);

class MarkWriter {
  public:
    explicit MarkWriter(std::string ledger) : ledger_(std::move(ledger)) {}
    /// Failures are passed over: the commit stands, the mark lags.
    void put(const Head& head);

  private:
    std::string ledger_;
    std::optional<impl::File> file_;
    bool was_tried_ = false;
};

}  // namespace zt::store::sqlite
