#pragma once
// A served small place with people signed in, shared by all tests of a suite: signing in costs a
// slow hash each, and what these tests look at is what one person sees beside another.

#include "app/serving.hpp"
#include "build/place_on_disk.hpp"
#include "http/codec.hpp"
#include "tests/http/edge.hpp"

namespace zt::http::test {

class DeskPlace {
  public:
    /// in: "office.clerk" and so on: org code and post key.
    DeskPlace(const std::string& name, const std::vector<std::string>& posts) : place_(name) {
        give_accounts(posts);
        start();
        for (const auto& post : posts) {
            sign_in(post);
        }
    }

    void stop() { serving_.reset(); }
    void start() {
        app::ServeSettings settings;
        settings.http.port = 0;
        settings.http.rate_limits = RateLimits::off;
        auto started = app::Serving::start(place_.open(true), settings);
        EXPECT_TRUE(started.has_value()) << to_string(started.error());
        serving_ = *std::move(started);
    }

    [[nodiscard]] Client client() const { return Client(serving_->port()); }
    [[nodiscard]] build::PlaceOnDisk& place() { return place_; }
    /// Header lines of somebody signed in; of nobody: none.
    [[nodiscard]] std::string fields_of(const std::string& who) const {
        const auto found = sessions_.find(who);
        return found == sessions_.end() ? "" : found->second;
    }
    static std::string key(int number) {
        std::array<std::uint8_t, 10> rest{};
        rest[8] = static_cast<std::uint8_t>(number / 256);
        rest[9] = static_cast<std::uint8_t>(number % 256);
        return "Idempotency-Key: " + to_string(uuid7(UtcMs{Millis{1'800'000'000'000}}, rest)) +
               "\r\n";
    }
    static Json body_of(const Heard& heard) { return parse_json(heard.body).value_or(Json()); }

    [[nodiscard]] Heard
    get(const std::string& who, const std::string& path, const std::string& fields = "") const {
        return client().ask("GET " + path, fields_of(who) + fields).hear();
    }
    [[nodiscard]] Heard post(
        const std::string& who, const std::string& path, const std::string& body, int key_number
    ) const {
        return client().post(path, fields_of(who) + key(key_number), body).hear();
    }
    /// A long answer, put together again.
    [[nodiscard]] std::string fetch(const std::string& who, const std::string& path) const {
        Client one = client();
        one.ask("GET " + path, fields_of(who) + "Connection: close\r\n");
        const std::string all = one.rest();
        const std::size_t end = all.find("\r\n\r\n");
        EXPECT_TRUE(all.starts_with("HTTP/1.1 200")) << all.substr(0, 400);
        EXPECT_NE(all.find("Transfer-Encoding: chunked"), std::string::npos);
        return unchunked(std::string_view(all).substr(end + 4));
    }

    /// out: the number. in: the members of `fields`, as JSON.
    std::string hand_in(const std::string& fields) {
        const Heard heard = post(
            "", "/api/v1/portal/matters", R"({"kind":"appeal","fields":{)" + fields + "}}", ++keys_
        );
        EXPECT_EQ(heard.status, 201) << heard.body;
        last_seq_ = body_of(heard)["seq"].as_int();
        return body_of(heard)["number"].as_string();
    }
    Heard verbs(const std::string& who, const std::string& number, const std::string& deeds) {
        Heard heard = post(
            who, "/api/v1/matters/" + number + "/verbs", "{\"deeds\":[" + deeds + "]}", ++keys_
        );
        if (heard.status == 200) {
            last_seq_ = body_of(heard)["seq"].as_int();
        }
        return heard;
    }
    void must(const std::string& who, const std::string& number, const std::string& deeds) {
        const Heard heard = verbs(who, number, deeds);
        EXPECT_EQ(heard.status, 200) << deeds << heard.body;
    }
    void accept_and_assign(const std::string& number, const std::string& unit) {
        must(
            "office.clerk",
            number,
            R"({"verb":"accept","fields":{}},{"verb":"assign","fields":{"lead":")" + unit + "\"}}"
        );
    }
    /// Of the last change made here; lists and search are asked to have seen it.
    [[nodiscard]] std::int64_t last_seq() const { return last_seq_; }
    [[nodiscard]] std::string seen() const { return "after_seq=" + std::to_string(last_seq_); }
    [[nodiscard]] int next_key() { return ++keys_; }

