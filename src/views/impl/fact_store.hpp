#pragma once
// FactStore: facts in columns. The five words and ids that a fact is counted by (kind, channel,
// category, org, area) form a cell; there are few different cells, so a fact costs 18 bytes and a
// sum by any dimension is a sum by cell.

#include "domain/facts.hpp"
#include "views/impl/month_sums.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zt::views::impl {

/// Values in a row; while all are equal only one is kept (amounts are nearly always 1, subjects
/// nearly always none).
template <class T>
class Column {
  public:
    void push(T value) {
        if (values_.empty() && (size_ == 0 || value == constant_)) {
            constant_ = value;
        } else {
            if (values_.empty()) {
                values_.assign(size_, constant_);
            }
            values_.push_back(value);
        }
        ++size_;
    }
    [[nodiscard]] T operator[](std::size_t index) const {
        return values_.empty() ? constant_ : values_[index];
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool is_constant() const { return values_.empty(); }
    [[nodiscard]] const std::vector<T>& values() const { return values_; }

    [[nodiscard]] static Column of_constant(T value, std::size_t size) {
        Column out;
        out.constant_ = value;
        out.size_ = size;
        return out;
    }
    [[nodiscard]] static Column of_values(std::vector<T> values) {
        Column out;
        out.size_ = values.size();
        out.values_ = std::move(values);
        return out;
    }

  private:
    std::vector<T> values_;
    T constant_{};
    std::size_t size_ = 0;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

/// Words by number.
class Words {
  public:
    [[nodiscard]] std::uint32_t intern(std::string_view word);
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view word) const;
    [[nodiscard]] const std::string& operator[](std::uint32_t number) const {
        return words_[number];
    }
    [[nodiscard]] std::size_t size() const { return words_.size(); }

  private:
    std::vector<std::string> words_;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> numbers_;
};

struct Cell {
    std::uint32_t kind = 0, channel = 0, category = 0;
    OrgId org;
    AreaId area;
    bool operator==(const Cell&) const = default;
};

struct CellHash {
    std::size_t operator()(const Cell& cell) const noexcept;
};

/// Facts of one indicator whose days lie in one year, in order of seq.
struct Segment {
    Column<std::uint16_t> day_of_year;
    Column<std::uint32_t> cell;
    Column<std::int64_t> subject;
    Column<std::int64_t> amount;
    Column<std::uint32_t> matter;
    Column<std::int64_t> seq;
    bool is_dirty = true;   ///< differs from its file
    std::string file;       ///< name within the folder; empty: never saved
    std::string file_hash;  ///< hex
    MonthSums sums;         ///< of the rows up to its fact_count(); see FactStore::sum_up

    [[nodiscard]] std::size_t size() const { return seq.size(); }
};

/// A segment belongs to an indicator (its word) and a year.
struct SegmentKey {
    std::uint32_t indicator = 0;
    std::int32_t year = 0;
    auto operator<=>(const SegmentKey&) const = default;
};

struct CounterRule {
    IndicatorForm form = IndicatorForm::flow;
    std::int64_t unit = 1;
};

[[nodiscard]] Date first_of_year(int year);

class FactStore {
  public:
    Words words;
    std::vector<Cell> cells;
    std::map<SegmentKey, Segment> segments;
    std::map<std::string, CounterRule, std::less<>> declared;
    Seq position = 0;

    void add(const Fact& fact);
    /// Whether the table that is now asked for is to be made from the sums, which are then up to
    /// date. Not the first one: to make the sums costs some four passes over the facts, and many a
    /// process prints one table and ends.
    [[nodiscard]] bool sum_up_for_table();
    /// Whether there are sums; they are brought up to date. cost: of the facts added since the last
    /// call, and of all of a counter that was declared otherwise since.
    bool sum_up_if_any();
    [[nodiscard]] std::uint32_t intern(const Cell& cell);
    [[nodiscard]] CounterRule rule_of(std::string_view counter) const;
    /// Segments of one counter, by year.
    template <class Visit>
    void each_segment(std::string_view counter, Visit visit) const {
        const auto word = words.find(counter);
        if (!word) {
            return;
        }
        for (auto at = segments.lower_bound({*word, INT32_MIN});
             at != segments.end() && at->first.indicator == *word;
             ++at) {
            visit(at->first.year, at->second);
        }
    }

  private:
    /// The segment that an indicator's last fact went to, and the days of its year: nearly always
    /// the next one's too.
    struct Latest {
        Segment* segment = nullptr;
        Date first, next;
    };

    [[nodiscard]] std::uint32_t cell_of(const Fact& fact);
    [[nodiscard]] const Latest& latest_of(const Fact& fact);

    std::unordered_map<Cell, std::uint32_t, CellHash> cell_numbers_;
    std::vector<Latest> latest_;              ///< by indicator word
    std::optional<std::uint32_t> last_cell_;  ///< facts of one event mostly share theirs
    bool was_table_asked_ = false, has_sums_ = false;
};

}  // namespace zt::views::impl
