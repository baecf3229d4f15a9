#pragma once
// Official papers of a matter as its page lists them.

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace zt::http::api {

/// One issuing of a paper.
struct OfficialPaper {
    std::string paper, title;
    std::string number;  ///< of the paper, else of the matter
    std::string reader;  ///< unit, requester, inside
    std::int64_t seq = 0;
    UtcMs at{};
};
BOOST_DESCRIBE_STRUCT(OfficialPaper, (), (paper, title, number, reader, seq, at))

struct OfficialPapers {
    std::vector<OfficialPaper> rows;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(OfficialPapers, (), (rows))

}  // namespace zt::http::api
