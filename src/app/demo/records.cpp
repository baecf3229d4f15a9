#include "app/demo/records.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array industries{
    "manufacturing",
    "construction",
    "trade",
    "transport",
    "hospitality",
    "software",
    "agriculture",
    "services",
    "energy"
};
constexpr std::array sizes{"large", "medium", "small", "micro"};

/// 18 characters that no register gives out.
std::string credit_code(int number) {
    const std::string digits = std::to_string(number);
    return "00DEMO" + std::string(12 - digits.size(), '0') + digits;
}

}  // namespace

Result<void> Records::plan(int firms) {
    auto& chance = world_.chance();
    const int at_first = firms * 4 / 5;
    for (int i = 1; i <= at_first; ++i) {
        TRY_VOID(add_firm(i));
    }
    const auto span = world_.end() - world_.begin();
    const auto some_time = [&](int low, int high) {
        return world_.at_desk(
            world_.begin() + span * chance.between(low, high) / 100 +
            minutes{chance.between(0, 1400)}
        );
    };
    for (int i = at_first + 1; i <= firms; ++i) {
        world_.plan(some_time(2, 95), [this, i] { return add_firm(i); });
    }
    for (int i = 0; i < firms; ++i) {
        world_.plan(some_time(3, 97), [this] { return visit(); });
    }
    for (int i = 0; i < firms / 8 + 1; ++i) {
        world_.plan(some_time(5, 95), [this] { return change_firm(); });
    }
    for (int i = 0; i < firms / 30 + 1; ++i) {
        world_.plan(some_time(60, 90), [this] { return retire_firm(); });
    }
    plan_leaving();
    return {};
}

Result<void> Records::add_firm(int number) {
    auto& chance = world_.chance();
    const std::size_t desk_number = 1 + chance.index_of(world_.scene().desks.size() - 1);
    const Desk& desk = world_.scene().desks[desk_number];
    const Actor liaison = world_.post(desk.office, "liaison");
    Firm firm;
    firm.name = world_.names().firm();
    firm.desk = desk_number;
    Json fields = Json::object();
    fields.set("name", firm.name).set("credit_code", credit_code(number));
    fields.set("industry", chance.one_of(industries))
        .set("size", sizes[chance.weighted({4, 14, 50, 32})]);
    fields.set("area", chance.one_of(desk.towns)).set("liaison_post", liaison.post.value);
    fields.set("address", desk.title + "工业园" + std::to_string(chance.between(1, 60)) + "号");
    fields.set("contact_name", world_.names().caller())
        .set("contact_phone", world_.names().phone());
    fields.set("from", to_string(world_.today() - days{chance.between(0, 2000)}));
    TRY(firm.id, world_.start(world_.post(desk.office, "clerk"), "enterprise", std::move(fields)));
    registry_.firms.push_back(std::move(firm));
    return {};
}

/// Every other visit brings a problem home that is being worked on.
Result<void> Records::visit() {
    if (registry_.firms.empty()) {
        return {};
    }
    const Firm firm = world_.chance().one_of(registry_.firms);
    const Actor liaison = world_.post(world_.scene().desks[firm.desk].office, "liaison");
    TRY_VOID(world_.act(
        firm.id,
        liaison,
        Verb::report_progress,
        Json::object().set("text", world_.say(Phrase::visited))
    ));
    if (registry_.assigned.empty() || world_.chance().hits(500)) {
        return {};
    }
    const MatterId problem = registry_.assigned.back().id;
    TRY(const auto state, world_.see(firm.id));
    const bool is_counted =
        std::ranges::find(state->links, problem, &Link::to) != state->links.end();
    return is_counted
               ? Result<void>{}
               : world_.act(
                     firm.id, liaison, Verb::link, Json::object().set("matter", problem.value)
                 );
}

Result<void> Records::change_firm() {
    const Firm firm = world_.chance().one_of(registry_.firms);
    const Actor clerk = world_.post(world_.scene().desks[firm.desk].office, "clerk");
    Json fields = Json::object();
    if (world_.chance().hits(700)) {
        fields.set("contact_name", world_.names().caller())
            .set("contact_phone", world_.names().phone());
        return world_.act(firm.id, clerk, Verb::amend, std::move(fields));
    }
    fields.set("size", world_.chance().one_of(sizes)).set("note", "按年报数据更正。");
    return world_.act(firm.id, clerk, Verb::correct, std::move(fields));
}

Result<void> Records::retire_firm() {
    const std::size_t index = world_.chance().index_of(registry_.firms.size());
    const Firm firm = registry_.firms[index];
    registry_.firms.erase(registry_.firms.begin() + static_cast<std::ptrdiff_t>(index));
    return world_.act(
        firm.id,
        world_.post(world_.scene().desks[firm.desk].office, "clerk"),
        Verb::retire,
        Json::object().set("note", "企业已注销。").set("until", to_string(world_.today()))
    );
}

void Records::plan_leaving() {
    const auto span = world_.end() - world_.begin();
    world_.plan(world_.at_desk(world_.begin() + span * 2 / 5), [this] {
        return renew_duty_list();
    });
    world_.plan(world_.at_desk(world_.begin() + span / 2), [this] { return leave(); });
}

/// The township's list is renewed: the old one ends, the new one begins the same day.
Result<void> Records::renew_duty_list() {
    const Actor admin = world_.post("city_gov", "admin");
    const OrgId town = world_.org(world_.scene().leaving.duty_list_of);
    for (const auto& [id, kind_and_stage] : world_.stages()) {
        if (kind_and_stage.first != "duty_list") {
            continue;
        }
        TRY(const auto list, world_.see(id));
        if (list->field("org").as_int() != town.value) {
            continue;
        }
        Json fields = Json::object();
        for (const char* name : {"org", "basic", "assist", "taken_back"}) {
            fields.set(name, list->field(name));
        }
        fields.set("from", to_string(world_.today()));
        TRY_VOID(world_.act(
            id,
            admin,
            Verb::retire,
            Json::object().set("note", "清单年度修订。").set("until", to_string(world_.today()))
        ));
        TRY(const MatterId renewed, world_.start(admin, "duty_list", std::move(fields)));
        ignore(renewed, "it stands in the register");
        return {};
    }
    return {};
}

/// A village is merged into its neighbour: post, person, committee and area end, each as its own
/// record.
Result<void> Records::leave() {
    const Actor admin = world_.post("city_gov", "admin");
    const Leaving& leaving = world_.scene().leaving;
    const auto& directory = world_.ledger().directory();
    const OrgId org = world_.org(leaving.org);
    const Actor post = world_.post(org, leaving.post);
    const std::array<MatterId, 4> records{
        MatterId{post.post.value},
        MatterId{post.person.value},
        MatterId{org.value},
        MatterId{directory.find_area(leaving.area)->id.value}
    };
    for (const MatterId id : records) {
        TRY_VOID(world_.act(
            id,
            admin,
            Verb::retire,
            Json::object()
                .set("note", "村级建制调整，并入邻村。")
                .set("until", to_string(world_.today()))
        ));
    }
    return {};
}

}  // namespace zt::app::demo
