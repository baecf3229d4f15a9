#include "service/learning.hpp"

#include "service/background.hpp"

#include <filesystem>
#include <map>

namespace zt::service {

namespace {

std::optional<UtcMs> written_at(const std::string& file) {
    std::error_code problem;
    const auto at = std::filesystem::last_write_time(file, problem);
    if (problem) {
        return std::nullopt;
    }
    return std::chrono::floor<Millis>(std::chrono::file_clock::to_sys(at));
}

/// Of matters that are in a topic alone: the others are most of them.
void keep_rows(TopicBook& book, const std::vector<OwnMessage>& messages) {
    std::map<std::size_t, std::size_t> places;
    for (HotTopic& topic : book.topics) {
        for (auto* const indexes : {&topic.messages, &topic.examples}) {
            for (std::size_t& index : *indexes) {
                const auto [found, is_new] = places.emplace(index, book.rows.size());
                if (is_new) {
                    book.rows.push_back(messages[index].row);
                }
                index = found->second;
            }
        }
    }
}

}  // namespace

Learning::Learning(LearningParts parts, LearningLimits limits)
    : parts_(std::move(parts)), limits_(limits) {}

Result<std::unique_ptr<Learning>> Learning::start(LearningParts parts, LearningLimits limits) {
    std::unique_ptr<Learning> out(new Learning(std::move(parts), limits));
    TRY(out->reader_, out->parts_.store->reader());
    if (auto kept = views::Classifier::load(out->parts_.classifier_file)) {
        out->classifier_ = std::make_shared<const views::Classifier>(*std::move(kept));
        out->trained_ = written_at(out->parts_.classifier_file);
    }
    out->thread_ = std::thread([raw = out.get()] { raw->run(); });
    return out;
}

Learning::~Learning() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    something_asked_.notify_all();
    something_found_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

std::shared_ptr<const TopicBook> Learning::topics(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    const auto counted = topics_ ? std::optional(topics_->counted) : std::nullopt;
    if (is_due(counted, limits_.topics_every)) {
        is_asked_for_topics_ = true;
        something_asked_.notify_one();
    }
    if (topics_ == nullptr) {
        something_found_.wait_for(lock, wait, [this] { return topics_ || is_ending_; });
    }
    return topics_;
}

std::shared_ptr<const views::Classifier> Learning::classifier() {
    const std::lock_guard lock(mutex_);
    return classifier_;
}

bool Learning::is_due(const std::optional<UtcMs>& last, Millis every) const {
    const UtcMs now = parts_.clock->now();
    return !last || now - *last >= every || now < *last;
}

void Learning::run() {
    // A place that was just started has better things to do.
    constexpr std::chrono::seconds first_look{20}, look_every{60};
    give_way();
    std::unique_lock lock(mutex_);
    auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(first_look);
    while (!is_ending_) {
        const bool is_told = something_asked_.wait_for(lock, pause, [this] {
            return is_ending_ || is_asked_for_topics_;
        });
        if (is_ending_) {
            return;
        }
        const bool wants_topics = is_asked_for_topics_;
        const bool wants_training = !is_told && is_due(trained_, limits_.training_every);
        is_asked_for_topics_ = false;
        lock.unlock();
        if (wants_topics) {
            count_topics();
        }
        if (wants_training) {
            train();
        }
        lock.lock();
        pause = look_every;
    }
}

Result<std::vector<OwnMessage>> Learning::messages(OwnMessageQuery query) {
    query.is_ending = [this] {
        const std::lock_guard lock(mutex_);
        return is_ending_;
    };
    std::vector<OwnMessage> out;
    TRY_VOID(parts_.readers->with_lists([&](const views::Lists& lists) -> Result<void> {
        TRY(out, own_messages(lists, *reader_, parts_.key, parts_.rules->kinds, query));
        return {};
    }));
    return out;
}

void Learning::count_topics() {
    const UtcMs now = parts_.clock->now();
    const Date today = office_date(now);
    const auto found =
        messages({.from = start_of(today - std::chrono::days{limits_.history_days})});
    if (!found) {
        return;  // the lists are being made, or it ends: asked for again
    }
    auto book = std::make_shared<TopicBook>();
    book->counted = now;
    book->days = limits_.topic_days;
    book->topics = hot_topics(*found, {today, limits_.topic_days});
    keep_rows(*book, *found);
    {
        const std::lock_guard lock(mutex_);
        topics_ = std::move(book);
    }
    something_found_.notify_all();
}

void Learning::train() {
    const UtcMs now = parts_.clock->now();
    auto found = messages({.from = {}, .counts = Counts::closed});
    if (!found) {
        return;  // the lists are being made, or it ends: tried again within a minute
    }
    const auto sorted = sorted_messages(*std::move(found));
    std::shared_ptr<const views::Classifier> learned;
    if (sorted.size() >= limits_.training_min) {
        if (auto trained = views::Classifier::train(sorted, {})) {
            // Without the file it is learned again after the next start.
            ignore(trained->save(parts_.classifier_file), "kept in memory all the same");
            learned = std::make_shared<const views::Classifier>(*std::move(trained));
        }
    }
    const std::lock_guard lock(mutex_);
    trained_ = now;
    if (learned) {
        classifier_ = std::move(learned);
    }
}

}  // namespace zt::service
