// Similar matters in three steps, each bounded: which terms of the text are rare; which documents
// hold several of those; how alike, how near and how recent these are.

#include "base/check.hpp"
#include "views/impl/search_rows.hpp"
#include "views/impl/snapshot.hpp"
#include "views/search.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>

namespace zt::views {

using impl::Database;
using impl::DocumentNo;
using impl::Month;
using impl::Signature;
using impl::Snapshot;

namespace {

/// Terms that are looked up to find the rare ones: as many as a question has time for.
constexpr std::size_t probed_max = 48;
/// Documents of a month that a term may be in and still tell something.
constexpr std::int64_t rare_max = 128;
/// Rare terms that candidates are found by.
constexpr std::size_t telling_max = 16;
/// Documents that are compared.
constexpr std::size_t compared_max = 200;
/// Below this a likeness is chance: greetings and closing words alone make about 30 thousandths.
constexpr std::int64_t similarity_min = 60'000;
constexpr std::int64_t shared_min = 3;
constexpr std::int64_t million = 1'000'000;

using Terms = std::vector<std::string>;

/// Different pairs and words, spread over the text when there are more than are looked up.
Terms probed_terms(const std::vector<SearchTerm>& terms);
Result<std::vector<Month>> months_around(Database& database, const SimilarQuestion& question);
/// The rarest of the terms in the month that has most documents.
Result<Terms> telling_terms(Database& database, const Terms& terms, const Month& month);
Result<std::vector<DocumentNo>>
documents_with(Database& database, const Month& month, const std::string& term);
/// Those that hold most of the terms.
Result<std::vector<DocumentNo>>
candidates(Database& database, const std::vector<Month>& months, const Terms& terms);
/// None when it is not open, not to be seen, or not alike.
Result<std::optional<SimilarMatter>> compared(
    Database& database,
    DocumentNo document,
    const SimilarQuestion& question,
    const Signature& signature
);
bool is_asked_for(const SearchRow& row, const SimilarQuestion& question);
std::int64_t score_of(const SimilarMatter& matter, int days_max);

}  // namespace

Result<std::vector<SimilarMatter>> Search::similar(const SimilarQuestion& question) const {
    CHECK(question.limit > 0 && question.limit <= similar_max);
    CHECK(question.days_max > 0 && question.days_max <= similar_days_max);
    const std::vector<SearchTerm> terms =
        search_terms(std::string_view(question.text).substr(0, section_bytes_max));
    const Signature signature = impl::signature_of(terms);
    std::vector<SimilarMatter> out;
    TRY(const auto snapshot, Snapshot::begin(*database_));
    TRY(const auto months, months_around(*database_, question));
    if (months.empty() || signature.terms < shared_min) {
        return out;
    }
    const Month& fullest = *std::ranges::max_element(months, {}, &Month::current);
    TRY(const Terms telling, telling_terms(*database_, probed_terms(terms), fullest));
    TRY(const auto documents, candidates(*database_, months, telling));
    for (const DocumentNo document : documents) {
        TRY(auto found, compared(*database_, document, question, signature));
        if (found) {
            out.push_back(*std::move(found));
        }
    }
    std::ranges::sort(out, [](const SimilarMatter& one, const SimilarMatter& two) {
        return std::pair(one.score, one.row.matter.id) > std::pair(two.score, two.row.matter.id);
    });
    out.resize(std::min(out.size(), question.limit));
    return out;
}

namespace {

Terms probed_terms(const std::vector<SearchTerm>& terms) {
    Terms all;
    std::unordered_set<std::string_view> seen;
    for (const SearchTerm& term : terms) {
        if ((term.is_word || term.is_pair) && seen.insert(term.text).second) {
            all.push_back(term.text);
        }
    }
    if (all.size() <= probed_max) {
        return all;
    }
    Terms out;
    for (std::size_t index = 0; index < probed_max; ++index) {
        out.push_back(all[index * all.size() / probed_max]);
    }
    return out;
}

Result<std::vector<Month>> months_around(Database& database, const SimilarQuestion& question) {
    const auto days = std::chrono::days{question.days_max};
    TRY(auto months, impl::load_months(database));
    std::erase_if(months, [&](const Month& month) {
        return impl::begin_of_month(month.id) > question.registered + days ||
               impl::begin_of_month(impl::next_month(month.id)) < question.registered - days ||
               month.current == 0;
    });
    return months;
}

Result<Terms> telling_terms(Database& database, const Terms& terms, const Month& month) {
    // A term that the month does not have may be one that another month has, or a slip of the pen.
    constexpr std::int64_t rank_of_unknown = 8;
    std::vector<std::pair<std::int64_t, std::string>> counted;
    for (const std::string& term : terms) {
        TRY(const auto documents, documents_with(database, month, term));
        const auto count = static_cast<std::int64_t>(documents.size());
        if (count < rare_max || terms.size() <= telling_max) {
            counted.emplace_back(count == 0 ? rank_of_unknown : count, term);
        }
    }
    std::ranges::sort(counted);
    Terms out;
    for (auto& [count, term] : counted) {
        if (out.size() < telling_max) {
            out.push_back(std::move(term));
        }
    }
    return out;
}

Result<std::vector<DocumentNo>>
documents_with(Database& database, const Month& month, const std::string& term) {
    TRY(auto cursor,
        database.query(
            "SELECT rowid FROM " + month.table() + "(?) ORDER BY rowid DESC LIMIT ?",
            {impl::match_of_term(term), rare_max}
        ));
    std::vector<DocumentNo> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        out.push_back(cursor.number(0));
    }
}

Result<std::vector<DocumentNo>>
candidates(Database& database, const std::vector<Month>& months, const Terms& terms) {
    std::unordered_map<DocumentNo, std::int64_t> shared;
    for (const Month& month : months) {
        for (const std::string& term : terms) {
            TRY(const auto documents, documents_with(database, month, term));
            for (const DocumentNo document : documents) {
                ++shared[document];
            }
        }
    }
    std::vector<std::pair<std::int64_t, DocumentNo>> order;
    for (const auto& [document, count] : shared) {
        order.emplace_back(count, document);
    }
    std::ranges::sort(order, std::greater{});
    std::vector<DocumentNo> out;
    for (const auto& [count, document] : order) {
        if (out.size() < compared_max) {
            out.push_back(document);
        }
    }
    return out;
}

Result<std::optional<SimilarMatter>> compared(
    Database& database,
    DocumentNo document,
    const SimilarQuestion& question,
    const Signature& signature
) {
    TRY(auto cursor,
        database.query(
            "SELECT " + impl::search_columns() +
                ", signature.terms, signature.hashes FROM document AS matter"
                " JOIN signature ON signature.document = matter.document"
                " WHERE matter.document = ? AND matter.is_current = 1 AND matter.counts = 0",
            {document}
        ));
    TRY(const bool has_row, cursor.next());
    if (!has_row) {
        return std::optional<SimilarMatter>{};
    }
    SimilarMatter out;
    TRY(out.row, impl::search_row_at(cursor));
    const Signature other =
        impl::read_signature(cursor.number(impl::next_column), cursor.text(impl::next_column + 1));
    out.similarity = impl::similarity_of(signature, other);
    out.shared = impl::shared_count(signature, other, out.similarity);
    if (out.similarity < similarity_min || out.shared < shared_min ||
        !is_asked_for(out.row, question)) {
        return std::optional<SimilarMatter>{};
    }
    const ListRow& matter = out.row.matter;
    const auto apart = std::chrono::abs(matter.registered - question.registered);
    out.days_apart = static_cast<int>(std::chrono::floor<std::chrono::days>(apart).count());
    out.is_same_area = question.area && matter.area == question.area;
    out.is_near = !out.is_same_area && matter.area &&
                  std::ranges::find(question.near, matter.area) != question.near.end();
    out.score = score_of(out, question.days_max);
    return std::optional(std::move(out));
}

bool is_asked_for(const SearchRow& row, const SimilarQuestion& question) {
    const ListRow& matter = row.matter;
    const auto apart = std::chrono::abs(matter.registered - question.registered);
    return matter.id != question.but && !matter.is_record &&
           apart <= std::chrono::days{question.days_max} &&
           (question.kinds.empty() ||
            std::ranges::find(question.kinds, matter.kind) != question.kinds.end()) &&
           (!question.is_visible || question.is_visible(row));
}

std::int64_t score_of(const SimilarMatter& matter, int days_max) {
    const std::int64_t place = matter.is_same_area ? million : matter.is_near ? million / 2 : 0;
    const std::int64_t time = million - million * matter.days_apart / (days_max + 1);
    return (7 * matter.similarity + 2 * place + time) / 10;
}

}  // namespace
}  // namespace zt::views
