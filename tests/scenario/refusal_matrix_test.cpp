// Refusals that are the same for all kinds, proven for each kind, stage and verb instead of by
// scripts: a verb that the kind does not have, a verb in the wrong stage, an unknown field,
// somebody without any role, a key with other content.

#include "app/definitions.hpp"
#include "app/scenario/memory_tenant.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::app::scenario {
namespace {

class RefusalMatrix : public testing::Test {
  protected:
    static constexpr std::string_view nobody_knows = "no_such_field";

    void SetUp() override {
        const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
        ASSERT_TRUE(files.has_value());
        Beginning beginning;
        beginning.definitions = *files->service_definitions();
        beginning.place = *kindfile::load_place(ZT_SOURCE_DIR "/kinds/places/small.yaml");
        beginning.pack = "county-default";
        beginning.calendar = "cn";
        beginning.at = *parse_instant("2022-07-31 09:00");
        auto made = MemoryTenant::make(beginning);
        ASSERT_TRUE(made.has_value()) << to_string(made.error());
        tenant_ = *std::move(made);
        kinds_ = tenant_->rules().kinds.all_newest();
        clerk_ = *find_actor(tenant_->ledger().directory(), "office.clerk", office_date(now_));
    }

    /// A matter that stands in that stage, whatever brought it there.
    [[nodiscard]] State standing(const Kind& kind, const StageRule& stage) const {
        State state;
        state.id = MatterId{1'000'000};
        state.kind = kind.name;
        state.kind_version = kind.version;
        state.version = 1;
        state.changed = state.registered = now_;
        state.stage = stage.name;
        state.counts = stage.counts;
        state.office = tenant_->ledger().directory().find_org("office", office_date(now_))->id;
        return state;
    }

    [[nodiscard]] Command command(Verb verb, const State& state) const {
        Command command;
        command.verb = verb;
        command.matter = state.id;
        command.at = now_;
        command.actor = clerk_;
        return command;
    }

    [[nodiscard]] Errc refusal(const State& state, const Command& command) const {
        const auto decision = decide(&state, command, tenant_->ledger().context(now_));
        EXPECT_FALSE(decision.has_value());
        return decision ? Errc::bad_usage : decision.error().code;
    }

    UtcMs now_ = *parse_instant("2022-08-01 09:00");
    std::unique_ptr<MemoryTenant> tenant_;
    std::vector<const Kind*> kinds_;
    Actor clerk_;
};

std::vector<const Transition*> rows_of(const Kind& kind, Verb verb, const std::string& stage) {
    std::vector<const Transition*> rows;
    for (const auto& row : kind.transitions) {
        if (row.verb == verb && std::ranges::find(row.from, stage) != row.from.end()) {
            rows.push_back(&row);
        }
    }
    return rows;
}

bool has_verb(const Kind& kind, Verb verb) {
    return std::ranges::find(kind.transitions, verb, &Transition::verb) != kind.transitions.end();
}

/// Rows that apply only under a condition may all be passed over; then the stage has no such verb.
bool is_conditional(const std::vector<const Transition*>& rows) {
    return std::ranges::all_of(rows, [](const Transition* row) { return row->if_.has_value(); });
}

bool lets_strangers_in(const Kind& kind, const std::vector<const Transition*>& rows) {
    return std::ranges::any_of(rows, [&](const Transition* row) {
        return std::ranges::any_of(row->by, [&](const std::string& name) {
            const RoleRule* role = kind.role(name);
            return role != nullptr && role->where == RoleRule::Where::anyone;
        });
    });
}

template <class Visit>
void each_pair(const std::vector<const Kind*>& kinds, const Visit& visit) {
    for (const Kind* kind : kinds) {
        for (const auto& stage : kind->stages) {
            for (const auto& verb : verb_rows()) {
                visit(*kind, stage, verb);
            }
        }
    }
}

TEST_F(RefusalMatrix, a_verb_is_refused_where_the_kind_does_not_have_it) {
    int looked_at = 0;
    each_pair(kinds_, [&](const Kind& kind, const StageRule& stage, const VerbRow& verb) {
        const State state = standing(kind, stage);
        if (!rows_of(kind, verb.verb, stage.name).empty()) {
            return;
        }
        const Errc expected = has_verb(kind, verb.verb) ? Errc::wrong_stage : Errc::unknown_verb;
        EXPECT_EQ(name_of(refusal(state, command(verb.verb, state))), name_of(expected))
            << kind.name << ' ' << stage.name << ' ' << verb.name;
        ++looked_at;
    });
    EXPECT_GT(looked_at, 1000);
}

TEST_F(RefusalMatrix, an_unknown_field_is_refused_before_anything_else_is_judged) {
    int looked_at = 0;
    each_pair(kinds_, [&](const Kind& kind, const StageRule& stage, const VerbRow& verb) {
        const auto rows = rows_of(kind, verb.verb, stage.name);
        if (rows.empty() || is_conditional(rows)) {
            return;
        }
        const State state = standing(kind, stage);
        Command one = command(verb.verb, state);
        one.fields.set(std::string(nobody_knows), "x");
        EXPECT_EQ(name_of(refusal(state, one)), name_of(Errc::unknown_field))
            << kind.name << ' ' << stage.name << ' ' << verb.name;
        ++looked_at;
    });
    EXPECT_GT(looked_at, 100);
}

TEST_F(RefusalMatrix, somebody_without_any_role_is_refused) {
    Actor stranger;
    stranger.kind = ActorKind::party;
    stranger.party = 99;
    int looked_at = 0;
    each_pair(kinds_, [&](const Kind& kind, const StageRule& stage, const VerbRow& verb) {
        const auto rows = rows_of(kind, verb.verb, stage.name);
        if (rows.empty() || is_conditional(rows) || lets_strangers_in(kind, rows)) {
            return;
        }
        const auto allowed =
            may(standing(kind, stage), verb.verb, stranger, tenant_->ledger().context(now_));
        EXPECT_FALSE(allowed.has_value()) << kind.name << ' ' << stage.name << ' ' << verb.name;
        if (!allowed) {
            EXPECT_EQ(name_of(allowed.error().code), name_of(Errc::wrong_role))
                << kind.name << ' ' << stage.name << ' ' << verb.name;
        }
        ++looked_at;
    });
    EXPECT_GT(looked_at, 100);
}

TEST_F(RefusalMatrix, a_key_stands_for_one_content) {
    Submit submit;
    submit.key = tenant_->fresh_key(now_);
    submit.credential = "test";
    Command one;
    one.verb = Verb::register_;
    one.kind = "appeal";
    one.actor = clerk_;
    one.fields.set("channel", "hotline").set("title", "停电");
    submit.commands.push_back(one);
    const auto first = tenant_->ledger().submit(submit, now_);
    ASSERT_TRUE(first.has_value()) << to_string(first.error());
    const auto again = tenant_->ledger().submit(submit, now_);
    ASSERT_TRUE(again.has_value());
    EXPECT_TRUE(again->is_repeated);
    EXPECT_EQ(again->rows, first->rows);
    submit.commands.front().fields.set("title", "停水");
    const auto other = tenant_->ledger().submit(submit, now_);
    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().code, Errc::key_reused);
    EXPECT_EQ(tenant_->history().size(), 1U);
}

}  // namespace
}  // namespace zt::app::scenario
