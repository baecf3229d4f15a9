#include "service/impl/sniff.hpp"

#include "service/impl/office.hpp"

#include <algorithm>
#include <array>
#include <magic.h>
#include <memory>
#include <string>
#include <utility>

namespace zt::service::impl {
namespace {

/// libmagic is not safe to share; a thread that examines files keeps a table of its own.
struct CloseMagic {
    void operator()(magic_set* table) const { magic_close(table); }
};
using Magic = std::unique_ptr<magic_set, CloseMagic>;

// No look into compressed bytes (that is where bombs burst), no tar, no e-mail by its tokens.
constexpr int flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                      MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_JSON;

constexpr std::string_view zip_start = "PK\x03\x04";
constexpr std::string_view ole_start = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Names that libmagic has for what the table calls otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> other_names = {{
    {"application/csv", "text/csv"},
    {"audio/AMR", "audio/amr"},
    {"audio/x-m4a", "audio/mp4"},
    {"audio/x-wav", "audio/wav"},
    {"audio/x-hx-aac-adts", "audio/aac"},
    {"audio/x-hx-aac-adif", "audio/aac"},
    {"application/ogg", "audio/ogg"},
    {"video/x-m4v", "video/mp4"},
    {"video/mp4", "video/mp4"},
    {"image/jpg", "image/jpeg"},
    {"audio/x-mp3", "audio/mpeg"},
    {"application/x-pdf", "application/pdf"},
}};

Result<Magic> open_table();

}  // namespace

Result<std::string_view> magic_type_of(std::string_view bytes) {
    thread_local Magic table;
    if (!table) {
        TRY(table, open_table());
    }
    const char* found = magic_buffer(table.get(), bytes.data(), bytes.size());
    if (found == nullptr) {
        return std::string_view("application/octet-stream");
    }
    // The answer lives in the table until the thread asks again.
    return std::string_view(found);
}

Result<std::string_view> sniff(std::string_view bytes) {
    if (bytes.starts_with(zip_start)) {
        return archive_type(bytes);
    }
    if (bytes.starts_with(ole_start)) {
        return compound_type(bytes);
    }
    TRY(std::string_view type, magic_type_of(bytes));
    const auto* known =
        std::ranges::find(other_names, type, &std::pair<std::string_view, std::string_view>::first);
    if (known != other_names.end()) {
        type = known->second;
    }
    if (!type.starts_with("image/") && ends_as_archive(bytes)) {
        return fail(Errc::unsafe_file, "it is an archive as well");
    }
    return type;
}

namespace {

Result<Magic> open_table() {
    Magic table(magic_open(flags));
    if (!table) {
        return fail(Errc::io_failed, "libmagic cannot be opened");
    }
    if (magic_load(table.get(), nullptr) != 0) {
        return fail(
            Errc::io_failed,
            "the table of file types cannot be read (Debian package libmagic-mgc): " +
                std::string(magic_error(table.get()))
        );
    }
    return table;
}

}  // namespace
}  // namespace zt::service::impl
