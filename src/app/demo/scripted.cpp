#include "app/demo/scripted.hpp"

#include "app/scenario/submit.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using scenario::LineForm;
using scenario::Script;
using scenario::ScriptCommand;
using scenario::ScriptLine;
using scenario::Word;
using std::chrono::days;
using std::chrono::minutes;

/// Kinds whose matters come from stories of their own; the last six are written with the place.
constexpr std::array<std::string_view, 19> kinds_with_stories{
    "accountability",
    "appeal",
    "digest",
    "enterprise",
    "hazard",
    "information",
    "issue",
    "patrol",
    "proposal",
    "season",
    "suggestion",
    "task",
    "whistle",
    "area",
    "duty_list",
    "grid",
    "org",
    "person",
    "post"
};

/// A whole life, and one told over months, ended so many working days before the demo's end.
constexpr int whole_ended_workdays = 8;
constexpr int long_ended_workdays = 5;
constexpr days long_telling{60};
constexpr days late_longest{10};
/// A value that only one may have is counted up so often.
constexpr int claims_tried_max = 150;

/// `-> refused CODE`; a stage may be called so too.
bool is_refused(const ScriptLine& line) {
    return line.expected.size() > 1 && line.expected[0].key == "refused" &&
           !line.expected[1].has_value && find_errc(line.expected[1].key);
}

/// The stage in which the step leaves its last matter, as the script says; "" when it does not.
std::string stage_after(const ScriptLine& line) {
    const bool is_said = line.form == LineForm::step && !line.expected.empty() &&
                         !is_refused(line) && !line.expected.front().has_value;
    return is_said ? line.expected.front().key : std::string();
}

std::string begun_kind(const Script& script, const ScriptCommand& command) {
    for (const auto& field : command.fields) {
        if (field.key == "kind") {
            return field.value;
        }
    }
    return script.kind;
}

/// Which matter is of which kind, and what it needs: those that its lines name.
struct Cast {
    std::map<std::string, std::string> kinds;
    std::map<std::string, std::set<std::string>> needs;
};

Cast cast_of(const Script& script) {
    Cast cast;
    for (const auto& line : script.lines) {
        if (line.form == LineForm::name && line.words.size() > 1) {
            cast.kinds[line.words[0].key];
            if (cast.kinds.contains(line.words[1].key)) {
                cast.needs[line.words[0].key].insert(line.words[1].key);
            }
        }
        for (const auto& command : line.commands) {
            if (command.verb == "register" && !is_refused(line)) {
                cast.kinds[command.matter] = begun_kind(script, command);
            }
            for (const auto& field : command.fields) {
                for (const auto& value : split(field.value, ',')) {
                    const std::string name(trim(value));
                    if (cast.kinds.contains(name) && name != command.matter && !is_refused(line)) {
                        cast.needs[command.matter].insert(name);
                    }
                }
            }
        }
    }
    return cast;
}

std::set<std::string> needed_by(const Cast& cast, const std::string& matter) {
    std::set<std::string> all{matter};
    for (bool has_grown = true; has_grown;) {
        has_grown = false;
        for (const auto& [name, needs] : cast.needs) {
            const bool is_in = all.contains(name);
            // What was spawned by one of them goes on beside it.
            const bool is_child = cast.kinds.contains(name) && cast.kinds.at(name).empty() &&
                                  std::ranges::any_of(needs, [&](const std::string& one) {
                                      return all.contains(one);
                                  });
            if (is_in || is_child) {
                const std::size_t before = all.size();
                all.insert(name);
                all.insert(needs.begin(), needs.end());
                has_grown = has_grown || all.size() > before;
            }
        }
    }
    return all;
}

bool concerns(const ScriptLine& line, const std::set<std::string>& matters) {
    if (line.form == LineForm::name) {
        return line.words.size() > 1 && matters.contains(line.words[0].key);
    }
    return line.form == LineForm::step && !is_refused(line) && !line.commands.empty() &&
           std::ranges::all_of(line.commands, [&](const ScriptCommand& command) {
               return matters.contains(command.matter);
           });
}

