#include "http/impl/connection.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "http/impl/handing.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <charconv>

namespace zt::http::impl {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

/// Room for a first read: most headers fit, and an idle connection holds no more.
constexpr std::size_t first_bytes = 1U << 10U;
constexpr std::size_t body_step_bytes = 16U << 10U;
constexpr std::size_t linger_bytes_max = 256U << 10U;
constexpr Millis linger_time{500};
/// A reader slower than this holds a thread's or a buffer's worth for nothing.
constexpr std::size_t slowest_bytes_per_s = 16U << 10U;
constexpr std::size_t live_events_at_once = 256;
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

Address address_of(const asio::ip::tcp::socket& socket) {
    boost::system::error_code failed;
    const auto end = socket.remote_endpoint(failed);
    const auto address = failed ? std::nullopt : parse_address(end.address().to_string(failed));
    return address.value_or(Address{});
}

/// Where a header ends that no CR LF CR LF will end any more: behind a line feed without its CR.
std::size_t find_bare_line_feed(std::string_view text) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
        if (at == 0 || text[at - 1] != '\r') {
            return at + 1;
        }
    }
    return 0;
}

std::string chunk_head(std::size_t size) {
    std::array<char, 16> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16);
    return std::string(digits.data(), written.ptr) + "\r\n";
}

}  // namespace

bool Core::enter(const std::string& scope) {
    const std::lock_guard lock(mutex);
    std::size_t& there = per_remote[scope];
    if (connections >= settings.connections_max || there >= settings.connections_per_remote) {
        if (there == 0) {
            per_remote.erase(scope);
        }
        return false;
    }
    ++there;
    ++connections;
    gate.world().metrics.connection_came();
    return true;
}

void Core::leave(const std::string& scope) {
    const std::lock_guard lock(mutex);
    const auto found = per_remote.find(scope);
    if (--found->second == 0) {
        per_remote.erase(found);
    }
    --connections;
    gate.world().metrics.connection_went();
    one_left.notify_all();
}

Connection::Connection(Core& core, Loop& loop, asio::ip::tcp::socket socket)
    : core_(core),
      loop_(loop),
      stream_(std::move(socket)),
      wake_(loop_.context.get_executor()),
      peer_(address_of(stream_.socket())) {
    scope_ = core_.gate.scope_of(peer_);
    if (core_.tls != nullptr) {
        tls_ = std::make_unique<asio::ssl::stream<beast::tcp_stream&>>(stream_, *core_.tls);
    }
}

asio::awaitable<void> Connection::serve(std::shared_ptr<Connection> self) {
    self->loop_.connections.insert(self.get());
    bool goes_on = co_await self->shake_hands();
    while (goes_on && !self->is_cut_) {
        goes_on = co_await self->converse();
    }
    self->stream_.close();
    self->loop_.connections.erase(self.get());
    self->core_.leave(self->scope_);
}

void Connection::drain() {
    if (is_idle_) {
        cut();
    }
}

void Connection::cut() {
    is_cut_ = true;
    stream_.close();
    wake();
}

void Connection::refuse(std::string_view answer) {
    boost::system::error_code failed;
    ignore(stream_.socket().non_blocking(true, failed), "told by failed");
    if (!failed && !tls_) {
        ignore(
            stream_.socket().write_some(asio::buffer(answer.data(), answer.size()), failed),
            "the connection ends either way"
        );
    }
    stream_.close();
}

void Connection::wake() { wake_.cancel(); }

Connection::Goes Connection::shake_hands() {
    if (!tls_) {
        co_return true;
    }
    set_deadline(core_.settings.header_time);
    const auto [failed] = co_await tls_->async_handshake(asio::ssl::stream_base::server, as_values);
    co_return !failed;
}

void Connection::set_deadline(Millis time) { stream_.expires_after(time); }

