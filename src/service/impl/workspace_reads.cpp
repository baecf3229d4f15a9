// What a command may look at besides its own matter: those that its fields and links name, duty
// lists, and, when a unit or post ends, the open work that goes over.

#include "service/impl/workspace.hpp"

#include <algorithm>

namespace zt::service {

namespace {

bool takes_owners(const Kind& kind) {
    return std::ranges::any_of(kind.transitions, [](const Transition& row) {
        return std::ranges::find(row.fields, "owner", &FieldUse::name) != row.fields.end();
    });
}

/// The matters of kinds that some row of the verb reads, named by a field of the command or of the
/// matter.
std::vector<MatterId>
named_by_fields(const Kind& kind, const State* before, const Command& command) {
    std::vector<MatterId> named;
    for (const auto& field : kind.fields) {
        const bool is_read = std::ranges::any_of(kind.transitions, [&](const Transition& row) {
            return row.verb == command.verb &&
                   std::ranges::find(row.reads, field.register_kind) != row.reads.end();
        });
        if (field.type != FieldType::matter || !is_read) {
            continue;
        }
        const Json& given = command.fields[field.name];
        const Json& value =
            given.is_null() && before != nullptr ? before->field(field.name) : given;
        if (value.is_int()) {
            named.push_back(MatterId{value.as_int()});
        }
    }
    return named;
}

}  // namespace

Result<std::vector<MatterId>> Workspace::duty_lists_of(const Command& command) {
    std::vector<MatterId> lists;
    const Kind* kind = ledger_.rules_->kinds.newest("duty_list");
    if (kind == nullptr || (command.verb != Verb::assign && command.verb != Verb::transfer)) {
        return lists;
    }
    lists = ledger_.duty_lists_;
    for (const Workspace* at = this; at != nullptr; at = at->below_) {
        lists.insert(lists.end(), at->new_duty_lists.begin(), at->new_duty_lists.end());
    }
    return lists;
}

Result<std::vector<MatterId>> Workspace::work_of(const State* before, const Command& command) {
    std::vector<MatterId> work;
    const bool is_of_unit = before != nullptr && (before->kind == "org" || before->kind == "post");
    const bool may_end = command.verb == Verb::retire || command.fields.find("until") != nullptr;
    if (!is_of_unit || !may_end) {
        return work;
    }
    if (ledger_.parts_.open_set == nullptr) {
        return fail(Errc::overloaded, "open matters are still being read; try again");
    }
    views::OpenFilter filter;
    filter.org =
        before->kind == "org" ? OrgId{before->id.value} : OrgId{before->field("org").as_int()};
    const Context context = ledger_.context(now_, origin_);
    const views::Reading reading{context.kinds, context.calendar, &directory(), now_};
    const auto page = ledger_.parts_.open_set->page(filter, reading, 0, views::open_page_max);
    if (page.count > page.rows.size()) {
        return fail(Errc::too_many_reactions, "more than 1,000 open matters; move some first");
    }
    for (const auto& row : page.rows) {
        work.push_back(row.id);
    }
    if (before->kind == "org") {
        TRY_VOID(add_owned(*filter.org, reading, work));
    }
    // What this group and the one under way did is not in the open set yet.
    for (const Workspace* at = this; at != nullptr; at = at->below_) {
        for (const auto& [id, state] : at->states) {
            if (!state->is_record && std::ranges::find(work, id) == work.end()) {
                work.push_back(id);
            }
        }
    }
    return work;
}

/// Matters with an open item of that unit. The open set does not know owners, so of kinds with
/// lists of items each open matter is read: a unit ends seldom.
Result<void>
Workspace::add_owned(OrgId org, const views::Reading& reading, std::vector<MatterId>& work) {
    constexpr std::size_t pages_max = 20;
    views::OpenFilter filter;
    for (const Kind* kind : reading.kinds->all_newest()) {
        if (takes_owners(*kind)) {
            filter.kinds.push_back(kind->name);
        }
    }
    const auto is_owned = [org](const Item& item) {
        return item.owner == org && item.state == ItemState::open;
    };
    for (std::size_t page = 0; !filter.kinds.empty(); ++page) {
        const auto rows =
            ledger_.parts_.open_set
                ->page(filter, reading, page * views::open_page_max, views::open_page_max)
                .rows;
        for (const auto& row : rows) {
            TRY(const auto one, state(row.id));
            if (std::ranges::any_of(one->items, is_owned) &&
                std::ranges::find(work, row.id) == work.end()) {
                work.push_back(row.id);
            }
        }
        if (rows.size() < views::open_page_max) {
            return {};
        }
        if (page == pages_max) {
            return fail(Errc::too_many_reactions, "too many open matters have items");
        }
    }
    return {};
}

/// Matters that the command may look at: those its fields name, those linked by the types its row
/// reads, duty lists.
Result<std::vector<std::shared_ptr<const State>>>
Workspace::reads_of(const State* before, const Command& command) {
    std::vector<std::shared_ptr<const State>> reads;
    TRY(const auto lists, duty_lists_of(command));
    for (const MatterId id : lists) {
        TRY(auto one, state(id));
        reads.push_back(std::move(one));
    }
    TRY(const auto work, work_of(before, command));
    for (const MatterId id : work) {
        TRY(auto one, state(id));
        reads.push_back(std::move(one));
    }
    for (const char* name : {"into", "matter"}) {
        const Json& other = command.fields[name];
        if (other.is_int()) {
            TRY(auto one, state(MatterId{other.as_int()}));
            reads.push_back(std::move(one));
        }
    }
    const Kind* kind = before == nullptr
                           ? ledger_.rules_->kinds.newest(command.kind)
                           : ledger_.rules_->kinds.version(before->kind, before->kind_version);
    if (kind == nullptr) {
        return reads;
    }
    for (const MatterId id : named_by_fields(*kind, before, command)) {
        TRY(auto one, state(id));
        reads.push_back(std::move(one));
    }
    if (before == nullptr) {
        return reads;
    }
    for (const auto& row : kind->transitions) {
        if (row.verb != command.verb) {
            continue;
        }
        for (const auto& link : before->links) {
            if (std::ranges::find(row.reads, link.type) != row.reads.end()) {
                TRY(auto one, state(link.to));
                reads.push_back(std::move(one));
            }
        }
    }
    return reads;
}

}  // namespace zt::service
