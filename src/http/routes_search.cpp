// Search over all matters, for the desk; over what was published, for everybody.

#include "base/text.hpp"
#include "http/codec.hpp"
#include "http/pages/found.hpp"
#include "http/route_lists.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace zt::http {

namespace {

using views::Section;

constexpr std::size_t rows_max = 100;
constexpr std::size_t public_rows_max = 50;

constexpr std::array in_titles{Section::title};
constexpr std::array in_texts{Section::title, Section::text, Section::reply};
constexpr std::array in_work{Section::title, Section::text, Section::reply, Section::work};
constexpr std::array in_published{Section::published};

std::vector<Section> sections(std::span<const Section> some) { return {some.begin(), some.end()}; }

/// A question in two halves that no row is in both of: rows whose texts the caller reads, and rows
/// of which the title is all that may be known, which are searched by titles alone.
struct Halves {
    views::SearchQuery read, titled;
    std::span<const Section> shown;  ///< of the first half
    bool has_titled = false;
};

/// errors: missing_field, bad_value.
Result<std::string> words_in(const Call& call) {
    const std::string* words = call.query_value("q");
    if (words == nullptr || trim(*words).empty()) {
        return fail(Errc::missing_field, "what is searched for", "/q");
    }
    auto read = views::read_search(*words);
    if (!read) {
        return fail(Errc::bad_value, read.error().detail, "/q");
    }
    return *words;
}

Result<Halves> halves_of(const Call& call, const ListAsked& asked, RowSight& sight) {
    Halves halves;
    TRY(halves.read.words, words_in(call));
    const std::string* in = call.query_value("in");
    const std::string where = in == nullptr || in->empty() ? "text" : *in;
    if (where != "title" && where != "text" && where != "work") {
        return fail(Errc::bad_value, "title, text or work is expected", "/in");
    }
    const auto visible = visible_for(asked, sight);
    halves.titled = halves.read;
    halves.read.filter = halves.titled.filter = asked.filter;
    if (where == "title") {
        halves.shown = in_titles;
        halves.read.filter.is_visible = visible;
    } else if (where == "text") {
        halves.shown = in_texts;
        halves.has_titled = true;
        halves.read.filter.is_visible = [visible, &sight](const views::ListRow& row) {
            return visible(row) && sight.reads_texts(row);
        };
        halves.titled.filter.is_visible = [visible, &sight](const views::ListRow& row) {
            return visible(row) && !sight.reads_texts(row);
        };
    } else {
        halves.shown = in_work;
        halves.read.filter.is_visible = [visible, &sight](const views::ListRow& row) {
            return visible(row) && sight.reads_texts(row) && sight.reads(FieldGroup::work, row);
        };
    }
    halves.read.sections = sections(halves.shown);
    halves.titled.sections = sections(in_titles);
    return halves;
}

/// What a search gave, before it is shown.
struct Gathered {
    std::vector<views::ListRow> rows;
    std::optional<views::ListKey> next;
    views::ListCount count;
    bool is_of_newest = false;
};

struct Page {
    std::optional<views::ListKey> after;
    std::size_t limit = 0;
};

void add_rows(Gathered& gathered, const std::vector<views::SearchRow>& rows) {
    for (const auto& row : rows) {
        gathered.rows.push_back(row.matter);
    }
}

Result<void>
gather_newest(const views::Search& search, const Halves& halves, const Page& page, Gathered& into) {
    TRY(const auto read, search.newest(halves.read, page.after, page.limit));
    add_rows(into, read.rows);
    std::optional<views::ListKey> cut = read.next;
    if (halves.has_titled) {
        TRY(const auto titled, search.newest(halves.titled, page.after, page.limit));
        add_rows(into, titled.rows);
        // What one half has not looked at yet may be newer than what the other has.
        cut = !cut ? titled.next : titled.next ? std::max(*cut, *titled.next) : *cut;
    }
    const auto key = [](const views::ListRow& row) {
        return views::ListKey{row.registered, row.id};
    };
    std::ranges::sort(into.rows, std::greater{}, key);
    if (cut) {
        std::erase_if(into.rows, [&](const views::ListRow& row) { return key(row) < *cut; });
        into.next = cut;
    }
    if (into.rows.size() > page.limit) {
        into.rows.resize(page.limit);
        into.next = key(into.rows.back());
    }
    return {};
}

Result<void> gather_ranked(
    const views::Search& search, const Halves& halves, std::size_t limit, Gathered& into
) {
    TRY(const auto read, search.ranked(halves.read, limit));
    add_rows(into, read.rows);
    into.is_of_newest = read.is_of_newest;
    if (halves.has_titled && into.rows.size() < limit) {
        TRY(const auto titled, search.ranked(halves.titled, limit - into.rows.size()));
        add_rows(into, titled.rows);
        into.is_of_newest = into.is_of_newest || titled.is_of_newest;
    }
    return {};
}

Result<views::ListCount> count_of(const views::Search& search, const Halves& halves) {
    TRY(auto count, search.count(halves.read));
    if (halves.has_titled) {
        TRY(const auto titled, search.count(halves.titled));
        count.count += titled.count;
        count.is_more = count.is_more || titled.is_more || count.count > views::list_count_max;
        count.count = std::min(count.count, views::list_count_max);
    }
    return count;
}

/// Rows with the pieces of text that were hit.
Result<std::vector<api::Hit>>
hits_of(const Showing& showing, const Gathered& gathered, const Halves& halves) {
    TRY(auto lines, showing.lines(gathered.rows));
    std::vector<api::Hit> out;
    for (std::size_t index = 0; index < lines.size(); ++index) {
        const views::ListRow& row = gathered.rows[index];
        TRY(const auto texts, texts_of(showing.looking, row.id));
        const std::span<const Section> shown =
            showing.sight.reads_texts(row) ? halves.shown : std::span<const Section>(in_titles);
        out.push_back({std::move(lines[index]), snippets_of(texts, halves.read.words, shown)});
    }
    return out;
}

Result<bool> is_ranked(const Call& call) {
    const std::string* sort = call.query_value("sort");
    const std::string text = sort == nullptr || sort->empty() ? "newest" : *sort;
    if (text != "newest" && text != "ranked") {
        return fail(Errc::bad_value, "newest or ranked is expected", "/sort");
    }
    return text == "ranked";
}

/// The values of a list that search shares with it.
Pairs filters_in(const Call& call) {
    Pairs out;
    for (const auto& pair : call.query) {
        if (pair.first != "sort") {
            out.push_back(pair);
        }
    }
    return out;
}

Result<Reply> get_search(World& world, const Call& call) {
    TRY_VOID(await_asked(world, call));
    TRY(auto looking, look(world, call));
    TRY(const ListAsked asked, list_asked(filters_in(call), looking));
    if (!asked.lamps.empty()) {
        return fail(Errc::bad_value, "lamps filter lists alone", "/lamp");
    }
    TRY(const bool ranks, is_ranked(call));
    TRY(const std::size_t limit, limit_in(call, rows_max));
    TRY(const auto after, key_in(call));
    RowSight sight(viewer_of(call.caller), looking.context);
    TRY(const Halves halves, halves_of(call, asked, sight));
    Gathered gathered;
    const auto read = [&](const views::Search& search) -> Result<void> {
        TRY_VOID(
            ranks ? gather_ranked(search, halves, limit, gathered)
                  : gather_newest(search, halves, {after, limit}, gathered)
        );
        TRY(gathered.count, count_of(search, halves));
        return {};
    };
    TRY(const auto standing, world.readers->with_search(read));
    api::Found found;
    const Showing showing{world, looking, sight, call.language};
    TRY(found.rows, hits_of(showing, gathered, halves));
    if (gathered.next) {
        found.next = text_of_key(*gathered.next);
    }
    found.count = gathered.count.count;
    found.is_more = gathered.count.is_more;
    found.is_of_newest = gathered.is_of_newest;
    found.seq = standing.seq;
    found.is_being_made = standing.is_being_made;
    return tagged(to_json(found));
}

// ---- for everybody ------------------------------------------------------------------------------

Result<std::vector<api::PublishedHit>> published_hits(
    Looking& looking,
    const std::vector<views::SearchRow>& rows,
    const std::string& words,
    std::string_view language
) {
    std::vector<api::PublishedHit> out;
    for (const auto& row : rows) {
        TRY(auto line, published_line(looking, row.matter.id, language));
        if (!line) {
            continue;  // taken back since the index saw it
        }
        const std::vector<views::SearchText> texts{
            {Section::published, line->title}, {Section::published, line->text}
        };
        auto snippets = snippets_of(texts, words, in_published);
        out.push_back({*std::move(line), std::move(snippets)});
    }
    return out;
}

/// Only what was published is searched: the answer says nothing of what else stands in a matter.
Result<Reply> get_public_search(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const std::size_t limit, limit_in(call, public_rows_max));
    TRY(const auto after, key_in(call));
    RowSight sight(Viewer{}, looking.context);
    views::SearchQuery query;
    TRY(query.words, words_in(call));
    query.sections = sections(in_published);
    query.filter.is_published = true;
    query.filter.is_record = false;
    if (const std::string* kinds = call.query_value("kind"); kinds != nullptr && !kinds->empty()) {
        query.filter.kinds = split(*kinds, ',');
    }
    query.filter.is_visible = [&sight](const views::ListRow& row) { return sight.sees(row); };
    views::SearchPage page;
    views::ListCount count;
    const auto read = [&](const views::Search& search) -> Result<void> {
        TRY(page, search.newest(query, after, limit));
        TRY(count, search.count(query));
        return {};
    };
    TRY(const auto standing, world.readers->with_search(read));
    ignore(standing, "how far the index is tells how much is handed in: nobody's business outside");
    api::PublishedFound found;
    TRY(found.rows, published_hits(looking, page.rows, query.words, call.language));
    if (page.next) {
        found.next = text_of_key(*page.next);
    }
    found.count = count.count;
    found.is_more = count.is_more;
    return tagged(to_json(found));
}

