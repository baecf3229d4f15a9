#include "views/impl/outbox_rows.hpp"

#include "base/text.hpp"

namespace zt::views::impl {

const char* const outbox_tables = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE message (
    seq INTEGER NOT NULL, n INTEGER NOT NULL, way INTEGER NOT NULL, matter INTEGER NOT NULL,
    party INTEGER NOT NULL, person INTEGER NOT NULL, org INTEGER NOT NULL, role TEXT NOT NULL,
    what INTEGER NOT NULL, text TEXT NOT NULL, number TEXT NOT NULL, at INTEGER NOT NULL,
    due INTEGER, why TEXT NOT NULL, is_neutral INTEGER NOT NULL, is_at_once INTEGER NOT NULL,
    is_digest INTEGER NOT NULL, clock INTEGER NOT NULL, not_before INTEGER NOT NULL,
    state INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (seq, n)
) WITHOUT ROWID;
CREATE INDEX message_waiting ON message (not_before, seq, n) WHERE state IN (0, 2) AND way <> 5;
CREATE INDEX message_by_state ON message (state, seq, n);
CREATE INDEX message_by_way ON message (way, seq, n);
CREATE INDEX message_digest ON message (person, way) WHERE is_digest = 1 AND state = 0;
CREATE INDEX message_by_time ON message (at) WHERE state IN (3, 5);
CREATE TABLE inbox (
    person INTEGER NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, matter INTEGER NOT NULL,
    what INTEGER NOT NULL, text TEXT NOT NULL, number TEXT NOT NULL, at INTEGER NOT NULL,
    due INTEGER, why TEXT NOT NULL, is_neutral INTEGER NOT NULL, read INTEGER,
    PRIMARY KEY (person, seq, n)
) WITHOUT ROWID;
CREATE INDEX inbox_unread ON inbox (person, seq, n) WHERE read IS NULL;
CREATE TABLE choice (
    person INTEGER NOT NULL, matter INTEGER NOT NULL, party INTEGER NOT NULL, muted TEXT NOT NULL,
    way INTEGER, is_at_once INTEGER NOT NULL, digest_minute INTEGER,
    PRIMARY KEY (person, matter, party)
) WITHOUT ROWID;
)sql";

const char* const message_columns =
    "seq, n, way, matter, party, person, org, role, what, text, number, at, due, why, is_neutral, "
    "is_at_once, is_digest, clock, not_before, state, attempts, reason, count";
const char* const inbox_columns =
    "seq, n, matter, what, text, number, at, due, why, is_neutral, read";

namespace {

UtcMs instant_of(std::int64_t ms) { return UtcMs{Millis{ms}}; }

std::optional<UtcMs> optional_instant(const Cursor& cursor, int column) {
    return cursor.is_null(column) ? std::nullopt : std::optional(instant_of(cursor.number(column)));
}

Result<std::uint8_t> small_number(const Cursor& cursor, int column, std::size_t count) {
    const std::int64_t value = cursor.number(column);
    if (value < 0 || value >= static_cast<std::int64_t>(count)) {
        return fail(Errc::damaged, "a word of delivery.db is not one of ours");
    }
    return static_cast<std::uint8_t>(value);
}

constexpr std::size_t ways_known = 7;

}  // namespace

std::int64_t ms_of(UtcMs at) { return at.time_since_epoch().count(); }

Value value_of(const std::optional<UtcMs>& at) { return at ? Value(ms_of(*at)) : Value(); }

std::vector<Value> values_of(const Message& message) {
    const auto flag = [](bool is) { return Value(std::int64_t{is ? 1 : 0}); };
    const auto word = [](auto value) { return Value(static_cast<std::int64_t>(value)); };
    return {
        message.id.seq,
        message.id.n,
        word(message.way),
        message.matter.value,
        std::int64_t{message.party},
        message.person.value,
        message.org.value,
        message.role,
        word(message.what),
        message.text,
        message.number,
        ms_of(message.at),
        value_of(message.due),
        message.why,
        flag(message.is_neutral),
        flag(message.is_at_once),
        flag(message.is_digest),
        std::int64_t{message.clock},
        ms_of(message.not_before),
        word(message.state),
        message.attempts,
        message.reason,
        message.count
    };
}

