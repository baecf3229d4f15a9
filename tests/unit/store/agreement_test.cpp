// Random histories: the SQLite store and the memory store, which is simple enough to be believed,
// answer alike.

#include "unit/store/worlds.hpp"

#include <rapidcheck.h>

namespace zt::store::test {
namespace {

MatterId any_matter(const Writer& writer) {
    return MatterId{*rc::gen::inRange<std::int64_t>(1, writer.head().last_matter.value + 1)};
}

/// A batch of every kind of row; now and then one that contradicts what is there.
Batch any_batch(Writer& writer) {
    Batch batch = writer.hand_ins(*rc::gen::inRange(0, 4));
    if (writer.head().last_matter.value == 0) {
        return batch;
    }
    const MatterId matter = any_matter(writer);
    const int spoiled_once_in = 4;
    if (*rc::gen::inRange(0, spoiled_once_in) == 0) {
        batch.claims.push_back({hash_with(any_matter(writer).value), matter});
    }
    if (*rc::gen::arbitrary<bool>()) {
        batch.claims.push_back({hash_with(any_matter(writer).value), MatterId{}});
    }
    if (*rc::gen::arbitrary<bool>()) {
        const auto size = static_cast<std::size_t>(*rc::gen::element(0, 5, 76, 300));
        batch.seal_keys.push_back({matter, std::string(size, 'k')});
    }
    batch.sequences.push_back({"appeal/2022", *rc::gen::inRange<std::int64_t>(0, 100)});
    return batch;
}

TEST(Agreement, sqlite_and_memory_answer_alike_after_any_history) {
    EXPECT_TRUE(rc::check([] {
        World sqlite(World::Kind::sqlite);
        World memory(World::Kind::memory);
        Writer writer;
        const int count = *rc::gen::inRange(1, 6);
        for (int index = 0; index < count; ++index) {
            const Writer before = writer;
            const Batch batch = any_batch(writer);
            const Result<void> one = sqlite->append(batch);
            const Result<void> other = memory->append(batch);
            RC_ASSERT(one.has_value() == other.has_value());
            if (!one) {
                RC_ASSERT(one.error().code == other.error().code);
                writer = before;
            }
        }
        sqlite.reopen();
        RC_ASSERT(content_of(sqlite.store()) == content_of(memory.store()));
    }));
}

}  // namespace
}  // namespace zt::store::test
