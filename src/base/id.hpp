#pragma once
// Strong integer ids. A register entry (org, post, person, area, enterprise) is a matter, so its id
// is its matter's number in another type: `OrgId{matter.value}`.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace zt {

/// 0 means none; real ids start at 1 and are given by the writer in order.
template <class Tag>
struct Id {
    std::int64_t value = 0;

    [[nodiscard]] explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

using MatterId = Id<struct MatterTag>;
using OrgId = Id<struct OrgTag>;
using PostId = Id<struct PostTag>;
using PersonId = Id<struct PersonTag>;
using AreaId = Id<struct AreaTag>;

/// Position of an event in the ledger of a tenant; the first is 1.
using Seq = std::int64_t;

}  // namespace zt

template <class Tag>
struct std::hash<zt::Id<Tag>> {
    std::size_t operator()(zt::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
