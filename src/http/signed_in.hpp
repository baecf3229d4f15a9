#pragma once
// SignedIn: what the edge has to know of sessions and keys of programs. The accounts answer it.

#include "http/call.hpp"

namespace zt::http {

/// threads: any. Must be quick: it is asked on the io threads, for each call that carries a token.
class SignedIn {
  public:
    virtual ~SignedIn() = default;
    /// Who holds the session; none when it is unknown or over.
    [[nodiscard]] virtual std::optional<Caller>
    caller_of_session(std::string_view token, UtcMs now) = 0;
    /// Whose key of a program it is.
    [[nodiscard]] virtual std::optional<Caller> caller_of_key(std::string_view key, UtcMs now) = 0;
    /// The second token of the session, which its own pages alone know.
    [[nodiscard]] virtual bool csrf_matches(std::string_view session, std::string_view csrf) = 0;
};

}  // namespace zt::http
