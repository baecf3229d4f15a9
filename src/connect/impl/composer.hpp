#pragma once
// Composer: from a message of the outbox to what goes over the wire. It reads the matter as it
// stands, opens the contact, and forgets it.

#include "connect/courier.hpp"
#include "connect/impl/outgoing.hpp"

#include <variant>

namespace zt::connect::impl {

/// A matter as its events tell it.
struct Told {
    State state;
    std::vector<Event> events;
};

/// Ready to be sent, or settled without sending.
struct Letter {
    Request request;
    views::Way way = views::Way::sms;
    const Partner* partner = nullptr;    ///< of a hand-over
    std::string_view answer_contains{};  ///< of a webhook; borrowed from the channels
};
using Prepared = std::variant<Letter, views::Settled>;

/// Borrows all. threads: that of the reader.
class Composer {
  public:
    Composer(
        store::Reader& reader,
        const Channels& channels,
        const Doors& doors,
        const service::Rules& rules
    )
        : reader_(reader), channels_(channels), doors_(doors), rules_(rules) {}

    /// errors: unknown_matter, io_failed, damaged.
    [[nodiscard]] Result<Told> read(MatterId matter) const;
    /// What to do with a message that leaves the house. errors: io_failed, damaged, key_wrong.
    [[nodiscard]] Result<Prepared> prepare(const views::Message& message, UtcMs now) const;
    /// Key of the reason that was given when the extension was asked for that this event grants.
    [[nodiscard]] Result<std::string> asked_reason(const Event& granted) const;

  private:
    [[nodiscard]] Result<Prepared> to_party(views::Message message, UtcMs now) const;
    [[nodiscard]] Result<Prepared> to_person(const views::Message& message, UtcMs now) const;
    [[nodiscard]] Result<Prepared> to_partner(const views::Message& message, UtcMs now) const;
    [[nodiscard]] Prepared
    letter(const views::Message& message, const Reach& reach, UtcMs now) const;
    [[nodiscard]] Prepared
    webhook_letter(const views::Message& message, const Reach& reach, UtcMs now) const;
    /// The newest sealed text of that name; empty when there is none or it was erased.
    [[nodiscard]] Result<std::string> opened(const Told& told, std::string_view name) const;
    [[nodiscard]] Result<std::string> opened_in(const Event& event, std::string_view name) const;

    store::Reader& reader_;
    const Channels& channels_;
    const Doors& doors_;
    const service::Rules& rules_;
};

}  // namespace zt::connect::impl
