#pragma once
// Live: what has changed lately, for the connections that wait for it (server-sent events). A
// bounded ring; who was away longer than it reaches back is told to read anew.

#include "base/id.hpp"
#include "base/json.hpp"
#include "domain/state.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace zt::http {

/// That something changed, and where; never what it says.
struct LiveEvent {
    Seq seq = 0;
    MatterId matter;
    std::string kind;
    std::string what;  ///< one coarse word: "matter", "inbox", "figures", "notices"
    std::shared_ptr<const State> after = {};  ///< the matter then, for who may hear of it
    std::vector<PersonId> people = {};        ///< of notices: who has a new one
};

/// One message of text/event-stream.
[[nodiscard]] std::string message_of(const LiveEvent& event);
/// Tells the reader to read anew; what comes later has an id above `seq`.
[[nodiscard]] std::string reset_message(Seq seq);

class Live {
  public:
    /// What was committed up to `head` is not in the ring.
    explicit Live(Seq head, std::size_t events_max = 4096)
        : events_max_(events_max), gone_(head), newest_(head) {}

    /// threads: any, one at a time, in order of seq; quick.
    void publish(LiveEvent event);
    /// Something that follows from no single event, such as a notice: it is told behind the newest,
    /// under its seq. Who was away does not get it later, and reads such things anew anyway.
    /// threads: any; quick.
    void publish_beside(LiveEvent event);
    /// Called after each publish, on the publishing thread: must only wake somebody.
    void on_news(std::function<void()> news);

    /// How far somebody has heard: an event, and what was told beside.
    struct Mark {
        Seq seq = 0;
        std::int64_t beside = 0;  ///< counts up with each that was told beside
        auto operator<=>(const Mark&) const = default;
    };
    struct Page {
        std::vector<LiveEvent> events;
        Mark until;             ///< ask after this one the next time
        bool is_reset = false;  ///< some that were asked for are no longer there
    };
    /// The oldest events after that mark, at most so many. threads: any.
    [[nodiscard]] Page after(Mark mark, std::size_t count_max) const;
    [[nodiscard]] Page after(Seq seq, std::size_t count_max) const;
    [[nodiscard]] Seq newest() const;

  private:
    struct Told {
        Mark mark;
        LiveEvent event;
    };
    /// in: mutex_ is held. out: whom to wake.
    [[nodiscard]] std::function<void()> add(LiveEvent event);
    const std::size_t events_max_;
    mutable std::mutex mutex_;
    std::deque<Told> ring_;       // guarded by mutex_
    Seq gone_;                    // guarded by mutex_: all up to it are in the ring no more
    Seq newest_;                  // guarded by mutex_
    std::int64_t beside_ = 0;     // guarded by mutex_: of the last that was told beside
    std::function<void()> news_;  // guarded by mutex_
};

}  // namespace zt::http
