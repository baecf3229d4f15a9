#include "views/outbox.hpp"

#include "base/check.hpp"
#include "views/impl/outbox_rows.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace zt::views {

using impl::Database;
using impl::OpenMode;
using impl::Transaction;
using impl::Value;

/// The connection, and statements that more than one call needs.
class Outbox::Tables {
  public:
    std::unique_ptr<Database> database;
};

namespace {

constexpr const char* memory_path = ":memory:";

Result<void> set_about(Database& database, std::string_view name, std::int64_t value) {
    return database.change(
        "INSERT OR REPLACE INTO about VALUES (?, ?)", {std::string(name), value}
    );
}

Result<std::optional<std::int64_t>> about(Database& database, std::string_view name) {
    TRY(auto cursor, database.query("SELECT value FROM about WHERE name = ?", {std::string(name)}));
    TRY(const bool has_row, cursor.next());
    return has_row ? std::optional(cursor.number(0)) : std::nullopt;
}

Result<Seq> read_sound_position(Database& database, const std::string& path) {
    {
        TRY(auto cursor, database.query("PRAGMA quick_check(1)"));
        TRY(const bool has_row, cursor.next());
        if (!has_row || cursor.text(0) != "ok") {
            return fail(Errc::damaged, "the file is damaged", path);
        }
    }
    TRY(const auto schema, about(database, "schema"));
    TRY(const auto position, about(database, "position"));
    if (!schema || !position) {
        return fail(Errc::damaged, "schema number or position is missing", path);
    }
    if (*schema != outbox_schema) {
        return fail(Errc::newer_version, "another schema number", path);
    }
    return *position;
}

Result<void> make_tables(Database& database) {
    TRY(auto transaction, Transaction::begin(database));
    TRY_VOID(database.run(impl::outbox_tables));
    TRY_VOID(set_about(database, "schema", outbox_schema));
    TRY_VOID(set_about(database, "position", 0));
    return transaction.commit();
}

void remove_files(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code problem;
        std::filesystem::remove(path + suffix, problem);
    }
}

/// Whoever took these has not settled them: whether they arrived only the receivers know.
Result<void> recover(Database& database) {
    return database.change("UPDATE message SET state = 0 WHERE state = 1", {});
}

Result<MessagePage> page_of(
    Database& database,
    const std::string& condition,
    const std::optional<EffectId>& after,
    std::size_t limit
) {
    CHECK(limit > 0 && limit <= outbox_page_max);
    const EffectId from = after.value_or(EffectId{0, -1});
    MessagePage out;
    TRY(out.messages,
        impl::messages_of(
            database,
            "SELECT " + std::string(impl::message_columns) + " FROM message WHERE " + condition +
                " AND (seq, n) > (?, ?) ORDER BY seq, n LIMIT ?",
            {from.seq, from.n, static_cast<std::int64_t>(limit) + 1}
        ));
    if (out.messages.size() > limit) {
        out.messages.resize(limit);
        out.next = out.messages.back().id;
    }
    return out;
}

/// Lines go into the inbox as they come; what is to be sent, or said later, is a message.
Result<void> put(Database& database, const Message& message, UtcMs now) {
    const bool is_line = message.way == Way::in_app && message.person;
    const bool is_past = message.state == MessageState::moot || message.state == MessageState::dead;
    if (is_line && message.clock == 0 && (is_past || message.not_before <= now)) {
        return impl::put_inbox_line(
            database, message, is_past ? std::optional(message.at) : std::nullopt
        );
    }
    return impl::put_message(database, message);
}

/// Its fellows become moot, and it says how many they were.
Result<void> sum_up(Database& database, Message& message, UtcMs now) {
    const std::string fellows =
        " person = ? AND way = ? AND is_digest = 1 AND state = 0 AND not_before <= ? "
        "AND (seq, n) <> (?, ?)";
    const std::vector<Value> values{
        message.person.value,
        static_cast<std::int64_t>(message.way),
        impl::ms_of(now),
        message.id.seq,
        message.id.n
    };
    TRY(const std::int64_t count,
        impl::number_of(database, "SELECT count(*) FROM message WHERE" + fellows, values));
    TRY_VOID(database.change(
        "UPDATE message SET state = 5, reason = 'in_digest' WHERE" + fellows, values
    ));
    message.count += count;
    return {};
}

}  // namespace

