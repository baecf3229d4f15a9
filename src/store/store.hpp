#pragma once
// Store: the ledger on disk behind one interface. It only writes what it is given; it knows no
// rules. Three worlds: memory/, sqlite/, faulty/ (wraps another and fails the n-th call), one
// conformance suite for all.
//
// One writer calls append and the reads that decisions need; other threads read through a Reader of
// their own.

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zt::store {

/// An event as it lies on disk. prev_seq is the previous event of the same matter, 0 for its first.
struct EventRow {
    Seq seq = 0;
    MatterId matter;
    Seq prev_seq = 0;
    std::string envelope, payload, sealed;
    Hash hash{};
    bool operator==(const EventRow&) const = default;
};

/// The only snapshot of a matter: where its events end, and what the start-up and the command line
/// need to find it.
struct MatterRow {
    MatterId id;
    std::int64_t version = 0;
    Seq last_seq = 0;
    std::string kind;
    std::string number;   ///< unique when not empty
    bool is_open = true;  ///< counts open, or a living record
    bool operator==(const MatterRow&) const = default;
};

/// A submit that was taken: its key (6 bytes of time ‖ 10 bytes of hash of credential and key), a
/// keyed hash of its body, and its first and last event.
struct KeyRow {
    std::array<std::uint8_t, 16> key{};
    std::array<std::uint8_t, 8> body{};
    Seq first_seq = 0, last_seq = 0;
    bool operator==(const KeyRow&) const = default;
};

/// Claim by hash: taken (matter set) or freed (matter 0).
struct ClaimRow {
    Hash hash{};
    MatterId matter;
};

struct SequenceRow {
    std::string name;  ///< "appeal/2022"
    std::int64_t value = 0;
};

/// Wrapped key of a matter's sealed parts; empty bytes destroy it.
struct SealKeyRow {
    MatterId matter;
    std::string wrapped;
};

/// A row of the second chain: refusals of signed-in people, sign-ins, reveals, reads of sealed
/// parts, exports.
struct AuditRow {
    std::int64_t seq = 0;
    std::string text;  ///< canonical JSON
    Hash hash{};
    bool operator==(const AuditRow&) const = default;
};

/// Everything that one group of commands commits.
struct Batch {
    std::vector<EventRow> events;    ///< seq without gaps from head + 1
    std::vector<MatterRow> matters;  ///< each matter once
    std::vector<KeyRow> keys;
    std::vector<ClaimRow> claims;
    std::vector<SequenceRow> sequences;
    std::vector<SealKeyRow> seal_keys;
    std::vector<AuditRow> audit;
    MatterId last_matter;  ///< highest id given so far
    [[nodiscard]] bool empty() const {
        return events.empty() && audit.empty() && seal_keys.empty();
    }
};

struct Head {
    Seq seq = 0;
    Hash hash{};
    MatterId last_matter;
    std::int64_t audit_seq = 0;
    Hash audit_hash{};
    HashAlgorithm algorithm = HashAlgorithm::sha256;
    bool operator==(const Head&) const = default;
};

/// A definition text in use (kind, pack, calendar), kept by the hash of its text.
struct DefinitionRow {
    std::string type, name;
    std::uint32_t version = 1;
    std::string text;
    bool operator==(const DefinitionRow&) const = default;
};

/// Called per row in order of seq; false stops the scan.
using EventVisitor = std::function<bool(const EventRow&)>;
using MatterVisitor = std::function<bool(const MatterRow&)>;

/// Rows beside events, matters and audit, for who proves the ledger. All are set.
struct SideVisitors {
    std::function<void(const KeyRow&)> key;
    std::function<void(const ClaimRow&)> claim;
    std::function<void(const SequenceRow&)> sequence;
    std::function<void(const SealKeyRow&)> seal_key;  ///< not of those destroyed by empty bytes
};

/// Reads. All errors: io_failed, damaged.
class Reader {
  public:
    virtual ~Reader() = default;
    [[nodiscard]] virtual Result<Head> head() = 0;
    [[nodiscard]] virtual Result<std::optional<MatterRow>> matter(MatterId id) = 0;
    [[nodiscard]] virtual Result<std::optional<MatterRow>> matter_by_number(std::string_view number
    ) = 0;
    /// Oldest first, read back along prev_seq.
    [[nodiscard]] virtual Result<std::vector<EventRow>> events_of(const MatterRow& row) = 0;
    [[nodiscard]] virtual Result<std::optional<EventRow>> event(Seq seq) = 0;
    /// Events from ≤ seq ≤ until, in order.
    [[nodiscard]] virtual Result<void> scan(Seq from, Seq until, const EventVisitor& visit) = 0;
    [[nodiscard]] virtual Result<void> scan_matters(const MatterVisitor& visit) = 0;
    [[nodiscard]] virtual Result<std::optional<KeyRow>> key(const std::array<std::uint8_t, 16>& key
    ) = 0;
    /// The highest key in the order of bytes, for who remembers those above it.
    [[nodiscard]] virtual Result<std::optional<std::array<std::uint8_t, 16>>> last_key() = 0;
    [[nodiscard]] virtual Result<std::optional<MatterId>> claim(const Hash& hash) = 0;
    [[nodiscard]] virtual Result<std::int64_t> sequence(std::string_view name
    ) = 0;  ///< 0 when never used
    [[nodiscard]] virtual Result<std::optional<std::string>> seal_key(MatterId matter) = 0;
    [[nodiscard]] virtual Result<std::vector<AuditRow>>
    audit(std::int64_t from, std::int64_t limit) = 0;
    /// Settings fixed at init: tenant, hash algorithm, key check value, origin.
    [[nodiscard]] virtual Result<std::optional<std::string>> setting(std::string_view name) = 0;
    [[nodiscard]] virtual Result<std::vector<DefinitionRow>> definitions() = 0;
    /// Proves what can be seen without knowing what rows mean (their sums, nothing acknowledged is
    /// missing at the end), then visits each row once, in no order. cost: reading all of them.
    [[nodiscard]] virtual Result<void> scan_sides(const SideVisitors& visit) = 0;
    /// Every page and every index of the file. errors: damaged. cost: reading the whole file.
    [[nodiscard]] virtual Result<void> check_structure() = 0;
};

class Store : public Reader {
  public:
    /// All or nothing, durable when it returns. in: rows that follow the head (else CHECK).
    /// errors: disk_full (nothing written, may be tried again later); bad_value (a key, number or
    /// claim is there already, nothing written: the writer did not look); any other failure means
    /// that the process must stop and recover from disk, and no later write is tried.
    [[nodiscard]] virtual Result<void> append(const Batch& batch) = 0;
    /// Does now what the next append would do first, for a writer whose answers have gone out.
    /// errors: as append, which then fails too.
    [[nodiscard]] virtual Result<void> tend() { return {}; }
    [[nodiscard]] virtual Result<void>
    set_setting(std::string_view name, std::string_view value) = 0;
    /// The same type, name, version with another text is refused: bad_value.
    [[nodiscard]] virtual Result<void> add_definition(const DefinitionRow& row) = 0;
    /// Replaces all matter rows (replay): in one transaction.
    [[nodiscard]] virtual Result<void> replace_matters(const std::vector<MatterRow>& rows) = 0;
    /// A reader for another thread; it goes before the store. errors: io_failed.
    [[nodiscard]] virtual Result<std::unique_ptr<Reader>> reader() = 0;
    /// A consistent copy of the ledger while it is in use. in: path of a file that does not exist.
    /// errors: bad_file when it does. threads: any, beside the writer.
    [[nodiscard]] virtual Result<void> copy_to(const std::string& path) = 0;
    /// Bytes of free pages overwritten, log cut: after an erase nothing old stays.
    /// errors: overloaded when a reader holds the log, try again.
    [[nodiscard]] virtual Result<void> scrub() = 0;
};

}  // namespace zt::store
