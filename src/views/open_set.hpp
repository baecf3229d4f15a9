#pragma once
// Open set: what is being worked on, in memory, folded before any answer goes out. It holds each
// matter that counts open, and those closed ones with a clock that is still waited for, with just
// enough of them to answer who must act, by when, and under which lamp: at most 300 bytes each.
// Lamps are never stored: they are rules over clocks and `now`, computed when read.
//
// A filter judges an *outline*, a State with only these members: kind and its version, is_record,
// stage, counts, turn, office, registrar, protection, accused parties, hands, and the field `order`
// while supervised. So the rules of domain/ (sight, protection, holders) judge it as they judge the
// whole matter. Matters that are alike in all of these share one outline, which a read judges once
// (docs/internals/open_set.md).

#include "domain/access.hpp"
#include "domain/lamp.hpp"
#include "views/view.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zt::views {

/// Bytes of memory per matter that must hold for a matter with two hands and three waiting clocks.
inline constexpr std::size_t open_bytes_max = 300;
/// Rows that one read gives back at most.
inline constexpr std::size_t open_page_max = 1000;
/// Of a saved open set. Another number when its bytes, what belongs into it, or what the fold makes
/// of an event changes: an older one is filled anew.
inline constexpr std::uint32_t open_set_schema = 1;

/// A line of an inbox or a list of open matters.
struct OpenRow {
    MatterId id;
    std::string number, kind, stage, channel, category;
    std::uint32_t kind_version = 1;
    OrgId office, lead;  ///< lead: 0 when none
    AreaId area;
    UtcMs registered, changed;
    std::int32_t turn = 1;
    std::optional<UtcMs> next_due;   ///< of any running clock that can lapse
    std::optional<UtcMs> final_due;  ///< of the final clock while it is waited for
    bool is_provisional = false;     ///< the final due is
    bool is_supervised = false, is_paused = false;
    Lamp lamp = Lamp::none;  ///< at the `now` of the reading
    bool operator==(const OpenRow&) const = default;
};

/// What reading needs beside the set. All borrowed for the call.
struct Reading {
    const Kinds* kinds = nullptr;
    const calendar::Calendar* calendar = nullptr;
    const Directory* directory = nullptr;
    UtcMs now;
};

/// Key of a row in the order of urgency.
struct UrgencyKey {
    std::optional<UtcMs> next_due;
    MatterId id;
};

/// Empty members let everything pass.
struct OpenFilter {
    std::vector<std::string> kinds{}, stages{}, categories{};
    std::vector<std::string> channels{};
    std::vector<Lamp> lamps{};
    std::vector<AreaId> areas{};        ///< any of these; 0: those that name none
    std::optional<UrgencyKey> after{};  ///< of a page: rows up to there are counted, not given
    std::optional<OrgId> office{};
    std::optional<OrgId> lead{};  ///< leads it; the office while nobody does
    std::optional<OrgId> org{};   ///< office, registrar, or holder of a hand
    /// Asked once for all matters with the same outline: it may depend on nothing else, so not on
    /// id, number, clocks, category or area, which the outline does not have.
    std::function<bool(const State& outline)> may_see{};
};

/// Most urgent first: by next due, those without one last, then by id.
struct OpenPage {
    std::vector<OpenRow> rows;
    std::size_t count = 0;  ///< of all that pass, exact
    bool operator==(const OpenPage&) const = default;
};

struct LampCounts {
    std::size_t green = 0, amber = 0, red = 0, paused = 0, supervised = 0, none = 0;
    bool operator==(const LampCounts&) const = default;
};

namespace impl {
class OpenRows;
}

/// threads: one at a time; the service guards it.
class OpenSet {
  public:
    OpenSet();
    OpenSet(OpenSet&& other) noexcept;
    OpenSet& operator=(OpenSet&& other) noexcept;
    OpenSet(const OpenSet&) = delete;
    OpenSet& operator=(const OpenSet&) = delete;
    ~OpenSet();

    /// What it holds, for the next start; from its position on it is to be brought up to the head.
    /// errors: io_failed, disk_full, read_only. cost: all rows, some 100 bytes each.
    [[nodiscard]] Result<void> save(const std::string& path) const;
    /// errors: not_found, damaged, newer_version, io_failed: it is filled from the matters then.
    [[nodiscard]] static Result<OpenSet> load(const std::string& path);

    /// A step at or below the position is passed over.
    void fold(const Step& step);
    /// Takes a matter as it stands, for the start from matter rows; the position moves to its last
    /// seq.
    void put(const State& state);
    /// Everything up to that event is in. in: no less than the position.
    void arrive_at(Seq seq);
    [[nodiscard]] Seq position() const;
    [[nodiscard]] std::size_t size() const;
    /// Memory in use, by the sizes asked for.
    [[nodiscard]] std::size_t bytes() const;

    /// in: limit ≤ open_page_max, offset counts rows that pass. cost: as many questions as there
    /// are outlines; rows are looked at by the hundred, or each for a filter of categories.
    [[nodiscard]] OpenPage page(
        const OpenFilter& filter, const Reading& reading, std::size_t offset, std::size_t limit
    ) const;
    /// What waits for the holder of that post: matters whose stage is held by a role that the post
    /// meets. A hand that has replied waits for nobody. cost: the outlines of the post's org, and
    /// of stages that are held across orgs.
    [[nodiscard]] OpenPage
    inbox(PostId post, const OpenFilter& filter, const Reading& reading, std::size_t limit) const;
    [[nodiscard]] LampCounts count_lamps(const OpenFilter& filter, const Reading& reading) const;
    /// The same apart by area, 0 for those that name none. cost: all rows that pass.
    [[nodiscard]] std::map<AreaId, LampCounts>
    lamps_by_area(const OpenFilter& filter, const Reading& reading) const;
    [[nodiscard]] std::optional<OpenRow> find(MatterId id, const Reading& reading) const;

    /// Matters with a clock due at or before t, by due then id. out: at most `limit`; nothing is
    /// taken away: a matter leaves when its lapse is folded.
    [[nodiscard]] std::vector<MatterId> due_until(UtcMs t, std::size_t limit) const;
    [[nodiscard]] std::optional<UtcMs> next_due() const;

    /// The first difference between two folds, in words; empty when they agree.
    [[nodiscard]] std::optional<std::string> difference(const OpenSet& other) const;

  private:
    std::unique_ptr<impl::OpenRows> rows_;
};

}  // namespace zt::views
