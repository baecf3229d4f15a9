#pragma once
// MonthSums: what the facts of a segment add up to by cell and month, so that a table need not pass
// over every fact. A counter has a row for each cell and month, the sum of its amounts; a spread
// has one for each cell, month and bucket, the number of its amounts there.
//
// Derived from the columns and never stored. They are made for the second table of a process and
// brought up to date for each later one: a fold costs nothing more, and a process that only writes,
// prints one table, or asks what was known at an earlier seq, has none. A row costs 16 bytes and 6
// to 11 for its place, up to twice that while its vectors have room to grow. With 4,000 cells a
// counter of flows costs about 1 MB a year, however many matters there are; a spread costs as much
// for each bucket that is met.

#include "views/impl/key_numbers.hpp"
#include "views/impl/spread.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace zt::views::impl {

inline constexpr unsigned months_a_year = 12;

/// Which month a day of the year lies in, from 0.
class YearMonths {
  public:
    explicit YearMonths(int year);
    [[nodiscard]] unsigned month_of(std::uint16_t day_of_year) const {
        return month_of_day_[day_of_year];
    }

  private:
    std::array<std::uint8_t, 366> month_of_day_{};
};

/// What a row is the sum of. Of nothing: only the days are kept (different subjects do not add).
enum class SumOf : std::uint8_t { nothing, amounts, buckets };

struct SumKey {
    std::uint32_t cell = 0;
    unsigned month = 0;
    int bucket = 0;
};

[[nodiscard]] inline std::uint64_t packed(const SumKey& key) {
    return std::uint64_t{key.cell} << 14U | std::uint64_t{key.month} << 10U |
           static_cast<std::uint64_t>(key.bucket);
}
[[nodiscard]] inline SumKey unpacked(std::uint64_t key) {
    return {
        static_cast<std::uint32_t>(key >> 14U),
        static_cast<unsigned>(key >> 10U & 0xFU),
        static_cast<int>(key & 0x3FFU)
    };
}

/// Where the facts of a month lie.
struct MonthFacts {
    std::size_t begin = 0, end = 0;             ///< among these rows of the segment
    std::uint16_t first_day = 0, last_day = 0;  ///< of the year
    [[nodiscard]] bool is_empty() const { return end == 0; }
};

class MonthSums {
  public:
    struct DayFact {
        std::uint16_t day_of_year = 0;
        std::uint32_t cell = 0;
        std::int64_t amount = 0;
    };

    /// Begins anew unless the rows are sums of that already.
    void make_sums_of(SumOf what);
    /// The next row of the segment.
    void add(const DayFact& fact, const YearMonths& year);
    /// Puts the rows of a cell side by side when a good part of them is not: what they are added to
    /// is then mostly in the cache. To be called after many were added; cost: of all rows, each
    /// time they have grown by a quarter.
    void gather_cells();
    /// How many rows of the segment are in the sums.
    [[nodiscard]] std::size_t fact_count() const { return fact_count_; }
    [[nodiscard]] const std::array<MonthFacts, months_a_year>& months() const { return months_; }
    /// Of a spread, those that its rows have.
    [[nodiscard]] BucketRange buckets() const { return buckets_; }
    /// Calls visit(key, sum) for each row; a sum may be 0.
    template <class Visit>
    void each_row(Visit visit) const {
        const std::span<const std::uint64_t> keys(keys_.keys());
        const std::span<const std::int64_t> sums(sums_);
        for (std::size_t row = 0; row < sums.size(); ++row) {
            visit(unpacked(keys[row]), sums[row]);
        }
    }

  private:
    SumOf what_ = SumOf::nothing;
    std::size_t fact_count_ = 0;
    std::array<MonthFacts, months_a_year> months_{};
    std::size_t gathered_ = 0;  ///< so many rows lie by cell
    BucketRange buckets_;
    KeyNumbers keys_;
    std::vector<std::int64_t> sums_;  ///< by number of the key
};

}  // namespace zt::views::impl
