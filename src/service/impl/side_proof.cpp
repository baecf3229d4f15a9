#include "service/impl/side_proof.hpp"

#include <algorithm>

namespace zt::service {

namespace {

std::unexpected<Error> differs(std::string what, std::string at) {
    return fail(Errc::fold_differs, std::move(what), std::move(at));
}

std::string name_of(const char* row, MatterId matter) {
    return std::string(row) + " of matter " + std::to_string(matter.value);
}

}  // namespace

Result<SideProof> SideProof::read(store::Reader& store) {
    SideProof proof;
    store::SideVisitors visit;
    visit.key = [&](const store::KeyRow& row) {
        Submitted one{row.first_seq, row.last_seq, {}};
        std::copy_n(row.key.begin(), one.time.size(), one.time.begin());
        proof.submits_.push_back(one);
    };
    visit.claim = [&](const store::ClaimRow& row) { proof.claiming_.insert(row.matter); };
    visit.sequence = [&](const store::SequenceRow& row) { proof.numbers_ += row.value; };
    visit.seal_key = [&](const store::SealKeyRow& row) {
        if (!vault::is_erased(row.wrapped)) {
            proof.with_key_.insert(row.matter);
        }
    };
    TRY_VOID(store.scan_sides(visit));
    std::ranges::sort(proof.submits_, {}, &Submitted::first_seq);
    return proof;
}

Result<void> SideProof::step(const Event& event, const State& after) {
    TRY_VOID(step_keys(event));
    const MatterId matter = event.matter;
    last_matter_ = std::max(last_matter_, matter);
    given_ += std::ranges::count_if(event.changes, [](const Change& change) {
        return std::holds_alternative<Numbered>(change) ||
               std::holds_alternative<PaperNumbered>(change);
    });
    if (!event.sealed.empty()) {
        needs_key_[matter] = true;
    }
    if (after.is_erased) {
        needs_key_[matter] = false;
    }
    return {};
}

Result<void> SideProof::step_keys(const Event& event) {
    const auto at = [&event] { return "event " + std::to_string(event.seq); };
    const bool begins = at_ < submits_.size() && submits_[at_].first_seq == event.seq;
    if (begins) {
        key_ = event.key;
    }
    if (!key_) {
        return event.key || begins ? differs("the row of its key is missing or wrong", at())
                                   : Result<void>{};
    }
    const Submitted& submit = submits_[at_];
    if (event.key != key_ || !std::ranges::equal(submit.time, std::span(key_.bytes).first<6>())) {
        return differs("the row of its key names other events", at());
    }
    if (submit.last_seq == event.seq) {
        ++at_;
        key_ = Uuid{};
    }
    return {};
}

Result<void> SideProof::finish(MatterId last_matter) const {
    if (at_ < submits_.size()) {
        return differs(
            "it names events that are not there, or those of another key",
            "row of the key of event " + std::to_string(submits_[at_].first_seq)
        );
    }
    if (numbers_ != given_) {
        return differs(
            "the sequences say that " + std::to_string(numbers_) + " numbers were given, events " +
                std::to_string(given_),
            "sequences"
        );
    }
    for (const auto& [matter, needs] : needs_key_) {
        if (needs != with_key_.contains(matter)) {
            return differs(
                needs ? "it is missing" : "it stands, though the matter was erased",
                name_of("sealing key", matter)
            );
        }
    }
    for (const MatterId matter : with_key_) {
        if (!needs_key_.contains(matter)) {
            return differs("it seals nothing", name_of("sealing key", matter));
        }
    }
    if (!claiming_.empty() &&
        (*claiming_.begin() < MatterId{1} || *claiming_.rbegin() > last_matter_)) {
        return differs("there is no such matter", name_of("claim", *claiming_.rbegin()));
    }
    // Ids may be left out; never given again.
    if (last_matter < last_matter_) {
        return differs(
            "the head names matter " + std::to_string(last_matter.value) + " as the last, events " +
                std::to_string(last_matter_.value),
            "head"
        );
    }
    return {};
}

}  // namespace zt::service
