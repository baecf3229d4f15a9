#include "views/open_set.hpp"

#include "base/check.hpp"
#include "views/impl/open_reader.hpp"

#include <algorithm>

namespace zt::views {

using impl::OpenReader;
using impl::OpenRows;
using impl::SlimRow;

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

void OpenSet::arrive_at(Seq seq) {
    CHECK(seq >= rows_->position);
    rows_->position = seq;
}

Seq OpenSet::position() const { return rows_->position; }
std::size_t OpenSet::size() const { return rows_->size(); }
std::size_t OpenSet::bytes() const { return rows_->bytes(); }

OpenPage OpenSet::page(
    const OpenFilter& filter, const Reading& reading, std::size_t offset, std::size_t limit
) const {
    CHECK(limit <= open_page_max);
    return OpenReader(*rows_, filter, reading).page(offset, limit);
}

OpenPage OpenSet::inbox(
    PostId post_id, const OpenFilter& filter, const Reading& reading, std::size_t limit
) const {
    CHECK(limit <= open_page_max && reading.directory != nullptr);
    const Post* post = reading.directory->post(post_id);
    return post == nullptr ? OpenPage{} : OpenReader(*rows_, filter, reading).inbox(*post, limit);
}

LampCounts OpenSet::count_lamps(const OpenFilter& filter, const Reading& reading) const {
    return OpenReader(*rows_, filter, reading).count_lamps();
}

std::map<AreaId, LampCounts>
OpenSet::lamps_by_area(const OpenFilter& filter, const Reading& reading) const {
    return OpenReader(*rows_, filter, reading).lamps_by_area();
}

std::optional<OpenRow> OpenSet::find(MatterId id, const Reading& reading) const {
    const SlimRow* slim = rows_->find(id);
    if (slim == nullptr) {
        return std::nullopt;
    }
    const OpenFilter all;
    return OpenReader(*rows_, all, reading).row(*slim);
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

}  // namespace zt::views
