// `demo`: an invented place with two months of life, to look at and to try things on.

#include "app/demo/demo.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/place_settings.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct DemoOptions {
    DataOptions data;
    std::uint64_t seed = 1;
    std::string end;
};

/// Today by default. Beyond today nothing has happened yet.
Result<Date> end_day(const Request& request, const DemoOptions& options, OfficeOffset offset) {
    const Date today = office_date(request.world.clock->now(), offset);
    if (options.end.empty()) {
        return today;
    }
    TRY(const Date end, parse_date(options.end));
    if (end > today) {
        return fail(
            Errc::bad_usage,
            to_string(end) + " has not come yet; the latest is " + to_string(today),
            "--end"
        );
    }
    return end;
}

std::string stage_title(
    const service::Rules& rules,
    const std::string& kind,
    const std::string& stage,
    Language language
) {
    const Kind* one = rules.kinds.newest(kind);
    const StageRule* rule = one == nullptr ? nullptr : one->stage(stage);
    return rule == nullptr ? stage : language == Language::zh ? rule->title.zh : rule->title.en;
}

Json counts_json(const demo::DemoCounts& counts) {
    Json kinds = Json::object();
    for (const auto& [kind, stages] : counts.stages) {
        Json one = Json::object();
        for (const auto& [stage, count] : stages) {
            one.set(stage, count);
        }
        kinds.set(kind, std::move(one));
    }
    return kinds;
}

/// The kinds in the order of their weight, each with its stages as the kind file has them.
void print_counts(
    const Request& request, const demo::DemoCounts& counts, const service::Rules& rules
) {
    for (const Kind* kind : rules.kinds.all_newest()) {
        const auto found = counts.stages.find(kind->name);
        if (found == counts.stages.end()) {
            continue;
        }
        std::int64_t sum = 0;
        std::string line;
        for (const auto& stage : kind->stages) {
            const auto count = found->second.find(stage.name);
            if (count != found->second.end()) {
                sum += count->second;
                line += (line.empty() ? "" : " · ") +
                        stage_title(rules, kind->name, stage.name, request.language) + " " +
                        std::to_string(count->second);
            }
        }
        const std::string title =
            request.language == Language::zh ? kind->title.zh : kind->title.en;
        request.out() << request.text(
                             "cli.demo.kind",
                             {{"kind", title},
                              {"name", kind->name},
                              {"count", std::to_string(sum)},
                              {"stages", line}}
                         )
                      << '\n';
    }
}

/// The last month that lies wholly in what was lived.
std::string whole_month(Date end) {
    const std::chrono::year_month_day last{end};
    const auto month = std::chrono::year_month{last.year(), last.month()} - std::chrono::months{1};
    return to_string(Date{month / 1}).substr(0, 7);
}

void print_result(
    const Request& request,
    const DemoOptions& options,
    const demo::DemoCounts& counts,
    const service::Rules& rules
) {
    const auto offset = rules.calendar.offset;
    const std::string key =
        options.data.key.empty() ? options.data.data + ".key" : options.data.key;
    request.out() << request.text(
                         "cli.demo.done",
                         {{"begin", to_string(office_date(counts.begin, offset))},
                          {"end", to_office_string(counts.end, offset)},
                          {"units", std::to_string(counts.units)},
                          {"towns", std::to_string(counts.towns)},
                          {"villages", std::to_string(counts.villages)},
                          {"posts", std::to_string(counts.posts)},
                          {"people", std::to_string(counts.people)},
                          {"seq", std::to_string(counts.seq)}}
                     )
                  << '\n';
    print_counts(request, counts, rules);
    request.out() << request.text(
                         "cli.demo.next",
                         {{"data", options.data.data},
                          {"key", key},
                          {"month", whole_month(office_date(counts.end, offset))},
                          {"refused", std::to_string(counts.expected_refusals)}}
                     )
                  << '\n';
}

Result<int> run_demo(const Request& request, const DemoOptions& options) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto texts, definitions.service_definitions());
    demo::DemoPlan plan;
    plan.seed = options.seed;
    TRY(plan.scripts, demo::scripts_of(definitions));
    const kindfile::Place place = demo::place_of(plan);
    TRY(const auto rules, service::build_rules(texts, place.pack, place.calendar, place.name));
    TRY(plan.end, end_day(request, options, rules->calendar.offset));
    service::Creation creation;
    creation.path = options.data.data;
    creation.key_file = options.data.key;
    creation.definitions = texts;
    creation.pack = place.pack;
    creation.calendar = place.calendar;
    creation.tenant = place.name;
    creation.random = request.world.random;
    TRY(const auto counts, demo::make_demo_directory(creation, plan));
    TRY_VOID(write_place_settings(creation.path, place));
    if (request.is_json) {
        const std::string key =
            options.data.key.empty() ? options.data.data + ".key" : options.data.key;
        print_json(
            request,
            Json::object()
                .set("data", options.data.data)
                .set("key", key)
                .set("end", to_string(plan.end))
                .set("seed", std::to_string(plan.seed))
                .set("seq", counts.seq)
                .set("kinds", counts_json(counts))
        );
        return exit_fine;
    }
    print_result(request, options, counts, *rules);
    return exit_fine;
}

}  // namespace

void add_demo(const Registration& here) {
    const auto options = std::make_shared<DemoOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--seed", options->seed, here.help("seed"))->capture_default_str();
    here.app.add_option("--end", options->end, here.help("end"));
    here.run = [options](const Request& request) { return run_demo(request, *options); };
}

}  // namespace zt::app
