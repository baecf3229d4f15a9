#include "service/bulletin_paper.hpp"

#include "paper/sheet.hpp"
#include "service/official_paper.hpp"

#include <algorithm>

namespace zt::service {

Result<std::string> bulletin_pdf(const views::Bulletin& bulletin, const BulletinIssue& issue) {
    const auto say = [&issue](const char* key, const kindfile::TextValues& values = {}) {
        return issue.texts.get(std::string("paper.bulletin.") + key, values);
    };
    const kindfile::TextValues days{
        {"from", paper_day(bulletin.period.from)}, {"until", paper_day(bulletin.period.until)}
    };
    paper::Sheet sheet;
    sheet.head = say("head");
    sheet.number = say("number", {{"period", bulletin.period.text}});
    sheet.title = say("title");
    sheet.body = {
        say("lead", days), say("rates"), say("seq", {{"seq", std::to_string(bulletin.seq)}})
    };
    auto table = views::table_of(bulletin, views::Language::zh);
    constexpr int unit_weight = 14, count_weight = 4, rate_weight = 7;
    const auto is_rate = [&table](std::size_t column) {
        return std::ranges::any_of(table.rows, [column](const auto& row) {
            return row[column].ends_with('%');
        });
    };
    for (std::size_t i = 0; i < table.head.size(); ++i) {
        const bool is_number = table.align[i] == views::Align::right;
        sheet.table.columns.push_back(
            {std::move(table.head[i]),
             i == 0       ? unit_weight
             : is_rate(i) ? rate_weight
                          : count_weight,
             is_number}
        );
    }
    sheet.table.rows = std::move(table.rows);
    sheet.issuer = issue.issuer;
    sheet.date = paper_day(issue.day);
    sheet.created = to_string(issue.day);
    sheet.drawn_for = issue.drawn_for;
    return paper::draw_pdf(sheet);
}

}  // namespace zt::service
