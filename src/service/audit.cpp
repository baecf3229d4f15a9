#include "service/audit.hpp"

#include <array>

namespace zt::service {

Result<void> append_audit(store::Store& store, const std::vector<Json>& texts) {
    if (texts.empty()) {
        return {};
    }
    TRY(store::Head head, store.head());
    store::Batch batch;
    for (const Json& text : texts) {
        store::AuditRow row;
        row.seq = ++head.audit_seq;
        row.text = to_canonical(text);
        const std::string_view previous(
            reinterpret_cast<const char*>(head.audit_hash.data()), head.audit_hash.size()
        );
        const std::array<std::string_view, 2> parts{previous, row.text};
        head.audit_hash = row.hash = hash_of(head.algorithm, parts);
        batch.audit.push_back(std::move(row));
    }
    return store.append(batch);
}

}  // namespace zt::service
