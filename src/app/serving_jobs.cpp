#include "app/serving_jobs.hpp"

#include "app/import/importer.hpp"
#include "app/import/memory_file.hpp"

#include <algorithm>

namespace zt::app {

namespace {

/// Rows that are decided at a time: others who hand in wait so long at most.
constexpr std::size_t served_group_rows = 32;

/// A name of maps/, and no path: it comes from outside.
Result<kindfile::ImportMap> map_of(const Definitions& definitions, const std::string& name) {
    const bool is_name = !name.empty() && std::ranges::all_of(name, [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '_';
    });
    if (!is_name) {
        return fail(Errc::bad_value, "a name such as 'messages' or 'orders' is expected", "/map");
    }
    auto text = definitions.map(name);
    if (!text) {
        return fail(Errc::not_found, text.error().detail, "/map");
    }
    auto map = kindfile::read_map_file(text->text, text->file);
    if (!map) {
        return std::unexpected(first_of(map.error()));
    }
    return *std::move(map);
}

ImportOptions options_for(service::Served& served, service::JobWatch& watch) {
    ImportOptions options;
    options.now = served.now();
    options.group_rows = served_group_rows;
    options.alone = [&served](const std::function<void()>& work) { served.writer().perform(work); };
    options.is_cancelled = [&watch] { return watch.is_cancelled(); };
    return options;
}

}  // namespace

Result<void> check_import(const Definitions& definitions, const http::ImportOrder& order) {
    TRY(const auto map, map_of(definitions, order.map));
    TRY(const auto input, MemoryFile::make(*order.rows));
    TRY(const auto columns, probe_columns({input.path(), map.format, map.separator}));
    if (const auto errors = kindfile::check_columns(map, columns);
        !errors.empty() && !columns.empty()) {
        return std::unexpected(errors.front());
    }
    return {};
}

Result<void> import_served(
    const Definitions& definitions,
    service::Served& served,
    const http::ImportOrder& order,
    service::JobWatch& watch
) {
    if (!served.has_views()) {
        return fail(Errc::overloaded, "the open matters are still being read; try again");
    }
    TRY(const auto map, map_of(definitions, order.map));
    TRY(const auto input, MemoryFile::make(*order.rows));
    TRY(const auto rejects, MemoryFile::make({}));
    ImportOptions options = options_for(served, watch);
    options.input = input.path();
    options.rejects = rejects.path();
    TRY(const auto summary,
        import_rows(served.ledger(), map, options, [&watch](const ImportProgress& now) {
            watch.progress({now.rows, now.rejected, now.repeated, now.bytes_read, now.bytes});
        }));
    const auto bytes = static_cast<std::int64_t>(order.rows->size());
    watch.progress({summary.rows, summary.rejected, summary.repeated, bytes, bytes});
    TRY(auto lines, rejects.content());
    watch.keep_rejects(std::move(lines), summary.rejected_by_code);
    return {};
}

Result<std::unique_ptr<service::Learning>> start_learning(
    const service::FollowerParts& like, service::ViewReaders& readers, const std::string& folder
) {
    service::LearningParts parts{like.store, like.key, like.clock, &readers, like.rules, {}};
    parts.classifier_file = store::classifier_file(folder);
    return service::Learning::start(std::move(parts), {});
}

http::ScoreBook score_book(const Definitions& definitions, const service::Served& served) {
    http::ScoreBook book;
    if (const auto files = definitions.scores()) {
        for (const auto& file : *files) {
            book.names.push_back(file.score.name);
        }
    }
    book.find = [&definitions, &served](const std::string& name) {
        return definitions.score(name, served.rules().kinds);
    };
    return book;
}

}  // namespace zt::app
