#include "service/attachment.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "service/impl/picture.hpp"
#include "service/impl/sniff.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace zt::service {
namespace {

constexpr std::array groups = {
    FileGroup::picture,
    FileGroup::pdf,
    FileGroup::office,
    FileGroup::text,
    FileGroup::audio,
    FileGroup::video,
};

// What is not here is not taken: pages, scripts, programmes, other archives, and picture formats
// whose decoders have a bad record (TIFF, HEIF) or which no browser shows.
constexpr std::array<FileType, 23> types = {{
    {"image/jpeg", FileGroup::picture, "jpg jpeg jpe jfif"},
    {"image/png", FileGroup::picture, "png"},
    {"image/webp", FileGroup::picture, "webp"},
    {"application/pdf", FileGroup::pdf, "pdf"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     FileGroup::office,
     "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileGroup::office, "xlsx"
    },
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation",
     FileGroup::office,
     "pptx"},
    {"application/vnd.oasis.opendocument.text", FileGroup::office, "odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", FileGroup::office, "ods"},
    {"application/vnd.oasis.opendocument.presentation", FileGroup::office, "odp"},
    {"application/ofd", FileGroup::office, "ofd"},  // GB/T 33190
    {"application/msword", FileGroup::office, "doc wps"},
    {"application/vnd.ms-excel", FileGroup::office, "xls et"},
    {"application/vnd.ms-powerpoint", FileGroup::office, "ppt dps"},
    {"text/plain", FileGroup::text, "txt text log md csv"},
    {"text/csv", FileGroup::text, "csv txt"},
    {"audio/mpeg", FileGroup::audio, "mp3"},
    {"audio/mp4", FileGroup::audio, "m4a mp4"},
    {"audio/amr", FileGroup::audio, "amr"},
    {"audio/wav", FileGroup::audio, "wav"},
    {"video/mp4", FileGroup::video, "mp4 m4v m4a"},
    {"video/quicktime", FileGroup::video, "mov"},
    {"video/3gpp", FileGroup::video, "3gp 3gpp"},
}};

Result<void> check_text_name(std::string_view name, const FileType& type);
bool has_extension_of(std::string_view name, const FileType& type);
/// Lower-case, without the dot; empty when there is none.
std::string extension_of(std::string_view name);

}  // namespace

std::span<const FileGroup> all_file_groups() { return groups; }

std::string_view name_of(FileGroup group) {
    switch (group) {
    case FileGroup::picture: return "picture";
    case FileGroup::pdf: return "pdf";
    case FileGroup::office: return "office";
    case FileGroup::text: return "text";
    case FileGroup::audio: return "audio";
    case FileGroup::video: return "video";
    }
    UNREACHABLE();
}

std::span<const FileType> file_types() { return types; }

const FileType* find_file_type(std::string_view type) {
    const auto* row = std::ranges::find(types, type, &FileType::type);
    return row == types.end() ? nullptr : row;
}

Result<FileFacts>
look_at(std::string_view bytes, std::string_view name, std::span<const FileGroup> allowed) {
    if (static_cast<std::int64_t>(bytes.size()) > attachment_bytes_max) {
        return fail(Errc::too_large, "it is larger than any file may be");
    }
    if (bytes.empty()) {
        return fail(Errc::type_refused, "it is empty");
    }
    TRY(const std::string_view sniffed, impl::sniff(bytes));
    const FileType* type = find_file_type(sniffed);
    if (type == nullptr || std::ranges::find(allowed, type->group) == allowed.end()) {
        return fail(Errc::type_refused, std::string(sniffed));
    }
    if (type->group == FileGroup::text) {
        TRY_VOID(check_text_name(name, *type));
    }
    FileFacts facts;
    facts.name = safe_file_name(name, *type);
    facts.type = type->type;
    facts.bytes = static_cast<std::int64_t>(bytes.size());
    facts.extension_differs = !has_extension_of(name, *type);
    facts.may_carry_metadata = type->group != FileGroup::picture && type->group != FileGroup::text;
    if (type->group == FileGroup::picture) {
        TRY(const impl::PictureSize size, impl::measure(type->type, bytes));
        facts.width = static_cast<int>(size.width);
        facts.height = static_cast<int>(size.height);
    }
    return facts;
}

Result<CleanFile> clean(std::string_view bytes, const FileFacts& facts) {
    const FileType* type = find_file_type(facts.type);
    CHECK(type != nullptr);
    CleanFile cleaned{facts, {}, {}};
    if (type->group != FileGroup::picture) {
        cleaned.bytes = bytes;
        return cleaned;
    }
    TRY(impl::PreparedPicture picture, impl::prepare(facts.type, bytes, thumbnail_side_max));
    cleaned.bytes = std::move(picture.bytes);
    cleaned.thumbnail = std::move(picture.thumbnail);
    cleaned.facts.bytes = static_cast<std::int64_t>(cleaned.bytes.size());
    cleaned.facts.width = picture.width;
    cleaned.facts.height = picture.height;
    if (cleaned.facts.bytes > attachment_bytes_max) {
        return fail(Errc::too_large, "encoded anew it is larger than any file may be");
    }
    return cleaned;
}

namespace {

/// Text is a programme or a page by its name alone: `.bat`, `.ps1`, `.svg` of plain words.
Result<void> check_text_name(std::string_view name, const FileType& type) {
    if (!extension_of(name).empty() && !has_extension_of(name, type)) {
        return fail(Errc::type_refused, "text under the name of something else");
    }
    return {};
}

bool has_extension_of(std::string_view name, const FileType& type) {
    const std::vector<std::string> known = split(type.extensions, ' ');
    return std::ranges::find(known, extension_of(name)) != known.end();
}

std::string extension_of(std::string_view name) {
    constexpr std::size_t extension_bytes_max = 16;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || name.size() - dot > extension_bytes_max) {
        return {};
    }
    std::string extension(name.substr(dot + 1));
    std::ranges::transform(extension, extension.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return extension;
}

}  // namespace
}  // namespace zt::service
