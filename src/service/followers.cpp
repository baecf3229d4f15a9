#include "service/followers.hpp"

#include "base/check.hpp"
#include "service/background.hpp"
#include "service/codec.hpp"
#include "service/matter_texts.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace zt::service {

using views::ListAccess;
using views::Lists;
using views::Search;

namespace {

constexpr std::array all_views{
    FollowingView::lists, FollowingView::search, FollowingView::proof_tree
};

void remove_file(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code left;  // what stays makes the opening fail, which is counted
        std::filesystem::remove(path + suffix, left);
    }
}

/// The matter cannot be read; the others go on.
bool is_of_matter(Errc code) {
    return code == Errc::damaged || code == Errc::quarantined || code == Errc::key_wrong ||
           code == Errc::unknown_matter;
}

/// The ledger could not be read just now: no fault of the view.
std::unexpected<Error> of_ledger(const Error& error) {
    return fail(Errc::overloaded, to_string(error), "ledger");
}

}  // namespace

Followers::Followers(FollowerParts parts, FollowerLimits limits)
    : parts_(std::move(parts)), limits_(limits) {}

Result<std::unique_ptr<Followers>> Followers::start(FollowerParts parts, FollowerLimits limits) {
    std::unique_ptr<Followers> out(new Followers(std::move(parts), limits));
    TRY(out->reader_, out->parts_.store->reader());
    TRY(const auto head, out->reader_->head());
    out->kept(FollowingView::lists).file = out->parts_.lists_file;
    out->kept(FollowingView::search).file = out->parts_.search_file;
    out->kept(FollowingView::proof_tree).file = out->parts_.tree_file;
    out->algorithm_ = head.algorithm;
    out->head_ = head.seq;
    for (const FollowingView view : all_views) {
        out->note_lag(view, head.seq);
    }
    out->thread_ = std::thread([raw = out.get()] { raw->run(); });
    return out;
}

Followers::~Followers() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    something_came_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Followers::told(Seq seq) {
    {
        const std::lock_guard lock(mutex_);
        told_ = std::max(told_, seq);
    }
    something_came_.notify_one();
}

Result<void> Followers::await(Seq seq, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    const bool is_there = something_seen_.wait_for(lock, timeout, [&] {
        return kept(FollowingView::lists).position >= seq &&
               kept(FollowingView::search).position >= seq;
    });
    return is_there
               ? Result<void>{}
               : fail(Errc::overloaded, "lists and search have not come so far yet; try again");
}

Seq Followers::position(FollowingView view) const { return kept(view).position; }

FollowerLag Followers::lag(FollowingView view) const {
    const Kept& one = kept(view);
    FollowerLag out;
    out.events = std::max<std::int64_t>(0, head_ - one.position);
    const std::int64_t since = one.behind_since_ms;
    if (since != 0) {
        out.time = std::max(Millis{0}, parts_.clock->now() - UtcMs{Millis{since}});
    }
    return out;
}

FollowerCounts Followers::counts(FollowingView view) const {
    const Kept& one = kept(view);
    return {one.matters, one.failures, one.rebuilds, one.skipped};
}

void Followers::found_damaged(FollowingView view) { kept(view).is_found_damaged = true; }

std::int64_t Followers::generation(FollowingView view) const { return kept(view).generation; }

void Followers::run() {
    give_way();
    while (true) {
        bool has_more = false;
        if (const auto head = reader_->head()) {
            head_ = head->seq;
            for (const FollowingView view : all_views) {
                has_more = step(view, head->seq) || has_more;
            }
        }
        std::unique_lock lock(mutex_);
        something_seen_.notify_all();
        if (!has_more) {
            something_came_.wait_for(lock, limits_.look_every, [this] {
                return is_ending_ || told_ > head_;
            });
        }
        if (is_ending_) {
            return;
        }
    }
}

bool Followers::step(FollowingView view, Seq head) {
    const auto done = step_or_fail(view, head);
    if (!done) {
        fail_view(view, done.error());
    }
    note_lag(view, head);
    const Kept& one = kept(view);
    // A view that just failed waits for the next look.
    return done.has_value() && (one.next_matter || one.position < head);
}

Result<void> Followers::step_or_fail(FollowingView view, Seq head) {
    Kept& one = kept(view);
    if (one.is_found_damaged.exchange(false)) {
        return fail(Errc::damaged, "a reader met damage", one.file);
    }
    if (!one.is_open) {
        TRY_VOID(open(view, head));
    }
    if (one.search) {
        TRY(const bool is_wiped, one.search->wipe());
        ignore(is_wiped, "the next step tries again");
    }
    if (one.next_matter) {
        return rebuild_some(view);
    }
    return one.position < head ? follow_some(view, head) : Result<void>{};
}

