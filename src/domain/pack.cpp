#include "domain/pack.hpp"

namespace zt {

Kind with_pack(const Kind& kind, const Pack& pack) {
    Kind out = kind;
    for (auto& clock : out.clocks) {
        const auto found = pack.clocks.find(kind.name + "." + clock.name);
        if (found == pack.clocks.end()) {
            continue;
        }
        const PackClock& over = found->second;
        clock.length = over.length.value_or(clock.length);
        clock.redo_length = over.redo_length ? over.redo_length : clock.redo_length;
        clock.extension_cap = over.extension_cap ? over.extension_cap : clock.extension_cap;
        clock.pause_cap = over.pause_cap ? over.pause_cap : clock.pause_cap;
        clock.warn_before = over.warn_before ? over.warn_before : clock.warn_before;
        clock.extensions_max = over.extensions_max.value_or(clock.extensions_max);
        clock.source = over.source.empty() ? clock.source : over.source;
    }
    return out;
}

}  // namespace zt
