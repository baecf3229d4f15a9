#include "tests/http/people_place.hpp"

namespace zt::http::test {

namespace {

class Silence final : public service::AuditSink {
  public:
    void note(const Json& /*text*/) override {}
};

constexpr vault::PasswordCost cheap_password{1, 8192};

/// Waits for what is answered by another thread.
template <class T, class Start>
T wait_for(const Start& start) {
    std::promise<Result<T>> answer;
    start([&answer](Result<T> result) { answer.set_value(std::move(result)); });
    auto result = answer.get_future().get();
    CHECK(result.has_value());
    return *std::move(result);
}

}  // namespace

PeoplePlace::PeoplePlace(std::string_view folder, const std::string& tenant)
    : place(folder, tenant), name_(folder) {
    settings.http.port = 0;
    settings.http.rate_limits = RateLimits::off;
}

PeoplePlace::PeoplePlace(
    std::string_view folder, const build::PlaceOnDisk& like, const WallClock& clock
)
    : place(folder, like), name_(folder) {
    settings.http.port = 0;
    settings.http.rate_limits = RateLimits::off;
    settings.clock = &clock;
    settings.password_cost = cheap_password;  // people sign in anew for each day of a script
}

Json PeoplePlace::sign_in_again(const std::string& name) {
    Json body = Json::object().set("name", name);
    body.set("password", "a long enough sentence of " + name);
    const Heard heard = post("/api/v1/session", "", to_canonical(body));
    EXPECT_EQ(heard.status, 200) << heard.body;
    sessions_[name] = signed_by(heard);
    return body_of(heard);
}

service::Tenant& PeoplePlace::tenant() {
    if (!tenant_) {
        tenant_ = place.open();
    }
    return *tenant_;
}

service::Accounts& PeoplePlace::accounts() {
    if (!accounts_) {
        // What is given here costs no slow hashes; real ones are made by sign_in.
        pool_ =
            std::make_unique<vault::PasswordPool>(vault::PasswordPoolLimits{1, 1}, cheap_password);
        silence_ = std::make_unique<Silence>();
        service::AccountParts parts;
        parts.key = tenant().key();
        parts.random = &place.random();
        parts.pool = pool_.get();
        parts.audit = silence_.get();
        auto opened = service::Accounts::open(tenant().directory().sessions_file(), parts);
        CHECK(opened.has_value());
        accounts_ = *std::move(opened);
    }
    return *accounts_;
}

std::unique_ptr<service::Tenant> PeoplePlace::finished() {
    accounts_.reset();
    pool_.reset();
    if (tenant_) {
        EXPECT_TRUE(tenant_->save_views());
        tenant_.reset();
    }
    return place.open(true);
}

MatterId
PeoplePlace::write(Verb verb, const std::string& kind, MatterId matter, const Json& fields) {
    Submit submit;
    submit.credential = "test";
    submit.key = uuid7_from_text(place.began(), name_ + std::to_string(++keys_));
    Command command;
    command.verb = verb;
    command.kind = kind;
    command.matter = matter;
    command.actor.kind = ActorKind::system;
    command.fields = fields;
    submit.commands.push_back(std::move(command));
    const auto answer = tenant().ledger().submit(submit, now());
    EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
    return answer ? answer->rows.front().matter : MatterId{};
}

Post PeoplePlace::held(const std::string& org_code, const std::string& key) {
    const Directory& directory = tenant().ledger().directory();
    const Date today = office_date(now());
    const Org* org = directory.find_org(org_code, today);
    CHECK(org != nullptr);
    const Post* post = directory.find_post(org->id, key, today);
    CHECK(post != nullptr);
    return *post;
}

std::string PeoplePlace::number_of(std::int64_t record) {
    const auto state = tenant().ledger().state(MatterId{record});
    CHECK(state.has_value());
    return (*state)->number;
}

void PeoplePlace::appoint(const std::string& code, const std::string& post, const Json& words) {
    const MatterId person = write(
        Verb::register_, "person", {}, Json::object().set("code", code).set("name", "某" + code)
    );
    write(
        Verb::register_,
        "post",
        {},
        Json::object()
            .set("org", "office")
            .set("key", post)
            .set("title", post)
            .set("words", words)
            .set("holder", person.value)
    );
}

void PeoplePlace::give_account(const AccountOf& account) {
    const Directory& directory = tenant().ledger().directory();
    const UtcMs at = now();
    const Post post = held(account.org, account.post);
    const auto once = wait_for<service::OneTimePassword>([&](auto done) {
        accounts().make_account({account.name, post.holder, {}}, at, std::move(done));
    });
    const auto first = wait_for<service::SignedIn>([&](auto done) {
        service::Credentials credentials;
        credentials.name = account.name;
        credentials.password = vault::Password(std::string_view(once.password));
        accounts().sign_in(std::move(credentials), at, std::move(done));
    });
    const auto changed = wait_for<service::SessionSecrets>([&](auto done) {
        const std::string next = "a long enough sentence of " + account.name;
        accounts().change_password(
            {first.secrets.token,
             vault::Password(std::string_view(once.password)),
             vault::Password(std::string_view(next))},
            at,
            std::move(done)
        );
    });
    const auto acting = accounts().choose_post(changed.token, {post.id, {}}, directory, at);
    CHECK(acting.has_value());
    sessions_[account.name] = {acting->secrets.token, acting->secrets.csrf};
}

void PeoplePlace::give_administrators() {
    for (const auto& [code, post, word] :
         {std::tuple("m1", "system", "admin"),
          std::tuple("m2", "security", "security_admin"),
          std::tuple("m3", "audit", "audit_admin")}) {
        appoint(code, post, Json::array().push(word));
        give_account({post, "office", post});
    }
}

void PeoplePlace::give_firm() {
    Json org = Json::object().set("code", "91430000MA4L0F1R19").set("name", "某机械有限公司");
    org.set("functions", Json::array().push("firm"));
    const MatterId firm = write(Verb::register_, "org", {}, org);
    const MatterId person =
        write(Verb::register_, "person", {}, Json::object().set("code", "agent").set("name", "某"));
    Json post = Json::object().set("org", firm.value).set("key", "agent").set("title", "agent");
    post.set("words", Json::array().push("agent")).set("holder", person.value);
    write(Verb::register_, "post", {}, post);
    give_account({"agent", "某机械有限公司", "agent"});
}

void PeoplePlace::serve() {
    auto started = app::Serving::start(finished(), settings);
    ASSERT_TRUE(started.has_value()) << to_string(started.error());
    serving = *std::move(started);
    await_ready(port());
}

void PeoplePlace::serve_as_opened() {
    static_cast<void>(tenant());
    accounts_.reset();
    pool_.reset();
    auto started = app::Serving::start(std::move(tenant_), settings);
    ASSERT_TRUE(started.has_value()) << to_string(started.error());
    serving = *std::move(started);
    await_ready(port());
}

Heard PeoplePlace::send(const std::string& line, const std::string& fields, const std::string& body)
    const {
    return client()
        .ask(
            line,
            fields + "Content-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n"
        )
        .send(body)
        .hear();
}

Heard PeoplePlace::stream(const std::string& path, const std::string& fields) const {
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

Signed PeoplePlace::sign_in(const std::string& name, const std::string& one_time) {
    const auto ask = [&](const std::string& password) {
        const Json body = Json::object().set("name", name).set("password", password);
        return post("/api/v1/session", "", to_canonical(body));
    };
    const Heard first = ask(one_time);
    EXPECT_EQ(first.status, 200) << first.body;
    const std::string next = "a long enough sentence of " + name;
    const Json change = Json::object().set("present", one_time).set("next", next);
    const Heard changed =
        send("PUT /api/v1/password", signed_by(first).fields(), to_canonical(change));
    EXPECT_EQ(changed.status, 200) << changed.body;
    const Heard second = ask(next);
    EXPECT_EQ(second.status, 200) << second.body;
    return signed_by(second);
}

Json PeoplePlace::hand_in_with_code() {
    const Heard heard = post(
        "/api/v1/portal/matters",
        key(),
        R"({"kind":"appeal","fields":{"title":"门口停电三天","for":"王小明",)"
        R"("contact":"13900000077"}})"
    );
    EXPECT_EQ(heard.status, 201) << heard.body;
    return body_of(heard);
}

std::string PeoplePlace::hand_in() { return hand_in_with_code()["number"].as_string(); }

Heard PeoplePlace::does(const Signed& who, const std::string& number, const std::string& deed) {
    return post(
        "/api/v1/matters/" + number + "/verbs", who.fields() + key(), "{\"deeds\":[" + deed + "]}"
    );
}

std::string PeoplePlace::key() {
    const Uuid fresh = uuid7_from_text(now(), name_ + " key " + std::to_string(++keys_));
    return "Idempotency-Key: " + to_string(fresh) + "\r\n";
}

Uuid key_of_number(int number) {
    std::array<std::uint8_t, 10> rest{};
    rest[8] = static_cast<std::uint8_t>(number / 256);
    rest[9] = static_cast<std::uint8_t>(number % 256);
    return uuid7(UtcMs{Millis{1'800'000'000'000}}, rest);
}

Signed signed_by(const Heard& heard) {
    const std::string set = heard.field("set-cookie");
    const std::size_t from = set.find('=') + 1;
    return {set.substr(from, set.find(';') - from), body_of(heard)["csrf"].as_string()};
}

void await_ready(std::uint16_t port) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (Client(port).ask("GET /readyz").hear().status != 200) {
        ASSERT_LT(std::chrono::steady_clock::now(), until);
    }
}

std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

}  // namespace zt::http::test
