#include "kindfile/calendar_file.hpp"

#include "base/text.hpp"
#include "kindfile/yaml.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace zt::kindfile {

namespace {

using calendar::Calendar;
using calendar::DayKind;
using calendar::DayRule;
using calendar::ServiceWindow;
using calendar::YearTable;

/// The working year of an office has no longer single event than this; a longer range is a typing
/// error.
constexpr int range_days_max = 60;
constexpr int year_min = 1949;
constexpr int year_max = 2999;

struct DayRange {
    Date first;
    Date last;
};

std::optional<int> two_digits(std::string_view text) {
    const auto value = parse_int(text);
    const bool digits =
        text.size() == 2 && text.find_first_not_of("0123456789") == std::string_view::npos;
    return digits && value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

/// "08:30" as minutes, up to 24:00.
std::optional<int> minute_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const auto hours = two_digits(text.substr(0, 2));
    const auto minutes = two_digits(text.substr(3));
    if (!hours || !minutes || *minutes > 59 || *hours * 60 + *minutes > 1440) {
        return std::nullopt;
    }
    return *hours * 60 + *minutes;
}

Result<ServiceWindow> read_window(const Yaml& node) {
    TRY(const std::string text, node.text());
    const std::size_t dash = text.find('-');
    if (dash != std::string::npos) {
        const auto from = minute_of_day(std::string_view(text).substr(0, dash));
        const auto until = minute_of_day(std::string_view(text).substr(dash + 1));
        if (from && until && *from < *until) {
            return ServiceWindow{*from, *until};
        }
    }
    return node.fail(
        Errc::bad_value, "`" + text + "` is not a span of a day; write \"08:30-12:00\""
    );
}

Result<std::vector<ServiceWindow>> read_windows(const Yaml& list) {
    TRY(const auto items, list.items());
    std::vector<ServiceWindow> windows;
    for (const Yaml& item : items) {
        TRY(const ServiceWindow window, read_window(item));
        if (!windows.empty() && window.from_minute < windows.back().until_minute) {
            return item.fail(
                Errc::bad_value, "begins before the span ahead of it ends; write them in order"
            );
        }
        windows.push_back(window);
    }
    if (windows.empty()) {
        return list.fail(Errc::bad_value, "is empty; an office day has at least one span");
    }
    return windows;
}

Result<OfficeOffset> read_offset(const Yaml& node) {
    TRY(const std::string text, node.text());
    const auto minutes =
        text.size() == 6 ? minute_of_day(std::string_view(text).substr(1)) : std::nullopt;
    if (!minutes || *minutes > 14 * 60 || (text[0] != '+' && text[0] != '-')) {
        return node.fail(
            Errc::bad_value, "`" + text + "` is not an offset from UTC; write \"+08:00\""
        );
    }
    return OfficeOffset{std::chrono::minutes{text[0] == '-' ? -*minutes : *minutes}};
}

Result<DayRange> read_range(const Yaml& node) {
    TRY(const std::string text, node.text());
    const std::size_t dots = text.find("..");
    const auto first = parse_date(std::string_view(text).substr(0, dots));
    const auto last =
        dots == std::string::npos ? first : parse_date(std::string_view(text).substr(dots + 2));
    if (!first || !last) {
        return node.fail(
            Errc::bad_date,
            "`" + text + "` is not a day; write YYYY-MM-DD, or FIRST..LAST for several in a row"
        );
    }
    if (*last < *first || (*last - *first).count() >= range_days_max) {
        return node.fail(
            Errc::bad_date, "`" + text + "` runs backwards or is longer than two months"
        );
    }
    return DayRange{*first, *last};
}

bool is_weekend(Date day) { return std::chrono::weekday{day}.iso_encoding() > 5; }

class YearReader {
  public:
    YearReader(int year, YearTable& table) : year_(year), table_(table) {}

    /// in: `by_name`, the map under holidays or makeup.
    [[nodiscard]] Result<void> add(const Yaml& year, std::string_view key, DayKind kind) {
        TRY(const auto names, year.entries_of(key));
        for (const YamlEntry& entry : names) {
            TRY(const auto ranges, entry.value.items());
            for (const Yaml& node : ranges) {
                TRY(const DayRange range, read_range(node));
                for (Date day = range.first; day <= range.last; day += std::chrono::days{1}) {
                    TRY_VOID(add_day(node, day, DayRule{kind, entry.key}));
                }
            }
        }
        return {};
    }

