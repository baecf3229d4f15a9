#include "service/writer.hpp"

#include "base/check.hpp"
#include "service/impl/group.hpp"

#include <algorithm>
#include <future>

namespace zt::service {

namespace {

/// So many are decided at a time while the disk is busy, or what came in so long.
constexpr std::size_t several = 8;
constexpr std::chrono::microseconds a_while{200};

}  // namespace

Writer::Writer(Ledger& ledger, const WallClock& clock, WriterLimits limits)
    : ledger_(ledger), clock_(clock), limits_(limits) {
    if (auto reader = ledger_.store().reader()) {
        reader_ = *std::move(reader);
        ledger_.read_through(reader_.get());
    }
    writing_ = std::thread([this] { write(); });
    deciding_ = std::thread([this] { decide(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    something_came_.notify_one();
    deciding_.join();
    {
        const std::lock_guard lock(mutex_);
        has_ended_ = true;
    }
    group_came_.notify_one();
    writing_.join();
    ledger_.read_through(nullptr);
}

void Writer::submit(Submit one, Done done) {
    bool must_wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < limits_.queue_max && !has_failed_) {
            queue_.push_back({std::move(one), std::move(done)});
            must_wake = queue_.size() == wake_at_;
            done = nullptr;
        } else {
            ++counts_.refused_full;
        }
    }
    if (done) {
        done(fail(Errc::overloaded, "too much waits to be written; try again shortly"));
    } else if (must_wake) {
        something_came_.notify_one();
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

void Writer::decide() {
    Round writing;
    for (;;) {
        if (!writing.group) {
            run_tasks();
        }
        Round next = next_round(writing);
        const auto written = writing.group ? await_write() : Result<void>{};
        if (!written) {
            decide_again(next, writing, written.error());
        }
        if (next.group) {
            hand_over(*next.group);
        } else if (!writing.group) {
            const std::lock_guard lock(mutex_);
            if (is_ending_ && queue_.empty() && (notes_.empty() || has_failed_ || is_full_)) {
                return;
            }
        }
        if (writing.group) {
            settle(writing);
        }
        writing = std::move(next);
    }
}

void Writer::perform(const std::function<void()>& task) {
    std::packaged_task<void()> packaged(task);
    auto done = packaged.get_future();
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(packaged));
    }
    something_came_.notify_one();
    done.get();
}

void Writer::run_tasks() {
    std::vector<std::packaged_task<void()>> tasks;
    {
        const std::lock_guard lock(mutex_);
        std::swap(tasks, tasks_);
    }
    for (auto& task : tasks) {
        task();
    }
}

Writer::Round Writer::next_round(const Round& writing) {
    const bool is_writing = writing.group != nullptr;
    Round next;
    if (is_writing && !reader_) {
        return next;
    }
    for (bool is_free = false; !is_free;) {
        auto some = wait_and_take(limits_.group_max - next.waiting.size(), is_writing);
        {
            const std::lock_guard lock(mutex_);
            is_free = !is_writing || written_;
        }
        if (!next.group) {
            const bool is_waited_for = !some.empty() || !writing.waiting.empty();
            lapse_into(next, is_waited_for ? limits_.lapse_max : limits_.lapse_max_quiet);
        }
        take_notes(next);
        decide_into(next, std::move(some));
        if (!is_free && next.group) {
            prepare_some(*next.group);
        }
    }
    return next;
}

void Writer::prepare_some(Group& group) {
    // In small portions: as soon as the disk is free it gets the group as it is.
    constexpr int portion = 4;
    for (bool goes_on = true; goes_on;) {
        for (int i = 0; i < portion && goes_on; ++i) {
            goes_on = prepare_next(group);
        }
        const std::lock_guard lock(mutex_);
        goes_on = goes_on && !written_ && queue_.empty();
    }
}

bool Writer::is_something_to_do(bool is_writing) const {
    const bool is_free =
        is_writing ? written_.has_value()
                   : is_ending_ || is_behind_ || !tasks_.empty() || (!notes_.empty() && !is_full_);
    return is_free || (wake_at_ > 0 && queue_.size() >= wake_at_);
}

std::vector<Writer::Waiting> Writer::wait_and_take(std::size_t room, bool is_writing) {
    std::unique_lock lock(mutex_);
    if (!tasks_.empty()) {
        room = 0;  // a task waits until nothing is under way
    }
    // While the disk is busy nobody waits for a decision: better a few at a time than each alone.
    wake_at_ = room == 0 ? 0 : is_writing ? std::min(room, several) : 1;
    const auto until = is_writing ? a_while : std::chrono::microseconds{limits_.tick_every};
    something_came_.wait_for(lock, until, [&] { return is_something_to_do(is_writing); });
    wake_at_ = 0;
    std::vector<Waiting> some;
    if (queue_.size() <= room) {
        std::swap(some, queue_);
        return some;
    }
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(room);
    some.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return some;
}

void Writer::decide_into(Round& round, std::vector<Waiting>&& some) {
    if (some.empty()) {
        return;
    }
    if (!has_failed_ && !round.group) {
        round.group = ledger_.begin_group(clock_.now());
    }
    for (Waiting& one : some) {
        if (round.group) {
            ledger_.decide_into(*round.group, one.submit);
        }
        round.waiting.push_back(std::move(one));
    }
    if (!round.group) {
        fail_all(round, {Errc::io_failed, "writing has stopped", {}});
    }
}

void Writer::note(std::string text) {
    {
        const std::lock_guard lock(mutex_);
        if (notes_.size() >= limits_.notes_max) {
            ++notes_lost_;
            return;
        }
        if (notes_lost_ > 0) {
            notes_.push_back(to_canonical(
                Json::object().set("what", "notes_lost").set("count", std::exchange(notes_lost_, 0))
            ));
        }
        notes_.push_back(std::move(text));
    }
    something_came_.notify_one();
}

void Writer::take_notes(Round& round) {
    std::vector<std::string> notes;
    {
        const std::lock_guard lock(mutex_);
        std::swap(notes, notes_);
    }
    if (notes.empty() || has_failed_) {
        return;
    }
    if (!round.group) {
        round.group = ledger_.begin_group(clock_.now());
    }
    for (auto& text : notes) {
        round.group->audit.push_back({0, text, {}});
        round.notes.push_back(std::move(text));
    }
}

void Writer::give_back_notes(Round& round) {
    auto notes = std::exchange(round.notes, {});
    const std::lock_guard lock(mutex_);
    notes_.insert(
        notes_.begin(), std::make_move_iterator(notes.begin()), std::make_move_iterator(notes.end())
    );
}

void Writer::lapse_into(Round& round, std::size_t most) {
    const UtcMs now = clock_.now();
    is_behind_ = false;
    {
        const std::lock_guard lock(mutex_);
        if (is_ending_) {
            return;  // clocks wait for the next start
        }
    }
    if (has_failed_ || !ledger_.has_due(now)) {
        return;
    }
    auto group = ledger_.begin_group(now);
    const auto lapsed = ledger_.lapse_into(*group, most);
    if (!lapsed) {
        has_failed_ = true;
    } else if (*lapsed > 0) {
        round.group = std::move(group);
        round.lapsed = *lapsed;
        is_behind_ = true;
    }
}

void Writer::hand_over(Group& group) {
    {
        const std::lock_guard lock(mutex_);
        being_written_ = &group;
        written_.reset();
    }
    group_came_.notify_one();
}

Result<void> Writer::await_write() {
    std::unique_lock lock(mutex_);
    something_came_.wait(lock, [this] { return written_.has_value(); });
    CHECK(written_.has_value());
    return *written_;
}

void Writer::settle(Round& round) {
    const auto answers = ledger_.settle_group(*round.group);
    is_full_ = false;
    round.group.reset();
    {
        const std::lock_guard lock(mutex_);
        ++counts_.groups;
        counts_.submits += static_cast<std::int64_t>(round.waiting.size());
        counts_.lapsed += round.lapsed;
    }
    for (std::size_t i = 0; i < round.waiting.size(); ++i) {
        round.waiting[i].done(answers[i]);
    }
}

void Writer::fail_all(Round& round, const Error& error) {
    round.group.reset();
    for (Waiting& one : std::exchange(round.waiting, {})) {
        one.done(std::unexpected(error));
    }
}

void Writer::decide_again(Round& round, Round& failed, const Error& error) {
    round.group.reset();
    give_back_notes(round);
    give_back_notes(failed);
    round.lapsed = 0;
    // A full disk has room again later, and the clocks keep their instants.
    is_full_ = error.code == Errc::disk_full;
    has_failed_ = has_failed_ || !is_full_;
    fail_all(failed, error);
    decide_into(round, std::exchange(round.waiting, {}));
}

void Writer::write() {
    for (;;) {
        Group* group = nullptr;
        {
            std::unique_lock lock(mutex_);
            group_came_.wait(lock, [this] { return being_written_ != nullptr || has_ended_; });
            group = std::exchange(being_written_, nullptr);
        }
        if (group == nullptr) {
            return;
        }
        auto written = ledger_.write_group(*group);
        {
            const std::lock_guard lock(mutex_);
            written_ = std::move(written);
        }
        something_came_.notify_one();
        ignore(ledger_.store().tend(), "a store that failed refuses the next group");
    }
}

}  // namespace zt::service