Outbox::Outbox(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Outbox::~Outbox() = default;

Result<std::unique_ptr<Outbox>> Outbox::open(const std::string& path) {
    std::error_code problem;
    const bool is_new = path == memory_path || !std::filesystem::exists(path, problem);
    std::unique_ptr<Outbox> out(new Outbox(std::make_unique<Tables>()));
    auto& database = out->tables_->database;
    if (!is_new) {
        auto opened = Database::open(path, OpenMode::write);
        const auto position =
            opened ? read_sound_position(**opened, path) : std::unexpected(opened.error());
        if (position) {
            database = *std::move(opened);
            out->position_ = *position;
            TRY_VOID(recover(*database));
            return out;
        }
        const Errc code = position.error().code;
        if (code != Errc::damaged && code != Errc::newer_version) {
            return std::unexpected(position.error());
        }
        out->rebuild_reason_ = to_string(position.error());
        opened = {};
        remove_files(path);
    }
    TRY(database, Database::open(path, OpenMode::write));
    TRY_VOID(make_tables(*database));
    return out;
}

Seq Outbox::position() const {
    const std::lock_guard lock(mutex_);
    return position_;
}

Result<Seq> Outbox::rebuilt_until(Seq head) {
    const std::lock_guard lock(mutex_);
    auto& database = *tables_->database;
    TRY(const auto kept, about(database, "rebuilt_until"));
    if (kept) {
        return *kept;
    }
    TRY_VOID(set_about(database, "rebuilt_until", head));
    return head;
}

Result<void> Outbox::take_in(std::span<const Message> messages, Seq position, UtcMs now) {
    const std::lock_guard lock(mutex_);
    auto& database = *tables_->database;
    CHECK(position >= position_);
    TRY(auto transaction, Transaction::begin(database));
    for (const Message& message : messages) {
        TRY_VOID(put(database, message, now));
    }
    TRY_VOID(set_about(database, "position", position));
    TRY_VOID(transaction.commit());
    position_ = position;
    return {};
}

Result<std::vector<Message>> Outbox::take_due(UtcMs now, std::size_t limit) {
    CHECK(limit > 0 && limit <= outbox_page_max);
    const std::lock_guard lock(mutex_);
    auto& database = *tables_->database;
    TRY(auto transaction, Transaction::begin(database));
    TRY_VOID(recover(database));
    TRY(auto due,
        impl::messages_of(
            database,
            "SELECT " + std::string(impl::message_columns) +
                " FROM message INDEXED BY message_waiting "  // else it sorts all that wait
                "WHERE state IN (0, 2) AND way <> 5 AND not_before <= ? "
                "ORDER BY not_before, seq, n LIMIT ?",
            {impl::ms_of(now), static_cast<std::int64_t>(limit)}
        ));
    std::vector<Message> out;
    for (Message& message : due) {
        const bool is_first = std::ranges::none_of(out, [&](const Message& other) {
            return other.is_digest && message.is_digest && message.state == MessageState::due &&
                   other.person == message.person && other.way == message.way;
        });
        if (!is_first) {
            continue;  // summed up in the one before
        }
        if (message.is_digest && message.state == MessageState::due) {
            TRY_VOID(sum_up(database, message, now));
        }
        message.state = MessageState::sending;
        TRY_VOID(database.change(
            "UPDATE message SET state = 1, count = ? WHERE seq = ? AND n = ?",
            {message.count, message.id.seq, message.id.n}
        ));
        out.push_back(std::move(message));
    }
    TRY_VOID(transaction.commit());
    return out;
}

Result<void> Outbox::settle(std::span<const Settled> some, UtcMs now) {
    const std::lock_guard lock(mutex_);
    auto& database = *tables_->database;
    TRY(auto transaction, Transaction::begin(database));
    for (const Settled& one : some) {
        TRY_VOID(database.change(
            "UPDATE message SET state = ?, reason = ?, not_before = ?, attempts = attempts + ?, "
            "way = coalesce(?, way), person = coalesce(?, person) WHERE seq = ? AND n = ? AND "
            "state = 1",
            {static_cast<std::int64_t>(one.state),
             one.reason,
             impl::ms_of(one.state == MessageState::waiting ? one.not_before : now),
             one.tried,
             one.way ? Value(static_cast<std::int64_t>(*one.way)) : Value(),
             one.person ? Value(one.person->value) : Value(),
             one.id.seq,
             one.id.n}
        ));
    }
    return transaction.commit();
}

Result<void> Outbox::expand(EffectId id, std::span<const Message> into, UtcMs now) {
    const std::lock_guard lock(mutex_);
    auto& database = *tables_->database;
    TRY(auto transaction, Transaction::begin(database));
    for (const Message& message : into) {
        TRY_VOID(put(database, message, now));
    }
    TRY_VOID(database.change(
        "UPDATE message SET state = 3, reason = '' WHERE seq = ? AND n = ? AND state = 1",
        {id.seq, id.n}
    ));
    return transaction.commit();
}

Result<std::optional<UtcMs>> Outbox::next_due() const {
    const std::lock_guard lock(mutex_);
    TRY(auto cursor,
        tables_->database->query("SELECT not_before FROM message INDEXED BY message_waiting "
                                 "WHERE state IN (0, 2) AND way <> 5 ORDER BY not_before LIMIT 1"));
    TRY(const bool has_row, cursor.next());
    return has_row ? std::optional(UtcMs{Millis{cursor.number(0)}}) : std::nullopt;
}

Result<void> Outbox::forget_before(UtcMs at) {
    const std::lock_guard lock(mutex_);
    return tables_->database->change(
        "DELETE FROM message INDEXED BY message_by_time WHERE state IN (3, 5) AND at < ?",
        {impl::ms_of(at)}
    );
}

Result<std::array<std::int64_t, message_states>> Outbox::counts() const {
    const std::lock_guard lock(mutex_);
    TRY(auto cursor,
        tables_->database->query("SELECT state, count(*) FROM message GROUP BY state"));
    std::array<std::int64_t, message_states> out{};
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        const auto state = static_cast<std::size_t>(cursor.number(0));
        if (state < out.size()) {
            out.at(state) = cursor.number(1);
        }
    }
}

