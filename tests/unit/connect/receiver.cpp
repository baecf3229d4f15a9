#include "receiver.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace zt::connect {

namespace {

constexpr int poll_ms = 20;

int listen_on_loopback(int& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(socket >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    CHECK(::bind(socket, plain, size) == 0);
    CHECK(::listen(socket, 128) == 0);
    CHECK(::getsockname(socket, plain, &size) == 0);
    port = ntohs(address.sin_port);
    return socket;
}

/// −1 when nobody came within the poll.
int accepted(int listening) {
    pollfd waiting{listening, POLLIN, 0};
    return ::poll(&waiting, 1, poll_ms) > 0 ? ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC)
                                            : -1;
}

bool read_more(int socket, std::string& text) {
    pollfd waiting{socket, POLLIN, 0};
    constexpr int patience_ms = 5'000;
    char bytes[4096];
    if (::poll(&waiting, 1, patience_ms) <= 0) {
        return false;
    }
    const ssize_t size = ::recv(socket, bytes, sizeof bytes, 0);
    if (size <= 0) {
        return false;
    }
    text.append(bytes, static_cast<std::size_t>(size));
    return true;
}

void write_all(int socket, const std::string& text) {
    static_cast<void>(::send(socket, text.data(), text.size(), MSG_NOSIGNAL));
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return text;
}

/// Reads one request; false when the client went away.
bool read_request(int socket, Received& out) {
    std::string text;
    std::size_t end = std::string::npos;
    while ((end = text.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more(socket, text)) {
            return false;
        }
    }
    std::size_t at = text.find("\r\n") + 2;
    while (at < end + 2) {
        const std::size_t line_end = text.find("\r\n", at);
        const std::size_t colon = text.find(':', at);
        const std::size_t value = text.find_first_not_of(' ', colon + 1);
        out.headers[lower(text.substr(at, colon - at))] = text.substr(value, line_end - value);
        at = line_end + 2;
    }
    const std::size_t length = std::stoul(out.headers["content-length"]);
    while (text.size() < end + 4 + length) {
        if (!read_more(socket, text)) {
            return false;
        }
    }
    out.body = text.substr(end + 4, length);
    return true;
}

}  // namespace

Receiver::Receiver(int lost_percent, Answering answering, std::uint64_t seed)
    : lost_percent_(lost_percent), answering_(std::move(answering)), random_(seed) {
    listening_ = listen_on_loopback(port_);
    thread_ = std::thread([this] { run(); });
}

Receiver::~Receiver() {
    is_ending_ = true;
    thread_.join();
    ::close(listening_);
}

std::string Receiver::url(const char* host) const {
    return std::string("http://") + host + ":" + std::to_string(port_) + "/in";
}

std::vector<Received> Receiver::received() const {
    const std::lock_guard lock(mutex_);
    return received_;
}

std::size_t Receiver::count() const {
    const std::lock_guard lock(mutex_);
    return received_.size();
}

bool Receiver::await(std::size_t count, std::chrono::milliseconds longest) const {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, longest, [&] { return received_.size() >= count; });
}

void Receiver::run() {
    while (!is_ending_) {
        const int socket = accepted(listening_);
        if (socket >= 0) {
            serve(socket);
            ::close(socket);
        }
    }
}

void Receiver::serve(int socket) {
    Fate fate = Fate::answer;
    if (random_.below(100) < static_cast<std::size_t>(lost_percent_)) {
        fate = random_.below(2) == 0 ? Fate::cut_before : Fate::drop_answer;
    }
    Received one;
    if (fate == Fate::cut_before || !read_request(socket, one)) {
        return;
    }
    const Answer answer = answering_ ? answering_(one) : Answer{};
    {
        const std::lock_guard lock(mutex_);
        received_.push_back(std::move(one));
    }
    came_.notify_all();
    if (fate == Fate::answer) {
        write_all(
            socket,
            "HTTP/1.1 " + std::to_string(answer.status) + " ok\r\nConnection: close\r\n" +
                answer.headers + "Content-Length: " + std::to_string(answer.body.size()) +
                "\r\n\r\n" + answer.body
        );
    }
}

MailReceiver::MailReceiver(std::string recipient_answer)
    : recipient_answer_(std::move(recipient_answer)) {
    listening_ = listen_on_loopback(port_);
    thread_ = std::thread([this] { run(); });
}

MailReceiver::~MailReceiver() {
    is_ending_ = true;
    thread_.join();
    ::close(listening_);
}

std::string MailReceiver::url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

std::string MailReceiver::spoken() const {
    const std::lock_guard lock(mutex_);
    return spoken_;
}

void MailReceiver::run() {
    while (!is_ending_) {
        const int socket = accepted(listening_);
        if (socket >= 0) {
            serve(socket);
            ::close(socket);
        }
    }
}

void MailReceiver::serve(int socket) {
    write_all(socket, "220 ready\r\n");
    std::string text;
    bool is_text = false;
    while (!is_ending_) {
        std::size_t end = 0;
        while ((end = text.find("\r\n")) == std::string::npos) {
            if (!read_more(socket, text)) {
                return;
            }
        }
        const std::string line = text.substr(0, end);
        text.erase(0, end + 2);
        {
            const std::lock_guard lock(mutex_);
            spoken_ += line + "\r\n";
        }
        if (is_text && line != ".") {
            continue;
        }
        if (line == "QUIT") {
            write_all(socket, "221 bye\r\n");
            return;
        }
        is_text = line == "DATA";
        const bool is_recipient = line.starts_with("RCPT");
        write_all(
            socket,
            (is_text        ? "354 go on"
             : is_recipient ? recipient_answer_
                            : "250 ok") +
                "\r\n"
        );
    }
}

}  // namespace zt::connect
