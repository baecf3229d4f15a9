#pragma once
// RunSocket: `run.sock` in the data directory, by which the operator's commands reach the server
// that has the directory open. One line of JSON asks, one line answers. The file belongs to the
// user who runs the server, mode 0600, in a directory of mode 0700; who else connects is cut off.

#include "base/result.hpp"

#include <functional>
#include <memory>
#include <string>

namespace zt::app {

/// Words of a command line, as the operator typed them.
inline constexpr std::size_t socket_line_bytes_max = std::size_t{64} * 1024;

class RunSocket {
  public:
    /// Called on the socket's thread, one request after the other.
    using Answering = std::function<std::string(const std::string& line)>;

    /// Listens when it returns; what a server that was killed left is replaced. in: the data
    /// directory, whose lock this process holds. errors: io_failed.
    [[nodiscard]] static Result<std::unique_ptr<RunSocket>>
    open(const std::string& folder, Answering answering);
    RunSocket(const RunSocket&) = delete;
    RunSocket& operator=(const RunSocket&) = delete;
    /// Ends what is under way and takes the file away.
    ~RunSocket();

  private:
    struct Parts;
    explicit RunSocket(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// Asks the server of that data directory. errors: not_found (no server listens there), io_failed
/// (it did not answer).
[[nodiscard]] Result<std::string> ask_server(const std::string& folder, const std::string& line);

}  // namespace zt::app
