#pragma once
// OpenPoll: what is kept in memory of a questionnaire that takes answers.

#include "domain/questions.hpp"
#include "vault/key.hpp"

namespace zt::service::impl {

struct OpenPoll {
    Questionnaire questions;
    vault::Secret token_key;
    std::vector<std::string> waiting;  ///< sheets in canonical form; their order means nothing
    QuotaCounts quotas;                ///< of what was let in and what waits
    std::int64_t received = 0;
};

}  // namespace zt::service::impl
