#!/usr/bin/env python3
"""Make calendars/cn.yaml from the yearly tables of holiday-cn (one JSON file a year).

  tools/make_calendar.py SOURCE_DIR [--until YEAR]            writes calendars/cn.yaml
  tools/make_calendar.py SOURCE_DIR [--until YEAR] --check    exit code 1 when it would change

A year whose table is empty is left out: it is not published yet, and Zhitong refuses it by name.
A working day that would be one anyway (2020-02-03, a Monday after a prolonged holiday) is left out
too.
"""

import argparse
import datetime
import json
import pathlib
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "calendars" / "cn.yaml"

HEAD = """\
# Working days of the People's Republic of China: public holidays and the weekend days worked in
# exchange (调休), year by year as in the notices of the General Office of the State Council that
# stand with each year. Days that are not listed follow the week.
# Made by tools/make_calendar.py from holiday-cn (https://github.com/NateScarlet/holiday-cn, MIT),
# which transcribes the notices. For a new year add its file there and run the tool, or write the
# year here by hand. Dates are YYYY-MM-DD or a range FIRST..LAST. A notice may speak of the last
# days of the December before its year. Days of one place (prefecture day, half days) belong into a
# file of their own with `extends: cn` and `local:`.
calendar: cn
version: 1
title: {zh: 全国办公日历, en: "China, national"}
source: 国务院办公厅关于部分节假日安排的通知 (each year's notice stands with the year)
offset: "+08:00"
# Service hours: DOMAIN.md 6.1, the common office day; a place sets its own.
service: ["08:30-12:00", "14:30-18:00"]
half_day_service: ["08:30-12:00"]
years:
"""


def ranges(days):
    """Consecutive dates as FIRST..LAST."""
    spans = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == datetime.timedelta(days=1):
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return [str(a) if a == b else f"{a}..{b}" for a, b in spans]


def section(title, by_name):
    if not by_name:
        return ""
    lines = [f"    {title}:\n"]
    for name, days in by_name.items():
        lines.append(f"      {name}: [{', '.join(ranges(days))}]\n")
    return "".join(lines)


def year_text(table):
    holidays, makeup = {}, {}
    for row in table["days"]:
        day = datetime.date.fromisoformat(row["date"])
        if row["isOffDay"]:
            holidays.setdefault(row["name"], []).append(day)
        elif day.weekday() >= 5:
            makeup.setdefault(row["name"], []).append(day)
    notices = "".join(f"      - {address}\n" for address in table["papers"])
    return (
        f"  {table['year']}:\n    notices:\n{notices}"
        + section("holidays", holidays)
        + section("makeup", makeup)
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=pathlib.Path, help="folder with YYYY.json")
    parser.add_argument("--until", type=int, default=9999, help="last year to take")
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    files = sorted(options.source.glob("[12][0-9][0-9][0-9].json"))
    if not files:
        sys.exit(f"{options.source}: no file YYYY.json here")
    tables = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    tables = [table for table in tables if table["days"] and table["year"] <= options.until]
    text = HEAD + "".join(year_text(table) for table in tables)
    if options.check:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(
                f"{TARGET}: differs from what {options.source} gives; run tools/make_calendar.py"
            )
        return
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET}: {len(tables)} years, {tables[0]['year']} to {tables[-1]['year']}")


if __name__ == "__main__":
    main()
