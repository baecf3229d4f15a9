#include "store/sqlite/schema.hpp"

namespace zt::store::sqlite {
namespace {

struct Text {
    Sql sql;
    const char* text;
};

constexpr std::array<Text, sql_count> texts = {{
    {Sql::begin, "BEGIN IMMEDIATE"},
    {Sql::commit, "COMMIT"},
    {Sql::rollback, "ROLLBACK"},
    // One statement, hence one snapshot. last_matter in `head` lags behind while the matter rows
    // tell it.
    {Sql::head,
     "SELECT h.algorithm, max(h.last_matter, coalesce((SELECT max(id) FROM matter), 0)), e.seq, e.hash, a.seq, a.hash, "
     "h.last_matter, h.row_sum "
     "FROM head h LEFT JOIN (SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1) e "
     "LEFT JOIN (SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1) a"},
    {Sql::matter, "SELECT id, version, last_seq, kind, is_open, number FROM matter WHERE id = ?1"},
    {Sql::matter_by_number,
     "SELECT id, version, last_seq, kind, is_open, number FROM matter WHERE number = ?1"},
    {Sql::event,
     "SELECT seq, matter, prev_seq, envelope, payload, sealed, hash FROM event WHERE seq = ?1"},
    {Sql::events,
     "SELECT seq, matter, prev_seq, envelope, payload, sealed, hash FROM event "
     "WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq LIMIT ?3"},
    {Sql::matters,
     "SELECT id, version, last_seq, kind, is_open, number FROM matter WHERE id > ?1 ORDER BY id LIMIT ?2"
    },
    {Sql::key, "SELECT key, body, first_seq, last_seq, row_sum FROM key WHERE key = ?1"},
    {Sql::keys,
     "SELECT key, body, first_seq, last_seq, row_sum FROM key WHERE key > ?1 ORDER BY key LIMIT ?2"
    },
    {Sql::last_key,
     "SELECT key, body, first_seq, last_seq, row_sum FROM key ORDER BY key DESC LIMIT 1"},
    {Sql::claim, "SELECT hash, matter, row_sum FROM claim WHERE hash = ?1"},
    {Sql::claims, "SELECT hash, matter, row_sum FROM claim WHERE hash > ?1 ORDER BY hash LIMIT ?2"},
    {Sql::sequence, "SELECT name, value, row_sum FROM sequence WHERE name = ?1"},
    {Sql::sequences, "SELECT name, value, row_sum FROM sequence"},
    {Sql::seal_key,
     "SELECT slot, matter, wrapped, row_sum FROM seal_key WHERE matter = ?1 ORDER BY slot DESC LIMIT 1"
    },
    {Sql::seal_keys,
     "SELECT slot, matter, wrapped, row_sum FROM seal_key WHERE slot > ?1 ORDER BY slot LIMIT ?2"},
    {Sql::audit, "SELECT seq, text, hash FROM audit WHERE seq >= ?1 ORDER BY seq LIMIT ?2"},
    {Sql::setting, "SELECT name, value, row_sum FROM setting WHERE name = ?1"},
    {Sql::settings, "SELECT name, value, row_sum FROM setting"},
    {Sql::definitions,
     "SELECT type, name, version, text, row_sum FROM definition ORDER BY type, name, version"},
    {Sql::definition, "SELECT text FROM definition WHERE type = ?1 AND name = ?2 AND version = ?3"},
    {Sql::add_head, "INSERT INTO head (one, algorithm, last_matter, row_sum) VALUES (1, ?1, 0, ?2)"
    },
    {Sql::add_event,
     "INSERT INTO event (seq, matter, prev_seq, envelope, payload, sealed, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    },
    {Sql::put_matter,
     "INSERT INTO matter (id, version, last_seq, kind, is_open, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
     "ON CONFLICT (id) DO UPDATE SET version = excluded.version, last_seq = excluded.last_seq, kind = excluded.kind, "
     "is_open = excluded.is_open, number = excluded.number"},
    // Names neither kind nor number in SET: an UPDATE that does would write their index again at
    // each follow-up.
    {Sql::move_matter,
     "UPDATE matter SET version = ?2, last_seq = ?3, is_open = ?5 WHERE id = ?1 AND kind = ?4 AND number IS ?6"
    },
    {Sql::clear_matters, "DELETE FROM matter"},
    {Sql::add_key,
     "INSERT INTO key (key, body, first_seq, last_seq, row_sum) VALUES (?1, ?2, ?3, ?4, ?5)"},
    {Sql::take_claim,
     "INSERT INTO claim (hash, matter, row_sum) VALUES (?1, ?2, ?3) "
     "ON CONFLICT (hash) DO UPDATE SET matter = excluded.matter WHERE matter = excluded.matter"},
    {Sql::free_claim, "DELETE FROM claim WHERE hash = ?1"},
    {Sql::set_sequence,
     "INSERT INTO sequence (name, value, row_sum) VALUES (?1, ?2, ?3) "
     "ON CONFLICT (name) DO UPDATE SET value = excluded.value, row_sum = excluded.row_sum"},
    {Sql::add_seal_key, "INSERT INTO seal_key (matter, wrapped, row_sum) VALUES (?1, ?2, ?3)"},
    {Sql::overwrite_seal_key, "UPDATE seal_key SET wrapped = ?2, row_sum = ?3 WHERE slot = ?1"},
    {Sql::add_audit, "INSERT INTO audit (seq, text, hash) VALUES (?1, ?2, ?3)"},
    {Sql::set_last_matter, "UPDATE head SET last_matter = ?1, row_sum = ?2"},
    {Sql::set_setting,
     "INSERT INTO setting (name, value, row_sum) VALUES (?1, ?2, ?3) "
     "ON CONFLICT (name) DO UPDATE SET value = excluded.value, row_sum = excluded.row_sum"},
    {Sql::add_definition,
     "INSERT INTO definition (type, name, version, text, row_sum) VALUES (?1, ?2, ?3, ?4, ?5)"},
    {Sql::schema, "SELECT sql FROM sqlite_schema WHERE sql = ?1"},
}};

consteval bool in_order() {
    for (std::size_t index = 0; index < sql_count; ++index) {
        if (static_cast<std::size_t>(texts[index].sql) != index) {
            return false;
        }
    }
    return true;
}
static_assert(in_order(), "one text for each Sql, in its order");

}  // namespace

const char* text_of(Sql sql) { return texts[static_cast<std::size_t>(sql)].text; }

}  // namespace zt::store::sqlite
