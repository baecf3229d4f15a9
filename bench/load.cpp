#include "bench/load.hpp"

#include "bench/measure.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::bench {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void stop_for(const char* what) {
    std::perror(what);
    std::exit(1);
}

int connect_to(std::uint16_t port) {
    const int one = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (one < 0 || ::connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        stop_for("connect");
    }
    const int on = 1;
    ::setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return one;
}

/// The server may have hung up meanwhile: what it holds is counted on its side.
void ignore_count(ssize_t /*count*/) {}

double own_cpu_s() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// The size of the whole answer at the front, once its header is there.
std::optional<std::size_t> size_of_answer(std::string_view text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t at = text.substr(0, end).find(name);
    const std::size_t body = at == std::string_view::npos
                                 ? 0
                                 : std::strtoul(text.data() + at + name.size(), nullptr, 10);
    return end + 4 + body;
}

class Generator {
  public:
    explicit Generator(const Load& load) : load_(load), epoll_(::epoll_create1(0)) {
        outcome_.ms.reserve(static_cast<std::size_t>(load.count));
        ones_.resize(static_cast<std::size_t>(load.connections));
        for (std::size_t index = 0; index < ones_.size(); ++index) {
            ones_[index].socket = connect_to(load.port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = index;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, ones_[index].socket, &event);
            free_.push_back(index);
        }
    }
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;
    ~Generator() {
        for (const auto& one : ones_) {
            ::close(one.socket);
        }
        ::close(epoll_);
    }

    LoadOutcome run() {
        begin_ = Clock::now();
        const double cpu = own_cpu_s();
        while (answered_ < load_.count && !is_late()) {
            send_due();
            await_answers();
        }
        outcome_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        outcome_.per_s = static_cast<double>(load_.count) / outcome_.seconds;
        outcome_.own_cpu_s = own_cpu_s() - cpu;
        return std::move(outcome_);
    }

  private:
    struct One {
        int socket = -1;
        Clock::time_point meant;
        std::string read;
    };

    [[nodiscard]] bool is_late() const {
        return load_.seconds > 0 &&
               Clock::now() - begin_ > std::chrono::duration<double>(load_.seconds);
    }
    [[nodiscard]] Clock::time_point moment_of(std::int64_t number) const {
        if (load_.per_s == 0) {
            return Clock::now();
        }
        const double seconds = static_cast<double>(number) / load_.per_s;
        return begin_ + std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    }
    void send_due() {
        while (sent_ < load_.count && !free_.empty()) {
            const auto meant = moment_of(sent_);
            if (meant > Clock::now()) {
                return;
            }
            One& one = ones_[free_.back()];
            free_.pop_back();
            one.meant = meant;
            const std::string request = load_.request(sent_++);
            const ssize_t count = ::send(one.socket, request.data(), request.size(), MSG_NOSIGNAL);
            if (count != static_cast<ssize_t>(request.size())) {
                stop_for("send");
            }
        }
    }
    void await_answers() {
        std::array<epoll_event, 64> events{};
        // Until the next is to be sent: one that turns its core around would take it from the
        // server.
        std::chrono::nanoseconds longest = std::chrono::milliseconds(100);
        if (load_.per_s != 0 && !free_.empty() && sent_ < load_.count) {
            longest = std::clamp<std::chrono::nanoseconds>(
                moment_of(sent_) - Clock::now(), std::chrono::nanoseconds{0}, longest
            );
        }
        const timespec timeout{0, longest.count()};
        const int count = ::epoll_pwait2(
            epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr
        );
        for (int index = 0; index < count; ++index) {
            read(events[static_cast<std::size_t>(index)].data.u64);
        }
    }
    void read(std::size_t index) {
        One& one = ones_[index];
        std::array<char, 8192> part{};
        const ssize_t count = ::recv(one.socket, part.data(), part.size(), 0);
        if (count <= 0) {
            stop_for("the server closed a connection");
        }
        one.read.append(part.data(), static_cast<std::size_t>(count));
        const auto size = size_of_answer(one.read);
        if (!size || one.read.size() < *size) {
            return;
        }
        constexpr std::size_t status_at = 9;
        const bool is_refused = one.read[status_at] != '2';
        one.read.erase(0, *size);
        outcome_.refused += is_refused ? 1 : 0;
        (is_refused ? outcome_.refused_ms : outcome_.ms)
            .push_back(std::chrono::duration<double, std::milli>(Clock::now() - one.meant).count());
        ++answered_;
        free_.push_back(index);
    }

    const Load& load_;
    int epoll_;
    std::vector<One> ones_;
    std::vector<std::size_t> free_;
    std::int64_t sent_ = 0, answered_ = 0;
    Clock::time_point begin_;
    LoadOutcome outcome_;
};

}  // namespace

LoadOutcome put_load_on(const Load& load) { return Generator(load).run(); }

/// Between fork and the end nothing is allocated: another thread may have held the allocator.
IdleConnections::IdleConnections(std::uint16_t port, int count, std::string_view said) {
    std::array<int, 2> done{};
    if (::pipe(done.data()) != 0) {
        stop_for("pipe");
    }
    child_ = ::fork();
    if (child_ == 0) {
        for (int number = 0; number < count; ++number) {
            const int one = connect_to(port);
            ignore_count(::send(one, said.data(), said.size(), MSG_NOSIGNAL));
        }
        ignore_count(::write(done[1], "d", 1));
        while (true) {
            ::pause();
        }
    }
    ::close(done[1]);
    char is_done = 0;
    const bool has_all = child_ > 0 && ::read(done[0], &is_done, 1) == 1;
    ::close(done[0]);
    if (!has_all) {
        stop_for("idle connections");
    }
}

IdleConnections::~IdleConnections() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

}  // namespace zt::bench
