#pragma once
// What somebody who leads instructed, and what became of it.

#include "http/api.hpp"

namespace zt::http::api {

struct Instruction {
    MatterLine line;
    Happening given;               ///< with its text; `on_behalf` names who gave it, if entered
    std::vector<Happening> since;  ///< what units and offices did after it, newest first
};
BOOST_DESCRIBE_STRUCT(Instruction, (), (line, given, since))

struct InstructionList {
    std::vector<Instruction> rows;  ///< newest first
    std::int64_t count = 0;         ///< matters that the post instructed about, and may see, in all
};
BOOST_DESCRIBE_STRUCT(InstructionList, (), (rows, count))

}  // namespace zt::http::api
