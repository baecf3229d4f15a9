// Figures on disk. One file a segment and one `index` that names them with their hashes; a save
// writes the segments that changed under new names, then replaces the index, then removes what no
// index names. Whatever moment a crash picks, the index that lies there names files that are whole.
// Everything is found by hash or rebuilt from the ledger.

#include "base/hash.hpp"
#include "views/figures.hpp"
#include "views/impl/bytes.hpp"
#include "views/impl/fact_store.hpp"
#include "views/impl/files.hpp"

#include <filesystem>
#include <set>

namespace zt::views {

using impl::ByteReader;
using impl::ByteWriter;
using impl::Column;
using impl::FactStore;
using impl::Segment;

namespace {

constexpr std::string_view magic = "zhitong figures\n";
constexpr std::string_view index_name = "index";
constexpr std::string_view segment_suffix = ".segment";
constexpr std::size_t hash_size = 64;  // hex digits
constexpr std::uint16_t day_of_year_max = 365;

std::string hash_text(std::string_view bytes);
std::string segment_bytes(const Segment& segment);
Result<Segment> read_segment(std::string_view bytes, std::size_t cell_count);
std::string index_bytes(const FactStore& facts);
/// Everything but the contents of the segments.
Result<void> read_index(FactStore& facts, std::string_view bytes);
Result<void> read_words(FactStore& facts, ByteReader& reader);
Result<void> read_segment_rows(FactStore& facts, ByteReader& reader);
Result<void> load_segments(FactStore& facts, const std::string& folder);
/// Segment files that the index does not name: left by an earlier save or a crash.
void remove_unnamed(const FactStore& facts, const std::string& folder);

}  // namespace

Result<void> Figures::save(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) {
        return fail(Errc::io_failed, "the folder cannot be made: " + problem.message(), folder);
    }
    for (auto& [key, segment] : facts_->segments) {
        if (!segment.is_dirty && std::filesystem::exists(folder + "/" + segment.file, problem)) {
            continue;
        }
        const std::string bytes = segment_bytes(segment);
        segment.file = std::to_string(key.indicator) + "-" + std::to_string(key.year) + "-" +
                       std::to_string(facts_->position) + std::string(segment_suffix);
        segment.file_hash = hash_text(bytes);
        TRY_VOID(impl::replace_whole(folder + "/" + segment.file, bytes));
        segment.is_dirty = false;
    }
    TRY_VOID(impl::replace_whole(folder + "/" + std::string(index_name), index_bytes(*facts_)));
    remove_unnamed(*facts_, folder);
    return {};
}

Result<Figures> Figures::load(const std::string& folder) {
    const std::string path = folder + "/" + std::string(index_name);
    TRY(const std::string bytes, impl::read_whole(path));
    Figures out;
    if (auto read = read_index(*out.facts_, bytes); !read) {
        read.error().at = path;
        return std::unexpected(read.error());
    }
    TRY_VOID(load_segments(*out.facts_, folder));
    return out;
}

