#pragma once
// Handing: a long answer on its way from a worker to its connection.

#include "http/route.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace zt::http::impl {

/// The chunk of a stream that goes from a worker to the connection; one at a time, so that a slow
/// reader slows the worker and nothing gathers.
class Handing {
  public:
    /// On the worker: waits until the one before is taken. False: nobody takes any more.
    bool give(std::string_view bytes) {
        std::unique_lock lock(mutex_);
        taken_.wait(lock, [this] { return chunk_.empty() || has_reader_gone_; });
        chunk_ = bytes;
        return !has_reader_gone_;
    }
    void end() {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    /// On the loop. out: a chunk, or an empty one at the end; none: wait.
    std::optional<std::string> take() {
        std::optional<std::string> chunk;
        {
            const std::lock_guard lock(mutex_);
            if (!chunk_.empty() || is_over_) {
                chunk = std::exchange(chunk_, {});
            }
        }
        taken_.notify_one();
        return chunk;
    }
    void reader_goes() {
        {
            const std::lock_guard lock(mutex_);
            has_reader_gone_ = true;
        }
        taken_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable taken_;
    std::string chunk_;             // guarded by mutex_
    bool is_over_ = false;          // guarded by mutex_
    bool has_reader_gone_ = false;  // guarded by mutex_
};

/// Says on every way out that nobody reads any more.
class Reading {
  public:
    explicit Reading(std::shared_ptr<Handing> handing) : handing_(std::move(handing)) {}
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() { handing_->reader_goes(); }

  private:
    std::shared_ptr<Handing> handing_;
};

class HandingSink final : public Sink {
  public:
    HandingSink(std::shared_ptr<Handing> handing, std::function<void()> wake)
        : handing_(std::move(handing)), wake_(std::move(wake)) {}
    bool write(std::string_view bytes) override {
        if (bytes.empty()) {
            return true;
        }
        const bool is_read = handing_->give(bytes);
        wake_();
        return is_read;
    }

  private:
    std::shared_ptr<Handing> handing_;
    std::function<void()> wake_;
};

}  // namespace zt::http::impl