Connection::Goes Connection::converse() {
    const std::size_t size = co_await await_head();
    if (size == 0) {
        co_return false;
    }
    auto exchange = std::make_shared<Exchange>();
    exchange->peer = peer_;
    exchange->is_tls = tls_ != nullptr;
    if (size > core_.settings.header_bytes) {
        must_close_ = true;
        const Error error{Errc::header_too_large, "the header is too long", "header"};
        exchange->began = core_.gate.world().clock->now();
        co_return co_await send(exchange, core_.gate.refuse(*exchange, error));
    }
    exchange->head_text = input_.substr(0, size);
    input_.erase(0, size);
    if (input_.empty() && input_.capacity() > 2 * first_bytes) {
        input_ = std::string();  // an idle connection keeps no large buffer
    }
    co_return co_await serve_one(std::move(exchange));
}

asio::awaitable<std::size_t> Connection::await_head() {
    is_idle_ = input_.empty();
    set_deadline(is_idle_ ? core_.settings.idle : core_.settings.header_time);
    for (;;) {
        const std::size_t end = input_.find("\r\n\r\n");
        if (end != std::string::npos) {
            is_idle_ = false;
            co_return end + 4;
        }
        if (const std::size_t broken = find_bare_line_feed(input_); broken > 0) {
            co_return broken;  // parse_head says what is wrong with it
        }
        if (input_.size() > core_.settings.header_bytes) {
            co_return input_.size();
        }
        if (is_idle_ && core_.is_draining) {
            co_return 0;
        }
        const bool is_there = co_await fill(first_bytes);
        if (!is_there) {
            co_return 0;
        }
        if (is_idle_) {
            // From the first byte on the whole header has one deadline, however slowly it drips.
            is_idle_ = false;
            set_deadline(core_.settings.header_time);
        }
    }
}

Connection::Goes Connection::serve_one(std::shared_ptr<Exchange> exchange) {
    Gate& gate = core_.gate;
    const auto admitted = gate.admit(*exchange);
    if (!admitted) {
        must_close_ = admitted.error().code == Errc::bad_request || exchange->head.has_body();
        co_return co_await send(exchange, gate.refuse(*exchange, admitted.error()));
    }
    if (exchange->head.has_body()) {
        const auto is_read = co_await read_body(exchange);
        if (!is_read) {
            must_close_ = true;
            co_return co_await send(exchange, gate.refuse(*exchange, is_read.error()));
        }
        if (!*is_read) {
            co_return false;
        }
    }
    auto outcome = co_await await_outcome(exchange);
    if (is_cut_) {
        co_return false;
    }
    if (auto* reply = std::get_if<Reply>(&outcome)) {
        co_return co_await send(exchange, std::move(*reply));
    }
    if (auto* stream = std::get_if<Stream>(&outcome)) {
        co_return co_await send_stream(exchange, std::move(*stream));
    }
    co_return co_await send_live(exchange);
}

asio::awaitable<Result<bool>> Connection::read_body(std::shared_ptr<Exchange> exchange) {
    set_deadline(std::chrono::seconds(exchange->route->limits.seconds));
    if (exchange->head.expects_continue && input_.empty()) {
        const bool is_written = co_await write(go_on, {});
        if (!is_written) {
            co_return false;
        }
        set_deadline(std::chrono::seconds(exchange->route->limits.seconds));
    }
    if (exchange->head.is_chunked) {
        co_return co_await read_chunked(exchange);
    }
    const auto size = static_cast<std::size_t>(exchange->head.content_length.value_or(0));
    while (input_.size() < size) {
        const std::size_t missing = size - input_.size();
        const bool is_there = co_await fill(std::min(missing, body_step_bytes));
        if (!is_there) {
            co_return false;
        }
    }
    exchange->body = input_.substr(0, size);
    input_.erase(0, size);
    co_return true;
}

asio::awaitable<Result<bool>> Connection::read_chunked(std::shared_ptr<Exchange> exchange) {
    beast::http::request_parser<beast::http::string_body> parser;
    parser.body_limit(exchange->route->limits.body_bytes);
    parser.header_limit(static_cast<std::uint32_t>(core_.settings.header_bytes));
    auto refuse_extension =
        [](std::uint64_t, beast::string_view extension, beast::error_code& failed) {
            // Nobody needs them, and two programs may read them differently.
            if (!extension.empty()) {
                failed = beast::http::error::bad_chunk_extension;
            }
        };
    parser.on_chunk_header(refuse_extension);
    parser.eager(true);
    beast::error_code failed;
    parser.put(asio::buffer(exchange->head_text), failed);
    while (!failed || failed == beast::http::error::need_more) {
        if (parser.is_done()) {
            exchange->body = std::move(parser.get().body());
            co_return true;
        }
        if (input_.empty() || failed == beast::http::error::need_more) {
            const bool is_there = co_await fill(body_step_bytes);
            if (!is_there) {
                co_return false;
            }
        }
        const std::size_t used = parser.put(asio::buffer(input_), failed);
        input_.erase(0, used);
    }
    if (failed == beast::http::error::body_limit) {
        const std::size_t most = exchange->route->limits.body_bytes;
        co_return fail(Errc::body_too_large, "at most " + std::to_string(most) + " bytes");
    }
    co_return fail(Errc::bad_request, "the chunks of the body are malformed", "body");
}

