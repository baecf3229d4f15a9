#include "service/attachment.hpp"
#include "service/impl/picture.hpp"
#include "tests/unit/service/file_samples.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace zt::service {
namespace {

using test::Entry;

constexpr std::string_view zeros_start{"\0\0\0\x18", 4};

Result<FileFacts> look(std::string_view bytes, std::string_view name = "") {
    return look_at(bytes, name, all_file_groups());
}

Errc code_of(std::string_view bytes, std::string_view name = "") {
    const Result<FileFacts> facts = look(bytes, name);
    return facts ? Errc::bad_date : facts.error().code;  // bad_date: nothing here gives it
}

std::string with(std::vector<Entry> entries, Entry more) {
    entries.push_back(std::move(more));
    return test::zip(entries);
}

TEST(attachment, honest_files_are_told_by_their_content) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {test::picture("image/jpeg", 8, 6), "image/jpeg"},
        {test::picture("image/png", 8, 6), "image/png"},
        {test::picture("image/webp", 8, 6), "image/webp"},
        {test::pdf(), "application/pdf"},
        {"门口停电三天了，请派人来看。\n", "text/plain"},
        {test::zip(test::letter()),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {test::zip({{"mimetype", "application/vnd.oasis.opendocument.text", false}}),
         "application/vnd.oasis.opendocument.text"},
        {test::zip({{"OFD.xml", "<ofd/>"}}), "application/ofd"},
        {test::compound({"Root Entry", "WordDocument"}), "application/msword"},
        {test::compound({"Root Entry", "Workbook"}), "application/vnd.ms-excel"},
        {std::string(zeros_start) + "ftypisom" + std::string(64, '\0'), "video/mp4"},
        {"#!AMR\n" + std::string(64, 'x'), "audio/amr"},
    };
    for (const auto& [bytes, type] : rows) {
        const Result<FileFacts> facts = look(bytes, "any");
        ASSERT_TRUE(facts) << type << ": " << to_string(facts.error());
        EXPECT_EQ(facts->type, type);
        const FileGroup group = find_file_type(facts->type)->group;
        EXPECT_EQ(
            facts->may_carry_metadata, group != FileGroup::picture && group != FileGroup::text
        ) << type;
        EXPECT_FALSE(look_at(bytes, "any", {})) << "no group is allowed";
    }
}

TEST(attachment, what_runs_or_is_shown_as_a_page_is_refused) {
    const std::vector<std::string> rows = {
        "",
        "MZ" + std::string(200, '\0'),
        "\x7F"
        "ELF\x02\x01\x01" +
            std::string(100, '\0'),
        "#!/bin/sh\necho\n",
        "<!DOCTYPE html><html><script>alert(1)</script></html>",
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>",
        "GIF89a" + std::string(40, '\1'),
        "Rar!\x1A\x07\x01" + std::string(40, '\1'),
        "\x1F\x8B\x08" + std::string(40, '\0'),
        test::zip({{"readme.txt", "an archive"}}),
        test::zip({{"word/document.xml", "without the list of types"}}),
        with(test::letter(), {"word/vbaProject.bin", "macro"}),
        test::compound({"Root Entry", "WordDocument", "Macros"}),
        test::compound({"Root Entry", "Workbook", "_VBA_PROJECT"}),
        test::compound({"Root Entry", "SomethingElse"}),
    };
    for (const std::string& bytes : rows) {
        EXPECT_EQ(code_of(bytes), Errc::type_refused) << bytes.substr(0, 60);
    }
}

TEST(attachment, text_under_the_name_of_a_programme_is_refused) {
    const std::string text = "copy a b, says the letter\n";
    EXPECT_EQ(code_of(text, "note.txt"), Errc::bad_date);
    EXPECT_EQ(code_of(text, "note"), Errc::bad_date);
    for (const char* const name : {"a.bat", "a.PS1", "a.html", "a.txt.js", "a.svg"}) {
        EXPECT_EQ(code_of(text, name), Errc::type_refused) << name;
    }
}

