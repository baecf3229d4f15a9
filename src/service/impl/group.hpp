#pragma once

#include "service/impl/workspace.hpp"

namespace zt::service {

class Group {
  public:
    Group(Ledger& ledger, UtcMs at) : work(ledger, at, Origin::live), now(at), ledger_(ledger) {}
    Group(Group& below, UtcMs at)
        : work(below.work, at, Origin::live), now(at), ledger_(below.ledger_) {}
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    ~Group() { std::erase(ledger_.under_way_, this); }

    Workspace work;
    UtcMs now;
    std::vector<Result<Answer>> answers;
    std::vector<store::AuditRow> audit;  ///< refusals of those signed in, without seq and hash
    bool has_lapses = false;
    std::vector<store::EventRow> rows;  ///< of the events prepared so far, without hash
    std::size_t sealed = 0;             ///< of work.unsealed
    store::Head head;                   ///< once it is written: the ledger's with it

  private:
    Ledger& ledger_;
};

/// Seals the next event that is not prepared and writes its texts. Either thread may, one at a
/// time; what the deciding thread has no time for, the writing one does. out: false when all are
/// prepared.
bool prepare_next(Group& group);

}  // namespace zt::service
