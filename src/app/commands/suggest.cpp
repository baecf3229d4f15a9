// `train` and `suggest`: which category a message is about, learned from messages that people
// sorted.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/import/message_rows.hpp"
#include "base/text.hpp"
#include "service/own_messages.hpp"
#include "store/data_directory.hpp"
#include "views/classifier.hpp"
#include "views/share.hpp"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct SuggestOptions {
    DataOptions data;
    std::vector<std::string> files;
    MessageColumns columns;
    int folds = 0;
    int limit = 1;
};

void add_columns(const Registration& here, MessageColumns& columns) {
    here.app.add_option("--title", columns.title, here.help("title"));
    here.app.add_option("--text", columns.text, here.help("text"));
}

Result<void> add_rows(
    const std::string& file,
    const MessageColumns& columns,
    std::vector<views::SortedMessage>& messages
) {
    const std::size_t before = messages.size();
    TRY_VOID(each_message(file, columns, [&](MessageRow row) -> Result<void> {
        if (!row.category.empty() && !(row.title.empty() && row.text.empty())) {
            messages.push_back(
                {{std::move(row.title), std::move(row.text)}, std::move(row.category)}
            );
        }
        return {};
    }));
    if (messages.size() == before) {
        return fail(
            Errc::unknown_column,
            "no row has a message and a category; name the columns with --title, --text, --category",
            file
        );
    }
    return {};
}

/// Closed matters of the place that people sorted, the newest of them.
Result<void> add_history(service::Tenant& tenant, std::vector<views::SortedMessage>& messages) {
    TRY(const auto* lists, tenant.lists());
    TRY(auto own,
        service::own_messages(
            *lists,
            tenant.store(),
            tenant.key(),
            tenant.rules().kinds,
            {.from = {}, .counts = Counts::closed}
        ));
    messages = service::sorted_messages(std::move(own));
    return {};
}

/// A line of standard input: a JSON object, of whose members the texts are taken, or plain text.
/// errors: bad_json.
Result<views::MessageText> message_of_line(const std::string& line, const MessageColumns& columns) {
    if (!line.starts_with('{')) {
        return views::MessageText{"", line};
    }
    boost::system::error_code problem;
    const auto json = boost::json::parse(line, problem);
    if (problem || !json.is_object()) {
        return fail(Errc::bad_json, problem.message(), "standard input");
    }
    Row row;
    auto names = std::make_shared<std::vector<std::string>>();
    for (const auto& [name, value] : json.get_object()) {
        names->emplace_back(name);
        row.values.emplace_back(
            value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value)
        );
    }
    row.columns = std::move(names);
    MessageRow read = message_of(row, columns);
    return views::MessageText{std::move(read.title), std::move(read.text)};
}

Json json_of(const views::Suggestion& one) {
    Json words = Json::array();
    for (const auto& word : one.words) {
        words.push(word);
    }
    return Json::object()
        .set("category", one.category)
        .set("permille", one.permille)
        .set("words", std::move(words));
}

std::string percent(double share) {
    constexpr double tenths = 1000;
    const auto value = static_cast<std::int64_t>(std::lround(share * tenths));
    return std::to_string(value / 10) + "." + std::to_string(value % 10) + " %";
}

void print_folds(const Request& request, const std::vector<views::FoldScore>& folds) {
    double macro = 0, accuracy = 0;
    Json rows = Json::array();
    for (const auto& fold : folds) {
        macro += fold.macro_f1 / static_cast<double>(folds.size());
        accuracy += fold.accuracy / static_cast<double>(folds.size());
        rows.push(Json::object()
                      .set("messages", static_cast<std::int64_t>(fold.messages))
                      .set("macro_f1", percent(fold.macro_f1))
                      .set("accuracy", percent(fold.accuracy)));
    }
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("folds", std::move(rows))
                .set("macro_f1", percent(macro))
                .set("accuracy", percent(accuracy))
        );
        return;
    }
    request.out() << request.text(
                         "cli.train.result",
                         {{"folds", std::to_string(folds.size())},
                          {"macro_f1", percent(macro)},
                          {"accuracy", percent(accuracy)}}
                     )
                  << '\n';
}

