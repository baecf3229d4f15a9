#include "tests/unit/views/document_builder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace zt::views {
namespace {

using test::add_accused;
using test::add_hand;
using test::document;
using test::instant;
using test::matter;
using test::Reference;

using Ids = std::vector<std::int64_t>;

Search in_memory() { return *Search::open(":memory:", ListAccess::write); }

Search search_of(const std::vector<SearchDocument>& documents) {
    Search out = in_memory();
    EXPECT_TRUE(out.put(documents, 1));
    return out;
}

Ids ids_of(const std::vector<SearchRow>& rows) {
    Ids out;
    for (const SearchRow& row : rows) {
        out.push_back(row.matter.id.value);
    }
    return out;
}

Ids found(const Search& search, const SearchQuery& query) {
    const auto page = search.newest(query, std::nullopt, search_page_max);
    EXPECT_TRUE(page) << to_string(page.error());
    return ids_of(page->rows);
}

Ids found(const Search& search, const std::string& words) {
    return found(search, SearchQuery{.words = words});
}

TEST(search, words_are_found_in_titles_texts_numbers_and_initials) {
    const Search search = search_of(
        {document(1, "2022-08-01 08:00", "路灯不亮", "A3区门口三天没人修"),
         document(2, "2022-08-02 08:00", "物业乱收费", "电话12345无人接"),
         document(3, "2022-09-01 08:00", "噪音扰民", "路，灯光太亮")}
    );
    EXPECT_EQ(found(search, "路灯"), Ids{1});
    EXPECT_EQ(found(search, "灯"), (Ids{3, 1})) << "one character, within a pair or alone";
    EXPECT_EQ(found(search, "亮"), (Ids{3, 1}));
    EXPECT_EQ(found(search, "灯 三天"), Ids{1}) << "all words";
    EXPECT_EQ(found(search, "ａ３区门口"), Ids{1});
    EXPECT_EQ(found(search, "12345"), Ids{2});
    EXPECT_EQ(found(search, "1234"), Ids{}) << "a number is found whole";
    EXPECT_EQ(found(search, "000003"), Ids{3});
    EXPECT_EQ(found(search, "wyl"), Ids{2}) << "the beginning of 物业乱收费";
    EXPECT_EQ(found(search, "lsf"), Ids{2}) << "and its end";
    EXPECT_EQ(found(search, "灯路"), Ids{});
}

TEST(search, only_the_sections_asked_for_are_searched) {
    SearchDocument one = document(1, "2022-08-01 08:00", "题目", "正文");
    one.texts.push_back({Section::reply, "答复"});
    one.texts.push_back({Section::work, "经过"});
    one.texts.push_back({Section::note, "内部"});
    const Search search = search_of({one});
    const auto in = [&](const char* words, std::vector<Section> sections) {
        return found(search, {.words = words, .sections = std::move(sections)}).size();
    };
    EXPECT_EQ(in("题目", {}), 1U);
    EXPECT_EQ(in("答复", {}), 1U);
    EXPECT_EQ(
        in("经过", {}), 0U
    ) << "what is written for those who work on it is asked for by name";
    EXPECT_EQ(in("内部", {}), 0U);
    EXPECT_EQ(in("内部", {Section::note}), 1U);
    EXPECT_EQ(in("题目", {Section::note}), 0U);
    EXPECT_EQ(in("tm", {Section::note}), 0U) << "initials are of titles";
    EXPECT_EQ(in("000001", {Section::note}), 1U) << "the number is no secret of any section";
}

TEST(search, each_filter_passes_what_it_names_and_nothing_else) {
    State first = matter(1, "2022-08-01 08:00");
    add_hand(first, "lead", 2);
    State second = matter(2, "2022-08-02 08:00");
    second.kind = "task";
    second.stage = "closed";
    second.category = "water";
    second.counts = Counts::closed;
    second.office = OrgId{6};
    add_accused(second, 5);
    std::vector<SearchDocument> documents;
    for (const State& state : {first, second}) {
        documents.push_back(document_of(state));
        documents.back().texts = {{Section::title, "路灯"}};
    }
    const Search search = search_of(documents);
    const auto ids = [&](const ListFilter& filter) {
        const SearchQuery query{.words = "路灯", .filter = filter};
        const Ids out = found(search, query);
        EXPECT_EQ(search.count(query)->count, static_cast<std::int64_t>(out.size()));
        EXPECT_EQ(search.ranked(query, 9)->rows.size(), out.size());
        return out;
    };
    EXPECT_EQ(ids({}), (Ids{2, 1}));
    EXPECT_EQ(ids({.kinds = {"task"}}), Ids{2});
    EXPECT_EQ(ids({.stages = {"handling"}}), Ids{1});
    EXPECT_EQ(ids({.categories = {"water"}}), Ids{2});
    EXPECT_EQ(ids({.counts = Counts::open}), Ids{1});
    EXPECT_EQ(ids({.office = OrgId{6}}), Ids{2});
    EXPECT_EQ(ids({.involved = {OrgId{2}}}), Ids{1});
    EXPECT_EQ(ids({.not_accused = {OrgId{5}}}), Ids{1});
    EXPECT_EQ(ids({.from = instant("2022-08-02 08:00")}), Ids{2});
    EXPECT_EQ(ids({.until = instant("2022-08-02 08:00")}), Ids{1});
    EXPECT_EQ(ids({.until = instant("2022-07-01 08:00")}), Ids{});
}

TEST(search, who_may_not_see_a_row_is_not_told_of_it) {
    const Search search = search_of(
        {document(1, "2022-08-01 08:00", "路灯坏了"),
         document(2, "2022-08-02 08:00", "门口路灯坏了三天")}
    );
    SearchQuery query{.words = "路灯"};
    query.is_visible = [](const SearchRow& row) { return row.matter.id.value == 1; };
    EXPECT_EQ(found(search, query), Ids{1});
    EXPECT_EQ(*search.count(query), (ListCount{1, false}));
    EXPECT_EQ(ids_of(search.ranked(query, 9)->rows), Ids{1});
    SimilarQuestion like{.text = "门口路灯坏了", .registered = instant("2022-08-02 08:00")};
    EXPECT_EQ(search.similar(like)->size(), 2U);
    like.is_visible = query.is_visible;
    ASSERT_EQ(search.similar(like)->size(), 1U);
    EXPECT_EQ(search.similar(like)->front().row.matter.id.value, 1);
}

TEST(search, ranked_answers_begin_with_the_best) {
    const std::string filler = "小区门口的道路上很多人来来往往晚上看不清楚，请有关部门处理";
    const Search search = search_of(
        {document(1, "2022-08-01 08:00", "路灯不亮", filler),
         document(2, "2022-08-02 08:00", "夜里黑", filler + filler + "路灯"),
         document(3, "2022-08-03 08:00", "噪音扰民", filler)}
    );
    const auto ranking = search.ranked({.words = "路灯"}, 9);
    ASSERT_TRUE(ranking);
    EXPECT_EQ(ids_of(ranking->rows), (Ids{1, 2})) << "a title says more than a word in passing";
    EXPECT_FALSE(ranking->is_of_newest);
    EXPECT_EQ(found(search, "路灯"), (Ids{2, 1}));
}

TEST(search, another_text_replaces_the_one_before) {
    Search search = search_of({document(1, "2022-08-01 08:00", "路灯不亮")});
    ASSERT_TRUE(search.put(std::vector{document(1, "2022-08-01 08:00", "水管漏水")}, 2));
    EXPECT_EQ(found(search, "路灯"), Ids{});
    EXPECT_EQ(found(search, "水管"), Ids{1});
    EXPECT_EQ(*search.size(), 1);
    SearchDocument closed = document(1, "2022-08-01 08:00", "水管漏水");
    closed.row.matter.stage = "closed";
    ASSERT_TRUE(search.put(std::vector{closed}, 3));
    const auto page = search.newest({.words = "水管"}, std::nullopt, 5);
    ASSERT_EQ(page->rows.size(), 1U);
    EXPECT_EQ(page->rows[0], closed.row);
    EXPECT_EQ(search.position(), 3);
}

TEST(search, counts_are_exact_up_to_the_limit_and_more_beyond) {
    Search search = in_memory();
    std::vector<SearchDocument> documents;
    for (std::int64_t id = 1; id <= list_count_max + 1; ++id) {
        documents.push_back(document(id, "2022-08-01 08:00", "路灯"));
    }
    const auto most = std::span(documents).first(static_cast<std::size_t>(list_count_max));
    ASSERT_TRUE(search.put(most, 1));
    EXPECT_EQ(*search.count({.words = "路灯"}), (ListCount{list_count_max, false}));
    ASSERT_TRUE(search.put(documents, 2));
    EXPECT_EQ(*search.count({.words = "路灯"}), (ListCount{list_count_max, true}));
    EXPECT_TRUE(search.ranked({.words = "路灯"}, 5)->is_of_newest);
}

TEST(search, similar_open_matters_are_found_with_the_reason) {
    const std::string text = "小区门口的路灯坏了三天，晚上看不清路，老人摔倒";
    std::vector<SearchDocument> documents = {
        document(1, "2022-08-01 08:00", "路灯坏了", "小区门口路灯坏了几天，晚上看不清路"),
        document(2, "2022-08-02 08:00", "物业收费", "停车费涨价没有通知业主"),
        document(3, "2022-08-03 08:00", "路灯坏了", "小区门口路灯坏了几天，晚上看不清路"),
        document(4, "2022-08-03 08:00", "路灯坏了", "小区门口路灯坏了几天，晚上看不清路"),
        document(5, "2021-08-03 08:00", "路灯坏了", "小区门口路灯坏了几天，晚上看不清路"),
    };
    documents[2].row.matter.area = AreaId{9};
    documents[3].row.matter.counts = Counts::closed;
    const Search search = search_of(documents);
    SimilarQuestion question{.text = text, .area = AreaId{7}, .near = {AreaId{9}}};
    question.registered = instant("2022-08-04 09:00");
    const auto similar = search.similar(question);
    ASSERT_TRUE(similar) << to_string(similar.error());
    ASSERT_EQ(similar->size(), 2U) << "open, alike, not a year ago";
    const SimilarMatter& best = similar->front();
    EXPECT_EQ(best.row.matter.id.value, 1) << "the same place";
    EXPECT_TRUE(best.is_same_area);
    EXPECT_EQ(best.days_apart, 3);
    EXPECT_GE(best.shared, 8);
    EXPECT_TRUE(similar->back().is_near);
    question.but = MatterId{1};
    EXPECT_EQ(search.similar(question)->size(), 1U);
    question.text = "，。";
    EXPECT_TRUE(search.similar(question)->empty());
}

/// A question and documents over an alphabet so small that hits are common.
std::string random_text(int characters_max) {
    static const std::vector<std::string> alphabet = {"甲", "乙", "丙", "丁", "1", "2", " ", "，"};
    std::string out;
    const int count = *rc::gen::inRange(1, characters_max + 1);
    for (int index = 0; index < count; ++index) {
        out += *rc::gen::elementOf(alphabet);
    }
    return out;
}

SearchDocument random_document() {
    static const std::vector<std::string> days = {
        "2022-06-30 23:00",
        "2022-07-01 09:00",
        "2022-07-15 09:00",
        "2022-08-01 09:00",
        "2022-08-31 09:00",
        "2023-01-01 09:00"
    };
    const auto id = *rc::gen::inRange<std::int64_t>(1, 25);
    // A matter is registered once.
    const std::string day = days[static_cast<std::size_t>(id * 5 % 6)];
    SearchDocument out = document(id, day, random_text(4), random_text(12));
    out.row.matter.is_erased = *rc::gen::inRange(0, 10) == 0;
    out.row.matter.office = OrgId{*rc::gen::inRange<std::int64_t>(1, 4)};
    return out;
}

/// A failure shrinks to its documents and says what the search said.
void take(Search& search, const std::vector<SearchDocument>& documents, Seq seq) {
    const auto taken = search.put(documents, seq);
    RC_LOG() << (taken ? "" : to_string(taken.error()));
    RC_ASSERT(taken.has_value());
}

/// Ids by pages of three, each once and in order.
std::vector<MatterId> by_pages(const Search& search, const SearchQuery& query) {
    std::vector<MatterId> out;
    std::optional<ListKey> after;
    do {
        const auto page = search.newest(query, after, 3);
        RC_ASSERT(page.has_value());
        for (const SearchRow& row : page->rows) {
            out.push_back(row.matter.id);
        }
        after = page->next;
    } while (after);
    return out;
}

RC_GTEST_PROP(search_property, it_finds_what_reading_every_text_finds, ()) {
    Search search = in_memory();
    Reference reference;
    const int rounds = *rc::gen::inRange(1, 5);
    for (int round = 1; round <= rounds; ++round) {
        const auto documents =
            *rc::gen::container<std::vector<SearchDocument>>(rc::gen::exec(random_document));
        take(search, documents, round);
        for (const SearchDocument& one : documents) {
            reference.put(one);
        }
    }
    for (int asked = 0; asked < 6; ++asked) {
        std::vector<std::string> words;
        SearchQuery query;
        const int count = *rc::gen::inRange(1, 3);
        for (int index = 0; index < count; ++index) {
            // Within quotation marks a space is punctuation like any other.
            words.push_back(random_text(4));
            query.words += "\"" + words.back() + "\"";
        }
        std::erase_if(words, [](const std::string& word) { return search_terms(word).empty(); });
        if (words.empty()) {
            continue;
        }
        const std::int64_t office = *rc::gen::inRange<std::int64_t>(0, 4);
        query.is_visible = [office](const SearchRow& row) {
            return row.matter.office.value != office;
        };
        const auto expected = reference.find(words, query.is_visible);
        RC_LOG() << query.words << '\n';
        RC_ASSERT(by_pages(search, query) == expected);
        const auto counted = search.count(query);
        RC_ASSERT(counted.has_value());
        RC_ASSERT(counted->count == static_cast<std::int64_t>(expected.size()));
        const auto ranked = search.ranked(query, search_page_max);
        RC_ASSERT(ranked.has_value());
        std::set<MatterId> best;
        for (const SearchRow& row : ranked->rows) {
            best.insert(row.matter.id);
        }
        RC_ASSERT(best == std::set<MatterId>(expected.begin(), expected.end()));
    }
}

RC_GTEST_PROP(search_property, made_from_zero_it_equals_what_followed, ()) {
    Search followed = in_memory();
    std::map<MatterId, SearchDocument> last;
    const int rounds = *rc::gen::inRange(1, 6);
    for (int round = 1; round <= rounds; ++round) {
        const auto documents =
            *rc::gen::container<std::vector<SearchDocument>>(rc::gen::exec(random_document));
        take(followed, documents, round);
        for (const SearchDocument& one : documents) {
            last[one.row.matter.id] = one;
        }
    }
    std::vector<SearchDocument> documents;
    for (const auto& [id, one] : last) {
        documents.push_back(one);
    }
    Search rebuilt = in_memory();
    RC_ASSERT(rebuilt.put(documents, rounds).has_value());
    const auto difference = followed.difference(rebuilt);
    RC_ASSERT(difference.has_value());
    RC_ASSERT(*difference == std::nullopt);
}

TEST(search, a_difference_is_named) {
    const Search one = search_of({document(1, "2022-08-01 08:00", "路灯")});
    const Search two = search_of({document(1, "2022-08-01 08:00", "水管")});
    EXPECT_EQ(**one.difference(two), "matter 1 differs");
    EXPECT_EQ(**one.difference(in_memory()), "positions 1 and 0");
}

}  // namespace
}  // namespace zt::views