std::vector<const ScriptLine*>
lines_of(const Script& script, const std::set<std::string>& matters, std::size_t until) {
    std::vector<const ScriptLine*> lines;
    for (std::size_t i = 0; i < until; ++i) {
        if (concerns(script.lines[i], matters)) {
            lines.push_back(&script.lines[i]);
        }
    }
    return lines;
}

std::string shifted(const std::string& value, days by) {
    constexpr std::size_t date_long = 10;
    const auto date = parse_date(std::string_view(value).substr(0, date_long));
    return date ? to_string(*date + by) + value.substr(std::min(date_long, value.size())) : value;
}

}  // namespace

struct Scripted::Telling {
    const ToldScript* told = nullptr;
    const Grafted* place = nullptr;
    Lines lines;
    std::size_t next = 0;
    days by{};
    days late{};
    std::map<std::string, MatterId> names;
    std::map<std::string, std::string> swaps;  ///< orgs of the script that play each other's part
    std::set<std::string> tried;
};

void Scripted::plan(const ToldScript& told) {
    const Script& script = told.script;
    Cast cast = cast_of(script);
    const auto is_own = [&](const auto& one) { return one.second == script.kind; };
    if (std::ranges::none_of(cast.kinds, is_own)) {
        // A kind that only begins from others: what the script names so is of it.
        for (auto& [name, kind] : cast.kinds) {
            kind = kind.empty() ? script.kind : kind;
        }
    }
    std::set<std::string> stages;
    for (std::size_t index = 0; index < script.lines.size(); ++index) {
        const ScriptLine& line = script.lines[index];
        const std::string stage = stage_after(line);
        if (stage.empty() || line.commands.empty()) {
            continue;
        }
        const std::string& matter = line.commands.back().matter;
        const auto found = cast.kinds.find(matter);
        if (found == cast.kinds.end() || found->second != script.kind ||
            !stages.insert(stage).second) {
            continue;
        }
        tell(told, lines_of(script, needed_by(cast, matter), index + 1), TellingEnd::at_end);
    }
    const auto first =
        std::ranges::find(cast.kinds, script.kind, [](const auto& one) { return one.second; });
    if (first != cast.kinds.end()) {
        const auto matters = needed_by(cast, first->first);
        tell(told, lines_of(script, matters, script.lines.size()), TellingEnd::before);
    }
}

void Scripted::tell(const ToldScript& told, Lines lines, TellingEnd end) {
    const OfficeOffset offset = world_.rules().calendar.offset;
    const auto at_of = [&](const ScriptLine* line) { return parse_instant(line->at, offset); };
    // A name is given where the line before it stands.
    UtcMs first{};
    UtcMs last{};
    for (const ScriptLine* line : lines) {
        if (const auto at = at_of(line)) {
            first = first == UtcMs{} ? *at : first;
            last = *at;
        }
    }
    if (last == UtcMs{}) {
        return;
    }
    const bool is_long = last - first > long_telling;
    const int workdays = end == TellingEnd::before ? whole_ended_workdays
                         : is_long                 ? long_ended_workdays
                                                   : 1;
    auto telling = std::make_shared<Telling>();
    telling->told = &told;
    telling->place = &places_.at(told.place.name);
    telling->by = world_.day_of(world_.workday_before_end(workdays)) - world_.day_of(last);
    telling->lines = std::move(lines);
    go_on(telling, first + telling->by);
}

void Scripted::go_on(const TellingPtr& telling, UtcMs before) {
    if (telling->next == telling->lines.size()) {
        return;
    }
    const ScriptLine& line = *telling->lines[telling->next];
    const auto own = parse_instant(line.at, world_.rules().calendar.offset);
    const UtcMs at = own ? std::max(before, *own + telling->by + telling->late) : before;
    world_.plan(at, [this, telling, at, &line]() -> Result<void> {
        const auto done = step(*telling, line);
        if (done) {
            ++telling->next;
            go_on(telling, at);
        } else if (telling->late < late_longest) {
            // On these days a clock may run longer than on the script's.
            telling->late += days{1};
            go_on(telling, at + days{1});
        } else {
            cut_short_.push_back(
                telling->told->script.file + ":" + std::to_string(line.line) + " " +
                to_string(done.error())
            );
        }
        return {};
    });
}

