#include "service/jobs.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace zt::service {

namespace {

constexpr std::array<std::string_view, 7> state_names{
    "waiting", "ready", "running", "done", "failed", "cancelled", "lost"
};
constexpr std::array<std::string_view, 2> what_names{"import", "export"};

std::int64_t ms(UtcMs at) { return at.time_since_epoch().count(); }
UtcMs instant(const Json& json) { return UtcMs{Millis{json.as_int()}}; }

template <std::size_t count>
std::size_t index_in(const std::array<std::string_view, count>& names, const Json& name) {
    const auto found = std::ranges::find(names, std::string_view(name.as_string()));
    return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
}

Json written(const Job& job) {
    Json one = Json::object();
    one.set("id", to_string(job.id)).set("what", name_of(job.what));
    one.set("state", name_of(job.state)).set("form", job.form).set("digest", job.digest);
    one.set("person", job.person.value).set("post", job.post.value).set("asked", ms(job.asked));
    one.set("rows", job.progress.rows).set("rejected", job.progress.rejected);
    one.set("repeated", job.progress.repeated).set("refusal", job.refusal);
    if (job.began) {
        one.set("began", ms(*job.began));
    }
    if (job.ended) {
        one.set("ended", ms(*job.ended));
    }
    return one;
}

std::optional<Job> read_job(const Json& one) {
    Job job;
    const auto id = parse_uuid(one["id"].as_string());
    if (!id) {
        return std::nullopt;
    }
    job.id = *id;
    job.what = static_cast<JobWhat>(index_in(what_names, one["what"]));
    job.state = static_cast<JobState>(index_in(state_names, one["state"]));
    job.form = one["form"].as_string();
    job.digest = one["digest"].as_string();
    job.person = PersonId{one["person"].as_int()};
    job.post = PostId{one["post"].as_int()};
    job.asked = instant(one["asked"]);
    job.progress.rows = one["rows"].as_int();
    job.progress.rejected = one["rejected"].as_int();
    job.progress.repeated = one["repeated"].as_int();
    job.refusal = one["refusal"].as_string();
    if (one.find("began") != nullptr) {
        job.began = instant(one["began"]);
    }
    if (one.find("ended") != nullptr) {
        job.ended = instant(one["ended"]);
    }
    if (!is_over(job.state)) {
        job.state = JobState::lost;
    }
    return job;
}

}  // namespace

std::string_view name_of(JobWhat what) { return what_names[static_cast<std::size_t>(what)]; }
std::string_view name_of(JobState state) { return state_names[static_cast<std::size_t>(state)]; }

bool is_over(JobState state) {
    switch (state) {
    case JobState::waiting:
    case JobState::ready:
    case JobState::running: return false;
    case JobState::done:
    case JobState::failed:
    case JobState::cancelled:
    case JobState::lost: return true;
    }
    UNREACHABLE();
}

/// What one running job tells, put where it is asked for.
class Jobs::Watching final : public JobWatch {
  public:
    Watching(Jobs& jobs, Uuid id) : jobs_(jobs), id_(id) {}

    void progress(const JobProgress& now) override {
        const std::lock_guard lock(jobs_.mutex_);
        if (Kept* one = jobs_.kept(id_)) {
            one->job.progress = now;
        }
    }
    [[nodiscard]] bool is_cancelled() const override {
        const std::lock_guard lock(jobs_.mutex_);
        const Kept* one = jobs_.kept(id_);
        return one == nullptr || one->is_cancelled;
    }
    void keep_rejects(std::string lines, std::map<std::string, std::int64_t> by_code) override {
        const std::lock_guard lock(jobs_.mutex_);
        Kept* one = jobs_.kept(id_);
        if (one == nullptr || lines.size() > rejects_bytes_max) {
            return;
        }
        // Only the newest are kept: rows hold names, and memory has an end.
        std::size_t bytes = lines.size();
        for (auto other = jobs_.jobs_.rbegin(); other != jobs_.jobs_.rend(); ++other) {
            bytes += other->rejects ? other->rejects->size() : 0;
            if (bytes > rejects_bytes_max && other->rejects) {
                other->rejects.reset();
                other->job.has_rejects = false;
            }
        }
        one->job.rejected_by_code = std::move(by_code);
        one->job.has_rejects = !lines.empty();
        one->rejects = std::make_shared<const std::string>(std::move(lines));
    }

  private:
    Jobs& jobs_;
    Uuid id_;
};

Result<std::unique_ptr<Jobs>> Jobs::open(std::string file, const WallClock& clock) {
    std::unique_ptr<Jobs> jobs(new Jobs(std::move(file), clock));
    if (const std::ifstream stream(jobs->file_, std::ios::binary); stream) {
        std::ostringstream text;
        text << stream.rdbuf();
        const auto json = parse_canonical(text.str());
        for (const Json& one : json ? json->as_array() : JsonArray{}) {
            if (auto job = read_job(one)) {
                jobs->jobs_.push_back({*std::move(job), {}, false, nullptr});
            }
        }
    }
    jobs->thread_ = std::thread([raw = jobs.get()] { raw->run(); });
    return jobs;
}

Jobs::~Jobs() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        for (Kept& one : jobs_) {
            one.is_cancelled = true;
        }
    }
    something_came_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

