#include "service/official_paper.hpp"

#include "base/text.hpp"
#include "domain/masking.hpp"
#include "domain/verb.hpp"
#include "views/share.hpp"

#include <algorithm>
#include <map>

namespace zt::service {

namespace {

using kindfile::PaperEach;
using kindfile::PaperFile;
using kindfile::PaperLine;
using Values = std::map<std::string, std::string, std::less<>>;

bool sets_field(const Event& event, std::string_view name) {
    return std::ranges::any_of(event.changes, [name](const Change& change) {
        const auto* set = std::get_if<FieldSet>(&change);
        return set != nullptr && set->name == name;
    });
}

bool issues(const PaperFile& file, const Event& event, const State& after) {
    const auto holds = [&after](const auto& one) {
        return after.field(one.first).as_string() == one.second;
    };
    return std::ranges::find(file.verbs, event.verb) != file.verbs.end() &&
           (file.sets.empty() || sets_field(event, file.sets)) &&
           std::ranges::all_of(file.only, holds);
}

std::string number_of(const PaperFile& file, const State& after) {
    const std::string& own = after.field(file.number).as_string();
    return own.empty() ? after.number : own;
}

std::string org_name(OrgId org, const Directory& directory) {
    const Org* found = directory.org(org);
    return found == nullptr ? "" : found->name;
}

/// Everything that one sheet is filled from.
class Filling {
  public:
    Filling(const PaperSource& source, const PaperFile& file, State state, const Event& issued)
        : source_(source), file_(file), state_(std::move(state)), issued_(issued) {}

    [[nodiscard]] const State& state() const { return state_; }

    /// The text with its values; nothing when one of them is empty.
    [[nodiscard]] Result<std::string> filled(std::string_view text, const Values& more = {}) const {
        std::string out;
        for (std::size_t open = text.find('{'); open != std::string_view::npos;
             open = text.find('{')) {
            const std::size_t close = std::min(text.find('}', open), text.size() - 1);
            TRY(const auto value, this->value(text.substr(open + 1, close - open - 1), more));
            if (value.empty()) {
                return std::string();
            }
            out += std::string(text.substr(0, open)) + value;
            text.remove_prefix(close + 1);
        }
        return out + std::string(text);
    }

    [[nodiscard]] Result<void>
    add_lines(const PaperLine& line, std::vector<std::string>& out) const {
        switch (line.each) {
        case PaperEach::once: return add(line.text, {}, out);
        case PaperEach::item: return add_items(line, out);
        case PaperEach::link: return add_links(line, out);
        }
        return {};
    }

  private:
    [[nodiscard]] Result<std::string> value(std::string_view name, const Values& more) const {
        if (const auto found = more.find(name); found != more.end()) {
            return found->second;
        }
        if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
            return newest_text(split(name.substr(0, dot), ','), name.substr(dot + 1));
        }
        if (auto text = common(name)) {
            return *text;
        }
        constexpr std::string_view hundredths = "/100";
        if (name.ends_with(hundredths)) {
            name.remove_suffix(hundredths.size());
            const Json& value = state_.field(name);
            return value.is_null() ? std::string() : views::decimal_text(value.as_int(), 100);
        }
        return field(name);
    }

    [[nodiscard]] std::optional<std::string> common(std::string_view name) const {
        const Hand* lead = state_.lead();
        const Post* post = source_.directory.post(issued_.actor.post);
        const auto& own = state_.field(file_.number).as_string();
        if (name == "number") {
            return state_.number;
        }
        if (name == "paper_number") {
            return own.empty() ? state_.number : own;
        }
        if (name == "issuer") {
            return org_name(post == nullptr ? state_.office : post->org, source_.directory);
        }
        if (name == "office") {
            return org_name(state_.office, source_.directory);
        }
        if (name == "lead") {
            return lead == nullptr ? "" : org_name(lead->org, source_.directory);
        }
        if (name == "turn") {
            return std::to_string(state_.turn);
        }
        if (name == "colour") {
            const auto& colour = state_.field(file_.colour).as_string();
            return colour.empty() ? "" : source_.texts.get("paper.colours." + colour);
        }
        if (name == "day") {
            return paper_day(office_date(issued_.at, source_.calendar.offset));
        }
        return name == "due" ? std::optional(due()) : std::nullopt;
    }

