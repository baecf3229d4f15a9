#include "bench/serving.hpp"

#include "http/codec.hpp"
#include "vault/password_pool.hpp"

#include <future>
#include <thread>

namespace zt::bench {

namespace {

class Silence final : public service::AuditSink {
  public:
    void note(const Json& /*text*/) override {}
};

build::HttpClient::Heard ask(build::HttpClient& client, const std::string& request) {
    const bool is_sent = client.send(request);
    auto heard = is_sent ? client.hear() : std::nullopt;
    if (!heard || heard->status / 100 != 2) {
        give_up("ask", Error{Errc::check_failed, heard ? heard->body : "no answer", {}});
    }
    return *std::move(heard);
}

Json body_of(const build::HttpClient::Heard& heard) {
    return must(http::parse_json(heard.body), "answer");
}

std::string fields_of(const build::HttpClient::Heard& heard) {
    constexpr std::string_view name = "Set-Cookie: ";
    const std::size_t from = heard.head.find(name) + name.size();
    const std::string cookie = heard.head.substr(from, heard.head.find(';', from) - from);
    return "Cookie: " + cookie + "\r\nZhitong-CSRF: " + body_of(heard)["csrf"].as_string() + "\r\n";
}

}  // namespace

ServedPlace::ServedPlace(const std::string& path) {
    auto tenant = open_place(path, random_, true);
    give_account(*tenant);
    app::ServeSettings settings;
    settings.http.port = 0;
    settings.http.rate_limits = http::RateLimits::off;
    settings.http.connections_max = settings.http.connections_per_remote = 50'000;
    settings.log_file = path + "/bench.log";
    serving_ = must(app::Serving::start(std::move(tenant), settings), "serving");
    build::HttpClient client(port());
    while (true) {
        const bool is_sent = client.send(build::request_text("GET /readyz", "", ""));
        const auto heard = is_sent ? client.hear() : std::nullopt;
        if (heard && heard->status == 200) {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    sign_in();
}

void ServedPlace::give_account(service::Tenant& tenant) {
    const Directory& directory = tenant.ledger().directory();
    const Date day = office_date(clock_.now());
    const Post* post = directory.find_post(directory.find_org("office", day)->id, "clerk", day);
    vault::PasswordPool pool;
    Silence silence;
    service::AccountParts parts;
    parts.key = tenant.key();
    parts.random = &random_;
    parts.pool = &pool;
    parts.audit = &silence;
    const auto accounts =
        must(service::Accounts::open(tenant.directory().sessions_file(), parts), "accounts");
    std::promise<std::string> password;
    accounts->make_account(
        {"clerk", post->holder, {}},
        clock_.now(),
        [&](Result<service::OneTimePassword> made) {
            password.set_value(must(std::move(made), "account").password);
        }
    );
    password_ = password.get_future().get();
}

void ServedPlace::sign_in() {
    build::HttpClient client(port());
    const auto enter = [&](const std::string& password) {
        const Json body = Json::object().set("name", "clerk").set("password", password);
        return fields_of(
            ask(client, build::request_text("POST /api/v1/session", "", to_canonical(body)))
        );
    };
    const std::string next = "a sentence that is long enough";
    const Json change = Json::object().set("present", password_).set("next", next);
    const std::string first = enter(password_);
    ask(client, build::request_text("PUT /api/v1/password", first, to_canonical(change)));
    session_ = enter(next);
}

double ServedPlace::metric(const std::string& name) const {
    build::HttpClient client(port());
    const std::string text = ask(client, build::request_text("GET /metrics", "", "")).body;
    const std::size_t at = text.find("\n" + name + " ");
    if (at == std::string::npos) {
        give_up("metrics", Error{Errc::not_found, name, {}});
    }
    return std::strtod(text.c_str() + at + name.size() + 2, nullptr);
}

std::string portal_hand_in(std::int64_t number, UtcMs now, std::string_view run) {
    std::string text;
    for (int part = 0; part < 10; ++part) {
        text += "楼下路灯三天不亮，夜里难行";
    }
    const Json fields = Json::object()
                            .set("title", "小区路灯不亮第" + std::to_string(number) + "次反映")
                            .set("text", std::move(text))
                            .set("for", "王小满")
                            .set("contact", "13900000077");
    const Uuid key =
        uuid7_from_text(now + Millis{number / 20}, std::string(run) + " " + std::to_string(number));
    return build::request_text(
        "POST /api/v1/portal/matters",
        "Idempotency-Key: " + to_string(key) + "\r\n",
        to_canonical(Json::object().set("kind", "appeal").set("fields", fields))
    );
}

}  // namespace zt::bench
