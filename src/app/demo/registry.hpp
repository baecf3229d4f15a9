#pragma once
// What one trade of the demo leaves for another to find: firms that bring problems, matters for
// digests and accounts.

#include "base/id.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace zt::app::demo {

struct Firm {
    MatterId id;
    std::string name;
    std::size_t desk = 0;
};

struct KnownAppeal {
    MatterId id;
    std::size_t desk = 0;
    std::string category;
};

struct KnownPiece {
    MatterId id;
    std::size_t desk = 0;
};

struct Registry {
    std::vector<Firm> firms;
    std::vector<KnownAppeal> assigned;  ///< ever had a lead hand, in order of time
    std::vector<KnownAppeal> closed;
    std::vector<KnownAppeal> redone;
    std::vector<KnownAppeal> stubborn;      ///< nobody answers them until a red order stands
    std::vector<KnownPiece> signed_pieces;  ///< of information, in order of time
};

}  // namespace zt::app::demo