asio::awaitable<Outcome> Connection::await_outcome(std::shared_ptr<Exchange> exchange) {
    const auto box = std::make_shared<std::optional<Outcome>>();
    // Weak, because who answers late may outlive the connection; the loop has to be there still.
    core_.gate.run(
        exchange,
        [box, loop = loop_.shared_from_this(), weak = weak_from_this()](Outcome outcome) {
            const auto shared = std::make_shared<Outcome>(std::move(outcome));
            asio::dispatch(loop->context, [box, weak, shared] {
                box->emplace(std::move(*shared));
                if (const auto self = weak.lock()) {
                    self->wake();
                }
            });
        }
    );
    const Millis longest = std::chrono::seconds(exchange->route->limits.seconds);
    while (!*box && !is_cut_) {
        const bool is_in_time = co_await await_wake(longest);
        if (!is_in_time && !*box) {
            // It may still happen. The same key asks again.
            must_close_ = true;
            const Error error{Errc::overloaded, "no answer in time; the same key asks again", {}};
            co_return core_.gate.refuse(*exchange, error);
        }
    }
    co_return std::move(*box).value_or(Outcome(Reply{}));
}

After Connection::after(const Exchange& exchange) const {
    const bool ends = must_close_ || core_.is_draining || !exchange.head.keeps_alive;
    return ends ? After::close : After::keep;
}

Connection::Goes Connection::send(std::shared_ptr<Exchange> exchange, Reply reply) {
    const After then = after(*exchange);
    const Rendered answer = render(std::move(reply), *exchange, then);
    core_.gate.count(*exchange, answer);
    const bool is_written = co_await write(answer.head, answer.body);
    if (is_written && then == After::close) {
        co_await linger();
    }
    co_return is_written&& then == After::keep;
}

Connection::Goes Connection::send_stream(std::shared_ptr<Exchange> exchange, Stream stream) {
    const auto handing = std::make_shared<Handing>();
    const Reading reading(handing);
    const auto wake = [loop = loop_.shared_from_this(), weak = weak_from_this()] {
        asio::dispatch(loop->context, [weak] {
            if (const auto self = weak.lock()) {
                self->wake();
            }
        });
    };
    const After then = exchange->head.is_version_1_1 ? after(*exchange) : After::close;
    const std::string head = render_head(stream, *exchange, then);
    const bool is_taken =
        exchange->is_head || core_.gate.streams().offer([handing, wake, run = stream.run] {
            HandingSink sink(handing, wake);
            run(sink);
            handing->end();
            wake();
        });
    if (!is_taken) {
        const Error error{Errc::overloaded, "too many long answers are under way", {}};
        co_return co_await send(exchange, core_.gate.refuse(*exchange, error));
    }
    core_.gate.count(*exchange, Rendered{});
    bool goes_on = co_await write(head, {});
    bool is_over = exchange->is_head;
    while (goes_on && !is_over && !is_cut_) {
        const auto chunk = handing->take();
        if (!chunk) {
            const Millis longest = std::chrono::seconds(exchange->route->limits.seconds);
            goes_on = co_await await_wake(longest);
            continue;
        }
        is_over = chunk->empty();
        const bool is_chunked = exchange->head.is_version_1_1;
        const std::string before = is_chunked ? chunk_head(chunk->size()) : std::string();
        goes_on = co_await write(before, is_chunked ? *chunk + "\r\n" : *chunk);
    }
    co_return goes_on&& is_over&& then == After::keep;
}

