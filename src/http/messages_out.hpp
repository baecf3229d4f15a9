#pragma once
// MessagesOut: what the edge has to know of messages on their way out. The room connect sends them;
// neither room knows the other, the program puts them together.

#include "http/call.hpp"
#include "views/outbox.hpp"

namespace zt::http {

/// threads: any.
class MessagesOut {
  public:
    virtual ~MessagesOut() = default;
    [[nodiscard]] virtual views::Outbox& outbox() = 0;
    /// A line as people read it: number, state, date, never content.
    [[nodiscard]] virtual std::string
    say(const views::InboxLine& line, std::string_view language) const = 0;
    /// The same of a message to somebody who has to be called.
    [[nodiscard]] virtual std::string
    say(const views::Message& message, std::string_view language) const = 0;
    /// Way to people that the place has set up, besides the inbox.
    [[nodiscard]] virtual bool has_channel(views::Way way) const = 0;
    /// Waits until what follows from that event is in the outbox, at most a second.
    virtual void await(Seq seq) = 0;
    /// A matter that another place hands over: registered once, answered with a signed receipt.
    /// errors: not_signed_in (no such partner, or not its signature: which, is not told), bad_json,
    /// bad_value, those of the register.
    [[nodiscard]] virtual Result<Reply> take_over(const Call& call) = 0;
    /// What a gateway missed, asked for under its secret. errors: not_signed_in, bad_json,
    /// bad_value, io_failed.
    [[nodiscard]] virtual Result<Reply> replay(const Call& call) = 0;
};

}  // namespace zt::http
