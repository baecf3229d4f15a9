#include "store/impl/batch_rules.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace zt::store::impl {

void check_batch(const Head& head, const Batch& batch) {
    Seq last = head.seq;
    for (const EventRow& event : batch.events) {
        ++last;
        CHECK(event.seq == last);
        CHECK(event.matter.value > 0);
        CHECK(event.prev_seq >= 0 && event.prev_seq < event.seq);
    }
    std::int64_t last_audit = head.audit_seq;
    for (const AuditRow& row : batch.audit) {
        ++last_audit;
        CHECK(row.seq == last_audit);
    }
    std::vector<MatterId> ids;
    ids.reserve(batch.matters.size());
    for (const MatterRow& row : batch.matters) {
        CHECK(row.id.value > 0 && row.last_seq <= last);
        ids.push_back(row.id);
    }
    std::ranges::sort(ids);
    CHECK(std::ranges::adjacent_find(ids) == ids.end());
    for (const KeyRow& row : batch.keys) {
        CHECK(row.first_seq <= row.last_seq && row.last_seq <= last);
    }
    const MatterId newest = advanced(head, batch).last_matter;
    for (const SealKeyRow& row : batch.seal_keys) {
        CHECK(row.matter.value > 0 && row.matter <= newest);
    }
}

Head advanced(Head head, const Batch& batch) {
    if (!batch.events.empty()) {
        head.seq = batch.events.back().seq;
        head.hash = batch.events.back().hash;
    }
    if (!batch.audit.empty()) {
        head.audit_seq = batch.audit.back().seq;
        head.audit_hash = batch.audit.back().hash;
    }
    head.last_matter = std::max(head.last_matter, batch.last_matter);
    for (const MatterRow& row : batch.matters) {
        head.last_matter = std::max(head.last_matter, row.id);
    }
    return head;
}

Error definition_differs(const DefinitionRow& row) {
    return {
        Errc::bad_value,
        row.type + " " + row.name + " version " + std::to_string(row.version) +
            " is in use with another text; give the changed text a new version",
        row.type + "/" + row.name
    };
}

Error claim_taken(const ClaimRow& row) {
    return {
        Errc::bad_value,
        "the claim that matter " + std::to_string(row.matter.value) +
            " makes belongs to another matter",
        "claim " + to_hex(row.hash)
    };
}

}  // namespace zt::store::impl
