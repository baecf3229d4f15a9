#pragma once
// What everybody may read without signing in: published matters, and figures whose small numbers
// are left out. Days, never hours: the minute of a hand-in could tell who it was.

#include "http/api.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

struct PublishedLine {
    std::string number, kind, kind_title, title, text, category, office, stage_title;
    bool is_closed = false;
    bool is_record = false;  ///< an answer on the shelf, a guide: nobody handed it in
    Date registered{};
    std::optional<Date> closed;
    std::optional<Reference> area;  ///< where the kind publishes it; never below a township
};
BOOST_DESCRIBE_STRUCT(
    PublishedLine,
    (),
    (number,
     kind,
     kind_title,
     title,
     text,
     category,
     office,
     stage_title,
     is_closed,
     is_record,
     registered,
     closed,
     area)
)

struct PublishedList {
    std::vector<PublishedLine> rows;  ///< newest first
    std::optional<std::string> next;  ///< pass it as `after`
    std::int64_t count = 0;
    bool is_more = false;  ///< there are more than `count`
};
BOOST_DESCRIBE_STRUCT(PublishedList, (), (rows, next, count, is_more))

struct PublicStep {
    Date day{};
    std::string title;
};
BOOST_DESCRIBE_STRUCT(PublicStep, (), (day, title))

/// A further field that the kind publishes.
struct PublicField {
    std::string name, title, value;
};
BOOST_DESCRIBE_STRUCT(PublicField, (), (name, title, value))

struct PublishedPage {
    PublishedLine line;
    std::vector<PublicField> fields;
    std::vector<PublicStep> steps;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(PublishedPage, (), (line, fields, steps))

/// A count, or a rate with what it was made from. Hidden: nothing but the name.
struct PublicValue {
    std::string name, title;
    bool is_hidden = false;
    std::optional<std::int64_t> count, denominator;
    std::optional<std::string> numerator, rate;
};
BOOST_DESCRIBE_STRUCT(
    PublicValue, (), (name, title, is_hidden, count, denominator, numerator, rate)
)

struct PublicRow {
    std::string kind, kind_title;
    std::string period;  ///< "2022-08", or "2022" for the months of the year that have ended
    std::vector<PublicValue> values;
};
BOOST_DESCRIBE_STRUCT(PublicRow, (), (kind, kind_title, period, values))

struct PublicFigures {
    std::int64_t year = 0, seq = 0;
    std::optional<Date> until;  ///< none: no month of the year has ended
    std::vector<PublicRow> rows;
};
BOOST_DESCRIBE_STRUCT(PublicFigures, (), (year, seq, until, rows))

}  // namespace zt::http::api
