// Rows out of files: formats, encodings, what is broken and how far it reaches.

#include "app/import/row_reader.hpp"
#include "unit/app/scratch.hpp"

#include <gmock/gmock.h>

namespace zt::app {
namespace {

using kindfile::RowFormat;
using test::Scratch;
using testing::ElementsAre;
using testing::HasSubstr;

/// Each row as "LINE value|value", a refused one as "LINE code".
std::vector<std::string> rows_of(const RowFile& file) {
    const auto reader = open_rows(file);
    if (!reader) {
        return {to_string(reader.error())};
    }
    std::vector<std::string> out;
    for (;;) {
        const auto row = (*reader)->next();
        if (!row) {
            out.push_back(std::string(name_of(row.error().code)));
            return out;
        }
        if (!*row) {
            return out;
        }
        std::string line = std::to_string((*row)->line) + " ";
        if ((*row)->refusal) {
            line += name_of((*row)->refusal->code);
        }
        for (std::size_t i = 0; i < (*row)->values.size() && !(*row)->refusal; ++i) {
            line += (i == 0 ? "" : "|") + (*row)->values[i];
        }
        out.push_back(std::move(line));
    }
}

std::vector<std::string> csv(const std::string& bytes) {
    const Scratch scratch;
    return rows_of({scratch.write("rows.csv", bytes), RowFormat::csv});
}

std::vector<std::string> jsonl(const std::string& bytes) {
    const Scratch scratch;
    return rows_of({scratch.write("rows.jsonl", bytes)});
}

/// "诉求" and "办结" in GB18030.
const std::string appeal_gb = "\xCB\xDF\xC7\xF3";
const std::string closed_gb = "\xB0\xEC\xBD\xE1";

TEST(csv_reader, reads_quotes_line_breaks_and_a_byte_order_mark) {
    EXPECT_THAT(
        csv("\xEF\xBB\xBF"
            "a,b\r\n1,\"x, \"\"y\"\"\"\r\n\r\n2,\"two\r\nlines\"\r\n3,"),
        ElementsAre("2 1|x, \"y\"", "4 2|two\r\nlines", "6 3|")
    );
}

TEST(csv_reader, takes_another_separator) {
    const Scratch scratch;
    EXPECT_THAT(
        rows_of({scratch.write("rows.tsv", "a\tb\n1,5\tx\n"), RowFormat::csv, '\t'}),
        ElementsAre("2 1,5|x")
    );
}

TEST(csv_reader, a_quote_that_is_never_closed_costs_its_row_only) {
    EXPECT_THAT(
        csv("a,b\n1,x\n2,\"open\n3,y\n4,z\n"), ElementsAre("2 1|x", "3 bad_csv", "4 3|y", "5 4|z")
    );
    EXPECT_THAT(
        csv("a,b\n2,\"open\n3,\"quoted\"\n4,z\n"), ElementsAre("2 bad_csv", "3 3|quoted", "4 4|z")
    ) << "the next quote would close it, and what follows shows that it does not";
}

TEST(csv_reader, a_quote_within_a_field_is_refused_with_its_row) {
    EXPECT_THAT(
        csv("a,b\n1,5\" pipe\n2,\"x\"y\n3,z\n"), ElementsAre("2 bad_csv", "3 bad_csv", "4 3|z")
    );
}

TEST(csv_reader, a_row_with_another_number_of_fields_is_refused) {
    EXPECT_THAT(csv("a,b\n1\n2,x,y\n3,z\n"), ElementsAre("2 bad_csv", "3 bad_csv", "4 3|z"));
}

TEST(csv_reader, the_header_must_be_there_and_tell_columns_apart) {
    EXPECT_THAT(csv("").at(0), HasSubstr("the first line must name the columns"));
    EXPECT_THAT(csv("a,b,a\n1,2,3\n").at(0), HasSubstr("two columns are called 'a'"));
}

TEST(csv_reader, gb18030_is_detected_and_converted) {
    EXPECT_THAT(csv("id," + appeal_gb + "\n1," + closed_gb + "\n"), ElementsAre("2 1|办结"));
    const std::string long_ascii(200'000, 'x');
    EXPECT_THAT(
        csv("id,b\n1," + long_ascii + "\n2," + closed_gb + "\n"),
        ElementsAre("2 1|" + long_ascii, "3 2|办结")
    ) << "the first bytes that tell the encoding come late";
}

TEST(csv_reader, a_row_in_no_encoding_is_refused_by_itself) {
    EXPECT_THAT(
        csv("id,b\n1,办结\n2,诉求\n3," + closed_gb + "\n4,诉求\n"),
        ElementsAre("2 1|办结", "3 2|诉求", "4 bad_encoding", "5 4|诉求")
    ) << "a stray row of a UTF-8 file is not guessed at";
    EXPECT_THAT(
        csv("id,b\n1," + closed_gb + "\n2," + appeal_gb + "\n3,\xFF\xFF\n4,办结\n"),
        ElementsAre("2 1|办结", "3 2|诉求", "4 bad_encoding", "5 4|办结")
    ) << "valid UTF-8 within a GB18030 file is no accident";
}

TEST(row_reader, utf16_is_refused_as_a_whole) {
    EXPECT_THAT(
        csv("\xFF\xFE"
            "a\0")
            .at(0),
        HasSubstr("UTF-16")
    );
}

TEST(jsonl_reader, takes_texts_numbers_null_and_other_keys) {
    EXPECT_THAT(
        jsonl("{\"a\": \"x\\u8bc9\", \"b\": 3}\n\n{\"b\": null, \"c\": true}\n"
              "{\"a\": 2.5, \"b\": [1, \"y\"]}\n"),
        ElementsAre("1 x诉|3", "3 |true", "4 2.5|[1,\"y\"]")
    );
}

TEST(jsonl_reader, a_broken_line_is_refused_by_itself) {
    EXPECT_THAT(
        jsonl("{\"a\": 1}\n{\"a\": \n[1]\n{\"a\": 1} x\n{\"a\": \"\xFF\xFF\"}\n{\"a\": 2}"),
        ElementsAre("1 1", "2 bad_json", "3 bad_json", "4 bad_json", "5 bad_encoding", "6 2")
    );
}

TEST(jsonl_reader, gb18030_with_bytes_that_look_like_quotes_is_converted_before_it_is_read) {
    // 0x81 0x5C is one character whose second byte is a backslash.
    EXPECT_THAT(jsonl("{\"a\": \"\x81\x5C\"}\n"), ElementsAre("1 乗"));
}

TEST(jsonl_reader, a_line_beyond_the_limit_is_refused_and_the_next_is_read) {
    const std::string huge = "{\"a\": \"" + std::string(line_bytes_max, 'x') + "\"}";
    EXPECT_THAT(
        jsonl("{\"a\": 1}\n" + huge + "\n{\"a\": 2}\n"), ElementsAre("1 1", "2 bad_file", "3 2")
    );
}

TEST(row_reader, gzip_is_read_as_it_is_and_a_cut_one_is_told) {
    const Scratch scratch;
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "{\"a\": " + std::to_string(i * 7919 % 20'011) + "}\n";
    }
    const std::string whole = scratch.write_gzip("rows.jsonl.gz", text);
    EXPECT_EQ(rows_of({whole}).size(), 20'000U);
    const std::string bytes = test::text_of(whole);
    const auto cut = rows_of({scratch.write("cut.jsonl.gz", bytes.substr(0, bytes.size() / 2))});
    EXPECT_THAT(cut.back(), HasSubstr("bad_file"));
    EXPECT_LT(cut.size(), 20'000U);
}

TEST(row_reader, a_missing_file_and_a_folder_are_named) {
    const Scratch scratch;
    EXPECT_THAT(rows_of({scratch.file("none.csv")}).at(0), HasSubstr("none.csv"));
    EXPECT_THAT(rows_of({scratch.file("")}).at(0), HasSubstr("is a folder"));
}

TEST(row_reader, columns_are_those_of_all_the_first_rows) {
    const Scratch scratch;
    const auto file =
        scratch.write("rows.jsonl", "{\"a\": 1}\nbroken\n{\"b\": 1, \"a\": 2}\n{\"c\": 1}\n");
    EXPECT_THAT(
        probe_columns({file}).value_or(std::vector<std::string>()), ElementsAre("a", "b", "c")
    );
}

TEST(csv_reader, columns_are_known_by_the_header_alone) {
    const Scratch scratch;
    const RowFile file{scratch.write("rows.csv", "a,b\n"), RowFormat::csv, ','};
    EXPECT_THAT(probe_columns(file).value_or(std::vector<std::string>()), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace zt::app