Connection::Goes Connection::send_live(std::shared_ptr<Exchange> exchange) {
    World& world = *exchange->world;
    if (world.live == nullptr || exchange->is_head) {
        const Error error{Errc::not_found, "nothing is told live here", {}};
        co_return co_await send(exchange, core_.gate.refuse(*exchange, error));
    }
    const auto asked = parse_int(exchange->call.last_event_id);
    const Seq from = asked ? *asked : world.live->newest();
    Stream stream;
    stream.content_type = "text/event-stream";
    stream.headers.emplace_back("X-Accel-Buffering", "no");
    exchange->head.is_version_1_1 = false;  // no length and no chunks: it ends with the connection
    const std::string head = render_head(stream, *exchange, After::close);
    core_.gate.count(*exchange, Rendered{});
    const bool is_written = co_await write(head, ": live\n\n");
    if (is_written) {
        is_idle_ = true;
        loop_.live.insert(this);
        const bool ended = co_await tell_news(exchange, from);
        ignore(ended, "it ends either way");
        loop_.live.erase(this);
    }
    co_return false;
}

Connection::Goes Connection::tell_news(std::shared_ptr<Exchange> exchange, Seq seq) {
    World& world = *exchange->world;
    Call& call = exchange->call;
    std::optional<Live::Mark> heard;
    while (!is_cut_ && !core_.is_draining) {
        const auto page = heard ? world.live->after(*heard, live_events_at_once)
                                : world.live->after(seq, live_events_at_once);
        std::string text = page.is_reset ? reset_message(page.until.seq) : std::string();
        for (const auto& event : page.events) {
            if (world.may_see && world.may_see(call.caller, event)) {
                text += message_of(event);
            }
        }
        heard = page.until;
        if (page.events.empty() && text.empty()) {
            const bool is_news = co_await await_wake(core_.settings.heartbeat);
            if (is_news) {
                continue;
            }
            text = ": still here\n\n";
            const bool has_session = call.caller.is_signed_in() && !call.session_token.empty();
            const UtcMs now = world.clock->now();
            if (has_session && !world.signed_in->caller_of_session(call.session_token, now)) {
                co_return false;
            }
        }
        const bool is_written = text.empty() || co_await write(text, {});
        if (!is_written) {
            co_return false;
        }
    }
    co_return true;
}

asio::awaitable<void> Connection::linger() {
    if (tls_) {
        co_return;
    }
    boost::system::error_code ignored;
    ignore(
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored),
        "the peer may have gone first"
    );
    set_deadline(linger_time);
    std::size_t thrown_away = 0;
    bool is_there = true;
    while (is_there && thrown_away < linger_bytes_max) {
        input_.clear();
        is_there = co_await fill(body_step_bytes);
        thrown_away += input_.size();
    }
}

Connection::Goes Connection::fill(std::size_t room) {
    const std::size_t had = input_.size();
    input_.resize(had + room);
    const auto buffer = asio::buffer(input_.data() + had, room);
    if (tls_) {
        const auto [failed, count] = co_await tls_->async_read_some(buffer, as_values);
        input_.resize(had + count);
        co_return !failed && count > 0;
    }
    const auto [failed, count] = co_await stream_.async_read_some(buffer, as_values);
    input_.resize(had + count);
    co_return !failed && count > 0;
}

Connection::Goes Connection::write(std::string_view first, std::string_view second) {
    const auto extra = std::chrono::seconds((first.size() + second.size()) / slowest_bytes_per_s);
    set_deadline(core_.settings.write_time + extra);
    const std::array<asio::const_buffer, 2> buffers{
        asio::buffer(first.data(), first.size()), asio::buffer(second.data(), second.size())
    };
    if (tls_) {
        const auto [failed, count] = co_await asio::async_write(*tls_, buffers, as_values);
        co_return !failed;
    }
    const auto [failed, count] = co_await asio::async_write(stream_, buffers, as_values);
    co_return !failed;
}

Connection::Goes Connection::await_wake(Millis longest) {
    wake_.expires_after(longest);
    const auto [cancelled] = co_await wake_.async_wait(as_values);
    co_return cancelled == asio::error::operation_aborted;
}

}  // namespace zt::http::impl