    [[nodiscard]] std::string due() const {
        for (const auto& change : issued_.changes) {
            const auto* started = std::get_if<ClockStarted>(&change);
            if (started != nullptr && started->clock.name == file_.clock) {
                const Clock& clock = started->clock;
                return paper_day(calendar::shown_day(source_.calendar, clock.due, clock.length));
            }
        }
        return {};
    }

    /// Of the newest event with one of these verbs, up to the issuing one, that has the text.
    [[nodiscard]] std::string
    newest_text(const std::vector<std::string>& verbs, std::string_view name) const {
        std::string out;
        for (const Event& event : source_.events) {
            if (event.seq > issued_.seq) {
                break;
            }
            if (std::ranges::find(verbs, row_of(event.verb).name) == verbs.end()) {
                continue;
            }
            if (std::string text = source_.text_of(event, name); !text.empty()) {
                out = std::move(text);
            }
        }
        return for_reader(out);
    }

    [[nodiscard]] std::string for_reader(const std::string& text) const {
        const bool is_masked = file_.reader == kindfile::PaperReader::unit;
        return is_masked ? masked(text, find_private(text)) : text;
    }

    [[nodiscard]] Result<std::string> field(std::string_view name) const {
        const FieldRule* rule = source_.kind.field(name);
        const Json& value = state_.field(name);
        if (rule == nullptr || rule->is_personal || value.is_null()) {
            return std::string();
        }
        switch (rule->type) {
        case FieldType::choice:
            for (const auto& [key, title] : rule->choices) {
                if (key == value.as_string()) {
                    return title.zh;
                }
            }
            return value.as_string();
        case FieldType::date: {
            const auto day = parse_date(value.as_string());
            return day ? paper_day(*day) : std::string();
        }
        case FieldType::yes_no:
            return source_.texts.get(value.as_bool() ? "paper.yes" : "paper.no");
        case FieldType::org: return org_name(OrgId{value.as_int()}, source_.directory);
        case FieldType::matter: {
            TRY(const auto other, source_.linked(MatterId{value.as_int()}));
            return other ? other->title : std::string();
        }
        default: return value.is_string() ? value.as_string() : to_canonical(value);
        }
    }

    [[nodiscard]] Result<void>
    add(std::string_view text, const Values& more, std::vector<std::string>& out) const {
        TRY(auto line, filled(text, more));
        if (!line.empty()) {
            out.push_back(std::move(line));
        }
        return {};
    }

    [[nodiscard]] Result<void>
    add_items(const PaperLine& line, std::vector<std::string>& out) const {
        std::int64_t n = 0;
        for (const Item& item : state_.items) {
            if (item.list != line.of) {
                continue;
            }
            const std::string sealed = "item." + std::to_string(item.no) + ".title";
            std::string title = item.title, text;
            for (const Event& event : source_.events) {
                if (event.seq > issued_.seq) {
                    break;
                }
                if (title.empty()) {
                    title = source_.text_of(event, sealed);
                }
                if (event.verb != Verb::plan && event.input["item"].as_int() == item.no) {
                    const std::string said = source_.text_of(event, "text");
                    text = said.empty() ? text : said;
                }
            }
            const Values values{
                {"n", std::to_string(++n)},
                {"item_title", for_reader(title)},
                {"item_owner", org_name(item.owner, source_.directory)},
                {"item_planned", item.planned ? paper_day(*item.planned) : ""},
                {"item_state", source_.texts.get("paper.items." + std::string(name_of(item.state)))
                },
                {"item_text", for_reader(text)},
            };
            TRY_VOID(add(line.text, values, out));
        }
        return {};
    }