TEST(attachment, archives_that_lie_or_burst_are_unsafe) {
    const std::string zeros(std::size_t{40} << 20U, '\0');
    Entry lying{"word/media/x", std::string(100'000, 'x')};
    lying.declared_bytes = 10;
    Entry boasting{"word/media/x", "x"};
    boasting.declared_bytes = 1'000;
    Entry two_sizes{"word/media/x", "xx"};
    two_sizes.directory_bytes = 1;
    const std::string inner = test::zip({{"x", test::zip(test::letter())}});
    const std::string honest = test::zip(test::letter());
    std::vector<Entry> many = test::letter();
    for (int index = 0; index < 10'001; ++index) {
        many.push_back({"word/" + std::to_string(index), "", false});
    }
    const std::vector<std::pair<const char*, std::string>> rows = {
        {"bomb", with(test::letter(), {"word/media/x", zeros})},
        {"unpacks to more than declared", with(test::letter(), lying)},
        {"unpacks to less than declared", with(test::letter(), boasting)},
        {"two sizes", with(test::letter(), two_sizes)},
        {"archive in archive in archive", with(test::letter(), {"word/embeddings/x.docx", inner})},
        {"gzip within", with(test::letter(), {"word/x", "\x1F\x8B\x08 and so on"})},
        {"leads out", with(test::letter(), {"../../etc/passwd", "x"})},
        {"leads out in the middle", with(test::letter(), {"word/../../x", "x"})},
        {"too many entries", test::zip(many)},
        {"bytes behind the end", honest + "x"},
        {"cut", honest.substr(0, honest.size() - 1)},
        {"bytes before", "PK\x03\x04" + honest},
        {"PDF and archive", test::pdf() + honest},
    };
    for (const auto& [what, bytes] : rows) {
        EXPECT_EQ(code_of(bytes), Errc::unsafe_file) << what;
    }
    // A document within a document is what people send.
    EXPECT_EQ(
        code_of(with(test::letter(), {"word/embeddings/x.docx", honest, false})), Errc::bad_date
    );
}

TEST(attachment, overlapping_entries_are_unsafe) {
    // Both rows of the directory lead to the first entry, as in a bomb that unpacks one thing
    // often.
    std::string bytes = test::zip({{"word/a", "same"}, {"word/a", "same"}});
    const std::size_t second = bytes.rfind("PK\x01\x02");
    bytes.replace(second + 42, 4, std::string(4, '\0'));
    EXPECT_EQ(code_of(bytes), Errc::unsafe_file);
}

TEST(attachment, a_flood_of_pixels_is_refused_by_the_header) {
    EXPECT_EQ(code_of(test::png_that_claims(50'000, 50'000)), Errc::too_large);
    EXPECT_EQ(code_of(test::png_that_claims(0xFFFFFFFF, 0xFFFFFFFF)), Errc::too_large);
    EXPECT_EQ(code_of(test::png_that_claims(0, 5)), Errc::bad_file);
    EXPECT_EQ(code_of(test::png_that_claims(5'000, 5'000)), Errc::bad_date);
    std::string jpeg = test::picture("image/jpeg", 8, 8);
    const std::size_t frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg.replace(frame + 5, 4, "\xC3\x50\xC3\x50");
    EXPECT_EQ(code_of(jpeg), Errc::too_large);
}

TEST(attachment, no_metadata_is_left_and_pictures_stand_upright) {
    for (const std::string_view type : {"image/jpeg", "image/png", "image/webp"}) {
        const std::string bytes = test::picture_with_metadata(type, 64, 32, 6);
        ASSERT_NE(bytes.find(test::canary), std::string::npos);
        const Result<FileFacts> facts = look(bytes, "IMG_1.heic");
        ASSERT_TRUE(facts) << type;
        EXPECT_TRUE(facts->extension_differs);
        const Result<CleanFile> cleaned = clean(bytes, *facts);
        ASSERT_TRUE(cleaned) << type << to_string(cleaned.error());
        EXPECT_EQ(cleaned->facts.type, type);
        EXPECT_EQ(cleaned->facts.width, 32) << type;
        EXPECT_EQ(cleaned->facts.height, 64) << type;
        for (const std::string& left : {cleaned->bytes, cleaned->thumbnail}) {
            EXPECT_EQ(left.find("CANARY"), std::string::npos) << type;
            EXPECT_EQ(left.find("Exif"), std::string::npos) << type;
        }
        // Turned by a quarter, what was above on the left is above on the right.
        const Result<impl::Pixels> pixels = impl::decode(type, cleaned->bytes);
        ASSERT_TRUE(pixels);
        const auto red = [&](int x, int y) {
            return pixels->bytes
                [static_cast<std::size_t>(y) * pixels->row_bytes() +
                 static_cast<std::size_t>(x * pixels->channels)];
        };
        EXPECT_GT(red(24, 8), 180) << type;
        EXPECT_LT(red(8, 8), 80) << type;
        EXPECT_LT(red(24, 56), 80) << type;
    }
}

TEST(attachment, every_orientation_brings_the_corner_to_its_place) {
    // A picture of 2 × 3 whose pixels are numbered as they are stored.
    const impl::Pixels stored{2, 3, 1, {1, 2, 3, 4, 5, 6}};
    const std::vector<std::vector<std::uint8_t>> shown = {
        {1, 2, 3, 4, 5, 6},
        {2, 1, 4, 3, 6, 5},
        {6, 5, 4, 3, 2, 1},
        {5, 6, 3, 4, 1, 2},
        {1, 3, 5, 2, 4, 6},
        {5, 3, 1, 6, 4, 2},
        {6, 4, 2, 5, 3, 1},
        {2, 4, 6, 1, 3, 5},
    };
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const impl::Pixels turned = impl::upright(stored, orientation);
        EXPECT_EQ(turned.bytes, shown[static_cast<std::size_t>(orientation) - 1]) << orientation;
        EXPECT_EQ(turned.width, orientation < 5 ? 2 : 3) << orientation;
    }
}

TEST(attachment, broken_and_cut_pictures_are_refused) {
    for (const std::string_view type : {"image/jpeg", "image/png", "image/webp"}) {
        const std::string whole = test::picture(type, 200, 100);
        for (const std::size_t part : {9U, 7U, 5U, 3U, 1U}) {
            const std::string cut = whole.substr(0, whole.size() * part / 10);
            const Result<FileFacts> facts = look(cut);
            EXPECT_FALSE(facts && clean(cut, *facts)) << type << " " << part;
        }
    }
}

TEST(attachment, a_thumbnail_is_small_and_keeps_its_shape) {
    const std::string bytes = test::picture("image/png", 1'000, 250);
    const CleanFile cleaned = clean(bytes, look(bytes).value()).value();
    const impl::PictureSize size = impl::measure("image/jpeg", cleaned.thumbnail).value();
    EXPECT_EQ(size.width, thumbnail_side_max);
    EXPECT_EQ(size.height, 80);
}

RC_GTEST_PROP(attachment, changed_bytes_give_an_answer, (std::uint8_t which, std::uint32_t at)) {
    const std::vector<std::string> rows = {
        test::picture_with_metadata("image/jpeg", 16, 16, 3),
        test::picture_with_metadata("image/png", 16, 16, 3),
        test::picture_with_metadata("image/webp", 16, 16, 3),
        test::zip(test::letter()),
        test::compound({"WordDocument"}),
    };
    std::string bytes = rows[which % rows.size()];
    bytes[at % bytes.size()] = *rc::gen::arbitrary<char>();
    const Result<FileFacts> facts = look(bytes);
    if (facts) {
        const Result<CleanFile> cleaned = clean(bytes, *facts);
        if (cleaned) {
            RC_ASSERT(find_file_type(cleaned->facts.type) != nullptr);
        }
    }
}

struct NameRow {
    std::string_view claimed, safe;
};

TEST(file_name, is_safe_to_show_to_send_and_to_save) {
    const FileType& type = *find_file_type("application/pdf");
    const std::vector<NameRow> rows = {
        {"门口停电.pdf", "门口停电.pdf"},
        {"a.PDF", "a.pdf"},
        {"a.exe", "a.exe.pdf"},
        {"", "file.pdf"},
        {"...", "file.pdf"},
        {"../../etc/passwd", "passwd.pdf"},
        {"C:\\Users\\x\\letter.pdf", "letter.pdf"},
        {"a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"},
        {"a\"; filename=\"b.exe", "a filename=b.exe.pdf"},
        {"\xE2\x80\xAE"
         "fdp.exe",
         "fdp.exe.pdf"},
        {"a\xE2\x80\x8B.pdf", "a.pdf"},
        {"\xFF\xFE", "file.pdf"},
        {" .hidden.pdf ", "hidden.pdf"},
    };
    for (const NameRow& row : rows) {
        EXPECT_EQ(safe_file_name(row.claimed, type), row.safe) << row.claimed;
    }
}

RC_GTEST_PROP(file_name, any_bytes_give_headers_without_line_breaks, (const std::string& name)) {
    FileFacts facts;
    facts.type = "image/png";
    facts.name = name;
    const Serving serving = serving_of(facts);
    RC_ASSERT(serving.disposition.starts_with("attachment; filename=\""));
    RC_ASSERT(std::ranges::all_of(serving.disposition, [](char letter) {
        return letter >= ' ' && letter <= '~';
    }));
    RC_ASSERT(std::ranges::count(serving.disposition, '"') == 2);
}

TEST(serving, is_an_attachment_without_scripts_whatever_the_type) {
    FileFacts facts;
    facts.type = "application/pdf";
    facts.name = "停电.pdf";
    const Serving serving = serving_of(facts);
    EXPECT_EQ(serving.content_type, "application/pdf");
    EXPECT_EQ(
        serving.disposition,
        "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E5%81%9C%E7%94%B5.pdf"
    );
    EXPECT_EQ(serving.content_type_options, "nosniff");
    EXPECT_NE(serving.content_security_policy.find("sandbox"), std::string::npos);
    facts.type = "text/html";
    EXPECT_EQ(serving_of(facts).content_type, "application/octet-stream");
}

}  // namespace
}  // namespace zt::service