Pairs search_values() {
    Pairs values{
        {"q", "words; what stands in quotes is one phrase; numbers and pinyin initials too"},
        {"in", "title, text (title, text and replies; if left out), work"},
    };
    for (auto& value : list_values()) {
        if (value.first == "sort") {
            value.second = "newest (if left out), ranked";
        }
        if (value.first != "lamp") {
            values.push_back(std::move(value));
        }
    }
    values.emplace_back("limit", "rows, 50 if left out, at most 100");
    values.emplace_back("after", "`next` of the page before; newest alone");
    values.emplace_back("after_seq", "`seq` of an answer: waits up to 1 s until it shows");
    return values;
}

}  // namespace

std::vector<Route> search_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/search",
         .role = For(Role::in_post),
         .summary = "Matters that hold these words, as far as the caller may see and read them",
         .body = none(),
         .answer = schema_of<api::Found>(),
         .handler = Answering(get_search),
         .query = search_values()},
        {.method = Method::get,
         .path = "/api/v1/portal/search",
         .role = For(Role::anybody),
         .summary = "Published matters that hold these words in what was published",
         .body = none(),
         .answer = schema_of<api::PublishedFound>(),
         .handler = Answering(get_public_search),
         .query =
             {{"q", "words"},
              {"kind", "kinds, comma between"},
              {"limit", "rows, 50 if left out"},
              {"after", "`next` of the page before"}}},
    };
}

}  // namespace zt::http
