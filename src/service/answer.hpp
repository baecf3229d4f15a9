#pragma once
// What a submit is answered with: one row a command, in order.

#include "domain/event.hpp"

namespace zt::service {

struct AnswerRow {
    MatterId matter;
    std::string number, stage;
    std::int64_t version = 0;
    Seq seq = 0;
    bool operator==(const AnswerRow&) const = default;
};

struct Answer {
    std::vector<AnswerRow> rows;
    Seq seq = 0;               ///< of the last event of the submit; a read may ask to have seen it
    bool is_repeated = false;  ///< the key was known: nothing happened again
    bool operator==(const Answer&) const = default;
};

}  // namespace zt::service
