// Questions by words. Months are asked from the newest to the oldest, and no more of them than the
// answer needs.

#include "base/check.hpp"
#include "base/text.hpp"
#include "views/impl/search_rank.hpp"
#include "views/impl/search_rows.hpp"
#include "views/impl/snapshot.hpp"
#include "views/search.hpp"

#include <algorithm>

namespace zt::views {

using impl::Cursor;
using impl::Database;
using impl::DocumentNo;
using impl::Month;
using impl::Snapshot;
using impl::Value;
using impl::Where;

namespace {

/// How much a hit weighs by column: a number is meant when it is typed, a title is chosen words.
constexpr const char* weights = "10.0, 5.0, 2.0, 1.0, 1.0, 0.5, 0.5, 2.0";
/// Different terms of a text that are looked at for those that published texts are asked for.
constexpr std::size_t published_probed_max = 480;
constexpr std::array default_sections{Section::title, Section::text, Section::reply};

/// A query as FTS5 and SQL take it.
struct Question {
    std::string match;
    Where where;
    bool is_filtered_in_code = false;  ///< by orgs or by who asks

    /// `what` of the hits in a month, the latest document first.
    [[nodiscard]] std::string sql(const Month& month, const std::string& what) const;
    [[nodiscard]] std::vector<Value> values() const;
};

/// Gathers the newest rows of those that come in the order of documents.
class Newest {
  public:
    Newest(std::size_t limit, const std::optional<ListKey>& after) : limit_(limit), after_(after) {}
    [[nodiscard]] bool is_wanted(const ListRow& row) const {
        return !after_ || key_of(row) < *after_;
    }
    void add(SearchRow row);
    [[nodiscard]] bool is_full() const { return rows_.size() >= limit_; }
    /// Nothing registered at or before that can come among the rows any more.
    [[nodiscard]] bool is_settled(UtcMs highest) const {
        return is_full() && rows_.back().matter.registered > highest;
    }
    [[nodiscard]] std::vector<SearchRow> take() { return std::move(rows_); }
    [[nodiscard]] static ListKey key_of(const ListRow& row) { return {row.registered, row.id}; }