  private:
    Result<void> add_day(const Yaml& node, Date day, DayRule rule) {
        const std::chrono::year_month_day civil{day};
        const bool december_before =
            civil.month() == std::chrono::December && static_cast<int>(civil.year()) == year_ - 1;
        if (year_of(day) != year_ && !december_before) {
            return node.fail(
                Errc::bad_date,
                zt::to_string(day) + " does not belong to " + std::to_string(year_) +
                    "; move it to its own year"
            );
        }
        if (rule.kind == DayKind::makeup_working && !is_weekend(day)) {
            return node.fail(
                Errc::bad_value,
                zt::to_string(day) + " is no weekend day, it works anyway; leave it out"
            );
        }
        if (!seen_.emplace(day, node.line()).second) {
            return node.fail(
                Errc::bad_value,
                zt::to_string(day) + " stands twice in " + std::to_string(year_) +
                    ", first in line " + std::to_string(seen_.at(day))
            );
        }
        table_.days.insert_or_assign(day, std::move(rule));
        return {};
    }

    int year_;
    YearTable& table_;
    std::map<Date, int> seen_;  ///< line of each day of this file
};

Result<void> read_year(const YamlEntry& entry, Calendar& out) {
    const auto year = parse_int(entry.key);
    if (!year || *year < year_min || *year > year_max) {
        return fail(
            Errc::bad_value, "`" + entry.key + "` is not a year; write four digits", entry.key_at
        );
    }
    TRY_VOID(entry.value.allow({"notices", "holidays", "makeup"}));
    TRY(const Yaml notices_node, entry.value.get("notices"));
    TRY(const auto notices, notices_node.texts());
    if (notices.empty()) {
        return notices_node.fail(Errc::bad_value, "is empty; a year stands on at least one notice");
    }
    const int number = static_cast<int>(*year);
    YearTable& table = out.years[number];
    for (const std::string& notice : notices) {
        if (std::ranges::find(table.notices, notice) == table.notices.end()) {
            table.notices.push_back(notice);
        }
    }
    YearReader reader(number, table);
    TRY_VOID(reader.add(entry.value, "holidays", DayKind::holiday));
    TRY_VOID(reader.add(entry.value, "makeup", DayKind::makeup_working));
    if (table.days.empty()) {
        return entry.value.fail(
            Errc::bad_value, "the year has no day; leave a year out until its notice is published"
        );
    }
    return {};
}

Result<DayKind> read_local_kind(const Yaml& node) {
    TRY(const Yaml kind, node.get("kind"));
    TRY(const std::string word, kind.text());
    if (word == "holiday") {
        return DayKind::holiday;
    }
    if (word == "half_day") {
        return DayKind::half_day;
    }
    if (word == "makeup") {
        return DayKind::makeup_working;
    }
    return kind.fail(
        Errc::unknown_word, "`" + word + "` is unknown; write holiday, half_day or makeup"
    );
}

Result<DayRange> read_local_range(const Yaml& node) {
    TRY(const Yaml first_node, node.get("date"));
    TRY(const Date first, first_node.date());
    const auto until = node.find("until");
    if (!until) {
        return DayRange{first, first};
    }
    TRY(const Date last, until->date());
    if (last < first || (last - first).count() >= range_days_max) {
        return until->fail(Errc::bad_date, "is before `date` or more than two months after it");
    }
    return DayRange{first, last};
}

/// A rule of the place itself. It goes before the national table, but needs one for its year: else
/// a single local day would make the year look known.
Result<void> read_local(const Yaml& node, Calendar& out) {
    TRY_VOID(node.allow({"date", "until", "kind", "name", "source"}));
    TRY(const DayKind kind, read_local_kind(node));
    TRY(const DayRange range, read_local_range(node));
    TRY(const std::string name, node.text_of("name"));
    TRY_VOID(node.get("source"));
    for (Date day = range.first; day <= range.last; day += std::chrono::days{1}) {
        const int year = year_of(day);
        const auto table = out.years.find(year);
        if (table == out.years.end()) {
            return node.fail(
                Errc::unknown_year,
                "the calendar has no table for " + std::to_string(year) +
                    "; add the year's notice before its local days"
            );
        }
        table->second.days.insert_or_assign(day, DayRule{kind, name});
        if (const auto next = out.years.find(year + 1); next != out.years.end()) {
            next->second.days.erase(day);
        }
    }
    return {};
}

Result<void> read_head(const Yaml& root, Calendar& out) {
    TRY_VOID(root.allow(
        {"calendar",
         "version",
         "title",
         "source",
         "extends",
         "offset",
         "service",
         "half_day_service",
         "years",
         "local"}
    ));
    TRY(out.name, root.text_of("calendar"));
    TRY(const Yaml version_node, root.get("version"));
    TRY(const std::int64_t version, version_node.integer());
    if (version < 1 || version > 1'000'000) {
        return version_node.fail(
            Errc::bad_number, "must be 1 or more, and one more at each change"
        );
    }
    out.version = static_cast<std::uint32_t>(version);
    TRY(const Yaml title, root.get("title"));
    TRY_VOID(title.allow({"zh", "en"}));
    TRY_VOID(title.text_of("zh"));
    TRY_VOID(title.text_of("en"));
    TRY_VOID(root.text_of("source"));
    return {};
}

Result<void> read_hours(const Yaml& root, Calendar& out) {
    if (const auto offset = root.find("offset")) {
        TRY(out.offset, read_offset(*offset));
    }
    if (const auto service = root.find("service")) {
        TRY(out.service, read_windows(*service));
        out.half_day_service.clear();
    }
    if (const auto half = root.find("half_day_service")) {
        TRY(out.half_day_service, read_windows(*half));
    }
    return {};
}

Result<Calendar> read_calendar_from(const Yaml& root, const CalendarsByName& known) {
    Calendar out;
    if (const auto base = root.find("extends")) {
        TRY(const std::string name, base->text());
        const auto found = known.find(name);
        if (found == known.end()) {
            std::vector<std::string> names;
            for (const auto& [other, value] : known) {
                names.push_back(other);
            }
            return base->fail(
                Errc::unknown_word,
                "there is no calendar `" + name + "`" +
                    (names.empty() ? "" : "; known: " + join(names, ", "))
            );
        }
        out = found->second;
    }
    TRY_VOID(read_head(root, out));
    TRY_VOID(read_hours(root, out));
    TRY(const auto years, root.entries_of("years"));
    for (const YamlEntry& entry : years) {
        TRY_VOID(read_year(entry, out));
    }
    if (out.years.empty()) {
        return root.fail(
            Errc::missing_key, "the calendar has no years; write `years:` or `extends: cn`"
        );
    }
    TRY(const auto locals, root.items_of("local"));
    for (const Yaml& local : locals) {
        TRY_VOID(read_local(local, out));
    }
    return out;
}

}  // namespace

