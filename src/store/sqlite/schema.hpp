#pragma once
// Every SQL text of the ledger, in one place.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace zt::store::sqlite {

/// "ZTLG", so that file(1) and we tell a ledger from another database.
inline constexpr std::int64_t application_id = 0x5A544C47;
/// Tables only grow; a program refuses a file with a higher number.
inline constexpr std::int64_t schema_version = 1;

/// The statements that make the tables; each also stands verbatim in sqlite_schema, where opening
/// looks for it.
inline constexpr std::array<std::string_view, 12> tables = {
    "CREATE TABLE event (seq INTEGER PRIMARY KEY, matter INTEGER NOT NULL, prev_seq INTEGER NOT NULL, "
    "envelope BLOB NOT NULL, payload BLOB NOT NULL, sealed BLOB NOT NULL, hash BLOB NOT NULL) STRICT",
    "CREATE TABLE matter (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, last_seq INTEGER NOT NULL, "
    "kind TEXT NOT NULL, is_open INTEGER NOT NULL, number TEXT) STRICT",
    "CREATE UNIQUE INDEX matter_number ON matter (number) WHERE number IS NOT NULL",
    "CREATE TABLE key (key BLOB PRIMARY KEY, body BLOB NOT NULL, first_seq INTEGER NOT NULL, "
    "last_seq INTEGER NOT NULL, row_sum BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE claim (hash BLOB PRIMARY KEY, matter INTEGER NOT NULL, row_sum BLOB NOT NULL) "
    "STRICT, WITHOUT ROWID",
    "CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL, row_sum BLOB NOT NULL) "
    "STRICT, WITHOUT ROWID",
    // Rows are only ever put behind the last one and overwritten in place: a page that holds a key
    // is never split or merged, since that would leave copies in the gaps of pages, out of reach of
    // secure_delete.
    "CREATE TABLE seal_key (slot INTEGER PRIMARY KEY, matter INTEGER NOT NULL, "
    "wrapped BLOB NOT NULL, row_sum BLOB NOT NULL) STRICT",
    "CREATE INDEX seal_key_matter ON seal_key (matter)",
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, text TEXT NOT NULL, hash BLOB NOT NULL) STRICT",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL, row_sum BLOB NOT NULL) "
    "STRICT, WITHOUT ROWID",
    "CREATE TABLE definition (type TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, "
    "text TEXT NOT NULL, row_sum BLOB NOT NULL, PRIMARY KEY (type, name, version)) STRICT",
    "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), algorithm INTEGER NOT NULL, "
    "last_matter INTEGER NOT NULL, row_sum BLOB NOT NULL) STRICT",
};

/// The statements of the running program, prepared once a connection.
enum class Sql : std::uint8_t {
    begin,
    commit,
    rollback,
    head,
    matter,
    matter_by_number,
    event,
    events,
    matters,
    key,
    keys,
    last_key,
    claim,
    claims,
    sequence,
    sequences,
    seal_key,
    seal_keys,
    audit,
    setting,
    settings,
    definitions,
    definition,
    add_head,
    add_event,
    put_matter,
    move_matter,
    clear_matters,
    add_key,
    take_claim,
    free_claim,
    set_sequence,
    add_seal_key,
    overwrite_seal_key,
    add_audit,
    set_last_matter,
    set_setting,
    add_definition,
    schema,
};
inline constexpr std::size_t sql_count = static_cast<std::size_t>(Sql::schema) + 1;

[[nodiscard]] const char* text_of(Sql sql);

}  // namespace zt::store::sqlite