Result<MessagePage>
Outbox::page(MessageState state, const std::optional<EffectId>& after, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    return page_of(
        *tables_->database, "state = " + std::to_string(static_cast<int>(state)), after, limit
    );
}

Result<MessagePage> Outbox::calls(const std::optional<EffectId>& after, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    return page_of(*tables_->database, "way = 5 AND state = 2", after, limit);
}

Result<MessagePage>
Outbox::sent_since(Way way, const std::optional<EffectId>& after, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    return page_of(
        *tables_->database,
        "way = " + std::to_string(static_cast<int>(way)) + " AND state = 3",
        after,
        limit
    );
}

Result<std::optional<Message>> Outbox::find(EffectId id) const {
    const std::lock_guard lock(mutex_);
    TRY(auto found,
        impl::messages_of(
            *tables_->database,
            "SELECT " + std::string(impl::message_columns) +
                " FROM message WHERE seq = ? AND n = ?",
            {id.seq, id.n}
        ));
    return found.empty() ? std::nullopt : std::optional(std::move(found[0]));
}

Result<void> Outbox::send_again(EffectId id, UtcMs now) {
    TRY(const auto found, find(id));
    if (!found || found->state != MessageState::dead) {
        return fail(Errc::not_found, "no dead message has this effect id");
    }
    const std::lock_guard lock(mutex_);
    return tables_->database->change(
        "UPDATE message SET state = 0, attempts = 0, reason = 'again', not_before = ? WHERE seq = "
        "? AND n = ? AND state = 4",
        {impl::ms_of(now), id.seq, id.n}
    );
}

Result<void> Outbox::finish_call(EffectId id, UtcMs now) {
    TRY(const auto found, find(id));
    if (!found || found->way != Way::call || found->state != MessageState::waiting) {
        return fail(Errc::not_found, "no line of the call list has this effect id");
    }
    const std::lock_guard lock(mutex_);
    return tables_->database->change(
        "UPDATE message SET state = 3, not_before = ? WHERE seq = ? AND n = ?",
        {impl::ms_of(now), id.seq, id.n}
    );
}

Result<InboxPage>
Outbox::inbox(PersonId person, const std::optional<EffectId>& after, std::size_t limit) const {
    CHECK(limit > 0 && limit <= outbox_page_max);
    const std::lock_guard lock(mutex_);
    constexpr std::int64_t last = INT64_MAX;
    const EffectId before = after.value_or(EffectId{last, last});
    TRY(auto cursor,
        tables_->database->query(
            "SELECT " + std::string(impl::inbox_columns) +
                " FROM inbox WHERE person = ? AND (seq, n) < (?, ?) ORDER BY seq DESC, n DESC "
                "LIMIT ?",
            {person.value, before.seq, before.n, static_cast<std::int64_t>(limit) + 1}
        ));
    InboxPage out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        if (out.lines.size() == limit) {
            out.next = out.lines.back().id;
            return out;
        }
        TRY(auto line, impl::inbox_line_at(cursor));
        out.lines.push_back(std::move(line));
    }
}

Result<std::int64_t> Outbox::count_unread(PersonId person) const {
    const std::lock_guard lock(mutex_);
    return impl::number_of(
        *tables_->database,
        "SELECT count(*) FROM inbox WHERE person = ? AND read IS NULL",
        {person.value}
    );
}

Result<std::int64_t> Outbox::mark_read(PersonId person, std::span<const EffectId> ids, UtcMs now) {
    const std::lock_guard lock(mutex_);
    auto& database = *tables_->database;
    TRY(auto transaction, Transaction::begin(database));
    std::int64_t count = 0;
    for (const EffectId id : ids) {
        const std::string condition = " WHERE person = ? AND seq = ? AND n = ? AND read IS NULL";
        TRY(const std::int64_t found,
            impl::number_of(
                database, "SELECT count(*) FROM inbox" + condition, {person.value, id.seq, id.n}
            ));
        count += found;
        TRY_VOID(database.change(
            "UPDATE inbox SET read = ?" + condition, {impl::ms_of(now), person.value, id.seq, id.n}
        ));
    }
    TRY_VOID(transaction.commit());
    return count;
}

Result<void> Outbox::mark_all_read(PersonId person, UtcMs now) {
    const std::lock_guard lock(mutex_);
    return tables_->database->change(
        "UPDATE inbox SET read = ? WHERE person = ? AND read IS NULL",
        {impl::ms_of(now), person.value}
    );
}

Result<Choice> Outbox::choice(const Chooser& who) const {
    const std::lock_guard lock(mutex_);
    return impl::choice_of(*tables_->database, who);
}

Result<void> Outbox::choose(const Chooser& who, const Choice& choice) {
    const std::lock_guard lock(mutex_);
    return impl::put_choice(*tables_->database, who, choice);
}

}  // namespace zt::views
