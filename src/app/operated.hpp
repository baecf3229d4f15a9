#pragma once
// Operated: what the operator's commands need of a place that is open, in a process of their own or
// in the server that has it open.

#include "service/accounts.hpp"
#include "service/answer.hpp"

namespace zt::app {

/// threads: one at a time.
class Operated {
  public:
    virtual ~Operated() = default;
    /// As it stands now.
    [[nodiscard]] virtual std::shared_ptr<const Directory> directory() = 0;
    [[nodiscard]] virtual service::Accounts& accounts() = 0;
    /// Errors: those of a refusal, disk_full, io_failed.
    [[nodiscard]] virtual Result<service::Answer> submit(Submit submit) = 0;
};

/// Runs a command that came through run.sock on a place that is served, and answers with what it
/// printed. in, out: JSON of one line. threads: one at a time.
[[nodiscard]] std::string run_forwarded(const std::string& line, Operated& operated);

}  // namespace zt::app