Result<Message> message_at(const Cursor& cursor) {
    Message out;
    out.id = {cursor.number(0), cursor.number(1)};
    TRY(const auto way, small_number(cursor, 2, ways_known));
    TRY(const auto what, small_number(cursor, 8, notice_classes));
    TRY(const auto state, small_number(cursor, 19, message_states));
    out.way = static_cast<Way>(way);
    out.matter = MatterId{cursor.number(3)};
    out.party = static_cast<PartNo>(cursor.number(4));
    out.person = PersonId{cursor.number(5)};
    out.org = OrgId{cursor.number(6)};
    out.role = cursor.text(7);
    out.what = static_cast<NoticeClass>(what);
    out.text = cursor.text(9);
    out.number = cursor.text(10);
    out.at = instant_of(cursor.number(11));
    out.due = optional_instant(cursor, 12);
    out.why = cursor.text(13);
    out.is_neutral = cursor.number(14) != 0;
    out.is_at_once = cursor.number(15) != 0;
    out.is_digest = cursor.number(16) != 0;
    out.clock = static_cast<PartNo>(cursor.number(17));
    out.not_before = instant_of(cursor.number(18));
    out.state = static_cast<MessageState>(state);
    out.attempts = cursor.number(20);
    out.reason = cursor.text(21);
    out.count = cursor.number(22);
    return out;
}

Result<InboxLine> inbox_line_at(const Cursor& cursor) {
    TRY(const auto what, small_number(cursor, 3, notice_classes));
    InboxLine out;
    out.id = {cursor.number(0), cursor.number(1)};
    out.matter = MatterId{cursor.number(2)};
    out.what = static_cast<NoticeClass>(what);
    out.text = cursor.text(4);
    out.number = cursor.text(5);
    out.at = instant_of(cursor.number(6));
    out.due = optional_instant(cursor, 7);
    out.why = cursor.text(8);
    out.is_neutral = cursor.number(9) != 0;
    out.read = optional_instant(cursor, 10);
    return out;
}

Result<std::vector<Message>>
messages_of(Database& database, const std::string& sql, const std::vector<Value>& values) {
    TRY(auto cursor, database.query(sql, values));
    std::vector<Message> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        TRY(auto message, message_at(cursor));
        out.push_back(std::move(message));
    }
}

Result<std::int64_t>
number_of(Database& database, const std::string& sql, const std::vector<Value>& values) {
    TRY(auto cursor, database.query(sql, values));
    TRY(const bool has_row, cursor.next());
    return has_row ? cursor.number(0) : 0;
}

Result<void> put_message(Database& database, const Message& message) {
    return database.change(
        "INSERT OR IGNORE INTO message (" + std::string(message_columns) +
            ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        values_of(message)
    );
}

Result<void>
put_inbox_line(Database& database, const Message& message, const std::optional<UtcMs>& read) {
    return database.change(
        "INSERT OR IGNORE INTO inbox (person, " + std::string(inbox_columns) +
            ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        {message.person.value,
         message.id.seq,
         message.id.n,
         message.matter.value,
         static_cast<std::int64_t>(message.what),
         message.text,
         message.number,
         ms_of(message.at),
         value_of(message.due),
         message.why,
         std::int64_t{message.is_neutral ? 1 : 0},
         value_of(read)}
    );
}

Result<void> put_choice(Database& database, const Chooser& who, const Choice& choice) {
    std::vector<std::string> muted;
    for (const NoticeClass what : choice.muted) {
        muted.emplace_back(name_of(what));
    }
    return database.change(
        "INSERT OR REPLACE INTO choice VALUES (?,?,?,?,?,?,?)",
        {who.person.value,
         who.matter.value,
         std::int64_t{who.party},
         join(muted, ","),
         choice.way ? Value(static_cast<std::int64_t>(*choice.way)) : Value(),
         std::int64_t{choice.is_at_once ? 1 : 0},
         choice.digest_minute ? Value(std::int64_t{*choice.digest_minute}) : Value()}
    );
}

Result<Choice> choice_of(Database& database, const Chooser& who) {
    TRY(auto cursor,
        database.query(
            "SELECT muted, way, is_at_once, digest_minute FROM choice WHERE person = ? AND "
            "matter = ? AND party = ?",
            {who.person.value, who.matter.value, std::int64_t{who.party}}
        ));
    TRY(const bool has_row, cursor.next());
    Choice out;
    if (!has_row) {
        return out;
    }
    for (const auto& name : split(cursor.text(0), ',')) {
        if (const auto what = parse_notice_class(name)) {
            out.muted.push_back(*what);
        }
    }
    if (!cursor.is_null(1)) {
        TRY(const auto way, small_number(cursor, 1, ways_known));
        out.way = static_cast<Way>(way);
    }
    out.is_at_once = cursor.number(2) != 0;
    if (!cursor.is_null(3)) {
        out.digest_minute = static_cast<int>(cursor.number(3));
    }
    return out;
}

}  // namespace zt::views::impl
