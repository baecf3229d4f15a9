#include "service/own_messages.hpp"

namespace zt::service {

namespace {

void add_line(std::string& to, const std::string& text) {
    if (!text.empty()) {
        to += (to.empty() ? "" : "\n") + text;
    }
}

OwnMessage message_of(const views::ListRow& row, const Followed& followed) {
    OwnMessage out{.row = row, .title = {}, .text = {}, .reply = {}};
    for (const auto& [section, text] : followed.document.texts) {
        switch (section) {
        case views::Section::title: out.title = text; break;
        case views::Section::text: add_line(out.text, text); break;
        case views::Section::reply: add_line(out.reply, text); break;
        default: break;
        }
    }
    return out;
}

}  // namespace

Result<std::vector<OwnMessage>> own_messages(
    const views::Lists& lists,
    store::Reader& reader,
    const vault::MasterKey* key,
    const Kinds& kinds,
    const OwnMessageQuery& query
) {
    constexpr std::size_t rows_a_page = 500;
    views::ListFilter filter;
    filter.is_record = false;
    filter.highest_protection = Protection::bad_service;
    filter.from = query.from;
    filter.counts = query.counts;
    for (const Kind* kind : kinds.all_newest()) {
        if (kind->has_requester) {
            filter.kinds.push_back(kind->name);
        }
    }
    std::vector<OwnMessage> out;
    std::optional<views::ListKey> after;
    do {
        TRY(const auto page, lists.page(filter, after, rows_a_page));
        for (const auto& row : page.rows) {
            if (query.is_ending && query.is_ending()) {
                return fail(Errc::overloaded, "the program ends");
            }
            if (row.is_erased || out.size() >= query.matters_max) {
                continue;
            }
            if (const auto followed = follow_matter(reader, key, kinds, row.id)) {
                out.push_back(message_of(row, *followed));
            }
        }
        after = page.next;
    } while (after && out.size() < query.matters_max);
    return out;
}

std::vector<views::SortedMessage> sorted_messages(std::vector<OwnMessage> messages) {
    std::vector<views::SortedMessage> out;
    for (auto& [row, title, text, reply] : messages) {
        if (!row.category.empty() && row.category != "uncategorised") {
            out.push_back({{std::move(title), std::move(text)}, std::move(row.category)});
        }
    }
    return out;
}

}  // namespace zt::service
