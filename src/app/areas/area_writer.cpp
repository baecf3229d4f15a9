#include "app/areas/area_writer.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace zt::app {

namespace {

/// A shape has up to 30 KB: one transaction stays small.
constexpr std::size_t commands_a_submit = 50;

/// The entry's codes from itself upwards, as far as the file tells, hold that code.
class Tree {
  public:
    explicit Tree(const std::vector<AreaEntry>& entries) {
        for (const auto& one : entries) {
            if (!one.parent.empty()) {
                above_[whole_code(one.code)] = whole_code(one.parent);
            }
        }
    }

    [[nodiscard]] bool is_under(const AreaEntry& entry, const std::string& top) const {
        std::string code = whole_code(entry.code);
        std::set<std::string> seen;
        while (code != top && seen.insert(code).second) {
            const auto up = above_.find(code);
            if (up == above_.end()) {
                return false;
            }
            code = up->second;
        }
        return code == top;
    }

  private:
    std::map<std::string, std::string> above_;
};

class AreaWriter {
  public:
    AreaWriter(service::Ledger& ledger, const AreaOptions& options, UtcMs now)
        : ledger_(ledger), options_(options), now_(now) {
        for (const Area* area : directory_->areas()) {
            by_code_.emplace(whole_code(area->code), area);
        }
    }

    Result<AreaSummary> write(const std::vector<AreaEntry>& entries) {
        const Tree tree(entries);
        const std::string top = whole_code(options_.under);
        for (const auto& entry : entries) {
            if (!top.empty() && !tree.is_under(entry, top)) {
                continue;
            }
            const Area* area = area_of(entry);
            if (area != nullptr) {
                TRY_VOID(amend(entry, *area));
            } else if (options_.new_areas == NewAreas::added && !entry.name.empty()) {
                TRY_VOID(add(entry));
            } else {
                summary_.unknown.push_back(entry.code.empty() ? entry.name : entry.code);
            }
        }
        TRY_VOID(flush());
        return std::move(summary_);
    }

  private:
    /// By code; a file that has no codes names its areas.
    const Area* area_of(const AreaEntry& entry) {
        if (entry.code.empty()) {
            return directory_->find_area(entry.name);
        }
        const auto found = by_code_.find(whole_code(entry.code));
        return found == by_code_.end() ? nullptr : found->second;
    }

    Json outline_of(const AreaEntry& entry) const {
        Json fields = Json::object();
        if (entry.point) {
            fields.set("point", to_string(*entry.point));
        }
        if (entry.shape) {
            fields.set("shape", to_string(*entry.shape));
        }
        if (entry.point || entry.shape) {
            fields.set("map_source", options_.source);
        }
        return fields;
    }

    void count(const AreaEntry& entry) {
        summary_.shapes += entry.shape ? 1 : 0;
        summary_.points += entry.point ? 1 : 0;
    }

    Result<void> amend(const AreaEntry& entry, const Area& area) {
        const bool is_new_point = entry.point && entry.point != area.point;
        const bool is_new_shape =
            entry.shape && (area.shape == nullptr || *entry.shape != *area.shape);
        const bool is_new_source =
            (entry.point || entry.shape) && area.map_source != options_.source;
        if (!is_new_point && !is_new_shape && !is_new_source) {
            ++summary_.unchanged;
            return {};
        }
        ++summary_.changed;
        count(entry);
        return push(Verb::amend, MatterId{area.id.value}, outline_of(entry), entry.at);
    }

    Result<void> add(const AreaEntry& entry) {
        Json fields = outline_of(entry);
        fields.set("code", entry.code).set("name", entry.name).set("level", name_of(entry.level));
        if (const auto above = by_code_.find(whole_code(entry.parent)); above != by_code_.end()) {
            fields.set("parent", above->second->code);
        } else if (added_.contains(whole_code(entry.parent))) {
            fields.set("parent", added_[whole_code(entry.parent)]);
        }
        added_[whole_code(entry.code)] = entry.code;
        ++summary_.added;
        count(entry);
        return push(Verb::register_, MatterId{}, std::move(fields), entry.at);
    }

    Result<void> push(Verb verb, MatterId matter, Json fields, const std::string& at) {
        Command command;
        command.verb = verb;
        command.kind = "area";
        command.matter = matter;
        command.at = now_;
        command.actor.kind = ActorKind::system;
        command.fields = std::move(fields);
        submit_.commands.push_back(std::move(command));
        at_ = at_.empty() ? at : at_;
        return submit_.commands.size() < commands_a_submit ? Result<void>{} : flush();
    }

    Result<void> flush() {
        if (!submit_.commands.empty() && options_.mode == AreaMode::commit) {
            submit_.credential = "areas";
            const auto answer = ledger_.submit(submit_, now_);
            if (!answer) {
                return fail(answer.error().code, answer.error().detail, "from " + at_);
            }
        }
        submit_.commands.clear();
        at_.clear();
        return {};
    }

    service::Ledger& ledger_;
    const AreaOptions& options_;
    const UtcMs now_;
    /// Borrowed from the directory that stood at the beginning, which is kept.
    const std::shared_ptr<const Directory> directory_ = ledger_.shared_directory();
    std::map<std::string, const Area*> by_code_;
    std::map<std::string, std::string> added_;  ///< whole code → code as given
    Submit submit_;
    std::string at_;  ///< row of the first command of the submit
    AreaSummary summary_;
};

}  // namespace

Result<AreaSummary> write_areas(
    service::Ledger& ledger,
    const std::vector<AreaEntry>& entries,
    const AreaOptions& options,
    UtcMs now
) {
    return AreaWriter(ledger, options, now).write(entries);
}

Result<void> put_outlines(
    kindfile::Place& place, const std::vector<AreaEntry>& entries, const std::string& source
) {
    for (const auto& entry : entries) {
        const auto found = std::ranges::find_if(place.areas, [&](const auto& area) {
            return entry.code.empty() ? area.name == entry.name
                                      : whole_code(area.code) == whole_code(entry.code);
        });
        if (found == place.areas.end()) {
            return fail(
                Errc::not_found,
                "the place has no area '" + (entry.code.empty() ? entry.name : entry.code) + "'",
                entry.at
            );
        }
        found->point = entry.point ? entry.point : found->point;
        if (entry.shape) {
            found->shape = to_string(*entry.shape);
        }
        found->map_source = source;
    }
    return {};
}

}  // namespace zt::app
