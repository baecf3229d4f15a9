#pragma once
// How near a hit is to a question: bm25 as FTS5 has it, with one difference. FTS5 counts every
// phrase over the whole table first, so that rare ones weigh more than common ones; where there is
// but one phrase nothing is weighed against it, and that pass, half of the work, is left out.

struct sqlite3;

namespace zt::views::impl {

/// The name it has in SQL: nearness(TABLE, weight of each column…), a real number, more is nearer.
inline constexpr const char* nearness = "nearness";

/// Makes `nearness` known on a connection. out: what SQLite answered.
[[nodiscard]] int add_nearness(sqlite3* handle);

}  // namespace zt::views::impl
