// Effects that set a number from other numbers.

#include "domain/impl/amounts.hpp"

#include <algorithm>

namespace zt {

using Args = std::vector<std::string>;

Result<void> subtract(Frame& f, const Args& a) {
    const std::int64_t left = f.value(a[0]).as_int() - f.value(a[1]).as_int();
    if (left < 0) {
        return fail(Errc::cap_reached, a[0] + " has no more than that", "/fields/" + a[1]);
    }
    f.emit(FieldSet{a[0], left});
    return {};
}

Result<void> add_excess(Frame& f, const Args& a) {
    const std::int64_t over =
        std::max<std::int64_t>(f.value(a[1]).as_int() - f.value(a[2]).as_int(), 0);
    f.emit(FieldSet{a[0], f.after.field(a[0]).as_int() + over});
    return {};
}

Result<void> tell_behind(Frame& f, const Args& a) {
    if (const auto points = points_behind(f, a[1], a[2], a[3])) {
        f.emit(FieldSet{a[0], *points});
    }
    return {};
}

Result<void> take(Frame& f, const Args& a) {
    for (const State* other : f.context->reads) {
        if (other != nullptr && other->id.value == f.value(a[1]).as_int() &&
            !other->field(a[2]).is_null()) {
            f.emit(FieldSet{a[0], other->field(a[2])});
        }
    }
    return {};
}

}  // namespace zt
