#pragma once
// A served place with people who sign in, for tests of files, notes, views and the audit.

#include "app/serving.hpp"
#include "build/place_on_disk.hpp"
#include "http/codec.hpp"
#include "tests/http/edge.hpp"

#include <future>

namespace zt::http::test {

class SilentAudit final : public service::AuditSink {
  public:
    void note(const Json& /*text*/) override {}
};

/// Who signs in under which name, from which post.
struct Worker {
    std::string name, org, post;
};

struct SessionFields {
    std::string cookie, csrf;
    [[nodiscard]] std::string fields() const {
        return "Cookie: zhitong=" + cookie + "\r\nZhitong-CSRF: " + csrf + "\r\n";
    }
};

/// Hashes at the full cost would make a test slow and prove nothing here.
inline constexpr vault::PasswordCost cheap_password{1, 8U * 1024U};

class PapersPlace : public ::testing::Test {
  protected:
    explicit PapersPlace(std::string_view name) : place_(name) {}

    /// An administrator of the office, by the system: small.yaml has one of the three only.
    void add_post(const std::string& org, const std::string& word, const std::string& person) {
        const auto tenant = place_.open();
        const auto begin = [&](const std::string& kind, Json fields) {
            Submit submit;
            submit.credential = "test";
            Command command;
            command.verb = Verb::register_;
            command.kind = kind;
            command.fields = std::move(fields);
            submit.commands.push_back(std::move(command));
            const auto answer = tenant->ledger().submit(submit, app::OsClock{}.now());
            EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
            return answer->rows.front().matter;
        };
        const MatterId id = begin("person", Json::object().set("code", person).set("name", person));
        begin(
            "post",
            Json::object()
                .set("org", org)
                .set("key", word)
                .set("title", word)
                .set("words", Json::array().push(word))
                .set("holder", id.value)
                .set("from", "2022-08-01")
        );
        EXPECT_TRUE(tenant->save_views().has_value());
    }

    void serve(const std::vector<Worker>& workers) {
        give_accounts(workers);
        start();
    }

    void start() {
        settings_.http.port = 0;
        settings_.http.rate_limits = RateLimits::off;
        auto started = app::Serving::start(place_.open(true), settings_);
        ASSERT_TRUE(started.has_value()) << to_string(started.error());
        serving_ = *std::move(started);
    }

    void restart() {
        serving_.reset();
        start();
    }

    [[nodiscard]] Client client() const { return Client(serving_->port()); }
    static Json body_of(const Heard& heard) { return parse_json(heard.body).value_or(Json()); }

    static std::string key(int number) {
        std::array<std::uint8_t, 10> rest{};
        rest[9] = static_cast<std::uint8_t>(number);
        return "Idempotency-Key: " + to_string(uuid7(UtcMs{Millis{1'800'000'000'000}}, rest)) +
               "\r\n";
    }

    Heard get(const std::string& path, const std::string& fields) {
        return client().ask("GET " + path, fields).hear();
    }
    Heard post(const std::string& path, const std::string& fields, const std::string& body) {
        return client().post(path, fields, body).hear();
    }
    Heard
    put(const std::string& path,
        const std::string& fields,
        const std::string& body,
        const std::string& type = "application/json") {
        return client()
            .ask(
                "PUT " + path,
                fields + "Content-Type: " + type +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"
            )
            .send(body)
            .hear();
    }
    Heard remove(const std::string& path, const std::string& fields) {
        return client().ask("DELETE " + path, fields).hear(false);
    }
    /// An answer that comes in chunks, put together.
    Heard stream(const std::string& path, const std::string& fields) {
        Client one = client();
        one.ask("GET " + path, fields + "Connection: close\r\n");
        Heard heard = one.hear();
        if (heard.field("transfer-encoding") != "chunked") {
            return heard;
        }
        const std::string raw = one.rest();
        for (std::size_t at = 0; at < raw.size();) {
            const std::size_t line = raw.find("\r\n", at);
            const std::size_t size = std::stoul(raw.substr(at, line - at), nullptr, 16);
            heard.body += raw.substr(line + 2, size);
            at = line + 2 + size + 2;
        }
        return heard;
    }

    /// The session of that worker, acting in their post.
    [[nodiscard]] SessionFields sign_in(const std::string& name) const {
        return sessions_.at(name);
    }

