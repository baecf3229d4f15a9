#pragma once
// A demo place: an invented city with its counties, and two months of its life. Equal seed and end
// day give equal events, but for what is sealed, its commitments and the hashes over them: keys,
// salts and nonces are the machine's.

#include "app/demo/scripted.hpp"
#include "service/tenant.hpp"

namespace zt::app::demo {

struct DemoPlan {
    std::uint64_t seed = 1;
    Date
        end;  ///< the place is found as it stands on the morning of that day, when the offices open
    int appeals = 1500;  ///< that arrive by chance; those held in each stage come on top, the rest
                         ///< in proportion
    std::vector<ToldScript> scripts;  ///< of kinds that no story is written for
};

struct DemoCounts {
    /// Kind → stage → how many matters stand there.
    std::map<std::string, std::map<std::string, std::int64_t>> stages;
    std::size_t units = 0, towns = 0, villages = 0, people = 0, posts = 0;
    std::vector<std::string> cut_short;  ///< tellings of scripts, with the line they came to
    int expected_refusals = 0;           ///< that the story wanted, to be seen in the audit
    Seq seq = 0;
    UtcMs born;  ///< of the place, when the first of what scripts tell may have happened
    UtcMs begin, end;
};

/// What the place is made in. All borrowed; the ledger is empty.
struct DemoParts {
    service::Ledger* ledger = nullptr;
    const views::OpenSet* open_set = nullptr;
};

/// Two months before the end, at midnight.
[[nodiscard]] UtcMs begin_of(const DemoPlan& plan, OfficeOffset offset);
/// The place that a seed gives, for a tenant to be created with its pack and calendar.
[[nodiscard]] kindfile::Place place_of(const DemoPlan& plan);
/// Writes genesis and lives through the two months.
/// errors: any refusal that the story does not want, with matter, stage and post.
[[nodiscard]] Result<DemoCounts> make_demo(const DemoParts& parts, const DemoPlan& plan);
/// The same in a directory of its own; on any error nothing of it stays.
/// errors: those of Tenant::create and make_demo, io_failed, disk_full.
[[nodiscard]] Result<DemoCounts>
make_demo_directory(const service::Creation& creation, const DemoPlan& plan);

}  // namespace zt::app::demo
