// Accounts against a small model: random steps are taken in both, and both must agree on who is in.

#include "unit/service/account_world.hpp"

#include <rapidcheck/gtest.h>

#include <map>

namespace zt::service {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::AccountWorld;

/// What the pages say of accounts, said once more in the plainest way.
struct Model {
    struct Account {
        AccountId id;
        std::string password;
        bool is_one_time = false, is_disabled = false;
        UtcMs one_time_until{};
        int failures = 0;
        UtcMs last_failure{}, barred_until{};
    };
    struct Session {
        std::string name;
        SessionId id;
        UtcMs made, used;
    };
    std::map<std::string, Account> accounts;
    std::map<std::string, Session> sessions;  ///< by token

    [[nodiscard]] bool lives(const std::string& token, UtcMs now) const {
        const auto found = sessions.find(token);
        return found != sessions.end() && now - found->second.used < minutes{30} &&
               now - found->second.made < hours{12};
    }
    /// out: whether it opens.
    bool tries(Account& account, const std::string& password, UtcMs now) {
        if (now < account.barred_until) {
            return false;
        }
        if (password == account.password) {
            return true;
        }
        if (now - account.last_failure > hours{24}) {
            account.failures = 0;
        }
        account.last_failure = now;
        if (++account.failures == 10) {
            account.failures = 0;
            account.barred_until = now + minutes{15};
        } else if (account.failures > 3) {
            account.barred_until =
                now + std::min(seconds{1 << (account.failures - 4)}, seconds{60});
        }
        return false;
    }
    void end_all(const std::string& name, const std::string& but = {}) {
        std::erase_if(sessions, [&](const auto& one) {
            return one.second.name == name && one.first != but;
        });
    }
};

/// Both worlds, and the steps that are taken in both.
class Walk {
  public:
    void step() {
        switch (*rc::gen::inRange(0, 12)) {
        case 0: make(); break;
        case 1:
        case 2:
        case 3: sign_in(); break;
        case 4: change_password(); break;
        case 5: look_at_all(); break;
        case 6: end_one(); break;
        case 7: end_all(); break;
        case 8: turn(); break;
        case 9: reset(); break;
        case 10: reopen(); break;
        default: pass();
        }
    }
    void look_at_all() {
        for (auto& [token, session] : model_.sessions) {
            const bool lives = model_.lives(token, world_.now());
            const auto found = world_->find_session(token, world_.now());
            RC_ASSERT(found.has_value() == lives);
            if (lives) {
                session.used = world_.now();
                RC_ASSERT(found->account == model_.accounts.at(session.name).id);
            }
        }
        for (const auto& [name, account] : model_.accounts) {
            std::size_t count = 0;
            for (const auto& [token, session] : model_.sessions) {
                count += session.name == name && model_.lives(token, world_.now()) ? 1 : 0;
            }
            RC_ASSERT(world_->sessions_of(account.id, world_.now()).size() == count);
        }
        RC_ASSERT(world_->accounts(world_.now()).size() == model_.accounts.size());
    }