  private:
    class Silence final : public service::AuditSink {
      public:
        void note(const Json& /*text*/) override {}
    };

    void give_accounts(const std::vector<std::string>& posts) {
        const auto tenant = place_.open();
        const Directory& directory = tenant->ledger().directory();
        const Date day = office_date(place_.began());
        vault::PasswordPool pool;
        Silence silence;
        service::AccountParts parts;
        parts.key = tenant->key();
        parts.random = &place_.random();
        parts.pool = &pool;
        parts.audit = &silence;
        const auto accounts = service::Accounts::open(tenant->directory().sessions_file(), parts);
        ASSERT_TRUE(accounts.has_value()) << to_string(accounts.error());
        for (std::size_t index = 0; index < posts.size(); ++index) {
            const std::size_t dot = posts[index].find('.');
            const Org* org = directory.find_org(posts[index].substr(0, dot), day);
            ASSERT_NE(org, nullptr) << posts[index];
            const Post* held = directory.find_post(org->id, posts[index].substr(dot + 1), day);
            ASSERT_NE(held, nullptr) << posts[index];
            names_[posts[index]] = "person" + std::to_string(index);
            std::promise<std::string> password;
            (*accounts)->make_account(
                {names_[posts[index]], held->holder, {}},
                app::OsClock{}.now(),
                [&](Result<service::OneTimePassword> made) {
                    password.set_value(made ? made->password : to_string(made.error()));
                }
            );
            passwords_[posts[index]] = password.get_future().get();
        }
    }

    static std::string session_fields(const Heard& heard) {
        const std::string set = heard.field("set-cookie");
        const std::size_t from = set.find('=') + 1;
        return "Cookie: zhitong=" + set.substr(from, set.find(';') - from) +
               "\r\nZhitong-CSRF: " + body_of(heard)["csrf"].as_string() + "\r\n";
    }

    void sign_in(const std::string& post) {
        Client one = client();
        const auto ask = [&](const std::string& password) {
            const Json body = Json::object().set("name", names_[post]).set("password", password);
            return one.post("/api/v1/session", "", to_canonical(body)).hear();
        };
        const Heard first = ask(passwords_[post]);
        ASSERT_EQ(first.status, 200) << first.body;
        const std::string next = "a long enough sentence of " + names_[post];
        const std::string change =
            to_canonical(Json::object().set("present", passwords_[post]).set("next", next));
        const Heard changed =
            one.ask(
                   "PUT /api/v1/password",
                   session_fields(first) + "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(change.size()) + "\r\n"
            )
                .send(change)
                .hear();
        ASSERT_EQ(changed.status, 200) << changed.body;
        const Heard second = ask(next);
        ASSERT_EQ(second.status, 200) << second.body;
        sessions_[post] = session_fields(second);
    }

    static std::string unchunked(std::string_view chunks) {
        std::string out;
        while (!chunks.empty()) {
            const std::size_t end = chunks.find("\r\n");
            const std::size_t size = std::stoul(std::string(chunks.substr(0, end)), nullptr, 16);
            out += chunks.substr(end + 2, size);
            chunks.remove_prefix(std::min(chunks.size(), end + 2 + size + 2));
            if (size == 0) {
                break;
            }
        }
        return out;
    }

    build::PlaceOnDisk place_;
    std::map<std::string, std::string> names_, passwords_, sessions_;
    std::unique_ptr<app::Serving> serving_;
    std::int64_t last_seq_ = 0;
    int keys_ = 0;
};

inline std::vector<std::string> numbers_in(const Json& answer) {
    std::vector<std::string> out;
    for (const Json& row : answer["rows"].as_array()) {
        const Json* matter = row.find("matter");
        out.push_back((matter == nullptr ? row : *matter)["line"]["number"].as_string());
    }
    return out;
}

/// A word as it stands in an address.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char one : text) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(one);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

}  // namespace zt::http::test
