// `doctor`: what is wrong or soon will be, and what to do about it.

#include "app/commands/all.hpp"
#include "app/data.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <ostream>
#include <sys/stat.h>

namespace zt::app {

namespace {

namespace files = std::filesystem;

/// Below this much room a day of intake may fill the disk.
constexpr std::uintmax_t free_bytes_min = 1ULL << 30;
/// The State Council's notice for the next year comes in November; from October on its absence is
/// told.
constexpr unsigned warn_from_month = 10;

enum class Verdict : std::uint8_t { fine, warning, fault };

struct Finding {
    Verdict verdict = Verdict::fine;
    std::string key;
    TextValues values;
};

Finding look_at_calendar(const calendar::Calendar& calendar, UtcMs now) {
    const std::chrono::year_month_day today{office_date(now, calendar.offset)};
    const int year = static_cast<int>(today.year());
    if (!calendar.knows(year)) {
        return {Verdict::fault, "calendar_this_year", {{"year", std::to_string(year)}}};
    }
    if (static_cast<unsigned>(today.month()) >= warn_from_month && !calendar.knows(year + 1)) {
        return {Verdict::warning, "calendar_next_year", {{"year", std::to_string(year + 1)}}};
    }
    return {Verdict::fine, "calendar_fine", {{"year", std::to_string(year)}}};
}

Finding look_at_key(const DataOptions& options) {
    const std::string file = options.key.empty() ? options.data + ".key" : options.key;
    struct stat what{};
    if (::stat(file.c_str(), &what) != 0) {
        return {Verdict::fault, "key_missing", {{"file", file}}};
    }
    if ((what.st_mode & 077) != 0) {
        return {Verdict::fault, "key_open", {{"file", file}}};
    }
    const auto inside = files::relative(file, options.data);
    if (!inside.empty() && !inside.native().starts_with("..")) {
        return {Verdict::fault, "key_inside", {{"file", file}}};
    }
    return {Verdict::fine, "key_fine", {{"file", file}}};
}

Finding look_at_disk(const std::string& path) {
    std::error_code failed;
    const auto space = files::space(path, failed);
    const std::string free = std::to_string(space.available >> 20);
    return {
        !failed && space.available < free_bytes_min ? Verdict::warning : Verdict::fine,
        "disk",
        {{"free", free}}
    };
}

Result<std::vector<Finding>> look(const Request& request, const DataOptions& options) {
    std::vector<Finding> findings;
    findings.push_back(look_at_key(options));
    findings.push_back(look_at_disk(options.data));
    DataOptions without_key = options;
    without_key.key.clear();
    TRY(auto tenant, open_data(request, without_key, store::Access::read));
    findings.push_back(look_at_calendar(tenant->rules().calendar, request.world.clock->now()));
    const auto chain = service::verify_chain(tenant->store());
    if (!chain) {
        findings.push_back({Verdict::fault, "chain", {{"what", to_string(chain.error())}}});
    } else {
        findings.push_back(
            {Verdict::fine, "chain_fine", {{"events", std::to_string(chain->events)}}}
        );
    }
    return findings;
}

Result<int> run_doctor(const Request& request, const DataOptions& options) {
    TRY(const auto findings, look(request, options));
    int code = exit_fine;
    Json list = Json::array();
    for (const auto& finding : findings) {
        const std::string text = request.text("cli.doctor.findings." + finding.key, finding.values);
        const char* verdict = finding.verdict == Verdict::fine      ? "fine"
                              : finding.verdict == Verdict::warning ? "warning"
                                                                    : "fault";
        code = finding.verdict == Verdict::fault ? exit_falls_short : code;
        list.push(Json::object().set("check", finding.key).set("verdict", verdict).set("text", text)
        );
        if (!request.is_json) {
            request.out() << request.text("cli.doctor." + std::string(verdict)) << ' ' << text
                          << '\n';
        }
    }
    if (request.is_json) {
        print_json(request, Json::object().set("findings", std::move(list)));
    }
    return code;
}

}  // namespace

void add_doctor(const Registration& here) {
    const auto options = std::make_shared<DataOptions>();
    add_data_options(here, *options);
    here.run = [options](const Request& request) { return run_doctor(request, *options); };
}

}  // namespace zt::app
