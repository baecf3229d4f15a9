// zt_calls: runs a script of transactions again and again; each time another one of its calls to
// the disk fails, in another way. What was acknowledged must be there, what was refused must not,
// and after a failure nothing more may be written.
//
// Exit codes: 0 sound, 1 something is wrong, 2 wrong use.

#include "base/json.hpp"
#include "faults/scratch_folder.hpp"
#include "faults/script.hpp"
#include "faults/vfs_log.hpp"
#include "store/sqlite.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::faults {
namespace {

namespace files = std::filesystem;
using How = CallFault::How;

constexpr std::int64_t never = 1LL << 40;
constexpr int examples_max = 3;  // of one way to fail

const char* name_of(How how) {
    switch (how) {
    case How::io: return "io";
    case How::full: return "full";
    case How::cut: return "cut";
    case How::cut_full: return "cut_full";
    case How::after: return "after";
    case How::sync_drop: return "sync_drop";
    }
    return "";
}

/// What a child tells, through memory that it shares with its parent.
struct Told {
    Seq acknowledged = 0, submitted = 0;
    std::int64_t calls = 0;
    std::int64_t changes_after = 0;  ///< of files, after the store had said that it failed
    bool has_fired = false;
    bool has_failed = false;        ///< other than by a full disk
    bool was_refused_last = false;  ///< the last submit was answered disk_full
    bool went_on_after_failure = false;
    bool was_full_for_good = false;  ///< disk_full again when there was room
    bool passed_over_sync = false;   ///< a sync failed, and the store did not say that it failed
};

struct Counts {
    std::int64_t runs = 0, fired = 0, stopped = 0, refused_full = 0, problems = 0;
};

class Calls {
  public:
    explicit Calls(int transactions)
        : script_(make_script(transactions, 9)),
          digests_(digests_of(script_)),
          base_(folder_ / "base.db"),
          file_(folder_ / "ledger.db") {
        CHECK(store::create_sqlite(base_, HashAlgorithm::sha256).has_value());
        void* shared = ::mmap(
            nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0
        );
        CHECK(shared != MAP_FAILED);
        told_ = static_cast<Told*>(shared);
    }
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;
    ~Calls() { ::munmap(told_, sizeof(Told)); }

    void run_all(How how, bool is_sticky, std::int64_t stride) {
        examples_ = 0;
        run({how, is_sticky, never});
        const std::int64_t calls = told_->calls;
        for (std::int64_t call = 0; call < calls; call += stride) {
            run({how, is_sticky, call});
        }
    }
    [[nodiscard]] const Counts& counts() const { return counts_; }

  private:
    void run(const CallFault& fault) {
        for (const char* ending : {"-wal", "-shm", "-mark"}) {
            files::remove(file_ + ending);
        }
        files::copy_file(base_, file_, files::copy_options::overwrite_existing);
        *told_ = Told{};
        const pid_t child = ::fork();
        CHECK(child >= 0);
        if (child == 0) {
            play(fault);
            ::_exit(0);
        }
        int status = 0;
        CHECK(::waitpid(child, &status, 0) == child);
        ++counts_.runs;
        counts_.fired += told_->has_fired ? 1 : 0;
        counts_.stopped += told_->has_failed ? 1 : 0;
        counts_.refused_full += told_->was_refused_last ? 1 : 0;
        const std::string what = status != 0 ? "the process crashed" : judge();
        if (what.empty()) {
            return;
        }
        ++counts_.problems;
        if (++examples_ <= examples_max) {
            std::fprintf(
                stderr,
                "zt_calls: %s %s, call %lld: %s\n",
                name_of(fault.how),
                fault.is_sticky ? "for good" : "once",
                static_cast<long long>(fault.call),
                what.c_str()
            );
        }
    }

    /// In the child: the process whose disk fails. One that fails for good does not come to close
    /// its files.
    void play(const CallFault& fault) {
        WatchedDisk& disk = WatchedDisk::install();
        disk.arm(fault);
        auto opened = store::open_sqlite(file_, store::Access::write);
        if (opened) {
            std::int64_t changes = 0;
            play_steps(**opened, fault, changes);
            told_->passed_over_sync = disk.has_failed_sync() && !told_->has_failed;
            if (!fault.is_sticky) {
                opened->reset();
            }
            told_->changes_after = told_->has_failed ? disk.changes_since() - changes : 0;
        }
        told_->calls = disk.calls();
        told_->has_fired = disk.has_fired();
    }