Result<int> run_train(const Request& request, const SuggestOptions& options) {
    std::vector<views::SortedMessage> messages;
    for (const auto& file : options.files) {
        TRY_VOID(add_rows(file, options.columns, messages));
    }
    if (options.files.empty()) {
        TRY(auto tenant, open_data(request, options.data, store::Access::read));
        TRY_VOID(add_history(*tenant, messages));
    }
    if (options.folds > 0) {
        TRY(const auto folds,
            views::cross_validated(messages, {}, static_cast<std::size_t>(options.folds)));
        print_folds(request, folds);
        return exit_fine;
    }
    TRY(const auto classifier, views::Classifier::train(messages, {}));
    const std::string file = store::classifier_file(options.data.data);
    TRY_VOID(classifier.save(file));
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("version", classifier.version())
                .set("messages", static_cast<std::int64_t>(classifier.messages()))
                .set("categories", static_cast<std::int64_t>(classifier.categories().size()))
        );
        return exit_fine;
    }
    request.out() << request.text(
                         "cli.train.done",
                         {{"messages", std::to_string(classifier.messages())},
                          {"categories", std::to_string(classifier.categories().size())},
                          {"version", classifier.version()},
                          {"file", file}}
                     )
                  << '\n';
    return exit_fine;
}

void print_suggestions(
    const Request& request,
    const views::Classifier& classifier,
    const views::MessageText& message,
    const SuggestOptions& options
) {
    const auto found = classifier.suggest(message, static_cast<std::size_t>(options.limit));
    if (request.is_json) {
        Json all = Json::array();
        for (const auto& one : found) {
            all.push(json_of(one));
        }
        const auto quoted = [](const std::string& value) { return to_canonical(Json(value)); };
        const std::int32_t permille = found.empty() ? 0 : found.front().permille;
        // Our JSON has no fractions: the score, from 0 to 1, is written as text.
        request.out() << "{\"category\":" << quoted(found.empty() ? "" : found.front().category)
                      << ",\"score\":" << views::decimal_text(permille, 1000)
                      << ",\"suggestions\":" << to_canonical(all)
                      << ",\"version\":" << quoted(classifier.version()) << "}\n";
        return;
    }
    std::string text = found.empty() ? request.text("cli.suggest.none") : std::string();
    for (const auto& one : found) {
        text += (text.empty() ? "" : "; ") + one.category + " " +
                percent(static_cast<double>(one.permille) / 1000) + " (" + join(one.words, ", ") +
                ")";
    }
    request.out() << text << '\n';
}

Result<int> run_suggest(const Request& request, const SuggestOptions& options) {
    const std::string kept = store::classifier_file(options.data.data);
    const auto classifier = views::Classifier::load(kept);
    if (!classifier) {
        Error error = classifier.error();
        error.detail += error.code == Errc::not_found ? "; `zhitong train` makes it" : "";
        return std::unexpected(error);
    }
    for (const auto& file : options.files) {
        TRY_VOID(each_message(file, options.columns, [&](const MessageRow& row) -> Result<void> {
            print_suggestions(request, *classifier, {row.title, row.text}, options);
            return {};
        }));
    }
    if (options.files.empty()) {
        std::string line;
        while (std::getline(std::cin, line)) {
            TRY(const auto message, message_of_line(line, options.columns));
            print_suggestions(request, *classifier, message, options);
        }
    }
    return exit_fine;
}

}  // namespace

void add_train(const Registration& here) {
    const auto options = std::make_shared<SuggestOptions>();
    add_data_options(here, options->data);
    here.app.add_option("files", options->files, here.help("files"));
    add_columns(here, options->columns);
    here.app.add_option("--category", options->columns.category, here.help("category"));
    here.app.add_option("--folds", options->folds, here.help("folds"))->check(CLI::Range(2, 20));
    here.run = [options](const Request& request) { return run_train(request, *options); };
}

void add_suggest(const Registration& here) {
    const auto options = std::make_shared<SuggestOptions>();
    here.app.add_option("--data", options->data.data, here.help("data"))->required();
    here.app.add_option("file", options->files, here.help("file"))->expected(0, 1);
    add_columns(here, options->columns);
    here.app.add_option("--limit", options->limit, here.help("limit"))->check(CLI::Range(1, 20));
    here.run = [options](const Request& request) { return run_suggest(request, *options); };
}

}  // namespace zt::app
