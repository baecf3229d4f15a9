#include "app/demo/sign_ins.hpp"

#include "service/accounts.hpp"

#include <array>
#include <future>

namespace zt::app::demo {

namespace {

constexpr std::array rows{
    SignInRow{"clerk", "city_office", "clerk", "市办公室受理员", "clerk of the city office"},
    SignInRow{
        "dispatcher", "city_office", "dispatcher", "市办公室交办员", "dispatcher of the city"
    },
    SignInRow{"chief", "city_office", "chief", "市办公室主任", "chief of the city office"},
    SignInRow{"handler", "power", "handler", "供电公司承办员", "handler of the power company"},
    SignInRow{"leader", "power", "signer", "供电公司经理", "head of the power company"},
    SignInRow{"joint", "jtj", "handler", "交通运输局承办员", "handler of the transport bureau"},
    SignInRow{"callback", "city_callback", "callback", "市回访员", "call-back agent"},
    SignInRow{"supervisor", "city_supervision", "supervisor", "市督办员", "supervision officer"},
    SignInRow{"reviewer", "city_gov", "reviewer", "市政府审核员", "reviewer of accountability"},
    SignInRow{"head", "city_gov", "head", "市长", "head of the city"},
    SignInRow{"secretary", "city_gov", "secretary", "市长秘书", "secretary of the head"},
    SignInRow{
        "proposals", "city_cppcc", "clerk", "市政协提案委经办员", "clerk of the proposals office"
    },
    SignInRow{
        "convener", "city_cppcc", "chief", "市政协提案委主任", "chief of the proposals office"
    },
    SignInRow{"committee", "city_cppcc", "reviewer", "专委会审查员", "reviewer of a committee"},
    SignInRow{"member", "city_cppcc", "member", "市政协常委", "standing-committee member"},
    // In the counties that come from scripts.
    SignInRow{"county", "small_office", "clerk", "县营商办受理员", "clerk of a county office"},
    SignInRow{"hall", "k1_hall", "clerk", "县政务大厅窗口人员", "clerk of the service hall"},
    SignInRow{"projects", "k1_商务局", "clerk", "县商务局项目专员", "clerk of projects"},
    SignInRow{"staffing", "k1_编办", "clerk", "县委编办编制管理员", "clerk of head-counts"},
    SignInRow{"party_office", "k2_县委办", "clerk", "县委办文书", "clerk of the Party office"},
    SignInRow{"conference", "k2_政协办", "clerk", "县政协办经办员", "clerk of the county CPPCC"},
    SignInRow{"secretariat", "k2_政协办", "signer", "县政协办主任", "head of that office"},
    SignInRow{"business", "k1_office", "clerk", "县营商环境办受理员", "clerk for firms"},
    // Of the city's own counties.
    SignInRow{"district", "yl_office", "clerk", "区营商办受理员", "clerk of a district office"},
    SignInRow{"admin", "city_gov", "admin", "系统管理员", "system administrator"},
    SignInRow{"security", "city_gov", "security_admin", "安全管理员", "security administrator"},
    SignInRow{"audit", "city_gov", "audit_admin", "审计管理员", "audit administrator"},
};

/// Nobody is kept out by hashes of a password that everybody knows: the first sign-in makes them
/// anew at full cost.
constexpr vault::PasswordCost cheap{1, 8U * 1024U};

class NoAudit final : public service::AuditSink {
  public:
    void note(const Json& /*text*/) override {}
};

/// The answer of what is done on another thread.
template <class T, class Start>
Result<T> wait_for(Start start) {
    std::promise<Result<T>> promise;
    start([&promise](Result<T> answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
}

Result<void>
make_one(service::Accounts& accounts, const SignInRow& row, PersonId person, UtcMs now) {
    TRY(const auto once, wait_for<service::OneTimePassword>([&](auto done) {
            accounts.make_account({std::string(row.name), person, {}}, now, std::move(done));
        }));
    TRY(const auto signed_in, wait_for<service::SignedIn>([&](auto done) {
            service::Credentials credentials;
            credentials.name = row.name;
            credentials.password = vault::Password(std::string_view(once.password));
            accounts.sign_in(std::move(credentials), now, std::move(done));
        }));
    TRY(const auto changed, wait_for<service::SessionSecrets>([&](auto done) {
            accounts.change_password(
                {signed_in.secrets.token,
                 vault::Password(std::string_view(once.password)),
                 vault::Password(demo_password)},
                now,
                std::move(done)
            );
        }));
    return accounts.sign_out(changed.token, now);
}

}  // namespace

std::span<const SignInRow> sign_in_rows() { return rows; }

Result<void> make_sign_ins(service::Tenant& tenant, Random& random, UtcMs now) {
    NoAudit audit;
    vault::PasswordPool pool({}, cheap);
    service::AccountParts parts;
    parts.key = tenant.key();
    parts.random = &random;
    parts.pool = &pool;
    parts.audit = &audit;
    TRY(const auto accounts, service::Accounts::open(tenant.directory().sessions_file(), parts));
    const Directory& directory = tenant.ledger().directory();
    const Date day = office_date(now, tenant.rules().calendar.offset);
    for (const auto& row : rows) {
        const Org* org = directory.find_org(row.org, day);
        const Post* post = org == nullptr ? nullptr : directory.find_post(org->id, row.post, day);
        if (post == nullptr) {
            return fail(
                Errc::not_found,
                "the demo place has no post " + std::string(row.org) + "." + std::string(row.post)
            );
        }
        TRY_VOID(make_one(*accounts, row, post->holder, now));
    }
    return tenant.store().set_setting(demo_setting, "yes");
}

}  // namespace zt::app::demo
