#include "http/pages/living.hpp"

#include "http/papers.hpp"
#include "views/lists.hpp"

namespace zt::http::pages {

namespace {

/// A prefecture has some 4,000 villages.
constexpr std::size_t records_max = 10'000;
constexpr std::size_t records_a_page = 500;

}  // namespace

Result<std::vector<MatterId>> living_records(const World& world, std::string_view kind) {
    const auto lists = views::Lists::open(world.papers->lists_file, views::ListAccess::read);
    if (!lists) {
        return fail(Errc::overloaded, "the lists are being made; try again");
    }
    views::ListFilter filter;
    filter.is_record = true;
    filter.kinds = {std::string(kind)};
    filter.counts = Counts::open;
    std::vector<MatterId> records;
    std::optional<views::ListKey> after;
    do {
        TRY(const auto page, lists->page(filter, after, records_a_page));
        for (const auto& row : page.rows) {
            records.push_back(row.id);
        }
        after = page.next;
    } while (after && records.size() < records_max);
    return records;
}

}  // namespace zt::http::pages
