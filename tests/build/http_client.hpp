#pragma once
// A plain client of HTTP/1.1 on the loopback address, for programs that measure the server or make
// it fail. It blocks; each thread has its own.

#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace zt::build {

class HttpClient {
  public:
    struct Heard {
        int status = 0;
        std::string head, body;
    };

    explicit HttpClient(std::uint16_t port) : port_(port) {}
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient() { cut(); }

    /// Ends the connection, whatever is on its way. The next send makes another.
    void cut() {
        if (socket_ >= 0) {
            ::close(socket_);
        }
        socket_ = -1;
        read_.clear();
    }

    /// A whole request. False when the server cannot be reached or hangs up.
    [[nodiscard]] bool send(std::string_view text) {
        if (!is_open()) {
            return false;
        }
        while (!text.empty()) {
            const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                cut();
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// The next answer; none when the connection ended before it did.
    [[nodiscard]] std::optional<Heard> hear() {
        std::size_t end = std::string::npos;
        while ((end = read_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_some()) {
                return std::nullopt;
            }
        }
        constexpr std::size_t status_at = 9;  // behind "HTTP/1.1 "
        constexpr std::string_view length = "Content-Length: ";
        Heard heard;
        heard.head = read_.substr(0, end);
        heard.status = std::atoi(heard.head.c_str() + status_at);
        std::size_t size = 0;
        if (const auto at = heard.head.find(length); at != std::string::npos) {
            size = std::strtoull(heard.head.c_str() + at + length.size(), nullptr, 10);
        }
        const std::size_t begin = end + 4;
        while (read_.size() < begin + size) {
            if (!read_some()) {
                return std::nullopt;
            }
        }
        heard.body = read_.substr(begin, size);
        read_.erase(0, begin + size);
        return heard;
    }

  private:
    bool is_open() {
        if (socket_ >= 0) {
            return true;
        }
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            cut();
            return false;
        }
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return true;
    }
    bool read_some() {
        std::array<char, 8192> bytes;
        const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (count <= 0) {
            cut();
            return false;
        }
        read_.append(bytes.data(), static_cast<std::size_t>(count));
        return true;
    }

    std::uint16_t port_;
    int socket_ = -1;
    std::string read_;
};

/// Method and path, further header lines each with its end, a JSON body or none.
[[nodiscard]] inline std::string
request_text(std::string_view line, std::string_view fields, std::string_view body) {
    std::string text(line);
    text += " HTTP/1.1\r\nHost: localhost\r\n";
    text += fields;
    if (!body.empty()) {
        text += "Content-Type: application/json\r\nContent-Length: ";
        text += std::to_string(body.size()) + "\r\n";
    }
    return text.append("\r\n").append(body);
}

}  // namespace zt::build