    void play_steps(store::Store& store, const CallFault& fault, std::int64_t& changes) {
        const auto take = [&](const Step& step) {
            return step.what == Step::What::scrub ? store.scrub() : store.append(step.batch);
        };
        for (const Step& step : script_) {
            told_->submitted = step.seq;
            auto done = take(step);
            if (!done && done.error().code == Errc::disk_full && !fault.is_sticky) {
                done = take(step);  // there is room again
                told_->was_full_for_good = !done;
            }
            if (done) {
                told_->acknowledged = step.seq;
                continue;
            }
            if (done.error().code == Errc::disk_full) {
                told_->was_refused_last = true;
                return;
            }
            told_->has_failed = true;
            changes = WatchedDisk::install().changes_since();
            told_->went_on_after_failure = take(step).has_value() || store.scrub().has_value();
            return;
        }
    }

    /// In the parent: what the next process finds. Empty when all is as it must be.
    std::string judge() {
        if (told_->went_on_after_failure) {
            return "it went on after a failure";
        }
        if (told_->changes_after > 0) {
            return std::to_string(told_->changes_after) + " changes of files after the failure";
        }
        if (told_->passed_over_sync) {
            return "a sync failed and it went on as if nothing had been";
        }
        if (told_->was_full_for_good) {
            return "the disk had room again and it did not go on";
        }
        auto opened = store::open_sqlite(file_, store::Access::write);
        if (!opened) {
            return "the next start fails: " + to_string(opened.error());
        }
        const auto digest = digest_of(**opened);
        const auto head = (*opened)->head();
        if (!digest || !head) {
            return "the next start reads: " + to_string(digest.error());
        }
        const Seq last = told_->was_refused_last ? told_->acknowledged : told_->submitted;
        if (head->seq < told_->acknowledged || head->seq > last) {
            return "it ends at event " + std::to_string(head->seq) + ", acknowledged were " +
                   std::to_string(told_->acknowledged) + ", submitted " + std::to_string(last);
        }
        if (*digest != digests_.at(head->seq)) {
            return "its content is not that of event " + std::to_string(head->seq);
        }
        return go_on(**opened, head->seq);
    }

    std::string go_on(store::Store& store, Seq seq) {
        for (const Step& step : script_) {
            if (step.what == Step::What::append && step.seq > seq) {
                const auto done = store.append(step.batch);
                return done ? "" : "the next start cannot go on: " + to_string(done.error());
            }
        }
        return "";
    }

    ScratchFolder folder_;
    std::vector<Step> script_;
    std::map<Seq, Hash> digests_;
    std::string base_, file_;
    Told* told_ = nullptr;
    Counts counts_;
    int examples_ = 0;
};

int run(int transactions, std::int64_t stride) {
    Calls calls(transactions);
    for (const How how :
         {How::io, How::full, How::cut, How::cut_full, How::after, How::sync_drop}) {
        calls.run_all(how, false, stride);
        calls.run_all(how, true, stride);
    }
    const Counts& counts = calls.counts();
    Json json = Json::object();
    json.set("runs", counts.runs).set("fired", counts.fired).set("stopped", counts.stopped);
    json.set("refused_full", counts.refused_full).set("problems", counts.problems);
    std::printf("%s\n", to_canonical(json).c_str());
    return counts.problems == 0 ? 0 : 1;
}

}  // namespace
}  // namespace zt::faults

int main(int count, char** words) {
    int transactions = 12;
    std::int64_t stride = 1;
    CLI::App app{"Lets every call of a script to the disk fail, one at a time, in six ways."};
    app.add_option("--transactions", transactions, "length of the script");
    app.add_option("--stride", stride, "only every so many calls");
    CLI11_PARSE(app, count, words);
    return zt::faults::run(transactions, stride);
}
