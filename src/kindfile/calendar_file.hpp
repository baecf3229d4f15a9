#pragma once
// calendars/*.yaml → calendar::Calendar. The keys:
//
//   calendar: NAME
//   version: NUMBER
//   title: {zh: TEXT, en: TEXT}
//   source: TEXT
//   extends: NAME                      takes years, hours and offset of another calendar
//   offset: "+08:00"
//   service: ["08:30-12:00", …]        half_day_service the same
//   years:
//     YEAR:
//       notices: [ADDRESS, …]
//       holidays: {NAME: [DAY or FIRST..LAST, …]}
//       makeup: {NAME: [DAY or FIRST..LAST, …]}
//   local:
//     - {date: DAY, until: DAY, kind: holiday | half_day | makeup, name: NAME, source: TEXT}
//
// What a file writes goes before what it extends, and local days go before the years.

#include "base/result.hpp"
#include "calendar/calendar.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace zt::kindfile {

using CalendarsByName = std::map<std::string, calendar::Calendar, std::less<>>;

struct CalendarSource {
    std::string file;  ///< for messages
    std::string text;
};

/// Reads one file. in: `known`, the calendars that it may extend. errors: bad_yaml, unknown_key,
/// missing_key, bad_value, bad_date, bad_number, unknown_word (extends an unknown calendar),
/// unknown_year (a local day in a year without table).
[[nodiscard]] Result<calendar::Calendar>
read_calendar(std::string_view text, std::string file, const CalendarsByName& known = {});
/// Reads several files in any order, those that are extended first. errors: also two of one name,
/// and a ring of extends.
[[nodiscard]] Result<CalendarsByName> read_calendars(std::span<const CalendarSource> sources);

}  // namespace zt::kindfile
