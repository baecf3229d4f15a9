#include "service/impl/office.hpp"

#include "service/attachment.hpp"
#include "service/impl/zip.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace zt::service::impl {
namespace {

/// An archive of this size may be packed as hard as it likes; blank tables are.
constexpr std::int64_t small_unpacked_bytes = std::int64_t{16} << 20U;
/// Beyond it nothing real is packed harder: XML of large tables comes to 30.
constexpr std::int64_t packing_ratio_max = 100;
/// A document may hold documents (a table in a letter); those may not.
constexpr int depth_max = 1;
constexpr std::int64_t nested_bytes_max = std::int64_t{16} << 20U;
constexpr std::size_t type_entry_bytes_max = 256;

/// What one file may still unpack to, documents within it included.
struct Budget {
    std::int64_t bytes = unpacked_bytes_max;
    std::int64_t entries = archive_entries_max;
};

struct KnownEntry {
    std::string_view name;  ///< what must stand in the archive
    std::string_view type;
};
constexpr std::array<KnownEntry, 4> by_entry = {{
    {"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    },
    {"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt/presentation.xml",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"OFD.xml", "application/ofd"},
}};
constexpr std::array<std::string_view, 3> open_document_types = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
};

Result<std::string_view> examine(std::string_view bytes, Budget& budget, int depth);
Result<void> count_entry(const ZipEntry& entry, Budget& budget, int depth);
Result<std::string_view> type_by_entries(const std::vector<ZipEntry>& entries);
bool is_macro(std::string_view name);
bool begins_as_archive(std::string_view bytes);
/// The directory of a compound file has an entry of that name.
bool has_stream(std::string_view bytes, std::string_view name);

}  // namespace

Result<std::string_view> archive_type(std::string_view bytes) {
    Budget budget;
    return examine(bytes, budget, 0);
}

Result<std::string_view> compound_type(std::string_view bytes) {
    const auto holds = [bytes](std::string_view name) { return has_stream(bytes, name); };
    if (holds("_VBA_PROJECT") || holds("Macros")) {
        return fail(Errc::type_refused, "the document holds macros");
    }
    if (holds("EncryptedPackage")) {
        return fail(Errc::type_refused, "it is encrypted, so that nobody can see what it holds");
    }
    if (holds("WordDocument")) {
        return std::string_view("application/msword");
    }
    if (holds("Workbook")) {
        return std::string_view("application/vnd.ms-excel");
    }
    if (holds("PowerPoint Document")) {
        return std::string_view("application/vnd.ms-powerpoint");
    }
    return fail(Errc::type_refused, "a compound file that is no document");
}

namespace {

Result<std::string_view> examine(std::string_view bytes, Budget& budget, int depth) {
    TRY(const std::vector<ZipEntry> entries, read_zip(bytes));
    budget.entries -= static_cast<std::int64_t>(entries.size());
    std::int64_t unpacked = 0;
    for (const ZipEntry& entry : entries) {
        unpacked += entry.unpacked_bytes;
    }
    // Declared sizes first: what already says that it bursts is not unpacked to see it.
    if (budget.entries < 0 || unpacked > budget.bytes ||
        (unpacked > small_unpacked_bytes &&
         unpacked / packing_ratio_max > static_cast<std::int64_t>(bytes.size()))) {
        return fail(Errc::unsafe_file, "it unpacks to more than an office document does");
    }
    budget.bytes -= unpacked;
    for (const ZipEntry& entry : entries) {
        TRY_VOID(count_entry(entry, budget, depth));
    }
    return type_by_entries(entries);
}

Result<void> count_entry(const ZipEntry& entry, Budget& budget, int depth) {
    if (is_macro(entry.name)) {
        return fail(Errc::type_refused, "the document holds macros");
    }
    constexpr std::int64_t first_bytes = 8;
    TRY(const std::string first, unpack(entry, first_bytes));
    if (!begins_as_archive(first)) {
        return {};
    }
    if (!first.starts_with("PK\x03\x04") || depth >= depth_max ||
        entry.unpacked_bytes > nested_bytes_max) {
        return fail(Errc::unsafe_file, "archives within archives");
    }
    TRY(const std::string inner, unpack(entry, nested_bytes_max));
    TRY([[maybe_unused]] const std::string_view type, examine(inner, budget, depth + 1));
    return {};
}

Result<std::string_view> type_by_entries(const std::vector<ZipEntry>& entries) {
    const auto find = [&entries](std::string_view name) {
        return std::ranges::find(entries, name, &ZipEntry::name);
    };
    for (const KnownEntry& known : by_entry) {
        const bool is_ofd = known.name == "OFD.xml";
        if (find(known.name) != entries.end() &&
            (is_ofd || find("[Content_Types].xml") != entries.end())) {
            return known.type;
        }
    }
    const auto named = find("mimetype");
    if (named != entries.end()) {
        TRY(const std::string type, unpack(*named, type_entry_bytes_max));
        const auto* known = std::ranges::find(open_document_types, type);
        if (known != open_document_types.end()) {
            return *known;
        }
    }
    return fail(Errc::type_refused, "an archive that is no office document");
}

bool is_macro(std::string_view name) {
    constexpr std::array<std::string_view, 5> parts = {
        "vbaProject", "vbaData", "macrosheets/", "activeX/", ".exe"
    };
    constexpr std::array<std::string_view, 2> starts = {"Basic/", "Scripts/"};
    return std::ranges::any_of(
               parts, [name](auto part) { return name.find(part) != std::string_view::npos; }
           ) ||
           std::ranges::any_of(starts, [name](auto start) { return name.starts_with(start); });
}

bool begins_as_archive(std::string_view bytes) {
    constexpr std::array<std::string_view, 7> starts = {
        "PK\x03\x04",
        "PK\x05\x06",
        "\x1F\x8B\x08",
        "7z\xBC\xAF",
        "Rar!",
        "\xFD"
        "7zXZ",
        "BZh"
    };
    return std::ranges::any_of(starts, [bytes](auto start) { return bytes.starts_with(start); });
}

bool has_stream(std::string_view bytes, std::string_view name) {
    // Two bytes a character and an end; entries stand at multiples of their size, which words in
    // the text of a document hardly do ([MS-CFB], 2.6.1).
    constexpr std::size_t entry_bytes = 128;
    std::string wide;
    for (const char letter : name) {
        wide += letter;
        wide += '\0';
    }
    wide.append(2, '\0');
    std::size_t at = bytes.find(wide);
    while (at != std::string_view::npos && at % entry_bytes != 0) {
        at = bytes.find(wide, at + 1);
    }
    return at != std::string_view::npos;
}

}  // namespace
}  // namespace zt::service::impl
