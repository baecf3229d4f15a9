#include "domain/link_type.hpp"

#include <array>
#include <utility>

namespace zt {

std::string reverse_link(std::string_view type) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> pairs{
        {{"merged_into", "merged"},
         {"spawned_by", "spawned"},
         {"about", "held_by"},
         {"digest_of", "in_digest"},
         {"duplicate_of", "duplicates"},
         {"filed_in", "filed"},
         {"issue_of", "in_issue"},
         {"whistle_for", "whistled"}}
    };
    for (const auto& [one, other] : pairs) {
        if (one == type || other == type) {
            return std::string(one == type ? other : one);
        }
    }
    return std::string(type);
}

}  // namespace zt