namespace {

std::string hash_text(std::string_view bytes) {
    return to_hex(hash_of(HashAlgorithm::sha256, bytes));
}

template <class T>
void put_column(ByteWriter& writer, const Column<T>& column) {
    writer.put(static_cast<std::uint64_t>(column.size()));
    writer.put_all(
        column.is_constant() && column.size() > 0 ? std::vector<T>{column[0]} : column.values()
    );
}

template <class T>
Result<Column<T>> get_column(ByteReader& reader) {
    TRY(const auto size, reader.get<std::uint64_t>());
    TRY(auto values, reader.get_all<T>());
    if (size > 0 && values.size() == 1) {
        return Column<T>::of_constant(values[0], size);
    }
    if (values.size() != size) {
        return fail(
            Errc::damaged,
            "a column has " + std::to_string(values.size()) + " values, not " + std::to_string(size)
        );
    }
    return Column<T>::of_values(std::move(values));
}

std::string segment_bytes(const Segment& segment) {
    ByteWriter writer;
    put_column(writer, segment.day_of_year);
    put_column(writer, segment.cell);
    put_column(writer, segment.subject);
    put_column(writer, segment.amount);
    put_column(writer, segment.matter);
    put_column(writer, segment.seq);
    return writer.bytes();
}

Result<Segment> read_segment(std::string_view bytes, std::size_t cell_count) {
    ByteReader reader(bytes);
    Segment out;
    TRY(out.day_of_year, get_column<std::uint16_t>(reader));
    TRY(out.cell, get_column<std::uint32_t>(reader));
    TRY(out.subject, get_column<std::int64_t>(reader));
    TRY(out.amount, get_column<std::int64_t>(reader));
    TRY(out.matter, get_column<std::uint32_t>(reader));
    TRY(out.seq, get_column<std::int64_t>(reader));
    const std::size_t size = out.size();
    if (out.day_of_year.size() != size || out.cell.size() != size || out.subject.size() != size ||
        out.amount.size() != size || out.matter.size() != size || !reader.is_at_end()) {
        return fail(Errc::damaged, "the columns are not of one length");
    }
    for (std::size_t index = 0; index < size; ++index) {
        if (out.cell[index] >= cell_count || out.day_of_year[index] > day_of_year_max) {
            return fail(
                Errc::damaged,
                "fact " + std::to_string(index) + " names a cell or a day that is not there"
            );
        }
    }
    return out;
}

std::string index_bytes(const FactStore& facts) {
    ByteWriter writer;
    writer.put(figures_schema);
    writer.put(facts.position);
    writer.put(static_cast<std::uint64_t>(facts.words.size()));
    for (std::uint32_t word = 0; word < facts.words.size(); ++word) {
        writer.put_text(facts.words[word]);
    }
    writer.put(static_cast<std::uint64_t>(facts.cells.size()));
    for (const impl::Cell& cell : facts.cells) {
        writer.put(cell.kind);
        writer.put(cell.channel);
        writer.put(cell.category);
        writer.put(cell.org.value);
        writer.put(cell.area.value);
    }
    writer.put(static_cast<std::uint64_t>(facts.segments.size()));
    for (const auto& [key, segment] : facts.segments) {
        writer.put(key.indicator);
        writer.put(key.year);
        writer.put_text(segment.file);
        writer.put_text(segment.file_hash);
    }
    return std::string(magic) + writer.bytes() + hash_text(writer.bytes());
}

Result<void> read_index(FactStore& facts, std::string_view bytes) {
    if (!bytes.starts_with(magic) || bytes.size() < magic.size() + hash_size) {
        return fail(Errc::damaged, "this is no index of figures; it is rebuilt from the ledger");
    }
    const std::string_view body =
        bytes.substr(magic.size(), bytes.size() - magic.size() - hash_size);
    ByteReader reader(body);
    TRY(const auto schema, reader.get<std::uint32_t>());
    if (schema != figures_schema) {
        return fail(
            Errc::newer_version,
            "the figures have schema number " + std::to_string(schema) + ", not " +
                std::to_string(figures_schema) + "; they are rebuilt from the ledger"
        );
    }
    if (hash_text(body) != bytes.substr(bytes.size() - hash_size)) {
        return fail(
            Errc::damaged,
            "the hash of the index is not that of its contents; it is rebuilt from the ledger"
        );
    }
    TRY(facts.position, reader.get<std::int64_t>());
    TRY_VOID(read_words(facts, reader));
    TRY_VOID(read_segment_rows(facts, reader));
    return reader.is_at_end() ? Result<void>{}
                              : fail(Errc::damaged, "the index goes on after its end");
}

Result<void> read_words(FactStore& facts, ByteReader& reader) {
    TRY(const auto word_count, reader.get<std::uint64_t>());
    for (std::uint64_t number = 0; number < word_count; ++number) {
        TRY(const std::string word, reader.get_text());
        if (facts.words.intern(word) != number) {
            return fail(Errc::damaged, "the index names the word \"" + word + "\" twice");
        }
    }
    TRY(const auto cell_count, reader.get<std::uint64_t>());
    for (std::uint64_t number = 0; number < cell_count; ++number) {
        impl::Cell cell;
        TRY(cell.kind, reader.get<std::uint32_t>());
        TRY(cell.channel, reader.get<std::uint32_t>());
        TRY(cell.category, reader.get<std::uint32_t>());
        TRY(cell.org.value, reader.get<std::int64_t>());
        TRY(cell.area.value, reader.get<std::int64_t>());
        if (std::max({cell.kind, cell.channel, cell.category}) >= word_count ||
            facts.intern(cell) != number) {
            return fail(
                Errc::damaged, "cell " + std::to_string(number) + " of the index is not sound"
            );
        }
    }
    return {};
}

Result<void> read_segment_rows(FactStore& facts, ByteReader& reader) {
    TRY(const auto segment_count, reader.get<std::uint64_t>());
    for (std::uint64_t number = 0; number < segment_count; ++number) {
        impl::SegmentKey key;
        TRY(key.indicator, reader.get<std::uint32_t>());
        TRY(key.year, reader.get<std::int32_t>());
        Segment& segment = facts.segments[key];
        TRY(segment.file, reader.get_text());
        TRY(segment.file_hash, reader.get_text());
        if (key.indicator >= facts.words.size() || segment.file.find('/') != std::string::npos) {
            return fail(
                Errc::damaged, "segment " + std::to_string(number) + " of the index is not sound"
            );
        }
    }
    return {};
}

Result<void> load_segments(FactStore& facts, const std::string& folder) {
    for (auto& [key, segment] : facts.segments) {
        const std::string path = folder + "/" + segment.file;
        auto bytes = impl::read_whole(path);
        if (!bytes) {
            return fail(
                Errc::damaged, "a segment that the index names " + bytes.error().detail, path
            );
        }
        if (hash_text(*bytes) != segment.file_hash) {
            return fail(
                Errc::damaged,
                "the hash of the segment is not that in the index; it is rebuilt from the ledger",
                path
            );
        }
        auto read = read_segment(*bytes, facts.cells.size());
        if (!read) {
            return fail(Errc::damaged, read.error().detail, path);
        }
        read->file = segment.file;
        read->file_hash = segment.file_hash;
        read->is_dirty = false;
        segment = *std::move(read);
    }
    return {};
}

void remove_unnamed(const FactStore& facts, const std::string& folder) {
    std::set<std::string> named;
    for (const auto& [key, segment] : facts.segments) {
        named.insert(segment.file);
    }
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(segment_suffix) && !named.contains(name)) {
            std::error_code left;  // a file that stays costs space only; the next save tries again
            std::filesystem::remove(entry.path(), left);
        }
    }
}

}  // namespace
}  // namespace zt::views
