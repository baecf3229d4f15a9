#pragma once
// Receiver: a gateway in the test process, on a loopback port of its own: plain sockets, one
// connection after the other. It speaks HTTP or SMTP as well as a receiver of messages needs, and
// loses what it is told to lose.

#include "base/seeded_random.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zt::connect {

struct Received {
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
};

/// What becomes of one request.
enum class Fate : std::uint8_t { answer, cut_before, drop_answer };

class Receiver {
  public:
    /// out: status and body of the answer, with further header lines ending in CRLF.
    struct Answer {
        int status = 200;
        std::string body = "ok", headers{};
    };
    using Answering = std::function<Answer(const Received&)>;

    explicit Receiver(int lost_percent = 0, Answering answering = {}, std::uint64_t seed = 1);
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;
    ~Receiver();

    [[nodiscard]] std::string url(const char* host = "127.0.0.1") const;
    [[nodiscard]] int port() const { return port_; }
    /// All requests that were read whole, also those whose answer was dropped.
    [[nodiscard]] std::vector<Received> received() const;
    [[nodiscard]] std::size_t count() const;
    /// Returns when so many were read, or after the time.
    [[nodiscard]] bool await(std::size_t count, std::chrono::milliseconds longest) const;

  private:
    void run();
    void serve(int socket);

    int lost_percent_;
    Answering answering_;
    SeededRandom random_;
    int listening_ = -1;
    int port_ = 0;
    mutable std::mutex mutex_;
    mutable std::condition_variable came_;
    std::vector<Received> received_;  // guarded by mutex_
    std::atomic<bool> is_ending_ = false;
    std::thread thread_;
};

/// A mail server for one conversation after the other, without TLS.
class MailReceiver {
  public:
    /// in: what RCPT is answered with.
    explicit MailReceiver(std::string recipient_answer = "250 ok");
    MailReceiver(const MailReceiver&) = delete;
    MailReceiver& operator=(const MailReceiver&) = delete;
    ~MailReceiver();
    [[nodiscard]] std::string url() const;
    /// All lines that clients sent, with their ends.
    [[nodiscard]] std::string spoken() const;

  private:
    void run();
    void serve(int socket);

    std::string recipient_answer_;
    int listening_ = -1;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::string spoken_;  // guarded by mutex_
    std::atomic<bool> is_ending_ = false;
    std::thread thread_;
};

}  // namespace zt::connect