/// What stands for a line's matter is known; what a round begins is not: the demo has rounds of its
/// own.
bool Scripted::is_known(const Telling& telling, const ScriptLine& line) {
    const auto begins = [](const ScriptCommand& command) { return command.verb == "register"; };
    return std::ranges::all_of(line.commands, [&](const ScriptCommand& command) {
        return telling.names.contains(command.matter) || begins(line.commands.front());
    });
}

Result<void> Scripted::step(Telling& telling, const ScriptLine& line) {
    if (line.form == LineForm::name) {
        return give_name(telling, line);
    }
    if (!is_known(telling, line)) {
        return {};
    }
    auto done = submit(telling, here(telling, line));
    if (done || done.error().code != Errc::duplicate_claim) {
        return done;
    }
    const std::string field = done.error().at.substr(done.error().at.rfind('/') + 1);
    if (const auto same = same_record(telling, line, field)) {
        telling.names[line.commands.front().matter] = *same;
        return {};
    }
    const auto given = std::ranges::find(line.commands.front().fields, field, &Word::key);
    if (given == line.commands.front().fields.end()) {
        return done;
    }
    const FieldType type = scenario::type_of(kind_of(telling, line.commands.front()), field);
    if (type == FieldType::org || type == FieldType::post) {
        const std::string org = given->value.substr(0, given->value.find('.'));
        while (!done && done.error().code == Errc::duplicate_claim && swap_org(telling, org)) {
            done = submit(telling, here(telling, line));
        }
        return done;
    }
    for (int nth = 1; nth < claims_tried_max && !done && done.error().code == Errc::duplicate_claim;
         ++nth) {
        ScriptLine other = here(telling, line);
        for (Word& word : other.commands.front().fields) {
            if (word.key == field && (type == FieldType::text || type == FieldType::integer)) {
                const auto number = parse_int(word.value);
                word.value =
                    number ? std::to_string(*number + nth) : word.value + std::to_string(nth);
            }
        }
        done = submit(telling, other);
    }
    return done;
}

/// Another org of the same sort, with the same posts, takes the part of this one, and this its.
bool Scripted::swap_org(Telling& telling, const std::string& org) {
    const auto& place = telling.told->place;
    const auto own = std::ranges::find(place.orgs, org, &kindfile::PlaceOrg::code);
    if (own == place.orgs.end()) {
        return false;
    }
    const auto keys_of = [&](const std::string& code) {
        std::set<std::string> keys;
        for (const auto& post : place.posts) {
            if (post.org == code) {
                keys.insert(post.key);
            }
        }
        return keys;
    };
    const auto keys = keys_of(org);
    for (const auto& other : place.orgs) {
        const bool is_alike = other.code != org && other.level == own->level &&
                              other.functions == own->functions &&
                              std::ranges::includes(keys_of(other.code), keys);
        if (is_alike && telling.tried.insert(other.code).second) {
            telling.swaps = {{org, other.code}, {other.code, org}};
            return true;
        }
    }
    return false;
}

Result<void> Scripted::submit(Telling& telling, const ScriptLine& line) {
    scenario::Telling in;
    in.ledger = &world_.ledger();
    in.names = &telling.names;
    in.kind = telling.told->script.kind;
    in.origin = Origin::demo;
    in.now = world_.now();
    TRY(auto made, scenario::make_submit(in, line));
    TRY(const auto answer, world_.tell(std::move(made.submit.commands)));
    for (const auto& [index, name] : made.begun) {
        telling.names[name] = answer.rows[index].matter;
        begun_.push_back(
            {line.commands[index],
             begun_kind(telling.told->script, line.commands[index]),
             answer.rows[index].matter}
        );
    }
    return {};
}

/// Records that a script only needs are shared with the others in its place.
std::optional<MatterId> Scripted::same_record(
    const Telling& telling, const ScriptLine& line, const std::string& field
) const {
    const ScriptLine moved = here(telling, line);
    const ScriptCommand& command = moved.commands.front();
    const std::string kind = begun_kind(telling.told->script, command);
    const Kind* rule = world_.rules().kinds.newest(kind);
    if (kind == telling.told->script.kind || rule == nullptr || rule->life != Life::record) {
        return std::nullopt;
    }
    const auto value_in = [&](const ScriptCommand& one) {
        const auto found = std::ranges::find(one.fields, field, &Word::key);
        return found == one.fields.end() ? std::string() : found->value;
    };
    for (const auto& begun : begun_) {
        if (begun.kind == kind && value_in(begun.command) == value_in(command)) {
            return begun.matter;
        }
    }
    return std::nullopt;
}

