// `admin`: accounts from the command line. While a server has the directory open, it runs the
// command (run_socket.hpp). The first administrator begins here; whoever may run this is the
// operator, the root of trust.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/operated.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <future>
#include <memory>
#include <mutex>
#include <ostream>
#include <utility>
#include <vector>

namespace zt::app {

namespace {

using service::Accounts;
using service::AccountView;
using service::OneTimePassword;

/// Gathers what happens; it goes to the chain when the command is done.
class GatheredAudit final : public service::AuditSink {
  public:
    void note(const Json& text) override {
        const std::lock_guard lock(mutex_);
        texts_.push_back(text);
    }
    [[nodiscard]] std::vector<Json> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(texts_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<Json> texts_;  // guarded by mutex_
};

/// A data directory opened for writing, and its accounts.
class Opened final : public Operated {
  public:
    /// errors: those of Tenant::open and Accounts::open.
    static Result<std::unique_ptr<Opened>> open(const Request& request, const DataOptions& options);
    [[nodiscard]] std::shared_ptr<const Directory> directory() override {
        return tenant_->ledger().shared_directory();
    }
    [[nodiscard]] Accounts& accounts() override { return *accounts_; }
    [[nodiscard]] Result<service::Answer> submit(Submit submit) override {
        TRY(auto answer, tenant_->ledger().submit(submit, clock_.now()));
        TRY_VOID(tenant_->save_views());
        return answer;
    }
    /// Whatever the command did stands in the audit, also when it was refused in the end.
    [[nodiscard]] Result<int> finish(Result<int> done) {
        TRY_VOID(service::append_audit(tenant_->store(), audit_.take()));
        return done;
    }

