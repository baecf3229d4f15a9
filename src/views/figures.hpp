#pragma once
// Figures: every number is a sum of facts. The view keeps all facts in columns, cut by indicator
// and year, and answers each question by adding them up; nothing is counted twice in two places and
// nothing is stored as a total. Sums by month are kept in memory only and made from the columns.
//
// As of: `as_of D` takes facts of days up to D, `known_at S` those that the ledger held at seq S.
// With `from` the flows are those of a period. By month or year a stock shows what it moved in that
// time, so that rows add up to the total. docs/concepts/figures.md says what people may read out of
// each.

#include "views/share.hpp"
#include "views/view.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::views {

/// Layout of the segment files; other numbers are not read but rebuilt from the ledger.
inline constexpr std::uint32_t figures_schema = 5;

/// Which facts count.
struct FactWindow {
    std::optional<Date> from{}, until{};  ///< days of `at`, both included
    std::optional<Seq> known_at{};
    std::vector<std::string> kinds{};  ///< empty: all
};

struct FigureQuery {
    std::optional<Date> as_of{};          ///< default: the newest day that is known
    std::optional<Seq> known_at{};        ///< default: everything folded
    std::optional<Date> from{}, until{};  ///< flows of a period, both days included
    std::vector<std::string> by{};        ///< kind, channel, org, area, category, month, year
    std::vector<std::string> kinds{};     ///< empty: all
};

/// What a document prints. Numbers of weights are decimals.
struct FigureValue {
    IndicatorForm form = IndicatorForm::flow;
    std::string count;                   ///< all but rates; of a spread the number of its amounts
    std::string numerator, denominator;  ///< rates
    std::optional<std::string> rate;     ///< empty when the denominator is 0
    std::optional<std::int64_t> median, p90;  ///< spreads; off by at most 5 %
    bool operator==(const FigureValue&) const = default;
};

struct FigureRow {
    std::vector<std::pair<std::string, std::string>> by;      ///< in the order asked for
    std::vector<std::pair<std::string, FigureValue>> values;  ///< in the order of documents
    bool operator==(const FigureRow&) const = default;
};

struct FigureTable {
    Date as_of;
    Seq seq = 0;
    std::vector<FigureRow>
        rows;  ///< exactly one without `by`; else those that are not all zero, in order of `by`
    bool operator==(const FigureTable&) const = default;
};

/// How ids are shown; without a function by their number.
struct FigureNames {
    std::function<std::string(OrgId)> org{};
    std::function<std::string(AreaId)> area{};
};

/// A fact as the view gives it back.
struct FactRow {
    Date day;
    OrgId org;
    AreaId area;
    std::string_view kind, channel, category;  ///< valid until the view changes
    MatterId subject;
    std::int64_t amount = 0;
    MatterId matter;
    Seq seq = 0;
    bool operator==(const FactRow&) const = default;
};

namespace impl {
class FactStore;
}

/// threads: one at a time; the service guards it.
class Figures {
  public:
    Figures();
    Figures(Figures&& other) noexcept;
    Figures& operator=(Figures&& other) noexcept;
    Figures(const Figures&) = delete;
    Figures& operator=(const Figures&) = delete;
    ~Figures();

    /// Takes a step in. A step at or below the position was folded already and is passed over.
    void fold(const Step& step);
    /// Seq of the last step folded, 0 at the beginning.
    [[nodiscard]] Seq position() const;
    [[nodiscard]] std::int64_t fact_count() const;
    /// Says how a counter of a kind file is summed and in which unit it counts; without it, it is a
    /// flow in units of 1. Common indicators are known from domain/facts.hpp.
    void declare(std::string_view counter, IndicatorForm form, std::int64_t unit = 1);

    /// errors: bad_usage (unknown or repeated dimension).
    /// cost: the different combinations of dimensions and months, and the facts folded since the
    /// last table; all facts of a month that a bound cuts; all facts for an earlier seq, in the
    /// first table, and some four times over in the second, which makes the sums.
    [[nodiscard]] Result<FigureTable>
    table(const FigureQuery& query, const FigureNames& names = {}) const;
    /// The matters whose facts of that counter do not add up to 0, by id.
    /// errors: not_found (unknown indicator), bad_usage (a rate: names its counters).
    [[nodiscard]] Result<std::vector<MatterId>>
    list(std::string_view counter, const FigureQuery& query) const;
    /// Facts of one counter, by year and within it by seq; an unknown counter has none.
    void visit(
        std::string_view counter,
        const FactWindow& window,
        const std::function<void(const FactRow&)>& visitor
    ) const;
    /// The newest day of `at` that is known at that seq; 1970-01-01 when nothing is.
    [[nodiscard]] Date newest_day(std::optional<Seq> known_at = std::nullopt) const;

    /// Writes what changed since the last save; a crash at any moment leaves the former or the new
    /// save. in: a folder that exists or can be made. errors: io_failed, disk_full, read_only.
    [[nodiscard]] Result<void> save(const std::string& folder);
    /// errors: not_found (nothing saved), damaged, newer_version (other schema number); all mean:
    /// fold from zero.
    [[nodiscard]] static Result<Figures> load(const std::string& folder);
    /// The first difference between two folds, in words; empty when they agree.
    [[nodiscard]] std::optional<std::string> difference(const Figures& other) const;

  private:
    std::unique_ptr<impl::FactStore> facts_;
};

}  // namespace zt::views