  private:
    std::size_t limit_;
    std::optional<ListKey> after_;
    std::vector<SearchRow> rows_;  ///< newest first
};

struct Scored {
    std::int64_t score = 0;
    DocumentNo document = 0;
};

Result<Question> question_of(const SearchQuery& query);
/// Different pairs and words, spread over the text when there are more than are looked up.
std::vector<std::string> published_terms(std::string_view text);
/// Months that the filter does not leave out, newest first.
Result<std::vector<Month>>
months_for(Database& database, const ListFilter& filter, const std::optional<ListKey>& after);
/// out: how many rows were looked at.
Result<std::int64_t> gather(
    Database& database,
    const Question& question,
    const Month& month,
    const SearchQuery& query,
    Newest& newest
);
Result<std::vector<Scored>>
best_of(Database& database, const Question& question, const std::vector<Month>& months);
Result<std::optional<SearchRow>> row_of_document(Database& database, DocumentNo document);

}  // namespace

Result<SearchPage> Search::newest(
    const SearchQuery& query, const std::optional<ListKey>& after, std::size_t limit
) const {
    CHECK(limit > 0 && limit <= search_page_max);
    TRY(Question question, question_of(query));
    if (after) {
        question.where.parts.emplace_back("matter.registered <= ?");
        question.where.values.emplace_back(impl::ms(after->registered));
    }
    TRY(const auto snapshot, Snapshot::begin(*database_));
    TRY(const auto months, months_for(*database_, query.filter, after));
    Newest newest(limit + 1, after);
    SearchPage out;
    std::int64_t looked_at = 0;
    for (const Month& month : months) {
        if (newest.is_full()) {
            break;
        }
        if (looked_at >= search_hits_max) {
            // All that is newer than this month was seen: the next page begins with it.
            out.next = ListKey{impl::begin_of_month(impl::next_month(month.id)), MatterId{}};
            break;
        }
        TRY(const std::int64_t more, gather(*database_, question, month, query, newest));
        looked_at += more;
    }
    out.rows = newest.take();
    if (out.rows.size() > limit) {
        out.rows.resize(limit);
        out.next = Newest::key_of(out.rows.back().matter);
    }
    return out;
}

Result<ListCount> Search::count(const SearchQuery& query) const {
    TRY(const Question question, question_of(query));
    TRY(const auto snapshot, Snapshot::begin(*database_));
    TRY(const auto months, months_for(*database_, query.filter, std::nullopt));
    std::int64_t found = 0, looked_at = 0;
    for (const Month& month : months) {
        const std::string what = question.is_filtered_in_code ? impl::search_columns() : "1";
        TRY(auto cursor, database_->query(question.sql(month, what), question.values()));
        while (true) {
            TRY(const bool has_row, cursor.next());
            if (!has_row) {
                break;
            }
            if (question.is_filtered_in_code) {
                TRY(const SearchRow row, impl::search_row_at(cursor));
                found += impl::passes(row, query.filter, query.is_visible) ? 1 : 0;
            } else {
                ++found;
            }
            if (found > list_count_max) {
                return ListCount{list_count_max, true};
            }
            if (++looked_at >= search_hits_max) {
                return ListCount{found, true};
            }
        }
    }
    return ListCount{found, false};
}

Result<std::vector<SearchRow>> Search::similar_published(const PublishedQuestion& asked) const {
    CHECK(asked.limit > 0 && asked.limit <= similar_max);
    const auto terms = published_terms(asked.text);
    std::vector<SearchRow> out;
    if (terms.empty()) {
        return out;
    }
    ListFilter filter;
    filter.is_published = true;
    if (asked.records.empty()) {
        filter.is_record = false;
    }
    if (!asked.kinds.empty()) {
        filter.kinds = asked.kinds;
        filter.kinds.insert(filter.kinds.end(), asked.records.begin(), asked.records.end());
    }
    const auto is_compared = [&](const SearchRow& row) {
        const auto& kinds = row.matter.is_record ? asked.records : asked.kinds;
        return std::ranges::find(kinds, row.matter.kind) != kinds.end() ||
               (kinds.empty() && !row.matter.is_record);
    };
    const Question question{impl::match_published(terms), impl::filter_of(filter), false};
    TRY(const auto snapshot, Snapshot::begin(*database_));
    TRY(const auto months, months_for(*database_, filter, std::nullopt));
    TRY(const auto best, best_of(*database_, question, months));
    for (const Scored& one : best) {
        if (out.size() == asked.limit) {
            break;
        }
        TRY(auto row, row_of_document(*database_, one.document));
        if (row && impl::passes(*row, filter, {}) && is_compared(*row)) {
            out.push_back(*std::move(row));
        }
    }
    return out;
}

Result<SearchRanking> Search::ranked(const SearchQuery& query, std::size_t limit) const {
    CHECK(limit > 0 && limit <= search_page_max);
    TRY(const Question question, question_of(query));
    TRY(const auto snapshot, Snapshot::begin(*database_));
    TRY(const auto months, months_for(*database_, query.filter, std::nullopt));
    TRY(const auto best, best_of(*database_, question, months));
    SearchRanking out;
    out.is_of_newest = static_cast<std::int64_t>(best.size()) >= ranked_hits_max;
    for (const Scored& one : best) {
        if (out.rows.size() == limit) {
            break;
        }
        TRY(auto row, row_of_document(*database_, one.document));
        if (row && impl::passes(*row, query.filter, query.is_visible)) {
            out.rows.push_back(*std::move(row));
        }
    }
    return out;
}

namespace {

std::string Question::sql(const Month& month, const std::string& what) const {
    return "SELECT " + what + " FROM " + month.table() +
           "(?) AS hit CROSS JOIN document AS matter ON matter.document = hit.rowid"
           " WHERE matter.is_current = 1" +
           (where.parts.empty() ? "" : " AND " + join(where.parts, " AND ")) +
           " ORDER BY hit.rowid DESC";
}

std::vector<Value> Question::values() const {
    std::vector<Value> out = {match};
    out.insert(out.end(), where.values.begin(), where.values.end());
    return out;
}

void Newest::add(SearchRow row) {
    const auto place = std::ranges::find_if(rows_, [&](const SearchRow& one) {
        return key_of(one.matter) < key_of(row.matter);
    });
    rows_.insert(place, std::move(row));
    if (rows_.size() > limit_) {
        rows_.pop_back();
    }
}

Result<Question> question_of(const SearchQuery& query) {
    TRY(const auto phrases, read_search(query.words));
    const std::span<const Section> sections = query.sections.empty()
                                                  ? std::span<const Section>(default_sections)
                                                  : std::span<const Section>(query.sections);
    return Question{
        impl::match_text(phrases, sections),
        impl::filter_of(query.filter),
        query.is_visible != nullptr || query.filter.is_visible != nullptr ||
            !query.filter.involved.empty() || !query.filter.not_accused.empty()
    };
}

std::vector<std::string> published_terms(std::string_view text) {
    constexpr std::size_t terms_max = 24;
    std::vector<std::string> all;
    for (auto& term : search_terms(text.substr(0, section_bytes_max))) {
        if ((term.is_word || term.is_pair) && std::ranges::find(all, term.text) == all.end()) {
            all.push_back(std::move(term.text));
        }
        if (all.size() == published_probed_max) {
            break;
        }
    }
    std::vector<std::string> out;
    const std::size_t count = std::min(terms_max, all.size());
    for (std::size_t index = 0; index < count; ++index) {
        out.push_back(all[index * all.size() / count]);
    }
    return out;
}

Result<std::vector<Month>>
months_for(Database& database, const ListFilter& filter, const std::optional<ListKey>& after) {
    TRY(auto months, impl::load_months(database));
    std::erase_if(months, [&](const Month& month) {
        const UtcMs begin = impl::begin_of_month(month.id);
        const UtcMs end = impl::begin_of_month(impl::next_month(month.id));
        return (filter.until && begin >= *filter.until) || (filter.from && end <= *filter.from) ||
               (after && begin > after->registered) || month.current == 0;
    });
    return months;
}

Result<std::int64_t> gather(
    Database& database,
    const Question& question,
    const Month& month,
    const SearchQuery& query,
    Newest& newest
) {
    TRY(auto cursor,
        database.query(
            question.sql(month, impl::search_columns() + ", matter.ahead"), question.values()
        ));
    for (std::int64_t looked_at = 0;; ++looked_at) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return looked_at;
        }
        TRY(SearchRow row, impl::search_row_at(cursor));
        const Millis ahead{cursor.number(impl::next_column)};
        if (newest.is_settled(row.matter.registered + ahead)) {
            return looked_at;
        }
        if (newest.is_wanted(row.matter) && impl::passes(row, query.filter, query.is_visible)) {
            newest.add(std::move(row));
        }
    }
}

