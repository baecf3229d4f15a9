#pragma once
// Outbox: what the place owes to people outside and tells those inside, in a file of its own
// (`delivery.db`). The position in the ledger and the messages that came up to it are written in
// one transaction, so a killed process loses none and invents none. A message is named by its
// effect id, (seq, n): whoever gets it twice can tell.
//
//   due → sending → done
//                 → waiting → sending …      tried again later
//                 → dead                     listed with its reason; an operator may send it again
//                 → moot                     no longer wanted, or nobody to send it to
//
// No name, contact or content lies here: the contact is opened at sending and forgotten. Deleted,
// damaged or of another schema number, the file is made anew and folded from zero; then choices and
// marks of reading are lost, and what is old is not sent again (Outbox::rebuilt_until).

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "domain/parts.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zt::views {

inline constexpr std::int64_t outbox_schema = 1;
/// Rows that one read gives back at most.
inline constexpr std::size_t outbox_page_max = 1000;

/// Names one message for ever: its event, and a number among the messages of that event.
struct EffectId {
    Seq seq = 0;
    std::int64_t n = 0;
    auto operator<=>(const EffectId&) const = default;
};
/// "1234-8".
[[nodiscard]] std::string to_string(EffectId id);
/// errors: bad_value.
[[nodiscard]] Result<EffectId> parse_effect_id(std::string_view text);

/// How a message goes. The numbers lie on disk and in effect ids.
enum class Way : std::uint8_t {
    in_app = 0,
    contact = 1,  ///< by whatever the requester's contact allows; decided at sending
    mail = 2,
    sms = 3,
    chat = 4,
    call = 5,  ///< a line of the call list
    hand_over = 6
};
inline constexpr std::int64_t ways_max = 8;
[[nodiscard]] std::string_view name_of(Way way);
[[nodiscard]] std::optional<Way> parse_way(std::string_view name);

enum class MessageState : std::uint8_t { due, sending, waiting, done, dead, moot };
inline constexpr std::size_t message_states = 6;
[[nodiscard]] std::string_view name_of(MessageState state);

/// What a message is about. The numbers lie on disk.
enum class NoticeClass : std::uint8_t {
    received,
    accepted,
    refused,
    assigned,
    deadline_moved,
    answered,
    closed,
    reopened,
    nearly_due,
    overdue,
    urged,
    ordered,
    instructed,
    escalated,
    other
};
inline constexpr std::size_t notice_classes = 15;
[[nodiscard]] std::string_view name_of(NoticeClass what);
[[nodiscard]] std::optional<NoticeClass> parse_notice_class(std::string_view name);
/// What escalates reaches people whatever they chose.
[[nodiscard]] bool is_escalating(NoticeClass what);

struct Message {
    EffectId id;
    Way way = Way::in_app;
    MatterId matter;
    PartNo party = 0;  ///< to somebody outside
    PersonId person;   ///< to somebody of the place; 0 with party 0: nobody held the post
    OrgId org;         ///< whose post it is, to look again when nobody held it
    std::string role;  ///< as the notice rule calls it
    NoticeClass what = NoticeClass::other;
    std::string text;    ///< key in the catalogue
    std::string number;  ///< of the matter
    UtcMs at;            ///< when it happened: the date that the message says
    std::optional<UtcMs> due;
    std::string why;          ///< "list/key" of a reason, calendar, granted, or empty
    bool is_neutral = false;  ///< wrong done: the neutral text instead
    bool is_at_once = false;  ///< does not wait for the end of quiet hours
    bool is_digest = false;   ///< goes with others of its person in one summary
    PartNo clock = 0;         ///< nearly due: only while this clock still runs until `due`
    UtcMs not_before;
    MessageState state = MessageState::due;
    std::int64_t attempts = 0;
    std::string reason;      ///< why it waits, is dead or moot: a closed word, never free text
    std::int64_t count = 1;  ///< messages that this one sums up
    bool operator==(const Message&) const = default;
};

/// What became of a message that was being sent.
struct Settled {
    EffectId id;
    MessageState state = MessageState::done;
    std::string reason;
    UtcMs not_before;        ///< when to try again
    std::int64_t tried = 0;  ///< attempts that it cost
    std::optional<Way> way;  ///< set when it went, or goes on, another way
    std::optional<PersonId> person;
};

/// A line of somebody's inbox of messages.
struct InboxLine {
    EffectId id;
    MatterId matter;
    NoticeClass what = NoticeClass::other;
    std::string text, number;
    UtcMs at;
    std::optional<UtcMs> due;
    std::string why;
    bool is_neutral = false;
    std::optional<UtcMs> read;
    bool operator==(const InboxLine&) const = default;
};