Result<Calendar>
read_calendar(std::string_view text, std::string file, const CalendarsByName& known) {
    TRY(const Yaml root, parse_yaml(text, std::move(file)));
    return read_calendar_from(root, known);
}

Result<CalendarsByName> read_calendars(std::span<const CalendarSource> sources) {
    std::map<std::string, Yaml> waiting;
    for (const CalendarSource& source : sources) {
        TRY(const Yaml root, parse_yaml(source.text, source.file));
        TRY(const std::string name, root.text_of("calendar"));
        const auto [other, is_new] = waiting.emplace(name, root);
        if (!is_new) {
            return root.fail(
                Errc::bad_value,
                "a calendar `" + name + "` stands already in " + other->second.file()
            );
        }
    }
    CalendarsByName done;
    while (!waiting.empty()) {
        const auto ready = std::ranges::find_if(waiting, [&waiting](const auto& entry) {
            const auto base = entry.second.text_or("extends", "");
            return !base || *base == "" || !waiting.contains(*base);
        });
        if (ready == waiting.end()) {
            return waiting.begin()->second.get("extends").value().fail(
                Errc::bad_value,
                "calendars extend each other in a ring; one of them must stand alone"
            );
        }
        TRY(auto made, read_calendar_from(ready->second, done));
        done.emplace(ready->first, std::move(made));
        waiting.erase(ready);
    }
    return done;
}

}  // namespace zt::kindfile
