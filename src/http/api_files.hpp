#pragma once
// Bodies and answers of uploads, files, notes, records, saved views and the audit.

#include "http/api.hpp"
#include "http/codec.hpp"

namespace zt::http::api {

// ---- uploads and files --------------------------------------------------------------------------

struct UploadBegin {
    std::string name;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(UploadBegin, (), (name, bytes))
constexpr auto field_rows(const UploadBegin*) {
    return std::array{
        FieldRow{.name = "name", .help = "As the sender calls it.", .min = 0, .max = 250},
        FieldRow{.name = "bytes", .help = "Size, and held to.", .min = 1}
    };
}

struct UploadState {
    std::string id;
    std::int64_t received = 0;  ///< where the next piece begins
    std::int64_t bytes = 0, piece_bytes_max = 0;
    bool is_taken = true;  ///< false: the piece did not begin at `received`, send from there
    bool is_finished = false;
};
BOOST_DESCRIBE_STRUCT(
    UploadState, (), (id, received, bytes, piece_bytes_max, is_taken, is_finished)
)

/// What is kept of a finished upload.
struct UploadFacts {
    std::string id, name, type;
    std::int64_t bytes = 0, width = 0, height = 0;
    bool may_carry_metadata = false, extension_differs = false;
};
BOOST_DESCRIBE_STRUCT(
    UploadFacts, (), (id, name, type, bytes, width, height, may_carry_metadata, extension_differs)
)

/// Finished uploads that go to a matter, perhaps with the steps that they belong to.
struct PutFiles {
    std::vector<std::string> uploads;
    std::optional<std::string> purpose;  ///< hand_in, work, reply; outside always hand_in
    std::optional<std::vector<Deed>> deeds;
};
BOOST_DESCRIBE_STRUCT(PutFiles, (), (uploads, purpose, deeds))

struct FileList {
    std::vector<FileLine> files;
    std::int64_t version = 0, seq = 0;
};
BOOST_DESCRIBE_STRUCT(FileList, (), (files, version, seq))

// ---- notes --------------------------------------------------------------------------------------

struct NewNote {
    std::string visibility;  ///< unit, hands, requester: never left out, never changed
    std::string text;
};
BOOST_DESCRIBE_STRUCT(NewNote, (), (visibility, text))
constexpr auto field_rows(const NewNote*) {
    return std::array{
        FieldRow{.name = "visibility", .help = "unit, hands or requester.", .min = 1, .max = 20},
        FieldRow{.name = "text", .help = "What is noted; sealed.", .min = 1, .max = 20'000}
    };
}

struct NoteList {
    std::vector<NoteLine> notes;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(NoteList, (), (notes, version))

// ---- records ------------------------------------------------------------------------------------

struct RecordLine {
    std::string number, kind, kind_title, stage, stage_title, title;
    UtcMs registered{}, changed{};
};
BOOST_DESCRIBE_STRUCT(
    RecordLine, (), (number, kind, kind_title, stage, stage_title, title, registered, changed)
)

struct RecordList {
    std::vector<RecordLine> rows;
    std::optional<std::string> next;  ///< pass it as `after`
    std::int64_t count = 0;
    bool is_more = false;  ///< there are more than `count`
    std::int64_t seq = 0;  ///< what the list has seen
};
BOOST_DESCRIBE_STRUCT(RecordList, (), (rows, next, count, is_more, seq))

// ---- saved views --------------------------------------------------------------------------------

/// What is looked at and how. The lists take the same words.
struct ViewFilter {
    std::string place;  ///< inbox, open, matters, records
    std::vector<std::string> kinds, stages, categories, lamps;
    std::optional<std::string> text, sort;
};
BOOST_DESCRIBE_STRUCT(ViewFilter, (), (place, kinds, stages, categories, lamps, text, sort))
constexpr auto field_rows(const ViewFilter*) {
    return std::array{
        FieldRow{.name = "place", .help = "inbox, open, matters or records.", .min = 1, .max = 20},
        FieldRow{.name = "kinds", .max = 60, .items_max = 50},
        FieldRow{.name = "stages", .max = 60, .items_max = 50},
        FieldRow{.name = "categories", .max = 60, .items_max = 50},
        FieldRow{.name = "lamps", .max = 20, .items_max = 6},
        FieldRow{.name = "text", .max = 100},
        FieldRow{.name = "sort", .max = 40}
    };
}

struct NewView {
    std::string name;
    ViewFilter view;
};
BOOST_DESCRIBE_STRUCT(NewView, (), (name, view))
constexpr auto field_rows(const NewView*) {
    return std::array{FieldRow{.name = "name", .help = "One's own.", .min = 1, .max = 40}};
}

struct ViewLine {
    std::string id, name;
    ViewFilter view;
    UtcMs changed{};
};
BOOST_DESCRIBE_STRUCT(ViewLine, (), (id, name, view, changed))

struct ViewList {
    std::vector<ViewLine> views;
    std::int64_t views_max = 0;
};
BOOST_DESCRIBE_STRUCT(ViewList, (), (views, views_max))

// ---- audit --------------------------------------------------------------------------------------

struct AuditLine {
    std::int64_t seq = 0;
    UtcMs at{};
    std::string what, unit, post;
    std::int64_t person = 0;  ///< number of the person's record; 0: none
    std::string matter;       ///< number, never a word of what it says
    Json more = Json::object();
    std::string hash;  ///< of the chain up to this row
};
BOOST_DESCRIBE_STRUCT(AuditLine, (), (seq, at, what, unit, post, person, matter, more, hash))

struct AuditList {
    std::string mode;  ///< three, small_place, unsound: who the administrators are
    std::string banner;
    std::vector<AuditLine> rows;
    std::optional<std::string> next;  ///< pass it as `before`
    std::int64_t last = 0;
};
BOOST_DESCRIBE_STRUCT(AuditList, (), (mode, banner, rows, next, last))

}  // namespace zt::http::api
