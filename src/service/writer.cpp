#include "service/writer.hpp"

#include <algorithm>
#include <future>

namespace zt::service {

Writer::Writer(
    Ledger& ledger, const views::OpenSet& open_set, const WallClock& clock, WriterLimits limits
)
    : ledger_(ledger), open_set_(open_set), clock_(clock), limits_(limits), thread_([this] {
          run();
      }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    some_wait_.notify_one();
    thread_.join();
}

void Writer::submit(Submit one, Done done) {
    bool is_enough = false;
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < limits_.queue_max && !has_failed_) {
            queue_.push_back({std::move(one), std::move(done)});
            is_enough = queue_.size() == wanted_;
            done = nullptr;
        } else {
            ++counts_.refused_full;
        }
    }
    if (done) {
        done(fail(Errc::overloaded, "too much waits to be written; try again shortly"));
    } else if (is_enough) {
        some_wait_.notify_one();
    }
}

Result<Answer> Writer::submit(Submit one) {
    std::promise<Result<Answer>> promise;
    auto answer = promise.get_future();
    submit(std::move(one), [&promise](const Result<Answer>& given) { promise.set_value(given); });
    return answer.get();
}

WriterCounts Writer::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

void Writer::run() {
    std::vector<Waiting> group;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (queue_.empty() && !is_ending_ && !is_behind_) {
                some_wait_.wait_for(lock, limits_.tick_every, [this] {
                    return !queue_.empty() || is_ending_;
                });
            }
            if (queue_.empty() && is_ending_) {
                return;
            }
            gather(lock, group);
        }
        if (!group.empty()) {
            commit(group);
            group.clear();
        }
        is_behind_ = lapse();
    }
}

void Writer::gather(std::unique_lock<std::mutex>& lock, std::vector<Waiting>& group) {
    // Those just answered come again within microseconds when they are in a hurry.
    const std::size_t expected = std::min(last_group_, limits_.group_max);
    if (!queue_.empty() && queue_.size() < expected && !is_ending_) {
        wanted_ = expected;
        some_wait_.wait_for(lock, limits_.linger, [&] { return queue_.size() >= expected; });
        wanted_ = 1;
    }
    if (queue_.size() <= limits_.group_max) {
        std::swap(group, queue_);
        return;
    }
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(limits_.group_max);
    group.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
}

void Writer::commit(std::vector<Waiting>& group) {
    last_group_ = group.size();
    std::vector<Submit> submits;
    submits.reserve(group.size());
    for (auto& one : group) {
        submits.push_back(std::move(one.submit));
    }
    const auto answers =
        has_failed_
            ? Result<std::vector<Result<Answer>>>(fail(Errc::io_failed, "writing has stopped"))
            : ledger_.submit_group(submits, clock_.now());
    if (!answers && answers.error().code != Errc::disk_full) {
        has_failed_ = true;
    }
    {
        const std::lock_guard lock(mutex_);
        ++counts_.groups;
        counts_.submits += static_cast<std::int64_t>(group.size());
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i].done(answers ? (*answers)[i] : std::unexpected(answers.error()));
    }
}

bool Writer::lapse() {
    const UtcMs now = clock_.now();
    if (has_failed_ || open_set_.due_until(now, 1).empty()) {
        return false;
    }
    const auto lapsed = ledger_.tick_some(now, limits_.lapse_max);
    if (!lapsed) {
        // A full disk has room again later; the clocks keep their instants.
        has_failed_ = lapsed.error().code != Errc::disk_full;
        return false;
    }
    const std::lock_guard lock(mutex_);
    counts_.lapsed += *lapsed;
    return *lapsed > 0;
}

}  // namespace zt::service