    [[nodiscard]] Result<void>
    add_links(const PaperLine& line, std::vector<std::string>& out) const {
        std::int64_t n = 0;
        for (const Link& link : state_.links) {
            if (link.type != line.of || link.is_hidden) {
                continue;
            }
            TRY(const auto other, source_.linked(link.to));
            if (!other) {
                continue;
            }
            const Values values{
                {"n", std::to_string(++n)},
                {"linked_number", other->number},
                {"linked_title", for_reader(other->title)},
                {"linked_stage", other->stage},
                {"linked_unit", other->unit},
                {"linked_due", other->due},
            };
            TRY_VOID(add(line.text, values, out));
        }
        return {};
    }

    const PaperSource& source_;
    const PaperFile& file_;
    State state_;
    const Event& issued_;
};

paper::Colour colour_of(std::string_view name) {
    return name == "yellow" ? paper::Colour::yellow
           : name == "blue" ? paper::Colour::blue
                            : paper::Colour::red;
}

Result<paper::Sheet> drawn(const PaperFile& file, const Event& issued, const Filling& filling) {
    paper::Sheet sheet;
    sheet.colour = colour_of(filling.state().field(file.colour).as_string());
    TRY(sheet.head, filling.filled(file.head));
    sheet.number = number_of(file, filling.state());
    TRY(sheet.mark, filling.filled(file.mark));
    TRY(sheet.title, filling.filled(file.heading));
    if (sheet.title.empty()) {
        sheet.title = file.title.zh;
    }
    TRY(sheet.addressee, filling.filled(file.to));
    for (const auto& line : file.body) {
        TRY_VOID(filling.add_lines(line, sheet.body));
    }
    TRY(sheet.issuer, filling.filled("{issuer}"));
    TRY(sheet.date, filling.filled("{day}"));
    for (const auto& line : file.record) {
        TRY(auto text, filling.filled(line));
        if (!text.empty()) {
            sheet.record.push_back(std::move(text));
        }
    }
    sheet.created = to_iso_utc(issued.at);
    return sheet;
}

}  // namespace

std::string paper_day(Date day) {
    const std::chrono::year_month_day date(day);
    return std::to_string(static_cast<int>(date.year())) + "年" +
           std::to_string(static_cast<unsigned>(date.month())) + "月" +
           std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string final_day(const State& state, const calendar::Calendar& calendar) {
    for (const Clock& clock : state.clocks) {
        if (clock.is_final && clock.of == ClockOf::matter && is_waiting(clock.state) &&
            clock.due != calendar::never) {
            return paper_day(calendar::shown_day(calendar, clock.due, clock.length));
        }
    }
    return {};
}

std::vector<IssuedPaper>
issued_papers(const std::vector<kindfile::PaperFile>& files, const std::vector<Event>& events) {
    std::vector<IssuedPaper> out;
    State state;
    for (const auto& event : events) {
        apply(state, event);
        for (const auto& file : files) {
            if (file.is_of(state.kind) && issues(file, event, state)) {
                out.push_back({&file, event.seq, event.at, number_of(file, state)});
            }
        }
    }
    return out;
}

Result<paper::Sheet> sheet_of(const IssuedPaper& issued, const PaperSource& source) {
    State state;
    for (const auto& event : source.events) {
        apply(state, event);
        if (event.seq == issued.seq) {
            return drawn(
                *issued.file, event, Filling(source, *issued.file, std::move(state), event)
            );
        }
    }
    return fail(Errc::not_found, "no event issued this paper");
}

Result<std::string>
paper_pdf(const IssuedPaper& issued, const PaperSource& source, std::string drawn_for) {
    TRY(auto sheet, sheet_of(issued, source));
    sheet.drawn_for = std::move(drawn_for);
    return paper::draw_pdf(sheet);
}

}  // namespace zt::service
