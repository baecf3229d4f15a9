#include "service/rounds.hpp"

#include <algorithm>
#include <tuple>

namespace zt::service {

namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::string_view last_run_setting = "rounds_until";
/// Of what begins in one transaction.
constexpr std::size_t group_most = 256;

struct Period {
    Date first;
    std::string name;
};

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

/// The period that holds a day.
Period period_of(const std::string& every, Date day) {
    const year_month_day ymd{day};
    const std::string year = std::to_string(static_cast<int>(ymd.year()));
    const unsigned month = static_cast<unsigned>(ymd.month());
    if (every == "week") {
        const std::chrono::weekday weekday{day};
        const Date monday = day - days{weekday.iso_encoding() - 1};
        return {monday, "week of " + to_string(monday)};
    }
    if (every == "quarter") {
        const unsigned quarter = (month - 1) / 3;
        return {
            Date{ymd.year() / std::chrono::month{quarter * 3 + 1} / 1},
            year + "-Q" + std::to_string(quarter + 1)
        };
    }
    if (every == "half_year") {
        const unsigned half = (month - 1) / 6;
        return {
            Date{ymd.year() / std::chrono::month{half * 6 + 1} / 1},
            year + "-H" + std::to_string(half + 1)
        };
    }
    if (every == "year") {
        return {Date{ymd.year() / 1 / 1}, year};
    }
    return {Date{ymd.year() / ymd.month() / 1}, year + "-" + two_digits(month)};
}

/// The day of the period on which the round begins.
Date day_in(const RoundRule& rule, Date first, const calendar::Calendar& calendar) {
    const std::int64_t nth = std::max<std::int64_t>(rule.day, 1);
    return rule.is_workday ? calendar::add_working_days(calendar, first - days{1}, nth)
                           : first + days{nth - 1};
}

/// Orgs of a function, or records of a kind that may be called the same: what the kind's field
/// `subject` takes decides.
std::vector<MatterId> subjects_of(
    const Kind& of,
    const RoundRule& rule,
    const Directory& directory,
    const std::vector<std::pair<std::string, MatterId>>& records,
    Date day
) {
    std::vector<MatterId> subjects;
    const FieldRule* field = of.field("subject");
    const bool is_of_records = field != nullptr && field->type == FieldType::matter;
    if (!is_of_records) {
        for (const Org* org : directory.with_function(rule.per)) {
            if (org->span.holds(day) &&
                std::ranges::find(org->functions, rule.per) != org->functions.end()) {
                subjects.push_back(MatterId{org->id.value});
            }
        }
    }
    for (const auto& [kind, id] : records) {
        if (is_of_records && kind == rule.per) {
            subjects.push_back(id);
        }
    }
    return subjects;
}

/// The office nearest to the subject is competent for what the round asks: to the org, or to the
/// office that keeps the record.
Result<const Org*> office_of(const RoundDue& due, const Kind& kind, Ledger& ledger) {
    const Directory& directory = ledger.directory();
    OrgId org{due.subject.value};
    if (directory.org(org) == nullptr) {
        TRY(const auto record, ledger.state(due.subject));
        org = record->office;
    }
    return directory.org(org) == nullptr
               ? nullptr
               : directory.nearest_with(org, kind.office_function, due.day);
}

Submit submit_for(
    const RoundDue& due, const Kind& kind, const RoundRule& rule, const Rules& rules, Origin origin
) {
    Submit submit;
    const UtcMs at = start_of(due.day, rules.calendar.offset) + std::chrono::hours{8};
    submit.key = uuid7_from_text(
        at, due.kind + "/" + due.round + "/" + std::to_string(due.subject.value) + "/" + due.period
    );
    submit.credential = "rounds";
    submit.origin = origin;
    Command command;
    command.verb = Verb::register_;
    command.kind = due.kind;
    command.actor.kind = ActorKind::system;
    command.is_reaction = true;
    for (const auto& [name, value] : rule.fields) {
        command.fields.set(name, value);
    }
    command.fields.set("round", due.round);
    if (kind.field("period") != nullptr) {
        command.fields.set("period", due.period);
    }
    if (kind.field("due_date") != nullptr) {
        command.fields.set("due_date", to_string(due.done_by));
    }
    if (kind.field("subject") != nullptr) {
        command.fields.set("subject", due.subject.value);
    }
    // Live rounds begin when they are noticed; demo places live through their past.
    command.at = at;
    command.is_at_given = origin != Origin::live;
    submit.commands.push_back(std::move(command));
    return submit;
}

}  // namespace

