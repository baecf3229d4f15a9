// Terms of texts and of questions, row by row, and snippets.

#include "views/impl/initials.hpp"
#include "views/search_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::views {
namespace {

std::string terms_of(std::string_view text) {
    std::string out;
    for (const SearchTerm& term : search_terms(text)) {
        out += (out.empty() ? "" : " ") + term.text;
    }
    return out;
}

struct Golden {
    const char* text;
    const char* terms;
};

TEST(search_text, terms_are_as_written_down) {
    for (const auto& [text, terms] : {
             Golden{"", ""},
             Golden{"供", "供"},
             Golden{"路灯不亮", "路灯 灯不 不亮 亮"},
             Golden{"物业，公司。", "物业 业 公司 司"},
             Golden{"A3区景蓉华苑", "a3 区景 景蓉 蓉华 华苑 苑"},
             Golden{"噪音85dB", "噪音 音 85db"},
             Golden{"ZT-2022-000123", "zt 2022 000123"},
             Golden{"１２３４５热线", "12345 热线 线"},
             Golden{"ＡＢＣ　ｄ", "abc d"},
             Golden{"㎡ Ⅳ ½", "m2 iv 1 2"},
             Golden{"停電 與 停电", "停電 電 與 停电 电"},
             Golden{"😀路灯😀", "路灯 灯"},
             Golden{"Café CAFÉ", "café café"},
             Golden{"Straße", "strasse"},
             Golden{"カラオケ うるさい", "カラ ラオ オケ ケ うる るさ さい い"},
             Golden{"ｶﾞｽ", "ガス ス"},
             Golden{"한국 말", "한국 국 말"},
             Golden{"\U00020000\U00020001", "\U00020000\U00020001 \U00020001"},
             Golden{"路\xff灯", "路 灯"},
             Golden{"\xe8\xb7", ""},
             Golden{"路\u200b灯", "路灯 灯"},
         }) {
        EXPECT_EQ(terms_of(text), terms) << text;
    }
}

TEST(search_text, a_word_without_end_is_cut) {
    const std::string word(word_characters_max + 1, 'x');
    EXPECT_EQ(terms_of(word), word.substr(1) + " x");
}

TEST(search_text, what_is_typed_becomes_phrases) {
    const auto phrases = read_search("路灯 “a3 区” 亮 wysf 1");
    ASSERT_TRUE(phrases);
    using Phrases = std::vector<SearchPhrase>;
    EXPECT_EQ(
        *phrases,
        (Phrases{
            {{"路灯"}, false, {}},
            {{"a3", "区"}, true, {}},
            {{"亮"}, true, {}},
            {{"wysf"}, false, {"wy", "ys", "sf"}},
            {{"1"}, false, {}},
        })
    );
    EXPECT_EQ(*read_search("路灯不亮"), (Phrases{{{"路灯", "灯不", "不亮"}, false, {}}}));
    EXPECT_EQ(*read_search("路灯a"), (Phrases{{{"路灯", "灯", "a"}, false, {}}}));
    EXPECT_EQ(read_search("灯 灯 灯")->size(), 1U);
}

TEST(search_text, what_cannot_be_searched_for_is_refused) {
    EXPECT_EQ(read_search("").error().code, Errc::bad_value);
    EXPECT_EQ(read_search(" ，。\"\" ").error().code, Errc::bad_value);
    std::string words;
    for (std::size_t count = 0; count < query_characters_max; ++count) {
        words += "灯";
    }
    EXPECT_TRUE(read_search(words));
    EXPECT_EQ(read_search(words + "灯").error().code, Errc::bad_value);
    EXPECT_TRUE(read_search("NEAR(a b) OR NOT \"*")) << "operators are words";
}

TEST(search_text, initials_are_those_of_the_commonest_reading) {
    impl::Initials initials;
    using Terms = std::vector<std::string>;
    EXPECT_EQ(initials.terms_of("物业收费"), (Terms{"wy", "ys", "sf", "f"}));
    EXPECT_EQ(initials.terms_of("停电，3天"), (Terms{"td", "d", "t"}));
    EXPECT_EQ(initials.terms_of("abc"), Terms{});
}

std::string marked(const Snippet& snippet) {
    std::string out = snippet.is_cut_before ? "…" : "";
    std::size_t at = 0;
    for (const auto& [begin, end] : snippet.hits) {
        out += snippet.text.substr(at, begin - at) + "[" + snippet.text.substr(begin, end - begin) +
               "]";
        at = end;
    }
    return out + snippet.text.substr(at) + (snippet.is_cut_after ? "…" : "");
}

TEST(search_text, a_snippet_shows_the_hits_in_the_original_text) {
    EXPECT_EQ(marked(snippet_of("小区门口路灯不亮三天了", "路灯", 6)), "…门口[路灯]不亮…");
    EXPECT_EQ(marked(snippet_of("Ａ３区路灯", "a3区", 20)), "[Ａ３区]路灯");
    EXPECT_EQ(marked(snippet_of("路灯路灯不亮", "路灯 亮", 20)), "[路灯路灯]不[亮]");
    EXPECT_EQ(marked(snippet_of("没有", "路灯", 20)), "没有");
    EXPECT_EQ(marked(snippet_of("一二三四", "路灯", 2)), "一二…");
    EXPECT_EQ(marked(snippet_of("", "路灯", 2)), "");
}

RC_GTEST_PROP(search_text_property, any_bytes_are_taken, (const std::string& text)) {
    std::uint32_t begin = 0;
    for (const SearchTerm& term : search_terms(text)) {
        RC_ASSERT(term.begin >= begin);
        RC_ASSERT(term.end <= text.size() && term.first_end <= term.end);
        RC_ASSERT(!term.text.empty());
        begin = term.begin;
    }
    const Snippet snippet = snippet_of(text, "a", 5);
    for (const auto& [from, until] : snippet.hits) {
        RC_ASSERT(from < until && until <= snippet.text.size());
    }
}

TEST(search_text, shared_words_are_named_once) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(
        shared_words("门口路灯不亮，路灯坏了", "路灯坏了三盏", 9), (Words{"路灯", "灯坏", "坏了"})
    );
    EXPECT_EQ(shared_words("路灯坏了", "路灯坏了", 2), (Words{"路灯", "灯坏"}));
}

}  // namespace
}  // namespace zt::views
