// A place of a province's size beside a small one: pages of the desk and who may see what, in the
// same run; and the rounds of a register of many records.

#include "bench/busy.hpp"
#include "bench/load.hpp"
#include "bench/serving.hpp"
#include "service/rounds.hpp"

#include <fmt/core.h>

#include <functional>

namespace zt::bench {

namespace {

constexpr std::size_t group_size = 256;
constexpr std::int64_t open_matters = 5'000;
/// Of what a large place has, so many are units; the rest are areas, as villages are.
constexpr std::int64_t units_in_five = 1;

Submit begun(const char* kind, Json fields, UtcMs now, std::int64_t number) {
    Submit submit;
    submit.credential = "bench";
    submit.key = uuid7_from_text(now, std::string(kind) + std::to_string(number));
    Command command;
    command.verb = Verb::register_;
    command.kind = kind;
    command.actor.kind = ActorKind::system;
    command.fields = std::move(fields);
    submit.commands.push_back(std::move(command));
    return submit;
}

/// Through the ledger as any command, so many at a time; each must be taken.
std::vector<MatterId> take_all(service::Ledger& ledger, std::vector<Submit> submits, UtcMs now) {
    std::vector<MatterId> ids;
    for (std::size_t from = 0; from < submits.size(); from += group_size) {
        const std::size_t until = std::min(submits.size(), from + group_size);
        const std::vector<Submit> group(
            std::make_move_iterator(submits.begin() + static_cast<std::ptrdiff_t>(from)),
            std::make_move_iterator(submits.begin() + static_cast<std::ptrdiff_t>(until))
        );
        for (auto& answer : must(ledger.submit_group(group, now), "group")) {
            ids.push_back(must(std::move(answer), "command").rows.front().matter);
        }
    }
    return ids;
}

/// Townships below the county, with their stations and villages: hundreds to a level, as in a
/// province.
void widen(service::Ledger& ledger, std::int64_t count, UtcMs now) {
    const Date today = office_date(now, ledger.rules().calendar.offset);
    const Org* county = ledger.directory().find_org("county", today);
    const Area* within = ledger.directory().areas().front();
    constexpr std::int64_t below_each = 200;
    const auto grow = [&](const char* kind, std::int64_t top, std::int64_t all) {
        std::vector<Submit> parents;
        const std::int64_t wide = all / below_each + 1;
        const auto one = [&](std::int64_t number, std::int64_t parent) {
            return begun(
                kind,
                Json::object()
                    .set("code", fmt::format("bench{}{}", kind, number))
                    .set("name", fmt::format("第{}号{}", number, kind))
                    .set("parent", parent)
                    .set("from", to_string(today)),
                now,
                number
            );
        };
        for (std::int64_t i = 0; i < wide; ++i) {
            parents.push_back(one(i, top));
        }
        const auto ids = take_all(ledger, std::move(parents), now);
        std::vector<Submit> children;
        for (std::int64_t i = wide; i < all; ++i) {
            children.push_back(one(i, ids[static_cast<std::size_t>(i % wide)].value));
        }
        ignore(take_all(ledger, std::move(children), now), "leaves");
    };
    grow("org", county->id.value, count * units_in_five / 5);
    grow("area", within->id.value, count - count * units_in_five / 5);
}

struct Pages {
    double directory = 0, list = 0, inbox = 0, matter = 0;  ///< median ms
};

double median_of(const ServedPlace& place, const std::function<std::string(std::int64_t)>& path) {
    constexpr int pages = 1'000;
    constexpr double seconds = 20;
    Load load{place.port(), 1, pages, 0, [&](std::int64_t i) {
                  return build::request_text("GET " + path(i), place.session(), "");
              }};
    load.seconds = seconds;
    const auto outcome = put_load_on(load);
    if (outcome.refused > 0) {
        give_up("page", Error{Errc::check_failed, path(0), {}});
    }
    return quantile(outcome.ms, 0.5);
}

Pages measure_place(const std::string& path, std::int64_t more) {
    std::vector<std::string> numbers;
    std::int64_t under = 0;
    {
        app::OsRandom random;
        const auto tenant = create_place(path, random);
        Busy busy(*tenant, random, Busy::Keep::nothing);
        const UtcMs now = app::OsClock{}.now();
        if (more > 0) {
            widen(busy.ledger(), more, now);
        }
        const Day day(busy.ledger().directory(), now);
        const Date today = office_date(now, busy.ledger().rules().calendar.offset);
        under = busy.ledger().directory().find_org("county", today)->id.value;
        for (const MatterId matter : hand_in_many(busy.ledger(), day, open_matters)) {
            numbers.push_back(must(busy.ledger().state(matter), "state")->number);
        }
    }
    const ServedPlace place(path);
    Pages pages;
    pages.directory = median_of(place, [&](std::int64_t) {
        return fmt::format("/api/v1/directory/orgs?under={}&limit=20", under);
    });
    pages.list = median_of(place, [](std::int64_t) {
        return std::string("/api/v1/matters?state=open&kind=appeal&limit=50");
    });
    pages.inbox =
        median_of(place, [](std::int64_t) { return std::string("/api/v1/inbox?limit=50"); });
    pages.matter = median_of(place, [&](std::int64_t i) {
        return "/api/v1/matters/" + numbers[static_cast<std::size_t>(i) % numbers.size()];
    });
    return pages;
}

}  // namespace

void run_large_place(const Options& options) {
    const Pages small = measure_place(options.dir + "/small", 0);
    const Pages large = measure_place(options.dir + "/large", options.count);
    Figures figures;
    figures.add("orgs_and_areas", static_cast<double>(options.count))
        .add("directory_ms", large.directory)
        .add("list_ms", large.list)
        .add("inbox_ms", large.inbox)
        .add("matter_ms", large.matter)
        .add("directory_vs_small", large.directory / small.directory)
        .add("list_vs_small", large.list / small.list)
        .add("inbox_vs_small", large.inbox / small.inbox)
        .add("matter_vs_small", large.matter / small.matter);
    figures.print();
}

void run_rounds_of_records(const Options& options) {
    app::OsRandom random;
    const UtcMs begin = *parse_instant("2022-03-01 09:00");
    const auto tenant = create_place(options.dir + "/rounds", random, begin);
    Busy busy(*tenant, random, Busy::Keep::nothing);
    service::Ledger& ledger = busy.ledger();
    ignore(must(service::run_rounds(ledger, begin), "mark"), "the first run sets the mark");
    std::vector<Submit> submits;
    for (std::int64_t i = 0; i < options.count; ++i) {
        submits.push_back(begun(
            "service_team",
            Json::object()
                .set("name", fmt::format("第{}服务队", i))
                .set("unit", "office")
                .set("size", 10)
                .set("from", "2022-03-01"),
            begin,
            i
        ));
    }
    std::vector<std::pair<std::string, MatterId>> records;
    for (const MatterId id : take_all(ledger, std::move(submits), begin)) {
        records.emplace_back("service_team", id);
    }
    const Watch planning;
    const auto due = service::rounds_due(
        ledger.rules(),
        ledger.directory(),
        records,
        Date{std::chrono::year{2022} / 3 / 1},
        Date{std::chrono::year{2022} / 3 / 31}
    );
    const double planned = planning.seconds();
    const Watch beginning;
    const auto begun_all =
        must(service::run_rounds(ledger, *parse_instant("2022-03-08 09:00")), "rounds");
    Figures figures;
    figures.add("records", static_cast<double>(options.count))
        .add("due_in_a_month", static_cast<double>(due.size()))
        .add("plan_ms", planned * 1e3)
        .add("begun", static_cast<double>(begun_all))
        .add("begin_ms", beginning.seconds() * 1e3);
    figures.print();
}

}  // namespace zt::bench