Result<std::vector<Scored>>
best_of(Database& database, const Question& question, const std::vector<Month>& months) {
    std::vector<Scored> out;
    for (const Month& month : months) {
        const std::int64_t room = ranked_hits_max - static_cast<std::int64_t>(out.size());
        if (room <= 0) {
            break;
        }
        const std::string score = "CAST(1000000 * " + std::string(impl::nearness) + "(" +
                                  month.table() + ", " + weights + ") AS INTEGER), hit.rowid";
        // Without a filter nothing but the index is read: a stale document falls out later.
        const bool is_plain = question.where.parts.empty();
        std::vector<Value> values =
            is_plain ? std::vector<Value>{question.match} : question.values();
        values.emplace_back(room);
        TRY(auto cursor,
            database.query(
                (is_plain ? "SELECT " + score + " FROM " + month.table() +
                                "(?) AS hit ORDER BY hit.rowid DESC"
                          : question.sql(month, score)) +
                    " LIMIT ?",
                values
            ));
        while (true) {
            TRY(const bool has_row, cursor.next());
            if (!has_row) {
                break;
            }
            out.push_back({cursor.number(0), cursor.number(1)});
        }
    }
    std::ranges::sort(out, [](const Scored& one, const Scored& two) {
        return std::pair(one.score, one.document) > std::pair(two.score, two.document);
    });
    return out;
}

Result<std::optional<SearchRow>> row_of_document(Database& database, DocumentNo document) {
    TRY(auto cursor,
        database.query(
            "SELECT " + impl::search_columns() +
                " FROM document AS matter WHERE matter.document = ? AND matter.is_current = 1",
            {document}
        ));
    TRY(const bool has_row, cursor.next());
    if (!has_row) {
        return std::optional<SearchRow>{};
    }
    TRY(auto row, impl::search_row_at(cursor));
    return std::optional(std::move(row));
}

}  // namespace
}  // namespace zt::views