    struct Receipt {
        std::string number, code;
        [[nodiscard]] std::string fields() const { return "Zhitong-Code: " + code + "\r\n"; }
        [[nodiscard]] std::string portal() const { return "/api/v1/portal/matters/" + number; }
        [[nodiscard]] std::string desk() const { return "/api/v1/matters/" + number; }
    };
    /// An appeal from outside. in: further fields as text, each with its comma.
    Receipt hand_in(int number, const std::string& further = "") {
        const Heard heard = post(
            "/api/v1/portal/matters",
            key(number),
            R"({"kind":"appeal","fields":{"title":"门口停电三天","for":"王小明",)" + further +
                R"("contact":"13900000077"}})"
        );
        EXPECT_EQ(heard.status, 201) << heard.body;
        return {body_of(heard)["number"].as_string(), body_of(heard)["code"].as_string()};
    }
    Heard verb(
        const SessionFields& who, const Receipt& receipt, const std::string& deed, int key_number
    ) {
        return post(
            receipt.desk() + "/verbs", who.fields() + key(key_number), "{\"deeds\":[" + deed + "]}"
        );
    }
    /// Accepted and given to the power company.
    void assign(const SessionFields& clerk, const Receipt& receipt, int key_number) {
        const Heard heard = verb(
            clerk,
            receipt,
            R"({"verb":"accept","fields":{"urgency":"normal"}},)"
            R"({"verb":"assign","fields":{"lead":"供电公司"}})",
            key_number
        );
        EXPECT_EQ(heard.status, 200) << heard.body;
    }

    build::PlaceOnDisk place_;
    app::ServeSettings settings_;
    std::map<std::string, SessionFields> sessions_;
    std::unique_ptr<app::Serving> serving_;

  private:
    template <class T, class Start>
    static T wait_for(const Start& start) {
        std::promise<Result<T>> promise;
        start([&promise](Result<T> answer) { promise.set_value(std::move(answer)); });
        auto answer = promise.get_future().get();
        EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
        return *std::move(answer);
    }

    /// Everybody has signed in before the server starts: what signing in costs is not tested here.
    static SessionFields
    begin_session(service::Accounts& accounts, const Worker& worker, const Post& post) {
        const UtcMs now = app::OsClock{}.now();
        const auto once = wait_for<service::OneTimePassword>([&](auto done) {
            accounts.make_account({worker.name, post.holder, {}}, now, std::move(done));
        });
        const auto signed_in = wait_for<service::SignedIn>([&](auto done) {
            service::Credentials credentials;
            credentials.name = worker.name;
            credentials.password = vault::Password(std::string_view(once.password));
            accounts.sign_in(std::move(credentials), now, std::move(done));
        });
        const auto changed = wait_for<service::SessionSecrets>([&](auto done) {
            accounts.change_password(
                {signed_in.secrets.token,
                 vault::Password(std::string_view(once.password)),
                 vault::Password(std::string_view("a sentence that is long enough"))},
                now,
                std::move(done)
            );
        });
        return {changed.token, changed.csrf};
    }

    void give_accounts(const std::vector<Worker>& workers) {
        const auto tenant = place_.open();
        const Directory& directory = tenant->ledger().directory();
        const Date day = office_date(app::OsClock{}.now());
        vault::PasswordPool pool({}, cheap_password);
        SilentAudit silence;
        service::AccountParts parts;
        parts.key = tenant->key();
        parts.random = &place_.random();
        parts.pool = &pool;
        parts.audit = &silence;
        const auto accounts = service::Accounts::open(tenant->directory().sessions_file(), parts);
        ASSERT_TRUE(accounts.has_value()) << to_string(accounts.error());
        for (const Worker& worker : workers) {
            const Org* org = directory.find_org(worker.org, day);
            ASSERT_NE(org, nullptr) << worker.org;
            const Post* post = directory.find_post(org->id, worker.post, day);
            ASSERT_NE(post, nullptr) << worker.post;
            const SessionFields session = begin_session(**accounts, worker, *post);
            const auto chosen = (*accounts)->choose_post(
                session.cookie, {post->id, PostId{}}, directory, app::OsClock{}.now()
            );
            ASSERT_TRUE(chosen.has_value()) << to_string(chosen.error());
            sessions_[worker.name] = {chosen->secrets.token, chosen->secrets.csrf};
        }
    }
};

}  // namespace zt::http::test
