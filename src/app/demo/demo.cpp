#include "app/demo/demo.hpp"

#include "app/demo/accounts.hpp"
#include "app/demo/appeals.hpp"
#include "app/demo/digests.hpp"
#include "app/demo/gathered_store.hpp"
#include "app/demo/hazards.hpp"
#include "app/demo/issues.hpp"
#include "app/demo/pieces.hpp"
#include "app/demo/proposals.hpp"
#include "app/demo/records.hpp"
#include "app/demo/sign_ins.hpp"
#include "app/demo/suggestions.hpp"
#include "app/demo/tasks.hpp"
#include "app/demo/whistles.hpp"
#include "base/check.hpp"
#include "service/genesis.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace zt::app::demo {

namespace fs = std::filesystem;

namespace {

using std::chrono::minutes;

/// When the offices open.
UtcMs end_of(const DemoPlan& plan, const calendar::Calendar& calendar) {
    const int opening = calendar.service.empty() ? 8 * 60 : calendar.service.front().from_minute;
    return start_of(plan.end, calendar.offset) + minutes{opening};
}

constexpr std::array county_names{
    "栖云县", "听泉县", "揽月县", "沐风县", "抱石县", "拾穗县", "踏雪县", "问津县"
};

/// Each place of a script once, as a county.
std::map<std::string, Grafted> graft_places(Scene& scene, const std::vector<ToldScript>& scripts) {
    std::map<std::string, Grafted> places;
    for (const auto& told : scripts) {
        if (!places.contains(told.place.name)) {
            CHECK(places.size() < county_names.size());
            const char* county = county_names[places.size()];
            places.emplace(
                told.place.name, graft(scene, told.place, told.place.name + "_", county)
            );
        }
    }
    return places;
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

/// Made under another name and renamed when it is whole, so that a demo that was killed leaves
/// nothing that looks like one.
struct Places {
    std::string path, key, making, making_key;
};

Places places_of(const service::Creation& creation) {
    Places places;
    places.path = fs::path(creation.path).lexically_normal().string();
    if (places.path.ends_with('/')) {
        places.path.pop_back();
    }
    places.key = creation.key_file.empty() ? places.path + ".key" : creation.key_file;
    places.making = places.path + ".making";
    places.making_key = places.key + ".making";
    return places;
}

Result<void> must_be_free(const Places& places) {
    std::error_code failed;
    if (fs::exists(places.path, failed) && !fs::is_empty(places.path, failed)) {
        return fail(
            Errc::already_initialised, "is there already and not empty; name another", places.path
        );
    }
    if (fs::exists(places.key, failed)) {
        return fail(
            Errc::already_initialised,
            "a key stands there already; move it away or name another by --key",
            places.key
        );
    }
    return {};
}

/// What a demo that was killed left. errors: in_use while another one is at work.
Result<void> clear_remains(const Places& places, Random* random) {
    service::Opening opening;
    opening.path = places.making;
    opening.access = store::Access::write;
    opening.key_file = places.making_key;
    opening.random = random;
    if (const auto other = service::Tenant::open(opening);
        !other && other.error().code == Errc::in_use) {
        return std::unexpected(other.error());
    }
    std::error_code failed;
    fs::remove_all(places.making, failed);
    fs::remove(places.making_key, failed);
    return {};
}

Result<DemoCounts> make_whole(const service::Creation& creation, const DemoPlan& plan) {
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
        TRY(auto tenant, service::Tenant::open(opening));
        TRY_VOID(tenant->save_views());
        TRY_VOID(make_sign_ins(*tenant, *creation.random, counts->end));
    }
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
    Scene scene = make_scene(chance, names);
    ignore(graft_places(scene, plan.scripts), "only the place is asked for");
    return std::move(scene.place);
}

Result<DemoCounts> make_demo(const DemoParts& parts, const DemoPlan& plan) {
    const auto& calendar = parts.ledger->rules().calendar;
    Chance chance(plan.seed);
    Names names(chance);
    Scene scene = make_scene(chance, names);
    auto grafted = graft_places(scene, plan.scripts);
    const UtcMs begin = begin_of(plan, calendar.offset);
    const UtcMs born =
        plan.scripts.empty() ? begin : start_of(plan.end, calendar.offset) - told_longest;
    World world(
        {parts.ledger, parts.open_set, &scene, &chance, &names},
        born,
        begin,
        end_of(plan, calendar),
        std::to_string(plan.seed)
    );
    TRY(const auto genesis,
        service::write_genesis(*parts.ledger, scene.place, born, Origin::demo, born));
    ignore(genesis, "the scene knows its own size");
    Scripted scripted(world, std::move(grafted));
    for (const auto& told : plan.scripts) {
        scripted.plan(told);
    }
    TRY_VOID(world.live_before());
    Registry registry;
    Records records(world, registry);
    Appeals appeals(world, registry);
    Tasks tasks(world);
    Suggestions suggestions(world);
    Digests digests(world, registry);
    Accounts accounts(world, registry);
    Proposals proposals(world);
    Hazards hazards(world);
    Pieces pieces(world, registry);
    Issues issues(world, registry);
    Whistles whistles(world, registry);
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
    pieces.plan(part(110, 14));
    issues.plan(part(12, 4));
    whistles.plan(part(60, 10));
    TRY_VOID(world.live());
    DemoCounts counts = counts_of(world, scene);
    counts.seq = parts.ledger->seq();
    counts.born = born;
    counts.cut_short = scripted.cut_short();
    return counts;
}

Result<DemoCounts> make_demo_directory(const service::Creation& creation, const DemoPlan& plan) {
    const Places places = places_of(creation);
    TRY_VOID(must_be_free(places));
    TRY_VOID(clear_remains(places, creation.random));
    service::Creation making = creation;
    making.path = places.making;
    making.key_file = places.making_key;
    auto counts = make_whole(making, plan);
    if (counts) {
        std::error_code failed;
        fs::rename(places.making_key, places.key, failed);
        if (!failed) {
            fs::rename(places.making, places.path, failed);
        }
        if (!failed) {
            return counts;
        }
        counts =
            fail(Errc::io_failed, "cannot be given its name: " + failed.message(), places.path);
        fs::remove(places.key, failed);
    }
    std::error_code gone;
    fs::remove_all(places.making, gone);
    fs::remove(places.making_key, gone);
    return counts;
}

}  // namespace zt::app::demo