Result<Jobs::Added> Jobs::add(Job asked, JobWork work) {
    return put(std::move(asked), std::move(work), JobState::waiting);
}

Result<Jobs::Added> Jobs::add_ready(Job asked) {
    return put(std::move(asked), {}, JobState::ready);
}

Result<Jobs::Added> Jobs::put(Job asked, JobWork work, JobState state) {
    const std::lock_guard lock(mutex_);
    if (const Kept* known = kept(asked.id)) {
        const bool is_same = known->job.post == asked.post && known->job.digest == asked.digest;
        return is_same ? Result<Added>(Added{known->job, true})
                       : fail(Errc::key_reused, "the key stands for another job");
    }
    const auto open =
        std::ranges::count_if(jobs_, [](const Kept& one) { return !is_over(one.job.state); });
    if (static_cast<std::size_t>(open) >= jobs_open_max) {
        return fail(Errc::overloaded, "too many jobs are open; cancel one, or wait for one");
    }
    asked.state = state;
    asked.asked = clock_.now();
    jobs_.push_back({std::move(asked), std::move(work), false, nullptr});
    forget_old();
    save();
    something_came_.notify_all();
    return Added{jobs_.back().job, false};
}

Result<void> Jobs::run_ready(const Uuid& id, const JobWork& work) {
    {
        const std::lock_guard lock(mutex_);
        Kept* one = kept(id);
        if (one == nullptr) {
            return fail(Errc::not_found, "there is no such job");
        }
        if (one->job.state != JobState::ready) {
            return fail(Errc::in_use, "the job runs, or is over");
        }
        one->job.state = JobState::running;
        one->job.began = clock_.now();
        save();
    }
    Watching watching(*this, id);
    auto outcome = work(watching);
    end(id, outcome);
    return outcome;
}

std::optional<Job> Jobs::find(const Uuid& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(jobs_, id, [](const Kept& one) { return one.job.id; });
    return found == jobs_.end() ? std::nullopt : std::optional(found->job);
}

std::vector<Job> Jobs::of_post(PostId post) const {
    const std::lock_guard lock(mutex_);
    std::vector<Job> out;
    for (auto one = jobs_.rbegin(); one != jobs_.rend(); ++one) {
        if (one->job.post == post) {
            out.push_back(one->job);
        }
    }
    return out;
}

void Jobs::cancel(const Uuid& id) {
    const std::lock_guard lock(mutex_);
    Kept* one = kept(id);
    if (one == nullptr || is_over(one->job.state)) {
        return;
    }
    one->is_cancelled = true;
    if (one->job.state != JobState::running) {
        one->job.state = JobState::cancelled;
        one->job.ended = clock_.now();
        one->work = {};
        save();
    }
}

std::shared_ptr<const std::string> Jobs::rejects(const Uuid& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(jobs_, id, [](const Kept& one) { return one.job.id; });
    return found == jobs_.end() ? nullptr : found->rejects;
}

void Jobs::run() {
    for (;;) {
        Uuid id;
        JobWork work;
        {
            std::unique_lock lock(mutex_);
            const auto next = [this] {
                return std::ranges::find(jobs_, JobState::waiting, [](const Kept& one) {
                    return one.job.state;
                });
            };
            something_came_.wait(lock, [&] { return is_ending_ || next() != jobs_.end(); });
            if (is_ending_) {
                return;
            }
            Kept& one = *next();
            one.job.state = JobState::running;
            one.job.began = clock_.now();
            id = one.job.id;
            work = std::exchange(one.work, {});
            save();
        }
        Watching watching(*this, id);
        end(id, work(watching));
    }
}

void Jobs::end(const Uuid& id, const Result<void>& outcome) {
    const std::lock_guard lock(mutex_);
    Kept* one = kept(id);
    if (one == nullptr || (is_ending_ && one->is_cancelled)) {
        return;  // the end of the process ended it: the next start tells it as lost
    }
    one->job.ended = clock_.now();
    one->job.state = one->is_cancelled ? JobState::cancelled
                     : outcome         ? JobState::done
                                       : JobState::failed;
    one->job.refusal = outcome ? "" : std::string(name_of(outcome.error().code));
    save();
}

void Jobs::forget_old() {
    while (jobs_.size() > jobs_kept_max) {
        const auto oldest =
            std::ranges::find_if(jobs_, [](const Kept& one) { return is_over(one.job.state); });
        if (oldest == jobs_.end()) {
            return;
        }
        jobs_.erase(oldest);
    }
}

void Jobs::save() const {
    Json all = Json::array();
    for (const Kept& one : jobs_) {
        all.push(written(one.job));
    }
    const std::string beside = file_ + ".new";
    {
        std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
        stream << to_canonical(all);
        stream.flush();
        if (!stream) {
            return;  // a job that is not remembered over an end is told as unknown, nothing else
        }
    }
    std::error_code left;
    std::filesystem::rename(beside, file_, left);
}

Jobs::Kept* Jobs::kept(const Uuid& id) {
    const auto found = std::ranges::find(jobs_, id, [](const Kept& one) { return one.job.id; });
    return found == jobs_.end() ? nullptr : &*found;
}

}  // namespace zt::service
