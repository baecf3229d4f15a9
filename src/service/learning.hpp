#pragma once
// Learning: what the server finds in the place's own matters beside its work: hot topics, and the
// model that proposes categories. One thread that gives way, with a reader of its own; what it
// found last is there for whoever asks, and asking makes it look again when that is old.

#include "service/hot_topics.hpp"
#include "service/rules.hpp"
#include "service/view_readers.hpp"
#include "views/classifier.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace zt::service {

/// Borrowed, and must outlive it.
struct LearningParts {
    store::Store* store = nullptr;
    const vault::MasterKey* key = nullptr;
    const WallClock* clock = nullptr;
    ViewReaders* readers = nullptr;
    SharedRules rules;
    std::string classifier_file;
};

struct LearningLimits {
    int topic_days = 30;     ///< that count as "now"
    int history_days = 365;  ///< beside which that is seen
    Millis topics_every{std::chrono::hours{1}};
    Millis training_every{std::chrono::hours{24}};
    std::size_t training_min = 200;  ///< sorted messages; fewer teach nothing
};

/// The topics of a moment.
struct TopicBook {
    UtcMs counted;
    int days = 30;
    std::vector<views::ListRow> rows;  ///< what the indexes of the topics mean, as they stood then
    std::vector<HotTopic> topics;
};

class Learning {
  public:
    /// errors: io_failed.
    [[nodiscard]] static Result<std::unique_ptr<Learning>>
    start(LearningParts parts, LearningLimits limits);
    Learning(const Learning&) = delete;
    Learning& operator=(const Learning&) = delete;
    /// Ends between two matters; a training that runs is waited for.
    ~Learning();

    /// What was counted last; waits so long for the first count, and gives null when that is not
    /// there then. threads: any.
    [[nodiscard]] std::shared_ptr<const TopicBook> topics(std::chrono::milliseconds wait);
    /// The newest model; null when nothing was learned yet. threads: any.
    [[nodiscard]] std::shared_ptr<const views::Classifier> classifier();

  private:
    Learning(LearningParts parts, LearningLimits limits);
    void run();
    void count_topics();
    void train();
    [[nodiscard]] Result<std::vector<OwnMessage>> messages(OwnMessageQuery query);
    [[nodiscard]] bool is_due(const std::optional<UtcMs>& last, Millis every) const;

    const LearningParts parts_;
    const LearningLimits limits_;
    std::unique_ptr<store::Reader> reader_;  ///< of the thread

    std::mutex mutex_;
    std::condition_variable something_asked_, something_found_;
    bool is_ending_ = false;  // all guarded by mutex_
    bool is_asked_for_topics_ = false;
    std::optional<UtcMs> trained_;
    std::shared_ptr<const TopicBook> topics_;
    std::shared_ptr<const views::Classifier> classifier_;
    std::thread thread_;  // last: it begins when all else stands
};

}  // namespace zt::service
