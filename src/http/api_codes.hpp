#pragma once
// Codes of whoever handed in: the phone code and its puzzle, and a new code after a lost one.

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace zt::http::api {

/// Solved by a text whose SHA-256 behind "puzzle:" begins with so many zero bits.
struct PuzzlePage {
    std::string puzzle;
    std::int64_t zero_bits = 0;
};
BOOST_DESCRIBE_STRUCT(PuzzlePage, (), (puzzle, zero_bits))

struct PhoneCode {
    std::string code;  ///< 16 digits, with or without spaces
    std::string puzzle, solution;
};
BOOST_DESCRIBE_STRUCT(PhoneCode, (), (code, puzzle, solution))

/// Goes into the header Zhitong-Code as long as it is good.
struct Ticket {
    std::string ticket;
    UtcMs until{};
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (ticket, until))

/// The contact that was left with the matter was called, and whoever it was is the requester.
struct Renew {
    bool reached = false;
    std::optional<std::string> text;
    std::optional<bool> wants_phone_code;
};
BOOST_DESCRIBE_STRUCT(Renew, (), (reached, text, wants_phone_code))

struct Renewed {
    std::string number, code;
    std::optional<std::string> phone_code;
    std::int64_t version = 0, seq = 0;
    bool is_code_replaced = false;  ///< a retry after a newer code was given: `code` is empty
};
BOOST_DESCRIBE_STRUCT(Renewed, (), (number, code, phone_code, version, seq, is_code_replaced))

}  // namespace zt::http::api
