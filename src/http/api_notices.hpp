#pragma once
// Bodies and answers of notices, the call list and what did not arrive, as described structs
// (api.hpp).

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

struct NoticeLine {
    std::string id;  ///< "1234-8": of the message, for ever
    std::string what, text, number;
    UtcMs at{};
    std::optional<UtcMs> due, read;
};
BOOST_DESCRIBE_STRUCT(NoticeLine, (), (id, what, text, number, at, due, read))

struct NoticeList {
    std::vector<NoticeLine> rows;  ///< newest first
    std::optional<std::string> next;
    std::int64_t unread = 0;
};
BOOST_DESCRIBE_STRUCT(NoticeList, (), (rows, next, unread))

struct Unread {
    std::int64_t unread = 0;
};
BOOST_DESCRIBE_STRUCT(Unread, (), (unread))

/// Those named; all when the list is left out.
struct MarkRead {
    std::optional<std::vector<std::string>> ids;
};
BOOST_DESCRIBE_STRUCT(MarkRead, (), (ids))

/// How somebody wants to hear of things. What escalates comes whatever is chosen.
struct NoticeChoice {
    std::vector<std::string> muted;     ///< classes
    std::optional<std::string> way;     ///< mail, sms or chat, besides the inbox
    bool is_at_once = false;            ///< also in quiet hours
    std::optional<std::string> digest;  ///< "08:30": once a day, all in one
};
BOOST_DESCRIBE_STRUCT(NoticeChoice, (), (muted, way, is_at_once, digest))

struct NoticeChoicePage {
    NoticeChoice choice;
    std::vector<std::string> classes, never_muted, ways;
};
BOOST_DESCRIBE_STRUCT(NoticeChoicePage, (), (choice, classes, never_muted, ways))

/// Somebody without SMS who has to be called. The number to call stands behind the reveal of the
/// matter, which the requester is told of.
struct CallLine {
    std::string id, number, what, text;
    UtcMs at{};
};
BOOST_DESCRIBE_STRUCT(CallLine, (), (id, number, what, text, at))

struct CallList {
    std::vector<CallLine> rows;  ///< oldest first
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(CallList, (), (rows, next))

/// A message that did not arrive. Neither the matter nor whom it was for.
struct DeadLetter {
    std::string id, way, what, reason;
    UtcMs at{};
    std::int64_t attempts = 0;
};
BOOST_DESCRIBE_STRUCT(DeadLetter, (), (id, way, what, reason, at, attempts))

struct DeadLetterList {
    std::vector<DeadLetter> rows;
    std::optional<std::string> next;
    std::int64_t due = 0, sending = 0, waiting = 0, done = 0, dead = 0, moot = 0;
};
BOOST_DESCRIBE_STRUCT(DeadLetterList, (), (rows, next, due, sending, waiting, done, dead, moot))

/// What a gateway asks for that lost something; signed under its secret.
struct ReplayAsk {
    std::string way;
    std::optional<std::string> after;
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(ReplayAsk, (), (way, after, limit))

struct ReplayHeader {
    std::string name, value;
};
BOOST_DESCRIBE_STRUCT(ReplayHeader, (), (name, value))

struct ReplayedCall {
    std::string id;
    std::vector<ReplayHeader> headers;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(ReplayedCall, (), (id, headers, body))

struct ReplayPage {
    std::vector<ReplayedCall> calls;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ReplayPage, (), (calls, next))

}  // namespace zt::http::api