  private:
    explicit Opened(const WallClock& clock) : clock_(clock) {}
    const WallClock& clock_;
    std::unique_ptr<service::Tenant> tenant_;
    GatheredAudit audit_;
    std::unique_ptr<vault::PasswordPool> pool_;
    std::unique_ptr<Accounts> accounts_;  ///< goes first: the pool answers to it
};

Result<std::unique_ptr<Opened>> Opened::open(const Request& request, const DataOptions& options) {
    std::unique_ptr<Opened> opened(new Opened(*request.world.clock));
    TRY(opened->tenant_, open_data(request, options, store::Access::write));
    opened->pool_ = std::make_unique<vault::PasswordPool>(vault::PasswordPoolLimits{1, 1});
    service::AccountParts parts;
    parts.key = opened->tenant_->key();
    parts.random = request.world.random;
    parts.pool = opened->pool_.get();
    parts.audit = &opened->audit_;
    const std::string file = opened->tenant_->directory().sessions_file();
    TRY(opened->accounts_, Accounts::open(file, std::move(parts)));
    return opened;
}

/// Waits for what is answered by another thread.
template <class T, class Start>
Result<T> wait_for(const Start& start) {
    std::promise<Result<T>> answer;
    start([&answer](Result<T> result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
}

struct AdminOptions {
    DataOptions data;
    std::string name, person, post;
    bool is_factor_dropped = false;
};

/// ORG.KEY as of today.
Result<Post> find_post(const Directory& directory, const std::string& text, Date day) {
    const std::size_t dot = text.rfind('.');
    const Org* org =
        dot == std::string::npos ? nullptr : directory.find_org(text.substr(0, dot), day);
    if (org == nullptr) {
        return fail(Errc::unknown_org, "no org stands there today; write ORG.KEY", text);
    }
    const Post* post = directory.find_post(org->id, text.substr(dot + 1), day);
    if (post == nullptr) {
        return fail(Errc::unknown_post, "the org has no such post today", text);
    }
    return *post;
}

/// The person is put into an empty post; one that somebody else holds is refused.
Result<void>
take_post(const Request& request, Operated& operated, const Post& post, PersonId person) {
    if (post.holder == person || post.deputy == person) {
        return {};
    }
    if (post.holder) {
        return fail(
            Errc::not_in_post,
            "somebody else holds this post; change the post first, or name another",
            post.key
        );
    }
    const UtcMs now = request.world.clock->now();
    std::array<std::uint8_t, 10> rest{};
    request.world.random->fill(rest);
    Submit submit;
    submit.key = uuid7(now, rest);
    submit.credential = "operator";
    Command command;
    command.verb = Verb::amend;
    command.kind = "post";
    command.matter = MatterId{post.id.value};
    command.actor.kind = ActorKind::system;
    command.fields.set("holder", person.value);
    submit.commands.push_back(std::move(command));
    TRY_VOID(operated.submit(std::move(submit)));
    return {};
}

void print_once(
    const Request& request, const char* key, const std::string& name, const OneTimePassword& once
) {
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("account", once.account.value)
                .set("name", name)
                .set("one_time_password", once.password)
                .set("until", to_office_string(once.until))
        );
        return;
    }
    request.out() << request.text(
                         key,
                         {{"name", name},
                          {"number", std::to_string(once.account.value)},
                          {"password", once.password},
                          {"until", to_office_string(once.until)}}
                     )
                  << '\n';
}

Result<int> create(const Request& request, const AdminOptions& options, Operated& opened) {
    const UtcMs now = request.world.clock->now();
    const auto directory = opened.directory();
    const Person* person = directory->find_person(options.person);
    if (person == nullptr) {
        return fail(Errc::not_found, "the directory has no person with this code", options.person);
    }
    const PersonId id = person->id;
    TRY(const std::string name, service::sign_in_name(options.name));
    if (opened.accounts().find_account(name, now)) {
        return fail(Errc::name_taken, "another account has this sign-in name", name);
    }
    if (!options.post.empty()) {
        TRY(const Post post, find_post(*directory, options.post, office_date(now)));
        TRY_VOID(take_post(request, opened, post, id));
    }
    TRY(const auto once, wait_for<OneTimePassword>([&](auto done) {
            opened.accounts().make_account({name, id, {}}, now, std::move(done));
        }));
    print_once(request, "cli.admin.create.done", name, once);
    return exit_fine;
}

std::string state_word(const Request& request, const AccountView& view) {
    const char* word = view.is_disabled            ? "disabled"
                       : view.locked_until         ? "locked"
                       : view.must_change_password ? "must_change"
                                                   : "active";
    return request.is_json ? word : request.text("cli.admin.states." + std::string(word));
}

Result<int> list(const Request& request, const AdminOptions& /*options*/, Operated& opened) {
    const auto directory = opened.directory();
    Json rows = Json::array();
    for (const AccountView& view : opened.accounts().accounts(request.world.clock->now())) {
        const Person* person = directory->person(view.person);
        const std::string code = person == nullptr ? "—" : person->code;
        const std::string state = state_word(request, view);
        if (request.is_json) {
            rows.push(Json::object()
                          .set("account", view.id.value)
                          .set("name", view.name)
                          .set("person", code)
                          .set("state", state)
                          .set("second_factor", view.has_second_factor)
                          .set("created", to_office_string(view.created)));
            continue;
        }
        const char* factor = view.has_second_factor ? "cli.admin.factor" : "cli.admin.no_factor";
        request.out() << view.id.value << "  " << view.name << "  " << code << "  " << state << "  "
                      << request.text(factor) << '\n';
    }
    if (request.is_json) {
        print_json(request, Json::object().set("accounts", std::move(rows)));
    }
    return exit_fine;
}

Result<int>
print_done(const Request& request, const char* key, const AccountView& account, const char* state) {
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("account", account.id.value)
                .set("name", account.name)
                .set("state", state)
        );
    } else {
        request.out() << request.text(key, {{"name", account.name}}) << '\n';
    }
    return exit_fine;
}

Result<int> disable(const Request& request, const AdminOptions& options, Operated& opened) {
    const UtcMs now = request.world.clock->now();
    TRY(const auto account, opened.accounts().find_account(options.name, now));
    TRY_VOID(opened.accounts().disable(account.id, {}, now));
    return print_done(request, "cli.admin.disable.done", account, "disabled");
}

Result<int> enable(const Request& request, const AdminOptions& options, Operated& opened) {
    const UtcMs now = request.world.clock->now();
    TRY(const auto account, opened.accounts().find_account(options.name, now));
    TRY_VOID(opened.accounts().enable(account.id, {}, now));
    return print_done(request, "cli.admin.enable.done", account, "enabled");
}

Result<int> reset(const Request& request, const AdminOptions& options, Operated& opened) {
    const UtcMs now = request.world.clock->now();
    TRY(const auto account, opened.accounts().find_account(options.name, now));
    if (options.is_factor_dropped) {
        TRY_VOID(opened.accounts().reset_second_factor(account.id, {}, now));
    }
    TRY(const auto once, wait_for<OneTimePassword>([&](auto done) {
            opened.accounts().reset_password(account.id, {}, now, std::move(done));
        }));
    print_once(request, "cli.admin.reset.done", account.name, once);
    return exit_fine;
}

using Work = Result<int> (*)(const Request&, const AdminOptions&, Operated&);

std::shared_ptr<AdminOptions> add_command(const Registration& here, Work work) {
    auto options = std::make_shared<AdminOptions>();
    add_data_options(here, options->data);
    here.run = [options, work](const Request& request) -> Result<int> {
        if (request.world.operated != nullptr) {
            return work(request, *options, *request.world.operated);
        }
        const auto opened = Opened::open(request, options->data);
        if (!opened && opened.error().code == Errc::in_use) {
            const auto done = forward_to_server(request, options->data.data);
            const bool is_other = !done && done.error().code == Errc::not_found;
            return is_other ? std::unexpected(opened.error()) : done;  // e.g. an import holds it
        }
        if (!opened) {
            return std::unexpected(opened.error());
        }
        return (*opened)->finish(work(request, *options, **opened));
    };
    return options;
}

void add_name(const Registration& here, AdminOptions& options) {
    here.app.add_option("--name", options.name, here.texts.get("cli.admin.name"))->required();
}

}  // namespace

void add_admin_create(const Registration& here) {
    const auto options = add_command(here, create);
    add_name(here, *options);
    here.app.add_option("--person", options->person, here.help("person"))->required();
    here.app.add_option("--post", options->post, here.help("post"));
}

void add_admin_list(const Registration& here) { add_command(here, list); }

void add_admin_disable(const Registration& here) { add_name(here, *add_command(here, disable)); }

void add_admin_enable(const Registration& here) { add_name(here, *add_command(here, enable)); }

void add_admin_reset(const Registration& here) {
    const auto options = add_command(here, reset);
    add_name(here, *options);
    here.app.add_flag("--second-factor", options->is_factor_dropped, here.help("second_factor"));
}

}  // namespace zt::app
