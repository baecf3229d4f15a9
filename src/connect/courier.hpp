#pragma once
// Courier: follows the ledger and sends what it owes. Two steps that may be repeated, stopped and
// killed at any point: `follow` turns events into messages of the outbox; `send` takes what is due,
// sends it and notes what became of it. A crash between sending and noting sends again, with the
// same effect id. No thread of its own: delivery.hpp has that.

#include "base/world.hpp"
#include "connect/address.hpp"
#include "connect/channels.hpp"
#include "connect/signature.hpp"
#include "connect/wording.hpp"
#include "service/answer.hpp"
#include "store/store.hpp"

#include <array>
#include <atomic>
#include <span>

namespace zt::connect {

/// Events taken in with one transaction, and messages sent with one.
inline constexpr Seq follow_max = 1'000;
inline constexpr std::size_t send_max = 64;

/// What the courier asks of the place.
struct Doors {
    TextOf texts;
    views::Language language = views::Language::zh;
    /// Sealed texts of an event (service/sealed_texts.hpp).
    std::function<Result<std::vector<Personal>>(const Event&)> open_texts;
    /// Hands a receipt in (service/writer.hpp).
    std::function<Result<service::Answer>(Submit)> submit;
    /// Told after each step who has new lines in the inbox of the desk, perhaps nobody; may be
    /// empty. Must be quick.
    std::function<void(std::span<const PersonId>)> told{};
};

/// All borrowed, and must outlive it.
struct CourierParts {
    store::Reader* reader = nullptr;  ///< its own
    views::Outbox* outbox = nullptr;
    const WallClock* clock = nullptr;
    Random* random = nullptr;
};

struct CourierCounts {
    std::array<std::int64_t, views::ways_max> sent{};  ///< by way, taken by the receiver
    std::int64_t failed = 0;                           ///< tries that were not
    Seq position = 0;                                  ///< of the last event taken in
};

/// threads: one, but for stop and counts.
class Courier {
  public:
    /// in: channels that check() has passed. errors: io_failed, damaged.
    [[nodiscard]] static Result<std::unique_ptr<Courier>>
    open(const CourierParts& parts, service::SharedRules rules, Channels channels, Doors doors);
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;
    ~Courier();

    /// Takes in what was committed since, at most follow_max events. out: whether there was any.
    /// errors: io_failed, disk_full, damaged; nothing was taken in then.
    [[nodiscard]] Result<bool> follow();
    /// Sends at most send_max messages that are due and waits for the answers. out: how many were
    /// due. errors: io_failed, disk_full, damaged; what was sent and could not be noted is sent
    /// again.
    [[nodiscard]] Result<std::size_t> send();
    /// Other definitions from the next event on.
    void change_rules(service::SharedRules rules);

    /// Ends a `send` under way; none begins any more. threads: any.
    void stop();
    /// threads: any.
    [[nodiscard]] CourierCounts counts() const;

  private:
    class Work;
    explicit Courier(std::unique_ptr<Work> work);
    std::unique_ptr<Work> work_;
};

/// What a receiver of a webhook missed.
struct ReplayAsk {
    views::Way way = views::Way::sms;        ///< sms or chat
    std::optional<views::EffectId> after{};  ///< empty: from the first that is kept
    std::size_t limit = 100;
};
struct Replayed {
    views::EffectId id;
    Headers headers;  ///< signed now
    std::string body;
};
struct ReplayPage {
    std::vector<Replayed> calls;
    std::optional<views::EffectId> next;
};
/// The calls that were taken after that position, made anew from the ledger with the same effect
/// ids; those whose contact was erased are left out. threads: that of the reader.
[[nodiscard]] Result<ReplayPage> replay(
    const ReplayAsk& ask,
    const CourierParts& parts,
    const service::Rules& rules,
    const Channels& channels,
    const Doors& doors
);

}  // namespace zt::connect
