#include "app/demo/demo.hpp"

#include "app/demo/accounts.hpp"
#include "app/demo/appeals.hpp"
#include "app/demo/digests.hpp"
#include "app/demo/gathered_store.hpp"
#include "app/demo/hazards.hpp"
#include "app/demo/proposals.hpp"
#include "app/demo/records.hpp"
#include "app/demo/suggestions.hpp"
#include "app/demo/tasks.hpp"
#include "service/genesis.hpp"

#include <algorithm>
#include <filesystem>

namespace zt::app::demo {

namespace {

using std::chrono::minutes;

/// When the offices open.
UtcMs end_of(const DemoPlan& plan, const calendar::Calendar& calendar) {
    const int opening = calendar.service.empty() ? 8 * 60 : calendar.service.front().from_minute;
    return start_of(plan.end, calendar.offset) + minutes{opening};
}

DemoCounts counts_of(const World& world, const Scene& scene) {
    DemoCounts counts;
    for (const auto& [id, kind_and_stage] : world.stages()) {
        ++counts.stages[kind_and_stage.first][kind_and_stage.second];
    }
    counts.units = scene.units;
    counts.towns = scene.towns;
    counts.villages = scene.villages;
    counts.people = scene.place.people.size();
    counts.posts = scene.place.posts.size();
    counts.expected_refusals = world.expected_refusals();
    counts.begin = world.begin();
    counts.end = world.end();
    return counts;
}

Result<DemoCounts> make_in(service::Tenant& tenant, const DemoPlan& plan, Random* random) {
    GatheredStore store(tenant.store());
    views::Figures figures;
    views::OpenSet open_set;
    service::LedgerParts parts;
    parts.store = &store;
    parts.key = tenant.key();
    parts.random = random;
    parts.figures = &figures;
    parts.open_set = &open_set;
    TRY(auto ledger,
        service::Ledger::open(parts, std::make_shared<const service::Rules>(tenant.rules())));
    TRY(auto counts, make_demo({ledger.get(), &open_set}, plan));
    TRY_VOID(store.flush());
    return counts;
}

}  // namespace

UtcMs begin_of(const DemoPlan& plan, OfficeOffset offset) {
    const std::chrono::year_month_day end{plan.end};
    std::chrono::year_month_day begin = end - std::chrono::months{2};
    if (!begin.ok()) {
        begin = begin.year() / begin.month() / std::chrono::last;
    }
    return start_of(Date{begin}, offset);
}

kindfile::Place place_of(const DemoPlan& plan) {
    Chance chance(plan.seed);
    Names names(chance);
    return make_scene(chance, names).place;
}

Result<DemoCounts> make_demo(const DemoParts& parts, const DemoPlan& plan) {
    const auto& calendar = parts.ledger->rules().calendar;
    Chance chance(plan.seed);
    Names names(chance);
    const Scene scene = make_scene(chance, names);
    const UtcMs begin = begin_of(plan, calendar.offset);
    World world(
        {parts.ledger, parts.open_set, &scene, &chance, &names},
        begin,
        end_of(plan, calendar),
        std::to_string(plan.seed)
    );
    TRY(const auto genesis,
        service::write_genesis(*parts.ledger, scene.place, begin, Origin::demo, begin));
    ignore(genesis, "the scene knows its own size");
    Registry registry;
    Records records(world, registry);
    Appeals appeals(world, registry);
    Tasks tasks(world);
    Suggestions suggestions(world);
    Digests digests(world, registry);
    Accounts accounts(world, registry);
    Proposals proposals(world);
    Hazards hazards(world);
    const auto part = [&](int of_1500, int least) {
        return std::max(plan.appeals * of_1500 / 1500, least);
    };
    TRY_VOID(records.plan(part(110, 20)));
    appeals.plan(plan.appeals);
    tasks.plan(part(120, 14));
    suggestions.plan(part(150, 12));
    digests.plan(part(16, 4));
    accounts.plan(part(12, 5));
    proposals.plan(part(90, 14));
    hazards.plan(part(200, 24));
    TRY_VOID(world.live());
    DemoCounts counts = counts_of(world, scene);
    counts.seq = parts.ledger->seq();
    return counts;
}

Result<DemoCounts> make_demo_directory(const service::Creation& creation, const DemoPlan& plan) {
    Result<DemoCounts> counts = fail(Errc::io_failed);
    {
        TRY(auto tenant, service::Tenant::create(creation));
        counts = make_in(*tenant, plan, creation.random);
    }
    if (counts) {
        service::Opening opening;
        opening.path = creation.path;
        opening.access = store::Access::write;
        opening.key_file = creation.key_file;
        opening.random = creation.random;
        auto tenant = service::Tenant::open(opening);
        const auto saved =
            tenant ? (*tenant)->save_views() : Result<void>(std::unexpected(tenant.error()));
        if (!saved) {
            counts = std::unexpected(saved.error());
        }
    }
    if (!counts) {
        std::error_code gone;
        std::filesystem::remove_all(creation.path, gone);
        std::filesystem::remove(
            creation.key_file.empty() ? creation.path + ".key" : creation.key_file, gone
        );
    }
    return counts;
}

}  // namespace zt::app::demo
