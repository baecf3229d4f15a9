#include "base/text.hpp"
#include "views/bulletin.hpp"
#include "views/impl/json_text.hpp"
#include "views/text_table.hpp"

#include <array>

namespace zt::views {

using impl::JsonObject;

namespace {

/// A number that each line has, in the order of print.
struct CountColumn {
    std::string_view name, zh, en;
    std::int64_t BulletinLine::* member;
};
struct ShareColumn {
    std::string_view name, zh, en;
    Share BulletinLine::* member;
};

constexpr std::array<CountColumn, 8> count_columns = {{
    {"received", "收到", "received", &BulletinLine::received},
    {"answered_directly", "直接答复", "direct", &BulletinLine::answered_directly},
    {"accepted", "受理", "accepted", &BulletinLine::accepted},
    {"assigned", "交办", "assigned", &BulletinLine::assigned},
    {"closed", "办结", "closed", &BulletinLine::closed},
    {"on_time", "按期", "on time", &BulletinLine::on_time},
    {"late", "超期", "late", &BulletinLine::late},
    {"open", "在办", "open", &BulletinLine::open},
}};
constexpr std::array<ShareColumn, 3> share_columns = {{
    {"closing_rate", "办结率", "closing", &BulletinLine::closing},
    {"on_time_rate", "按期率", "on-time", &BulletinLine::timeliness},
    {"satisfaction", "满意度", "satisfaction", &BulletinLine::satisfaction},
}};

bool is_hidden(const BulletinLine& line, const ShareColumn& column) {
    return line.hides_satisfaction && column.member == &BulletinLine::satisfaction;
}
std::string_view in(Language language, std::string_view zh, std::string_view en) {
    return language == Language::zh ? zh : en;
}
std::string json_of(const BulletinLine& line);
std::vector<std::string> text_cells(const BulletinLine& line, std::string_view name);
std::vector<std::string>
csv_cells(const Bulletin& bulletin, const BulletinLine& line, std::string_view name);

}  // namespace

TextTable table_of(const Bulletin& bulletin, Language language) {
    TextTable table;
    table.head.emplace_back(in(language, "单位", "unit"));
    for (const CountColumn& column : count_columns) {
        table.head.emplace_back(in(language, column.zh, column.en));
    }
    for (const ShareColumn& column : share_columns) {
        table.head.emplace_back(in(language, column.zh, column.en));
    }
    table.head.emplace_back(in(language, "评价数", "n"));
    table.align.assign(table.head.size(), Align::right);
    table.align[0] = Align::left;
    for (const BulletinLine& line : bulletin.units) {
        table.rows.push_back(text_cells(line, line.name));
    }
    table.rows.push_back(text_cells(bulletin.total, in(language, "合计", "total")));
    return table;
}

std::string to_text(const Bulletin& bulletin, Language language) {
    const TextTable table = table_of(bulletin, language);
    const std::string days = to_string(bulletin.period.from) +
                             (language == Language::zh ? " 至 " : " to ") +
                             to_string(bulletin.period.until);
    const std::string seq = std::to_string(bulletin.seq);
    return (language == Language::zh ? "办理情况通报（" + days + "）\n" : "Bulletin, " + days + "\n"
           ) +
           to_text(table) +
           (language == Language::zh ? "事件序号 " + seq + "\n" : "seq " + seq + "\n");
}

std::string to_json(const Bulletin& bulletin) {
    std::vector<std::string> units;
    for (const BulletinLine& line : bulletin.units) {
        units.push_back(json_of(line));
    }
    return JsonObject()
        .text("period", bulletin.period.text)
        .text("from", to_string(bulletin.period.from))
        .text("until", to_string(bulletin.period.until))
        .number("seq", bulletin.seq)
        .raw("units", "[" + join(units, ",") + "]")
        .raw("total", json_of(bulletin.total))
        .str();
}

std::string to_csv(const Bulletin& bulletin) {
    TextTable table;
    table.head = {"period", "seq", "org", "unit"};
    for (const CountColumn& column : count_columns) {
        table.head.emplace_back(column.name);
    }
    for (const ShareColumn& column : share_columns) {
        for (const char* const part : {"", "_numerator", "_denominator"}) {
            table.head.push_back(std::string(column.name) + part);
        }
    }
    for (const BulletinLine& line : bulletin.units) {
        table.rows.push_back(csv_cells(bulletin, line, line.name));
    }
    table.rows.push_back(csv_cells(bulletin, bulletin.total, "total"));
    return to_csv(table);
}

namespace {

std::string json_of(const BulletinLine& line) {
    JsonObject out;
    if (line.org) {
        out.number("org_id", line.org.value).text("org", line.name);
    }
    for (const CountColumn& column : count_columns) {
        out.number(column.name, line.*column.member);
    }
    for (const ShareColumn& column : share_columns) {
        const Share& share = line.*column.member;
        const bool is_shown = !is_hidden(line, column);
        out.raw(
            column.name,
            JsonObject()
                .raw("numerator", is_shown ? decimal_text(share.numerator, share.unit) : "null")
                .number("denominator", share.denominator)
                .raw("rate", is_shown ? rate_text(share).value_or("null") : "null")
                .str()
        );
    }
    return out.str();
}

std::vector<std::string> text_cells(const BulletinLine& line, std::string_view name) {
    std::vector<std::string> cells = {std::string(name)};
    for (const CountColumn& column : count_columns) {
        cells.push_back(std::to_string(line.*column.member));
    }
    for (const ShareColumn& column : share_columns) {
        cells.push_back(is_hidden(line, column) ? "" : percent_text(line.*column.member));
    }
    cells.push_back(std::to_string(line.satisfaction.denominator));
    return cells;
}

std::vector<std::string>
csv_cells(const Bulletin& bulletin, const BulletinLine& line, std::string_view name) {
    std::vector<std::string> cells = {
        bulletin.period.text,
        std::to_string(bulletin.seq),
        line.org ? std::to_string(line.org.value) : "",
        std::string(name)
    };
    for (const CountColumn& column : count_columns) {
        cells.push_back(std::to_string(line.*column.member));
    }
    for (const ShareColumn& column : share_columns) {
        const Share& share = line.*column.member;
        const bool is_shown = !is_hidden(line, column);
        cells.push_back(is_shown ? rate_text(share).value_or("") : "");
        cells.push_back(is_shown ? decimal_text(share.numerator, share.unit) : "");
        cells.push_back(std::to_string(share.denominator));
    }
    return cells;
}

}  // namespace
}  // namespace zt::views
