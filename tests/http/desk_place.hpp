#pragma once
// The served place as a suite shares it whose tests look at what one person sees beside another.

#include "tests/http/people_place.hpp"

namespace zt::http::test {

class DeskPlace {
  public:
    /// in: "office.clerk" and so on: org code and post key.
    DeskPlace(const std::string& name, const std::vector<std::string>& posts) : place_(name) {
        for (const auto& post : posts) {
            const std::size_t dot = post.find('.');
            const std::string account = "person" + std::to_string(fields_.size());
            place_.give_account({account, post.substr(0, dot), post.substr(dot + 1)});
            fields_[post] = place_.as(account).fields();
        }
        place_.serve();
    }

    void stop() { place_.stop(); }
    void start() { place_.serve(); }

    [[nodiscard]] Client client() const { return place_.client(); }
    [[nodiscard]] build::PlaceOnDisk& place() { return place_.place; }
    /// Header lines of somebody signed in; of nobody: none.
    [[nodiscard]] std::string fields_of(const std::string& who) const {
        const auto found = fields_.find(who);
        return found == fields_.end() ? "" : found->second;
    }
    static std::string key(int number) {
        return "Idempotency-Key: " + to_string(key_of_number(number)) + "\r\n";
    }
    static Json body_of(const Heard& heard) { return test::body_of(heard); }

    [[nodiscard]] Heard
    get(const std::string& who, const std::string& path, const std::string& fields = "") const {
        return client().ask("GET " + path, fields_of(who) + fields).hear();
    }
    /// Asks until what it waits for was folded: a busy machine answers 503, try again.
    [[nodiscard]] Heard get_patiently(const std::string& who, const std::string& path) const {
        constexpr int asked_max = 10;
        Heard heard = get(who, path);
        for (int asked = 1; heard.status == 503 && asked < asked_max; ++asked) {
            heard = get(who, path);
        }
        return heard;
    }
    [[nodiscard]] Heard post(
        const std::string& who, const std::string& path, const std::string& body, int key_number
    ) const {
        return client().post(path, fields_of(who) + key(key_number), body).hear();
    }
    /// A long answer, put together again.
    [[nodiscard]] std::string fetch(const std::string& who, const std::string& path) const {
        const Heard heard = place_.stream(path, fields_of(who));
        EXPECT_EQ(heard.status, 200) << heard.body.substr(0, 400);
        EXPECT_EQ(heard.field("transfer-encoding"), "chunked");
        return heard.body;
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
    PeoplePlace place_;
    std::map<std::string, std::string> fields_;
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
