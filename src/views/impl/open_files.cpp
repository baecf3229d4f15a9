// The open set on disk: one file, replaced whole, so that a start need not fold each open matter.
// Lanes follow one another with their rows in order, hence reading them enters each at the end of
// its lane. Whatever is wrong with the file is found by its hash or by a number that names nothing;
// then the set is filled from the matters.

#include "base/check.hpp"
#include "base/hash.hpp"
#include "views/impl/files.hpp"
#include "views/impl/open_rows.hpp"

#include <algorithm>
#include <span>

namespace zt::views {

using impl::ByteReader;
using impl::ByteWriter;

namespace {

constexpr std::string_view magic = "zhitong open set\n";

Hash hash_text(std::string_view bytes);

}  // namespace

Result<void> OpenSet::save(const std::string& path) const {
    ByteWriter writer;
    writer.put_bytes(magic);
    writer.put(open_set_schema);
    rows_->write(writer);
    const Hash hash = hash_text(writer.bytes());
    writer.put_bytes({reinterpret_cast<const char*>(hash.data()), hash.size()});
    return impl::replace_whole(path, writer.bytes());
}

Result<OpenSet> OpenSet::load(const std::string& path) {
    TRY(const std::string bytes, impl::read_whole(path));
    constexpr std::size_t size_min = magic.size() + sizeof open_set_schema + sizeof(Hash);
    if (bytes.size() < size_min || !bytes.starts_with(magic)) {
        return fail(Errc::damaged, "this is no saved open set", path);
    }
    const std::string_view hashed = std::string_view(bytes).substr(0, bytes.size() - sizeof(Hash));
    ByteReader reader(hashed.substr(magic.size()));
    TRY(const auto schema, reader.get<std::uint32_t>());
    if (schema != open_set_schema) {
        return fail(
            Errc::newer_version,
            "the saved open set has schema number " + std::to_string(schema) + ", not " +
                std::to_string(open_set_schema),
            path
        );
    }
    const Hash hash = hash_text(hashed);
    if (!std::ranges::equal(hash, std::span(bytes).last(sizeof(Hash)), {}, {}, [](char byte) {
            return static_cast<std::uint8_t>(byte);
        })) {
        return fail(Errc::damaged, "the hash is not that of the contents", path);
    }
    OpenSet out;
    if (auto read = out.rows_->read(reader); !read) {
        read.error().at = path;
        return std::unexpected(read.error());
    }
    return out;
}

namespace {

Hash hash_text(std::string_view bytes) { return hash_of(HashAlgorithm::sha256, bytes); }

}  // namespace
}  // namespace zt::views

