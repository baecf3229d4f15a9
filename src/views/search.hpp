#pragma once
// Search: which matters hold these words, and which open ones are like this one. A following view
// in a file of its own; deleted, damaged or of another schema number, it is made anew and folded
// from zero, while it serves.
//
// It is the only view that is made of sealed text, and it keeps terms, not text: snippets are cut
// from what the caller opens (search_text.hpp). The index is cut by the month of registration, so
// that erasing a matter rewrites the tables of one month. docs/internals/search.md says how.

#include "views/lists.hpp"
#include "views/search_text.hpp"

#include <functional>

namespace zt::views {

inline constexpr std::int64_t search_schema = 2;
inline constexpr std::size_t search_page_max = 200;
/// Hits that a ranked answer is chosen from, the newest first: a word that half of all matters hold
/// says nothing about which is the best.
inline constexpr std::int64_t ranked_hits_max = 10'000;
/// Hits that one question looks at before it answers with what it has.
inline constexpr std::int64_t search_hits_max = 50'000;
/// Bytes of one section of a matter that are indexed; a book that was handed in is found by its
/// first chapters.
inline constexpr std::size_t section_bytes_max = std::size_t{96} * 1024;
inline constexpr int similar_days_max = 366;
inline constexpr std::size_t similar_max = 50;

/// Parts of a matter by who may read them: a question names those that its asker may.
enum class Section : std::uint8_t {
    title,
    text,       ///< what the requester said
    reply,      ///< what was answered
    work,       ///< what those who work on it wrote
    note,       ///< for colleagues only
    published,  ///< what everybody may read, where the matter is published
};

struct SearchText {
    Section section = Section::text;
    std::string text;
};

/// What a question may be answered with: the row as lists have it, and who is in it.
struct SearchRow {
    ListRow matter;
    std::vector<OrgId> involved, accused;  ///< as the filters of lists mean them, in order
    bool operator==(const SearchRow&) const = default;
};

/// What is indexed of a matter. An erased one leaves the index.
struct SearchDocument {
    SearchRow row;
    std::vector<SearchText> texts;
};

/// The row of a matter; texts are added by whoever can open them.
[[nodiscard]] SearchDocument document_of(const State& state);

/// May the asker know of this row? Asked before a row is shown or counted.
using Visible = std::function<bool(const SearchRow&)>;

struct SearchQuery {
    std::string words;                ///< see read_search; the matter's number is searched as well
    std::vector<Section> sections{};  ///< in which they may stand; empty: title, text, reply
    ListFilter filter{};
    Visible is_visible{};  ///< empty: all are
};

struct SearchPage {
    std::vector<SearchRow> rows;  ///< newest first
    /// Pass it to go on; empty at the end. There may be fewer rows than asked for before the end.
    std::optional<ListKey> next;
    bool operator==(const SearchPage&) const = default;
};

/// Published matters like a text: only what was published is compared with it, so that nobody
/// learns from the answer what else stands in a matter.
struct PublishedQuestion {
    std::string text;
    std::vector<std::string> kinds{};    ///< of matters; empty: any
    std::vector<std::string> records{};  ///< kinds of records that are compared too
    std::size_t limit = 5;               ///< at most similar_max
};

struct SearchRanking {
    std::vector<SearchRow> rows;  ///< best first; of equals the newer one
    bool is_of_newest = false;    ///< there were more hits than ranked_hits_max
};

struct SimilarQuestion {
    std::string text;            ///< title and text of the matter
    MatterId but{};              ///< the matter itself, when it is there already
    AreaId area{};               ///< 0: unknown
    std::vector<AreaId> near{};  ///< below or next to it, as the directory knows
    UtcMs registered{};
    int days_max = 90;                 ///< registered no further apart; at most similar_days_max
    std::vector<std::string> kinds{};  ///< empty: any
    Visible is_visible{};
    std::size_t limit = 5;  ///< at most similar_max
};

/// An open matter that is alike, and why. Shares are in millionths.
struct SimilarMatter {
    SearchRow row;
    std::int64_t score = 0;       ///< text 7, place 2, time 1 of 10
    std::int64_t similarity = 0;  ///< pairs and words in both ÷ in either
    std::int64_t shared = 0;      ///< pairs and words in both, about
    bool is_same_area = false, is_near = false;
    int days_apart = 0;
};

/// One writer, any number of readers, each a Search of its own. threads: one at a time per object.
class Search {
  public:
    /// As Lists::open.
    [[nodiscard]] static Result<Search> open(const std::string& path, ListAccess access);
    Search(Search&& other) noexcept;
    Search& operator=(Search&& other) noexcept;
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;
    ~Search();

    /// Why the file was made anew on opening; empty when it was not.
    [[nodiscard]] const std::string& rebuild_reason() const { return rebuild_reason_; }
    /// Of the last put; of a reader: when it was opened.
    [[nodiscard]] Seq position() const { return position_; }

    /// Takes matters as they stand, each replacing what was known of it, and moves the position to
    /// `seq`: one transaction. Erased ones go at once, with every byte of their terms in file and
    /// log; cost of that: reading and writing their months. errors: io_failed, disk_full, damaged;
    /// nothing is taken then.
    [[nodiscard]] Result<void> put(std::span<const SearchDocument> documents, Seq seq);
    /// Cuts the log if erased terms may stand in it: `put` tries it, but a reader can hold the log.
    /// out: nothing erased is left in file and log; when not, call again. errors: io_failed.
    [[nodiscard]] Result<bool> wipe();

    /// errors of all questions: bad_value (words), io_failed, damaged.
    /// in: limit ≤ search_page_max; after: `next` of the page before.
    [[nodiscard]] Result<SearchPage>
    newest(const SearchQuery& query, const std::optional<ListKey>& after, std::size_t limit) const;
    [[nodiscard]] Result<SearchRanking> ranked(const SearchQuery& query, std::size_t limit) const;
    /// Exact up to list_count_max; more also when search_hits_max hits were looked at before.
    [[nodiscard]] Result<ListCount> count(const SearchQuery& query) const;
    /// Best first; empty when nothing is alike. A text in which nothing can be found is like none.
    [[nodiscard]] Result<std::vector<SimilarMatter>> similar(const SimilarQuestion& question) const;
    /// Best first: those that share most terms. The caller looks at what they share (shared_words)
    /// before it calls them similar.
    [[nodiscard]] Result<std::vector<SearchRow>> similar_published(const PublishedQuestion& question
    ) const;
    /// Matters that can be found.
    [[nodiscard]] Result<std::int64_t> size() const;

    /// The first difference between two folds, in words; empty when they agree.
    [[nodiscard]] Result<std::optional<std::string>> difference(const Search& other) const;

  private:
    explicit Search(std::unique_ptr<impl::Database> database);
    struct Writing;  ///< what only the writer needs
    std::unique_ptr<impl::Database> database_;
    std::unique_ptr<Writing> writing_;
    std::string rebuild_reason_;
    Seq position_ = 0;
};

}  // namespace zt::views
