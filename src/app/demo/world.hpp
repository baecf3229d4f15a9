#pragma once
// The demo place while it lives: a virtual clock, an agenda of what its people will do, and the one
// way in which they do it: an ordinary submit, so that every refusal is real. A refusal that nobody
// expected is a fault of the demo and ends it with an error.

#include "app/demo/place.hpp"
#include "app/demo/topics.hpp"
#include "service/ledger.hpp"

#include <functional>
#include <map>
#include <memory>
#include <queue>

namespace zt::app::demo {

/// What somebody does when their time has come.
using Act = std::function<Result<void>()>;

/// One command of a submit.
struct Deed {
    Verb verb;
    Json fields = Json::object();
};

/// Kind and stage of every matter.
using Stages = std::map<MatterId, std::pair<std::string, std::string>>;

/// What the world begins with. All borrowed, and must outlive it.
struct WorldParts {
    service::Ledger* ledger = nullptr;
    const views::OpenSet* open_set = nullptr;
    const Scene* scene = nullptr;
    Chance* chance = nullptr;
    Names* names = nullptr;
};

class World {
  public:
    /// in: it is told from `born` on, lives from `begin` until `end`, which is not lived any more.
    World(const WorldParts& parts, UtcMs born, UtcMs begin, UtcMs end, std::string seed);
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World();

    [[nodiscard]] Chance& chance() { return *parts_.chance; }
    [[nodiscard]] Names& names() { return *parts_.names; }
    [[nodiscard]] const Scene& scene() const { return *parts_.scene; }
    [[nodiscard]] const service::Rules& rules() const { return parts_.ledger->rules(); }
    [[nodiscard]] service::Ledger& ledger() { return *parts_.ledger; }
    [[nodiscard]] UtcMs now() const { return now_; }
    [[nodiscard]] UtcMs begin() const { return begin_; }
    [[nodiscard]] UtcMs end() const { return end_; }
    [[nodiscard]] Date day_of(UtcMs at) const;
    [[nodiscard]] Date today() const { return day_of(now_); }
    [[nodiscard]] const Stages& stages() const { return stages_; }
    /// Submits that were refused because the story wanted it so.
    [[nodiscard]] int expected_refusals() const { return expected_refusals_; }

    // ---- when: all in whole minutes, never before now
    [[nodiscard]] UtcMs in_minutes(int low, int high);
    /// After so many minutes of service time from now.
    [[nodiscard]] UtcMs in_service(int low, int high) { return service_after(now_, low, high); }
    [[nodiscard]] UtcMs service_after(UtcMs from, int low, int high);
    /// The wish, or the last moment of service before it.
    [[nodiscard]] UtcMs at_desk(UtcMs wish);
    /// The wish, moved into hours at which one may call people.
    [[nodiscard]] UtcMs at_daytime(UtcMs wish);
    /// Between low and high percent of the way from now to a due.
    [[nodiscard]] UtcMs part_way(UtcMs due, int low, int high);
    /// Morning of the n-th working day before the end, n ≥ 1.
    [[nodiscard]] UtcMs workday_before_end(int n) const;

    // ---- agenda
    void plan(UtcMs at, Act act);
    /// Called with each matter of that kind that the system begins: spawned, or due by a round.
    void on_birth(std::string kind, std::function<void(MatterId)> adopt) {
        adopt_[std::move(kind)] = std::move(adopt);
    }
    /// What was planned so far and lies before the beginning. errors: as live.
    [[nodiscard]] Result<void> live_before();
    /// Lives until the end: acts in order of time, clocks lapse at their due. errors: any refusal
    /// not expected.
    [[nodiscard]] Result<void> live();

    // ---- doing, all at now
    /// Registers; more deeds may follow in the same submit.
    [[nodiscard]] Result<MatterId> start(const Actor& actor, std::string kind, Json fields);
    [[nodiscard]] Result<void>
    act(MatterId matter, const Actor& actor, Verb verb, Json fields = Json::object());
    [[nodiscard]] Result<void>
    act_together(MatterId matter, const Actor& actor, const std::vector<Deed>& deeds);
    /// As written down elsewhere; what the system begins by it, no story adopts.
    [[nodiscard]] Result<service::Answer> tell(std::vector<Command> commands);
    /// The story wants this one refused. errors: check_failed when it was not, or by another code.
    [[nodiscard]] Result<void>
    act_in_vain(MatterId matter, const Actor& actor, const Deed& deed, Errc refusal);
    [[nodiscard]] Result<std::shared_ptr<const State>> see(MatterId matter) {
        return parts_.ledger->state(matter);
    }

    // ---- who and what
    [[nodiscard]] OrgId org(std::string_view code) const;
    [[nodiscard]] std::string code_of(OrgId org) const;
    /// The post of that key or word. in: it exists (else CHECK): the scene is ours.
    [[nodiscard]] Actor post(std::string_view org_code, std::string_view word) const;
    [[nodiscard]] Actor post(OrgId org, std::string_view word) const;
    [[nodiscard]] static Actor system_actor() { return {}; }
    [[nodiscard]] static Actor requester_of(const State& state);
    /// The desk whose office is competent.
    [[nodiscard]] std::size_t desk_of(const State& state) const;
    /// One key of a list of reasons of the pack.
    [[nodiscard]] std::string reason(std::string_view list);
    [[nodiscard]] std::string say(Phrase phrase) {
        return std::string(chance().one_of(phrases(phrase)));
    }

  private:
    struct Entry {
        UtcMs at;
        std::uint64_t order = 0;
        std::shared_ptr<Act> act;
        /// The queue gives the greatest first.
        bool operator<(const Entry& other) const {
            return at != other.at ? at > other.at : order > other.order;
        }
    };

    [[nodiscard]] Submit submit_of(std::vector<Command> commands);
    [[nodiscard]] Result<service::Answer> submit(std::vector<Command> commands);
    [[nodiscard]] Command command_of(MatterId matter, const Actor& actor, const Deed& deed) const;
    [[nodiscard]] Result<void> live_until(UtcMs at);
    [[nodiscard]] Result<void> lapse_until(UtcMs at);
    void adopt_newborn();
    [[nodiscard]] UtcMs soon();

    WorldParts parts_;
    UtcMs begin_, end_, now_;
    std::string seed_;
    std::uint64_t planned_ = 0, submitted_ = 0;
    int expected_refusals_ = 0;
    std::priority_queue<Entry> agenda_;
    Stages stages_;
    std::vector<std::pair<std::string, MatterId>> newborn_;
    std::map<std::string, std::function<void(MatterId)>> adopt_;
};

}  // namespace zt::app::demo
