#pragma once
// The lives of tasks: from meetings, instructions, inspections and campaigns, spawned by other
// matters, due by rounds.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

struct TaskStory {
    MatterId id;
    const Charge* charge = nullptr;  ///< none for what was spawned or is due by a round
    std::string hold;                ///< the stage in which it is found when the demo ends
    enum class Fate : std::uint8_t {
        ordinary,
        late,
        extended,
        paused,
        sent_back,
        reply_sent_back,
        shelved,
        terminated,
        transferred,
        recalled,
        redone,
        joint,
        supervised
    } fate = Fate::ordinary;
};
using TaskPtr = std::shared_ptr<TaskStory>;

class Tasks {
  public:
    explicit Tasks(World& world);
    void plan(int count);

  private:
    [[nodiscard]] Result<void> open(const TaskPtr& task);
    void adopt(MatterId id);
    [[nodiscard]] Result<void> give_out(const TaskPtr& task);
    [[nodiscard]] Result<void> work(const TaskPtr& task);
    [[nodiscard]] Result<void> list_measures(const TaskPtr& task, const State& state, OrgId lead);
    [[nodiscard]] Result<void> measure_done(const TaskPtr& task, PartNo item);
    [[nodiscard]] Result<void> turn_of_events(const TaskPtr& task);
    [[nodiscard]] Result<void> move_lead(const TaskPtr& task, const State& state);
    void plan_report(const TaskPtr& task, const State& state);
    [[nodiscard]] Result<void> report_done(const TaskPtr& task);
    [[nodiscard]] Result<void> verify(const TaskPtr& task);
    [[nodiscard]] Result<void> after_close(const TaskPtr& task);
    void later(UtcMs at, const TaskPtr& task, Result<void> (Tasks::*step)(const TaskPtr&));
    [[nodiscard]] Actor
    at_desk_of(const State& state, std::string Desk::* unit, std::string_view word);
    [[nodiscard]] std::string unit_near(const State& state, std::string_view but);

    World& world_;
};

}  // namespace zt::app::demo
