#pragma once
// Where everything that matters to security is told: the second chain of the ledger (DESIGN.md 2).

#include "base/json.hpp"
#include "store/store.hpp"

namespace zt::service {

/// What is told carries numbers of accounts and people, never a name, an address, a password or a
/// key. threads: any; must return soon.
class AuditSink {
  public:
    virtual ~AuditSink() = default;
    virtual void note(const Json& text) = 0;
};

/// Puts texts behind the chain's end. in: a store that nobody else writes to meanwhile: while a
/// Writer is at work the chain goes through it. errors: disk_full, io_failed.
[[nodiscard]] Result<void> append_audit(store::Store& store, const std::vector<Json>& texts);

}  // namespace zt::service
