// zt_images: writes down every change that a script of transactions makes to its files, then lays
// out what a power cut could have left at each moment and opens it. Each such image must hold a
// state between the last step acknowledged and the last one submitted, whole.
//
// At each moment the changes not yet synced are all there; none; all but one; one alone; one torn
// at each 512 bytes with the others there.
//
// Exit codes: 0 sound, 1 something is wrong, 2 wrong use.

#include "base/json.hpp"
#include "domain/apply.hpp"
#include "faults/scratch_folder.hpp"
#include "faults/script.hpp"
#include "faults/vfs_log.hpp"
#include "store/sqlite.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::faults {
namespace {

namespace files = std::filesystem;

constexpr std::size_t sector_bytes = 512;
constexpr std::size_t page_bytes = 8192;
constexpr std::int64_t examples_max = 10;
/// So often an image is also recovered by a writer, which goes on and is read again.
constexpr std::int64_t recover_every = 16;

struct Options {
    int transactions = 200;
    std::int64_t images = 0;  ///< about so many, evenly spread; 0: all
    std::int64_t workers = 2;
};

/// Contents of the ledger and of its log.
using Contents = std::array<std::string, 2>;

void apply(Contents& contents, const Call& call, std::size_t bytes_max) {
    std::string& bytes = contents[call.is_log ? 1 : 0];
    const auto at = static_cast<std::size_t>(call.at);
    if (call.what == Call::What::truncate) {
        bytes.resize(at);
        return;
    }
    const std::size_t size = std::min(call.bytes.size(), bytes_max);
    bytes.resize(std::max(bytes.size(), at + size));
    std::copy_n(call.bytes.begin(), size, bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// A file on disk that is brought from one content to the next by its differing pages.
class ImageFile {
  public:
    explicit ImageFile(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        CHECK(descriptor_ >= 0);
    }
    void set(const std::string& wanted) {
        if (held_.size() != wanted.size()) {
            held_.resize(wanted.size());
            CHECK(::ftruncate(descriptor_, static_cast<off_t>(wanted.size())) == 0);
            sums_.resize((wanted.size() + page_bytes - 1) / page_bytes);
        }
        for (std::size_t at = 0; at < wanted.size(); at += page_bytes) {
            const std::size_t size = std::min(page_bytes, wanted.size() - at);
            const std::string_view page(wanted.data() + at, size);
            std::uint64_t& sum = sums_[at / page_bytes];
            if (is_stale_ || sum == 0 || std::memcmp(held_.data() + at, page.data(), size) != 0) {
                std::memcpy(held_.data() + at, page.data(), size);
                sum = (std::hash<std::string_view>{}(page) + at) | 1U;
                const auto written =
                    ::pwrite(descriptor_, page.data(), size, static_cast<off_t>(at));
                CHECK(written == static_cast<ssize_t>(size));
            }
        }
        is_stale_ = false;
    }
    /// Somebody else wrote to the file.
    void forget() {
        is_stale_ = true;
        held_.clear();
        sums_.clear();
    }
    [[nodiscard]] std::uint64_t sum() const {
        std::uint64_t all = held_.size();
        for (const std::uint64_t sum : sums_) {
            all = (all * 0x9E37'79B9'7F4A'7C15ULL) ^ (sum + (all >> 29U));
        }
        return all;
    }

  private:
    int descriptor_;  // stays open: closing any descriptor would drop the locks of SQLite
    bool is_stale_ = true;
    std::string held_;
    std::vector<std::uint64_t> sums_;
};

/// What happened, and what stood before.
struct Recording {
    std::vector<Step> script;
    std::map<Seq, Hash> digests;
    std::vector<Call> calls;
    Contents before;
    std::size_t writers = 0;  ///< openings that wrote to the ledger; one may
};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Recording record(int transactions) {
    const ScratchFolder folder;
    const std::string file = folder / "ledger.db";
    Recording recording;
    recording.script = make_script(transactions, 0);
    // Once the log is moved into the file because it is long; then twice because a key was
    // destroyed.
    for (const int percent : {97, 80}) {
        const int at = transactions * percent / 100;
        const Seq seq = recording.script[static_cast<std::size_t>(at)].seq;
        recording.script.insert(
            recording.script.begin() + at + 1, Step{Step::What::scrub, {}, seq}
        );
    }
    recording.digests = digests_of(recording.script);
    CHECK(store::create_sqlite(file, HashAlgorithm::sha256).has_value());
    recording.before = {bytes_of(file), bytes_of(file + "-wal")};
    WatchedDisk& disk = WatchedDisk::install();
    auto store = store::open_sqlite(file, store::Access::write);
    CHECK(store.has_value());
    disk.log_to(&recording.calls);
    for (const Step& step : recording.script) {
        disk.mark(Call::What::submitted, step.seq);
        const auto done =
            step.what == Step::What::scrub ? (*store)->scrub() : (*store)->append(step.batch);
        CHECK(done.has_value());
        disk.mark(Call::What::acknowledged, step.seq);
    }
    disk.log_to(nullptr);
    recording.writers = disk.writers();
    return recording;
}

/// One way to lose what was not synced: of the pending call `odd` only so many bytes are there, of
/// the others all or nothing.
struct Loss {
    bool others = true;
    std::size_t odd = 0;  ///< index of a pending call
    std::size_t odd_bytes = 0;
};

/// Walks over all moments and all losses at each.
class Walk {
  public:
    explicit Walk(const Recording& recording) : recording_(recording) {}

    /// visit: called with each loss; the contents are made by contents().
    void run(const std::function<void(const Loss&)>& visit) {
        synced_ = recording_.before;
        for (const Call& call : recording_.calls) {
            switch (call.what) {
            case Call::What::submitted: submitted_ = call.at; continue;
            case Call::What::acknowledged: acknowledged_ = call.at; continue;
            case Call::What::sync: sync(call.is_log); break;
            case Call::What::write:
            case Call::What::truncate: pending_.push_back(&call); break;
            }
            visit_losses(visit);
        }
    }
    [[nodiscard]] Contents contents(const Loss& loss) const {
        Contents contents = synced_;
        for (std::size_t one = 0; one < pending_.size(); ++one) {
            const std::size_t whole = std::string::npos;
            const std::size_t bytes = one == loss.odd ? loss.odd_bytes : (loss.others ? whole : 0);
            const bool is_truncate = pending_[one]->what == Call::What::truncate;
            if (bytes > 0 && (!is_truncate || bytes == whole)) {
                apply(contents, *pending_[one], bytes);
            }
        }
        return contents;
    }
    [[nodiscard]] Seq acknowledged() const { return acknowledged_; }
    [[nodiscard]] Seq submitted() const { return submitted_; }

  private:
    void sync(bool is_log) {
        std::erase_if(pending_, [&](const Call* call) {
            if (call->is_log != is_log) {
                return false;
            }
            apply(synced_, *call, std::string::npos);
            return true;
        });
    }
    void visit_losses(const std::function<void(const Loss&)>& visit) const {
        const std::size_t count = pending_.size();
        const std::size_t whole = std::string::npos;
        visit({true, count, 0});
        visit({false, count, 0});
        for (std::size_t odd = 0; odd < count; ++odd) {
            visit({true, odd, 0});
            visit({false, odd, whole});
            for (std::size_t bytes = sector_bytes; bytes < pending_[odd]->bytes.size();
                 bytes += sector_bytes) {
                visit({true, odd, bytes});
            }
        }
    }

    const Recording& recording_;
    Contents synced_;
    std::vector<const Call*> pending_;
    Seq acknowledged_ = 0, submitted_ = 0;
};

struct Counts {
    std::int64_t laid_out = 0, recovered = 0, problems = 0;
    std::set<std::uint64_t> distinct;
};

/// Opens images in a folder of its own.
class Opener {
  public:
    explicit Opener(const Recording& recording)
        : recording_(recording),
          file_(folder_ / "ledger.db"),
          ledger_(file_),
          log_(file_ + "-wal") {
        clear_index();
    }

    void open(const Contents& contents, Seq acknowledged, Seq submitted) {
        ledger_.set(contents[0]);
        log_.set(contents[1]);
        ++counts_.laid_out;
        counts_.distinct.insert(ledger_.sum() * 31 + log_.sum());
        std::string what = judge(store::Access::read, acknowledged, submitted);
        if (what.empty() && counts_.laid_out % recover_every == 0) {
            ++counts_.recovered;
            what = judge(store::Access::write, acknowledged, submitted);
            ledger_.forget();
            log_.forget();
            clear_index();
        }
        if (!what.empty() && ++counts_.problems <= examples_max) {
            std::fprintf(
                stderr,
                "zt_images: after event %lld: %s\n",
                static_cast<long long>(acknowledged),
                what.c_str()
            );
        }
    }
    [[nodiscard]] const Counts& counts() const { return counts_; }

  private:
    /// A reader needs an index beside the log, and finds by itself that it says nothing.
    void clear_index() {
        files::remove(file_ + "-mark");
        std::ofstream(file_ + "-shm", std::ios::trunc).close();
    }
    std::string judge(store::Access access, Seq acknowledged, Seq submitted) {
        auto opened = store::open_sqlite(file_, access);
        if (!opened) {
            return "cannot be opened: " + to_string(opened.error());
        }
        const auto digest = digest_of(**opened);
        const auto head = (*opened)->head();
        if (!digest || !head) {
            return "cannot be read: " + to_string(digest ? head.error() : digest.error());
        }
        if (head->seq < acknowledged || head->seq > submitted) {
            return "ends at event " + std::to_string(head->seq) + ", acknowledged were " +
                   std::to_string(acknowledged) + ", submitted " + std::to_string(submitted);
        }
        if (*digest != recording_.digests.at(head->seq)) {
            return "does not hold what was there at event " + std::to_string(head->seq);
        }
        return access == store::Access::read ? "" : go_on(*std::move(opened), head->seq);
    }
    std::string go_on(std::unique_ptr<store::Store> store, Seq seq) {
        const auto next = std::ranges::find_if(recording_.script, [&](const Step& step) {
            return step.what == Step::What::append && step.seq > seq;
        });
        if (next == recording_.script.end()) {
            return "";
        }
        if (const auto done = store->append(next->batch); !done) {
            return "cannot go on: " + to_string(done.error());
        }
        store.reset();
        return judge(store::Access::read, next->seq, next->seq);
    }

    const Recording& recording_;
    ScratchFolder folder_;
    std::string file_;
    ImageFile ledger_, log_;
    Counts counts_;
};

/// A number that looks like chance, so that the images chosen follow no pattern of the script.
std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 31U)) * 0x7FB5'D329'728E'A185ULL;
    return value ^ (value >> 27U);
}

/// In a worker: opens its share and writes down what it found.
void work(
    const Recording& recording,
    const Options& options,
    std::int64_t worker,
    std::int64_t every,
    const std::string& answer
) {
    Walk walk(recording);
    Opener opener(recording);
    std::int64_t index = 0, chosen = 0;
    walk.run([&](const Loss& loss) {
        const bool is_chosen =
            mixed(static_cast<std::uint64_t>(index++)) % static_cast<std::uint64_t>(every) == 0;
        if (is_chosen && chosen++ % options.workers == worker) {
            opener.open(walk.contents(loss), walk.acknowledged(), walk.submitted());
        }
    });
    std::ofstream out(answer);
    const Counts& counts = opener.counts();
    out << counts.laid_out << ' ' << counts.recovered << ' ' << counts.problems << '\n';
    for (const std::uint64_t sum : counts.distinct) {
        out << sum << '\n';
    }
}

Counts work_all(const Recording& recording, const Options& options, std::int64_t every) {
    const ScratchFolder folder;
    std::vector<pid_t> children;
    for (std::int64_t worker = 0; worker < options.workers; ++worker) {
        const pid_t child = ::fork();
        CHECK(child >= 0);
        if (child == 0) {
            work(recording, options, worker, every, folder / std::to_string(worker));
            ::_exit(0);
        }
        children.push_back(child);
    }
    Counts all;
    for (std::size_t worker = 0; worker < children.size(); ++worker) {
        int status = 0;
        CHECK(::waitpid(children[worker], &status, 0) == children[worker]);
        Counts some;
        std::ifstream in(folder / std::to_string(worker));
        in >> some.laid_out >> some.recovered >> some.problems;
        all.problems += status == 0 ? some.problems : some.problems + 1;
        all.laid_out += some.laid_out;
        all.recovered += some.recovered;
        for (std::uint64_t sum = 0; in >> sum;) {
            all.distinct.insert(sum);
        }
    }
    return all;
}

int run(const Options& options) {
    const Recording recording = record(options.transactions);
    WatchedDisk::uninstall();
    std::int64_t total = 0;
    Walk(recording).run([&](const Loss&) { ++total; });
    const std::int64_t every = options.images == 0 ? 1 : std::max(total / options.images, 1L);
    Counts counts = work_all(recording, options, every);
    // SQLite before 3.51.3 can damage a file when two connections move its log.
    if (recording.writers > 1) {
        ++counts.problems;
        std::fputs("zt_images: more than one connection wrote to the ledger\n", stderr);
    }
    Json json = Json::object();
    json.set("possible", total).set("laid_out", counts.laid_out);
    json.set("distinct", static_cast<std::int64_t>(counts.distinct.size()));
    json.set("recovered", counts.recovered).set("problems", counts.problems);
    std::printf("%s\n", to_canonical(json).c_str());
    return counts.problems == 0 ? 0 : 1;
}

}  // namespace
}  // namespace zt::faults

int main(int count, char** words) {
    zt::faults::Options options;
    CLI::App app{"Opens what a power cut could have left at each moment of a script."};
    app.add_option("--transactions", options.transactions, "length of the script");
    app.add_option("--images", options.images, "about so many of all; without it all");
    app.add_option("--workers", options.workers, "processes");
    CLI11_PARSE(app, count, words);
    return zt::faults::run(options);
}