  private:
    static std::string some_name() {
        return *rc::gen::element<std::string>("anna", "boris", "clara");
    }
    std::string some_token() {
        if (model_.sessions.empty()) {
            return "none";
        }
        auto at = model_.sessions.begin();
        std::advance(at, *rc::gen::inRange<std::size_t>(0, model_.sessions.size()));
        return at->first;
    }
    std::string some_password(const std::string& name) {
        const bool is_right = *rc::gen::inRange(0, 3) != 0;
        const auto found = model_.accounts.find(name);
        return is_right && found != model_.accounts.end() ? found->second.password : "wrong";
    }
    void make() {
        const std::string name = some_name();
        const auto once = world_.make(name, name.front());
        RC_ASSERT(once.has_value() == !model_.accounts.contains(name));
        if (once) {
            auto& account = model_.accounts[name];
            account.id = once->account;
            take(account, *once);
        }
    }
    static void take(Model::Account& account, const OneTimePassword& once) {
        account.password = once.password;
        account.is_one_time = true;
        account.one_time_until = once.until;
        account.failures = 0;
        account.barred_until = {};
    }
    void sign_in() {
        const std::string name = some_name();
        const std::string password = some_password(name);
        const std::int64_t before = world_.pool().computed();
        // From everywhere: the limits of one place have their own test.
        Credentials credentials{name, vault::Password(std::string_view(password)), {}, {}, {}, {}};
        credentials.remote.value = ++remote_;
        const auto signed_in = world_.sign_in(std::move(credentials));
        RC_ASSERT(world_.pool().computed() == before + 1);
        const auto found = model_.accounts.find(name);
        bool opens =
            found != model_.accounts.end() && model_.tries(found->second, password, world_.now());
        if (opens) {
            const auto& account = found->second;
            opens = !account.is_disabled &&
                    (!account.is_one_time || world_.now() < account.one_time_until);
        }
        RC_ASSERT(signed_in.has_value() == opens);
        if (!opens) {
            RC_ASSERT(signed_in.error().code == Errc::sign_in_refused);
            return;
        }
        found->second.failures = 0;
        RC_ASSERT(signed_in->session.must_change_password == found->second.is_one_time);
        drop_surplus(name);
        model_.sessions[signed_in->secrets.token] = {
            name, signed_in->session.id, world_.now(), world_.now()
        };
    }
    /// The one unused longest goes; of equal ones the model cannot tell, so it looks.
    void drop_surplus(const std::string& name) {
        std::erase_if(model_.sessions, [&](const auto& one) {
            const auto& listed = world_->sessions_of(model_.accounts.at(name).id, world_.now());
            const bool is_full = listed.size() == sessions_per_account_max;
            return one.second.name == name && is_full &&
                   !world_->find_session(one.first, one.second.used);
        });
    }
    void change_password() {
        const std::string token = some_token();
        const bool lives = model_.lives(token, world_.now());
        const std::string name = lives ? model_.sessions.at(token).name : "";
        const std::string present = some_password(name);
        const std::string next = "password number " + std::to_string(++passwords_);
        const auto changed = world_.change_password(token, present, next);
        if (!lives) {
            RC_ASSERT(!changed && changed.error().code == Errc::not_signed_in);
            return;
        }
        Model::Account& account = model_.accounts.at(name);
        const bool opens = model_.tries(account, present, world_.now());
        RC_ASSERT(changed.has_value() == opens);
        if (!opens) {
            RC_ASSERT(changed.error().code == Errc::sign_in_refused);
            return;
        }
        account.password = next;
        account.is_one_time = false;
        Model::Session session = model_.sessions.at(token);
        model_.end_all(name);
        model_.sessions[changed->token] = session;
        dead_.push_back(token);
    }
    void end_one() {
        const std::string token = some_token();
        const bool lives = model_.lives(token, world_.now());
        RC_ASSERT(world_->sign_out(token, world_.now()).has_value() == lives);
        if (lives) {
            model_.sessions.erase(token);
            dead_.push_back(token);
        }
    }
    void end_all() {
        const std::string name = some_name();
        if (model_.accounts.contains(name)) {
            const AccountId id = model_.accounts[name].id;
            RC_ASSERT(world_->end_sessions(id, {}, {}, world_.now()).has_value());
            model_.end_all(name);
        }
    }
    void turn() {
        const std::string name = some_name();
        if (!model_.accounts.contains(name)) {
            return;
        }
        auto& account = model_.accounts[name];
        account.is_disabled = !account.is_disabled;
        if (account.is_disabled) {
            RC_ASSERT(world_->disable(account.id, {}, world_.now()).has_value());
            model_.end_all(name);
        } else {
            RC_ASSERT(world_->enable(account.id, {}, world_.now()).has_value());
        }
    }
    void reset() {
        const std::string name = some_name();
        if (model_.accounts.contains(name)) {
            const auto once = world_.reset(model_.accounts[name].id);
            RC_ASSERT(once.has_value());
            take(model_.accounts[name], *once);
            model_.end_all(name);
        }
    }
    /// Failures are forgotten with the process, locks and sessions are not.
    void reopen() {
        RC_ASSERT(world_->upkeep(world_.now()).has_value());
        world_.reopen();
        for (auto& [name, account] : model_.accounts) {
            const auto view = world_->account(account.id, world_.now());
            account.failures = 0;
            account.barred_until = view->locked_until.value_or(UtcMs{});
        }
        for (const std::string& token : dead_) {
            RC_ASSERT(!world_->find_session(token, world_.now()).has_value());
        }
    }
    /// Never less than a minute: so long a last use may be on its way to the disk.
    void pass() {
        world_.pass(*rc::gen::element<Millis>(
            seconds{61}, seconds{61}, seconds{610}, seconds{901}, seconds{1900}, hours{5}
        ));
    }

    AccountWorld world_;
    Model model_;
    std::vector<std::string> dead_;
    std::uint64_t remote_ = 0;
    int passwords_ = 0;
};

RC_GTEST_PROP(accounts_property, random_steps_agree_with_the_model, ()) {
    Walk walk;
    const int steps = *rc::gen::inRange(10, 60);
    for (int index = 0; index < steps; ++index) {
        walk.step();
    }
    walk.look_at_all();
}

}  // namespace
}  // namespace zt::service
