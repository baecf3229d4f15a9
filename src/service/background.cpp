#include "service/background.hpp"

#include "base/result.hpp"

#include <unistd.h>

namespace zt::service {

void give_way() {
    constexpr int a_tenth_of_a_share = 10;
    ignore(::nice(a_tenth_of_a_share), "where it is not allowed the thread runs as before");
}

}  // namespace zt::service