struct InboxPage {
    std::vector<InboxLine> lines;  ///< newest first
    std::optional<EffectId> next;  ///< pass it to go on; empty at the end
};

/// Who chooses: somebody of the place, or a party of a matter.
struct Chooser {
    PersonId person;
    MatterId matter;
    PartNo party = 0;
    auto operator<=>(const Chooser&) const = default;
};

/// What somebody wants to hear, and how.
struct Choice {
    std::vector<NoticeClass> muted;    ///< without effect on what escalates
    std::optional<Way> way;            ///< people: besides the inbox; parties: instead of the usual
    bool is_at_once = false;           ///< also in quiet hours
    std::optional<int> digest_minute;  ///< of the day, office time; people only
    bool operator==(const Choice&) const = default;
};

struct MessagePage {
    std::vector<Message> messages;  ///< by effect id
    std::optional<EffectId> next;
};

/// threads: any; one file has one Outbox.
class Outbox {
  public:
    /// Makes the file when it is not there, and makes it anew when it is damaged or of another
    /// schema. What was being sent when the process ended is due again. errors: io_failed,
    /// read_only, disk_full. in: path, or ":memory:".
    [[nodiscard]] static Result<std::unique_ptr<Outbox>> open(const std::string& path);
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;
    ~Outbox();

    /// Why the file was made anew on opening; empty when it was not.
    [[nodiscard]] const std::string& rebuild_reason() const { return rebuild_reason_; }
    [[nodiscard]] Seq position() const;
    /// Events up to here were in the ledger before the file was: who had heard of them is not
    /// known. in: head of the ledger when the fold begins; kept once a file.
    [[nodiscard]] Result<Seq> rebuilt_until(Seq head);

    /// All of them and the position, or nothing. Lines of the inbox are there at once, other
    /// messages from their `not_before` on. A message that is there already stays as it is.
    [[nodiscard]] Result<void> take_in(std::span<const Message> messages, Seq position, UtcMs now);
    /// What is due, oldest first, now `sending`; of a digest its first message, with the others
    /// summed up in it. What was taken before and is not settled is due again: one courier a file.
    /// in: limit ≤ outbox_page_max.
    [[nodiscard]] Result<std::vector<Message>> take_due(UtcMs now, std::size_t limit);
    [[nodiscard]] Result<void> settle(std::span<const Settled> some, UtcMs now);
    /// One message became several (nearly due: whoever holds the matter now); it is done.
    [[nodiscard]] Result<void> expand(EffectId id, std::span<const Message> into, UtcMs now);
    /// When the next message is due; empty when none waits.
    [[nodiscard]] Result<std::optional<UtcMs>> next_due() const;
    /// Drops what is done or moot and happened before that.
    [[nodiscard]] Result<void> forget_before(UtcMs at);

    /// Messages by state, in the order of the enum.
    [[nodiscard]] Result<std::array<std::int64_t, message_states>> counts() const;
    [[nodiscard]] Result<MessagePage>
    page(MessageState state, const std::optional<EffectId>& after, std::size_t limit) const;
    /// The call list: who has to be called, oldest first.
    [[nodiscard]] Result<MessagePage>
    calls(const std::optional<EffectId>& after, std::size_t limit) const;
    /// What went that way after this position, for a receiver that asks for it again.
    [[nodiscard]] Result<MessagePage>
    sent_since(Way way, const std::optional<EffectId>& after, std::size_t limit) const;
    [[nodiscard]] Result<std::optional<Message>> find(EffectId id) const;
    /// errors: not_found when there is no such dead message.
    [[nodiscard]] Result<void> send_again(EffectId id, UtcMs now);
    /// Somebody was called. errors: not_found when there is no such line.
    [[nodiscard]] Result<void> finish_call(EffectId id, UtcMs now);

    [[nodiscard]] Result<InboxPage>
    inbox(PersonId person, const std::optional<EffectId>& after, std::size_t limit) const;
    [[nodiscard]] Result<std::int64_t> count_unread(PersonId person) const;
    /// out: how many were unread.
    [[nodiscard]] Result<std::int64_t>
    mark_read(PersonId person, std::span<const EffectId> ids, UtcMs now);
    [[nodiscard]] Result<void> mark_all_read(PersonId person, UtcMs now);

    /// The default when nothing was chosen.
    [[nodiscard]] Result<Choice> choice(const Chooser& who) const;
    [[nodiscard]] Result<void> choose(const Chooser& who, const Choice& choice);

  private:
    class Tables;
    explicit Outbox(std::unique_ptr<Tables> tables);
    mutable std::mutex mutex_;
    std::unique_ptr<Tables> tables_;  // guarded by mutex_
    std::string rebuild_reason_;
    Seq position_ = 0;  // guarded by mutex_
};

}  // namespace zt::views
