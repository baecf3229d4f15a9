#pragma once
// Connection: one socket and the coroutine that serves it. Each lives on one loop, that is one
// thread, from accept to close; only what wakes it comes from elsewhere, by a post to its loop.

#include "http/gate.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <unordered_set>

namespace zt::http::impl {

class Connection;

/// An io thread with its connections. Touched on that thread, but for what is said. What waits in
/// its context refers to it plainly: owning it there, it would own itself, and what stop() cuts off
/// would never go. Who posts to it from elsewhere shares it.
struct Loop : std::enable_shared_from_this<Loop> {
    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
        context.get_executor()
    };
    std::unordered_set<Connection*> connections;
    std::unordered_set<Connection*> live;      ///< those of them that wait for news
    std::atomic<bool> is_news_posted = false;  ///< any thread
    std::thread thread;
};

/// What all connections of a server share. threads: any.
struct Core {
    Core(Gate& its_gate, Settings its_settings)
        : gate(its_gate), settings(std::move(its_settings)) {}

    Gate& gate;
    const Settings settings;
    boost::asio::ssl::context* tls = nullptr;
    std::atomic<bool> is_draining = false;

    std::mutex mutex;
    std::condition_variable one_left;
    std::size_t connections = 0;                              // guarded by mutex
    std::unordered_map<std::string, std::size_t> per_remote;  // guarded by mutex, by scope

    /// False when there are too many, in all or from there.
    [[nodiscard]] bool enter(const std::string& scope);
    void leave(const std::string& scope);
};

class Connection final : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Core& core, Loop& loop, boost::asio::ip::tcp::socket socket);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Serves until either side has enough.
    [[nodiscard]] static boost::asio::awaitable<void> serve(std::shared_ptr<Connection> self);
    [[nodiscard]] const std::string& scope() const { return scope_; }
    /// Ends it if nothing is under way; else it ends after the answer.
    void drain();
    void cut();
    /// Says so at once, as far as the socket takes it, and closes. in: not served.
    void refuse(std::string_view answer);
    /// Something that it may wait for has happened.
    void wake();

  private:
    using Goes = boost::asio::awaitable<bool>;  ///< false: the connection ends

    [[nodiscard]] Goes shake_hands();
    [[nodiscard]] Goes converse();
    /// The size of the next header in input_; 0: the peer has gone or was too slow.
    [[nodiscard]] boost::asio::awaitable<std::size_t> await_head();
    [[nodiscard]] Goes serve_one(std::shared_ptr<Exchange> exchange);
    [[nodiscard]] boost::asio::awaitable<Result<bool>> read_body(std::shared_ptr<Exchange> exchange
    );
    [[nodiscard]] boost::asio::awaitable<Result<bool>>
    read_chunked(std::shared_ptr<Exchange> exchange);
    [[nodiscard]] boost::asio::awaitable<Outcome> await_outcome(std::shared_ptr<Exchange> exchange);
    [[nodiscard]] Goes send(std::shared_ptr<Exchange> exchange, Reply reply);
    [[nodiscard]] Goes send_stream(std::shared_ptr<Exchange> exchange, Stream stream);
    [[nodiscard]] Goes send_live(std::shared_ptr<Exchange> exchange);
    [[nodiscard]] Goes tell_news(std::shared_ptr<Exchange> exchange, Seq seq);
    /// Lets the peer read the answer before the socket goes, which would tear it out of its hands.
    [[nodiscard]] boost::asio::awaitable<void> linger();

    /// Reads at most so much more into input_.
    [[nodiscard]] Goes fill(std::size_t room);
    [[nodiscard]] Goes write(std::string_view first, std::string_view second);
    /// Waits for wake(), at most so long. out: false: the time is over.
    [[nodiscard]] Goes await_wake(Millis longest);
    [[nodiscard]] After after(const Exchange& exchange) const;
    void set_deadline(Millis time);

    Core& core_;
    Loop& loop_;
    boost::beast::tcp_stream stream_;
    std::unique_ptr<boost::asio::ssl::stream<boost::beast::tcp_stream&>> tls_;
    boost::asio::steady_timer wake_;
    std::string input_;  ///< read, and not yet taken
    std::string scope_;
    Address peer_;
    bool is_idle_ = true;  ///< between two requests, or waiting for news
    bool is_cut_ = false;
    bool must_close_ = false;  ///< what comes next on the wire cannot be told
};

}  // namespace zt::http::impl
