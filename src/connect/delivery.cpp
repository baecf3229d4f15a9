#include "connect/delivery.hpp"

#include "service/background.hpp"

namespace zt::connect {

Delivery::Delivery(std::unique_ptr<Courier> courier, views::Outbox& outbox)
    : courier_(std::move(courier)), outbox_(outbox), thread_([this] { run(); }) {}

Delivery::~Delivery() { stop(); }

void Delivery::wake() {
    {
        const std::lock_guard lock(mutex_);
        is_awake_ = true;
    }
    changed_.notify_one();
}

void Delivery::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    courier_->stop();
    changed_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Delivery::change_rules(service::SharedRules rules) {
    const std::lock_guard lock(mutex_);
    rules_ = std::move(rules);
}

Result<DeliveryCounts> Delivery::counts() const {
    DeliveryCounts out;
    TRY(out.messages, outbox_.counts());
    out.courier = courier_->counts();
    const std::lock_guard lock(mutex_);
    out.failure = failure_;
    return out;
}

void Delivery::run() {
    service::give_way();
    while (true) {
        {
            std::unique_lock lock(mutex_);
            const auto pause = failure_ ? rest_after_failure : look_every;
            changed_.wait_for(lock, pause, [&] { return is_ending_ || (is_awake_ && !failure_); });
            if (is_ending_) {
                return;
            }
            is_awake_ = false;
            if (rules_ != nullptr) {
                courier_->change_rules(std::exchange(rules_, nullptr));
            }
        }
        const Result<bool> was_busy = work();
        const std::lock_guard lock(mutex_);
        failure_ = was_busy ? std::nullopt : std::optional(was_busy.error().code);
        is_awake_ = is_awake_ || (was_busy && *was_busy);
    }
}

Result<bool> Delivery::work() {
    TRY(const bool had_events, courier_->follow());
    TRY(const std::size_t sent, courier_->send());
    return had_events || sent > 0;
}

}  // namespace zt::connect
