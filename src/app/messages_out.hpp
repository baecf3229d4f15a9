#pragma once
// PlaceMessages: a place's way out put together: outbox, courier with its thread, and what the edge
// asks of them. Receives what other places hand over. Nobody wakes the courier at a commit: it
// looks twice a second, so that a rush of hand-ins is followed in large steps; who needs it sooner
// awaits.

#include "app/world_os.hpp"
#include "connect/delivery.hpp"
#include "http/messages_out.hpp"
#include "service/served.hpp"

namespace zt::app {

/// served and clock are borrowed, and must outlive it.
struct MessageParts {
    service::Served* served = nullptr;
    const WallClock* clock = nullptr;
    service::SharedRules rules;
    std::unique_ptr<store::Reader> courier_reader, replay_reader;
    std::string file;  ///< delivery.db
    connect::Channels channels;
    /// Who has new lines in the inbox of the desk.
    std::function<void(std::span<const PersonId>)> told;
};

class PlaceMessages final : public http::MessagesOut {
  public:
    /// Begins to deliver. errors: io_failed, damaged, disk_full.
    [[nodiscard]] static Result<std::unique_ptr<PlaceMessages>> start(MessageParts parts);
    PlaceMessages(const PlaceMessages&) = delete;
    PlaceMessages& operator=(const PlaceMessages&) = delete;
    ~PlaceMessages() override;

    /// Sends no more; what is under way is due again at the next start. threads: one.
    void stop() { delivery_->stop(); }
    [[nodiscard]] connect::CourierCounts counts() const { return delivery_->courier_counts(); }

    [[nodiscard]] views::Outbox& outbox() override { return *outbox_; }
    [[nodiscard]] std::string
    say(const views::InboxLine& line, std::string_view language) const override;
    [[nodiscard]] std::string
    say(const views::Message& message, std::string_view language) const override;
    [[nodiscard]] bool has_channel(views::Way way) const override;
    void await(Seq seq) override;
    [[nodiscard]] Result<http::Reply> take_over(const http::Call& call) override;
    [[nodiscard]] Result<http::Reply> replay(const http::Call& call) override;

  private:
    explicit PlaceMessages(MessageParts parts) : parts_(std::move(parts)) {}
    [[nodiscard]] connect::Doors doors();
    void heard(std::span<const PersonId> people);

    MessageParts parts_;
    OsRandom random_;  ///< of the courier's thread
    std::unique_ptr<views::Outbox> outbox_;
    std::mutex mutex_;                             ///< guards nothing but the waiting below
    std::condition_variable went_on_;              ///< the outbox may stand further on
    std::mutex replaying_;                         ///< one at a time: they share a reader
    std::unique_ptr<connect::Delivery> delivery_;  ///< last: it uses all else
};

}  // namespace zt::app
