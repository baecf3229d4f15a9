#include "faults/script.hpp"

#include "base/check.hpp"
#include "base/seeded_random.hpp"
#include "domain/event.hpp"
#include "service/verify.hpp"
#include "store/memory.hpp"

#include <algorithm>

namespace zt::faults {

namespace {

Hash named(std::string_view name, std::int64_t number) {
    return hash_of(HashAlgorithm::sha256, std::string(name) + std::to_string(number));
}

std::string_view view(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// Makes batches that follow each other.
class Maker {
  public:
    store::Batch make(int number) {
        store::Batch batch;
        const std::size_t hand_ins = random_.below(3);
        for (std::size_t one = 0; one < hand_ins; ++one) {
            hand_in(batch);
        }
        const std::size_t follow_ups = (hand_ins == 0 ? 1 : 0) + random_.below(3);
        for (std::size_t one = 0; one < follow_ups; ++one) {
            follow_up(batch);
        }
        if (number % 17 == 0) {
            erase(batch);
        }
        if (number % 5 == 0) {
            refuse(batch);
        }
        for (const MatterId matter : touched_) {
            batch.matters.push_back(rows_.at(matter));
        }
        touched_.clear();
        batch.sequences.push_back({"appeal/2022", given_});
        batch.last_matter = head_.last_matter;
        return batch;
    }
    [[nodiscard]] Seq seq() const { return head_.seq; }

  private:
    void hand_in(store::Batch& batch) {
        const MatterId id{head_.last_matter.value + 1};
        head_.last_matter = id;
        ++given_;
        rows_[id] = {id, 0, 0, "appeal", "2022-" + std::to_string(given_), true};
        add_event(batch, id);
        store::KeyRow key;
        std::ranges::copy_n(named("key", head_.seq).begin(), 16, key.key.begin());
        std::ranges::copy_n(named("body", head_.seq).begin(), 8, key.body.begin());
        key.first_seq = key.last_seq = head_.seq;
        batch.keys.push_back(key);
        batch.claims.push_back({named("claim", id.value), id});
        std::string wrapped(view(named("wrapped", id.value)));
        wrapped += wrapped + "12345678";
        batch.seal_keys.push_back({id, wrapped});
    }
    void follow_up(store::Batch& batch) {
        const auto count = static_cast<std::size_t>(head_.last_matter.value);
        if (count == 0) {
            hand_in(batch);
            return;
        }
        add_event(batch, MatterId{static_cast<std::int64_t>(random_.below(count)) + 1});
    }
    /// Destroys a key and frees a claim.
    void erase(store::Batch& batch) {
        const MatterId id{1 + head_.last_matter.value / 2};
        add_event(batch, id);
        rows_.at(id).is_open = false;
        batch.claims.push_back({named("claim", id.value), MatterId{}});
        batch.seal_keys.push_back({id, std::string()});
    }
    void refuse(store::Batch& batch) {
        store::AuditRow row;
        row.seq = ++head_.audit_seq;
        row.text = "{\"n\":" + std::to_string(row.seq) + "}";
        const std::array<std::string_view, 2> parts{view(head_.audit_hash), row.text};
        row.hash = head_.audit_hash = hash_of(HashAlgorithm::sha256, parts);
        batch.audit.push_back(row);
    }
    void add_event(store::Batch& batch, MatterId id) {
        store::MatterRow& matter = rows_.at(id);
        store::EventRow row;
        row.seq = ++head_.seq;
        row.matter = id;
        row.prev_seq = matter.last_seq;
        row.envelope = "envelope " + std::to_string(row.seq) + std::string(120, 'e');
        row.payload = std::string(random_.below(900), 'p') + std::to_string(row.seq);
        row.sealed = row.seq % 3 == 0 ? "" : std::string(random_.below(200), 's');
        row.hash =
            event_hash(HashAlgorithm::sha256, head_.hash, row.envelope, row.payload, row.sealed);
        head_.hash = row.hash;
        matter.last_seq = row.seq;
        ++matter.version;
        if (std::ranges::find(touched_, id) == touched_.end()) {
            touched_.push_back(id);
        }
        batch.events.push_back(std::move(row));
    }

    SeededRandom random_{20220801};
    store::Head head_;
    std::int64_t given_ = 0;
    std::map<MatterId, store::MatterRow> rows_;
    std::vector<MatterId> touched_;
};

/// Rows as text, for the digest. Those that are visited in no order are sorted.
class Digest {
  public:
    void add(std::initializer_list<std::int64_t> numbers, std::string_view text) {
        for (const std::int64_t number : numbers) {
            text_ += std::to_string(number) + ' ';
        }
        text_.append(text) += '\n';
    }
    void add_side(std::string line) { sides_.push_back(std::move(line)); }
    [[nodiscard]] Hash value() {
        std::ranges::sort(sides_);
        for (const auto& line : sides_) {
            text_ += line + '\n';
        }
        return hash_of(HashAlgorithm::sha256, text_);
    }

  private:
    std::string text_;
    std::vector<std::string> sides_;
};

store::SideVisitors visitors_of(Digest& digest) {
    store::SideVisitors visit;
    visit.key = [&](const store::KeyRow& row) {
        std::string line(row.key.begin(), row.key.end());
        line.append(row.body.begin(), row.body.end());
        line += std::to_string(row.first_seq) + ' ' + std::to_string(row.last_seq);
        digest.add_side("key " + line);
    };
    visit.claim = [&](const store::ClaimRow& row) {
        digest.add_side("claim " + to_hex(row.hash) + std::to_string(row.matter.value));
    };
    visit.sequence = [&](const store::SequenceRow& row) {
        digest.add_side("sequence " + row.name + ' ' + std::to_string(row.value));
    };
    visit.seal_key = [&](const store::SealKeyRow& row) {
        digest.add_side("seal " + std::to_string(row.matter.value) + ' ' + row.wrapped);
    };
    return visit;
}

}  // namespace

std::vector<Step> make_script(int transactions, int scrub_every) {
    std::vector<Step> script;
    Maker maker;
    for (int number = 1; number <= transactions; ++number) {
        script.push_back({Step::What::append, maker.make(number), 0});
        script.back().seq = maker.seq();
        if (scrub_every > 0 && number % scrub_every == 0) {
            script.push_back({Step::What::scrub, {}, maker.seq()});
        }
    }
    return script;
}

Result<Hash> digest_of(store::Reader& reader) {
    Digest digest;
    TRY(const auto proof, service::verify_chain(reader));
    digest.add({proof.events, proof.audit_rows}, to_hex(proof.head));
    TRY_VOID(reader.scan_matters([&](const store::MatterRow& row) {
        digest.add(
            {row.id.value, row.version, row.last_seq, row.is_open ? 1 : 0}, row.kind + row.number
        );
        return true;
    }));
    TRY_VOID(reader.check_structure());
    TRY_VOID(reader.scan_sides(visitors_of(digest)));
    TRY(const auto head, reader.head());
    digest.add({head.seq, head.last_matter.value}, to_hex(head.audit_hash));
    return digest.value();
}

std::map<Seq, Hash> digests_of(const std::vector<Step>& script) {
    std::map<Seq, Hash> digests;
    const auto store = store::open_memory();
    const auto note = [&] {
        const auto digest = digest_of(*store);
        CHECK(digest.has_value());
        digests[store->head()->seq] = *digest;
    };
    note();
    for (const Step& step : script) {
        if (step.what == Step::What::append) {
            CHECK(store->append(step.batch).has_value());
            note();
        }
    }
    return digests;
}

}  // namespace zt::faults
