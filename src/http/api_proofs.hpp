#pragma once
// What everybody may read to prove that the ledger is what it was: roots of days.

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace zt::http::api {

/// Binds every event up to the last one of that day.
struct PublishedRoot {
    Date day{};
    std::int64_t size = 0;  ///< events that it binds
    std::string root;       ///< hex
};
BOOST_DESCRIBE_STRUCT(PublishedRoot, (), (day, size, root))

struct RootList {
    std::string place;      ///< code of the place
    std::string algorithm;  ///< sha256 or sm3
    std::vector<PublishedRoot> rows;
};
BOOST_DESCRIBE_STRUCT(RootList, (), (place, algorithm, rows))

/// As RFC 9162, 2.1.4: the later tree begins with the earlier one.
struct ConsistencyProof {
    std::string algorithm;
    PublishedRoot first, second;
    std::vector<std::string> path;  ///< hex
};
BOOST_DESCRIBE_STRUCT(ConsistencyProof, (), (algorithm, first, second, path))

}  // namespace zt::http::api