namespace zt::views::impl {
namespace {

/// Of a list in the file that cannot be longer than what is left of it: memory is asked for after.
constexpr std::uint64_t parts_max = 10'000;

std::unexpected<Error> names_nothing(std::string_view what);
template <class T>
Result<T> parsed(std::optional<T> value, std::string_view what);
Result<std::uint64_t> part_count(ByteReader& reader);

}  // namespace

void OpenRows::write(ByteWriter& writer) const {
    writer.put(position);
    writer.put(static_cast<std::uint64_t>(words_.size()));
    for (std::uint32_t word = 0; word < words_.size(); ++word) {
        writer.put_text(words_[word]);
    }
    writer.put_all(ids_.ids());
    writer.put(static_cast<std::uint64_t>(size()));
    for (const Lane& lane : shapes_.lanes()) {
        if (lane.rows.size() > 0) {
            write_lane(writer, lane);
        }
    }
}

void OpenRows::write_lane(ByteWriter& writer, const Lane& lane) const {
    const ShapeKey& key = shapes_.key_of(lane);
    writer.put(key.stage.kind);
    writer.put(key.stage.stage);
    writer.put(key.stage.kind_version);
    writer.put(key.office);
    writer.put(key.registrar);
    writer.put(key.turn);
    writer.put_text(name_of(key.counts));
    writer.put_text(name_of(key.protection));
    writer.put(key.is_record);
    writer.put(key.is_supervised);
    writer.put(static_cast<std::uint64_t>(key.hands.size()));
    for (const HandBit& hand : key.hands) {
        writer.put(hand.org);
        writer.put(hand.post);
        writer.put(hand.role);
        writer.put(hand.turn);
        writer.put_text(name_of(hand.state));
    }
    writer.put_all(key.accused);
    writer.put(static_cast<std::uint64_t>(lane.clocks.size()));
    for (const ClockBit& clock : lane.clocks) {
        writer.put(clock.name);
        writer.put_text(name_of(clock.state));
        writer.put(clock.is_provisional);
        writer.put(clock.is_final);
    }
    writer.put(static_cast<std::uint64_t>(lane.rows.size()));
    for (std::size_t block = 0; block < lane.rows.blocks(); ++block) {
        const auto entries = lane.rows.entries(block);
        for (std::size_t index = 0; index < entries.size(); ++index) {
            const SlimRow& row = slots_[entries[index].slot];
            writer.put(row.matter);
            writer.put_text(row.number);
            writer.put(row.registered);
            writer.put(row.changed);
            writer.put(row.next_due);
            writer.put(row.category);
            writer.put(row.area);
            writer.put(row.channel);
            for (const std::int64_t due : lane.rows.dues(block, index)) {
                writer.put(due);
            }
        }
    }
}

Result<void> OpenRows::read(ByteReader& reader) {
    CHECK(size() == 0 && words_.size() == 0);
    TRY(position, reader.get<Seq>());
    TRY_VOID(read_names(reader));
    TRY(const auto count, reader.get<std::uint64_t>());
    // A row takes more than its id, so the count asks for no more than the file is long.
    if (count > reader.left() / sizeof(std::int64_t)) {
        return fail(Errc::damaged, "it names more rows than it holds");
    }
    slot_of_.reserve(count);
    while (!reader.is_at_end()) {
        TRY_VOID(read_lane(reader));
    }
    if (size() != count) {
        return fail(
            Errc::damaged,
            "it holds " + std::to_string(size()) + " rows, not " + std::to_string(count)
        );
    }
    std::ranges::make_heap(timers_, std::greater{});
    return {};
}

Result<void> OpenRows::read_names(ByteReader& reader) {
    TRY(const auto word_count, reader.get<std::uint64_t>());
    for (std::uint64_t number = 0; number < word_count; ++number) {
        TRY(const std::string word, reader.get_text());
        if (words_.intern(word) != number) {
            return fail(Errc::damaged, "it names the word \"" + word + "\" twice");
        }
    }
    TRY(const auto ids, reader.get_all<std::int64_t>());
    for (std::size_t at = 0; at < ids.size(); ++at) {
        if (ids_.number_of(ids[at]) != at + 1) {
            return fail(Errc::damaged, "it names the id " + std::to_string(ids[at]) + " twice");
        }
    }
    return {};
}

Result<void> OpenRows::read_lane(ByteReader& reader) {
    TRY_VOID(read_shape(reader));
    const std::uint32_t lane = shapes_.lane_of(key_, clocks_);
    if (shapes_.lane(lane).rows.size() > 0) {
        return fail(Errc::damaged, "it holds two lanes of one shape and clocks");
    }
    TRY(const auto rows, reader.get<std::uint64_t>());
    for (std::uint64_t row = 0; row < rows; ++row) {
        TRY_VOID(read_row(reader, lane));
    }
    return {};
}

Result<void> OpenRows::read_shape(ByteReader& reader) {
    TRY(key_.stage.kind, read_small_word(reader));
    TRY(key_.stage.stage, read_small_word(reader));
    TRY(key_.stage.kind_version, reader.get<std::uint32_t>());
    TRY(key_.office, read_id(reader));
    TRY(key_.registrar, read_id(reader));
    TRY(key_.turn, reader.get<std::uint16_t>());
    TRY(const std::string counts, reader.get_text());
    TRY(key_.counts, parsed(parse_counts(counts), counts));
    TRY(const std::string protection, reader.get_text());
    TRY(key_.protection, parsed(parse_protection(protection), protection));
    TRY(key_.is_record, reader.get_bool());
    TRY(key_.is_supervised, reader.get_bool());
    TRY(const auto hand_count, part_count(reader));
    key_.hands.resize(hand_count);
    for (HandBit& hand : key_.hands) {
        TRY(hand.org, read_id(reader));
        TRY(hand.post, read_id(reader));
        TRY(hand.role, read_small_word(reader));
        TRY(hand.turn, reader.get<std::uint16_t>());
        TRY(const std::string state, reader.get_text());
        TRY(hand.state, parsed(parse_hand_state(state), state));
    }
    TRY(key_.accused, reader.get_all<std::uint32_t>());
    if (std::ranges::any_of(key_.accused, [&](std::uint32_t org) {
            return org > ids_.ids().size();
        })) {
        return names_nothing("an accused unit");
    }
    TRY(const auto clock_count, part_count(reader));
    clocks_.resize(clock_count);
    for (ClockBit& clock : clocks_) {
        TRY(clock.name, read_small_word(reader));
        TRY(const std::string state, reader.get_text());
        TRY(clock.state, parsed(parse_clock_state(state), state));
        TRY(clock.is_provisional, reader.get_bool());
        TRY(clock.is_final, reader.get_bool());
    }
    return {};
}

Result<void> OpenRows::read_row(ByteReader& reader, std::uint32_t lane) {
    const std::uint32_t slot = free_slot();
    SlimRow& row = slots_[slot];
    row.lane = lane;
    TRY(row.matter, reader.get<std::int64_t>());
    TRY(row.number, reader.get_text());
    TRY(row.registered, reader.get<std::int64_t>());
    TRY(row.changed, reader.get<std::int64_t>());
    TRY(row.next_due, reader.get<std::int64_t>());
    TRY(row.category, read_word(reader));
    TRY(row.area, read_id(reader));
    TRY(row.channel, read_small_word(reader));
    dues_.resize(clocks_.size());
    for (std::int64_t& due : dues_) {
        TRY(due, reader.get<std::int64_t>());
    }
    if (row.matter == 0 || !slot_of_.try_emplace(row.matter, slot).second) {
        return fail(Errc::damaged, "it holds matter " + std::to_string(row.matter) + " twice");
    }
    shapes_.enter(lane, entry_of(row, slot), dues_);
    if (row.next_due != no_due) {
        timers_.push_back({row.next_due, row.matter});
    }
    return {};
}

Result<std::uint32_t> OpenRows::read_word(ByteReader& reader) const {
    TRY(const auto number, reader.get<std::uint32_t>());
    if (number >= words_.size()) {
        return names_nothing("a word");
    }
    return number;
}

Result<std::uint16_t> OpenRows::read_small_word(ByteReader& reader) const {
    TRY(const auto number, reader.get<std::uint16_t>());
    if (number >= words_.size()) {
        return names_nothing("a word");
    }
    return number;
}

Result<std::uint32_t> OpenRows::read_id(ByteReader& reader) const {
    TRY(const auto number, reader.get<std::uint32_t>());
    if (number > ids_.ids().size()) {
        return names_nothing("an id");
    }
    return number;
}

namespace {

std::unexpected<Error> names_nothing(std::string_view what) {
    return fail(Errc::damaged, std::string(what) + " by a number that names nothing");
}

template <class T>
Result<T> parsed(std::optional<T> value, std::string_view what) {
    if (!value) {
        return fail(Errc::damaged, "it holds the state \"" + std::string(what) + "\"");
    }
    return *value;
}

Result<std::uint64_t> part_count(ByteReader& reader) {
    TRY(const auto count, reader.get<std::uint64_t>());
    if (count > parts_max) {
        return fail(Errc::damaged, "a matter has " + std::to_string(count) + " parts");
    }
    return count;
}

}  // namespace
}  // namespace zt::views::impl
