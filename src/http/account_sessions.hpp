#pragma once
// AccountSessions: the accounts as the edge asks for them.

#include "http/signed_in.hpp"
#include "service/accounts.hpp"
#include "service/served.hpp"

namespace zt::http {

class AccountSessions final : public SignedIn {
  public:
    /// Borrows both.
    AccountSessions(service::Accounts& accounts, const service::Served& served)
        : accounts_(accounts), served_(served) {}

    /// A post that has ended, or was given to somebody else, is not chosen any more; who must
    /// change the password has none until then.
    [[nodiscard]] std::optional<Caller>
    caller_of_session(std::string_view token, UtcMs now) override;
    [[nodiscard]] std::optional<Caller> caller_of_key(std::string_view key, UtcMs now) override;
    [[nodiscard]] bool csrf_matches(std::string_view session, std::string_view csrf) override;

  private:
    service::Accounts& accounts_;
    const service::Served& served_;
};

}  // namespace zt::http
