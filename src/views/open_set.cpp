#include "views/open_set.hpp"

#include "base/check.hpp"
#include "views/impl/open_rows.hpp"

#include <algorithm>

namespace zt::views {

using impl::OpenRows;
using impl::SlimRow;

namespace {

/// One read: what passes the filter, with its outline and lamp.
class Reader {
  public:
    Reader(const OpenRows& rows, const OpenFilter& filter, const Reading& reading)
        : rows_(rows), filter_(filter), reading_(reading) {
        CHECK(reading.kinds != nullptr && reading.calendar != nullptr);
    }

    [[nodiscard]] bool passes_words(const SlimRow& row) const;
    [[nodiscard]] bool passes(const State& outline) const;
    [[nodiscard]] Lamp lamp(const State& outline) const;
    [[nodiscard]] OpenRow row(const SlimRow& slim, const State& outline) const;

  private:
    const OpenRows& rows_;
    const OpenFilter& filter_;
    const Reading& reading_;
};

/// Whether a post meets the role that holds a stage.
struct Holder {
    const Post& post;
    const RoleRule& role;
    const Kind& kind;
    const Reading& reading;

    [[nodiscard]] bool holds(const State& outline) const;
};

bool has_word(const Post& post, std::string_view word);
/// Roles that only the post's own org can meet, so that the list of the org is enough.
bool is_found_by_org(RoleRule::Where where);
bool waits(const Hand& hand, const State& outline);
bool is_empty_or_has(const std::vector<std::string>& wanted, const std::string& word);
void cut_page(std::vector<OpenRow>& rows, std::size_t offset, std::size_t limit);
bool is_more_urgent(const OpenRow& left, const OpenRow& right);
std::vector<const SlimRow*> candidates(const OpenRows& rows, const OpenFilter& filter);

}  // namespace

OpenSet::OpenSet() : rows_(std::make_unique<OpenRows>()) {}
OpenSet::OpenSet(OpenSet&& other) noexcept = default;
OpenSet& OpenSet::operator=(OpenSet&& other) noexcept = default;
OpenSet::~OpenSet() = default;

void OpenSet::fold(const Step& step) {
    CHECK(step.event != nullptr && step.after != nullptr);
    if (step.event->seq <= rows_->position) {
        return;
    }
    rows_->put(*step.after);
    rows_->position = step.event->seq;
}

void OpenSet::put(const State& state) {
    rows_->put(state);
    rows_->position = std::max(rows_->position, state.last_seq);
}

Seq OpenSet::position() const { return rows_->position; }
std::size_t OpenSet::size() const { return rows_->size(); }
std::size_t OpenSet::bytes() const { return rows_->bytes(); }

OpenPage OpenSet::page(
    const OpenFilter& filter, const Reading& reading, std::size_t offset, std::size_t limit
) const {
    CHECK(limit <= open_page_max);
    const Reader reader(*rows_, filter, reading);
    OpenPage out;
    for (const SlimRow* slim : candidates(*rows_, filter)) {
        if (!reader.passes_words(*slim)) {
            continue;
        }
        const State outline = rows_->outline(*slim);
        if (reader.passes(outline)) {
            out.rows.push_back(reader.row(*slim, outline));
        }
    }
    out.count = out.rows.size();
    cut_page(out.rows, offset, limit);
    return out;
}

OpenPage OpenSet::inbox(
    PostId post_id, const OpenFilter& filter, const Reading& reading, std::size_t limit
) const {
    CHECK(limit <= open_page_max && reading.directory != nullptr);
    OpenPage out;
    const Post* post = reading.directory->post(post_id);
    if (post == nullptr) {
        return out;
    }
    const Reader reader(*rows_, filter, reading);
    const auto take = [&](const SlimRow& slim, bool is_own_org) {
        if (!reader.passes_words(slim)) {
            return;
        }
        const Kind* kind = reading.kinds->version(rows_->word(slim.kind), slim.kind_version);
        const StageRule* stage = kind == nullptr ? nullptr : kind->stage(rows_->word(slim.stage));
        const RoleRule* role = stage == nullptr ? nullptr : kind->role(stage->holder);
        if (role == nullptr || is_found_by_org(role->where) != is_own_org ||
            !has_word(*post, role->post_word)) {
            return;
        }
        const State outline = rows_->outline(slim);
        if (Holder{*post, *role, *kind, reading}.holds(outline) && reader.passes(outline) &&
            !is_excluded(outline, post_id, *reading.directory)) {
            out.rows.push_back(reader.row(slim, outline));
        }
    };
    for (const SlimRow* slim : rows_->of_org(post->org)) {
        take(*slim, true);
    }
    for (const auto& [kind_name, stage_name] : rows_->stages()) {
        const Kind* kind = reading.kinds->newest(kind_name);
        const StageRule* stage = kind == nullptr ? nullptr : kind->stage(stage_name);
        const RoleRule* role = stage == nullptr ? nullptr : kind->role(stage->holder);
        // A stage that the newest version lacks may still be held across orgs by an older one: look
        // at it.
        if (role != nullptr && is_found_by_org(role->where)) {
            continue;
        }
        for (const SlimRow* slim : rows_->of_stage(kind_name, stage_name)) {
            take(*slim, false);
        }
    }
    out.count = out.rows.size();
    cut_page(out.rows, 0, limit);
    return out;
}

LampCounts OpenSet::count_lamps(const OpenFilter& filter, const Reading& reading) const {
    const Reader reader(*rows_, filter, reading);
    LampCounts out;
    for (const SlimRow* slim : candidates(*rows_, filter)) {
        if (!reader.passes_words(*slim)) {
            continue;
        }
        const State outline = rows_->outline(*slim);
        if (!reader.passes(outline)) {
            continue;
        }
        switch (reader.lamp(outline)) {
        case Lamp::none: ++out.none; break;
        case Lamp::green: ++out.green; break;
        case Lamp::amber: ++out.amber; break;
        case Lamp::red: ++out.red; break;
        case Lamp::paused: ++out.paused; break;
        case Lamp::supervised: ++out.supervised; break;
        }
    }
    return out;
}

std::optional<OpenRow> OpenSet::find(MatterId id, const Reading& reading) const {
    const SlimRow* slim = rows_->find(id);
    if (slim == nullptr) {
        return std::nullopt;
    }
    const OpenFilter all;
    return Reader(*rows_, all, reading).row(*slim, rows_->outline(*slim));
}

std::vector<MatterId> OpenSet::due_until(UtcMs t, std::size_t limit) const {
    return rows_->due_until(t.time_since_epoch().count(), limit);
}

std::optional<UtcMs> OpenSet::next_due() const {
    const auto next = rows_->next_due();
    return next ? std::optional(UtcMs{Millis{*next}}) : std::nullopt;
}

std::optional<std::string> OpenSet::difference(const OpenSet& other) const {
    if (position() != other.position()) {
        return "positions " + std::to_string(position()) + " and " +
               std::to_string(other.position());
    }
    for (const auto& [one, two] :
         {std::pair{rows_.get(), other.rows_.get()}, {other.rows_.get(), rows_.get()}}) {
        for (const SlimRow* row : one->all()) {
            const SlimRow* twin = two->find(MatterId{row->matter});
            if (twin == nullptr || one->outline(*row) != two->outline(*twin)) {
                return "matter " + std::to_string(row->matter) +
                       (twin == nullptr ? " is in one only" : " differs");
            }
        }
    }
    return std::nullopt;
}

namespace {

bool Reader::passes_words(const SlimRow& row) const {
    return is_empty_or_has(filter_.kinds, rows_.word(row.kind)) &&
           is_empty_or_has(filter_.stages, rows_.word(row.stage)) &&
           is_empty_or_has(filter_.categories, rows_.word(row.category));
}

bool Reader::passes(const State& outline) const {
    if (!filter_.lamps.empty() &&
        std::ranges::find(filter_.lamps, lamp(outline)) == filter_.lamps.end()) {
        return false;
    }
    return !filter_.may_see || filter_.may_see(outline);
}

Lamp Reader::lamp(const State& outline) const {
    const Kind* kind = reading_.kinds->version(outline.kind, outline.kind_version);
    return kind == nullptr ? Lamp::none : lamp_of(outline, *kind, *reading_.calendar, reading_.now);
}

OpenRow Reader::row(const SlimRow& slim, const State& outline) const {
    OpenRow out = rows_.open_row(slim);
    out.lamp = lamp(outline);
    return out;
}

bool Holder::holds(const State& outline) const {
    using Where = RoleRule::Where;
    const Directory& directory = *reading.directory;
    const Org* office = directory.org(outline.office);
    switch (role.where) {
    case Where::at_office: return post.org == outline.office;
    case Where::at_registrar: return post.org == outline.registered_by;
    case Where::at_hand:
        return std::ranges::any_of(outline.hands, [&](const Hand& hand) {
            return hand.org == post.org && (role.part.empty() || hand.role == role.part) &&
                   waits(hand, outline) && (!hand.post || hand.post == post.id);
        });
    case Where::leads_hand:
        return std::ranges::any_of(outline.hands, [&](const Hand& hand) {
            return (role.part.empty() || hand.role == role.part) && is_open(hand.state) &&
                   hand.turn == outline.turn &&
                   (post.org == hand.org || directory.leads(post.id, hand.org));
        });
    case Where::above_office: {
        const Org* parent = office == nullptr ? nullptr : directory.org(office->parent);
        const Date day = office_date(reading.now, reading.calendar->offset);
        const Org* above = parent == nullptr
                               ? nullptr
                               : directory.nearest_with(parent->parent, kind.office_function, day);
        return above != nullptr && above->id == post.org;
    }
    case Where::over_office:
        return directory.is_at_or_below(outline.office, post.org) ||
               (office != nullptr && office->parent &&
                directory.is_at_or_below(post.org, office->parent));
    case Where::at_any: return true;
    case Where::not_involved:
        return std::ranges::none_of(outline.hands, [&](const Hand& hand) {
            return directory.is_at_or_below(hand.org, post.org) ||
                   directory.is_at_or_below(post.org, hand.org);
        });
    case Where::requester:
    case Where::author:
    case Where::party:
    case Where::anyone:
    case Where::system: return false;
    }
    return false;
}

bool has_word(const Post& post, std::string_view word) {
    return word.empty() || post.key == word ||
           std::ranges::find(post.words, word) != post.words.end();
}

bool is_found_by_org(RoleRule::Where where) {
    using Where = RoleRule::Where;
    return where == Where::at_office || where == Where::at_registrar || where == Where::at_hand;
}

bool waits(const Hand& hand, const State& outline) {
    return is_open(hand.state) && hand.state != HandState::replied && hand.turn == outline.turn;
}

bool is_empty_or_has(const std::vector<std::string>& wanted, const std::string& word) {
    return wanted.empty() || std::ranges::find(wanted, word) != wanted.end();
}

void cut_page(std::vector<OpenRow>& rows, std::size_t offset, std::size_t limit) {
    const auto end = static_cast<std::ptrdiff_t>(std::min(offset + limit, rows.size()));
    std::ranges::partial_sort(rows, rows.begin() + end, is_more_urgent);
    rows.resize(static_cast<std::size_t>(end));
    rows.erase(
        rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(offset, rows.size()))
    );
}

bool is_more_urgent(const OpenRow& left, const OpenRow& right) {
    if (left.next_due != right.next_due) {
        return left.next_due && (!right.next_due || *left.next_due < *right.next_due);
    }
    return left.id < right.id;
}

std::vector<const SlimRow*> candidates(const OpenRows& rows, const OpenFilter& filter) {
    return filter.org ? rows.of_org(*filter.org) : rows.all();
}

}  // namespace
}  // namespace zt::views
