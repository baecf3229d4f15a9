#pragma once
// A real server on a free port of the loopback address, with routes of the tests' own, and a client
// that sends what it is told, byte by byte.

#include "base/seeded_random.hpp"
#include "http/server.hpp"
#include "service/answer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <fstream>
#include <future>
#include <map>
#include <poll.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

namespace zt::http::test {

class HandClock final : public WallClock {
  public:
    [[nodiscard]] UtcMs now() const override { return UtcMs{Millis{now_.load()}}; }
    void move(Millis by) { now_ += by.count(); }

  private:
    std::atomic<std::int64_t> now_ = 1'659'315'600'000;  // 2022-08-01 01:00 UTC
};

inline kindfile::Texts texts(const std::string& language) {
    const std::string file = std::string(ZT_SOURCE_DIR) + "/text/" + language + ".yaml";
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return kindfile::Texts::read(text.str(), file).value();
}

/// One session, one key of a program.
class OneOfEach final : public SignedIn {
  public:
    std::optional<Caller> caller_of_session(std::string_view token, UtcMs) override {
        if (token != "session") {
            return std::nullopt;
        }
        Caller caller;
        caller.person = PersonId{5};
        caller.post = PostId{has_post ? 7 : 0};
        return caller;
    }
    std::optional<Caller> caller_of_key(std::string_view key, UtcMs) override {
        if (key != "key") {
            return std::nullopt;
        }
        Caller caller;
        caller.person = PersonId{6};
        caller.scopes = {"matters.read"};
        return caller;
    }
    bool csrf_matches(std::string_view session, std::string_view csrf) override {
        return session == "session" && csrf == "csrf";
    }
    std::atomic<bool> has_post = true;
};

struct Heard {
    int status = 0;
    std::map<std::string, std::string> fields;  ///< names in small letters
    std::string head, body;
    [[nodiscard]] std::string field(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? "" : found->second;
    }
};

class Client {
  public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_connected_ =
            ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    Client(Client&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), is_connected_(other.is_connected_) {}
    Client& operator=(Client&&) = delete;
    ~Client() {
        if (socket_ >= 0) {
            ::close(socket_);
        }
    }
    [[nodiscard]] bool is_connected() const { return is_connected_; }

    Client& send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t count = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                break;
            }
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return *this;
    }
    /// A GET of HTTP/1.1, or what the method says, with further header lines.
    Client& ask(std::string_view line, std::string_view fields = "") {
        return send(std::string(line) + " HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n");
    }
    Client& post(std::string_view path, std::string_view fields, std::string_view body) {
        return ask("POST " + std::string(path),
                   std::string(fields) + "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n")
            .send(body);
    }

    /// Waits for what comes until the text stands there. False at the end or after 5 s.
    bool read_until(std::string_view text) {
        while (read_.find(text) == std::string::npos) {
            if (!read_some()) {
                return false;
            }
        }
        return true;
    }
    /// The next answer; status 0 when the connection ends before it.
    Heard hear(bool has_body = true) {
        Heard heard;
        if (!read_until("\r\n\r\n")) {
            return heard;
        }
        const std::size_t end = read_.find("\r\n\r\n") + 4;
        heard.head = read_.substr(0, end);
        read_.erase(0, end);
        std::stringstream lines(heard.head);
        std::string line;
        std::getline(lines, line);
        heard.status = std::stoi(line.substr(9, 3));
        while (std::getline(lines, line) && line.size() > 1) {
            const std::size_t colon = line.find(':');
            std::string name = line.substr(0, colon);
            std::ranges::transform(name, name.begin(), [](unsigned char one) {
                return static_cast<char>(std::tolower(one));
            });
            heard.fields[name] = line.substr(colon + 2, line.size() - colon - 3);
        }
        if (has_body && heard.fields.contains("content-length")) {
            const std::size_t size = std::stoul(heard.fields["content-length"]);
            while (read_.size() < size && read_some()) {
            }
            heard.body = read_.substr(0, size);
            read_.erase(0, size);
        }
        return heard;
    }
    /// Everything until the other side closes.
    std::string rest() {
        while (read_some()) {
        }
        return std::exchange(read_, {});
    }
    /// The other side has closed, or does so in time, and sent nothing more.
    bool ends() { return rest().empty(); }
    /// Nothing comes for so long.
    bool is_silent(int ms) {
        pollfd one{socket_, POLLIN, 0};
        return read_.empty() && ::poll(&one, 1, ms) == 0;
    }

  private:
    bool read_some() {
        constexpr int longest_ms = 20'000;
        pollfd one{socket_, POLLIN, 0};
        if (::poll(&one, 1, longest_ms) <= 0) {
            return false;
        }
        std::array<char, 4096> part{};
        const ssize_t count = ::recv(socket_, part.data(), part.size(), 0);
        if (count <= 0) {
            return false;
        }
        read_.append(part.data(), static_cast<std::size_t>(count));
        return true;
    }

    int socket_ = -1;
    bool is_connected_ = false;
    std::string read_;
};

/// The routes of routes.cpp in this folder.
[[nodiscard]] std::span<const Route> test_routes();

/// What the slow route waits for.
struct Latch {
    std::atomic<int> under_way = 0;
    std::promise<void> opens;
    std::shared_future<void> open = opens.get_future().share();
};
[[nodiscard]] std::shared_ptr<Latch>& latch();

class Edge {
  public:
    explicit Edge(const Settings& settings = {}, bool is_started = true) : settings_(settings) {
        settings_.port = 0;
        world.clock = &clock;
        world.random = &random_;
        world.zh = &zh_;
        world.en = &en_;
        world.signed_in = &signed_in;
        world.live = &live;
        world.may_see = [](const Caller&, const LiveEvent& event) {
            return event.kind != "secret";
        };
        world.submit = [this](const Submit&, const Answered& done) { done(fail(submit_code)); };
        latch() = std::make_shared<Latch>();
        if (is_started) {
            start();
        }
    }
    void start() {
        auto started = Server::start(world, settings_, test_routes());
        ASSERT_TRUE(started.has_value()) << to_string(started.error());
        server = *std::move(started);
    }
    ~Edge() {
        if (server) {
            server->stop();
        }
    }
    [[nodiscard]] Client client() const { return Client(server->port()); }

    HandClock clock;
    World world;
    OneOfEach signed_in;
    Live live{100, 16};
    std::atomic<Errc> submit_code = Errc::overloaded;
    std::unique_ptr<Server> server;

  private:
    Settings settings_;
    SeededRandom random_{1};
    kindfile::Texts zh_ = texts("zh"), en_ = texts("en");
};

inline constexpr std::string_view a_key =
    "Idempotency-Key: 0182d4c0-1000-7000-8000-000000000001\r\n";

}  // namespace zt::http::test
