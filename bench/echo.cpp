#include "bench/echo.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <string>
#include <thread>

namespace zt::bench {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> serve(tcp::socket socket, std::size_t answer_bytes) {
    boost::beast::tcp_stream stream(std::move(socket));
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::request<http::string_body> request;
        const auto [failed, read] = co_await http::async_read(stream, buffer, request, as_values);
        if (failed) {
            co_return;
        }
        http::response<http::string_body> response(http::status::ok, request.version());
        response.set(http::field::content_type, "application/json");
        response.keep_alive(request.keep_alive());
        response.body().assign(answer_bytes, 'x');
        response.prepare_payload();
        const auto [broken, written] = co_await http::async_write(stream, response, as_values);
        if (broken) {
            co_return;
        }
    }
}

// The acceptor outlives the context that runs this.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-reference-coroutine-parameters): see above
asio::awaitable<void> accept(tcp::acceptor& acceptor, std::size_t answer_bytes) {
    for (;;) {
        auto [failed, socket] = co_await acceptor.async_accept(as_values);
        if (failed) {
            co_return;
        }
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(
            acceptor.get_executor(),
            serve(std::move(socket), answer_bytes),
            [](const std::exception_ptr&) {}
        );
    }
}

}  // namespace

struct Echo::Parts {
    asio::io_context context{1};
    tcp::acceptor acceptor{context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
    std::thread thread;
};

Echo::Echo(std::size_t answer_bytes) : parts_(std::make_unique<Parts>()) {
    asio::co_spawn(
        parts_->context, accept(parts_->acceptor, answer_bytes), [](const std::exception_ptr&) {}
    );
    parts_->thread = std::thread([this] { parts_->context.run(); });
}

Echo::~Echo() {
    parts_->context.stop();
    parts_->thread.join();
}

std::uint16_t Echo::port() const { return parts_->acceptor.local_endpoint().port(); }

}  // namespace zt::bench
