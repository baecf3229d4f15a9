#pragma once
// The lives of appeals: who brings them, by which way, how they are worked on, and what becomes of
// them.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

/// What is special about an appeal. Each comes up at least once in every demo place.
enum class Fate : std::uint8_t {
    ordinary,
    // before it is accepted
    refused,
    referred,
    handed_over,
    classified,
    supplemented,
    withdrawn,
    // accepted, nobody at work
    terminated,
    shelved,
    unmerged,
    // with the units
    stubborn,
    late,
    extended,
    extension_denied,
    paused,
    supplement_asked,
    sent_back,
    sent_back_twice,
    transferred,
    recalled,
    released,
    passed_on,
    split,
    taken_back_list,
    instructed,
    urged,
    unreachable,
    withdrawal_confirmed,
    withdrawal_denied,
    escalated,
    statement_asked,
    reply_sent_back,
    promised,
    // after it was closed
    rated_bad,
    rated_bad_twice,
    rated_bad_thrice,
    bad_but_stands,
    contested,
    contest_stands,
    published,
    looked_back,
    problem_returned
};
inline constexpr std::size_t fate_count = static_cast<std::size_t>(Fate::problem_returned) + 1;

struct Appeal {
    MatterId id;
    std::size_t desk = 0;
    const Topic* topic = nullptr;
    Fate fate = Fate::ordinary;
    std::string channel, title, text, answer, area, lead;
    bool is_direct = false, is_named = true, is_urgent = false;
    std::string
        hold;  ///< the stage in which it is found when the demo ends; empty: wherever it got to
    MatterId main;        ///< the earlier one that it repeats
    int send_backs = 0;   ///< still to come
    int bad_ratings = 0;  ///< still to come
};
using AppealPtr = std::shared_ptr<Appeal>;

class Appeals {
  public:
    Appeals(World& world, Registry& registry) : world_(world), registry_(registry) {}

    /// Plans so many arrivals over the whole time, and those that are found in each stage at the
    /// end.
    void plan(int count);

  private:
    // appeals.cpp: what comes in
    [[nodiscard]] AppealPtr draw(Fate fate);
    [[nodiscard]] Fate draw_fate();
    void draw_topic(Appeal& appeal);
    void draw_channel(Appeal& appeal);
    void draw_words(Appeal& appeal);
    void draw_repeat(Appeal& appeal);
    void plan_held(int workdays, const std::string& stage, Fate fate);
    [[nodiscard]] UtcMs draw_arrival();
    [[nodiscard]] Result<void> arrive(const AppealPtr& appeal);
    [[nodiscard]] Actor hands_in(const Appeal& appeal);
    [[nodiscard]] Json hand_in_fields(const Appeal& appeal);

    // appeal_triage.cpp: registered and accepted
    [[nodiscard]] Result<void> triage(const AppealPtr& appeal);
    [[nodiscard]] Result<void> turn_away(const AppealPtr& appeal);
    [[nodiscard]] Result<void> wait_for_supplement(const AppealPtr& appeal);
    [[nodiscard]] Result<void> accept(const AppealPtr& appeal);
    [[nodiscard]] Result<void> take_up(const AppealPtr& appeal);
    [[nodiscard]] Result<void> answer_directly(const AppealPtr& appeal);
    [[nodiscard]] Result<void> merge(const AppealPtr& appeal);
    [[nodiscard]] Result<void> follow_main(const AppealPtr& appeal);
    [[nodiscard]] Result<void> shelve(const AppealPtr& appeal);
    [[nodiscard]] Result<void> assign(const AppealPtr& appeal);
    [[nodiscard]] Result<void> try_township_first(const Appeal& appeal, const State& state);

    // appeal_work.cpp: with the units
    void plan_hands(const AppealPtr& appeal, const State& state);
    void plan_asides(const AppealPtr& appeal, const State& state);
    [[nodiscard]] Result<void> aside(const AppealPtr& appeal);
    [[nodiscard]] Result<void> move_hand(const AppealPtr& appeal, const State& state);
    [[nodiscard]] Result<void> sign(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> send_back(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> contact(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> make_contact(const Appeal& appeal, const State& state, OrgId org);
    [[nodiscard]] Result<void> give_opinion(const AppealPtr& appeal, OrgId org);
    void plan_finish(const AppealPtr& appeal, OrgId org, const State& state);
    [[nodiscard]] Result<void> finish(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> reply(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> verify(const AppealPtr& appeal);

    // appeal_time.cpp: extension, pause, withdrawal while it is worked on
    [[nodiscard]] Result<void> ask_extension(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> pause(const AppealPtr& appeal, OrgId org);
    [[nodiscard]] Result<void> ask_to_withdraw(const AppealPtr& appeal, OrgId org);

    // appeal_after.cpp: closed
    [[nodiscard]] Result<void> after_close(const AppealPtr& appeal);
    [[nodiscard]] Json draw_rating(Appeal& appeal);
    [[nodiscard]] Result<void> rate(const AppealPtr& appeal);
    [[nodiscard]] Result<void> call_back(const AppealPtr& appeal);
    [[nodiscard]] Result<void> judge(const AppealPtr& appeal);
    [[nodiscard]] Result<void> redo(const AppealPtr& appeal);
    [[nodiscard]] Result<void> contest(const AppealPtr& appeal);
    [[nodiscard]] Result<void> look_back(const AppealPtr& appeal);
    [[nodiscard]] Result<void> publish(const AppealPtr& appeal);
    void plan_promises(const AppealPtr& appeal, const State& state);

    // shared
    void later(UtcMs at, const AppealPtr& appeal, Result<void> (Appeals::*step)(const AppealPtr&));
    void later(
        UtcMs at,
        const AppealPtr& appeal,
        OrgId org,
        Result<void> (Appeals::*step)(const AppealPtr&, OrgId)
    );
    /// The matter stands in that stage, and is not held there.
    [[nodiscard]] bool
    stands(const Appeal& appeal, const State& state, std::string_view stage) const;
    [[nodiscard]] Actor clerk_of(const State& state);
    [[nodiscard]] Actor
    at_desk_of(const State& state, std::string Desk::* unit, std::string_view word);
    [[nodiscard]] std::string other_unit(const Appeal& appeal, const State& state);

    World& world_;
    Registry& registry_;
    std::vector<KnownAppeal> held_mains_;  ///< being worked on when the demo ends
};

}  // namespace zt::app::demo
