#pragma once
// Rows of delivery.db: messages, lines of inboxes, choices.

#include "views/impl/database.hpp"
#include "views/outbox.hpp"

namespace zt::views::impl {

extern const char* const outbox_tables;
/// Of a message, in the order of message_at and values_of.
extern const char* const message_columns;
extern const char* const inbox_columns;

[[nodiscard]] std::int64_t ms_of(UtcMs at);
[[nodiscard]] Value value_of(const std::optional<UtcMs>& at);
[[nodiscard]] std::vector<Value> values_of(const Message& message);
/// errors: damaged.
[[nodiscard]] Result<Message> message_at(const Cursor& cursor);
[[nodiscard]] Result<InboxLine> inbox_line_at(const Cursor& cursor);
/// Every row of the query. errors: damaged, io_failed.
[[nodiscard]] Result<std::vector<Message>>
messages_of(Database& database, const std::string& sql, const std::vector<Value>& values);
[[nodiscard]] Result<std::int64_t>
number_of(Database& database, const std::string& sql, const std::vector<Value>& values);

/// A message that is there already stays as it is.
[[nodiscard]] Result<void> put_message(Database& database, const Message& message);
[[nodiscard]] Result<void>
put_inbox_line(Database& database, const Message& message, const std::optional<UtcMs>& read);
[[nodiscard]] Result<void> put_choice(Database& database, const Chooser& who, const Choice& choice);
[[nodiscard]] Result<Choice> choice_of(Database& database, const Chooser& who);

}  // namespace zt::views::impl
