#pragma once
// Lists: a row for every matter and record that ever was, in a file of its own that follows the
// ledger by at most a second. It holds no sealed text: titles are opened on read. Deleted, damaged
// or of another schema number, the file is made anew and folded from zero.

#include "views/view.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zt::views {

inline constexpr std::int64_t lists_schema = 2;
/// Counted exactly up to here, beyond it "more than": an exact count of millions would read them
/// all.
inline constexpr std::int64_t list_count_max = 10'000;
inline constexpr std::size_t list_page_max = 1000;
/// Rows that one question looks at while it asks who may see them; then it answers with what it
/// has.
inline constexpr std::int64_t list_looked_max = 50'000;

struct ListRow {
    MatterId id;
    std::string number, kind, stage, channel, category;
    bool is_record = false;
    Counts counts = Counts::open;
    OrgId office, lead;  ///< lead: 0 when none
    AreaId area;
    Protection protection = Protection::none;
    UtcMs registered, changed;
    std::optional<UtcMs> closed;
    bool is_published = false, is_erased = false;
    std::int64_t version = 0;
    std::string outline;  ///< what permission asks beside all this (views/outline.hpp)
    bool operator==(const ListRow&) const = default;
};

/// Key of a row in the order of lists: newest first.
struct ListKey {
    UtcMs registered;
    MatterId id;
    auto operator<=>(const ListKey&) const = default;
};

/// Empty members let everything pass.
struct ListFilter {
    std::vector<std::string> kinds{}, stages{}, categories{}, channels{};
    std::optional<Counts> counts{};
    std::optional<bool> is_record{}, is_published{};
    std::optional<Protection> highest_protection{};  ///< none above this class
    std::optional<OrgId> lead{};                     ///< leads it; the office while nobody does
    std::optional<OrgId> office{};
    std::vector<OrgId> involved{
    };  ///< office, registrar, or holder of a hand at any time: any of these
    std::vector<OrgId> not_accused{
    };  ///< leaves out wrong-done matters that accuse one of these (protection)
    std::optional<AreaId> area{};
    std::vector<AreaId> areas{};           ///< any of these; 0: those that name none
    std::optional<UtcMs> from{}, until{};  ///< registered, from ≤ t < until
    /// Asked before a row is given or counted; empty: all may be.
    std::function<bool(const ListRow&)> is_visible{};
};

enum class ListOrder : std::uint8_t { newest, oldest };

struct ListPage {
    std::vector<ListRow> rows;  ///< newest or oldest first
    /// Pass it to go on; empty at the end. With `is_visible` there may be fewer rows than asked for
    /// before the end.
    std::optional<ListKey> next;
    bool operator==(const ListPage&) const = default;
};

struct ListCount {
    std::int64_t count = 0;  ///< at most list_count_max
    bool is_more = false;    ///< there are more than that, or not all were looked at
    bool operator==(const ListCount&) const = default;
};

enum class ListAccess : std::uint8_t { read, write };

namespace impl {
class Database;
}

/// One writer, any number of readers, each a Lists of its own. threads: one at a time per object.
class Lists {
  public:
    /// For writing: makes the file when it is not there, and makes it anew when it is damaged or of
    /// another schema (its position is 0 then: fold from zero). For reading: errors: not_found,
    /// damaged, newer_version. Both: io_failed, read_only, disk_full. in: path, or ":memory:".
    [[nodiscard]] static Result<Lists> open(const std::string& path, ListAccess access);
    Lists(Lists&& other) noexcept;
    Lists& operator=(Lists&& other) noexcept;
    Lists(const Lists&) = delete;
    Lists& operator=(const Lists&) = delete;
    ~Lists();

    /// Why the file was made anew on opening; empty when it was not.
    [[nodiscard]] const std::string& rebuild_reason() const { return rebuild_reason_; }
    [[nodiscard]] Seq position() const { return position_; }

    /// Takes steps in with one transaction: each matter's row as the last of them left it. Steps at
    /// or below the position are passed over. errors: io_failed, disk_full, damaged; nothing is
    /// taken then.
    [[nodiscard]] Result<void> fold(std::span<const Step> steps);
    /// The same for matters as they stand (rebuild): moves the position to `seq`.
    [[nodiscard]] Result<void> put(std::span<const State* const> states, Seq seq);

    /// in: limit ≤ list_page_max; after: `next` of the page before.
    [[nodiscard]] Result<ListPage> page(
        const ListFilter& filter,
        const std::optional<ListKey>& after,
        std::size_t limit,
        ListOrder order = ListOrder::newest
    ) const;
    [[nodiscard]] Result<ListCount> count(const ListFilter& filter) const;
    /// How many rows each area has, in all. in: a filter without `is_visible`.
    [[nodiscard]] Result<std::map<AreaId, std::int64_t>> count_by_area(const ListFilter& filter
    ) const;
    [[nodiscard]] Result<std::optional<ListRow>> find(MatterId id) const;
    [[nodiscard]] Result<std::optional<ListRow>> find_number(std::string_view number) const;

    /// The first difference between two folds, in words; empty when they agree. errors: io_failed,
    /// damaged.
    [[nodiscard]] Result<std::optional<std::string>> difference(const Lists& other) const;

  private:
    explicit Lists(std::unique_ptr<impl::Database> database);
    std::unique_ptr<impl::Database> database_;
    std::string rebuild_reason_;
    Seq position_ = 0;
};

}  // namespace zt::views
