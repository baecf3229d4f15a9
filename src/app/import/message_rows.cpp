#include "app/import/message_rows.hpp"

#include "base/text.hpp"

#include <array>

namespace zt::app {

namespace {

struct Usual {
    const std::string MessageColumns::* named;
    std::string MessageRow::* value;
    std::array<std::string_view, 4> columns;  // ours, and those of message boards
};
constexpr std::array usual{
    Usual{&MessageColumns::title, &MessageRow::title, {"title", "留言主题", "subject", ""}},
    Usual{&MessageColumns::text, &MessageRow::text, {"text", "留言详情", "content", "message"}},
    Usual{&MessageColumns::category, &MessageRow::category, {"category", "一级标签", "label", ""}},
    Usual{&MessageColumns::id, &MessageRow::id, {"id", "number", "留言编号", "_key"}},
    Usual{&MessageColumns::day, &MessageRow::day, {"day", "registered", "_time_iso", ""}},
    Usual{&MessageColumns::reply, &MessageRow::reply, {"reply", "答复意见", "answer", ""}},
};

template <class Names>
std::string first_value(const Row& row, const Names& columns) {
    for (const auto& column : columns) {
        if (const auto value = row.value(column); !value.empty()) {
            return std::string(value);
        }
    }
    return {};
}

kindfile::RowFormat format_of(std::string path) {
    constexpr std::string_view packed = ".gz";
    if (path.ends_with(packed)) {
        path.resize(path.size() - packed.size());
    }
    return path.ends_with(".csv") ? kindfile::RowFormat::csv : kindfile::RowFormat::jsonl;
}

}  // namespace

MessageRow message_of(const Row& row, const MessageColumns& columns) {
    MessageRow out;
    for (const Usual& one : usual) {
        const std::string& named = columns.*one.named;
        out.*one.value =
            named.empty() ? first_value(row, one.columns) : first_value(row, split(named, ','));
    }
    return out;
}

Result<void> each_message(
    const std::string& file,
    const MessageColumns& columns,
    const std::function<Result<void>(MessageRow)>& visit
) {
    TRY(const auto reader, open_rows({.path = file, .format = format_of(file)}));
    while (true) {
        TRY(const auto row, reader->next());
        if (!row) {
            return {};
        }
        if (row->refusal) {
            Error error = *row->refusal;
            error.at = file + ":" + std::to_string(row->line);
            return std::unexpected(error);
        }
        TRY_VOID(visit(message_of(*row, columns)));
    }
}

}  // namespace zt::app
