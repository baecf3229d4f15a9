#pragma once
// Delivery: the courier with a thread of its own. The server makes one a tenant, wakes it after
// commits, and asks it for counts; inboxes, choices, the call list and dead letters are read and
// changed through its outbox.

#include "connect/courier.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace zt::connect {

struct DeliveryCounts {
    CourierCounts courier;
    std::array<std::int64_t, views::message_states> messages{};  ///< by state
    std::optional<Errc> failure;  ///< why it makes no progress; empty while it does
};

class Delivery {
  public:
    /// How long it waits when nobody wakes it: a following view lags at most a second.
    static constexpr std::chrono::milliseconds look_every{500};
    /// How long it keeps still after a failure.
    static constexpr std::chrono::milliseconds rest_after_failure{2'000};

    /// Borrows the parts; begins at once. in: a courier that nobody else uses.
    Delivery(std::unique_ptr<Courier> courier, views::Outbox& outbox);
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    ~Delivery();

    /// Something was committed. threads: any. cost: a notify.
    void wake();
    /// Ends what is under way and joins: at most a database transaction long. Whatever was not
    /// answered is due again at the next start. threads: any, once.
    void stop();
    void change_rules(service::SharedRules rules);
    /// errors: io_failed.
    [[nodiscard]] Result<DeliveryCounts> counts() const;
    /// Without a look at the disk: for figures that are asked for often.
    [[nodiscard]] CourierCounts courier_counts() const { return courier_->counts(); }
    [[nodiscard]] views::Outbox& outbox() { return outbox_; }

  private:
    void run();
    /// One round of everything. out: whether there was something to do.
    [[nodiscard]] Result<bool> work();

    std::unique_ptr<Courier> courier_;
    views::Outbox& outbox_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool is_awake_ = false;        // guarded by mutex_
    bool is_ending_ = false;       // guarded by mutex_
    service::SharedRules rules_;   // guarded by mutex_: to be taken over, or null
    std::optional<Errc> failure_;  // guarded by mutex_
    std::thread thread_;           // last: it begins when all else stands
};

}  // namespace zt::connect
