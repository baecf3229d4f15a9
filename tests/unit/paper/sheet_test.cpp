// Sheets are drawn and read again with pdftotext: what stands on them, in which order, over how
// many pages, and that strange texts are drawn or refused.

#include "paper/sheet.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace zt::paper {
namespace {

Sheet plain() {
    Sheet sheet;
    sheet.head = "某县信访局督办单";
    sheet.number = "ZT-2022-000001";
    sheet.mark = "B";
    sheet.title = "督办单";
    sheet.addressee = "某单位";
    sheet.body = {"第一段的开头"};
    sheet.issuer = "某县信访局";
    sheet.date = "2022年8月1日";
    sheet.record = {"抄送：某办公室"};
    sheet.created = "2022-08-01T01:05:00Z";
    return sheet;
}

/// One entry a page, without the white space by which lines are set.
std::vector<std::string> pages_of(const std::string& pdf) {
    std::string name = (std::filesystem::temp_directory_path() / "zhitong-test-XXXXXX").string();
    const int file = ::mkstemp(name.data());
    std::ofstream(name, std::ios::binary) << pdf;
    FILE* pipe = ::popen(("pdftotext -enc UTF-8 " + name + " -").c_str(), "r");
    std::vector<std::string> pages(1);
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        if (c == '\f') {
            pages.emplace_back();
        } else if (c != '\n' && c != ' ') {
            pages.back() += static_cast<char>(c);
        }
    }
    pages.pop_back();
    EXPECT_EQ(::pclose(pipe), 0);
    ::close(file);
    std::filesystem::remove(name);
    return pages;
}

TEST(Sheet, what_is_given_stands_on_the_page) {
    const auto pdf = draw_pdf(plain());
    ASSERT_TRUE(pdf) << to_string(pdf.error());
    const auto pages = pages_of(*pdf);
    ASSERT_EQ(pages.size(), 1U);
    for (const char* text :
         {"某县信访局督办单",
          "ZT-2022-000001",
          "B",
          "某单位：",
          "第一段的开头",
          "2022年8月1日",
          "抄送：某办公室",
          "—1—"}) {
        EXPECT_NE(pages[0].find(text), std::string::npos) << text << " in " << pages[0];
    }
}

TEST(Sheet, the_same_sheet_gives_the_same_bytes_and_another_colour_others) {
    Sheet sheet = plain();
    const auto first = draw_pdf(sheet);
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, draw_pdf(sheet).value());
    sheet.colour = Colour::blue;
    EXPECT_NE(*first, draw_pdf(sheet).value());
}

TEST(Sheet, long_texts_break_over_pages_and_the_record_stands_on_the_last) {
    Sheet sheet = plain();
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "字";
    }
    sheet.body = {text, "末段"};
    const auto pdf = draw_pdf(sheet);
    ASSERT_TRUE(pdf) << to_string(pdf.error());
    const auto pages = pages_of(*pdf);
    // 22 lines of 28 characters a page.
    EXPECT_GE(pages.size(), 20'000U / (22 * 28));
    EXPECT_LE(pages.size(), (20'000U / (21 * 27)) + 3);
    std::size_t characters = 0;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        EXPECT_EQ(pages[i].find("抄送") != std::string::npos, i + 1 == pages.size()) << i;
        EXPECT_NE(pages[i].find("—" + std::to_string(i + 1) + "—"), std::string::npos) << i;
        for (std::size_t at = 0; (at = pages[i].find("字", at)) != std::string::npos; at += 3) {
            ++characters;
        }
    }
    EXPECT_EQ(characters, 20'000U);
}

TEST(Sheet, control_characters_and_marks_of_direction_are_left_out) {
    Sheet sheet = plain();
    sheet.body = {"甲\u202e乙\x01丙\u2066丁", "🙂 𠮷 שלום"};
    const auto pdf = draw_pdf(sheet);
    ASSERT_TRUE(pdf) << to_string(pdf.error());
    EXPECT_NE(pages_of(*pdf)[0].find("甲乙丙丁"), std::string::npos);
}

TEST(Sheet, bytes_that_are_no_text_and_too_much_text_are_refused) {
    Sheet sheet = plain();
    sheet.body = {"a\xff"};
    const auto wrong = draw_pdf(sheet);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Errc::bad_utf8);
    sheet.body = {std::string(sheet_bytes_max + 1, 'a')};
    const auto large = draw_pdf(sheet);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().code, Errc::too_large);
}

}  // namespace
}  // namespace zt::paper
