// Numbers of people in a text for publication: found, not found, and how many of a set written by
// others are found.

#include "domain/masking.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>

namespace zt {
namespace {

std::string found_in(std::string_view text) {
    std::string out;
    for (const auto& span : find_private(text)) {
        out += (out.empty() ? "" : " | ") + std::string(name_of(span.what)) + " " +
               std::string(text.substr(span.begin, span.size));
    }
    return out;
}

struct Case {
    const char* text;
    const char* found;
};

TEST(masking, numbers_of_people_are_found_however_they_are_written) {
    for (const auto& [text, found] : {
             Case{"请拨13812345678联系", "phone 13812345678"},
             Case{"手机１３８１２３４５６７８。", "phone １３８１２３４５６７８"},
             Case{"电话 138-1234-5678", "phone 138-1234-5678"},
             Case{"电话 1 3 8 1 2 3 4 5 6 7 8", "phone 1 3 8 1 2 3 4 5 6 7 8"},
             Case{"一三八一二三四五六七八", "phone 一三八一二三四五六七八"},
             Case{"幺三八1234伍陆柒捌", "phone 幺三八1234伍陆柒捌"},
             Case{"+86 138 1234 5678", "phone 86 138 1234 5678"},
             Case{"座机(0738)8312345", "phone 0738)8312345"},
             Case{"座机010-12345678", "phone 010-12345678"},
             Case{"身份证11010119900307002X号", "identity 11010119900307002X"},
             Case{"身份证110101 19900307 7758", "identity 110101 19900307 7758"},
             Case{"卡号 6222 0210 0111 6245 702", "bank_card 6222 0210 0111 6245 702"},
             Case{"湘K·12345和湘KD12345", "plate 湘K·12345 | plate 湘KD12345"},
             Case{"京A1234警", "plate 京A1234警"},
             Case{"发到 zhang.san@example.com。", "mail zhang.san@example.com"},
             Case{"护照E12345678", "document E12345678"},
         }) {
        EXPECT_EQ(found_in(text), found) << text;
    }
}

TEST(masking, other_numbers_stand) {
    for (const char* text : {
             "",
             "2022-08-01 09:30 至 2022-08-15 18:00",
             "投资1234567890元，面积13812345678901平方米",
             "编号 ZT-2022-000123",
             "统一社会信用代码91110000100000000A",
             "订单号：13812345678",
             "110101199003077759",
             "二〇二二年八月一日，共一百二十三件",
             "12345 热线、110、119",
             "10.20.30.40:6379",
             "京津冀2022年",
             "@所有人 a@b",
             "第1386号文件，第2022号",
             "\xFF\xC3\x28 13",
         }) {
        EXPECT_EQ(found_in(text), "") << text;
    }
}

TEST(masking, what_is_masked_holds_nothing_more_and_keeps_the_rest) {
    const std::string text = "张先生，电话１３８１２３４５６７８，车牌湘K12345。";
    const auto spans = find_private(text);
    ASSERT_EQ(spans.size(), 2U);
    const std::string out = masked(text, spans);
    EXPECT_EQ(out, "张先生，电话***********，车牌*******。");
    EXPECT_TRUE(find_private(out).empty());
}

TEST(masking, a_confirmed_number_may_stand) {
    const std::vector<std::string> hotline = {"0738-8312345"};
    EXPECT_TRUE(is_confirmed("请拨 0738-8312345", hotline));
    EXPECT_FALSE(is_confirmed("请拨 0738-8312345 或 13812345678", hotline));
    EXPECT_FALSE(is_confirmed("请拨 0738-8312345", {}));
    EXPECT_TRUE(is_confirmed("没有号码", {}));
}

RC_GTEST_PROP(masking, spans_are_in_order_apart_and_within_any_bytes, (const std::string& noise)) {
    const std::string text = noise + "13812345678" + noise;
    std::size_t end = 0;
    for (const auto& span : find_private(text)) {
        RC_ASSERT(span.begin >= end && span.size > 0);
        end = span.begin + span.size;
        RC_ASSERT(end <= text.size());
    }
}

/// One row of the set: JSON written by Python, whose texts hold no escape but line breaks.
struct Row {
    std::string kind, text, expected, checks;

    explicit Row(const std::string& line)
        : kind(value(line, "\"kind\": \"", '"')),
          text(value(line, "\"text\": \"", '"')),
          expected(value(line, "\"expected\": ", ',')),
          checks(value(line, "\"id_checksum_ok\": ", '}')) {
        for (std::size_t at = 0; (at = text.find("\\n", at)) != std::string::npos;) {
            text.replace(at, 2, "\n");
        }
    }
    static std::string value(const std::string& line, const std::string& head, char end) {
        const std::size_t begin = line.find(head);
        return begin == std::string::npos
                   ? std::string()
                   : line.substr(
                         begin + head.size(),
                         line.find(end, begin + head.size()) - begin - head.size()
                     );
    }
};

/// Left out: rows that ask for something else than numbers of people (names, addresses, postal
/// codes), and those where the set's author and the check digit disagree, as the set's note says.
bool is_in_scope(const Row& row) {
    for (const char* other : {"Postal", "Address", "NameRecognizer"}) {
        if (row.kind.find(other) != std::string::npos) {
            return false;
        }
    }
    const bool is_of_a_thing = row.text.find("订单号") != std::string::npos;
    const bool disagrees = (row.checks == "[true]" && row.expected == "false") ||
                           (row.checks == "[false]" && row.expected == "true");
    const bool is_of_several = row.kind == "TestIntegration";
    return row.expected != "null" && (!disagrees || is_of_a_thing || is_of_several);
}

TEST(masking, precision_and_recall_on_the_shared_cases) {
    const std::string path = ZT_SOURCE_DIR "/../shared/data/pii_cases/pii_cases.jsonl";
    if (!std::filesystem::exists(path)) {
        GTEST_SKIP() << "the shared cases are not beside the project";
    }
    std::ifstream file(path);
    int hits = 0, misses = 0, false_hits = 0, silent = 0, left_out = 0;
    for (std::string line; std::getline(file, line);) {
        const Row row(line);
        if (!is_in_scope(row)) {
            ++left_out;
            continue;
        }
        const bool is_expected = row.expected == "true";
        const bool is_found = !find_private(row.text).empty();
        ++(is_expected ? (is_found ? hits : misses) : (is_found ? false_hits : silent));
        EXPECT_EQ(is_expected, is_found) << line;
    }
    ASSERT_GT(hits, 0);
    const double precision = double{1} * hits / (hits + false_hits);
    const double recall = double{1} * hits / (hits + misses);
    std::cout << "masking: precision " << precision << ", recall " << recall << " (" << hits
              << " hits, " << false_hits << " false, " << misses << " missed, " << silent
              << " silent, " << left_out << " out of scope)\n";
    EXPECT_GE(precision, 0.98);
    EXPECT_GE(recall, 0.99);
}

}  // namespace
}  // namespace zt
