#include "http/server.hpp"

#include "base/check.hpp"
#include "http/impl/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/ssl.h>

namespace zt::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using impl::Connection;
using impl::Core;
using impl::Loop;

namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

/// No descriptor was free: some connection has to go first.
constexpr Millis pause_without_descriptors{50};
/// After the cut every coroutine ends at its next step.
constexpr Millis cut_time{5'000};

constexpr std::string_view too_many =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
    "Content-Length: 56\r\nRetry-After: 1\r\nCache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    R"({"code":"overloaded","retry_may_help":true,"status":503})";

Result<std::unique_ptr<asio::ssl::context>> open_tls(const Settings& settings) {
    if (settings.certificate_file.empty() && settings.key_file.empty()) {
        return nullptr;
    }
    auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    error_code failed;
    ignore(tls->use_certificate_chain_file(settings.certificate_file, failed), "told by failed");
    if (failed) {
        return fail(
            Errc::bad_file, "no certificates in PEM: " + failed.message(), settings.certificate_file
        );
    }
    ignore(
        tls->use_private_key_file(settings.key_file, asio::ssl::context::pem, failed),
        "told by failed"
    );
    if (failed || SSL_CTX_check_private_key(tls->native_handle()) != 1) {
        return fail(Errc::bad_file, "no key in PEM that fits the certificate", settings.key_file);
    }
    SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(
        tls->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
    // An idle connection gives back its two buffers of 17 KB.
    SSL_CTX_set_mode(tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    return tls;
}

}  // namespace

struct Server::Parts {
    Parts(std::unique_ptr<Gate> its_gate, const Settings& settings)
        : gate(std::move(its_gate)), core(*gate, settings) {}

    [[nodiscard]] Result<void> listen();
    [[nodiscard]] asio::awaitable<void> accept();
    void take(tcp::socket socket, Loop& loop);
    void run();
    void tell_news();
    template <class Each>
    void on_each(Each each);
    [[nodiscard]] bool await_empty(Millis longest);

    Worlds worlds;
    std::unique_ptr<Gate> gate;
    Core core;
    std::unique_ptr<asio::ssl::context> tls;
    std::vector<std::shared_ptr<Loop>> loops;
    std::unique_ptr<tcp::acceptor> acceptor;
    std::uint16_t port = 0;
    bool is_stopped = false;
};

Result<void> Server::Parts::listen() {
    error_code failed;
    const auto address = asio::ip::make_address(core.settings.address, failed);
    if (failed) {
        return fail(Errc::bad_value, "'" + core.settings.address + "' is no address to listen on");
    }
    const tcp::endpoint end(address, core.settings.port);
    acceptor = std::make_unique<tcp::acceptor>(loops.front()->context);
    ignore(acceptor->open(end.protocol(), failed), "told by failed");
    if (!failed) {
        ignore(
            acceptor->set_option(asio::socket_base::reuse_address(true), failed), "told by failed"
        );
    }
    if (!failed) {
        ignore(acceptor->bind(end, failed), "told by failed");
    }
    if (!failed) {
        ignore(
            acceptor->listen(asio::socket_base::max_listen_connections, failed), "told by failed"
        );
    }
    if (failed) {
        const bool is_taken = failed == asio::error::address_in_use;
        return fail(is_taken ? Errc::in_use : Errc::io_failed, "listening: " + failed.message());
    }
    port = acceptor->local_endpoint(failed).port();
    return {};
}

asio::awaitable<void> Server::Parts::accept() {
    std::size_t turn = 0;
    asio::steady_timer pause(loops.front()->context);
    while (acceptor->is_open()) {
        Loop& loop = *loops[turn++ % loops.size()];
        const asio::any_io_executor executor = loop.context.get_executor();
        auto [failed, socket] = co_await acceptor->async_accept(executor, as_values);
        if (!failed) {
            take(std::move(socket), loop);
        } else if (acceptor->is_open()) {
            pause.expires_after(pause_without_descriptors);
            const auto [ended] = co_await pause.async_wait(as_values);
            ignore(ended, "tries again either way");
        }
    }
}

void Server::Parts::take(tcp::socket socket, Loop& loop) {
    error_code ignored;
    ignore(socket.set_option(tcp::no_delay(true), ignored), "slower without, but right");
    const auto connection = std::make_shared<Connection>(core, loop, std::move(socket));
    if (!core.enter(connection->scope())) {
        connection->refuse(too_many);
        return;
    }
    asio::co_spawn(
        loop.context,
        Connection::serve(connection),
        // The count in Core is the group: stop() cuts each and waits for all.
        [connection](const std::exception_ptr& thrown) { CHECK(thrown == nullptr); }
    );
}

void Server::Parts::run() {
    asio::co_spawn(loops.front()->context, accept(), [](const std::exception_ptr& thrown) {
        CHECK(thrown == nullptr);
    });
    for (const auto& loop : loops) {
        loop->thread = std::thread([raw = loop.get()] { raw->context.run(); });
    }
    for (const World* world : worlds.worlds) {
        if (world->live != nullptr) {
            world->live->on_news([this] { tell_news(); });
        }
    }
}

void Server::Parts::tell_news() {
    for (const auto& loop : loops) {
        if (loop->is_news_posted.exchange(true)) {
            continue;
        }
        asio::post(loop->context, [loop = loop.get()] {
            loop->is_news_posted = false;
            for (Connection* one : loop->live) {
                one->wake();
            }
        });
    }
}

template <class Each>
void Server::Parts::on_each(Each each) {
    for (const auto& loop : loops) {
        asio::post(loop->context, [loop = loop.get(), each] {
            const auto connections = loop->connections;  // each may end and leave the set
            for (Connection* one : connections) {
                each(*one);
            }
        });
    }
}

bool Server::Parts::await_empty(Millis longest) {
    std::unique_lock lock(core.mutex);
    return core.one_left.wait_for(lock, longest, [this] { return core.connections == 0; });
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<Server>>
Server::start(World& world, const Settings& settings, std::span<const Route> routes) {
    return start(Worlds{{&world}, {}}, settings, routes);
}

Result<std::unique_ptr<Server>>
Server::start(const Worlds& worlds, const Settings& settings, std::span<const Route> routes) {
    TRY(auto gate, Gate::make(worlds, settings, routes));
    auto parts = std::make_unique<Parts>(std::move(gate), settings);
    parts->worlds = worlds;
    TRY(parts->tls, open_tls(settings));
    parts->core.tls = parts->tls.get();
    for (int number = 0; number < std::max(1, settings.io_threads); ++number) {
        parts->loops.push_back(std::make_shared<Loop>());
    }
    TRY_VOID(parts->listen());
    parts->run();
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return parts_->port; }

void Server::stop() {
    Parts& parts = *parts_;
    if (std::exchange(parts.is_stopped, true)) {
        return;
    }
    parts.core.is_draining = true;
    for (const World* world : parts.worlds.worlds) {
        if (world->live != nullptr) {
            world->live->on_news({});
        }
    }
    asio::post(parts.loops.front()->context, [&parts] {
        error_code ignored;
        ignore(parts.acceptor->close(ignored), "nothing is accepted any more either way");
    });
    parts.on_each([](Connection& one) { one.drain(); });
    if (!parts.await_empty(parts.core.settings.drain_time)) {
        parts.on_each([](Connection& one) { one.cut(); });
        ignore(parts.await_empty(cut_time), "the loops end below");
    }
    parts.gate->stop();
    for (const auto& loop : parts.loops) {
        loop->work.reset();
        loop->context.stop();
        loop->thread.join();
    }
}

}  // namespace zt::http