Result<void> Scripted::give_name(Telling& telling, const ScriptLine& line) const {
    const auto& words = line.words;
    const auto from = telling.names.find(words[1].key);
    if (from == telling.names.end() || words.size() < 3) {
        return {};  // of a round: the demo has its own
    }
    std::int64_t wanted = words.size() > 3 ? parse_int(words[3].key).value_or(1) : 1;
    TRY(const auto state, world_.see(from->second));
    for (const auto& link : state->links) {
        if (link.type == words[2].key && --wanted == 0) {
            telling.names[words[0].key] = link.to;
            return {};
        }
    }
    return fail(Errc::not_found, "no such link: " + words[2].key);
}

const Kind* Scripted::kind_of(const Telling& telling, const ScriptCommand& command) const {
    const auto& kinds = world_.rules().kinds;
    if (command.verb == "register") {
        return kinds.newest(begun_kind(telling.told->script, command));
    }
    const auto found = telling.names.find(command.matter);
    if (found == telling.names.end()) {
        return kinds.newest(telling.told->script.kind);
    }
    const auto state = world_.see(found->second);
    return state ? kinds.newest((*state)->kind) : nullptr;
}

ScriptLine Scripted::here(const Telling& telling, const ScriptLine& line) const {
    const Grafted& place = *telling.place;
    const auto org = [&](const std::string& code) {
        const auto found = telling.swaps.find(code);
        return found == telling.swaps.end() ? code : found->second;
    };
    const auto post = [&](const std::string& name) {
        const std::size_t dot = name.find('.');
        const std::string own =
            dot == std::string::npos ? name : org(name.substr(0, dot)) + name.substr(dot);
        const auto found = place.posts.find(own);
        return found == place.posts.end() ? own : found->second;
    };
    ScriptLine moved = line;
    moved.actor.name = post(line.actor.name);
    moved.actor.on_behalf = post(line.actor.on_behalf);
    for (auto& command : moved.commands) {
        const Kind* kind = kind_of(telling, command);
        for (Word& field : command.fields) {
            const FieldType type = scenario::type_of(kind, field.key);
            const bool is_hand = kind != nullptr && kind->hand(field.key) != nullptr;
            if (type == FieldType::post) {
                field.value = post(field.value);
            } else if (type == FieldType::person && place.people.contains(field.value)) {
                field.value = place.people.at(field.value);
            } else if (type == FieldType::org || type == FieldType::orgs ||
                       type == FieldType::area || is_hand) {
                std::vector<std::string> codes;
                for (const auto& code : split(field.value, ',')) {
                    codes.push_back(place.code(org(std::string(trim(code)))));
                }
                field.value = join(codes, ",");
            } else if (type == FieldType::date || type == FieldType::instant ||
                       field.key == "happened") {
                field.value = shifted(field.value, telling.by);
            }
        }
    }
    return moved;
}

Result<std::vector<ToldScript>> scripts_of(const Definitions& definitions) {
    const auto kinds = definitions.kinds();
    if (!kinds) {
        return std::unexpected(first_of(kinds.error()));
    }
    std::vector<ToldScript> scripts;
    for (const auto& file : kinds->files) {
        const auto& name = file.kind.name;
        if (std::ranges::find(kinds_with_stories, name) != kinds_with_stories.end()) {
            continue;
        }
        TRY(const auto text, definitions.script(name));
        if (!text) {
            continue;
        }
        ToldScript told;
        TRY(told.script, scenario::parse_script(text->text, text->file));
        TRY(const auto place, definitions.place(told.script.place));
        auto read = kindfile::read_place(place.text, place.file);
        if (!read) {
            return std::unexpected(first_of(read.error()));
        }
        told.place = *std::move(read);
        scripts.push_back(std::move(told));
    }
    return scripts;
}

}  // namespace zt::app::demo
