#include "app/run_socket.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace zt::app {

namespace {

constexpr int waiting_max = 16;
/// For a line to come; hashing a password takes a fraction of it.
constexpr timeval request_time{5, 0}, answer_time{60, 0};
constexpr const char* socket_name = "/run.sock";

/// A file descriptor that is closed with its owner.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] explicit operator bool() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

Error io_error(const char* what) {
    return {Errc::io_failed, std::string(what) + ": " + std::strerror(errno), "run.sock"};
}

Descriptor open_folder(const std::string& folder) {
    return Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

Descriptor new_socket() { return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

/// By way of the open folder: an address holds no more than 107 bytes, a path may be longer.
sockaddr_un address_in(const Descriptor& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + socket_name;
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool is_of_us(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    const bool is_known = ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    return is_known && (peer.uid == ::geteuid() || peer.uid == 0);
}

/// Up to the line break; empty when it does not come in time or is too long.
std::string read_line(int socket) {
    std::string line;
    std::array<char, 4096> part{};
    while (line.size() <= socket_line_bytes_max) {
        const ssize_t count = ::recv(socket, part.data(), part.size(), 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return {};
        }
        line.append(part.data(), static_cast<std::size_t>(count));
        if (line.ends_with('\n')) {
            line.pop_back();
            return line;
        }
    }
    return {};
}

bool write_line(int socket, std::string text) {
    text += '\n';
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t count = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void limit_time(int socket, const timeval& reading) {
    // Without the limits a silent peer would only be waited for longer.
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &reading, sizeof reading);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &request_time, sizeof request_time);
}

}  // namespace

struct RunSocket::Parts {
    Descriptor folder, listening, ending;
    Answering answering;
    std::thread thread;

    Result<void> listen();
    void run();
    void answer_one();
};

RunSocket::RunSocket(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<RunSocket>> RunSocket::open(const std::string& folder, Answering answering) {
    auto parts = std::make_unique<Parts>();
    parts->folder = open_folder(folder);
    parts->answering = std::move(answering);
    TRY_VOID(parts->listen());
    parts->thread = std::thread([raw = parts.get()] { raw->run(); });
    return std::unique_ptr<RunSocket>(new RunSocket(std::move(parts)));
}

RunSocket::~RunSocket() {
    constexpr std::uint64_t one = 1;
    ignore(
        ::write(parts_->ending.get(), &one, sizeof one),
        "an event file takes a number unless it is full, and then it wakes as well"
    );
    parts_->thread.join();
    ::unlinkat(parts_->folder.get(), socket_name + 1, 0);
}

Result<void> RunSocket::Parts::listen() {
    constexpr mode_t owner_only = 0600;
    ending = Descriptor(::eventfd(0, EFD_CLOEXEC));
    listening = new_socket();
    if (!folder || !ending || !listening) {
        return std::unexpected(io_error("no socket"));
    }
    ::unlinkat(folder.get(), socket_name + 1, 0);
    const sockaddr_un address = address_in(folder);
    // The mode of the socket is that of the file which bind makes.
    if (::fchmod(listening.get(), owner_only) != 0 ||
        ::bind(listening.get(), generic(address), sizeof address) != 0 ||
        ::listen(listening.get(), waiting_max) != 0) {
        return std::unexpected(io_error("the socket cannot be made"));
    }
    return {};
}

void RunSocket::Parts::run() {
    while (true) {
        std::array<pollfd, 2> wait{
            pollfd{listening.get(), POLLIN, 0}, pollfd{ending.get(), POLLIN, 0}
        };
        if (::poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) {
            return;
        }
        if (wait[1].revents != 0) {
            return;
        }
        if (wait[0].revents != 0) {
            answer_one();
        }
    }
}

void RunSocket::Parts::answer_one() {
    const Descriptor socket(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket || !is_of_us(socket.get())) {
        return;
    }
    limit_time(socket.get(), request_time);
    const std::string line = read_line(socket.get());
    if (!line.empty()) {
        ignore(
            write_line(socket.get(), answering(line)),
            "the command is done; who asked has gone and sees it the next time"
        );
    }
}

Result<std::string> ask_server(const std::string& folder, const std::string& line) {
    const Descriptor open = open_folder(folder);
    const Descriptor socket = new_socket();
    if (!open || !socket) {
        return std::unexpected(io_error("no socket"));
    }
    const sockaddr_un address = address_in(open);
    if (::connect(socket.get(), generic(address), sizeof address) != 0) {
        return fail(Errc::not_found, "no server listens in this directory", folder);
    }
    limit_time(socket.get(), answer_time);
    if (!write_line(socket.get(), line)) {
        return std::unexpected(io_error("the server does not listen"));
    }
    std::string answer = read_line(socket.get());
    if (answer.empty()) {
        return fail(Errc::io_failed, "the server did not answer", folder);
    }
    return answer;
}

}  // namespace zt::app