Result<void> Followers::open(FollowingView view, Seq head) {
    Kept& one = kept(view);
    bool is_anew = one.generation == 0;
    if (one.is_spoilt) {
        remove_file(one.file);
        one.is_spoilt = false;
        is_anew = true;
    }
    Seq position = 0;
    if (view == FollowingView::lists) {
        TRY(one.lists, Lists::open(one.file, ListAccess::write));
        position = one.lists->position();
        is_anew = is_anew || !one.lists->rebuild_reason().empty();
    } else if (view == FollowingView::search) {
        TRY(one.search, Search::open(one.file, ListAccess::write));
        position = one.search->position();
        is_anew = is_anew || !one.search->rebuild_reason().empty();
    } else {
        TRY(one.tree, views::ProofTree::open(one.file, algorithm_, ListAccess::write));
        position = one.tree->position();
        is_anew = is_anew || !one.tree->rebuild_reason().empty();
    }
    if (position > head) {
        // It has seen events that the ledger does not have: an older copy of that was restored.
        one.is_spoilt = true;
        one.lists.reset();
        one.search.reset();
        one.tree.reset();
        return fail(Errc::damaged, "the view is ahead of the ledger", one.file);
    }
    one.is_open = true;
    one.position = position;
    one.generation += is_anew ? 1 : 0;
    one.next_matter = std::nullopt;
    if (position == 0 && head > 0 && view == FollowingView::proof_tree) {
        ++one.rebuilds;
    } else if (position == 0 && head > 0) {
        // From zero it goes by matters, not by events: each is read once, as it stands.
        one.next_matter = MatterId{1};
        one.rebuilt_until = head;
        ++one.rebuilds;
    }
    return {};
}

Result<void> Followers::rebuild_some(FollowingView view) {
    Kept& one = kept(view);
    const auto head = reader_->head();
    if (!head) {
        return of_ledger(head.error());
    }
    CHECK(one.next_matter.has_value());
    std::vector<MatterId> matters;
    std::int64_t next = one.next_matter->value;
    while (next <= head->last_matter.value &&
           static_cast<std::int64_t>(matters.size()) < limits_.matters_max) {
        matters.push_back(MatterId{next++});
    }
    const bool is_done = next > head->last_matter.value;
    // Until all are in, the position says that nothing is: after a kill it begins again, and finds
    // the most of it done.
    TRY_VOID(put(view, matters, is_done ? one.rebuilt_until : 0));
    one.next_matter = is_done ? std::nullopt : std::optional(MatterId{next});
    return {};
}

Result<void> Followers::follow_some(FollowingView view, Seq head) {
    Kept& one = kept(view);
    const Seq from = one.position + 1;
    const Seq until = std::min(head, one.position + limits_.events_max);
    if (view == FollowingView::proof_tree) {
        return grow_tree(from, until);
    }
    std::set<MatterId> matters;
    const auto scanned = reader_->scan(from, until, [&](const store::EventRow& row) {
        matters.insert(row.matter);
        return true;
    });
    if (!scanned) {
        return of_ledger(scanned.error());
    }
    return put(view, {matters.begin(), matters.end()}, until);
}

Result<void> Followers::grow_tree(Seq from, Seq until) {
    Kept& one = kept(FollowingView::proof_tree);
    std::vector<views::TreeEntry> entries;
    Result<void> read;
    const auto scanned = reader_->scan(from, until, [&](const store::EventRow& row) {
        const auto entry = tree_entry(row, parts_.rules->calendar.offset);
        if (entry) {
            entries.push_back(*entry);
        } else {
            read = std::unexpected(entry.error());
        }
        return read.has_value();
    });
    if (!scanned || !read) {
        return of_ledger(!scanned ? scanned.error() : read.error());
    }
    CHECK(one.tree.has_value());
    TRY_VOID(one.tree->put(entries));
    one.position = until;
    return {};
}

Result<void> Followers::put(FollowingView view, const std::vector<MatterId>& matters, Seq until) {
    Kept& one = kept(view);
    std::vector<State> states;
    std::vector<views::SearchDocument> documents;
    const bool is_lists = view == FollowingView::lists;
    for (const MatterId matter : matters) {
        // Lists hold no text: nothing is opened for them.
        auto followed =
            follow_matter(*reader_, is_lists ? nullptr : parts_.key, parts_.rules->kinds, matter);
        if (!followed) {
            if (!is_of_matter(followed.error().code)) {
                return of_ledger(followed.error());
            }
            ++one.skipped;
        } else if (is_lists) {
            states.push_back(std::move(followed->state));
        } else {
            documents.push_back(std::move(followed->document));
        }
    }
    if (is_lists) {
        std::vector<const State*> pointers;
        for (const State& state : states) {
            pointers.push_back(&state);
        }
        CHECK(one.lists.has_value());
        TRY_VOID(one.lists->put(pointers, until));
    } else {
        CHECK(one.search.has_value());
        TRY_VOID(one.search->put(documents, until));
    }
    one.matters += static_cast<std::int64_t>(states.size() + documents.size());
    one.position = until;
    return {};
}

void Followers::fail_view(FollowingView view, const Error& error) {
    Kept& one = kept(view);
    ++one.failures;
    if (error.code == Errc::disk_full || error.code == Errc::overloaded) {
        return;  // it stays as it is, and goes on when there is room, or when the ledger is read
    }
    one.lists.reset();
    one.search.reset();
    one.tree.reset();
    one.is_open = false;
    one.is_spoilt = one.is_spoilt || error.code == Errc::damaged;
    one.position = one.is_spoilt ? 0 : one.position.load();
}

void Followers::note_lag(FollowingView view, Seq head) {
    Kept& one = kept(view);
    if (one.position >= head) {
        one.behind_since_ms = 0;
        return;
    }
    const auto row = reader_->event(one.position + 1).value_or(std::nullopt);
    if (!row) {
        return;
    }
    if (const auto event = event_of_row(*row)) {
        one.behind_since_ms = event->recorded.time_since_epoch().count();
    }
}

}  // namespace zt::service
