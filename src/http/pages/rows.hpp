#pragma once
// Rows of lists and search as one caller sees them: which there are, and what of each is shown.

#include "http/api_search.hpp"
#include "http/pages/looking.hpp"
#include "service/view_readers.hpp"
#include "views/outline.hpp"

#include <unordered_map>

namespace zt::http {

/// What one caller may know of rows. Each outline is judged once, so that a count over many rows is
/// a look-up a row. threads: one.
class RowSight {
  public:
    RowSight(Viewer viewer, const Context& context)
        : viewer_(std::move(viewer)), context_(context) {}

    /// May be in a list, and may be counted.
    [[nodiscard]] bool sees(const views::ListRow& row);
    [[nodiscard]] bool reads(FieldGroup group, const views::ListRow& row);
    [[nodiscard]] bool may_export(const views::ListRow& row);
    /// What the requester said and was answered.
    [[nodiscard]] bool reads_texts(const views::ListRow& row) {
        return reads(FieldGroup::text, row) && reads(FieldGroup::replies, row);
    }

  private:
    /// Asked when it is first needed.
    struct Judged {
        std::optional<bool> is_listed, may_export;
        std::array<std::optional<bool>, field_groups_count> reads{};
    };
    [[nodiscard]] Judged& judged(const views::ListRow& row) {
        return known_[views::outline_key(row)];
    }

    Viewer viewer_;
    Context context_;
    std::unordered_map<std::string, Judged> known_;
};

/// Narrows the filter to units that could give the caller sight at all, where that is cheaper than
/// to ask of every row. Never leaves out what may be seen.
void narrow(views::ListFilter& filter, const Viewer& viewer, const Context& context);

/// What a list is asked for, by the values of the address.
struct ListAsked {
    views::ListFilter filter;
    std::vector<Lamp> lamps;
    bool is_urgent = false;  ///< open ones, most urgent first
    views::ListOrder order = views::ListOrder::newest;
};
/// errors: bad_value, bad_date, unknown_org, with `at` naming the value.
[[nodiscard]] Result<ListAsked> list_asked(const Pairs& query, const Looking& looking);
/// Which rows the caller may be shown and counted for that question: those that are seen, and of
/// which what is asked for is seen too, since a filter tells what it hides. Both are borrowed.
[[nodiscard]] std::function<bool(const views::ListRow&)>
visible_for(const ListAsked& asked, RowSight& sight);
/// Whether an answer tells of each matter where it is, though no filter asks.
enum class AsksWhere : std::uint8_t { no, yes };
/// The same question as the open set takes it. Only matters of which the caller may see the clocks
/// stand in an order of due dates, and of which they may see the fields are told apart by area.
[[nodiscard]] views::OpenFilter open_filter(
    const ListAsked& asked,
    const Viewer& viewer,
    const Context& context,
    AsksWhere asks_where = AsksWhere::no
);
/// Names and meanings of these values, for the rows of routes.
[[nodiscard]] Pairs list_values();

/// rows a page has: the usual 50, at most `most`. errors: bad_value.
[[nodiscard]] Result<std::size_t> limit_in(const Call& call, std::size_t most);
/// "1659315600000-12" and back. errors: bad_value at /after.
[[nodiscard]] std::string text_of_key(const views::ListKey& key);
[[nodiscard]] Result<std::optional<views::ListKey>> key_in(const Call& call);
/// Waits until lists and search have seen `after_seq`, where the address has one. errors: bad_value
/// (that has not happened yet), overloaded (they lag).
[[nodiscard]] Result<void> await_asked(World& world, const Call& call);

/// Shows rows to one caller: titles are opened where they may be read; lamps, dues and turns of
/// open ones stand there where the caller may see clocks. All borrowed.
struct Showing {
    World& world;
    Looking& looking;
    RowSight& sight;
    std::string_view language;

    /// In the order of the rows. errors: overloaded (the open matters are still being read), those
    /// of reading a matter.
    [[nodiscard]] Result<std::vector<api::ListedMatter>>
    lines(const std::vector<views::ListRow>& rows) const;

  private:
    [[nodiscard]] Result<api::ListedMatter> line(const views::ListRow& row) const;
    [[nodiscard]] Result<std::string> open_name_of(MatterId record) const;
};

/// The newest title; empty when it was erased or there is none.
[[nodiscard]] Result<std::string> title_of(Looking& looking, MatterId matter);

/// Answers that are the same are told by the same ETag.
[[nodiscard]] Reply tagged(const Json& body);

}  // namespace zt::http
