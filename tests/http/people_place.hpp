#pragma once
// The small place with accounts, served on a free port: what all tests of a served place begin
// from. Its three administrators hold posts of their own. DeskPlace, PapersPlace and PublicPlace
// are this place with the words of their tests.

#include "app/serving.hpp"
#include "build/place_on_disk.hpp"
#include "http/codec.hpp"
#include "tests/http/edge.hpp"

namespace zt::http::test {

/// A session: what a browser would send.
struct Signed {
    std::string cookie, csrf;
    [[nodiscard]] std::string fields() const {
        return "Cookie: zhitong=" + cookie + "\r\nZhitong-CSRF: " + csrf + "\r\n";
    }
};

/// An account for who holds ORG.POST.
struct AccountOf {
    std::string name, org, post;
};

class PeoplePlace {
  public:
    /// in: a word for its folder, and the tenant's name if it is to have one of its own.
    explicit PeoplePlace(std::string_view folder, const std::string& tenant = {});
    /// A copy of a place on disk, under a clock of the test's, which is borrowed.
    PeoplePlace(std::string_view folder, const build::PlaceOnDisk& like, const WallClock& clock);
    PeoplePlace(const PeoplePlace&) = delete;
    PeoplePlace& operator=(const PeoplePlace&) = delete;

    /// As the system did at the beginning. in: before serve(). out: number of the record.
    MatterId write(Verb verb, const std::string& kind, MatterId matter, const Json& fields);
    /// ORG.POST as of today. in: before serve().
    [[nodiscard]] Post held(const std::string& org, const std::string& post);
    /// Number of a record of the directory. in: before serve().
    [[nodiscard]] std::string number_of(std::int64_t record);
    /// A person with a post at the office. in: before serve().
    void appoint(const std::string& code, const std::string& post, const Json& words);
    /// An account that is signed in already and acts in its only post. in: before serve().
    void give_account(const AccountOf& account);
    /// Posts and accounts `system`, `security`, `audit`.
    void give_administrators();
    /// A firm, with the account `agent` of one who is bound to it.
    void give_firm();
    /// Nothing can be written any more. out: to be served.
    [[nodiscard]] std::unique_ptr<service::Tenant> finished();
    void serve();
    /// The same without opening it anew, which takes a second in a debug build.
    void serve_as_opened();
    void stop() { serving.reset(); }
    /// Before it is served; the server takes its place.
    service::Tenant& tenant();

    [[nodiscard]] std::uint16_t port() const { return serving->port(); }
    [[nodiscard]] Client client() const { return Client(port()); }
    /// A new session of an account that was given. out: what the server says of it.
    Json sign_in_again(const std::string& name);
    void keep(const std::string& name, Signed session) { sessions_[name] = std::move(session); }
    /// The session of an account that was given.
    [[nodiscard]] const Signed& as(const std::string& name) const { return sessions_.at(name); }
    /// Signs in with a one-time password, changes it, and acts in the only post there is.
    Signed sign_in(const std::string& name, const std::string& one_time);
    [[nodiscard]] Heard get(const std::string& path, const std::string& fields) const {
        return client().ask("GET " + path, fields).hear();
    }
    [[nodiscard]] Heard
    post(const std::string& path, const std::string& fields, const std::string& body = "{}") const {
        return client().post(path, fields, body).hear();
    }
    /// An answer that comes in chunks, put together.
    [[nodiscard]] Heard stream(const std::string& path, const std::string& fields) const;
    [[nodiscard]] Heard
    send(const std::string& line, const std::string& fields, const std::string& body) const;
    /// Number of an appeal from outside.
    std::string hand_in();
    Json hand_in_with_code();
    Heard does(const Signed& who, const std::string& number, const std::string& deed);
    /// A fresh Idempotency-Key as a header line.
    std::string key();

    build::PlaceOnDisk place;
    app::ServeSettings settings;
    std::unique_ptr<app::Serving> serving;

  private:
    service::Accounts& accounts();
    [[nodiscard]] UtcMs now() const {
        return settings.clock == nullptr ? app::OsClock{}.now() : settings.clock->now();
    }

    std::int64_t keys_ = 0;
    std::string name_;
    std::map<std::string, Signed> sessions_;
    std::unique_ptr<service::Tenant> tenant_;
    std::unique_ptr<vault::PasswordPool> pool_;
    std::unique_ptr<service::AuditSink> silence_;
    std::unique_ptr<service::Accounts> accounts_;
};

[[nodiscard]] inline Json body_of(const Heard& heard) {
    return parse_json(heard.body).value_or(Json());
}
[[nodiscard]] Signed signed_by(const Heard& heard);
/// The same Idempotency-Key for the same number, wherever it is used.
[[nodiscard]] Uuid key_of_number(int number);
/// Returns when views are filled and reads are taken.
void await_ready(std::uint16_t port);
/// A port of the loopback address that nobody listens on.
[[nodiscard]] std::uint16_t free_port();

}  // namespace zt::http::test
