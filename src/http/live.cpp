#include "http/live.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace zt::http {

std::string message_of(const LiveEvent& event) {
    Json body = Json::object();
    body.set("seq", event.seq).set("matter", event.matter.value);
    body.set("kind", event.kind).set("what", event.what);
    return "id: " + std::to_string(event.seq) + "\nevent: change\ndata: " + to_canonical(body) +
           "\n\n";
}

std::string reset_message(Seq seq) {
    return "id: " + std::to_string(seq) + "\nevent: reset\ndata: {}\n\n";
}

std::function<void()> Live::add(LiveEvent event) {
    ring_.push_back({{newest_, beside_}, std::move(event)});
    if (ring_.size() > events_max_) {
        gone_ = ring_.front().mark.seq;
        ring_.pop_front();
    }
    return news_;
}

void Live::publish(LiveEvent event) {
    std::function<void()> news;
    {
        const std::lock_guard lock(mutex_);
        newest_ = event.seq;
        news = add(std::move(event));
    }
    if (news) {
        news();
    }
}

void Live::publish_beside(LiveEvent event) {
    std::function<void()> news;
    {
        const std::lock_guard lock(mutex_);
        ++beside_;
        event.seq = newest_;
        news = add(std::move(event));
    }
    if (news) {
        news();
    }
}

void Live::on_news(std::function<void()> news) {
    const std::lock_guard lock(mutex_);
    news_ = std::move(news);
}

Live::Page Live::after(Seq seq, std::size_t count_max) const {
    // What was told beside that event belongs to what came with it.
    return after(Mark{seq, std::numeric_limits<std::int64_t>::max()}, count_max);
}

Live::Page Live::after(Mark mark, std::size_t count_max) const {
    const std::lock_guard lock(mutex_);
    Page page;
    if (mark.seq < gone_ || mark.seq > newest_) {
        page.until = {newest_, beside_};
        page.is_reset = true;
        return page;
    }
    page.until = {mark.seq, std::min(mark.beside, beside_)};
    auto next = std::ranges::upper_bound(ring_, page.until, {}, &Told::mark);
    for (; next != ring_.end() && page.events.size() < count_max; ++next) {
        page.events.push_back(next->event);
        page.until = next->mark;
    }
    return page;
}

Seq Live::newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
}

}  // namespace zt::http