std::vector<RoundDue> rounds_due(
    const Rules& rules,
    const Directory& directory,
    const std::vector<std::pair<std::string, MatterId>>& records,
    Date since,
    Date until
) {
    std::vector<RoundDue> due;
    for (const Kind* kind : rules.kinds.all_newest()) {
        for (const auto& rule : kind->rounds) {
            std::string last_period;
            for (Date day = since + days{1}; day <= until; day += days{1}) {
                const Period period = period_of(rule.every, day);
                if (period.name == last_period ||
                    day_in(rule, period.first, rules.calendar) != day) {
                    continue;
                }
                last_period = period.name;
                const UtcMs start = start_of(day, rules.calendar.offset);
                const auto done = calendar::due_of(rules.calendar, start, rule.within);
                const Date done_by = office_date(done.at - Millis{1}, rules.calendar.offset);
                for (const MatterId subject : subjects_of(*kind, rule, directory, records, day)) {
                    due.push_back({kind->name, rule.name, period.name, subject, day, done_by});
                }
            }
        }
    }
    std::ranges::sort(due, {}, [](const RoundDue& one) {
        return std::tie(one.day, one.kind, one.round, one.subject);
    });
    return due;
}

/// What one subject is refused must not keep the duties of all others from beginning.
constexpr Errc first_refusal = Errc::key_missing_in_command;

Result<std::int64_t> run_rounds(Ledger& ledger, UtcMs now, Origin origin) {
    const Rules& rules = ledger.rules();
    const Date today = office_date(now, rules.calendar.offset);
    TRY(const auto last, ledger.store().setting(last_run_setting));
    if (!last) {
        TRY_VOID(ledger.store().set_setting(last_run_setting, to_string(today)));
        return 0;
    }
    TRY(const Date since, parse_date(*last));
    if (since >= today) {
        return 0;
    }
    std::vector<std::pair<std::string, MatterId>> records;
    TRY_VOID(ledger.store().scan_matters([&](const store::MatterRow& row) {
        if (row.is_open && !Directory::is_directory_kind(row.kind)) {
            records.emplace_back(row.kind, row.id);
        }
        return true;
    }));
    std::int64_t begun = 0;
    std::vector<Submit> group;
    const auto take_group = [&]() -> Result<void> {
        TRY(const auto answers, ledger.submit_group(group, now));
        for (const auto& answer : answers) {
            if (answer) {
                begun += answer->is_repeated ? 0 : 1;
            } else if (answer.error().code < first_refusal) {
                return std::unexpected(answer.error());
            }
        }
        group.clear();
        return {};
    };
    for (const auto& due : rounds_due(rules, ledger.directory(), records, since, today)) {
        const Kind* kind = rules.kinds.newest(due.kind);
        const auto rule = std::ranges::find(kind->rounds, due.round, &RoundRule::name);
        Submit submit = submit_for(due, *kind, *rule, rules, origin);
        TRY(const Org* office, office_of(due, *kind, ledger));
        if (office != nullptr) {
            submit.commands.front().fields.set("office", office->id.value);
        }
        group.push_back(std::move(submit));
        if (group.size() == group_most) {
            TRY_VOID(take_group());
        }
    }
    TRY_VOID(take_group());
    TRY_VOID(ledger.store().set_setting(last_run_setting, to_string(today)));
    return begun;
}

}  // namespace zt::service
