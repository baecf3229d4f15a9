#pragma once
// Lists of all matters, search, similar ones, bulk verbs and jobs: bodies and answers.

#include "http/api.hpp"
#include "http/api_published.hpp"

namespace zt::http::api {

/// A matter of a list, open or not.
struct ListedMatter {
    MatterLine line;
    std::string counts;  ///< open, closed, ended
    UtcMs changed{};
    std::optional<UtcMs> closed;
    bool is_record = false, is_published = false;
};
BOOST_DESCRIBE_STRUCT(ListedMatter, (), (line, counts, changed, closed, is_record, is_published))

struct MatterRows {
    std::vector<ListedMatter> rows;
    std::optional<std::string> next;  ///< pass it as `after`
    std::int64_t count = 0;
    bool is_more = false;        ///< there are more than `count`
    std::optional<Lamps> lamps;  ///< of open ones, in order of urgency
    std::int64_t seq = 0;        ///< every event up to there is in
    bool is_being_made = false;  ///< the list is made anew: not all are in yet
};
BOOST_DESCRIBE_STRUCT(MatterRows, (), (rows, next, count, is_more, lamps, seq, is_being_made))

/// A piece of text; hits stand out.
struct SnippetPart {
    std::string text;
    bool is_hit = false;
};
BOOST_DESCRIBE_STRUCT(SnippetPart, (), (text, is_hit))

struct Snippet {
    std::string section;  ///< title, text, reply, work, published
    std::vector<SnippetPart> parts;
    bool is_cut_before = false, is_cut_after = false;
};
BOOST_DESCRIBE_STRUCT(Snippet, (), (section, parts, is_cut_before, is_cut_after))

struct Hit {
    ListedMatter matter;
    std::vector<Snippet> snippets;
};
BOOST_DESCRIBE_STRUCT(Hit, (), (matter, snippets))

struct Found {
    std::vector<Hit> rows;
    std::optional<std::string> next;
    std::int64_t count = 0;
    bool is_more = false;
    bool is_of_newest = false;  ///< ranked: the best of the newest hits, there were more
    std::int64_t seq = 0;
    bool is_being_made = false;
};
BOOST_DESCRIBE_STRUCT(Found, (), (rows, next, count, is_more, is_of_newest, seq, is_being_made))

struct PublishedHit {
    PublishedLine matter;
    std::vector<Snippet> snippets;
};
BOOST_DESCRIBE_STRUCT(PublishedHit, (), (matter, snippets))

struct PublishedFound {
    std::vector<PublishedHit> rows;
    std::optional<std::string> next;
    std::int64_t count = 0;
    bool is_more = false;
};
BOOST_DESCRIBE_STRUCT(PublishedFound, (), (rows, next, count, is_more))

/// What is about to be handed in.
struct SimilarTo {
    std::string text;  ///< title and text
    std::optional<std::string> kind;
    std::optional<std::int64_t> area;
};
BOOST_DESCRIBE_STRUCT(SimilarTo, (), (text, kind, area))

struct SimilarLine {
    ListedMatter matter;
    std::string reason;              ///< in words
    std::vector<std::string> words;  ///< that both have
    std::int64_t similarity = 0;     ///< millionths of the words of either
    std::int64_t days_apart = 0;
    bool is_same_area = false, is_near = false;
};
BOOST_DESCRIBE_STRUCT(
    SimilarLine, (), (matter, reason, words, similarity, days_apart, is_same_area, is_near)
)

struct SimilarList {
    std::vector<SimilarLine> rows;
    std::int64_t seq = 0;
    bool is_being_made = false;
};
BOOST_DESCRIBE_STRUCT(SimilarList, (), (rows, seq, is_being_made))

struct SimilarPublishedLine {
    PublishedLine matter;
    std::string reason;
    std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(SimilarPublishedLine, (), (matter, reason, words))

struct SimilarPublished {
    std::vector<SimilarPublishedLine> rows;
};
BOOST_DESCRIBE_STRUCT(SimilarPublished, (), (rows))

// ---- bulk ---------------------------------------------------------------------------------------

struct BulkRow {
    std::string number;
    std::optional<std::int64_t> version;     ///< refuse unless it stands there
    std::optional<std::vector<Deed>> deeds;  ///< instead of those for all
};
BOOST_DESCRIBE_STRUCT(BulkRow, (), (number, version, deeds))

/// The same deeds on many matters, or each its own.
struct Bulk {
    std::optional<std::vector<Deed>> deeds;
    std::vector<BulkRow> rows;
};
BOOST_DESCRIBE_STRUCT(Bulk, (), (deeds, rows))

/// Why a row was not done; as a problem document has it.
struct RowProblem {
    std::int64_t status = 0;
    std::string code, title, at;
};
BOOST_DESCRIBE_STRUCT(RowProblem, (), (status, code, title, at))

struct BulkOutcome {
    std::string number;
    std::optional<Done> done;
    std::optional<RowProblem> problem;
    bool is_repeated = false;
};
BOOST_DESCRIBE_STRUCT(BulkOutcome, (), (number, done, problem, is_repeated))

struct BulkDone {
    std::vector<BulkOutcome> rows;  ///< in the order of the body
    std::int64_t done = 0, refused = 0, seq = 0;
};
BOOST_DESCRIBE_STRUCT(BulkDone, (), (rows, done, refused, seq))

// ---- jobs ---------------------------------------------------------------------------------------

struct RejectedCount {
    std::string code, title;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(RejectedCount, (), (code, title, count))

struct JobLine {
    std::string id, what, state, state_title, form;
    UtcMs asked{};
    std::optional<UtcMs> began, ended;
    std::int64_t rows = 0, rejected = 0, repeated = 0, bytes = 0, bytes_all = 0;
    std::vector<RejectedCount> rejected_by_code;
    std::string refusal, why;            ///< code and text of what made it fail
    std::optional<std::string> rejects;  ///< where the rejected rows are
    std::optional<std::string> file;     ///< where an export is fetched, once
};
BOOST_DESCRIBE_STRUCT(
    JobLine,
    (),
    (id,
     what,
     state,
     state_title,
     form,
     asked,
     began,
     ended,
     rows,
     rejected,
     repeated,
     bytes,
     bytes_all,
     rejected_by_code,
     refusal,
     why,
     rejects,
     file)
)

struct JobList {
    std::vector<JobLine> jobs;
};
BOOST_DESCRIBE_STRUCT(JobList, (), (jobs))

/// A list to be taken away as a file: format and the filters of the list.
struct ExportOrder {
    std::string format;                ///< csv, xlsx
    std::string reason;                ///< kept in the audit
    std::optional<std::string> query;  ///< as of the list: "state=closed&kind=appeal"
};
BOOST_DESCRIBE_STRUCT(ExportOrder, (), (format, reason, query))

}  // namespace zt::http::api
