#pragma once
// The served place for tests of files, notes, views and the audit.

#include "tests/http/people_place.hpp"

namespace zt::http::test {

/// Who signs in under which name, from which post.
using Worker = AccountOf;
using SessionFields = Signed;

class PapersPlace : public ::testing::Test {
  protected:
    explicit PapersPlace(std::string_view name) : people_(name) {}

    /// An administrator of the office, by the system: small.yaml has one of the three only.
    void add_post(const std::string& org, const std::string& word, const std::string& person) {
        const MatterId id = people_.write(
            Verb::register_, "person", {}, Json::object().set("code", person).set("name", person)
        );
        Json post = Json::object().set("org", org).set("key", word).set("title", word);
        post.set("words", Json::array().push(word)).set("holder", id.value);
        people_.write(Verb::register_, "post", {}, post.set("from", "2022-08-01"));
    }

    void serve(const std::vector<Worker>& workers) {
        for (const Worker& worker : workers) {
            people_.give_account(worker);
        }
        start();
    }
    void start() { people_.serve(); }
    void restart() {
        people_.stop();
        start();
    }

    [[nodiscard]] Client client() const { return people_.client(); }
    static Json body_of(const Heard& heard) { return test::body_of(heard); }

    static std::string key(int number) {
        return "Idempotency-Key: " + to_string(key_of_number(number)) + "\r\n";
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
    Heard stream(const std::string& path, const std::string& fields) {
        return people_.stream(path, fields);
    }

    /// The session of that worker, acting in their post.
    [[nodiscard]] SessionFields sign_in(const std::string& name) const { return people_.as(name); }

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

    PeoplePlace people_;
    build::PlaceOnDisk& place_ = people_.place;
    app::ServeSettings& settings_ = people_.settings;
    std::unique_ptr<app::Serving>& serving_ = people_.serving;
};

}  // namespace zt::http::test
