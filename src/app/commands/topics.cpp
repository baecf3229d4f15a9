// `topics`: what many messages are about. `replies`: answers that were given to many in the same
// words. Both over the place's own matters, or over the messages of files.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/import/message_rows.hpp"
#include "base/text.hpp"
#include "service/hot_topics.hpp"
#include "views/same_replies.hpp"
#include "views/share.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

using service::OwnMessage;

namespace {

struct TopicOptions {
    DataOptions data;
    std::vector<std::string> files;
    MessageColumns columns;
    std::string today;
    int days = 30;
    int span = 365;
    int limit = 20;
    int least = 3;
};

void add_shared_options(const Registration& here, TopicOptions& options) {
    here.app.add_option("--data", options.data.data, here.help("data"));
    here.app.add_option("--key", options.data.key, here.help("key"));
    here.app.add_option("files", options.files, here.help("files"));
    here.app.add_option("--id", options.columns.id, here.help("id"));
    here.app.add_option("--limit", options.limit, here.help("limit"))
        ->check(CLI::Range(1, 100'000));
}

/// Messages of files; a number where the file gives none is the row's place.
Result<std::vector<OwnMessage>> messages_of_files(const TopicOptions& options) {
    std::vector<OwnMessage> out;
    for (const auto& file : options.files) {
        TRY_VOID(each_message(file, options.columns, [&](MessageRow row) -> Result<void> {
            OwnMessage one{{}, std::move(row.title), std::move(row.text), std::move(row.reply)};
            one.row.number = row.id.empty() ? std::to_string(out.size() + 1) : std::move(row.id);
            one.row.category = std::move(row.category);
            if (!row.day.empty()) {
                std::string day = row.day;
                std::ranges::replace(day, 'T', ' ');
                const auto at = parse_instant(day);
                if (!at) {
                    return fail(at.error().code, at.error().detail, file + ": " + one.row.number);
                }
                one.row.registered = *at;
            }
            out.push_back(std::move(one));
            return {};
        }));
    }
    return out;
}

Result<std::vector<OwnMessage>>
messages_of_place(service::Tenant& tenant, const service::OwnMessageQuery& query) {
    TRY(const auto* lists, tenant.lists());
    return service::own_messages(*lists, tenant.store(), tenant.key(), tenant.rules().kinds, query);
}

Result<std::unique_ptr<service::Tenant>>
open_place(const Request& request, const TopicOptions& options) {
    if (options.data.data.empty()) {
        return fail(Errc::missing_field, "a data directory or files are expected", "--data");
    }
    DataOptions data = options.data;
    if (data.key.empty()) {
        data.key = data.data + ".key";  // without it nobody can read what was said
    }
    return open_data(request, data, store::Access::read);
}

std::string number_of(const std::vector<OwnMessage>& messages, std::size_t index) {
    return messages[index].row.number;
}

Json numbers_of(const std::vector<OwnMessage>& messages, const std::vector<std::size_t>& which) {
    Json out = Json::array();
    for (const std::size_t index : which) {
        out.push(number_of(messages, index));
    }
    return out;
}

Json words_of(const std::vector<std::string>& words) {
    Json out = Json::array();
    for (const auto& word : words) {
        out.push(word);
    }
    return out;
}

using AreaName = std::function<std::string(AreaId)>;

Json json_of(
    const service::HotTopic& topic, const std::vector<OwnMessage>& messages, const AreaName& area
) {
    Json places = Json::array();
    for (const auto& [id, count] : topic.facts.places) {
        places.push(Json::object().set("area", area(id)).set("count", count));
    }
    return Json::object()
        .set("words", words_of(topic.words))
        .set("count", static_cast<std::int64_t>(topic.messages.size()))
        .set("open", topic.facts.open)
        .set("recent", topic.facts.rise.recent)
        .set("usual", views::decimal_text(topic.facts.rise.usual, 1000))
        .set("heat", views::decimal_text(topic.facts.rise.heat, 1000))
        .set("first", to_string(topic.facts.first))
        .set("last", to_string(topic.facts.last))
        .set("places", std::move(places))
        .set("examples", numbers_of(messages, topic.examples))
        .set("matters", numbers_of(messages, topic.messages));
}

std::string line_of(
    const Request& request,
    const service::HotTopic& topic,
    const std::vector<OwnMessage>& messages,
    const AreaName& area
) {
    std::vector<std::string> places, examples;
    for (const auto& [id, count] : topic.facts.places) {
        places.push_back(area(id) + " " + std::to_string(count));
    }
    for (const std::size_t index : topic.examples) {
        examples.push_back(number_of(messages, index));
    }
    return request.text(
        "cli.topics.line",
        {{"words", join(topic.words, " ")},
         {"count", std::to_string(topic.messages.size())},
         {"recent", std::to_string(topic.facts.rise.recent)},
         {"usual", views::decimal_text(topic.facts.rise.usual, 1000)},
         {"heat", views::decimal_text(topic.facts.rise.heat, 1000)},
         {"places", join(places, ", ")},
         {"examples", join(examples, " ")}}
    );
}

Result<Date> today_of(const Request& request, const TopicOptions& options) {
    if (options.today.empty()) {
        return office_date(request.world.clock->now());
    }
    auto day = parse_date(options.today);
    if (!day) {
        return fail(day.error().code, day.error().detail, "--today");
    }
    return day;
}

Result<int> run_topics(const Request& request, const TopicOptions& options) {
    TRY(const Date today, today_of(request, options));
    std::vector<OwnMessage> messages;
    AreaName area = [](AreaId) { return std::string(); };
    std::unique_ptr<service::Tenant> tenant;
    if (options.files.empty()) {
        TRY(tenant, open_place(request, options));
        TRY(messages,
            messages_of_place(*tenant, {.from = start_of(today - std::chrono::days{options.span})})
        );
        area = names_in(*tenant).area;
    } else {
        TRY(messages, messages_of_files(options));
    }
    auto topics = service::hot_topics(messages, {today, options.days});
    topics.resize(std::min(topics.size(), static_cast<std::size_t>(options.limit)));
    if (request.is_json) {
        Json rows = Json::array();
        for (const auto& one : topics) {
            rows.push(json_of(one, messages, area));
        }
        print_json(
            request,
            Json::object()
                .set("messages", static_cast<std::int64_t>(messages.size()))
                .set("today", to_string(today))
                .set("days", options.days)
                .set("topics", std::move(rows))
        );
        return exit_fine;
    }
    for (const auto& one : topics) {
        request.out() << line_of(request, one, messages, area) << '\n';
    }
    if (topics.empty()) {
        request.out(
        ) << request.text("cli.topics.none", {{"messages", std::to_string(messages.size())}})
          << '\n';
    }
    return exit_fine;
}

Result<int> run_replies(const Request& request, const TopicOptions& options) {
    std::vector<OwnMessage> messages;
    if (options.files.empty()) {
        TRY(const auto tenant, open_place(request, options));
        TRY(messages, messages_of_place(*tenant, {}));
    } else {
        TRY(messages, messages_of_files(options));
    }
    std::vector<std::string> replies;
    std::int64_t given = 0;
    for (const auto& one : messages) {
        replies.push_back(one.reply);
        given += one.reply.empty() ? 0 : 1;
    }
    views::SameReplyRules rules;
    rules.size_min = static_cast<std::size_t>(options.least);
    const auto groups = views::same_replies(replies, rules);
    std::int64_t copied = 0;
    Json rows = Json::array();
    for (const auto& group : groups) {
        copied += static_cast<std::int64_t>(group.size());
        if (rows.as_array().size() < static_cast<std::size_t>(options.limit)) {
            rows.push(Json::object()
                          .set("count", static_cast<std::int64_t>(group.size()))
                          .set("matters", numbers_of(messages, group)));
        }
    }
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("replies", given)
                .set("same", copied)
                .set("groups_in_all", static_cast<std::int64_t>(groups.size()))
                .set("groups", std::move(rows))
        );
        return exit_fine;
    }
    request.out() << request.text(
                         "cli.replies.result",
                         {{"replies", std::to_string(given)},
                          {"same", std::to_string(copied)},
                          {"groups", std::to_string(groups.size())}}
                     )
                  << '\n';
    for (const auto& row : rows.as_array()) {
        std::vector<std::string> numbers;
        for (const auto& one : row["matters"].as_array()) {
            numbers.push_back(one.as_string());
        }
        request.out() << request.text(
                             "cli.replies.line",
                             {{"count", std::to_string(numbers.size())},
                              {"matters", join(numbers, " ")}}
                         )
                      << '\n';
    }
    return exit_fine;
}

}  // namespace

void add_topics(const Registration& here) {
    const auto options = std::make_shared<TopicOptions>();
    add_shared_options(here, *options);
    here.app.add_option("--title", options->columns.title, here.help("title"));
    here.app.add_option("--text", options->columns.text, here.help("text"));
    here.app.add_option("--day", options->columns.day, here.help("day"));
    here.app.add_option("--today", options->today, here.help("today"));
    here.app.add_option("--days", options->days, here.help("days"))->check(CLI::Range(1, 366));
    here.app.add_option("--span", options->span, here.help("span"))->check(CLI::Range(1, 3660));
    here.run = [options](const Request& request) { return run_topics(request, *options); };
}

void add_replies(const Registration& here) {
    const auto options = std::make_shared<TopicOptions>();
    add_shared_options(here, *options);
    here.app.add_option("--reply", options->columns.reply, here.help("reply"));
    here.app.add_option("--least", options->least, here.help("least"))->check(CLI::Range(2, 1000));
    here.run = [options](const Request& request) { return run_replies(request, *options); };
}

}  // namespace zt::app
