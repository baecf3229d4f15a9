#pragma once
// The served place with appeals told before it began to serve, and an account for the clerk.

#include "tests/http/people_place.hpp"

namespace zt::http::test {

/// What a test tells of an appeal.
struct Told {
    UtcMs at{};  ///< when it was handed in; each further step an hour later
    std::string title{}, purpose = "help", category = "power";
    std::string public_title{}, public_text{};  ///< empty: not published
    std::string satisfaction{};                 ///< empty: not rated
};

class PublicPlace : public ::testing::Test {
  protected:
    void TearDown() override { people_.stop(); }

    /// Before it is served; the server takes its place.
    service::Tenant& tenant() { return people_.tenant(); }
    Actor clerk() {
        const Directory& directory = tenant().ledger().directory();
        const Date day = office_date(place_.began());
        const Post* post = directory.find_post(directory.find_org("office", day)->id, "clerk", day);
        Actor actor;
        actor.kind = ActorKind::post;
        actor.post = post->id;
        actor.person = post->holder;
        return actor;
    }
    /// One command; it must be taken.
    MatterId does(UtcMs at, MatterId matter, const Actor& actor, Verb verb, Json fields) {
        Submit submit;
        submit.credential = "told";
        submit.key = uuid7_from_text(at, "told " + std::to_string(++told_));
        Command command;
        command.verb = verb;
        command.kind = "appeal";
        command.matter = matter;
        command.actor = actor;
        command.fields = std::move(fields);
        submit.commands.push_back(std::move(command));
        const auto answer = tenant().ledger().submit(submit, at);
        EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
        return answer ? answer->rows.front().matter : MatterId{};
    }
    /// out: the number. Handed in, answered by the office itself and closed.
    std::string tells(const Told& told) {
        const Actor office = clerk();
        Actor party;
        party.kind = ActorKind::party;
        UtcMs at = told.at;
        const auto next = [&at] { return at += std::chrono::hours{1}; };
        const MatterId matter = does(at, {}, party, Verb::register_, handed_in(told));
        party.party = 1;
        does(next(), matter, office, Verb::accept, Json::object());
        does(next(), matter, office, Verb::reply, Json::object().set("text", "内部答复原文"));
        does(next(), matter, office, Verb::close, Json::object());
        if (!told.satisfaction.empty()) {
            Json marks = Json::object().set("solved", "solved");
            marks.set("satisfaction", told.satisfaction);
            does(next(), matter, party, Verb::rate, std::move(marks));
        }
        if (!told.public_text.empty()) {
            Json text = Json::object().set("consent", true).set("public_text", told.public_text);
            text.set("public_title", told.public_title);
            does(next(), matter, office, Verb::publish, std::move(text));
        }
        return tenant().ledger().state(matter).value()->number;
    }

    void serve() {
        people_.give_account({"clerk", "office", "clerk"});
        people_.serve();
    }
    [[nodiscard]] Client client() const { return people_.client(); }
    [[nodiscard]] Heard get(const std::string& path, const std::string& fields = "") const {
        return client().ask("GET " + path, fields).hear();
    }
    /// The views may still be filling, and the lists follow the ledger: asks until they are there.
    [[nodiscard]] Heard settled(const std::string& path) const {
        Heard heard = get(path);
        for (int turn = 0; heard.status == 503 && turn < 20'000; ++turn) {
            heard = get(path);
        }
        return heard;
    }
    static Json body_of(const Heard& heard) { return test::body_of(heard); }
    static std::string key(int number) { return to_string(key_of_number(number)); }
    static std::string key_field(int number) { return "Idempotency-Key: " + key(number) + "\r\n"; }

    /// Header fields of the clerk's session.
    std::string sign_in() { return people_.as("clerk").fields(); }

    PeoplePlace people_{"public"};
    build::PlaceOnDisk& place_ = people_.place;
    app::ServeSettings& settings_ = people_.settings;  ///< of the place, before it is served

  private:
    static Json handed_in(const Told& told) {
        Json fields = Json::object().set("for", "王小明").set("contact", "13900000077");
        fields.set("title", told.title).set("purpose", told.purpose);
        return fields.set("category", told.category);
    }

    int told_ = 0;
};

}  // namespace zt::http::test
