// `kinds rehearse`: plays the past again under another pack and says which due dates, lapses and
// scores would change. Nothing is written.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/findings.hpp"
#include "app/rehearsal_text.hpp"
#include "base/text.hpp"
#include "kindfile/check.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

using kindfile::Errors;

struct RehearseOptions {
    DataOptions data;
    std::string pack, last = "12m", score = "jungar";
};

constexpr std::int64_t months_max = 1200;

/// "12m": so many months. errors: bad_usage.
Result<std::int64_t> parse_months(const std::string& text) {
    const auto count =
        text.ends_with('m') ? parse_int(text.substr(0, text.size() - 1)) : Result<std::int64_t>(0);
    if (!count || *count < 1 || *count > months_max) {
        return fail(
            Errc::bad_usage, "\"" + text + "\" is no number of months; write 12m", "--last"
        );
    }
    return *count;
}

/// The day after the same day so many months before; a day that the month lacks is its last.
Date months_before(Date day, std::int64_t months) {
    const std::chrono::year_month_day then = day;
    auto month = then.year() / then.month() - std::chrono::months{months};
    const Date last{month / std::chrono::last};
    const Date same{month / then.day()};
    return std::min(same, last) + std::chrono::days{1};
}

/// The place's own kinds and calendar with the packs that the command finds.
Result<service::Definitions>
definitions_of(const Request& request, service::Tenant& tenant, std::string& pack) {
    TRY(const auto files, Definitions::find(request.kinds_folder));
    TRY(auto definitions, tenant.definitions());
    TRY(definitions.packs, files.texts_of("packs"));
    if (!pack.ends_with(".yaml")) {
        return definitions;
    }
    TRY(auto text, kindfile::read_text_file(pack));
    auto read = kindfile::read_pack_file(text, pack);
    if (!read) {
        return std::unexpected(first_of(read.error()));
    }
    const std::string file = std::exchange(pack, read->pack.name);
    std::erase_if(definitions.packs, [&](const auto& one) {
        const auto other = kindfile::read_pack_file(one.second, one.first);
        return other && other->pack.name == pack;
    });
    definitions.packs.emplace_back(file, std::move(text));
    return definitions;
}

/// What `kinds check` would say of the place's kinds with that pack. errors: the first finding of a
/// text that cannot be read; not_found.
Result<Errors> findings_of(const service::Definitions& definitions, const std::string& pack) {
    const auto kinds = kindfile::load_kinds(definitions.kinds);
    const auto packs = kindfile::load_packs(definitions.packs);
    if (!kinds || !packs) {
        return std::unexpected(first_of(kinds ? packs.error() : kinds.error()));
    }
    const auto found = packs->packs.find(pack);
    if (found == packs->packs.end()) {
        std::vector<std::string> names;
        for (const auto& [name, one] : packs->packs) {
            names.push_back(name);
        }
        return fail(
            Errc::not_found,
            "there is no pack '" + pack + "'; there are: " + join(names, ", "),
            "--pack"
        );
    }
    Errors errors;
    for (const auto& file : kinds->files) {
        add_errors(errors, kindfile::check_kind(file, found->second, kinds->kinds));
    }
    for (const auto& file : packs->files) {
        if (file.pack.name == pack) {
            add_errors(errors, kindfile::check_pack(file, kinds->kinds));
        }
    }
    return errors;
}

Result<int> run_rehearse(const Request& request, const RehearseOptions& options) {
    TRY(const auto months, parse_months(options.last));
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    std::string pack = options.pack;
    TRY(const auto definitions, definitions_of(request, *tenant, pack));
    TRY(const auto findings, findings_of(definitions, pack));
    if (!findings.empty()) {
        return print_findings(request, findings);
    }
    TRY(const auto calendar, tenant->store().setting("calendar"));
    TRY(const auto rules,
        service::build_rules(definitions, pack, calendar.value_or(""), tenant->rules().tenant));
    TRY(const auto files, Definitions::find(request.kinds_folder));
    TRY(const auto score, files.score(options.score, rules->kinds));
    const Date until = tenant->figures().newest_day();
    const Date from = months_before(until, months);
    TRY(const auto rehearsal,
        service::rehearse(tenant->store(), {rules.get(), &tenant->ledger().directory(), from}));
    const views::ScoreQuery query{{from, until, to_string(from) + ".." + to_string(until)}};
    const auto names = names_in(*tenant);
    const RehearsalReport report{
        pack,
        query.period,
        rehearsal,
        views::scores_of(rehearsal.before, score, query, names.org),
        views::scores_of(rehearsal.after, score, query, names.org),
        rules->calendar.offset
    };
    if (request.is_json) {
        print_json(request, to_json(report));
    } else {
        request.out() << to_text(report, request);
    }
    return exit_fine;
}

}  // namespace

void add_kinds_rehearse(const Registration& here) {
    const auto options = std::make_shared<RehearseOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--pack", options->pack, here.help("pack"))->required();
    here.app.add_option("--last", options->last, here.help("last"))->capture_default_str();
    here.app.add_option("--score", options->score, here.help("score"))->capture_default_str();
    here.run = [options](const Request& request) { return run_rehearse(request, *options); };
}

}  // namespace zt::app
